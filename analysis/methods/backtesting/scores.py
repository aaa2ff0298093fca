"""Scores of forecasts against outcomes, row by row, and their means."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import polars as pl
import polars.selectors as cs

from analysis.core.frequency import frequency_of
from analysis.methods import accuracy
from analysis.methods.backtesting.naive import dense

#: Percentiles whose quantile losses make up `sql`.
_DECILES = np.arange(10, 100, 10)


def score_months(
    forecast: pl.DataFrame, actual: pl.DataFrame, history: pl.DataFrame, *, season: int, levels: tuple[int, ...]
) -> pl.DataFrame:
    """Score each month of a forecast.

    Parameters
    ----------
    forecast
        `series_id, time_period, level, median, lower, upper`, with all even levels from 2 to 98 and those in `levels`.
    actual
        `series_id, time_period, obs_value`: the outcomes.
    history
        The same up to the origin: it scales the scores. A series whose history never changes over a season has no scale
        and is left out, unless that is so of all.

    Returns
    -------
    DataFrame
        One row a series and month; `mase`, `rmsse` (squared), `sql`, `crps`, `winkler_L` are scaled, and null where no
        series has a scale (too short a panel): errors, `pit` and coverage need none.
    """
    scales = _scales(history, season)
    if scales.is_empty():
        unknown = pl.lit(None, pl.Float64)
        scales = history.select("series_id").unique().with_columns(scale=unknown, square=unknown)
    origin = history["time_period"].max()
    assert isinstance(origin, dt.date)
    frequency = frequency_of(season)
    bounds = forecast.sort("series_id", "time_period", "level").group_by(
        "series_id", "time_period", maintain_order=True
    )
    wide = bounds.agg(pl.col("level"), pl.col("lower"), pl.col("upper"), pl.col("median").first())
    joined = wide.join(actual, on=["series_id", "time_period"], how="inner", maintain_order="left", validate="1:1")
    joined = joined.join(scales, on="series_id", how="inner", maintain_order="left", validate="m:1")
    y, scale = joined["obs_value"].to_numpy(), joined["scale"].to_numpy()
    probability, quantile = _percentiles(joined)
    loss = accuracy.quantile_loss(y[:, None], quantile, probability)
    deciles = np.isin(np.round(probability * 100).astype(int), _DECILES)
    error = y - joined["median"].to_numpy()
    by_level = {name: values for level in levels for name, values in _interval(joined, y, scale, level).items()}
    return joined.select(
        "series_id",
        "time_period",
        horizon=frequency.index(pl.col("time_period")).cast(pl.Int64) - frequency.number(origin),
        actual="obs_value",
        median="median",
        error=pl.Series(error),
        mase=pl.Series(np.abs(error) / scale),
        rmsse=pl.Series(error**2 / joined["square"].to_numpy()),
        sql=pl.Series(loss[:, deciles].mean(axis=1) / scale),
        crps=pl.Series(loss.mean(axis=1) / scale),
        pit=pl.Series(accuracy.pit(y, quantile, probability)),
        **by_level,
    ).with_columns(cs.float().fill_nan(None))


def summarise(table: pl.DataFrame, *, levels: tuple[int, ...], by: Sequence[str]) -> pl.DataFrame:
    """Return mean scores by model and group: over months within a series and origin first, then over those."""
    groups = ["model", *by]
    scores = ["mase", "sql", "crps", *(f"winkler_{level}" for level in levels)]
    each = table.group_by(*groups, *({"series_id", "origin"} - set(by)), maintain_order=True).agg(
        pl.col(*scores).mean(), pl.col("rmsse").mean().sqrt()
    )
    means = each.group_by(groups).agg(pl.len().alias("n"), pl.col("mase", "rmsse", *scores[1:]).mean())
    covered = table.group_by(groups).agg(
        *(pl.col(f"inside_{level}").mean().alias(f"coverage_{level}") for level in levels),
        pl.col("pit").mean().alias("pit_mean"),
    )
    return means.join(covered, on=groups, how="left", validate="1:1").sort(*by, "model", descending=False)


def _interval(joined: pl.DataFrame, y: accuracy.Array, scale: accuracy.Array, level: int) -> dict[str, pl.Series]:
    """Return whether each month lies in the interval of a level, and the scaled interval score."""
    at = pl.col("level").list.eval(pl.element() == level).list.arg_max()
    low, high = (joined.select(pl.col(name).list.get(at)).to_series().to_numpy() for name in ("lower", "upper"))
    inside = (low <= y) & (y <= high)
    score = accuracy.winkler(y, low, high, level=level) / scale
    return {f"inside_{level}": pl.Series(inside), f"winkler_{level}": pl.Series(score)}


def _percentiles(joined: pl.DataFrame) -> tuple[accuracy.Array, accuracy.Array]:
    """Return the probabilities 0.01 to 0.99 and the forecasts' quantiles, one row a month."""
    level = np.array(joined["level"][0].to_list())
    even = level % 2 == 0
    lower = np.array(joined["lower"].to_list())[:, even][:, ::-1]
    upper = np.array(joined["upper"].to_list())[:, even]
    middle = joined["median"].to_numpy()[:, None]
    p = level[even] / 200
    return np.concatenate([0.5 - p[::-1], [0.5], 0.5 + p]), np.concatenate([lower, middle, upper], axis=1)


def _scales(history: pl.DataFrame, season: int) -> pl.DataFrame:
    """Return by series the mean absolute and the mean squared change over a season, where they are not zero."""
    rows = []
    for (name,), part in history.partition_by("series_id", as_dict=True, maintain_order=True).items():
        values = dense(part, part["time_period"][-1], frequency_of(season))
        changes = values[season:] - values[:-season]
        if np.isfinite(changes).any():
            rows.append((name, accuracy.seasonal_scale(values, season=season), float(np.nanmean(changes**2))))
    scales = pl.DataFrame(
        rows, schema={"series_id": pl.String, "scale": pl.Float64, "square": pl.Float64}, orient="row"
    )
    return scales.filter(pl.col("scale") > 0)

"""The next months beside the last ones: sums of draws, what the newest month changed, and three models side by side."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analysis.core.path_table import significant
from analysis.core.periods import add_months, month_range
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.desks.monthly_tables.source import Source
from analysis.desks.monthly_tables.sums import draws_by_month, with_sums
from analysis.estimates.kept_models import kept
from analysis.methods import forecasting, reconciliation

#: Levels of the fan, in percent.
LEVELS = (50, 80, 95)

TOTALS = pl.Schema(
    {
        "series_id": pl.String, "first": pl.Date, "last": pl.Date, "before": pl.Float64,
        **dict.fromkeys(("mean", "median", "lower80", "upper80", "lower95", "upper95", "chance"), pl.Float64),
    }
)  # fmt: skip

NEWEST = pl.Schema(
    {
        "series_id": pl.String, "time_period": pl.Date, "months": pl.Int64,
        **dict.fromkeys(("actual", "median", "lower80", "upper80", "sum_before", "sum_after"), pl.Float64),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Ahead:
    """The months ahead of the chosen series and of their sums.

    Attributes
    ----------
    history
        `series_id, time_period, obs_value`: the months with figures.
    path
        `path_table.PATH_SCHEMA`: the months ahead; of a reconstructed path also those behind.
    totals
        `TOTALS`: one row a series: first and last month ahead; `before`, the sum of as many months before them (null
        where one has no figure); the sum of the months ahead; `chance`, that it is larger.
    newest
        `NEWEST`: one row a series: its last figure beside the forecast without it, and the sum of the months that both
        forecasts look ahead to (`months` of them), before and after. Empty for a reconstructed path.
    """

    history: pl.DataFrame
    path: pl.DataFrame
    totals: pl.DataFrame
    newest: pl.DataFrame


def look_ahead(source: Source, sums: pl.DataFrame | Reason, *, horizon: int, season: int, sampling: Sampling) -> Ahead:
    """Forecast the chosen series and their sums.

    Parameters
    ----------
    source, sums
        The months, and which series add up.
    horizon, season
        Months ahead; months after which the season repeats.
    sampling
        Draws and seed.
    """
    if source.paths:
        return _of_reconstructions(source, horizon)
    learnt = kept("learnt", lambda: forecasting.learn(source.panel, season=season), source.panel, season)
    chosen = source.panel.filter(pl.col("series_id").is_in(list(source.series)))
    path, draws = _forecast(chosen, sums, learnt, horizon, sampling)
    history = chosen if isinstance(sums, Reason) else with_sums(chosen, sums)
    earlier = chosen.filter((pl.col("time_period") < pl.col("time_period").max()).over("series_id"))
    path_before, draws_before = _forecast(earlier, sums, learnt, horizon, sampling)
    return Ahead(
        history=history,
        path=path,
        totals=pl.concat(
            _total(name, history, path, draws[name], horizon)
            for name in history["series_id"].unique(maintain_order=True)
        ),
        newest=_newest(history, path_before, draws_before, draws),
    )  # fmt: skip


def _forecast(
    chosen: pl.DataFrame, sums: pl.DataFrame | Reason, learnt: forecasting.Learnt, horizon: int, sampling: Sampling
) -> tuple[pl.DataFrame, Mapping[str, np.ndarray]]:
    """Return the path and the draws of the chosen series, reconciled with their sums where there are any."""
    options: dict[str, Any] = {"horizon": horizon, "levels": LEVELS, "learnt": learnt}
    options |= {"draws": sampling.draws, "seed": sampling.seed}
    if isinstance(sums, Reason):
        found = forecasting.forecast(chosen, **options)
        return found.table, found.draws
    whole = with_sums(chosen, sums)
    found = forecasting.forecast(whole, **options)
    reconciled = reconciliation.reconcile(
        reconciliation.long_draws(found.table, found.draws),
        sums,
        errors=reconciliation.errors_of_last_year(whole),
        levels=LEVELS,
        seed=sampling.seed,
    )
    names = whole["series_id"].unique(maintain_order=True).to_list()
    return reconciled.path.filter(pl.col("freq") == "M"), draws_by_month(reconciled.draws, names)


def _total(name: str, history: pl.DataFrame, path: pl.DataFrame, draws: np.ndarray, horizon: int) -> pl.DataFrame:
    """Return the row of one series: the sum ahead beside the sum of as many months before."""
    months = path.filter(pl.col("series_id") == name)["time_period"]
    first = months.min()
    assert isinstance(first, dt.date)
    earlier = pl.col("time_period").is_between(add_months(first, -horizon), first, closed="left")
    behind = history.filter((pl.col("series_id") == name) & earlier)["obs_value"]
    before = float(behind.sum()) if len(behind) == horizon else None
    return total_row(name, first, add_months(first, horizon - 1), before, draws[:, :horizon].sum(axis=1))


def total_row(
    name: str, first: dt.date, last: dt.date, before: float | np.ndarray | None, ahead: np.ndarray
) -> pl.DataFrame:
    """Return one row of `TOTALS` from draws of the sum ahead; `before` is a figure, or draws of it."""
    mean, median, *bounds = significant(np.array([ahead.mean(), *np.quantile(ahead, [0.5, 0.1, 0.9, 0.025, 0.975])]))
    middle = None if before is None else float(np.median(before))
    chance = None if before is None else float(np.mean(ahead > before))
    return pl.DataFrame([(name, first, last, middle, mean, median, *bounds, chance)], schema=TOTALS, orient="row")


def _newest(
    history: pl.DataFrame,
    path: pl.DataFrame,
    before: Mapping[str, np.ndarray],
    after: Mapping[str, np.ndarray],
) -> pl.DataFrame:
    """Return what the last figure of each series changed in the sum of the months that both forecasts see."""
    rows = []
    for name, draws in after.items():
        own = (
            path.filter((pl.col("series_id") == name) & (pl.col("level") == 80)).sort("time_period").row(0, named=True)
        )
        last = history.filter(pl.col("series_id") == name).sort("time_period").row(-1, named=True)
        if last["time_period"] != own["time_period"] or draws.shape[1] < 2:
            continue
        common = draws.shape[1] - 1
        sums = significant(np.array([np.median(before[name][:, 1:].sum(axis=1)), np.median(draws[:, :-1].sum(axis=1))]))
        fan = (own["median"], own["lower"], own["upper"])
        rows.append((name, last["time_period"], common, last["obs_value"], *fan, *map(float, sums)))
    return pl.DataFrame(rows, schema=NEWEST, orient="row")


def _of_reconstructions(source: Source, horizon: int) -> Ahead:
    """Return the reconstructed months and those after the last one stated, of each series."""
    paths, totals, history = [], [], []
    for name, path in source.paths.items():
        last = source.last(name)
        ahead = month_range(add_months(last, 1), add_months(last, horizon))
        behind = month_range(add_months(last, 1 - horizon), last)
        paths.append(path.path.filter((pl.col("freq") == "M") & (pl.col("time_period") <= ahead[-1])))
        known = [month in path.months for month in behind]
        before = _sum_of(path.draws, path.months, behind) if all(known) else None
        totals.append(total_row(name, ahead[0], ahead[-1], before, _sum_of(path.draws, path.months, ahead)))
        history.append(pl.DataFrame(schema={"series_id": pl.String, "time_period": pl.Date, "obs_value": pl.Float64}))
    return Ahead(pl.concat(history), pl.concat(paths), pl.concat(totals), pl.DataFrame(schema=NEWEST))


def _sum_of(draws: np.ndarray, months: Sequence[dt.date], wanted: Sequence[dt.date]) -> np.ndarray:
    """Return draws of the sum of some months."""
    total: np.ndarray = draws[:, np.isin(np.array(months), np.array(wanted))].sum(axis=1)
    return total

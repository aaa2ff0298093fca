"""The baseline: every month repeats the same month a year before, with the standard deviation of past such errors."""

import datetime as dt

import numpy as np
import polars as pl
from scipy.special import ndtri

from analysis.core.frequency import Frequency, frequency_of
from analysis.methods.accuracy import Array


def seasonal_naive(
    history: pl.DataFrame, *, horizon: int, levels: tuple[int, ...], season: int, last: dt.date
) -> pl.DataFrame:
    """Forecast every series by its last season.

    Parameters
    ----------
    history
        `series_id`, `time_period`, `obs_value`, sorted; months may be absent.
    horizon, levels, season
        As for `forecasting.forecast`.
    last
        The origin: last known month.

    Returns
    -------
    DataFrame
        `series_id, time_period, level, median, lower, upper`. Bounds are those of a normal distribution whose variance
        grows with each season ahead, and not below 0.
    """
    tables = []
    frequency = frequency_of(season)
    ahead = [frequency.add(last, h + 1) for h in range(horizon)]
    cycles = np.arange(horizon) // season + 1
    z = ndtri(0.5 + np.array(levels) / 200)
    for (name,), rows in history.partition_by("series_id", as_dict=True, maintain_order=True).items():
        values = dense(rows, last, frequency)
        middle = _last_season(values, season)[np.arange(horizon) % season]
        half = np.sqrt(cycles)[:, None] * _standard_error(values, season) * z
        tables.append(
            pl.DataFrame(
                {
                    "series_id": [name] * (horizon * len(levels)),
                    "time_period": np.repeat(np.array(ahead, "datetime64[D]"), len(levels)),
                    "level": np.tile(np.array(levels, dtype=np.int64), horizon),
                    "median": np.repeat(middle, len(levels)),
                    "lower": np.maximum(middle[:, None] - half, 0.0).ravel(),
                    "upper": (middle[:, None] + half).ravel(),
                }
            )
        )
    return pl.concat(tables).with_columns(pl.col("time_period").cast(pl.Date))


def dense(rows: pl.DataFrame, last: dt.date, frequency: Frequency) -> Array:
    """Return the values of one series by period up to the last one, NaN where nothing was observed."""
    number = rows.select(frequency.index(pl.col("time_period"))).to_series().to_numpy()
    out = np.full(frequency.number(last) - number[0] + 1, np.nan)
    out[number - number[0]] = rows["obs_value"].to_numpy()
    return out


def _last_season(values: Array, season: int) -> Array:
    """Return the last observed value of each month of the season; the middle one where there is none."""
    out = np.full(season, np.nanmedian(values))
    for back in range(season):
        of_month = values[::-1][back::season]
        observed = of_month[np.isfinite(of_month)]
        if observed.size:
            out[season - 1 - back] = observed[0]
    return out


def _standard_error(values: Array, season: int) -> float:
    """Return the root mean square of the changes over a season; without a whole one, the values' standard deviation."""
    changes = values[season:] - values[:-season]
    changes = changes[np.isfinite(changes)]
    return float(np.sqrt(np.mean(changes**2))) if changes.size else float(np.nanstd(values))

"""Months ahead of a model of logs: quantiles of a lognormal distribution, in the unit of the series."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from scipy.special import ndtri

from analysis.core.errors import EvidenceError, ParameterError
from analysis.core.path_table import significant
from analysis.core.periods import add_months

_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "time_period": pl.Date, "level": pl.Int64,
    **dict.fromkeys(("mean", "median", "lower", "upper", "log_mean", "log_sd"), pl.Float64),
}  # fmt: skip

#: What a model says of the months ahead: one row a month and level (percent); and mean and standard deviation of the
#: log, of which the others are made.
AHEAD = pl.Schema(_COLUMNS)


def with_months_ahead(months: pl.DataFrame, horizon: int) -> pl.DataFrame:
    """Return the months of a series and those ahead of it, which have no figure.

    Raises
    ------
    ParameterError
        If the horizon is negative.
    """
    if horizon < 0:
        raise ParameterError(f"The horizon is {horizon} months. Ask for 0 or more.")
    last = months["time_period"][-1]
    ahead = pl.DataFrame({"time_period": [add_months(last, step + 1) for step in range(horizon)]})
    return pl.concat([months, ahead.with_columns(obs_value=pl.lit(None, pl.Float64))], how="vertical_relaxed")


def filtered_ahead(results: Any, whole: pl.DataFrame, *, horizon: int, levels: Sequence[int]) -> pl.DataFrame:
    """Return what the Kalman filter says of the last months of a model, which have no figure.

    Parameters
    ----------
    results
        A smoothed model of statsmodels.
    whole
        `time_period`: its months, those ahead included.
    horizon, levels
        How many months these are, 0 for none; interval levels in percent.

    Raises
    ------
    EvidenceError
        If the figures leave a state open that these months need.
    """
    if horizon == 0:
        return pl.DataFrame(schema=AHEAD)
    filtered = results.filter_results
    tail = slice(filtered.nobs - horizon, filtered.nobs)
    diffuse = filtered.forecasts_error_diffuse_cov
    if diffuse is not None and np.any(diffuse[0, 0, tail] > 0):
        raise EvidenceError("An effect of the months ahead was never seen in a figure. Leave it out.")
    first, spread = whole["time_period"][-horizon], np.sqrt(filtered.forecasts_error_cov[0, 0, tail])
    return lognormal(first, filtered.forecasts[0, tail], spread, levels)


def lognormal(first: dt.date, mean: np.ndarray, sd: np.ndarray, levels: Sequence[int]) -> pl.DataFrame:
    """Return `AHEAD` of months from the first on, whose logs are normal."""
    tables = []
    for level in levels:
        half = float(ndtri(0.5 + level / 200)) * sd
        logs = {"mean": mean + sd**2 / 2, "median": mean, "lower": mean - half, "upper": mean + half}
        tables.append(
            pl.DataFrame(
                {
                    "time_period": [add_months(first, step) for step in range(len(mean))],
                    "level": [level] * len(mean),
                    **{name: significant(np.exp(value)) for name, value in logs.items()},
                    "log_mean": significant(mean),
                    "log_sd": significant(sd),
                },
                schema=AHEAD,
            )
        )
    return pl.concat([pl.DataFrame(schema=AHEAD), *tables]).sort("time_period", "level")

"""The tables that cross borders between layers: observations and paths, with their declared keys."""

import numpy as np
import polars as pl

from analysis.core.vocabulary import FREQUENCIES, OBS_STATUSES

OBS_STATUS = pl.Enum(OBS_STATUSES)
FREQ = pl.Enum(FREQUENCIES)

_PATH_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "series_id": pl.String,
    "freq": FREQ,
    "time_period": pl.Date,
    "level": pl.Int64,
    "mean": pl.Float64,
    "median": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "obs_status": OBS_STATUS,
}

#: A reconstruction or a forecast: one row a series, period and level (percent).
PATH_SCHEMA = pl.Schema(_PATH_COLUMNS)

PATH_KEY = ("series_id", "freq", "time_period", "level")


def significant(values: np.ndarray, digits: int = 6) -> np.ndarray:
    """Return values rounded to a number of significant digits, as every value is before it leaves the methods.

    Further digits differ between processors and carry no information.
    """
    magnitude = np.floor(np.log10(np.abs(np.where(values == 0, 1.0, values))))
    factor = 10.0 ** (digits - 1 - magnitude)
    return np.where(values == 0, 0.0, np.round(values * factor) / factor)

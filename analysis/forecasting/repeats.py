"""Candidates that repeat what was: the last years' same months, plain, averaged, or moved to the level of late."""

import warnings

import numpy as np

from analysis.forecasting.settings import Array

#: How many candidates `repeat` returns.
COUNT = 8

_YEARS = 5


def repeat(X: Array, *, horizon: int, origins: range, cycle: int) -> Array:
    """Forecast from each origin with each candidate.

    Parameters
    ----------
    X
        Logarithms without gaps, series by months; NaN before a series begins.
    horizon
        Months ahead.
    origins
        Columns that are the last known month.
    cycle
        Months after which the season repeats.

    Returns
    -------
    ndarray
        Origins by horizon by candidate by series, single precision.
    """
    out = np.empty((len(origins), horizon, COUNT, len(X)), np.float32)
    ahead = np.arange(horizon) % cycle
    padded = np.pad(X, ((0, 0), (_YEARS * cycle, 0)), constant_values=np.nan)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "(Mean of empty slice|All-NaN slice encountered)", RuntimeWarning)
        for place, origin in enumerate(origins):
            years = padded[:, origin + 1 : origin + 1 + _YEARS * cycle].reshape(len(X), _YEARS, cycle)[:, ::-1]
            out[place] = _year_ahead(years)[ahead]
    return out


def _year_ahead(years: Array) -> Array:
    """Return the candidates for the cycle ahead from the cycles behind, the last one first."""
    last, recent = years[:, 0], years[:, :3]
    growth = last - years[:, 1]
    moved = [_or_zero(np.nanmedian(growth[:, -months:], axis=1))[:, None] for months in (3, 6, years.shape[2])]
    season = np.nanmean(recent - np.nanmean(recent, axis=2, keepdims=True), axis=1)
    season = _or_zero(season)
    found = (
        last,
        np.nanmean(years[:, :2], axis=1),
        np.nanmedian(recent, axis=1),
        last + moved[0],
        last + 0.5 * moved[1],
        last + 0.5 * moved[2],
        np.nanmean(last, axis=1)[:, None] + season,
        np.nanmean((last - season)[:, -6:], axis=1)[:, None] + season,
    )
    level = np.nanmean(last, axis=1)[:, None]
    return np.stack([np.where(np.isnan(one), level, one) for one in found]).transpose(2, 0, 1)


def _or_zero(values: Array) -> Array:
    return np.nan_to_num(values)

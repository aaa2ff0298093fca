"""Candidates that repeat past seasons: plain, averaged, or moved by recent growth or to last year's level."""

import numpy as np

from analysis.methods.forecasting.settings import Array

#: How many candidates `repeat` returns.
COUNT = 4

#: Last cycles (years, if the season is twelve months) that the candidates read.
_CYCLES = 3

#: Last periods whose growth over a year is carried on.
_GROWTH = 3


def repeat(X: Array, *, horizon: int, origins: range, cycle: int) -> Array:
    """Forecast from each origin with each candidate.

    Parameters
    ----------
    X
        Logarithms without gaps, series by months, three cycles at least before each origin.
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
    windows = np.lib.stride_tricks.sliding_window_view(X, _CYCLES * cycle, axis=1)
    first = origins.start + 1 - _CYCLES * cycle
    behind = windows[:, first : first + len(origins)]
    cycles = behind.reshape(len(X), len(origins), _CYCLES, cycle)[:, :, ::-1]
    ahead = _cycle_ahead(cycles)[..., np.arange(horizon) % cycle]
    return np.ascontiguousarray(ahead.transpose(2, 3, 0, 1), dtype=np.float32)


def _cycle_ahead(cycles: Array) -> Array:
    """Return the candidates for the cycle ahead from the cycles behind, the last one first.

    Takes series by origin by cycle by month, returns candidate by series by origin by month.
    """
    last = cycles[:, :, 0]
    growth = np.median((last - cycles[:, :, 1])[..., -_GROWTH:], axis=2, keepdims=True)
    season = (cycles - cycles.mean(axis=3, keepdims=True)).mean(axis=2)
    return np.stack(
        [last, cycles[:, :, :2].mean(axis=2), last + growth, last.mean(axis=2, keepdims=True) + season],
    )

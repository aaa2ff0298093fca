"""The prior of the log daily rate: a sum of components, each a fixed shape times a variance."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.periods import months_between

#: Prior standard deviation of the first month's level around the crude centre: a factor of about 20 either way.
DIFFUSE = 3.0

#: Correlation of the seasonal pattern of one year with that of the next.
SEASON_MEMORY = 0.93

#: Correlation of the short run from month to month, and persistence of the slope.
SHORT_RUN, DAMPING = 0.5, 0.8


@dataclass(frozen=True)
class Prior:
    """Log-normal priors of the standard deviations: `log sd ~ N(log median, spread^2)`."""

    name: str
    median: float
    spread: float


#: Monthly standard deviations in logs; `revision` is that of the silent revision of the base of a growth rate.
#: Chosen by hand on simulated bulletins of US border crossings, other ones than those of benchmarks/reconstruction.md.
PRIORS = (
    Prior("level", 0.03, 0.6),
    Prior("trend", 0.004, 0.6),
    Prior("season", 0.08, 0.3),
    Prior("short_run", 0.07, 0.4),
    Prior("revision", 0.005, 0.7),
)


def _level(inflation: np.ndarray) -> np.ndarray:
    """Random walk from the first month: Cov(t, s) = sum of the variances of steps up to min(t, s)."""
    steps = np.cumsum(np.concatenate([[0.0], inflation[1:]]))
    covariance: np.ndarray = np.minimum.outer(steps, steps)
    return covariance


def _trend(months: int) -> np.ndarray:
    """Sum of a damped slope: slope_t = DAMPING slope_(t-1) + e_t, from zero."""
    impulse = np.tril(DAMPING ** np.abs(np.subtract.outer(np.arange(months), np.arange(months))))
    path = np.cumsum(impulse, axis=0)
    path[:, 0] = 0.0
    return path @ path.T


def _season(months: int, first: int) -> np.ndarray:
    """Twelve effects summing to zero (variance 1 each) that fade into new ones over the years."""
    index = np.arange(months)
    same = np.subtract.outer(index + first, index + first) % 12 == 0
    years = np.abs(np.subtract.outer(index, index)) / 12
    return (np.where(same, 12.0, 0.0) - 1.0) / 11.0 * SEASON_MEMORY**years


def _short_run(months: int) -> np.ndarray:
    """First-order autoregression with variance 1."""
    return SHORT_RUN ** np.abs(np.subtract.outer(np.arange(months), np.arange(months)))


def components(start: dt.date, months: int, regimes: pl.DataFrame | None) -> np.ndarray:
    """Return the covariance shapes (level, trend, season, short run), each months by months.

    Parameters
    ----------
    start
        First month of the window.
    months
        Length of the window.
    regimes
        Optional spans in which the level may jump: `start`, `end` (days), `inflation` (factor of the variance).
    """
    inflation = np.ones(months)
    for row in regimes.iter_rows(named=True) if regimes is not None else ():
        first = max(months_between(start, row["start"]), 0)
        last = months_between(start, row["end"]) + 1
        inflation[first : max(last, 0)] = np.maximum(inflation[first : max(last, 0)], row["inflation"])
    return np.stack([_level(inflation), _trend(months), _season(months, start.month), _short_run(months)])

"""The panel's season, and values that fill unobserved months for the candidates that repeat."""

import warnings

import numpy as np

from analysis.methods.forecasting.settings import Array

#: Last cycles (years, if the season is twelve months) whose deviations are read.
_YEARS = 5

#: Number of years that the panel's season counts for beside a series' own when a gap is filled.
_PRIOR = 1.0


def deviations(X: Array, *, cycle: int) -> Array:
    """Return each series' typical deviation from its year in each month of the cycle; NaN without a whole year.

    Months of the cycle are counted from column 0.
    """
    months = X.shape[1]
    years = min(_YEARS, months // cycle)
    block = X[:, months - years * cycle :].reshape(len(X), years, cycle)
    whole = np.isfinite(block).sum(axis=2, keepdims=True) * 2 > cycle
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "(Mean of empty slice|All-NaN slice encountered)", RuntimeWarning)
        moved = np.where(whole, block - np.nanmean(block, axis=2, keepdims=True), np.nan)
        typical = np.nanmedian(moved, axis=1)
    return np.roll(typical, months % cycle, axis=1)


def shared_season(deviation: Array) -> Array:
    """Return the middle deviation over all series, summing to zero; zeros if there is none."""
    if not np.isfinite(deviation).all(axis=1).any():
        return np.zeros(deviation.shape[1])
    season = np.nanmedian(deviation[np.isfinite(deviation).all(axis=1)], axis=0)
    return np.asarray(season - season.mean())


def fill(X: Array, season: Array) -> Array:
    """Return the matrix without gaps: lines between neighbours and a level before the start, both with a season."""
    months, cycle = X.shape[1], season.size
    own = deviations(X, cycle=cycle)
    years = np.minimum(np.isfinite(X[:, -_YEARS * cycle :]).sum(axis=1) / cycle, _YEARS)[:, None]
    own = np.where(np.isnan(own), season, (years * own + _PRIOR * season) / (years + _PRIOR))
    pattern = own[:, np.arange(months) % cycle]
    out = X.copy()
    for row in np.flatnonzero(np.isnan(X).any(axis=1)):
        observed = np.flatnonzero(np.isfinite(X[row]))
        flat = X[row, observed] - pattern[row, observed]
        flat[0] = np.median(flat[:cycle])
        gaps = np.flatnonzero(np.isnan(X[row]))
        out[row, gaps] = np.interp(gaps, observed, flat) + pattern[row, gaps]
    return out

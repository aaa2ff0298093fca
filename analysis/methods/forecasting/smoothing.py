"""Exponential smoothing of many series under many constants at once, robust to outliers and open to level shifts."""

import numpy as np

from analysis.core.frequency import MONTHLY, Frequency
from analysis.methods.forecasting.settings import Array

#: Smoothing constants; every combination is a candidate. Of the level; of the trend, as its damping a month and its
#: constant as a share of the level's (none, or a slow damped one), and as the share of the long drift that is carried
#: on; of the season, as a share of what the level leaves (0 for no season).
LEVEL_CONSTANTS = (0.08, 0.15, 0.25, 0.4, 0.6)
TREND_CONSTANTS = ((0.0, 0.0, 0.0), (0.9, 0.3, 0.0), (1.0, 0.0, 0.8))
SEASON_CONSTANTS = (0.0, 0.12, 0.55)

#: Months of evidence that no drift is worth: a shorter series has none.
DRIFT_EVIDENCE = 24

#: A residual counts up to `CLIP` usual residuals; after k months beyond that on the same side up to
#: `CLIP (1 + CLIP_GROWTH k)`: a lone outlier is clipped, a shift of the level passes.
CLIP, CLIP_GROWTH = 2.5, 2.0

#: First years whose median season a smoother starts from, and the number of years that the panel's season counts for
#: beside them.
START_YEARS, SEASON_PRIOR = 4, 1.0


def constants() -> Array:
    """Return the candidates, one a row: level, damping, trend, share of the long drift, season."""
    return np.array(
        [
            (level, damping, trend * level, drift, season)
            for level in LEVEL_CONSTANTS
            for damping, trend, drift in TREND_CONSTANTS
            for season in SEASON_CONSTANTS
        ]
    )


def smooth(X: Array, *, horizon: int, origins: range, season: Array, frequency: Frequency = MONTHLY) -> Array:
    """Forecast from each origin with each candidate.

    Parameters
    ----------
    X
        Logarithms, series by months; NaN where nothing was observed.
    horizon
        Months ahead.
    origins
        Columns that are the last known month.
    season
        The panel's season by month of the cycle; months count from column 0.
    frequency
        What a column is: a month, a quarter or a week.

    Returns
    -------
    ndarray
        Origins by horizon by candidate by series, single precision.
    """
    a, phi, b, share, g = (column[:, None] for column in constants().T)
    cycle = season.size
    level, s, spread = _start(X, season, len(a))
    s *= g > 0
    drift, drifting = _drift(X, frequency.periods(DRIFT_EVIDENCE)), share[:, 0] > 0
    trend = np.zeros_like(level)
    run = np.zeros_like(level)
    reach = np.cumsum([phi ** (h + 1) for h in range(horizon)], axis=0)
    out = np.empty((len(origins), horizon, len(a), len(X)), np.float32)
    for t in range(int(np.argmax(np.isfinite(X), axis=1).min()), X.shape[1]):
        expected = level + phi * trend
        e = np.nan_to_num(X[:, t] - expected - s[t % cycle])
        kept, run = _clip(e, spread, run)
        spread += np.where(np.isnan(X[:, t]), 0.0, 0.0875 * np.minimum(np.abs(e), 4 * spread) - 0.07 * spread)
        level = expected + a * kept
        trend = phi * trend + b * kept
        trend[drifting] = share[drifting] * drift[:, t]
        s[t % cycle] += g * (1 - a) * kept
        if t in origins:
            for h in range(horizon):
                out[origins.index(t), h] = level + reach[h] * trend + s[(t + 1 + h) % cycle]
    return out


def _drift(X: Array, evidence: int) -> Array:
    """Return the slope of a line through all that was seen of a series up to each month.

    It is shrunk to none, which counts for so many months.
    """
    known = np.isfinite(X)
    first = np.argmax(known, axis=1)[:, None]
    # Counted from the first month and its value, so that no sum depends on which series stand in a block.
    t = np.where(known, np.arange(X.shape[1]) - first, 0.0)
    x = np.where(known, X - np.take_along_axis(X, first, axis=1), 0.0)
    n, st, sx, stt, stx = (np.cumsum(part, axis=1, dtype=float) for part in (known, t, x, t * t, t * x))
    slope = (n * stx - st * sx) / np.maximum(n * stt - st * st, 1.0)
    return np.asarray(slope * np.maximum(n - evidence, 0.0) / np.maximum(n, 1.0))


def _clip(e: Array, spread: Array, run: Array) -> tuple[Array, Array]:
    """Clip residuals; a run of large ones on one side is a shift of the level, and passes."""
    same = np.where(np.sign(e) == np.sign(run), np.abs(run), 0.0)
    bound = CLIP * spread * (1 + CLIP_GROWTH * same)
    run = np.where(np.abs(e) > CLIP * spread, np.sign(e) * (same + 1), 0.0)
    return np.clip(e, -bound, bound), run


def _start(X: Array, season: Array, candidates: int) -> tuple[Array, Array, Array]:
    """Return level, season and spread of each series before its first month, for all candidates."""
    n, months = X.shape
    cycle = season.size
    level, own = np.zeros(n), np.tile(season, (n, 1))
    first = np.argmax(np.isfinite(X), axis=1)
    for f in np.unique(first):
        of = np.flatnonzero(first == f)
        years = min(START_YEARS, (months - f) // cycle)
        # The panel's season, turned so that it begins with the month in which these series begin.
        turned = np.roll(season, -(f % cycle))
        head = X[of, f : f + cycle]
        level[of] = np.nanmedian(head - turned[: head.shape[1]], axis=1)
        if years >= 2:
            own[of] = np.roll(_season(X[of, f : f + years * cycle], turned), f % cycle, axis=1)
    spread = _typical_step(X)
    return (
        np.tile(level, (candidates, 1)),
        np.stack([np.tile(own[:, m], (candidates, 1)) for m in range(cycle)]),
        np.tile(spread, (candidates, 1)),
    )


def _season(block: Array, panel: Array) -> Array:
    """Return the season of whole years: medians of deviations from each year's mean, shrunk to the panel's."""
    years = block.reshape(len(block), -1, panel.size)
    observed = np.isfinite(years).sum(axis=2, keepdims=True)
    mean = np.where(observed > 0, np.nansum(years, axis=2, keepdims=True) / np.maximum(observed, 1), np.nan)
    filled = np.where(np.isnan(years), mean + panel, years)
    filled = np.where(np.isnan(filled), np.nanmedian(block, axis=1)[:, None, None] + panel, filled)
    own = np.median(filled - filled.mean(axis=2, keepdims=True), axis=1)
    own -= own.mean(axis=1, keepdims=True)
    weight = years.shape[1] / (years.shape[1] + SEASON_PRIOR)
    return np.asarray(weight * own + (1 - weight) * panel)


def _typical_step(X: Array) -> Array:
    """Return the median change from month to month, which starts the spread of the residuals."""
    steps = np.abs(np.diff(X, axis=1))
    typical = np.full(len(X), 0.1)
    any_step = np.isfinite(steps).any(axis=1)
    typical[any_step] = np.nanmedian(steps[any_step], axis=1)
    return typical + 0.02

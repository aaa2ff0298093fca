"""The forecasts of a block of series from every origin of late, and what each of them could know."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.forecasting import kinds, repeats, seasons, smoothing, spread, weekdays, weights
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.panel import Block
from analysis.methods.forecasting.settings import ORIGINS, Array

#: Months of a series before forecasts from it are scored.
WARM = 24


@dataclass(frozen=True)
class Past:
    """A block of series, forecast from its past.

    Attributes
    ----------
    kinds
        Which series are closed in some months, silent or intermittent.
    adjustment
        Series by month, through the horizon: what each month owes to its weekdays, on the log scale.
    origins
        Columns from which forecasts were made; the last one is the last month.
    combined
        Logarithms of the combined forecasts, origins by horizon by series, without the weekdays.
    errors
        Actual less forecast, the same shape; NaN where the month is unknown.
    losses
        Relative losses of the candidates at the last origin, candidate by series.
    """

    kinds: kinds.Kinds
    adjustment: Array
    origins: range
    combined: Array
    errors: Array
    losses: Array


def logs(block: Block, *, cycle: int) -> tuple[kinds.Kinds, Array]:
    """Return the kinds of the series of a block, and their logarithms."""
    found = kinds.sort(block.Y, cycle=cycle)
    X = kinds.logarithms(block.Y, found.shut)
    # A port that its calendar never opens has no months at all.
    return found, np.where(np.isfinite(X).any(axis=1, keepdims=True), X, 0.0)


def look_back(block: Block, learnt: Learnt, *, horizon: int) -> Past:
    """Forecast a block from each origin with the weights that were known there."""
    found, X = logs(block, cycle=learnt.cycle)
    months = X.shape[1]
    R = weekdays.regressors(block.start, months + horizon)
    adjustment = weekdays.owed(weekdays.effects(X, R[:months], learnt.days), R)
    X = X - adjustment[:, :months]
    first = np.argmax(np.isfinite(X), axis=1)
    origins = range(max(min(int(first.min()) + WARM, months - 1), months - ORIGINS), months)
    season = learnt.season_from(block.start)
    F = np.concatenate(
        [
            smoothing.smooth(X, horizon=horizon, origins=origins, season=season),
            repeats.repeat(seasons.fill(X, season), horizon=horizon, origins=origins, cycle=learnt.cycle),
        ],
        axis=2,
    )
    # A forecast from a series' first months would know what it is measured by.
    early = np.array(origins[:-1])[:, None] < first + WARM
    F[:-1].transpose(0, 3, 1, 2)[early] = np.nan
    loss, count = weights.past_losses(X, F, origins)
    weight = weights.weigh(loss, count, learnt.losses)
    combined = weights.sum_over_candidates(F * weight[:, None])
    return Past(found, adjustment, origins, combined, spread.errors(X, combined, origins), weights.relative(loss[-1]))

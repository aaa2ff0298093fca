"""Past forecasts: those of a block from every recent origin, each with only what was known there, and their errors."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.forecasting import kinds, repeats, seasons, smoothing, spread, weekdays, weights
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.panel import Block
from analysis.methods.forecasting.settings import LEARNT_HORIZON, ORIGINS, Array

#: Months of a series before the first origin whose forecast is scored; earlier ones would be scored against their own
#: starting values.
WARM = 24


@dataclass(frozen=True)
class Past:
    """A block of series, forecast from its past.

    Attributes
    ----------
    kinds
        Which series are closed in some months, silent or intermittent.
    adjustment
        Series by month, through the months forecast: the effect of each month's weekdays, on the log scale.
    origins
        Columns from which forecasts were made; the last one is the last month.
    combined
        Logarithms of the combined forecasts, origins by horizon by series, without the weekdays; through twelve months
        at least, so that the weights of the candidates, and with them every number, do not depend on the horizon.
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
    kinds_of_series = kinds.classify(block.Y, cycle=cycle)
    X = kinds.logarithms(block.Y, kinds_of_series.shut)
    # A port that its calendar never opens has no months at all.
    return kinds_of_series, np.where(np.isfinite(X).any(axis=1, keepdims=True), X, 0.0)


def look_back(block: Block, learnt: Learnt, *, horizon: int) -> Past:
    """Forecast a block from each origin with the weights that were known there."""
    horizon = max(horizon, LEARNT_HORIZON)
    kinds_of_series, X = logs(block, cycle=learnt.cycle)
    months = X.shape[1]
    R = weekdays.regressors(block.start, months + horizon)
    adjustment = weekdays.month_effects(weekdays.own_effects(X, R[:months], learnt.days), R)
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
    # The smoothers start from a series' first months, so forecasts of these would know their own outcome.
    early = np.array(origins[:-1])[:, None] < first + WARM
    F[:-1].transpose(0, 3, 1, 2)[early] = np.nan
    loss, count = weights.past_losses(X, F[:, :LEARNT_HORIZON], origins)
    weight = weights.weigh(loss, count, learnt.losses)
    combined = weights.sum_over_candidates(F * weight[:, None])
    errors = spread.errors(X, combined, origins)
    return Past(kinds_of_series, adjustment, origins, combined, errors, weights.relative(loss[-1]))

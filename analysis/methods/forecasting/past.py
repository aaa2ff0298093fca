"""Past forecasts: those of a block from every recent origin, each with only what was known there, and their errors."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.forecasting import carrying, kinds, repeats, seasons, smoothing, spread, weekdays, weights
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.panel import Block
from analysis.methods.forecasting.settings import LEARNT_HORIZON, ORIGINS, Array

#: Months of a series before the first origin whose forecast is scored; earlier ones would be scored against their own
#: starting values.
WARM = 24

#: Fewest one-period errors of a series that is learnt from.
FEWEST_ERRORS = 12


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
    """

    kinds: kinds.Kinds
    adjustment: Array
    origins: range
    combined: Array
    errors: Array


@dataclass(frozen=True)
class Candidates:
    """What each candidate would have forecast for a block of series, before they are weighed.

    Attributes
    ----------
    X
        Logarithms without the effect of weekdays, series by periods; NaN where nothing was observed.
    F
        Forecasts of the candidates, origins by horizon by candidate by series.
    scored
        Origins by series: whether a forecast from there counts.
    loss, count
        As `weights.past_losses` returns them.
    kinds, adjustment, origins
        As in `Past`.
    """

    X: Array
    F: Array
    scored: np.ndarray
    loss: Array
    count: Array
    kinds: kinds.Kinds
    adjustment: Array
    origins: range

    def relative(self) -> Array:
        """Return the relative losses of the candidates at the last origin, candidate by series."""
        return weights.relative(self.loss[-1])

    def regular(self) -> np.ndarray:
        """Return which series have a level, a season and a year's past errors."""
        known = (np.isfinite(self.X[:, self.origins[1:]]).T & self.scored[:-1]).sum(axis=0)
        return np.asarray(~self.kinds.silent & ~self.kinds.intermittent & (known >= FEWEST_ERRORS))


def logs(block: Block, *, cycle: int) -> tuple[kinds.Kinds, Array]:
    """Return the kinds of the series of a block, and their logarithms."""
    kinds_of_series = kinds.classify(block.Y, cycle=cycle, frequency=block.frequency)
    X = kinds.logarithms(block.Y, kinds_of_series.shut, block.frequency)
    # A port that its calendar never opens has no months at all.
    return kinds_of_series, np.where(np.isfinite(X).any(axis=1, keepdims=True), X, 0.0)


def candidates(block: Block, learnt: Learnt, *, horizon: int) -> Candidates:
    """Forecast a block from each origin with each candidate."""
    horizon, frequency = max(horizon, LEARNT_HORIZON), block.frequency
    kinds_of_series, X = logs(block, cycle=learnt.cycle)
    periods = X.shape[1]
    R = weekdays.regressors(block.start, periods + horizon, frequency)
    own = weekdays.own_effects(X, R[:periods], learnt.days, per_year=frequency.per_year)
    adjustment = weekdays.month_effects(own, R)
    X = X - adjustment[:, :periods]
    first, warm = np.argmax(np.isfinite(X), axis=1), frequency.periods(WARM)
    origins = range(max(min(int(first.min()) + warm, periods - 1), periods - ORIGINS), periods)
    season = learnt.season_from(block.start)
    F = np.concatenate(
        [
            smoothing.smooth(X, horizon=horizon, origins=origins, season=season, frequency=frequency),
            repeats.repeat(seasons.fill(X, season), horizon=horizon, origins=origins, cycle=learnt.cycle),
        ],
        axis=2,
    )
    # The smoothers start from a series' first months, so forecasts of these would know their own outcome.
    scored = np.array(origins)[:, None] >= first + warm
    loss, count = weights.past_losses(X, F[:, :LEARNT_HORIZON], origins, scored)
    return Candidates(X, F, scored, loss, count, kinds_of_series, adjustment, origins)


def look_back(block: Block, learnt: Learnt, *, horizon: int) -> Past:
    """Forecast a block from each origin with the weights that were known there."""
    return weigh(candidates(block, learnt, horizon=horizon), learnt)


def weigh(found: Candidates, learnt: Learnt) -> Past:
    """Return the past of a block with its candidates weighed."""
    combined = weights.combine(found.F, weights.weigh(found.loss, found.count, learnt.losses))
    one_ahead = spread.errors(found.X, combined[:, :1], found.origins, found.scored)[:, 0]
    combined = carrying.carry(one_ahead, combined)
    errors = spread.errors(found.X, combined, found.origins, found.scored)
    return Past(found.kinds, found.adjustment, found.origins, combined, errors)

"""Forecasts of irregular series: silent ones, intermittent ones, and closures that last to the end."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.methods.forecasting import kinds
from analysis.methods.forecasting.ahead import Ahead, Options
from analysis.methods.forecasting.panel import Block
from analysis.methods.forecasting.paths import random_numbers
from analysis.methods.forecasting.settings import Array


def replace_silent(ahead: Ahead, series_kinds: kinds.Kinds) -> Ahead:
    """Return the forecasts with zeros for silent series."""
    open_ = ~series_kinds.silent[:, None, None]
    draws = None if ahead.draws is None else ahead.draws * open_
    return replace(ahead, quantiles=ahead.quantiles * open_, mean=ahead.mean * open_[..., 0], draws=draws)


def replace_intermittent(ahead: Ahead, series_kinds: kinds.Kinds, block: Block, options: Options) -> Ahead:
    """Return the forecasts with the distribution of the recent months for intermittent series."""
    quantiles, mean = ahead.quantiles.copy(), ahead.mean.copy()
    draws = None if ahead.draws is None else ahead.draws.copy()
    for place in np.flatnonzero(series_kinds.intermittent):
        value, weight = kinds.occurrences(block.Y[place], block.frequency)
        reached = np.searchsorted(np.cumsum(weight), options.probabilities - 1e-12)
        quantiles[place] = value[np.minimum(reached, value.size - 1)]
        mean[place] = value @ weight
        if draws is not None:
            numbers = random_numbers(block.ids[place], options.seed)
            draws[place] = numbers.choice(value, size=draws[place].T.shape, p=weight).T
    return replace(ahead, quantiles=quantiles, mean=mean, draws=draws)


def still_shut(shut_for: np.ndarray, horizon: int) -> Array:
    """Return the probability that a closure still lasts, series by month ahead.

    Where all that is known is that it has lasted for k months, it lasts h more with probability k / (k + h).
    """
    return np.asarray(shut_for[:, None] / (shut_for[:, None] + np.arange(1, horizon + 1)))


def interrupt(paths: Array, still: Array, ids: Sequence[str], seed: int) -> Array:
    """Return paths that are zero until their closure ends."""
    out = paths.copy()
    for place in np.flatnonzero(still[:, 0] > 0):
        until = random_numbers(ids[int(place)], seed, purpose=1).random(len(paths[place]))
        out[place][until[:, None] < still[place]] = 0.0
    return out

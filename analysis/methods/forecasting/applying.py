"""Applying: the forecasts of one block of series, with what was learnt of the panel."""

from dataclasses import replace

import numpy as np

from analysis.methods.forecasting import irregular, spread
from analysis.methods.forecasting.ahead import Ahead, Options
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.panel import Block
from analysis.methods.forecasting.past import Past, look_back
from analysis.methods.forecasting.paths import draw
from analysis.methods.forecasting.settings import LEARNT_HORIZON, Array


def look_ahead(block: Block, learnt: Learnt, options: Options, *, open_share: Array | None = None) -> Ahead:
    """Forecast a block of series.

    Parameters
    ----------
    open_share
        Series by month, through the horizon: share of the days on which the port was and will be open; all if None.
    """
    opened = block if open_share is None else _per_open_month(block, open_share)
    past = look_back(opened, learnt, horizon=options.horizon)
    ahead = _regular(opened, past, learnt, options)
    ahead = irregular.replace_silent(ahead, past.kinds)
    ahead = irregular.replace_intermittent(ahead, past.kinds, opened, options)
    share = np.ones(ahead.mean.shape) if open_share is None else open_share[:, -options.horizon :].copy()
    months = np.arange(block.Y.shape[1], block.Y.shape[1] + options.horizon)
    share[past.kinds.closed[:, months % learnt.cycle]] = 0.0
    return Ahead(
        ahead.quantiles * share[..., None],
        ahead.mean * share,
        share == 0,
        None if ahead.draws is None else ahead.draws * share[:, None],
    )


def _regular(block: Block, past: Past, learnt: Learnt, options: Options) -> Ahead:
    """Forecast all series as if they had a level and a season; a closure at the end may go on."""
    horizon = options.horizon
    months = block.Y.shape[1]
    middle = past.combined[-1, :horizon] + past.adjustment[:, months : months + horizon].T
    width = _width(past, block, learnt, horizon)
    shape = learnt.shape[np.minimum(np.arange(horizon), LEARNT_HORIZON - 1)]
    still = irregular.still_shut(past.kinds.shut_for, horizon)
    # Series by month by probability: the probability among outcomes with the port open again.
    open_again = (options.probabilities - still[..., None]) / (1 - still[..., None])
    z = np.stack([np.interp(open_again[:, h], spread.PROBABILITIES, shape[h]) for h in range(horizon)], axis=1)
    quantiles = np.exp(middle.T[..., None] + width.T[..., None] * z) * (open_again > 0)
    inner = shape[:, 2:-2]
    mean = np.exp(middle + np.log(np.exp(width[..., None] * inner[:, None]).mean(axis=2))).T * (1 - still)
    ahead = Ahead(quantiles, mean, np.zeros(mean.shape, bool), None)
    if options.draws is None:
        return ahead
    paths = draw(block.ids, middle, width, shape, learnt.dependence, draws=options.draws, seed=options.seed)
    return replace(ahead, draws=irregular.interrupt(paths, still, block.ids, options.seed))


def _per_open_month(block: Block, open_share: Array) -> Block:
    """Return the block as it would have been with every day open; a month without an open day is not observed."""
    share = open_share[:, : block.Y.shape[1]]
    return replace(block, Y=np.where(share > 0, block.Y / np.where(share > 0, share, 1.0), np.nan))


def _width(past: Past, block: Block, learnt: Learnt, horizon: int) -> Array:
    """Return the expected absolute error on the log scale, months ahead by series."""
    near = min(horizon, LEARNT_HORIZON)
    signs = spread.signs(past.errors[:, :near], learnt.error[:near])
    months = range(block.start + past.origins.start, block.start + past.origins.stop)
    parts = spread.predictors(signs, learnt.surprise_at(months))[-1:]
    width = spread.expected_size(parts, learnt.response[:near])[0]
    if horizon <= near:
        return np.asarray(width)
    growth = spread.growth(learnt.error)
    further = (np.arange(near + 1, horizon + 1) / near)[:, None] ** growth * width[-1]
    return np.concatenate([width, further])

"""Forecast each series of a panel with what was learnt: block by block, so that memory does not grow with the panel."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.forecasting import kinds, spread
from analysis.forecasting.dependence import correlation
from analysis.forecasting.learnt import Learnt
from analysis.forecasting.panel import Block
from analysis.forecasting.past import Past, look_back
from analysis.forecasting.settings import LEARNT_HORIZON, Array


@dataclass(frozen=True)
class Ahead:
    """Forecasts of a block.

    Attributes
    ----------
    quantiles
        Series by month ahead by probability, not decreasing.
    mean
        Series by month ahead.
    closed
        Series by month ahead: nothing passes.
    draws
        Series by draw by month ahead, or None.
    """

    quantiles: Array
    mean: Array
    closed: np.ndarray
    draws: Array | None


def look_ahead(
    block: Block,
    learnt: Learnt,
    *,
    horizon: int,
    probabilities: Array,
    open_share: Array | None,
    draws: int | None,
    seed: int,
) -> Ahead:
    """Forecast a block of series.

    Parameters
    ----------
    open_share
        Series by month, through the horizon: share of the days on which the port was and will be open; all if None.
    """
    seen = block if open_share is None else _per_open_month(block, open_share)
    past = look_back(seen, learnt, horizon=horizon)
    middle, width = past.combined[-1] + past.adjustment[:, -horizon:].T, _width(past, seen, learnt, horizon)
    shape = _extended(learnt.shape, horizon)
    z = np.array([np.interp(probabilities, spread.PROBABILITIES, row) for row in shape])
    quantiles = np.exp(middle[..., None] + width[..., None] * z[:, None]).transpose(1, 0, 2)
    inner = shape[:, 2:-2]
    mean = np.exp(middle + np.log(np.exp(width[..., None] * inner[:, None]).mean(axis=2))).T
    paths = None if draws is None else _paths(seen, middle, width, shape, learnt, draws, seed)
    share = np.ones(mean.shape) if open_share is None else open_share[:, -horizon:].copy()
    _replace_irregular(seen, past.kinds, probabilities, quantiles, mean, paths, seed)
    first = block.Y.shape[1]
    shut = past.kinds.closed[:, np.arange(first, first + horizon) % learnt.cycle]
    share[shut] = 0.0
    return Ahead(
        quantiles * share[..., None], mean * share, share == 0, None if paths is None else paths * share[:, None]
    )


def _per_open_month(block: Block, open_share: Array) -> Block:
    """Return the block as it would have been with every day open; a month without an open day is not observed."""
    share = open_share[:, : block.Y.shape[1]]
    return Block(block.ids, np.where(share > 0, block.Y / np.where(share > 0, share, 1.0), np.nan), block.end)


def _width(past: Past, block: Block, learnt: Learnt, horizon: int) -> Array:
    """Return the expected absolute error on the log scale, months ahead by series."""
    near = min(horizon, LEARNT_HORIZON)
    known = spread.signs(past.errors[:, :near], learnt.error[:near])
    months = range(block.start + past.origins.start, block.start + past.origins.stop)
    parts = spread.features(known, learnt.surprise_at(months))[-1:]
    found = spread.expected(parts, learnt.response[:near])[0]
    if horizon <= near:
        return np.asarray(found)
    further = np.sqrt(np.arange(near + 1, horizon + 1) / near)[:, None] * found[-1]
    return np.concatenate([found, further])


def _extended(rows: Array, horizon: int) -> Array:
    """Return one row a month ahead, the last one repeated beyond what was learnt."""
    return np.asarray(rows[np.minimum(np.arange(horizon), len(rows) - 1)])


def _paths(block: Block, middle: Array, width: Array, shape: Array, learnt: Learnt, draws: int, seed: int) -> Array:
    """Draw paths whose months hang together; each series has a stream of its own, so that partitions do not matter."""
    horizon = len(middle)
    root = np.linalg.cholesky(correlation(learnt.dependence, horizon) + 1e-9 * np.eye(horizon))
    out = np.empty((len(block.ids), draws, horizon))
    for place, name in enumerate(block.ids):
        u = ndtr(stream(name, seed).standard_normal((draws, horizon)) @ root.T)
        z = np.column_stack([np.interp(u[:, h], spread.PROBABILITIES, shape[h]) for h in range(horizon)])
        out[place] = np.exp(middle[:, place] + width[:, place] * z)
    return out


def stream(name: str, seed: int) -> np.random.Generator:
    """Return the random numbers of a series: they depend on its name and the seed alone."""
    return np.random.default_rng([seed, *name.encode()])


def _replace_irregular(
    block: Block,
    found: kinds.Kinds,
    probabilities: Array,
    quantiles: Array,
    mean: Array,
    paths: Array | None,
    seed: int,
) -> None:
    """Put zeros for silent series, and the recent months' distribution for those that come and go."""
    quantiles[found.silent] = 0.0
    mean[found.silent] = 0.0
    if paths is not None:
        paths[found.silent] = 0.0
    for place in np.flatnonzero(found.intermittent):
        value, weight = kinds.occurrences(block.Y[place])
        reached = np.cumsum(weight)
        quantiles[place] = value[np.minimum(np.searchsorted(reached, probabilities - 1e-12), value.size - 1)]
        mean[place] = value @ weight
        if paths is not None:
            paths[place] = stream(block.ids[place], seed).choice(value, size=paths[place].shape, p=weight)

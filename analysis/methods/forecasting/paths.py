"""Draws of whole paths, whose months are correlated as those of past errors were."""

from collections.abc import Sequence

import numpy as np

from analysis.methods.forecasting import spread
from analysis.methods.forecasting.dependence import correlation
from analysis.methods.forecasting.settings import Array


def draw(
    ids: Sequence[str], middle: Array, width: Array, shape: Array, dependence: Array, *, draws: int, seed: int
) -> Array:
    """Draw paths of each series.

    Parameters
    ----------
    middle, width
        Logarithm of the median and expected absolute error, months ahead by series.
    shape
        Quantiles of standardised errors by month ahead.
    dependence
        As `dependence.fit_dependence` returns it.

    Returns
    -------
    ndarray
        Series by draw by month ahead.
    """
    # Imported here because a worker that only applies what was learnt starts sooner without it.
    from scipy.special import ndtr

    horizon = len(middle)
    root = np.linalg.cholesky(correlation(dependence, horizon) + 1e-9 * np.eye(horizon))
    out = np.empty((len(ids), draws, horizon))
    for place, name in enumerate(ids):
        # Month by month, so that the first months have the same numbers whatever the horizon.
        u = ndtr(random_numbers(name, seed).standard_normal((horizon, draws)).T @ root.T)
        z = np.column_stack([np.interp(u[:, h], spread.PROBABILITIES, shape[h]) for h in range(horizon)])
        out[place] = np.exp(middle[:, place] + width[:, place] * z)
    return out


def random_numbers(name: str, seed: int, *, purpose: int = 0) -> np.random.Generator:
    """Return the random numbers of a series: they depend on its name, the seed and their purpose alone."""
    return np.random.default_rng([seed, purpose, *name.encode()])

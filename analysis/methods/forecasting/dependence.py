"""Correlation of the errors of one path: a part that all months share, a random walk, and noise."""

import numpy as np

from analysis.methods.forecasting.settings import Array


def fit_dependence(z: Array) -> Array:
    """Return the weights of the shared part and of the random walk, from the ranks of standardised errors.

    Parameters
    ----------
    z
        Standardised errors, cases by horizon; NaN where unknown.
    """
    # Imported here because a worker that only applies what was learnt starts sooner without it.
    from scipy.optimize import nnls
    from scipy.special import ndtri

    whole = z[np.isfinite(z).all(axis=1)]
    if len(whole) < 2 * z.shape[1]:
        return np.array([0.3, 0.5])
    ranks = whole.argsort(axis=0).argsort(axis=0)
    observed = np.corrcoef(ndtri((ranks + 0.5) / len(whole)), rowvar=False)
    i, j = np.triu_indices(z.shape[1], 1)
    walk = np.sqrt((i + 1) / (j + 1))
    weight = nnls(np.column_stack([np.ones(i.size), walk]), observed[i, j])[0]
    return np.asarray(weight / max(1.0, weight.sum()))


def correlation(weight: Array, horizon: int) -> Array:
    """Return the correlation of the months ahead: positive definite for any weights that sum to one at most."""
    h = np.arange(1, horizon + 1)
    walk = np.sqrt(np.minimum(h[:, None], h) / np.maximum(h[:, None], h))
    correlations = weight[0] + weight[1] * walk
    np.fill_diagonal(correlations, 1.0)
    return np.asarray(correlations)

"""Coupling: draws of separate forecasts, put into an order in which they move together."""

import numpy as np
from scipy.special import ndtri


def couple(paths: np.ndarray, correlation: np.ndarray, *, seed: int) -> np.ndarray:
    """Reorder the draws of each series so that their totals over the horizon correlate as wanted.

    Forecasts made one series at a time have draws that know nothing of each other, while ports rise and fall together:
    the sum of such draws is too sure of itself. Only whole paths change places, so what one series says of its
    months, alone and together, stays exactly as it was.

    Parameters
    ----------
    paths
        One row a series, one column a month, third dimension a draw.
    correlation
        Of the series' errors, positive definite.
    seed
        Of the random order.

    References
    ----------
    Iman, R. L. and Conover, W. J. (1982), A distribution-free approach to inducing rank correlation among input
    variables, Communications in Statistics B 11, 311-334.
    """
    series, _, draws = paths.shape
    rng = np.random.default_rng(seed)
    scores = ndtri(np.arange(1, draws + 1) / (draws + 1))
    independent = np.array([rng.permutation(scores) for _ in range(series)])
    # The permuted scores have a little correlation by chance, which is taken out first.
    chance = np.linalg.cholesky(np.corrcoef(independent).reshape(series, series) if draws > series else np.eye(series))
    wanted = np.linalg.cholesky(correlation) @ np.linalg.solve(chance, independent)
    ranks = wanted.argsort(axis=1).argsort(axis=1)
    order = paths.sum(axis=1).argsort(axis=1, kind="stable")
    picked = np.take_along_axis(order, ranks, axis=1)
    return np.take_along_axis(paths, picked[:, None, :], axis=2)

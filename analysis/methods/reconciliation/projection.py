"""The projection: the nearest values that add up, with no part below zero."""

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import nnls


def project(S: np.ndarray, W: np.ndarray, base: np.ndarray, *, nonnegative: bool = True) -> np.ndarray:
    """Return the parts b that minimise (base - S b)' W^-1 (base - S b), for each column of base.

    The sums are S b. This is the minimum-trace combination of Wickramasuriya et al. (2019): the unbiased one whose
    errors have the smallest total variance, if W is the covariance of the errors of base.

    Parameters
    ----------
    S
        One row a series, one column a part.
    W
        Covariance of the errors of the series, positive definite.
    base
        One row a series; one column a period, or a draw.
    nonnegative
        Whether no part may be negative. A column whose solution has none is left as it is; the others are solved
        again under that condition, which is more than cutting them at zero: the rest of the column gives way.

    Returns
    -------
    ndarray
        One row a part, columns as in base.
    """
    root = np.linalg.cholesky(W)
    X, y = solve_triangular(root, S, lower=True), solve_triangular(root, base, lower=True)
    parts = np.asarray(cho_solve(cho_factor(X.T @ X), X.T @ y))
    if nonnegative:
        for column in np.flatnonzero((parts < 0).any(axis=0)):
            parts[:, column] = nnls(X, y[:, column])[0]
    return parts

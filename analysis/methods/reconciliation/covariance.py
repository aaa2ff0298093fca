"""Covariance of forecast errors from few origins: shrunk towards independence by a share learnt from them."""

import numpy as np

#: Least shrinkage of correlations, as a share: errors of sums may be exact sums of the errors of their parts, and then
#: there is no inverse without some.
_LEAST_SHRINKAGE = 1e-3


def shrunk_covariance(errors: np.ndarray) -> np.ndarray:
    """Return the covariance of Schäfer and Strimmer (2005): variances kept, correlations shrunk.

    Parameters
    ----------
    errors
        One row a series, one column an origin; no gaps.

    References
    ----------
    Schäfer, J. and Strimmer, K. (2005), A shrinkage approach to large-scale covariance matrix estimation, Statistical
    Applications in Genetics and Molecular Biology 4(1), 32.
    """
    sd = errors.std(axis=1, ddof=1)
    return np.asarray(shrunk_correlation(errors) * np.outer(sd, sd))


def shrunk_correlation(errors: np.ndarray) -> np.ndarray:
    """Return the correlations of errors, all but the diagonal multiplied by 1 - lambda.

    lambda = sum_i<j Var(r_ij) / sum_i<j r_ij^2, at least 0.001 and at most 1. A series without any
    error is correlated with none.
    """
    n = errors.shape[1]
    centred = errors - errors.mean(axis=1, keepdims=True)
    sd = centred.std(axis=1, ddof=1, keepdims=True)
    z = np.divide(centred, sd, out=np.zeros_like(centred), where=sd > 0)
    r = z @ z.T / (n - 1)
    # Var(r_ij) = n / (n-1)^3 sum_t (z_it z_jt - mean)^2, and the sum is that of squares less n mean^2.
    products = (z**2) @ (z**2).T
    variance = n / (n - 1) ** 3 * (products - n * (r * (n - 1) / n) ** 2)
    above = np.triu_indices(len(r), 1)
    total = float(np.sum(r[above] ** 2))
    shrinkage = 1.0 if total == 0 else min(1.0, max(_LEAST_SHRINKAGE, float(np.sum(variance[above])) / total))
    shrunk = (1 - shrinkage) * r
    np.fill_diagonal(shrunk, 1.0)
    return np.asarray(shrunk)

"""What one new figure would be worth: the expected narrowing of an interval (docs/methods/evidence_audit.md)."""

import numpy as np
from scipy.special import ndtri

from analysis.core.errors import ParameterError

#: Standard deviations of a normal distribution between the ends of its 80% interval.
_WIDTH_80 = float(2 * ndtri(0.9))


def narrowing(target: np.ndarray, candidates: np.ndarray, *, noise: float = 0.0) -> np.ndarray:
    """Return the share by which the interval of a target is expected to narrow if a candidate becomes known.

    `1 - sqrt(1 - r^2 q)`, where `r` is the correlation of the normal scores of both (of their ranks, so that a few wild
    draws do not decide) and `q = v / (v + s^2)` what rounding leaves of the candidate's variance `v`. For draws that
    are jointly normal this is the update of a linear Gaussian model.

    Parameters
    ----------
    target
        Draws of the target, such as the log of a year's total.
    candidates
        Draws of what a figure would state, draws by candidates, on the same kind of scale.
    noise
        Standard deviation of the error with which a figure is published (its rounding), on that scale.

    Returns
    -------
    np.ndarray
        One share a candidate, 0 (the figure says nothing) to 1 (it says all); NaN for a candidate with a draw that is
        not finite, such as the log of nothing.

    Raises
    ------
    ParameterError
        If the draws are not of the same number, there are fewer than three, the target has a draw that is not finite,
        or the noise is negative.
    """
    if target.ndim != 1 or candidates.ndim != 2 or len(target) != len(candidates) or len(target) < 3:
        raise ParameterError(
            f"The target has draws of shape {target.shape}, the candidates {candidates.shape}. Give three or more "
            "joint draws of both."
        )
    if not np.isfinite(target).all():
        raise ParameterError("The target has a draw that is not finite. Give draws of a total that is above zero.")
    if not noise >= 0:
        raise ParameterError(f"The noise of a figure is {noise}. Give a standard deviation of zero or more.")
    finite = np.isfinite(candidates).all(axis=0)
    said = np.where(finite, candidates, 0.0)
    lower, upper = np.quantile(said, [0.1, 0.9], axis=0)
    variance = ((upper - lower) / _WIDTH_80) ** 2
    kept = np.divide(variance, variance + noise**2, out=np.zeros_like(variance), where=variance > 0)
    t, c = _normal_scores(target[:, None])[:, 0], _normal_scores(said)
    whole = (t @ t) * (c**2).sum(axis=0)
    squared = np.divide((c.T @ t) ** 2, whole, out=np.zeros_like(whole), where=whole > 0)
    shares: np.ndarray = np.where(finite, 1 - np.sqrt(1 - np.minimum(squared * kept, 1.0)), np.nan)
    return shares


def _normal_scores(draws: np.ndarray) -> np.ndarray:
    """Return the normal quantiles of the ranks of each column, ties at their mean rank: of mean zero."""
    from scipy.stats import rankdata  # only here: scipy.stats loads slowly

    scores: np.ndarray = ndtri((rankdata(draws, axis=0) - 0.5) / len(draws))
    scores -= scores.mean(axis=0)
    return scores

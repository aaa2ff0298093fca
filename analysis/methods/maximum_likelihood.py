"""Maximum likelihood for state-space models: one function, the same digits on every processor."""

from typing import Any

import numpy as np
from scipy.optimize import minimize

from analysis.core.errors import EvidenceError

#: Factors of the model's own guess of all standard deviations from which the search starts; the best end counts, so
#: that one local maximum does not decide.
STARTS = (1.0, 0.3, 0.1)

#: A maximum is reached when the last Newton step moves no standard deviation by more than this share of the largest.
TOLERANCE = 1e-8

#: A standard deviation below this share of the largest is taken as zero: the likelihood is flat there.
_ZERO_SHARE = 1e-5

#: Newton steps after which a start is given up.
_NEWTON_STEPS = 50


def maximise(model: Any) -> np.ndarray:
    """Return the parameters at which the likelihood of a statsmodels state-space model is largest.

    Statsmodels' `fit` stops at a relative change that leaves the third or fourth digit to the processor. Here the score
    is of fourth order, the search runs over standard deviations instead of variances, so that zero is an ordinary
    maximum, and Newton steps end it at `TOLERANCE`: what is left to the processor lies behind the six digits that leave
    the methods.

    Parameters
    ----------
    model
        A model whose parameters are all variances, such as `UnobservedComponents` with `mle_regression=False`.

    Returns
    -------
    ndarray
        The variances, in the order of `model.param_names`; exactly 0 where the likelihood is largest at 0.

    Raises
    ------
    EvidenceError
        If no start reaches a maximum, which happens with too few figures.
    """
    guess = np.sqrt(np.maximum(np.asarray(model.start_params, dtype=float), 1e-12))
    guess = np.maximum(guess, 0.05 * guess.max())
    maxima = [sd for share in STARTS if (sd := _climb(model, share * guess)) is not None]
    if not maxima:
        raise EvidenceError(
            f"The likelihood of {len(guess)} variances has no maximum in {model.nobs} months. "
            "Give a longer series or a simpler model."
        )
    best = max(maxima, key=lambda sd: _loglike(model, sd))
    return np.asarray(np.square(best))


def _climb(model: Any, start: np.ndarray) -> np.ndarray | None:
    """Return the standard deviations at the maximum above a start, or None if none is reached."""
    rough = minimize(
        lambda sd: -_loglike(model, sd), start, jac=lambda sd: -_score(model, sd), method="BFGS",
        options={"gtol": 1e-4, "maxiter": 500},
    )  # fmt: skip
    sd = np.abs(np.asarray(rough.x))
    for _ in range(_NEWTON_STEPS):
        sd = np.where(sd < _ZERO_SHARE * sd.max(), 0.0, sd)
        moving = sd > 0
        step = _newton_step(model, sd, moving)
        if step is None:
            return None
        sd = np.abs(sd + step)
        if np.abs(step).max() <= TOLERANCE * sd.max():
            return sd if _falls_from_zero(model, sd) else None
    return None


def _falls_from_zero(model: Any, sd: np.ndarray) -> bool:
    """Return whether the likelihood falls when a standard deviation of zero is raised: its score there is 0 anyway."""
    raised = [np.where(np.arange(len(sd)) == place, 1e-3 * sd.max(), sd) for place in np.flatnonzero(sd == 0)]
    return all(_loglike(model, other) <= _loglike(model, sd) for other in raised)


def _newton_step(model: Any, sd: np.ndarray, moving: np.ndarray) -> np.ndarray | None:
    """Return the step to the maximum of the local parabola in the parameters above zero; None where there is none."""
    score = _score(model, sd)
    width = 1e-4 * sd.max()
    places = np.flatnonzero(moving)
    hessian = np.empty((len(places), len(places)))
    for row, place in enumerate(places):
        nudge = np.zeros_like(sd)
        nudge[place] = min(width, 0.1 * sd[place])
        change = _score(model, sd + nudge) - _score(model, sd - nudge)
        hessian[row] = change[places] / (2 * nudge[place])
    try:
        np.linalg.cholesky(-(hessian + hessian.T) / 2)
    except np.linalg.LinAlgError:
        return None
    step = np.zeros_like(sd)
    step[places] = -np.linalg.solve((hessian + hessian.T) / 2, score[places])
    return step


def _loglike(model: Any, sd: np.ndarray) -> float:
    """Return the log likelihood at some standard deviations."""
    return float(np.real(model.loglike(np.square(sd))))


def _score(model: Any, sd: np.ndarray) -> np.ndarray:
    """Return the derivative of the log likelihood by each standard deviation, from four points around it.

    The error is of fourth order in the step, so a wide step keeps rounding out. A complex step would be exact, but in
    statsmodels 0.15 it is wrong for an exact diffuse start with regression states, whose likelihood is right.
    """
    score = np.empty(len(sd))
    for place in range(len(sd)):
        step = np.zeros_like(sd)
        step[place] = 1e-3 * max(sd[place], 1e-2 * sd.max())
        near = _loglike(model, sd + step) - _loglike(model, sd - step)
        far = _loglike(model, sd + 2 * step) - _loglike(model, sd - 2 * step)
        score[place] = (8 * near - far) / (12 * step[place])
    return score

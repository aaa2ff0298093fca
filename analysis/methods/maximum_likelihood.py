"""Maximum likelihood for state-space models: the same digits on every processor."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import minimize

from analysis.core.errors import EvidenceError

#: Factors of the model's own guess of all standard deviations from which the search starts; the best end counts, so
#: that one local maximum does not decide.
STARTS = (1.0, 0.3, 0.1)

#: A maximum is reached when the last Newton step moves no parameter by more than this share of the largest.
TOLERANCE = 1e-8

#: A standard deviation below this share of the largest is taken as zero: the likelihood is flat there.
_ZERO_SHARE = 1e-5

#: Slope of the log likelihood by standard deviations, in units of the largest guess, at which the search from a start
#: ends: Newton steps from the best end do the rest.
_ROUGH = 0.1

#: Newton steps after which a start is given up.
_NEWTON_STEPS = 50

#: The log likelihood as a function of the parameters that are searched over.
LogLikelihood = Callable[[np.ndarray], float]


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

    def loglike(sd: np.ndarray) -> float:
        return float(np.real(model.loglike(np.square(sd))))

    guess = np.sqrt(np.maximum(np.asarray(model.start_params, dtype=float), 1e-12))
    guess = np.maximum(guess, 0.05 * guess.max())
    ends = [_climb(loglike, share * guess, unit=float(guess.max())) for share in STARTS]
    ends.sort(key=loglike, reverse=True)
    best = next((sd for end in ends if (sd := _polish_deviations(loglike, end)) is not None), None)
    if best is None:
        raise EvidenceError(
            f"The likelihood of {len(guess)} variances has no maximum in {model.nobs} months. "
            "Give a longer series or a simpler model."
        )
    return np.asarray(np.square(best))


def maximise_within(
    loglike: LogLikelihood, start: np.ndarray, *, lower: np.ndarray, upper: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the parameters at which a likelihood is largest between bounds, and their standard errors.

    A rough search between the bounds is followed by the same Newton steps as in `maximise`, in the parameters that are
    not at a bound.

    Parameters
    ----------
    loglike
        The log likelihood.
    start, lower, upper
        Where the search starts, and its bounds; parameters of similar size.

    Returns
    -------
    tuple
        The parameters; and their standard errors from the curvature there, NaN for a parameter at a bound.

    Raises
    ------
    EvidenceError
        If the search ends at no maximum.
    """
    rough = minimize(
        lambda x: -loglike(x), start, jac="3-point", method="L-BFGS-B", bounds=list(zip(lower, upper, strict=True)),
        options={"gtol": 1e-3, "ftol": 1e-13, "maxiter": 500},
    )  # fmt: skip
    x = np.asarray(rough.x)
    inside = (x > lower + 1e-4) & (x < upper - 1e-4)
    x = np.where(inside, x, np.clip(np.round(x, 6), lower, upper))
    for _ in range(_NEWTON_STEPS):
        step = _newton_step(loglike, x, inside)
        if step is None:
            break
        x = np.clip(x + step, lower, upper)
        if np.abs(step).max() <= TOLERANCE * np.abs(x).max():
            errors = np.full(len(x), np.nan)
            places = np.flatnonzero(inside)
            errors[places] = np.sqrt(np.diagonal(np.linalg.inv(-_hessian(loglike, x, places))))
            return x, errors
    raise EvidenceError(f"The likelihood of {len(start)} parameters has no maximum. Give a longer series.")


def _climb(loglike: LogLikelihood, start: np.ndarray, *, unit: float) -> np.ndarray:
    """Return standard deviations near the maximum above a start, searched for as multiples of a unit."""
    rough = minimize(
        lambda scaled: -loglike(unit * scaled), start / unit,
        jac="3-point", method="BFGS", options={"gtol": _ROUGH, "maxiter": 500},
    )  # fmt: skip
    return np.abs(unit * np.asarray(rough.x))


def _polish_deviations(loglike: LogLikelihood, sd: np.ndarray) -> np.ndarray | None:
    """Return the standard deviations at the maximum near those given, by Newton steps; None if none is reached."""
    for _ in range(_NEWTON_STEPS):
        sd = np.where(sd < _ZERO_SHARE * sd.max(), 0.0, sd)
        step = _newton_step(loglike, sd, sd > 0)
        if step is None:
            return None
        sd = np.abs(sd + step)
        if np.abs(step).max() <= TOLERANCE * sd.max():
            return sd if _falls_from_zero(loglike, sd) else None
    return None


def _falls_from_zero(loglike: LogLikelihood, sd: np.ndarray) -> bool:
    """Return whether the likelihood falls when a standard deviation of zero is raised: its score there is 0 anyway."""
    raised = [np.where(np.arange(len(sd)) == place, 1e-3 * sd.max(), sd) for place in np.flatnonzero(sd == 0)]
    return all(loglike(other) <= loglike(sd) for other in raised)


def _newton_step(loglike: LogLikelihood, x: np.ndarray, moving: np.ndarray) -> np.ndarray | None:
    """Return the step to the maximum of the local parabola in some of the parameters; None where there is none."""
    places = np.flatnonzero(moving)
    hessian = _hessian(loglike, x, places)
    try:
        np.linalg.cholesky(-hessian)
    except np.linalg.LinAlgError:
        return None
    step = np.zeros_like(x)
    step[places] = -np.linalg.solve(hessian, _score(loglike, x)[places])
    return step


def _hessian(loglike: LogLikelihood, x: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the second derivatives by some of the parameters, from scores to both sides of each."""
    width = 1e-4 * np.abs(x).max()
    hessian = np.empty((len(places), len(places)))
    for row, place in enumerate(places):
        nudge = np.zeros_like(x)
        nudge[place] = min(width, 0.1 * abs(x[place])) or width
        change = _score(loglike, x + nudge) - _score(loglike, x - nudge)
        hessian[row] = change[places] / (2 * nudge[place])
    return np.asarray((hessian + hessian.T) / 2)


def _score(loglike: LogLikelihood, x: np.ndarray) -> np.ndarray:
    """Return the derivative of the log likelihood by each parameter, from four points around it.

    The error is of fourth order in the step, so a wide step keeps rounding out. A complex step would be exact, but in
    statsmodels 0.15 it is wrong for an exact diffuse start with regression states, whose likelihood is right.
    """
    score = np.empty(len(x))
    for place in range(len(x)):
        step = np.zeros_like(x)
        step[place] = 1e-3 * max(abs(x[place]), 1e-2 * np.abs(x).max())
        near = loglike(x + step) - loglike(x - step)
        far = loglike(x + 2 * step) - loglike(x - 2 * step)
        score[place] = (8 * near - far) / (12 * step[place])
    return score

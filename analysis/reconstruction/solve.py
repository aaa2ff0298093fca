"""Gauss-Newton in the space of the statements: the path nearest to a prior draw that says what they say."""

from dataclasses import dataclass

import numpy as np

from analysis.reconstruction.operator import Operator

#: A bound's overshoot may change by this factor (in logs) a step: its equation is exponential.
LARGEST_STEP = 1.5
ITERATIONS = 40

#: Nor may a month's log rate by more than this.
LARGEST_MOVE = 2.0

#: A draw is solved when no log rate moves by more, and no bound's sum by a quarter of it. What is left of a stated
#: sum is then of the order of its square, far below any rounding, and of a month a hundredth of its uncertainty.
CLOSE = 2e-3


@dataclass(frozen=True)
class Problem:
    """Prior and noise of one series at given hyperparameters.

    Attributes
    ----------
    K
        Prior covariance of the log daily rates.
    R
        Variance of each statement's error (rounding, and base revision for growth).
    z_mean, z_sd
        Prior of the log overshoot of a bound.
    """

    K: np.ndarray
    R: np.ndarray
    z_mean: float
    z_sd: float


def solve(
    operator: Operator, problem: Problem, *, m: np.ndarray, y: np.ndarray, z: np.ndarray, x: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Minimise |x - m|_K^2 + |h(x) - y|_R^2 + |z - z0|^2 / z_sd^2 for a batch of prior draws.

    Each step solves `u = m + K H' (H K H' + R)^-1 (y - h(u_i) + H (u_i - m))` over u = (x, z).

    Parameters
    ----------
    operator, problem
        Statements, prior.
    m
        Prior means or prior draws of the path, draws by months.
    y
        Stated logs, perturbed for draws, draws by statements.
    z
        Prior means or draws of the log overshoot, draws by statements; read for bounds only.
    x
        Where to start, `m` if not given.

    Returns
    -------
    x, z, converged
        Solutions (draws by months; draws by statements) and whether each draw met every statement.
    """
    z0, sign = z, operator.sign
    x = m.copy() if x is None else x.copy()
    z = _start(operator, x, y, z0)
    pull = np.zeros_like(y)
    active = np.arange(len(m))
    for _ in range(ITERATIONS):
        h, H = operator.h(x[active])
        excess = sign * np.exp(z[active])
        z_mean, z_var = _local_prior(problem, z[active], z0[active], np.maximum(excess * pull[active], 0.0))
        HK, S = _covariances(operator, problem.K, H)
        diagonal = np.arange(len(sign))
        S[:, diagonal, diagonal] += problem.R + excess**2 * z_var
        innovation = y[active] - h + _along(operator, H, x[active] - m[active]) + excess * (1 + z_mean - z[active])
        pull[active] = np.linalg.solve(S, innovation[..., None])[..., 0]
        move = m[active] + np.einsum("nd,ndt->dt", pull[active].T, HK) - x[active]
        step = np.clip(z_mean - z_var * excess * pull[active] - z[active], -LARGEST_STEP, LARGEST_STEP)
        largest = np.abs(move).max(axis=1)
        x[active] += np.minimum(1.0, LARGEST_MOVE / np.maximum(largest, 1e-12))[:, None] * move
        z[active] += step
        active = active[(largest > CLOSE) | (np.abs(excess * step) > CLOSE / 4).any(axis=1)]
        if not active.size:
            break
    return x, z, np.isin(np.arange(len(m)), active, invert=True)


def _covariances(operator: Operator, K: np.ndarray, H: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return `H K` (statements by draws by months) and `H K H'` (draws by statements by statements)."""
    HK = np.stack([part @ K[span] for span, part in zip(operator.spans, H, strict=True)])
    S = np.stack(
        [np.einsum("ndt,dt->dn", HK[:, :, span], part) for span, part in zip(operator.spans, H, strict=True)], 2
    )
    return HK, S


def _along(operator: Operator, H: list[np.ndarray], x: np.ndarray) -> np.ndarray:
    """Return `H x` for every draw, draws by statements."""
    pairs = zip(operator.spans, H, strict=True)
    return np.stack([np.einsum("dt,dt->d", part, x[:, span]) for span, part in pairs], axis=1)


def _local_prior(problem: Problem, z: np.ndarray, z0: np.ndarray, force: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance of the log overshoot as Newton's method sees them at `z`.

    Where the other evidence presses a figure against its bound, the exponential curves faster than the prior:
    without that curvature (`force`, the multiplier of the bound times its overshoot) the steps would oscillate.
    """
    variance = 1.0 / (problem.z_sd**-2 + force)
    return z - variance * (z - z0) / problem.z_sd**2, variance


def _start(operator: Operator, x: np.ndarray, y: np.ndarray, z0: np.ndarray) -> np.ndarray:
    """Start a bound at the overshoot that the path already has, where it has more than the prior draw."""
    if not operator.sign.any():
        return z0.copy()
    overshoot = operator.sign * (operator.h(x)[0] - y)
    return np.where(operator.sign == 0, z0, np.maximum(z0, np.log(np.maximum(overshoot, 1e-300))))

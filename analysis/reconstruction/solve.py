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
#: sum is then of the order of its square, far below any rounding; of 99 months in 100, less than a hundredth of their
#: standard deviation.
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
    x = m if x is None else x
    found = _descend(operator, problem, m=m, y=y, z0=z, x=x, z=z)
    if operator.sign.any():
        # Far beyond its bound a path has a valley of its own: there the long overshoot costs less than the way back.
        beyond = np.where(operator.sign == 0, z, np.log(np.maximum(operator.sign * (operator.h(x)[0] - y), 1e-300)))
        far = np.flatnonzero((beyond > z + 2).any(axis=1))
        if far.size:
            start = np.maximum(beyond, z)[far]
            other = _descend(operator, problem, m=m[far], y=y[far], z0=z[far], x=x[far], z=start)
            better = other.objective < found.objective[far]
            found.put(far[better], other, better)
    return found.x, found.z, found.converged


@dataclass(frozen=True)
class _Descent:
    """Where a batch of descents ended: arrays by draw."""

    x: np.ndarray
    z: np.ndarray
    objective: np.ndarray
    converged: np.ndarray

    def put(self, draws: np.ndarray, other: "_Descent", chosen: np.ndarray) -> None:
        """Take over the chosen draws of another descent."""
        for own, others in zip(vars(self).values(), vars(other).values(), strict=True):
            own[draws] = others[chosen]


def _descend(
    operator: Operator, problem: Problem, *, m: np.ndarray, y: np.ndarray, z0: np.ndarray, x: np.ndarray, z: np.ndarray
) -> _Descent:
    """Run Gauss-Newton from `x, z` until every draw stands still; an unfinished one has an infinite objective."""
    x, z, pull, sign = x.copy(), z.copy(), np.zeros_like(y), operator.sign
    objective = np.full(len(m), np.inf)
    active = np.arange(len(m))
    for _ in range(ITERATIONS):
        h, H = operator.h(x[active])
        excess = sign * np.exp(z[active])
        z_mean, z_var = _local_prior(problem, z[active], z0[active], np.maximum(excess * pull[active], 0.0))
        S = _covariance(operator, problem, H)
        diagonal = np.arange(len(sign))
        S[:, diagonal, diagonal] += excess**2 * z_var
        innovation = y[active] - h + _along(operator, H, x[active] - m[active]) + excess * (1 + z_mean - z[active])
        w = pull[active] = np.linalg.solve(S, innovation[..., None])[..., 0]
        move = m[active] + _back(operator, H, w, m.shape[1]) @ problem.K - x[active]
        step = np.clip(z_mean - z_var * excess * w - z[active], -LARGEST_STEP, LARGEST_STEP)
        largest = np.abs(move).max(axis=1)
        x[active] += np.minimum(1.0, LARGEST_MOVE / np.maximum(largest, 1e-12))[:, None] * move
        z[active] += step
        done = (largest <= CLOSE) & (np.abs(excess * step) <= CLOSE / 4).all(axis=1)
        path_cost = (w * innovation - (w * excess) ** 2 * z_var).sum(axis=1)
        bound_cost = ((z[active] - z0[active]) ** 2).sum(axis=1) / problem.z_sd**2
        objective[active[done]] = (path_cost + bound_cost)[done]
        active = active[~done]
        if not active.size:
            break
    return _Descent(x, z, objective, np.isfinite(objective))


def _covariance(operator: Operator, problem: Problem, H: list[np.ndarray]) -> np.ndarray:
    """Return `H K H' + R`, draws by statements by statements; half is worked out, the rest is its mirror."""
    draws, statements, months = len(H[0]), operator.y.size, len(problem.K)
    HK = np.zeros((draws, statements, months))
    for block, part in zip(operator.blocks, H, strict=True):
        # One product over all draws: numpy would take a small one for each.
        product = part.reshape(-1, part.shape[2]) @ problem.K[block.months, : block.reach]
        HK[:, block.rows, : block.reach] += product.reshape(draws, -1, block.reach)
    S = np.zeros((draws, statements, statements))
    for block, part in zip(operator.blocks, H, strict=True):
        below = slice(block.rows.start, None)
        S[:, below, block.rows] += HK[:, below, block.months] @ part.transpose(0, 2, 1)
    S = np.tril(S)
    return S + np.tril(S, -1).transpose(0, 2, 1) + np.diag(problem.R)


def _along(operator: Operator, H: list[np.ndarray], x: np.ndarray) -> np.ndarray:
    """Return `H x` for every draw, draws by statements."""
    product = np.zeros((len(x), operator.y.size))
    for block, part in zip(operator.blocks, H, strict=True):
        product[:, block.rows] += (part @ x[:, block.months, None])[..., 0]
    return product


def _back(operator: Operator, H: list[np.ndarray], w: np.ndarray, months: int) -> np.ndarray:
    """Return `H' w` for every draw, draws by months."""
    product = np.zeros((len(w), months))
    for block, part in zip(operator.blocks, H, strict=True):
        product[:, block.months] += (w[:, None, block.rows] @ part)[:, 0]
    return product


def _local_prior(problem: Problem, z: np.ndarray, z0: np.ndarray, force: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance of the log overshoot as Newton's method sees them at `z`.

    Where the other evidence presses a figure against its bound, the exponential curves faster than the prior:
    without that curvature (`force`, the multiplier of the bound times its overshoot) the steps would oscillate.
    """
    variance = 1.0 / (problem.z_sd**-2 + force)
    return z - variance * (z - z0) / problem.z_sd**2, variance

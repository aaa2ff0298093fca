"""Gauss-Newton in the space of the statements: the paths nearest to a prior draw that say what they say."""

from dataclasses import dataclass

import numpy as np

from analysis.reconstruction.operator import Operator, Stated, Touch

#: A bound's overshoot may change by this factor (in logs) a step: its equation is exponential.
LARGEST_STEP = 1.5
ITERATIONS = 12

#: A draw that still moves after so many iterations counts if its statements are met but for their errors, to within
#: this, in logs: it differs from the nearest path in directions in which the statements say little.
NEAR = 0.02

#: Nor may a month's log rate by more than this.
LARGEST_MOVE = 2.0

#: A draw is solved when its next step would be shorter than this, in logs, judged by how much shorter each step was
#: than the one before: far below any rounding.
CLOSE = 1e-5

#: Where a step was to leave no more than the rest of the way and left much more, less of the next is taken.
SHORTEST = 0.1

#: A system worked out at an earlier path serves as long as each step is this much shorter than the one before.
CONTRACTION = 0.5


@dataclass(frozen=True)
class Problem:
    """Prior and noise of one family at given hyperparameters.

    Attributes
    ----------
    K
        Prior covariance of the log daily rates of each part.
    R
        Variance of each statement's error (rounding, and base revision for growth).
    z_mean, z_sd
        Prior of the log overshoot of a bound.
    """

    K: tuple[np.ndarray, ...]
    R: np.ndarray
    z_mean: float
    z_sd: float


@dataclass(frozen=True)
class Start:
    """Where a batch of descents starts.

    Attributes
    ----------
    x, w
        Log daily rates (draws by parts by months) and the multipliers of the statements that led there.
    inverse, diagonal
        The inverse of a system `H K H' + R` near enough to serve all draws at first, and the part of its diagonal that
        belongs to errors and overshoots, as each draw has its own; None if there is none.
    """

    x: np.ndarray
    w: np.ndarray
    inverse: np.ndarray | None = None
    diagonal: np.ndarray | None = None


def solve(
    operator: Operator, problem: Problem, *, m: np.ndarray, y: np.ndarray, z: np.ndarray, start: Start | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Minimise |x - m|_K^2 + |h(x) - y|_R^2 + |z - z0|^2 / z_sd^2 for a batch of prior draws.

    Each step solves `u = m + K H' (H K H' + R)^-1 (y - h(u_i) + H (u_i - m))` over u = (x, z).

    Parameters
    ----------
    operator, problem
        Statements, prior.
    m
        Prior means or prior draws of the paths, draws by parts by months.
    y
        Stated logs, perturbed for draws, draws by statements.
    z
        Prior means or draws of the log overshoot, draws by statements; read for bounds only.
    start
        Where to start: the solution of a linearisation that all draws share, or `m` if not given.

    Returns
    -------
    x, z, converged
        Solutions (draws by parts by months; draws by statements) and whether each draw met every statement.
    """
    start = start or Start(m, np.zeros_like(y))
    found = _descend(operator, problem, start, m=m, y=y, z0=z, z=z)
    if operator.sign.any():
        # Far beyond its bound a path has a valley of its own: there the long overshoot costs less than the way back.
        beyond = np.where(operator.sign == 0, z, np.log(np.maximum(operator.sign * (operator.h(start.x) - y), 1e-300)))
        far = np.flatnonzero((beyond > z + 3).any(axis=1))
        if far.size:
            anew = Start(start.x[far], np.zeros_like(y[far]))
            other = _descend(operator, problem, anew, m=m[far], y=y[far], z0=z[far], z=np.maximum(beyond, z)[far])
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
    operator: Operator, problem: Problem, start: Start, *, m: np.ndarray, y: np.ndarray, z0: np.ndarray, z: np.ndarray
) -> _Descent:
    """Run Gauss-Newton until every draw stands still; one that misses a statement has an infinite objective.

    The system `H K H' + R` costs far more than anything else. It is worked out anew for the draws whose last step was
    not much shorter than the one before; for the others an earlier one corrects what the multipliers `w` still miss.
    """
    x, z, w, sign = start.x.copy(), z.copy(), start.w.copy(), operator.sign
    objective, length, stride = np.full(len(m), np.inf), np.ones(len(m)), np.ones(len(m))
    systems = np.zeros((len(m), sign.size, sign.size))
    stale = np.full(len(m), start.inverse is None)
    own = stale.copy()
    active = np.arange(len(m))
    for _ in range(ITERATIONS):
        at = operator.at(x[active])
        excess = sign * np.exp(z[active])
        z_mean, z_var = _local_prior(problem, z[active], z0[active], np.maximum(excess * w[active], 0.0))
        diagonal = problem.R + excess**2 * z_var
        fresh = stale[active]
        if fresh.any():
            systems[active[fresh]] = _systems(problem, at, diagonal, np.flatnonzero(fresh))
            own[active[fresh]] = True
        innovation = y[active] - at.h + at.along(x[active] - m[active]) + excess * (1 + z_mean - z[active])
        missed = innovation - at.along(_spread(problem, at, w[active])) - diagonal * w[active]
        better = w[active] + _corrected(missed, systems, diagonal, own, active, start)
        move = m[active] + _spread(problem, at, better) - x[active]
        step = np.clip(z_mean - z_var * excess * better - z[active], -LARGEST_STEP, LARGEST_STEP)
        largest = np.abs(move).max(axis=(1, 2))
        longest = np.maximum(largest, np.abs(excess * step).max(axis=1))
        rate = np.minimum(longest / length[active], 1.0)
        # A long step by an old system leads astray: it is taken by a new one.
        taken = fresh | (rate <= CONTRACTION)
        stalled = taken & (longest > (1 - stride[active] / 2) * length[active])
        stride[active] = np.where(stalled, np.maximum(stride[active] / 2, SHORTEST), np.minimum(2 * stride[active], 1))
        share = np.where(taken, np.minimum(stride[active], LARGEST_MOVE / np.maximum(largest, 1e-12)), 0.0)
        w[active] = np.where(taken[:, None], better, w[active])
        x[active] += share[:, None, None] * move
        z[active] += np.where(taken, stride[active], 0.0)[:, None] * step
        length[active] = np.where(taken, longest, length[active])
        stale[active] = ~taken | (fresh & (rate > CONTRACTION))
        done = taken & (longest * rate <= CLOSE)
        path_cost = (w[active] * innovation - (w[active] * excess) ** 2 * z_var).sum(axis=1)
        bound_cost = ((z[active] - z0[active]) ** 2).sum(axis=1) / problem.z_sd**2
        objective[active[done]] = (path_cost + bound_cost)[done]
        active = active[~done]
        if not active.size:
            break
    if active.size:
        gap = y[active] + sign * np.exp(z[active]) - operator.h(x[active])
        near = (np.abs(gap - problem.R * w[active]) <= NEAR + np.sqrt(problem.R)).all(axis=1)
        near &= (sign * (operator.h(x[active]) - y[active]) >= 0).all(axis=1)
        cost = (w[active] * (gap + operator.at(x[active]).along(x[active] - m[active]))).sum(axis=1)
        objective[active[near]] = cost[near] + (((z[active] - z0[active]) / problem.z_sd) ** 2).sum(axis=1)[near]
    return _Descent(x, z, objective, np.isfinite(objective))


def _corrected(
    missed: np.ndarray, systems: np.ndarray, diagonal: np.ndarray, own: np.ndarray, active: np.ndarray, start: Start
) -> np.ndarray:
    """Return what the multipliers lack, by each draw's own system where it has one, otherwise by the shared one."""
    if start.inverse is None or start.diagonal is None:
        return np.asarray(np.linalg.solve(systems[active], missed[..., None])[..., 0])
    correction: np.ndarray = missed @ start.inverse
    change = diagonal - start.diagonal
    rows = np.flatnonzero((change != 0).any(axis=0))
    if rows.size:
        # The shared system with the draw's own diagonal, by Woodbury's identity in the few rows that differ.
        inner = np.eye(rows.size) + change[:, rows, None] * start.inverse[np.ix_(rows, rows)]
        excess = np.linalg.solve(inner, (change[:, rows] * correction[:, rows])[..., None])[..., 0]
        correction -= excess @ start.inverse[rows]
    mine = np.flatnonzero(own[active])
    if mine.size:
        correction[mine] = np.linalg.solve(systems[active[mine]], missed[mine, :, None])[..., 0]
    return correction


def _systems(problem: Problem, at: Stated, diagonal: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """Return `H K H' + R` of some draws, draws by statements by statements."""
    statements = diagonal.shape[1]
    S = np.zeros((draws.size, statements, statements))
    for part, (touch, K) in enumerate(zip(at.operator.touches, problem.K, strict=True)):
        S[:, touch.rows[:, None], touch.rows] += _covariance(touch, at.slopes(part, draws), K)
    on = np.arange(statements)
    S[:, on, on] += diagonal[draws]
    return S


def _covariance(touch: Touch, H: list[np.ndarray], K: np.ndarray) -> np.ndarray:
    """Return `H K H'` of one part, draws by its statements twice; half is worked out, the rest is its mirror."""
    draws, statements, months = len(H[0]), touch.rows.size, len(K)
    HK = np.zeros((draws, statements, months))
    for block, slope in zip(touch.blocks, H, strict=True):
        # One product over all draws: numpy would take a small one for each.
        product = slope.reshape(-1, slope.shape[2]) @ K[block.months, : block.reach]
        HK[:, block.rows, : block.reach] += product.reshape(draws, -1, block.reach)
    S = np.zeros((draws, statements, statements))
    for block, slope in zip(touch.blocks, H, strict=True):
        below = slice(block.rows.start, None)
        S[:, below, block.rows] += HK[:, below, block.months] @ slope.transpose(0, 2, 1)
    S = np.tril(S)
    return S + np.tril(S, -1).transpose(0, 2, 1)


def _spread(problem: Problem, at: Stated, w: np.ndarray) -> np.ndarray:
    """Return `K H' w` for every draw, draws by parts by months."""
    spread = at.back(w)
    for part, K in enumerate(problem.K):
        spread[:, part] = spread[:, part] @ K
    return spread


def _local_prior(problem: Problem, z: np.ndarray, z0: np.ndarray, force: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance of the log overshoot as Newton's method sees them at `z`.

    Where the other evidence presses a figure against its bound, the exponential curves faster than the prior:
    without that curvature (`force`, the multiplier of the bound times its overshoot) the steps would oscillate.
    """
    variance = 1.0 / (problem.z_sd**-2 + force)
    return z - variance * (z - z0) / problem.z_sd**2, variance

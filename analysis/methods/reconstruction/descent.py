"""Descents to the paths nearest to prior draws, by accelerated Gauss-Newton in the multipliers of the statements.

Draws come in sets with standard deviations of their own; all step together, as most of the work is the same for all.

Each draw has a system `H K H' + R` of its own, which costs far more to work out than anything else. Where flows have
one part, the inverse of that at the mode corrects the multipliers of all draws, and Anderson's acceleration makes up
for what it lacks; what has not arrived by then starts again with its own. Shares of several parts in their sums vary
too much for a common one.
"""

import numpy as np

from analysis.methods.reconstruction.problem import Near, Problem, State, Target
from analysis.methods.reconstruction.stated import Operator, Stated

#: A bound's overshoot may change by this factor (in logs) a step: its equation is exponential.
LARGEST_STEP = 1.5

#: Nor may a month's log rate by more than this.
LARGEST_MOVE = 2.0

#: Steps with the common system, before a draw gets its own.
SHARED = 20

#: Systems of so many draws are worked out at once, which bounds the memory that they need.
AT_ONCE = 128

#: A draw that still moves after so many iterations counts if its statements are met but for their errors, to within
#: this, in logs: it differs from the nearest path in directions in which the statements say little.
NEARLY_MET = 0.02

#: A draw is solved when its next step would be shorter than this, in logs, judged by how much shorter this one is than
#: the one before, at best by `FASTEST`: far below any rounding. The few draws that need a system of their own creep
#: along directions in which the statements say little, and may stop earlier.
CLOSE, OWN_CLOSE, FASTEST = 1e-5, 1e-4, 0.1


def descend(
    operator: Operator, problem: Problem, target: Target, near: Near, first: State, iterations: int
) -> tuple[State, np.ndarray]:
    """Step until every draw stands still; return where and the objective, infinite where a statement is missed."""
    alone = len(problem.K) == 1
    end, solved = _descend(operator, problem, target, near if alone else None, first, SHARED if alone else iterations)
    if alone and not solved.all():
        rest = np.flatnonzero(~solved)
        again, solved[rest] = _descend(operator, problem, target.of(rest), None, first.of(rest), iterations)
        end.x[rest], end.z[rest], end.w[rest] = again.x, again.z, again.w
    return end, _objective(operator, problem, target, end, solved)


def _descend(
    operator: Operator, problem: Problem, target: Target, near: Near | None, first: State, iterations: int
) -> tuple[State, np.ndarray]:
    """Step by one system near those of all draws, or by each draw's own; return where, and which draws stand still."""
    draws, shape, statements = len(target.m), target.m.shape[1:], operator.y.size
    paths = shape[0] * shape[1]
    parts = slice(paths), slice(paths, paths + statements), slice(paths + statements, None)
    found = np.concatenate([first.x.reshape(draws, -1), first.z, first.w], axis=1)
    active, aim, state = np.arange(draws), target, found
    length, before, taken = np.ones(draws), None, np.zeros((draws, 0))
    solved, close = np.zeros(draws, dtype=bool), CLOSE if near else OWN_CLOSE
    # Steps of a flow of one part by its own system need no help, and near a bound are the worse for it.
    plain = near is None and shape[0] == 1
    for _ in range(iterations):
        x, z, w = (state[:, part] for part in parts)
        step, longest = _step(operator, problem, aim, near, State(x.reshape(-1, *shape), z, w))
        done = longest * np.clip(longest / length, FASTEST, 1.0) <= close
        taken = step if before is None or plain else _accelerated(step, before, taken, paths)
        reach = np.maximum(np.abs(taken[:, parts[0]]).max(axis=1) / LARGEST_MOVE, 1.0)
        reach = np.maximum(reach, np.abs(taken[:, parts[1]]).max(axis=1) / LARGEST_STEP)
        taken /= reach[:, None]
        state, before, length = state + taken, step, longest
        found[active] = state
        if done.any():
            solved[active[done]] = True
            keep = ~done
            active, aim, state = active[keep], aim.of(keep), state[keep]
            before, taken, length = before[keep], taken[keep], length[keep]
            if not active.size:
                break
    x, z, w = (found[:, part] for part in parts)
    return State(x.reshape(-1, *shape), z, w), solved


def _accelerated(step: np.ndarray, before: np.ndarray, taken: np.ndarray, paths: int) -> np.ndarray:
    """Return the step from that point between this state and the last whose own step moves the paths least.

    Anderson's acceleration with a memory of one.
    """
    change = step - before
    seen = change[:, :paths]
    share = np.einsum("di,di->d", seen, step[:, :paths]) / np.maximum(np.einsum("di,di->d", seen, seen), 1e-300)
    change += taken
    change *= share[:, None]
    accelerated: np.ndarray = np.subtract(step, change, out=change)
    return accelerated


def _step(
    operator: Operator,
    problem: Problem,
    aim: Target,
    near: Near | None,
    at: State,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the step of Gauss-Newton, and its longest move, in logs."""
    x, z, w = at.x, at.z, at.w
    stated = operator.at(x)
    excess = operator.sign * np.exp(z)
    z_mean, z_var = _local_prior(problem, z, aim.z0, np.maximum(excess * w, 0.0))
    diagonal = problem.R[aim.sets] + excess**2 * z_var
    lag = aim.m + _spread(problem, stated, w, aim) - x
    missed = aim.y - stated.h - stated.along(lag) + excess * (1 + z_mean - z) - diagonal * w
    more = _shared(missed, diagonal, near, aim) if near else _own(problem, stated, missed, diagonal, aim)
    move = (lag + _spread(problem, stated, more, aim)).reshape(len(x), -1)
    climb = np.clip(z_mean - z_var * excess * (w + more) - z, -LARGEST_STEP, LARGEST_STEP)
    longest = np.maximum(np.abs(move).max(axis=1), np.abs(excess * climb).max(axis=1))
    return np.concatenate([move, climb, more], axis=1), longest


def _objective(
    operator: Operator,
    problem: Problem,
    target: Target,
    at: State,
    solved: np.ndarray,
) -> np.ndarray:
    """Return what each draw minimises; infinite if it still moves and a statement is not nearly met."""
    x, z, w = at.x, at.z, at.w
    stated = operator.at(x)
    gap = target.y + operator.sign * np.exp(z) - stated.h
    R = problem.R[target.sets]
    near = (np.abs(gap - R * w) <= NEARLY_MET + np.sqrt(R)).all(axis=1)
    near &= (operator.sign * (stated.h - target.y) >= 0).all(axis=1)
    cost = (w * (gap + stated.along(x - target.m))).sum(axis=1)
    cost += (((z - target.z0) / problem.z_sd) ** 2).sum(axis=1)
    return np.where(solved | near, cost, np.inf)


def _shared(missed: np.ndarray, diagonal: np.ndarray, near: Near, aim: Target) -> np.ndarray:
    """Return what the multipliers lack by the system of the set with each draw's own diagonal."""
    correction, change = np.empty_like(missed), diagonal - near.diagonal[aim.sets]
    rows = np.flatnonzero((change != 0).any(axis=0))
    for number, draws in aim.stretches:
        correction[draws] = missed[draws] @ near.inverse[number]
    if rows.size:
        # By Woodbury's identity in the few rows that differ.
        inner = np.eye(rows.size) + change[:, rows, None] * near.inverse[:, rows[:, None], rows][aim.sets]
        excess = np.linalg.solve(inner, (change[:, rows] * correction[:, rows])[..., None])[..., 0]
        for number, draws in aim.stretches:
            correction[draws] -= excess[draws] @ near.inverse[number, rows]
    return correction


def _own(problem: Problem, stated: Stated, missed: np.ndarray, diagonal: np.ndarray, aim: Target) -> np.ndarray:
    """Return what the multipliers lack by each draw's own system."""
    draws, statements = missed.shape
    more, on = np.empty_like(missed), np.arange(statements)
    for first in range(0, draws, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        S = np.zeros((len(missed[some]), statements, statements))
        for part, K in enumerate(problem.K):
            H = stated.slopes(some, part)
            HK = np.empty_like(H)
            for number, own in aim.of(some).stretches:
                HK[own] = (H[own].reshape(-1, H.shape[2]) @ K[number]).reshape(HK[own].shape)
            S += HK @ H.transpose(0, 2, 1)
        S[:, on, on] += diagonal[some]
        more[some] = np.linalg.solve(S, missed[some, :, None])[..., 0]
    return more


def _spread(problem: Problem, at: Stated, w: np.ndarray, aim: Target) -> np.ndarray:
    """Return `K H' w` for every draw, draws by parts by months."""
    spread = at.back(w)
    for number, draws in aim.stretches:
        for part, K in enumerate(problem.K):
            spread[draws, part] = spread[draws, part] @ K[number]
    return spread


def _local_prior(problem: Problem, z: np.ndarray, z0: np.ndarray, force: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance of the log overshoot as Newton's method sees them at `z`.

    Where the other evidence presses a figure against its bound, the exponential curves faster than the prior:
    without that curvature (`force`, the multiplier of the bound times its overshoot) the steps would oscillate.
    """
    variance = 1.0 / (problem.z_sd**-2 + force)
    return z - variance * (z - z0) / problem.z_sd**2, variance

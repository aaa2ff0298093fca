"""The descent of each draw to the nearest path that satisfies its statements: accelerated Gauss-Newton.

The unknowns are the paths and the multipliers of the statements. All draws step together, as most of the work is the
same for all. Each draw has a linear system `H K H' + R` of its own, and building it costs more than anything else.
Where a flow has one part, the inverse at the mode (`CommonSystem`) stands in for it, and Anderson's acceleration makes
up for the difference; a draw that has not arrived after `COMMON_STEPS` starts again with its own system. Where a flow
has several parts, their shares in the sum vary too much between draws, and each draw has its own system from the start.
Far from the mode steps overshoot and swing from side to side; a draw that has not arrived goes on with shorter ones.
"""

import numpy as np

from analysis.methods.reconstruction.equations import EquationValues, StatementEquations
from analysis.methods.reconstruction.family_problem import DescentState, DrawTargets, FamilyProblem
from analysis.methods.reconstruction.linear_systems import CommonSystem, OwnSystems

#: Largest move of a log overshoot, and of a month's log rate, in one step; longer steps are shortened as a whole,
#: because the equations are exponentials.
LARGEST_OVERSHOOT_MOVE, LARGEST_MOVE = 1.5, 2.0

#: Steps with the common system before a draw starts again with its own.
COMMON_STEPS = 20

#: Shares of its step that a draw goes on with if it has not arrived by whole ones, and how many of each: without them
#: one draw in seven of a region was lost, and more of those far from the mode, which make the tails.
SHORTER_STEPS, SHORTER_ITERATIONS = (0.5, 0.25), 60

#: A draw that still moves after the last step counts if it misses no statement by more than this, in logs, beyond one
#: standard deviation of its error: it differs from the nearest path in directions that the statements hardly constrain.
NEARLY_SATISFIED = 0.02

#: A draw has arrived when its next step is predicted to be shorter than this, in logs: with the common system, and with
#: its own, under which the few draws that need it creep along directions that the statements hardly constrain.
ARRIVED, ARRIVED_BY_OWN_SYSTEM = 1e-5, 1e-4

#: The prediction is the last step times its ratio to the one before, but never less than this share of the last step.
FASTEST_CONTRACTION = 0.1


def descend(
    equations: StatementEquations,
    problem: FamilyProblem,
    target: DrawTargets,
    common: CommonSystem,
    first: DescentState,
    iterations: int,
) -> tuple[DescentState, np.ndarray]:
    """Step until every draw has arrived; return where, and the objective, infinite where a statement is missed."""
    one_part, own = len(problem.K) == 1, OwnSystems.of(equations, problem)
    end, solved = _descend(
        equations, problem, target, common if one_part else own, first, COMMON_STEPS if one_part else iterations
    )
    if one_part and not solved.all():
        rest = np.flatnonzero(~solved)
        again, solved[rest] = _descend(equations, problem, target.select(rest), own, first.select(rest), iterations)
        end = end.replaced(rest, again)
    for share in SHORTER_STEPS:
        rest = np.flatnonzero(~solved)
        if rest.size:
            start = end.select(rest).where(end.finite[rest], first.select(rest))
            again, solved[rest] = _descend(
                equations, problem, target.select(rest), own, start, SHORTER_ITERATIONS, share
            )
            end = end.replaced(rest, again)
    return end, _objective(equations, problem, target, end, solved)


def _descend(
    equations: StatementEquations,
    problem: FamilyProblem,
    target: DrawTargets,
    systems: CommonSystem | OwnSystems,
    first: DescentState,
    iterations: int,
    share: float = 1.0,
) -> tuple[DescentState, np.ndarray]:
    """Step by the common system or by each draw's own; return where, and which draws have arrived.

    A `share` below one shortens every step, without acceleration.
    """
    draws, shape, statements = len(target.m), target.m.shape[1:], equations.y.size
    paths = shape[0] * shape[1]
    parts = slice(paths), slice(paths, paths + statements), slice(paths + statements, None)
    ends = np.concatenate([first.x.reshape(draws, -1), first.z, first.w], axis=1)
    active, aim, state = np.arange(draws), target, ends
    length, before, taken = np.ones(draws), None, np.zeros((draws, 0))
    solved, by_own = np.zeros(draws, dtype=bool), isinstance(systems, OwnSystems)
    close = ARRIVED_BY_OWN_SYSTEM if by_own else ARRIVED
    # Steps of a flow of one part by its own system need no acceleration, and near a bound are the worse for it.
    plain = share < 1 or (by_own and shape[0] == 1)
    for _ in range(iterations):
        x, z, w = (state[:, part] for part in parts)
        step, longest = _step(equations, problem, aim, systems, DescentState(x.reshape(-1, *shape), z, w))
        done = longest * np.clip(longest / length, FASTEST_CONTRACTION, 1.0) <= close
        taken = share * step if before is None or plain else _accelerate(step, before, taken, paths)
        reach = np.maximum(np.abs(taken[:, parts[0]]).max(axis=1) / LARGEST_MOVE, 1.0)
        reach = np.maximum(reach, np.abs(taken[:, parts[1]]).max(axis=1) / LARGEST_OVERSHOOT_MOVE)
        taken /= reach[:, None]
        state, before, length = state + taken, step, longest
        ends[active] = state
        if done.any():
            solved[active[done]] = True
            keep = ~done
            active, aim, state = active[keep], aim.select(keep), state[keep]
            before, taken, length = before[keep], taken[keep], length[keep]
            if not active.size:
                break
    x, z, w = (ends[:, part] for part in parts)
    return DescentState(x.reshape(-1, *shape), z, w), solved


def _accelerate(step: np.ndarray, before: np.ndarray, taken: np.ndarray, paths: int) -> np.ndarray:
    """Return the step by Anderson's acceleration with a memory of one.

    It starts from the point on the line through this state and the last one whose own step, if steps are linear in
    between, moves the paths least.
    """
    change = step - before
    of_paths = change[:, :paths]
    share = np.einsum("di,di->d", of_paths, step[:, :paths]) / np.maximum(
        np.einsum("di,di->d", of_paths, of_paths), 1e-300
    )
    change += taken
    change *= share[:, None]
    accelerated: np.ndarray = np.subtract(step, change, out=change)
    return accelerated


def _step(
    equations: StatementEquations,
    problem: FamilyProblem,
    aim: DrawTargets,
    systems: CommonSystem | OwnSystems,
    at: DescentState,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the Gauss-Newton step of each draw (paths, overshoots, multipliers end to end), and its longest move."""
    x, z, w = at.x, at.z, at.w
    values = equations.at(x)
    excess = equations.sign * np.exp(z)
    z_mean, z_var = _local_overshoot_prior(problem, z, aim.z0, np.maximum(excess * w, 0.0))
    diagonal = problem.R[aim.sets] + excess**2 * z_var
    lag = aim.m + _pull(problem, values, w, aim) - x
    missed = aim.y - values.h - values.derivative_along(lag) + excess * (1 + z_mean - z) - diagonal * w
    correction = systems.correction(values, missed, diagonal, aim)
    move = (lag + _pull(problem, values, correction, aim)).reshape(len(x), -1)
    climb = np.clip(z_mean - z_var * excess * (w + correction) - z, -LARGEST_OVERSHOOT_MOVE, LARGEST_OVERSHOOT_MOVE)
    longest = np.maximum(np.abs(move).max(axis=1), np.abs(excess * climb).max(axis=1))
    return np.concatenate([move, climb, correction], axis=1), longest


def _objective(
    equations: StatementEquations,
    problem: FamilyProblem,
    target: DrawTargets,
    at: DescentState,
    solved: np.ndarray,
) -> np.ndarray:
    """Return what each draw minimises; infinite if it has not arrived and misses a statement."""
    x, z, w = at.x, at.z, at.w
    values = equations.at(x)
    gap = target.y + equations.sign * np.exp(z) - values.h
    R = problem.R[target.sets]
    nearly = (np.abs(gap - R * w) <= NEARLY_SATISFIED + np.sqrt(R)).all(axis=1)
    nearly &= (equations.sign * (values.h - target.y) >= 0).all(axis=1)
    cost = (w * (gap + values.derivative_along(x - target.m))).sum(axis=1)
    cost += (((z - target.z0) / problem.z_sd) ** 2).sum(axis=1)
    return np.where(solved | nearly, cost, np.inf)


def _pull(problem: FamilyProblem, values: EquationValues, w: np.ndarray, aim: DrawTargets) -> np.ndarray:
    """Return `K H' w`, by how much the multipliers pull each draw's paths: draws by parts by months."""
    pull = values.derivative_transposed(w)
    for number, draws in aim.draws_by_set:
        for part, K in enumerate(problem.K):
            pull[draws, part] = pull[draws, part] @ K[number]
    return pull


def _local_overshoot_prior(
    problem: FamilyProblem, z: np.ndarray, z0: np.ndarray, force: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance of the log overshoot as Newton's method sees them at `z`.

    Where other statements press a path against its bound, the exponential curves faster than the prior; without that
    curvature (`force`, the multiplier of the bound times its overshoot) the steps would oscillate.
    """
    variance = 1.0 / (problem.z_sd**-2 + force)
    return z - variance * (z - z0) / problem.z_sd**2, variance

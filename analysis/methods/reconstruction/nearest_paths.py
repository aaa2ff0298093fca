"""The paths of a family nearest to prior draws that satisfy its perturbed statements: one minimisation a draw.

Only months that an equation involves are searched: given these, all others follow from the prior.
"""

from dataclasses import replace

import numpy as np

from analysis.methods.reconstruction.descent import descend
from analysis.methods.reconstruction.equations import StatementEquations
from analysis.methods.reconstruction.family_problem import DescentState, DrawTargets, FamilyProblem
from analysis.methods.reconstruction.linear_systems import CommonSystem

#: If a start exceeds its bound by this much more than was drawn (difference of log overshoots: twenty times as far), a
#: second descent starts from that larger overshoot, and the better of the two minima counts.
FAR_BEYOND = 3.0


def nearest_paths(
    equations: StatementEquations,
    problem: FamilyProblem,
    target: DrawTargets,
    *,
    start: DescentState,
    common: CommonSystem,
    iterations: int,
) -> tuple[DescentState, np.ndarray]:
    """Minimise |x - m|_K^2 + |h(x) - y|_R^2 + |z - z0|^2 / z_sd^2 for a batch of prior draws.

    At the minimum `x = m + K H' w` and `R w = y + sign exp(z) - h(x)`.

    Parameters
    ----------
    equations, problem, target
        The family's equations, its prior, and the draws to approach.
    start
        Where to start: the solution of a linearisation, or of an earlier problem of the same family.
    common
        The linear systems of that linearisation.
    iterations
        Largest number of steps.

    Returns
    -------
    state, converged
        The minima, and whether each draw satisfies every statement.
    """
    stated = equations.months
    K_stated = tuple(K[:, stated[:, None], stated] for K in problem.K)
    state = DescentState(start.x[:, :, stated], start.z, start.w)
    minimum, converged = _minimise(
        equations.within_months,
        replace(problem, K=K_stated),
        replace(target, m=target.m[:, :, stated]),
        state,
        common,
        iterations,
    )
    pull, x = equations.within_months.at(minimum.x).derivative_transposed(minimum.w), target.m.copy()
    for number, draws in target.draws_by_set:
        for part, K in enumerate(problem.K):
            x[draws, part] += pull[draws, part] @ K[number, stated]
    x[:, :, stated] = minimum.x
    return DescentState(x, minimum.z, minimum.w), converged


def _minimise(
    equations: StatementEquations,
    problem: FamilyProblem,
    target: DrawTargets,
    start: DescentState,
    common: CommonSystem,
    iterations: int,
) -> tuple[DescentState, np.ndarray]:
    """Minimise where an equation involves every month; a start far beyond its bound is tried twice."""
    m, y, z = target.m, target.y, target.z0
    draws, far, first = len(m), np.arange(0), start.z
    if equations.sign.any():
        # Far beyond a bound there is a second minimum: there the long overshoot costs less than the way back.
        beyond = np.where(
            equations.sign == 0, z, np.log(np.maximum(equations.sign * (equations.h(start.x) - y), 1e-300))
        )
        far = np.flatnonzero((beyond > z + FAR_BEYOND).any(axis=1))
        first = np.concatenate([start.z, np.maximum(beyond, z)[far]])
    every = np.concatenate([np.arange(draws), far])
    w = np.concatenate([start.w, np.zeros((far.size, y.shape[1]))])
    ends, objective = descend(
        equations, problem, target.select(every), common, DescentState(start.x[every], first, w), iterations
    )
    chosen = np.arange(draws)
    better = objective[draws:] < objective[far]
    chosen[far[better]] = draws + np.flatnonzero(better)
    return DescentState(ends.x[chosen], ends.z[chosen], ends.w[chosen]), np.isfinite(objective[chosen])

"""Paths nearest to a prior draw that say what the statements say.

Only the months of which a statement speaks are searched: given these, all others follow from the prior.
"""

from dataclasses import replace

import numpy as np

from analysis.methods.reconstruction.descent import descend
from analysis.methods.reconstruction.problem import Near, Problem, State, Target
from analysis.methods.reconstruction.stated import Operator

#: Where a path lies this much further beyond its bound than was drawn (log overshoots), a second descent starts there.
BEYOND = 3.0


def solve(
    operator: Operator, problem: Problem, target: Target, *, start: State, near: Near, iterations: int
) -> tuple[State, np.ndarray]:
    """Minimise |x - m|_K^2 + |h(x) - y|_R^2 + |z - z0|^2 / z_sd^2 for a batch of prior draws.

    At the minimum `x = m + K H' w` and `R w = y + sign exp(z) - h(x)`.

    Parameters
    ----------
    operator, problem, target
        Statements, prior, and what is drawn.
    start
        Where to start: the solution of a linearisation, or that of a like problem.
    near
        The systems of that linearisation.
    iterations
        At most so many steps.

    Returns
    -------
    solution, converged
        Solutions and whether each draw met every statement.
    """
    spoken = operator.months
    known = tuple(K[:, spoken[:, None], spoken] for K in problem.K)
    state = State(start.x[:, :, spoken], start.z, start.w)
    found, converged = _solve(
        operator.within_months,
        replace(problem, K=known),
        replace(target, m=target.m[:, :, spoken]),
        state,
        near,
        iterations,
    )
    pull, x = operator.within_months.at(found.x).back(found.w), target.m.copy()
    for number, draws in target.stretches:
        for part, K in enumerate(problem.K):
            x[draws, part] += pull[draws, part] @ K[number, spoken]
    x[:, :, spoken] = found.x
    return State(x, found.z, found.w), converged


def _solve(
    operator: Operator, problem: Problem, target: Target, start: State, near: Near, iterations: int
) -> tuple[State, np.ndarray]:
    """Solve where every month is spoken of."""
    m, y, z = target.m, target.y, target.z0
    draws, far, first = len(m), np.arange(0), start.z
    if operator.sign.any():
        # Far beyond its bound a path has a valley of its own: there the long overshoot costs less than the way back.
        beyond = np.where(operator.sign == 0, z, np.log(np.maximum(operator.sign * (operator.h(start.x) - y), 1e-300)))
        far = np.flatnonzero((beyond > z + BEYOND).any(axis=1))
        first = np.concatenate([start.z, np.maximum(beyond, z)[far]])
    every = np.concatenate([np.arange(draws), far])
    w = np.concatenate([start.w, np.zeros((far.size, y.shape[1]))])
    found, objective = descend(operator, problem, target.of(every), near, State(start.x[every], first, w), iterations)
    chosen = np.arange(draws)
    better = objective[draws:] < objective[far]
    chosen[far[better]] = draws + np.flatnonzero(better)
    return State(found.x[chosen], found.z[chosen], found.w[chosen]), np.isfinite(objective[chosen])

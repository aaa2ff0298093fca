"""Draws by randomise-then-optimise: perturb prior mean and statements, solve again."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np

from analysis.reconstruction.hyperparameters import Fit, Model
from analysis.reconstruction.operator import Operator
from analysis.reconstruction.solve import Problem, solve

#: Hyperparameters are drawn once a block of draws, so that intervals carry their uncertainty too.
BLOCKS = 10


#: Threads that solve blocks side by side; the algebra leaves Python's lock, and the draws are made before.
THREADS = 2


class _Block(NamedTuple):
    """A perturbed problem at one set of hyperparameters: draws by months (`m`) and by statements (`y`, `z`)."""

    problem: Problem
    m: np.ndarray
    y: np.ndarray
    z: np.ndarray


def draw(model: Model, fitted: Fit, *, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return draws of the log daily rates (draws by months) and which of them met every statement."""
    rng = np.random.default_rng(seed)
    sizes = np.full(BLOCKS, draws // BLOCKS) + (np.arange(BLOCKS) < draws % BLOCKS)
    root = np.linalg.cholesky(fitted.theta_cov)
    blocks = [
        _perturbed(model, fitted.theta + root @ rng.standard_normal(root.shape[0]), int(size), rng) for size in sizes
    ]
    with ThreadPoolExecutor(THREADS) as threads:
        solved = list(threads.map(partial(_solved, model.operator, fitted), blocks))
    return np.concatenate([x for x, _ in solved]), np.concatenate([converged for _, converged in solved])


def _perturbed(model: Model, theta: np.ndarray, size: int, rng: np.random.Generator) -> _Block:
    """Draw prior paths, errors of the statements and overshoots of the bounds."""
    problem, operator = model.problem(theta), model.operator
    months, statements = problem.K.shape[0], operator.y.size
    root = np.linalg.cholesky(problem.K + 1e-9 * np.eye(months))
    m = model.centre + rng.standard_normal((size, months)) @ root.T
    noise = np.where(operator.sign == 0, np.sqrt(problem.R), 0.0)
    y = operator.y + noise * rng.standard_normal((size, statements))
    return _Block(problem, m, y, model.overshoot.draw(rng, (size, statements)))


def _solved(operator: Operator, fitted: Fit, block: _Block) -> tuple[np.ndarray, np.ndarray]:
    """Solve one block, from the linear update at the mode: what remains is a step or two."""
    problem, m, y, z = block
    h0, H = operator.linear(fitted.x)
    excess = operator.sign * np.exp(fitted.z)
    S = H @ problem.K @ H.T + np.diag(problem.R + (excess * problem.z_sd) ** 2)
    gap = y + excess * (1 + z - fitted.z) - h0 - (m - fitted.x) @ H.T
    x = m + np.linalg.solve(S, gap.T).T @ (H @ problem.K)
    x, _, converged = solve(operator, problem, m=m, y=y, z=z, x=x)
    return x, converged

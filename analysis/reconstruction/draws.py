"""Draws by randomise-then-optimise: perturb prior mean and statements, solve again."""

import numpy as np

from analysis.reconstruction.hyperparameters import Fit, Model
from analysis.reconstruction.solve import solve

#: Hyperparameters are drawn once a block of draws, so that intervals carry their uncertainty too.
BLOCKS = 10


def draw(model: Model, fitted: Fit, *, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return draws of the log daily rates (draws by months) and which of them met every statement."""
    rng = np.random.default_rng(seed)
    sizes = np.full(BLOCKS, draws // BLOCKS) + (np.arange(BLOCKS) < draws % BLOCKS)
    root = np.linalg.cholesky(fitted.theta_cov)
    blocks = [
        _block(model, fitted.theta + root @ rng.standard_normal(root.shape[0]), size, fitted, rng) for size in sizes
    ]
    return np.concatenate([x for x, _ in blocks]), np.concatenate([ok for _, ok in blocks])


def _block(
    model: Model, theta: np.ndarray, size: int, fitted: Fit, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Solve one block of perturbed problems at one set of hyperparameters."""
    problem, operator = model.problem(theta), model.operator
    months, statements = problem.K.shape[0], operator.y.size
    root = np.linalg.cholesky(problem.K + 1e-9 * np.eye(months))
    m = model.centre + rng.standard_normal((size, months)) @ root.T
    noise = np.where(operator.sign == 0, np.sqrt(problem.R), 0.0)
    y = operator.y + noise * rng.standard_normal((size, statements))
    z = model.overshoot.draw(rng, (size, statements))
    h0, H = operator.linear(fitted.x)
    # The linear update at the mode is close enough to start from; what remains is a step or two.
    excess = operator.sign * np.exp(fitted.z)
    S = H @ problem.K @ H.T + np.diag(problem.R + (excess * problem.z_sd) ** 2)
    gap = y + excess * (1 + z - fitted.z) - h0 - (m - fitted.x) @ H.T
    x = m + np.linalg.solve(S, gap.T).T @ (H @ problem.K)
    x, _, converged = solve(operator, problem, m=m, y=y, z=z, x=x)
    return x, converged

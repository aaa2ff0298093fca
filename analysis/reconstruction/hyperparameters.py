"""Standard deviations of the components by the Laplace marginal likelihood of the statements."""

from dataclasses import dataclass

import numpy as np

from analysis.reconstruction.operator import Operator
from analysis.reconstruction.overshoot import Overshoot
from analysis.reconstruction.prior import DIFFUSE, PRIORS
from analysis.reconstruction.solve import Problem, solve

ROUNDS, SCORING_STEPS = 6, 25


@dataclass(frozen=True)
class Fit:
    """The mode of path and hyperparameters.

    Attributes
    ----------
    x, z
        Mode of the log daily rates (months) and of the log overshoots (statements).
    theta
        Log standard deviations at the mode, in the order of `PRIORS`.
    theta_cov
        Their covariance, from the expected information of the marginal likelihood and the prior.
    met
        Whether the mode meets every statement; it cannot where they contradict each other.
    """

    x: np.ndarray
    z: np.ndarray
    theta: np.ndarray
    theta_cov: np.ndarray
    met: bool


@dataclass(frozen=True)
class Model:
    """One series: its statements, the shapes of its prior and the centre of its level.

    Attributes
    ----------
    operator
        The statements.
    shapes
        Covariance shapes of the components, one a prior but the last (base revision).
    centre
        Prior mean of the log daily rate.
    overshoot
        How far a figure lies beyond a bound named for it.
    """

    operator: Operator
    shapes: np.ndarray
    centre: float
    overshoot: Overshoot

    def problem(self, theta: np.ndarray) -> Problem:
        """Return prior covariance and noise at log standard deviations `theta`."""
        variance = np.exp(2 * theta)
        K = np.tensordot(variance[:-1], self.shapes, axes=1) + DIFFUSE**2
        R = self.operator.noise**2 + np.where(self.operator.growth, variance[-1], 0.0)
        return Problem(K, R, self.overshoot.mean, self.overshoot.sd)


def fit(model: Model) -> Fit:
    """Find the hyperparameters and the path by turns: solve for the path, then score its linearisation."""
    means = np.array([np.log(prior.median) for prior in PRIORS])
    months, statements = model.shapes.shape[1], model.operator.y.size
    m = np.full((1, months), model.centre)
    y, z = model.operator.y[None], np.full((1, statements), model.overshoot.mean)
    theta, x = means, None
    for _ in range(ROUNDS):
        x, z_mode, met = solve(model.operator, model.problem(theta), m=m, y=y, z=z, x=x)
        if not met[0]:
            return Fit(x[0], z_mode[0], theta, np.diag([prior.spread**2 for prior in PRIORS]), False)
        update, cov = _score(model, theta, x, z_mode)
        change = np.abs(update - theta).max()
        theta = update
        if change < 1e-3:
            break
    x, z_mode, met = solve(model.operator, model.problem(theta), m=m, y=y, z=z, x=x)
    return Fit(x[0], z_mode[0], theta, cov, bool(met[0]))


def _score(model: Model, theta: np.ndarray, x: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Maximise -log|S|/2 - d'S^-1 d/2 + log prior at a fixed linearisation, by damped Fisher scoring."""
    op, problem = model.operator, model.problem(theta)
    h, H = op.linear(x[0])
    excess = op.sign * np.exp(z[0])
    d = op.y + excess - h + H @ (x[0] - model.centre) - excess * (z[0] - problem.z_mean)
    shapes = np.stack([*(H @ C @ H.T for C in model.shapes), np.diag(op.growth.astype(float))])
    reach = H.sum(axis=1)
    fixed = DIFFUSE**2 * np.outer(reach, reach) + np.diag(op.noise**2 + (excess * problem.z_sd) ** 2)
    means = np.array([np.log(prior.median) for prior in PRIORS])
    precision = np.diag([prior.spread**-2 for prior in PRIORS])

    def value(t: np.ndarray) -> float:
        S = fixed + np.tensordot(np.exp(2 * t), shapes, axes=1)
        sign, logdet = np.linalg.slogdet(S)
        penalty = (t - means) @ precision @ (t - means)
        return float(-0.5 * (logdet + d @ np.linalg.solve(S, d) + penalty)) if sign > 0 else -np.inf

    best = value(theta)
    for _ in range(SCORING_STEPS):
        S = fixed + np.tensordot(np.exp(2 * theta), shapes, axes=1)
        inverse = np.linalg.inv(S)
        w = inverse @ d
        slopes = 2 * np.exp(2 * theta)[:, None, None] * shapes
        G = inverse @ slopes
        gradient = 0.5 * (np.einsum("n,inm,m->i", w, slopes, w) - np.trace(G, axis1=1, axis2=2))
        gradient -= precision @ (theta - means)
        information = 0.5 * np.einsum("inm,jmn->ij", G, G) + precision
        step = np.clip(np.linalg.solve(information, gradient), -1.0, 1.0)
        size = 1.0
        while size > 1e-3 and value(theta + size * step) < best:
            size /= 2
        theta = theta + size * step
        best = value(theta)
        if np.abs(size * step).max() < 1e-4:
            break
    return theta, np.linalg.inv(information)

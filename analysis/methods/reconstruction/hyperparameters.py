"""The hyperparameters: log standard deviations of the prior's components, and how well these are known."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Hyperparameters:
    """Log standard deviations; `theta` in the algebra.

    Attributes
    ----------
    own
        Those of each part's own path: parts by components (`prior.COMPONENTS`).
    node
        Those of each node's path: nodes by components.
    revision
        Those of the silent base revision of growth rates, one a family.
    """

    own: np.ndarray
    node: np.ndarray
    revision: np.ndarray


@dataclass(frozen=True)
class HyperparameterCovariance:
    """Posterior covariance of the hyperparameters, independent between parts, nodes and families.

    Attributes
    ----------
    own, node
        One covariance of the components for each part and for each node.
    revision
        One variance a family.
    """

    own: list[np.ndarray]
    node: list[np.ndarray]
    revision: np.ndarray

    def draw_around(self, theta: Hyperparameters, rng: np.random.Generator, sign: int) -> Hyperparameters:
        """Draw from the normal distribution around `theta`; the opposite sign gives the draw mirrored at it."""

        def shifted(means: np.ndarray, covariances: list[np.ndarray]) -> np.ndarray:
            steps = [np.linalg.cholesky(each) @ rng.standard_normal(len(each)) for each in covariances]
            moved: np.ndarray = means + sign * np.reshape(steps, means.shape)
            return moved

        own, node = shifted(theta.own, self.own), shifted(theta.node, self.node)
        step = np.sqrt(self.revision) * rng.standard_normal(len(self.revision))
        return Hyperparameters(own, node, theta.revision + sign * step)

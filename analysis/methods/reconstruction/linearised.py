"""Where the algebra of all statements is set up: standard deviations, and statements as linear functions."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Theta:
    """Log standard deviations.

    Attributes
    ----------
    own, node
        Parts by components, nodes by components.
    revision
        One a family.
    """

    own: np.ndarray
    node: np.ndarray
    revision: np.ndarray


@dataclass(frozen=True)
class Spread:
    """How well log standard deviations are known.

    Attributes
    ----------
    own, node
        Covariances of the components of each part and of each node.
    revision
        A variance a family.
    """

    own: list[np.ndarray]
    node: list[np.ndarray]
    revision: np.ndarray

    def around(self, theta: Theta, rng: np.random.Generator, sign: int) -> Theta:
        """Draw from the normal distribution around `theta`; the opposite sign gives the draw mirrored at it."""

        def shifted(means: np.ndarray, covariances: list[np.ndarray]) -> np.ndarray:
            steps = [np.linalg.cholesky(each) @ rng.standard_normal(len(each)) for each in covariances]
            moved: np.ndarray = means + sign * np.reshape(steps, means.shape)
            return moved

        own, node = shifted(theta.own, self.own), shifted(theta.node, self.node)
        step = np.sqrt(self.revision) * rng.standard_normal(len(self.revision))
        return Theta(own, node, theta.revision + sign * step)


@dataclass(frozen=True)
class Linearised:
    """The statements of a family as linear functions of its paths and overshoots.

    Attributes
    ----------
    H
        Rows of the derivative, one array a part (its statements by months).
    d
        What is stated, minus what the prior means imply.
    excess
        Signed overshoot of each bound.
    z_var
        Variance of the log overshoot of each bound.
    revised
        Factor of the variance of each base revision: large revisions are rarer than small ones, but not as rare as a
        normal distribution has them.
    temper
        Extra standard deviation of every statement, in logs, on the way to the mode.
    """

    H: list[np.ndarray]
    d: np.ndarray
    excess: np.ndarray
    z_var: np.ndarray
    revised: np.ndarray
    temper: float

"""Where the algebra of all statements is set up: standard deviations, and statements as linear functions."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Theta:
    """Log standard deviations.

    Attributes
    ----------
    own
        Parts by components.
    node
        Level of node to its components.
    revision
        One a family.
    """

    own: np.ndarray
    node: dict[str, np.ndarray]
    revision: np.ndarray


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

"""The linearised statements of one family: what the joint Gaussian is made of."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Linearised:
    """The statements of a family as linear functions of its paths and overshoots, at the point last visited.

    Attributes
    ----------
    H
        Derivatives by the log daily rates, one array a part (the statements that its term enters, by months).
    d
        What is stated, minus what the prior means imply.
    excess
        By how much, in logs, each bound is exceeded ("over", positive) or undercut ("under", negative); 0 for figures.
    z_var
        Variance of the log of that excess.
    revised
        Factor of the variance of each base revision, above 1 where the revision is found to be large: large revisions
        are rarer than small ones, but not as rare as a normal distribution has them.
    temper
        Extra standard deviation of every statement, in logs, in the first rounds on the way to the mode.
    """

    H: list[np.ndarray]
    d: np.ndarray
    excess: np.ndarray
    z_var: np.ndarray
    revised: np.ndarray
    temper: float

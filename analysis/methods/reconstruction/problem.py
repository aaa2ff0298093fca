"""What the descents of `descent.py` start from, approach and pass through: draws in sets with their own prior."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np


@dataclass(frozen=True)
class Problem:
    """Prior and noise of one family, at the hyperparameters of each set of draws.

    Attributes
    ----------
    K
        Prior covariances of the log daily rates of each part, sets by months by months.
    R
        Variance of each statement's error (rounding, and base revision for growth), sets by statements.
    z_mean, z_sd
        Prior of the log overshoot of a bound.
    """

    K: tuple[np.ndarray, ...]
    R: np.ndarray
    z_mean: float
    z_sd: float


@dataclass(frozen=True)
class State:
    """Where a batch of descents stands.

    Attributes
    ----------
    x
        Log daily rates, draws by parts by months.
    z, w
        Log overshoots and the multipliers of the statements, draws by statements.
    """

    x: np.ndarray
    z: np.ndarray
    w: np.ndarray

    def of(self, draws: np.ndarray) -> "State":
        """Return that of some draws."""
        return State(self.x[draws], self.z[draws], self.w[draws])

    def where(self, chosen: np.ndarray, other: "State") -> "State":
        """Return this state for the draws chosen, another for the rest."""
        return State(
            np.where(chosen[:, None, None], self.x, other.x),
            np.where(chosen[:, None], self.z, other.z),
            np.where(chosen[:, None], self.w, other.w),
        )


@dataclass(frozen=True)
class Near:
    """A system near those of all draws of a set.

    Attributes
    ----------
    inverse
        The inverse of `H K H' + R`, sets by statements by statements.
    diagonal
        The part of its diagonal that belongs to errors and overshoots, as each draw has its own; sets by statements.
    """

    inverse: np.ndarray
    diagonal: np.ndarray


@dataclass(frozen=True)
class Target:
    """What the descents approach.

    Attributes
    ----------
    m
        Prior draws of the paths, draws by parts by months.
    y, z0
        Perturbed figures and drawn log overshoots (read for bounds only), draws by statements.
    sets
        To which set each draw belongs.
    """

    m: np.ndarray
    y: np.ndarray
    z0: np.ndarray
    sets: np.ndarray

    def of(self, draws: np.ndarray | slice) -> "Target":
        """Return that of some draws."""
        return Target(self.m[draws], self.y[draws], self.z0[draws], self.sets[draws])

    @cached_property
    def stretches(self) -> list[tuple[int, slice]]:
        """The stretches of draws that belong to one set: which, and from where to where."""
        bounds = [0, *(np.flatnonzero(np.diff(self.sets)) + 1).tolist(), self.sets.size]
        return [(int(self.sets[first]), slice(first, stop)) for first, stop in pairwise(bounds) if stop > first]

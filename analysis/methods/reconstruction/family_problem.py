"""The problem that the draws of one family solve: its prior at each set's hyperparameters, what to approach, a state.

Draws come in sets; the draws of a set share hyperparameters, and so a prior covariance.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np


@dataclass(frozen=True)
class FamilyProblem:
    """Prior and noise of one family, at the hyperparameters of each set of draws.

    Attributes
    ----------
    K
        Prior covariances of the log daily rates, one array a part: sets by months by months.
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
class DescentState:
    """Where a batch of descents stands.

    Attributes
    ----------
    x
        Log daily rates, draws by parts by months.
    z, w
        Log overshoots and multipliers of the statements, draws by statements.
    """

    x: np.ndarray
    z: np.ndarray
    w: np.ndarray

    def select(self, draws: np.ndarray) -> "DescentState":
        """Return the state of some draws."""
        return DescentState(self.x[draws], self.z[draws], self.w[draws])

    @property
    def finite(self) -> np.ndarray:
        """Which draws hold numbers only."""
        finite: np.ndarray = (
            np.isfinite(self.x).all(axis=(1, 2)) & np.isfinite(self.z).all(1) & np.isfinite(self.w).all(1)
        )
        return finite

    def replaced(self, draws: np.ndarray, by: "DescentState") -> "DescentState":
        """Return this state with some draws replaced."""
        x, z, w = self.x.copy(), self.z.copy(), self.w.copy()
        x[draws], z[draws], w[draws] = by.x, by.z, by.w
        return DescentState(x, z, w)

    def where(self, chosen: np.ndarray, other: "DescentState") -> "DescentState":
        """Return this state for the draws chosen, another for the rest."""
        return DescentState(
            np.where(chosen[:, None, None], self.x, other.x),
            np.where(chosen[:, None], self.z, other.z),
            np.where(chosen[:, None], self.w, other.w),
        )


@dataclass(frozen=True)
class DrawTargets:
    """What the descents approach: one prior draw and one perturbed set of figures each.

    Attributes
    ----------
    m
        Prior draws of the paths, draws by parts by months.
    y, z0
        Perturbed figures and drawn log overshoots (read for bounds only), draws by statements.
    sets
        Number of the set that each draw belongs to, ascending.
    """

    m: np.ndarray
    y: np.ndarray
    z0: np.ndarray
    sets: np.ndarray

    def select(self, draws: np.ndarray | slice) -> "DrawTargets":
        """Return the targets of some draws."""
        return DrawTargets(self.m[draws], self.y[draws], self.z0[draws], self.sets[draws])

    @cached_property
    def draws_by_set(self) -> list[tuple[int, slice]]:
        """Each set with the slice of its draws."""
        bounds = [0, *(np.flatnonzero(np.diff(self.sets)) + 1).tolist(), self.sets.size]
        return [(int(self.sets[first]), slice(first, stop)) for first, stop in pairwise(bounds) if stop > first]

"""Sets of draws that share hyperparameters: prior and statements perturbed, then solved one family at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.methods.reconstruction.family_problem import DescentState, DrawTargets, FamilyProblem
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.linear_systems import CommonSystem
from analysis.methods.reconstruction.mode import Mode
from analysis.methods.reconstruction.nearest_paths import nearest_paths

#: Largest number of steps of a family's first descent, and of later ones, which start where the last one ended. A draw
#: that needs more and misses a statement is left out.
FIRST_ITERATIONS, LATER_ITERATIONS = 60, 20


@dataclass
class DrawSet:
    """Draws with the same hyperparameters: their perturbed problem, and its solution so far.

    Attributes
    ----------
    joint
        The joint Gaussian at these hyperparameters.
    parts
        Positions of the parts that are drawn, in the order of the rows of `prior`, `x` and `converged`.
    prior
        Prior draws of the log daily rates, what parts share already conditioned on all statements; parts by months by
        draws.
    y, z
        Perturbed figures less the errors that statements have in common, and drawn log overshoots, by family;
        statements by draws.
    w
        Multipliers by family, statements by draws.
    x, converged
        The solution, parts by months by draws; parts by draws.
    """

    joint: JointGaussian
    parts: tuple[int, ...]
    prior: np.ndarray
    y: list[np.ndarray]
    z: list[np.ndarray]
    w: list[np.ndarray]
    x: np.ndarray
    converged: np.ndarray

    @cached_property
    def at(self) -> dict[int, int]:
        """The row of each part."""
        return {part: row for row, part in enumerate(self.parts)}

    def rows(self, parts: Iterable[int]) -> list[int]:
        """Return the rows of some parts."""
        return [self.at[part] for part in parts]

    def follow_multipliers(self, parts: Iterable[int]) -> None:
        """Move the parts that only ties speak of to where the multipliers of these pull them, in place."""
        system = self.joint.system
        for part in parts:
            if system.families[system.families_of_part[part][0][0]].tie:
                self.x[self.at[part]] = self.prior[self.at[part]] + self.joint.part_update(part, self.w)


def solve_family(
    sets: list[DrawSet], mode: Mode, f: int, start: tuple[DescentState, CommonSystem] | None
) -> tuple[DescentState, CommonSystem]:
    """Solve a family given what its parts share and the multipliers of its ties, in place; return the next start."""
    system = mode.joint.system
    family, parts = system.families[f], list(system.families[f].parts)
    K = tuple(np.stack([each.joint.own_covariance(part) for each in sets]) for part in parts)
    rows = sets[0].rows(parts)
    m = [each.prior[rows] + np.stack([each.joint.part_update(p, each.w, ties=True) for p in parts]) for each in sets]
    first, common = start or _linear_starts(sets, mode, f, m)
    R = np.stack([variance_without_overshoot(each.joint, f) for each in sets])
    sizes = [each.x.shape[2] for each in sets]
    target = DrawTargets(
        np.concatenate(m, axis=2).transpose(2, 0, 1),
        np.concatenate([each.y[f].T for each in sets]),
        np.concatenate([each.z[f].T for each in sets]),
        np.repeat(np.arange(len(sets)), sizes),
    )
    state, converged = nearest_paths(
        family.equations, FamilyProblem(K, R, system.overshoot.mean, system.overshoot.sd), target,
        start=first, common=common, iterations=FIRST_ITERATIONS if start is None else LATER_ITERATIONS,
    )  # fmt: skip
    for each, stop, size in zip(sets, np.cumsum(sizes), sizes, strict=True):
        each.x[rows] = state.x[stop - size : stop].transpose(1, 2, 0)
        each.converged[rows] = converged[stop - size : stop]
    return state.where(converged, first), common


def _linear_starts(sets: list[DrawSet], mode: Mode, f: int, m: list[np.ndarray]) -> tuple[DescentState, CommonSystem]:
    """Return the solutions of the linearisation at the mode, from where few steps remain, and their linear systems."""
    starts = [_linear_start(each, mode, f, mean) for each, mean in zip(sets, m, strict=True)]
    x, w, inverse = ([start[i] for start in starts] for i in range(3))
    state = DescentState(np.concatenate(x), np.concatenate([each.z[f].T for each in sets]), np.concatenate(w))
    return state, CommonSystem(np.stack(inverse), np.stack([each.joint.error_variance(f) for each in sets]))


def _linear_start(draw_set: DrawSet, mode: Mode, f: int, m: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return paths, draws by parts by months; multipliers, draws by statements; the inverse of their system."""
    joint = draw_set.joint
    family, linear = joint.system.families[f], joint.linear[f]
    gap = draw_set.y[f] + linear.excess[:, None] * (1 + draw_set.z[f] - mode.z[f][:, None])
    gap -= family.equations.h(mode.x[None, list(family.parts)]).T
    S = np.diag(joint.error_variance(f))
    for position, (part, term) in enumerate(zip(family.parts, family.equations.terms, strict=True)):
        H = linear.H[position]
        gap[term.rows] -= H @ (m[position] - mode.x[part][:, None])
        S[np.ix_(term.rows, term.rows)] += H @ joint.own_covariance(part) @ H.T
    inverse = np.linalg.inv(S)
    w = inverse @ gap
    x = m.copy()
    for position, (part, term) in enumerate(zip(family.parts, family.equations.terms, strict=True)):
        x[position] += joint.own_covariance(part) @ (linear.H[position].T @ w[term.rows])
    return x.transpose(2, 0, 1), w.T, inverse


def variance_without_overshoot(joint: JointGaussian, f: int) -> np.ndarray:
    """Return the variance of each statement's error without that of overshoots."""
    linear = joint.linear[f]
    variance: np.ndarray = joint.error_variance(f) - linear.excess**2 * linear.z_var
    return variance

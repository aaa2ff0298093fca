"""Sets of draws: a perturbed problem with standard deviations of its own, and its families solved one by one."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.reconstruction.linear_system import Joint
from analysis.methods.reconstruction.mode import Fit
from analysis.methods.reconstruction.problem import Near, Problem, State, Target
from analysis.methods.reconstruction.solve import solve

#: Iterations of a family's first descent, and of those that start where the last one ended.
FIRST, AGAIN = 60, 20


@dataclass
class Perturbed:
    """A perturbed problem with standard deviations of its own, and its solution so far.

    Attributes
    ----------
    joint
        The linearised system.
    prior
        Drawn log daily rates with what is shared already conditioned, parts by months by draws.
    y, z
        Perturbed statements, the offsets of other counts taken off, and overshoots by family, statements by draws.
    w
        Multipliers by family, statements by draws.
    x, converged
        The solution, parts by months by draws; parts by draws.
    """

    joint: Joint
    prior: np.ndarray
    y: list[np.ndarray]
    z: list[np.ndarray]
    w: list[np.ndarray]
    x: np.ndarray
    converged: np.ndarray


def solve_family(sets: list[Perturbed], fitted: Fit, f: int, start: tuple[State, Near] | None) -> tuple[State, Near]:
    """Solve a family given what its parts share and the multipliers of its ties; return where to start next time."""
    system = fitted.joint.system
    family, parts = system.families[f], list(system.families[f].parts)
    K = tuple(np.stack([each.joint.own(part) for each in sets]) for part in parts)
    m = [each.prior[parts] + np.stack([each.joint.own_update(p, each.w, ties=True) for p in parts]) for each in sets]
    first, near = start or _linear_starts(sets, fitted, f, m)
    R = np.stack([error_variance(each.joint, f) for each in sets])
    sizes = [each.x.shape[2] for each in sets]
    target = Target(
        np.concatenate(m, axis=2).transpose(2, 0, 1),
        np.concatenate([each.y[f].T for each in sets]),
        np.concatenate([each.z[f].T for each in sets]),
        np.repeat(np.arange(len(sets)), sizes),
    )
    found, converged = solve(
        family.operator, Problem(K, R, system.overshoot.mean, system.overshoot.sd), target,
        start=first, near=near, iterations=FIRST if start is None else AGAIN,
    )  # fmt: skip
    for each, stop, size in zip(sets, np.cumsum(sizes), sizes, strict=True):
        each.x[parts] = found.x[stop - size : stop].transpose(1, 2, 0)
        each.converged[parts] = converged[stop - size : stop]
    return found.where(converged, first), near


def _linear_starts(sets: list[Perturbed], fitted: Fit, f: int, m: list[np.ndarray]) -> tuple[State, Near]:
    """Return the linear updates at the mode, from where few steps remain, and the systems that gave them."""
    starts = [_linear_start(each, fitted, f, mean) for each, mean in zip(sets, m, strict=True)]
    x, w, inverse = ([start[i] for start in starts] for i in range(3))
    state = State(np.concatenate(x), np.concatenate([each.z[f].T for each in sets]), np.concatenate(w))
    return state, Near(np.stack(inverse), np.stack([each.joint.errors(f) for each in sets]))


def _linear_start(one: Perturbed, fitted: Fit, f: int, m: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return paths, draws by parts by months; multipliers, draws by statements; the inverse of their system."""
    joint = one.joint
    family, linear = joint.system.families[f], joint.linear[f]
    gap = one.y[f] + linear.excess[:, None] * (1 + one.z[f] - fitted.z[f][:, None])
    gap -= family.operator.h(fitted.x[None, list(family.parts)]).T
    S = np.diag(joint.errors(f))
    for position, (part, touch) in enumerate(zip(family.parts, family.operator.touches, strict=True)):
        H = linear.H[position]
        gap[touch.rows] -= H @ (m[position] - fitted.x[part][:, None])
        S[np.ix_(touch.rows, touch.rows)] += H @ joint.own(part) @ H.T
    inverse = np.linalg.inv(S)
    w = inverse @ gap
    x = m.copy()
    for position, (part, touch) in enumerate(zip(family.parts, family.operator.touches, strict=True)):
        x[position] += joint.own(part) @ (linear.H[position].T @ w[touch.rows])
    return x.transpose(2, 0, 1), w.T, inverse


def error_variance(joint: Joint, f: int) -> np.ndarray:
    """Return the variance of each statement's error without that of overshoots."""
    linear = joint.linear[f]
    variance: np.ndarray = joint.errors(f) - linear.excess**2 * linear.z_var
    return variance

"""The joint mode: paths, overshoots and standard deviations at which all statements are most likely."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.reconstruction.linear_system import Joint
from analysis.methods.reconstruction.linearised import Linearised, Spread, Theta
from analysis.methods.reconstruction.prior import COMPONENTS, REVISION, SCALES
from analysis.methods.reconstruction.scales import score
from analysis.methods.reconstruction.structure import System

#: Rounds of Gauss-Newton; those from the first to the last scored one also make a step of the standard deviations.
ROUNDS, FIRST_SCORED, LAST_SCORED = 26, 4, 7

#: Extra noise of the statements, in logs, in the first round, and its factor from round to round: sums of exponentials
#: far from their figures are approached gradually.
TEMPER, COOLING = 0.3, 0.2

#: The mode stands when no log rate moves by more; a family that still moves by `LOST` has statements that exclude each
#: other, one that moves by less is pushed by such a one.
STILL, LOST = 5e-3, 0.25

#: A statement is contradicted where the mode misses it by this much in logs and by so many standard deviations.
MISSED, MISSED_ERRORS = 0.05, 10.0

#: A block in which no log rate moves by more is not linearised again.
FROZEN = 5e-4

LARGEST_MOVE, LARGEST_STEP = 2.0, 1.5

#: Where a step was to leave the rest of the way and left much more, less of the next one is taken, but this at least.
SHORTEST = 0.2

#: Degrees of freedom of base revisions.
TAIL = 4.0

#: Largest revision, in its standard deviations, that counts as one: beyond, the rate is simply not believed.
LARGEST_REVISION = 100.0


@dataclass(frozen=True)
class Fit:
    """The mode.

    Attributes
    ----------
    theta
        Log standard deviations, each shrunk to the mean of its kind.
    spread
        How well these are known, from the expected information and the prior.
    x
        Log daily rates, parts by months.
    z
        Log overshoots of the statements of each family.
    w
        Multipliers of the statements of each family, `S^-1 d`.
    met
        Whether the statements of each family are met; they cannot be where they contradict each other.
    joint
        The linearisation at the mode.
    """

    theta: Theta
    spread: Spread
    x: np.ndarray
    z: list[np.ndarray]
    w: list[np.ndarray]
    met: list[bool]
    joint: Joint


def fit(system: System, *, start: Fit | None = None) -> Fit:
    """Find the mode by Gauss-Newton, with steps of Fisher scoring for the standard deviations in between.

    Parameters
    ----------
    system
        What is reconstructed together.
    start
        The mode of a system with the same parts and statements, to start from.
    """
    if start is None:
        theta, known = _start(system)
        x = _centres(system)
        z = [np.full(family.operator.y.size, system.overshoot.mean) for family in system.families]
        w = [np.zeros(family.operator.y.size) for family in system.families]
    else:
        theta, known, x, z, w = start.theta, start.spread, start.x.copy(), list(start.z), start.w
    linear: list[Linearised] = []
    joint: Joint | None = None
    pace = Pace(np.ones(len(system.families)), np.full(len(system.families), np.inf), [])
    for number in range(FIRST_SCORED if start else 0, ROUNDS):
        temper = TEMPER * COOLING**number if number < FIRST_SCORED else 0.0
        last = joint or (start.joint if start else None)
        moving = _moving(system, pace) if number > LAST_SCORED + 1 else set(range(len(system.families)))
        revised = _revised_all(last, w, moving) if last else [np.ones_like(each) for each in w]
        linear = [
            _linearise(system, f, x, z[f], w[f], revised[f], temper) if f in moving else linear[f]
            for f in range(len(system.families))
        ]
        joint = Joint(system, theta, linear, like=joint)
        w = joint.weights([found.d for found in linear])
        pace = _move(joint, x, z, w, pace)
        scored = FIRST_SCORED <= number <= LAST_SCORED
        if scored:
            theta, known = score(joint, w)
        if (pace.length <= STILL).all() and number > LAST_SCORED:
            break
    assert joint is not None
    met = [
        bool(pace.length[f] <= LOST) and not _contradicted(joint, f, x, z[f], w[f]) for f in range(len(system.families))
    ]
    return Fit(theta, known, x, z, w, met, joint)


def _moving(system: System, pace: "Pace") -> set[int]:
    """Return the families of the blocks that still move; the others serve as they were linearised last."""
    return {f for families in system.blocks for f in families if (pace.length[list(families)] > FROZEN).any()}


def _contradicted(joint: Joint, f: int, x: np.ndarray, z: np.ndarray, w: np.ndarray) -> bool:
    """Return whether the mode misses a statement by far more than its error: then the others exclude it."""
    family = joint.system.families[f]
    gap = family.operator.y + family.operator.sign * np.exp(z) - family.operator.h(x[None, list(family.parts)])[0]
    gap -= joint.offsets(f) @ w
    return bool((np.abs(gap) > np.maximum(MISSED, MISSED_ERRORS * np.sqrt(joint.errors(f)))).any())


def evidence_under(fitted: Fit, system: System) -> float:
    """Return the log marginal likelihood of the linearised statements of a fit under the shapes of another system."""
    joint = Joint(system, fitted.theta, fitted.joint.linear)
    w = joint.weights([linear.d for linear in joint.linear])
    fit_term = sum(float(linear.d @ weight) for linear, weight in zip(joint.linear, w, strict=True))
    return -0.5 * (joint.log_determinant() + fit_term)


def _centres(system: System) -> np.ndarray:
    """Return the prior means of the log daily rates, parts by months."""
    means: np.ndarray = np.zeros((len(system.parts), system.shapes.months))
    means += np.array([part.centre for part in system.parts]).reshape(-1, 1)
    return means


def _start(system: System) -> tuple[Theta, Spread]:
    """Return the prior means and covariances."""
    own = [SCALES[part.scale] for part in system.parts]
    node = [SCALES[node.level] for node in system.nodes]
    families, sizes = len(system.families), len(COMPONENTS)
    means = [np.reshape([scale.mean for scale in scales], (-1, sizes)) for scales in (own, node)]
    covariances = [[np.diag(1 / scale.precision) for scale in scales] for scales in (own, node)]
    return (
        Theta(means[0], means[1], np.full(families, REVISION.mean[0])),
        Spread(covariances[0], covariances[1], np.full(families, 1 / REVISION.precision[0])),
    )


def _revised_all(joint: Joint, w: list[np.ndarray], moving: set[int]) -> list[np.ndarray]:
    """Return `_revised` of the families that move; what blocks share counts as known, which hardly matters here."""
    found: list[np.ndarray] = [np.empty(0)] * len(w)
    for block in (each for each in joint.blocks if moving.intersection(each.families)):
        for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
            found[f] = _revised(joint, f, w[f], block.inverse[start:stop, start:stop])
    return found


def _revised(joint: Joint, f: int, w: np.ndarray, inverse: np.ndarray) -> np.ndarray:
    """Return the factor of the variance of base revisions under Student's distribution, given what is known of them.

    `inverse` is that of the covariance of the statements, `C - C inverse C` how well revisions are known.
    """
    C = np.exp(2 * joint.theta.revision[f]) * joint.revision(f)
    usual = np.maximum(np.diagonal(C) / joint.linear[f].revised, 1e-300)
    square = (C @ w) ** 2 + np.diagonal(C) - np.einsum("ij,jk,ki->i", C, inverse, C, optimize=True)
    factor: np.ndarray = (TAIL + np.clip(square / usual, 0.0, LARGEST_REVISION**2)) / (TAIL + 1)
    return factor


def _linearise(
    system: System, f: int, x: np.ndarray, z: np.ndarray, w: np.ndarray, revised: np.ndarray, temper: float
) -> Linearised:
    """Linearise the statements of a family at the current paths and overshoots."""
    family = system.families[f]
    own = x[list(family.parts)]
    h, H = family.operator.linear(own)
    excess = family.operator.sign * np.exp(z)
    # Where other evidence presses a figure against its bound, the exponential curves faster than the prior.
    z_var = 1.0 / (system.overshoot.sd**-2 + np.maximum(excess * w, 0.0))
    z_mean = z - z_var * (z - system.overshoot.mean) / system.overshoot.sd**2
    d = family.operator.y - h + excess * (1 + z_mean - z)
    for position, (part, touch) in enumerate(zip(family.parts, family.operator.touches, strict=True)):
        d[touch.rows] += H[position] @ (own[position] - system.parts[part].centre)
    return Linearised(H, d, excess, z_var, revised, temper)


@dataclass(frozen=True)
class Pace:
    """How each family walks.

    Attributes
    ----------
    stride
        Share of each step that is taken.
    length
        Largest move of the last step, in logs.
    steps
        The last step of each family, moves of paths and of overshoots end to end.
    """

    stride: np.ndarray
    length: np.ndarray
    steps: list[np.ndarray]

    def next(self, f: int, step: np.ndarray) -> float:
        """Return the share of a family's next step: Aitken's, under which the last two steps would have met."""
        if not self.steps:
            return 1.0
        change = self.steps[f] - step
        share = self.stride[f] * (self.steps[f] @ change) / max(change @ change, 1e-300)
        return float(np.clip(share, SHORTEST, 1.0)) if share > 0 else 1.0


def _move(joint: Joint, x: np.ndarray, z: list[np.ndarray], w: list[np.ndarray], pace: Pace) -> Pace:
    """Move paths and overshoots towards the solution of the linearised system, in place."""
    system = joint.system
    target = _centres(system)
    for node, update in zip(system.nodes, joint.node_updates(w), strict=True):
        target[list(node.parts)] += update
    lengths, strides, steps = np.zeros_like(pace.length), np.zeros_like(pace.stride), []
    for f, family in enumerate(system.families):
        parts, linear = [part for part in family.parts if system.touching[part][0][0] == f], joint.linear[f]
        for part in parts:
            target[part] += joint.own_update(part, w)
        move = target[parts] - x[parts]
        z_mean = z[f] - linear.z_var * (z[f] - system.overshoot.mean) / system.overshoot.sd**2
        step = np.clip(z_mean - linear.z_var * linear.excess * w[f] - z[f], -LARGEST_STEP, LARGEST_STEP)
        largest = np.abs(move).max(initial=0.0)
        lengths[f] = max(largest, np.abs(linear.excess * step).max(initial=0.0))
        steps.append(np.concatenate([move.ravel(), linear.excess * step]))
        strides[f] = pace.next(f, steps[f])
        x[parts] += move * min(strides[f], LARGEST_MOVE / max(largest, 1e-12))
        z[f] = z[f] + strides[f] * step
    return Pace(strides, lengths, steps)

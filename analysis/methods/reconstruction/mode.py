"""The mode: the paths, overshoots and hyperparameters at which all statements together are most likely.

Rounds of Gauss-Newton: linearise every statement at the paths reached, solve the joint Gaussian, move towards its mean.
A few rounds also take a step of Fisher scoring for the hyperparameters.
"""

from dataclasses import dataclass, replace

import numpy as np

from analysis.methods.reconstruction.fisher_scoring import scoring_step
from analysis.methods.reconstruction.hyperparameters import HyperparameterCovariance, Hyperparameters
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.linearised import Linearised
from analysis.methods.reconstruction.prior import COMPONENTS, REVISION_PRIOR, SCALE_PRIORS
from analysis.methods.reconstruction.structure import System

#: Rounds of Gauss-Newton at most, and the first and last of those that also step the hyperparameters.
ROUNDS, FIRST_SCORED, LAST_SCORED = 27, 4, 8

#: After so many rounds the hyperparameters are learnt.
DRAFT_ROUNDS = LAST_SCORED + 1

#: In this round the factors of base revisions know them too; from the next one on, families that stand still are left.
SETTLED = DRAFT_ROUNDS + 1

#: Extra standard deviation of every statement, in logs, in the first round, and its factor from round to round until
#: the first scored one, from which it is zero: sums of exponentials far from their figures are approached gradually.
TEMPER, COOLING = 0.3, 0.2

#: The search ends when no log rate moves by more than this in a round.
STILL = 5e-3

#: The statements of a family contradict each other if a log rate still moves by more than this in the last round; one
#: that moves by less is only pushed by the moves of others.
LOST = 0.25

#: A statement is contradicted by the others if the mode misses it by more than this, in logs, and by more than this
#: many standard deviations of its error.
MISSED, MISSED_ERRORS = 0.05, 10.0

#: A block in which no log rate moved by more than this in the last round keeps its linearisation.
FROZEN = 5e-4

#: Largest move of a log rate, and of a log overshoot, in one round: longer moves leave the region where the
#: linearisation holds.
LARGEST_MOVE, LARGEST_OVERSHOOT_MOVE = 2.0, 1.5

#: If the last step fell short of its prediction, damp the next one (Aitken), never below this share.
LEAST_DAMPING = 0.2

#: Degrees of freedom of Student's distribution of base revisions: with 4, one in 200 exceeds four and a half standard
#: deviations. With more, a wrong growth rate would bend the path instead of being discounted.
REVISION_FREEDOM = 4.0

#: Largest base revision, in its standard deviations, that is distinguished from larger ones: at this size the rate
#: already counts for next to nothing.
LARGEST_REVISION = 100.0


@dataclass(frozen=True)
class Iterate:
    """Where the search for the mode stands.

    Attributes
    ----------
    x
        Log daily rates, parts by months.
    z
        Log overshoots of the statements, an array a family; read for bounds only.
    w
        Multipliers of the statements, `S^-1 d`, an array a family.
    """

    x: np.ndarray
    z: list[np.ndarray]
    w: list[np.ndarray]


@dataclass(frozen=True)
class StepControl:
    """How far each family moved in the last round, from which its next step is damped.

    Attributes
    ----------
    damping
        Share of the step that was taken, one a family.
    longest_move
        Largest move that the step asked for, in logs, one a family.
    steps
        The step of each family before damping: moves of paths and of overshoots, end to end; empty before the first.
    """

    damping: np.ndarray
    longest_move: np.ndarray
    steps: list[np.ndarray]

    def next_damping(self, f: int, step: np.ndarray) -> float:
        """Return the share of a family's next step to take: Aitken's, at which the last two steps would have met."""
        if not self.steps:
            return 1.0
        change = self.steps[f] - step
        share = self.damping[f] * (self.steps[f] @ change) / max(change @ change, 1e-300)
        return float(np.clip(share, LEAST_DAMPING, 1.0)) if share > 0 else 1.0


@dataclass(frozen=True)
class Mode:
    """The mode, and the joint Gaussian around it.

    Attributes
    ----------
    theta
        Log standard deviations, each shrunk to the mean of its sort.
    theta_covariance
        How well these are known, from the expected information and the prior.
    x, z, w
        Paths, overshoots and multipliers, as in `Iterate`.
    satisfied
        Whether the statements of each family can hold together; if not, they contradict each other.
    joint
        The joint Gaussian of the last round.
    """

    theta: Hyperparameters
    theta_covariance: HyperparameterCovariance
    x: np.ndarray
    z: list[np.ndarray]
    w: list[np.ndarray]
    satisfied: list[bool]
    joint: JointGaussian


def find_mode(system: System, *, start: Mode | None = None, rounds: int = ROUNDS) -> Mode:
    """Find the mode by Gauss-Newton, with steps of Fisher scoring for the hyperparameters in between.

    Parameters
    ----------
    system
        What is reconstructed together.
    start
        The mode of a system with the same parts and statements, to go on from: its hyperparameters stay.
    rounds
        Rounds at most; `DRAFT_ROUNDS` learn the hyperparameters and leave the paths where they roughly belong.
    """
    families = range(len(system.families))
    theta, theta_covariance = (start.theta, start.theta_covariance) if start else _prior_hyperparameters(system)
    at = Iterate(start.x, start.z, start.w) if start else _prior_iterate(system)
    linear: list[Linearised] = []
    joint: JointGaussian | None = None
    control = StepControl(np.ones(len(families)), np.full(len(families), np.inf), [])
    for number in range(DRAFT_ROUNDS if start else 0, rounds):
        temper = TEMPER * COOLING**number if number < FIRST_SCORED else 0.0
        last = joint or (start.joint if start else None)
        moving = _moving_families(system, control) if linear and number > SETTLED else set(families)
        revised = _all_revision_factors(last, at.w, moving) if last else [np.ones_like(each) for each in at.w]
        linear = [_linearise(system, f, at, revised[f], temper) if f in moving else linear[f] for f in families]
        joint = JointGaussian(system, theta, linear, like=joint)
        at = replace(at, w=joint.multipliers([each.d for each in linear]))
        at, control = _step(joint, at, control)
        if FIRST_SCORED <= number <= LAST_SCORED:
            theta, theta_covariance = scoring_step(joint, at.w)
        if (control.longest_move <= STILL).all() and number >= SETTLED:
            break
    assert joint is not None
    satisfied = [bool(control.longest_move[f] <= LOST) and not _misses_a_statement(joint, f, at) for f in families]
    return Mode(theta, theta_covariance, at.x, at.z, at.w, satisfied, joint)


def log_marginal_likelihood(mode: Mode, system: System) -> float:
    """Return the log marginal likelihood of the linearised statements of a mode under the shapes of another system."""
    joint = JointGaussian(system, mode.theta, mode.joint.linear)
    w = joint.multipliers([linear.d for linear in joint.linear])
    fit_term = sum(float(linear.d @ multipliers) for linear, multipliers in zip(joint.linear, w, strict=True))
    return -0.5 * (joint.log_determinant() + fit_term)


def _prior_hyperparameters(system: System) -> tuple[Hyperparameters, HyperparameterCovariance]:
    """Return the prior means and covariances of the hyperparameters."""
    own = [SCALE_PRIORS[part.scale] for part in system.parts]
    node = [SCALE_PRIORS[node.tier] for node in system.nodes]
    families, sizes = len(system.families), len(COMPONENTS)
    means = [np.reshape([prior.mean for prior in priors], (-1, sizes)) for priors in (own, node)]
    covariances = [[np.diag(1 / prior.precision) for prior in priors] for priors in (own, node)]
    return (
        Hyperparameters(means[0], means[1], np.full(families, REVISION_PRIOR.mean[0])),
        HyperparameterCovariance(covariances[0], covariances[1], np.full(families, 1 / REVISION_PRIOR.precision[0])),
    )


def _prior_iterate(system: System) -> Iterate:
    """Return where the search starts: prior means, and no statement pulling yet."""
    sizes = [family.equations.y.size for family in system.families]
    return Iterate(
        x=_prior_means(system),
        z=[np.full(size, system.overshoot.mean) for size in sizes],
        w=[np.zeros(size) for size in sizes],
    )


def _prior_means(system: System) -> np.ndarray:
    """Return the prior means of the log daily rates, parts by months."""
    means: np.ndarray = np.zeros((len(system.parts), system.shapes.months))
    means += np.array([part.centre for part in system.parts]).reshape(-1, 1)
    return means


def _moving_families(system: System, control: StepControl) -> set[int]:
    """Return the families of the blocks that still move; the others keep their last linearisation."""
    return {f for families in system.blocks for f in families if (control.longest_move[list(families)] > FROZEN).any()}


def _linearise(system: System, f: int, at: Iterate, revised: np.ndarray, temper: float) -> Linearised:
    """Linearise the statements of a family at the current paths and overshoots."""
    family, z, w = system.families[f], at.z[f], at.w[f]
    own = at.x[list(family.parts)]
    h, H = family.equations.linearise(own)
    excess = family.equations.sign * np.exp(z)
    # Where other statements press a path against its bound, the exponential curves faster than the prior.
    z_var = 1.0 / (system.overshoot.sd**-2 + np.maximum(excess * w, 0.0))
    z_mean = z - z_var * (z - system.overshoot.mean) / system.overshoot.sd**2
    d = family.equations.y - h + excess * (1 + z_mean - z)
    for position, (part, term) in enumerate(zip(family.parts, family.equations.terms, strict=True)):
        d[term.rows] += H[position] @ (own[position] - system.parts[part].centre)
    return Linearised(H, d, excess, z_var, revised, temper)


def _all_revision_factors(joint: JointGaussian, w: list[np.ndarray], moving: set[int]) -> list[np.ndarray]:
    """Return `_revision_factors` of the families that move; what blocks share is taken as known, a small error."""
    factors: list[np.ndarray] = [np.empty(0)] * len(w)
    for block in (each for each in joint.blocks if moving.intersection(each.families)):
        for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
            factors[f] = _revision_factors(joint, f, w[f], block.inverse[start:stop, start:stop])
    return factors


def _revision_factors(joint: JointGaussian, f: int, w: np.ndarray, inverse: np.ndarray) -> np.ndarray:
    """Return by which factor the variance of each base revision grows under Student's distribution, given its size.

    With `inverse` that of the statements' covariance, a revision has the posterior mean `C w` and covariance
    `C - C inverse C`; the expected square of both together gives the factor (one step of EM for Student's t).
    """
    if not joint.system.families[f].equations.growth.any():
        return np.full(w.size, REVISION_FREEDOM / (REVISION_FREEDOM + 1))  # without growth no base was revised
    C = np.exp(2 * joint.theta.revision[f]) * joint.revision_covariance(f)
    usual = np.maximum(np.diagonal(C) / joint.linear[f].revised, 1e-300)
    square = (C @ w) ** 2 + np.diagonal(C) - np.einsum("ij,jk,ki->i", C, inverse, C, optimize=True)
    clipped = np.clip(square / usual, 0.0, LARGEST_REVISION**2)
    factors: np.ndarray = (REVISION_FREEDOM + clipped) / (REVISION_FREEDOM + 1)
    return factors


def _step(joint: JointGaussian, at: Iterate, control: StepControl) -> tuple[Iterate, StepControl]:
    """Move paths and overshoots towards the mean of the joint Gaussian; return where, and how far it was."""
    system = joint.system
    target = _prior_means(system)
    for node, update in zip(system.nodes, joint.node_updates(at.w), strict=True):
        target[list(node.parts)] += update
    x, z = at.x.copy(), list(at.z)
    damping, longest_move = np.zeros_like(control.damping), np.zeros_like(control.longest_move)
    steps: list[np.ndarray] = []
    for f, family in enumerate(system.families):
        linear = joint.linear[f]
        parts = [part for part in family.parts if system.families_of_part[part][0][0] == f]
        for part in parts:
            target[part] += joint.part_update(part, at.w)
        move = target[parts] - x[parts]
        z_mean = z[f] - linear.z_var * (z[f] - system.overshoot.mean) / system.overshoot.sd**2
        z_move = z_mean - linear.z_var * linear.excess * at.w[f] - z[f]
        z_move = np.clip(z_move, -LARGEST_OVERSHOOT_MOVE, LARGEST_OVERSHOOT_MOVE)
        largest = np.abs(move).max(initial=0.0)
        longest_move[f] = max(largest, np.abs(linear.excess * z_move).max(initial=0.0))
        steps.append(np.concatenate([move.ravel(), linear.excess * z_move]))
        damping[f] = control.next_damping(f, steps[f])
        x[parts] += move * min(damping[f], LARGEST_MOVE / max(largest, 1e-12))
        z[f] = z[f] + damping[f] * z_move
    return Iterate(x, z, at.w), StepControl(damping, longest_move, steps)


def _misses_a_statement(joint: JointGaussian, f: int, at: Iterate) -> bool:
    """Return whether the mode misses a statement of a family by far more than its error: then the others exclude it."""
    family = joint.system.families[f]
    h = family.equations.h(at.x[None, list(family.parts)])[0]
    gap = family.equations.y + family.equations.sign * np.exp(at.z[f]) - h
    gap -= joint.common_covariance(f) @ at.w[f]
    return bool((np.abs(gap) > np.maximum(MISSED, MISSED_ERRORS * np.sqrt(joint.error_variance(f)))).any())

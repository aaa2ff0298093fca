"""Draws by randomise-then-optimise: perturb prior and statements, solve again.

What parts share, and the offsets of other counts, are drawn from the joint system, linearised at the mode; given
that, each family is solved exactly. A
statement that ties families enters with multipliers of its own, corrected until the draws meet it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np

from analysis.methods.reconstruction.draw_sets import Perturbed, error_variance, solve_family
from analysis.methods.reconstruction.linear_system import Joint
from analysis.methods.reconstruction.mode import TAIL, Fit
from analysis.methods.reconstruction.prior import root
from analysis.methods.reconstruction.stated import Operator
from analysis.methods.reconstruction.structure import System, connected
from analysis.runtime.processes import map_in_processes

#: Draws are solved in so many batches, side by side where there are workers. Each consists of so many sets with
#: standard deviations of their own, in mirrored pairs, so that intervals carry their uncertainty too.
BATCHES, SETS = 2, 4

#: So few parts are drawn no sooner by two processes than by one: a process takes half a second to start.
FEW = 5

#: A draw of which a month lies further above the usual, in logs, has run away.
FARTHEST = 20.0

#: Rounds in which the multipliers of ties are corrected, and the largest correction of a tie, in logs.
TIE_ROUNDS, LARGEST_CORRECTION = 2, 0.5


@dataclass(frozen=True)
class Draws:
    """Draws of one part.

    Attributes
    ----------
    x
        Log daily rates, draws by months.
    converged
        Which draws met every statement of the part's family.
    """

    x: np.ndarray
    converged: np.ndarray


def draw(
    system: System, fitted: Fit, *, parts: Iterable[int], draws: int, seed: int, workers: int = 1
) -> dict[int, Draws]:
    """Return draws of some parts.

    Parameters
    ----------
    system, fitted
        What is reconstructed, and its mode.
    parts
        Positions of the parts asked for; the others only enter through what they share or tie.
    draws, seed, workers
        How many draws; their seed; how many processes solve the batches of more than a few parts, on which nothing
        depends.
    """
    wanted = tuple(parts)
    sizes = [len(part) for part in np.array_split(np.arange(draws), BATCHES * SETS)]
    sets = [(number, size) for number, size in enumerate(sizes) if size]
    batches = [sets[first : first + SETS] for first in range(0, len(sets), SETS)]
    workers = min(workers, len(batches)) if len(wanted) > FEW else 1
    solved = list(map_in_processes(partial(_solved, system, fitted, wanted, seed), batches, workers=workers))
    return {
        part: Draws(
            np.concatenate([each[part].x for each in solved]), np.concatenate([each[part].converged for each in solved])
        )
        for part in wanted
    }


def bound(system: System, parts: Iterable[int]) -> tuple[list[int], list[int], list[int]]:
    """Return these parts and all that statements bind to them through any chain, their families, and the ties."""
    found, families, ties = set(parts), set[int](), set[int]()
    while True:
        touching = {f for part in found for f, _ in system.touching[part]}
        if touching <= families | ties:
            return sorted(found), sorted(families), sorted(ties)
        families |= {f for f in touching if not system.families[f].tie}
        ties |= {f for f in touching if system.families[f].tie}
        found |= {part for f in families | ties for part in system.families[f].parts}


@np.errstate(over="ignore", invalid="ignore")  # a draw that runs away is lost, and counted so
def _solved(
    system: System, fitted: Fit, wanted: tuple[int, ...], seed: int, batch: list[tuple[int, int]]
) -> dict[int, Draws]:
    """Draw one batch of the parts wanted: solve their families, with all that ties bind to them."""
    found = [_drawn(system, fitted, seed, *each) for each in batch]
    _, families, ties = bound(system, wanted)
    start = {f: solve_family(found, fitted, f, None) for f in families}
    links = {f: {g for part in system.families[f].parts for g, _ in system.touching[part]} for f in ties}
    tied = sorted(set(families) & set().union(*links.values()))
    for _ in range(TIE_ROUNDS if ties else 0):
        for each in found:
            _correct_ties(each, ties)
        for f in tied:
            start[f] = solve_family(found, fitted, f, start[f])
    # A draw counts for all that ties bind together, or for none of it: sums add up draw by draw.
    groups = connected(len(system.families), [sorted(bound) for bound in links.values()])
    bound_together = [sorted({part for f in group for part in system.families[f].parts}) for group in groups]
    for each in found:
        for part in wanted:
            each.converged[part] &= (each.x[part] - system.parts[part].centre).max(axis=0) < FARTHEST
        for parts in bound_together:
            each.converged[parts] = each.converged[parts].all(axis=0)
    return {
        part: Draws(
            np.concatenate([each.x[part].T for each in found]), np.concatenate([each.converged[part] for each in found])
        )
        for part in wanted
    }


def _drawn(system: System, fitted: Fit, seed: int, number: int, size: int) -> Perturbed:
    """Perturb prior and statements of one set and condition what is shared on all statements."""
    rng = np.random.default_rng([seed, BATCHES * SETS, number])
    # Standard deviations, too, come in pairs of opposite sign.
    theta = fitted.spread.around(fitted.theta, np.random.default_rng([seed, number // 2]), 1 - 2 * (number % 2))
    joint = Joint(system, theta, fitted.joint.linear)
    prior = np.stack([part.centre + _path(joint.own(p), size, rng) for p, part in enumerate(system.parts)])
    shared = [_path(K, size, rng) for K in joint.nodes]
    for node, path in zip(system.nodes, shared, strict=True):
        prior[list(node.parts)] += path
    y, z, missed, offset = [], [], [], []
    for f, family in enumerate(system.families):
        linear, operator = joint.linear[f], family.operator
        tail = _tails(rng, operator, size)
        rounding = np.where(operator.sign == 0, operator.noise, 0.0)[:, None] * _pairs(rng, operator.y.size, size)
        revision = np.sqrt(joint.own_revision(f))[:, None] * tail * _pairs(rng, operator.y.size, size)
        common = joint.common(f)
        offset.append(tail * (common @ _pairs(rng, common.shape[1], size)))
        y.append(operator.y[:, None] + rounding + revision)
        z.append(system.overshoot.draw(rng, (size, operator.y.size)).T)
        gap = y[f] + linear.excess[:, None] * (1 + z[f] - fitted.z[f][:, None]) - offset[f]
        gap -= operator.h(fitted.x[None, list(family.parts)]).T
        for position, (part, touch) in enumerate(zip(family.parts, operator.touches, strict=True)):
            gap[touch.rows] -= linear.H[position] @ (prior[part] - fitted.x[part][:, None])
        missed.append(gap)
    w = joint.weights(missed)
    for f in range(len(system.families)):
        y[f] -= offset[f] + joint.offsets(f) @ w[f]
    for node, update in zip(system.nodes, joint.node_updates(w), strict=True):
        prior[list(node.parts)] += update
    x = prior + np.stack([joint.own_update(part, w) for part in range(len(system.parts))])
    return Perturbed(joint, prior, y, z, w, x, np.ones((len(system.parts), size), dtype=bool))


def _pairs(rng: np.random.Generator, rows: int, size: int) -> np.ndarray:
    """Return standard normal draws in pairs of opposite sign, which keeps medians quiet: rows by draws."""
    half = rng.standard_normal((rows, (size + 1) // 2))
    return np.concatenate([half, -half], axis=1)[:, :size]


def _tails(rng: np.random.Generator, operator: Operator, size: int) -> np.ndarray:
    """Return what makes normal base revisions Student's: a factor of their standard deviation, statements by draws.

    `fit` estimates the precision of each revision by its mean; as a gamma variable with that mean it has this spread.
    """
    half = np.ones((operator.y.size, (size + 1) // 2))
    freedom = TAIL + 1
    half[operator.growth] = np.sqrt(freedom / rng.chisquare(freedom, (int(operator.growth.sum()), half.shape[1])))
    return np.concatenate([half, half], axis=1)[:, :size]


def _path(K: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Return paths with covariance `K`, months by draws."""
    drawn: np.ndarray = root(K) @ _pairs(rng, len(K), size)
    return drawn


def _correct_ties(one: Perturbed, ties: list[int]) -> None:
    """Move the multipliers of ties by what the draws still miss of them."""
    joint = one.joint
    for f in ties:
        family, linear = joint.system.families[f], joint.linear[f]
        parts = list(family.parts)
        owned = [part for part in parts if joint.system.families[joint.system.touching[part][0][0]].tie]
        for part in owned:
            one.x[part] = one.prior[part] + joint.own_update(part, one.w)
        overshoot = one.z[f] - (linear.z_var * linear.excess)[:, None] * one.w[f]
        bound = family.operator.sign[:, None] * np.exp(np.minimum(overshoot, 0.0))
        gap = one.y[f] + bound - family.operator.h(one.x[parts].transpose(2, 0, 1)).T
        gap -= error_variance(joint, f)[:, None] * one.w[f]
        gap = np.clip(gap, -LARGEST_CORRECTION, LARGEST_CORRECTION)
        block = next(block for block in joint.blocks if f in block.families)
        offset = block.offsets[block.families.index(f)]
        rows = slice(offset, offset + family.operator.y.size)
        one.w[f] = one.w[f] + joint.inverse(block)[rows, rows] @ gap
    for f in ties:
        for part in joint.system.families[f].parts:
            if joint.system.families[joint.system.touching[part][0][0]].tie:
                one.x[part] = one.prior[part] + joint.own_update(part, one.w)

"""Draws from the posterior by randomise-then-optimise: perturb prior and statements, then solve again.

What parts share, and the offsets of other counts, are drawn from the joint Gaussian at the mode; given these, each
family is solved under its exact equations. A tie enters the families that it binds through its multipliers, which are
corrected until the draws satisfy it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.linalg import cho_solve

from analysis.methods.reconstruction.draw_sets import DrawSet, solve_family, variance_without_overshoot
from analysis.methods.reconstruction.equations import StatementEquations
from analysis.methods.reconstruction.hyperparameters import Hyperparameters
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.mode import REVISION_FREEDOM, Mode
from analysis.methods.reconstruction.prior import cholesky_factor
from analysis.methods.reconstruction.structure import System, connected_groups
from analysis.runtime.processes import map_in_processes

#: Batches of draws, solved side by side where there are workers; and sets in each batch, with hyperparameters of their
#: own in mirrored pairs, so that intervals carry the uncertainty of the hyperparameters too.
BATCHES, SETS = 2, 4

#: Degrees of freedom of Student's distribution of a draw's distance from the mode, and its scale, in standard
#: deviations of the prior: what figures of the bundled ledger that were left out showed (`benchmarks/leave_out.py`).
TAIL_FREEDOM, TAIL_SCALE = 4.0, 0.84

#: No draw is stretched further than this, one in 270 otherwise would be: the exponential of Student's distribution has
#: no finite mean, and single draws would make the mean of a month.
LARGEST_STRETCH = 4.0

#: Up to so many parts are drawn by one process: a second one takes half a second to start, longer than they need.
FEW_PARTS = 5

#: What has random numbers of its own in each set of draws.
STREAMS = ("stretch", "node", "part", "family")

#: A draw with a month this far above its part's centre, in logs, has run away and is left out.
RUNAWAY = 20.0

#: Rounds in which the multipliers of ties are corrected, and the largest miss of a tie, in logs, corrected at once.
TIE_ROUNDS, LARGEST_CORRECTION = 2, 0.5


@dataclass(frozen=True)
class Draws:
    """Draws of one part.

    Attributes
    ----------
    x
        Log daily rates, draws by months.
    converged
        Which draws satisfy every statement of the part's family.
    """

    x: np.ndarray
    converged: np.ndarray


def draw(
    system: System, mode: Mode, *, parts: Iterable[int], draws: int, seed: int, workers: int = 1
) -> dict[int, Draws]:
    """Return draws of some parts.

    Parameters
    ----------
    system, mode
        The model, and its mode.
    parts
        Positions of the parts to draw; the others only enter through nodes and ties.
    draws, seed, workers
        How many draws; their seed; how many processes solve the batches, on which no number depends.
    """
    wanted = tuple(parts)
    sizes = [len(part) for part in np.array_split(np.arange(draws), BATCHES * SETS)]
    sets = [(number, size) for number, size in enumerate(sizes) if size]
    batches = [sets[first : first + SETS] for first in range(0, len(sets), SETS)]
    workers = min(workers, len(batches)) if len(wanted) > FEW_PARTS else 1
    solved = list(map_in_processes(partial(_draw_batch, system, mode, wanted, seed), batches, workers=workers))
    return {
        part: Draws(
            np.concatenate([each[part].x for each in solved]), np.concatenate([each[part].converged for each in solved])
        )
        for part in wanted
    }


def bound_together(system: System, parts: Iterable[int]) -> tuple[list[int], list[int], list[int]]:
    """Return these parts with all that any chain of statements binds to them, their families, and their ties."""
    bound, families, ties = set(parts), set[int](), set[int]()
    while True:
        touching = {f for part in bound for f, _ in system.families_of_part[part]}
        if touching <= families | ties:
            return sorted(bound), sorted(families), sorted(ties)
        families |= {f for f in touching if not system.families[f].tie}
        ties |= {f for f in touching if system.families[f].tie}
        bound |= {part for f in families | ties for part in system.families[f].parts}


@np.errstate(over="ignore", invalid="ignore")  # a draw that runs away is left out below
def _draw_batch(
    system: System, mode: Mode, wanted: tuple[int, ...], seed: int, batch: list[tuple[int, int]]
) -> dict[int, Draws]:
    """Draw one batch of the parts wanted: perturb each set, then solve their families and what ties bind to them."""
    bound, families, ties = bound_together(system, wanted)
    sets = [_perturb_set(system, mode, bound, seed, *each) for each in batch]
    start = {f: solve_family(sets, mode, f, None) for f in families}
    links = {f: {g for part in system.families[f].parts for g, _ in system.families_of_part[part]} for f in ties}
    tied = sorted(set(families) & set().union(*links.values()))
    for _ in range(TIE_ROUNDS if ties else 0):
        for each in sets:
            _correct_ties(each, ties)
        for f in tied:
            start[f] = solve_family(sets, mode, f, start[f])
    # A draw counts for all parts that ties bind together, or for none of them, so that sums add up draw by draw.
    groups = connected_groups(len(system.families), [sorted(linked) for linked in links.values()])
    touched = {*families, *ties}
    tied_parts = [
        sorted({part for f in group for part in system.families[f].parts}) for group in groups if group[0] in touched
    ]
    for each in sets:
        for part in wanted:
            each.converged[each.at[part]] &= (each.x[each.at[part]] - system.parts[part].centre).max(axis=0) < RUNAWAY
        for parts in tied_parts:
            each.converged[each.rows(parts)] = each.converged[each.rows(parts)].all(axis=0)
    return {
        part: Draws(
            np.concatenate([each.x[each.at[part]].T for each in sets]),
            np.concatenate([each.converged[each.at[part]] for each in sets]),
        )
        for part in wanted
    }


def _perturb_set(system: System, mode: Mode, bound: list[int], seed: int, number: int, size: int) -> DrawSet:
    """Perturb prior and statements of one set, and condition what parts share on all statements.

    Of the parts that nothing binds to those wanted, only the months are drawn of which statements speak. Every part,
    node and family has random numbers of its own, so that a draw is the same whatever is wanted beside it.
    """
    joint = JointGaussian(system, theta_of_set(mode, seed, number), mode.joint.linear)
    streams = partial(_stream, seed, number)
    stretch = _stretch(streams("stretch"), size)
    nodes = [_node_path(joint, i, bound, stretch, streams("node", i)) for i in range(len(system.nodes))]
    prior = [_part_path(joint, p, p in bound, stretch, streams("part", p)) for p in range(len(system.parts))]
    for node, path in zip(system.nodes, nodes, strict=True):
        for part in node.parts:
            prior[part] += path if part in bound else path[system.stated_months[part]]
    y, z, missed = [], [], []
    for f, family in enumerate(system.families):
        perturbed, overshoot, common_error = _perturbed_figures(joint, f, streams("family", f), size)
        linear, equations = joint.linear[f], family.equations
        gap = perturbed + linear.excess[:, None] * (1 + overshoot - mode.z[f][:, None]) - common_error
        gap -= equations.h(mode.x[None, list(family.parts)]).T
        for position, (part, term) in enumerate(zip(family.parts, equations.terms, strict=True)):
            stated = system.stated_months[part]
            path = prior[part][stated] if part in bound else prior[part]
            gap[term.rows] -= linear.H[position][:, stated] @ (path - mode.x[part][stated, None])
        y.append(perturbed - common_error)
        z.append(overshoot)
        missed.append(gap)
    w = joint.multipliers(missed)
    for f in range(len(system.families)):
        y[f] -= joint.common_covariance(f) @ w[f]
    scores = joint.node_scores(w)
    for i, node in enumerate(system.nodes):
        inside = [part for part in node.parts if part in bound]
        update = joint.node_covariances[i] @ scores[i] if inside else None
        for part in inside:
            prior[part] += update
    paths = np.stack([prior[part] for part in bound])
    x = paths + np.stack([joint.part_update(part, w) for part in bound])
    return DrawSet(joint, tuple(bound), paths, y, z, w, x, np.ones((len(bound), size), dtype=bool))


def _perturbed_figures(
    joint: JointGaussian, f: int, rng: np.random.Generator, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a family's perturbed figures, log overshoots, and errors in common with others: statements by draws."""
    equations = joint.system.families[f].equations
    statements, tail = equations.y.size, _revision_factors(rng, equations, size)
    rounding_sd = np.where(equations.sign == 0, equations.noise, 0.0)[:, None]
    rounding = rounding_sd * _antithetic_normals(rng, statements, size)
    revision_sd = np.sqrt(joint.own_revision_variance(f))[:, None] * tail
    revision = revision_sd * _antithetic_normals(rng, statements, size)
    common = joint.common_loadings(f)
    common_error = tail * (common @ _antithetic_normals(rng, common.shape[1], size))
    overshoot = joint.system.overshoot.draw(rng, (size, statements)).T
    return equations.y[:, None] + rounding + revision, overshoot, common_error


def _part_path(
    joint: JointGaussian, part: int, whole: bool, stretch: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return perturbed own paths of a part around its centre: months by draws, its stated months alone if not whole."""
    stated = joint.system.stated_months[part]
    K = joint.own_covariance(part) if whole else None
    paths = _prior_paths(joint.own_columns(part)[stated], K, stated, stretch.size, rng)
    around: np.ndarray = joint.system.parts[part].centre + stretch * paths
    return around


def _node_path(
    joint: JointGaussian, node: int, bound: list[int], stretch: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return perturbed paths of a node, months by draws; zero in months that no statement and no part wanted needs."""
    system, K = joint.system, joint.node_covariances[node]
    parts = system.nodes[node].parts
    stated = np.unique(np.concatenate([system.stated_months[part] for part in parts]))
    whole = not set(parts).isdisjoint(bound)
    paths = _prior_paths(K[np.ix_(stated, stated)], K if whole else None, stated, stretch.size, rng)
    padded = np.zeros((len(K), stretch.size))
    padded[slice(None) if whole else stated] = stretch * paths
    return padded


def theta_of_set(mode: Mode, seed: int, number: int) -> Hyperparameters:
    """Return the hyperparameters of a set of draws; they come in pairs of opposite sign."""
    sign = 1 - 2 * (number % 2)
    return mode.theta_covariance.draw_around(mode.theta, np.random.default_rng([seed, number // 2]), sign)


def _stretch(rng: np.random.Generator, size: int) -> np.ndarray:
    """Return by how much the prior's perturbation of each draw is stretched, the same for both of a pair."""
    half = TAIL_SCALE * np.sqrt(TAIL_FREEDOM / rng.chisquare(TAIL_FREEDOM, (size + 1) // 2))
    half = np.minimum(half, LARGEST_STRETCH)
    return np.concatenate([half, half])[:size]


def _antithetic_normals(rng: np.random.Generator, rows: int, size: int) -> np.ndarray:
    """Return standard normal draws in pairs of opposite sign, which keeps medians quiet: rows by draws."""
    half = rng.standard_normal((rows, (size + 1) // 2))
    return np.concatenate([half, -half], axis=1)[:, :size]


def _revision_factors(rng: np.random.Generator, equations: StatementEquations, size: int) -> np.ndarray:
    """Return what makes normal base revisions Student's: a factor of their standard deviation, statements by draws.

    `fit` estimates the precision of each revision by its mean; as a gamma variable with that mean it has this spread.
    """
    half = np.ones((equations.y.size, (size + 1) // 2))
    freedom = REVISION_FREEDOM + 1
    half[equations.growth] = np.sqrt(freedom / rng.chisquare(freedom, (int(equations.growth.sum()), half.shape[1])))
    return np.concatenate([half, half], axis=1)[:, :size]


def _prior_paths(
    K_stated: np.ndarray, K: np.ndarray | None, stated: np.ndarray, size: int, rng: np.random.Generator
) -> np.ndarray:
    """Return paths with covariance `K`, months by draws, or those of the stated months alone if it is not given.

    The stated months come first, so that they are the same either way.
    """
    root = cholesky_factor(K_stated)
    at_stated: np.ndarray = root @ _antithetic_normals(rng, stated.size, size)
    if K is None:
        return at_stated
    rest = np.setdiff1d(np.arange(len(K)), stated)
    paths = np.empty((len(K), size))
    paths[stated] = at_stated
    regression = cho_solve((root, True), K[np.ix_(stated, rest)]).T
    remaining = K[np.ix_(rest, rest)] - regression @ K[np.ix_(stated, rest)]
    paths[rest] = regression @ at_stated + cholesky_factor(remaining) @ _antithetic_normals(rng, rest.size, size)
    return paths


def _stream(seed: int, number: int, kind: str, position: int = 0) -> np.random.Generator:
    """Return the random numbers of one part, node or family of a set."""
    return np.random.default_rng([seed, BATCHES * SETS, number, STREAMS.index(kind), position])


def _correct_ties(draw_set: DrawSet, ties: list[int]) -> None:
    """Move the multipliers of ties by how much the draws still miss them, in place."""
    joint = draw_set.joint
    for f in ties:
        family, linear = joint.system.families[f], joint.linear[f]
        draw_set.follow_multipliers(family.parts)
        overshoot = draw_set.z[f] - (linear.z_var * linear.excess)[:, None] * draw_set.w[f]
        bound = family.equations.sign[:, None] * np.exp(np.minimum(overshoot, 0.0))
        gap = draw_set.y[f] + bound - family.equations.h(draw_set.x[draw_set.rows(family.parts)].transpose(2, 0, 1)).T
        gap -= variance_without_overshoot(joint, f)[:, None] * draw_set.w[f]
        gap = np.clip(gap, -LARGEST_CORRECTION, LARGEST_CORRECTION)
        block = next(block for block in joint.blocks if f in block.families)
        offset = block.offsets[block.families.index(f)]
        rows = slice(offset, offset + family.equations.y.size)
        draw_set.w[f] = draw_set.w[f] + joint.inverse_covariance(block)[rows, rows] @ gap
    for f in ties:
        draw_set.follow_multipliers(joint.system.families[f].parts)

"""Series that share factors: the algebra of blocks against one big Gaussian, worked out by brute force."""

# ruff: noqa: N806 (letters where the algebra is)

from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.linalg import block_diag
from scipy.stats import multivariate_normal

from analysis.methods.reconstruction import draws
from analysis.methods.reconstruction.draws import BATCHES, SETS, draw
from analysis.methods.reconstruction.fisher_scoring import POOLED_LOG_SD
from analysis.methods.reconstruction.joint_gaussian import (
    COUNT_OFFSET_SD,
    REVISED_MONTHS,
    SHARED_REVISION,
    TIE_ERROR,
    JointGaussian,
)
from analysis.methods.reconstruction.mode import find_mode
from analysis.methods.reconstruction.prior import SCALE_PRIORS
from analysis.methods.reconstruction.structure import Node, System, nodes_of_parts
from tests.methods.reconstruction.linear import linearised, log_likelihood, median_theta, solution, sums, system_of

MONTHS, NOISE = 36, 0.01

#: Of nine statements two offices made two each; the others are by the count of their series.
COUNTS = np.array([[1, 0], [0, 0], [0, 1], [0, 0], [0, 0], [1, 0], [0, 1], [0, 0], [0, 0]], dtype=float)

#: The years that growth rates compare with: the first six statements with one, the others with another.
BASES = np.array([[1, 0]] * 6 + [[0, 1]] * 3, dtype=float)

COMPARED = np.array([1, 2, 3, 6, 12, 6, 1, 12, 9], dtype=float)

#: Families as tuples of parts, ties among them, and nodes as level and parts.
STRUCTURES = {
    "two series of a region": (((0,), (1,)), (), (("region", (0, 1)),)),
    "a total, its parts and an indicator": (((0, 1), (2,)), (), (("activity", (0, 1, 2)),)),
    "ports and their sum": (((0,), (1, 2)), ((0, 1, 2, 3),), (("region", (0, 1, 3)),)),
    "a region": (
        ((0, 2), (1,), (3,), (4,), (5,)),
        ((0, 1), (3, 6)),
        (("region", (0, 1, 2, 3, 4)), ("kind", (0, 1)), ("kind", (2, 3)), ("activity", (0, 1)), ("activity", (2, 4))),
    ),
    "nothing shared": (((0,), (1, 2)), (), ()),
}


@dataclass(frozen=True)
class Gaussian:
    """All parts and statements at once: `y = H x + e`, x of parts by months end to end."""

    mean: np.ndarray
    K: np.ndarray
    H: np.ndarray
    y: np.ndarray
    S: np.ndarray

    @property
    def posterior(self) -> tuple[np.ndarray, np.ndarray]:
        gain = np.linalg.solve(self.S, self.H @ self.K).T
        return self.mean + gain @ (self.y - self.H @ self.mean), self.K - gain @ self.H @ self.K


def system(name: str) -> System:
    """Sums over random spans of random parts, about paths that are smooth enough."""
    families, ties, shared = STRUCTURES[name]
    rng = np.random.default_rng(1)
    nodes = tuple(Node(f"node{i}", level, parts, np.zeros(MONTHS)) for i, (level, parts) in enumerate(shared))
    found = []
    for family in (*families, *ties):
        weights = np.zeros((len(family), 9, MONTHS))
        for row in range(9):
            first, length = rng.integers(0, MONTHS - 12), rng.integers(1, 13)
            for part in rng.choice(len(family), rng.integers(1, len(family) + 1), replace=False):
                weights[part, row, first : first + length] = 1.0
        stated = weights.sum(axis=(0, 2)) + 0.2 * rng.standard_normal(9)
        growth = rng.random(9) < 0.3
        bases = growth[:, None] * BASES
        equations = sums(
            stated, np.full(9, NOISE), *weights, growth=growth, counts=COUNTS, bases=bases, months_compared=COMPARED
        )
        found.append((equations, family, family in ties))
    parts = 1 + max(part for family in (*families, *ties) for part in family)
    return system_of(found, nodes, centre=1 + 0.1 * rng.standard_normal(parts), months=MONTHS)


def joint_of(name: str) -> JointGaussian:
    found = system(name)
    return JointGaussian(found, median_theta(found), linearised(found))


def brute_force(joint: JointGaussian) -> Gaussian:
    """Write out the covariance of all months of all parts."""
    parts, place = len(joint.system.parts), lambda part: slice(part * MONTHS, (part + 1) * MONTHS)
    K, rows = np.zeros((parts * MONTHS, parts * MONTHS)), []
    for part in range(parts):
        K[place(part), place(part)] += joint.own_covariance(part)
    for node, covariance in zip(joint.system.nodes, joint.node_covariances, strict=True):
        for one in node.parts:
            for other in node.parts:
                K[place(one), place(other)] += covariance
    for family in joint.system.families:
        H = np.zeros((family.equations.y.size, parts * MONTHS))
        for part, term in zip(family.parts, family.equations.terms, strict=True):
            H[term.rows, place(part)] += term.N
        rows.append(H)
    H, y = np.vstack(rows), np.concatenate([family.equations.y for family in joint.system.families])
    R = NOISE**2 * np.ones(y.size)
    mean = np.repeat([part.centre for part in joint.system.parts], MONTHS)
    offsets = COUNT_OFFSET_SD**2 * block_diag(
        *(family.equations.counts @ family.equations.counts.T for family in joint.system.families)
    )
    revisions = [
        np.exp(2 * rate) * np.outer(family.equations.growth, family.equations.growth)
        * (SHARED_REVISION * BASES @ BASES.T + np.diag((1 - SHARED_REVISION) * (REVISED_MONTHS / COMPARED) ** 2))
        for rate, family in zip(joint.theta.revision, joint.system.families, strict=True)
    ]  # fmt: skip
    loose = np.concatenate([np.full(9, TIE_ERROR**2 * family.tie) for family in joint.system.families])
    return Gaussian(mean, K, H, y, H @ K @ H.T + np.diag(R + loose) + offsets + block_diag(*revisions))


@pytest.fixture(params=STRUCTURES, scope="module")
def joint(request):
    return joint_of(request.param)


def test_paths_are_those_of_one_big_gaussian(joint):
    x, _ = solution(joint)
    mean, _ = brute_force(joint).posterior
    np.testing.assert_allclose(x.ravel(), mean, rtol=0, atol=1e-8)


def test_the_likelihood_is_that_of_one_big_gaussian(joint):
    whole = brute_force(joint)
    expected = multivariate_normal(whole.H @ whole.mean, whole.S).logpdf(whole.y)
    assert log_likelihood(joint) == pytest.approx(expected, abs=1e-6)


def test_the_inverse_of_a_block_is_a_part_of_the_whole_inverse(joint):
    inverse = np.linalg.inv(brute_force(joint).S)
    ends = np.cumsum([0, *(family.equations.y.size for family in joint.system.families)])
    for block in joint.blocks:
        rows = np.concatenate([np.arange(ends[f], ends[f + 1]) for f in block.families])
        expected = inverse[np.ix_(rows, rows)]
        np.testing.assert_allclose(
            joint.inverse_covariance(block), expected, rtol=0, atol=1e-7 * np.abs(expected).max()
        )


def test_what_is_known_about_a_node_is_that_of_one_big_gaussian(joint):
    """The posterior covariance of a node's path, K - K J K, in which J is what the statements say about it."""
    whole, members = brute_force(joint), nodes_of_parts(joint.system)
    for i, K in enumerate(joint.node_covariances):
        follows = np.vstack([np.eye(MONTHS) * (i in members[part]) for part in range(len(joint.system.parts))])
        G = whole.H @ follows
        expected = G.T @ np.linalg.solve(whole.S, G)
        evidence = joint.node_evidence(i, [linear.d for linear in joint.linear])
        information = np.zeros((MONTHS, MONTHS))
        information[np.ix_(evidence.months, evidence.months)] = evidence.information
        found = K - K @ information @ K
        np.testing.assert_allclose(found, K - K @ expected @ K, rtol=0, atol=1e-7 * K.max())


def test_draws_have_the_mean_of_one_big_gaussian(joint):
    """Draws come in pairs of opposite sign, so that on linear statements their mean is exact."""
    _, mode = solution(joint)
    found = draw(joint.system, mode, parts=range(len(joint.system.parts)), draws=2 * BATCHES * SETS, seed=1)
    mean = brute_force(joint).posterior[0].reshape(-1, MONTHS)
    for part, drawn in found.items():
        np.testing.assert_allclose(drawn.x.mean(axis=0), mean[part], rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", ["a region", "ports and their sum"])
def test_draws_have_the_covariance_of_one_big_gaussian(name, monkeypatch):
    """Yearly means of all parts, of other families too; 8000 draws in pairs leave an error of about 2%.

    With as good as normal base revisions and distances from the mode; drawn ones are Student's.
    """
    for name_of_constant, normal in (("REVISION_FREEDOM", 1e9), ("TAIL_FREEDOM", 1e9), ("TAIL_SCALE", 1.0)):
        monkeypatch.setattr(draws, name_of_constant, normal)
    joint = joint_of(name)
    _, mode = solution(joint)
    found = draw(joint.system, mode, parts=range(len(joint.system.parts)), draws=8000, seed=1)
    x = np.stack([found[part].x for part in sorted(found)], axis=1)
    years = np.kron(np.eye(x.shape[1] * MONTHS // 12), np.full(12, 1 / 12))
    expected = years @ brute_force(joint).posterior[1] @ years.T
    seen, size = np.cov((x.reshape(len(x), -1) @ years.T).T), np.sqrt(np.diag(expected))
    np.testing.assert_allclose(seen / np.outer(size, size), expected / np.outer(size, size), rtol=0, atol=0.1)


def test_shared_movements_tell_one_series_about_another():
    """What is stated about the first part moves the second only where they share a factor."""
    for name, moves in (("two series of a region", True), ("nothing shared", False)):
        joint = joint_of(name)
        before, _ = solution(joint)
        joint.linear[0].d[:] += 0.1
        after, _ = solution(joint)
        assert (np.abs(after[1] - before[1]).max() > 1e-3) == moves


def test_standard_deviations_learnt_are_near_the_most_likely_ones():
    """What a step of Newton's method on likelihood times prior would still add, from differences of both."""
    joint, scale = joint_of("nothing shared"), SCALE_PRIORS["flow"]
    whole, rows = brute_force(joint), joint.system.families[0].equations.y.size
    y = whole.H @ whole.mean + np.linalg.cholesky(whole.S) @ np.random.default_rng(1).standard_normal(len(whole.S))
    equations = replace(joint.system.families[0].equations, y=y[:rows])
    alone = system_of([(equations, (0,))], centre=np.array([joint.system.parts[0].centre]), months=MONTHS)
    mode = find_mode(alone)

    def objective(own):
        prior = ((own - scale.mean) ** 2 / (np.square(scale.log_sd) + POOLED_LOG_SD**2)).sum()
        return log_likelihood(JointGaussian(alone, replace(mode.theta, own=own[None]), linearised(alone))) - prior / 2

    at, step = mode.theta.own[0], 1e-3
    below, above = ([objective(at + side) for side in sign * step * np.eye(at.size)] for sign in (-1, 1))
    gradient = np.subtract(above, below) / (2 * step)
    curvature = (2 * objective(at) - np.add(above, below)) / step**2
    np.testing.assert_allclose(gradient / curvature, 0, atol=0.1)

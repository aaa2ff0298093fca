"""What each statement adds: a hand example, statements left out one by one, and statsmodels' news."""

# ruff: noqa: N806 (letters where the algebra is)

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.tsa.statespace.mlemodel import MLEModel

from analysis.core.errors import EvidenceError
from analysis.methods.reconstruction import Calendar, Structure, reconstruct_together
from analysis.methods.reconstruction.gain import contributions, gain
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.prior import DIFFUSE
from analysis.methods.reconstruction.structure import Node
from tests.methods.reconstruction.evidence import PORT, day
from tests.methods.reconstruction.linear import at_scales, linearised, median_theta, solution, sums, system_of

MONTHS = 24

#: The noise of a statement that is as good as not made.
SILENT = 1e6

#: Three series, two of them parts of one sum; all share a region, two of them an activity.
FAMILIES = ((0, 1), (2,))
NODES = (
    Node("north", "region", (0, 1, 2), np.zeros(MONTHS)),
    Node("gate", "activity", (0, 1), np.repeat([0.0, 0.02], MONTHS // 2)),
)

#: The functional: the mean of the second year of the first series, and a little of the third.
GRADIENT = {0: np.repeat([0.0, 1 / 12], 12), 2: np.repeat([0.01, 0.0], 12)}


def stated(*, silent: tuple[int, ...] = (), revision: np.ndarray | None = None) -> JointGaussian:
    """Twelve sums over random spans, some of them silent or with another figure."""
    rng, found = np.random.default_rng(1), []
    for family in FAMILIES:
        weights = np.zeros((len(family), 6, MONTHS))
        for row in range(6):
            first, length = rng.integers(0, MONTHS - 6), rng.integers(1, 7)
            weights[rng.integers(len(family)), row, first : first + length] = 1.0
        y = weights.sum(axis=(0, 2)) + 0.2 * rng.standard_normal(6)
        at = slice(6 * len(found), 6 * len(found) + 6)
        noise = np.array([SILENT if j in silent else 0.01 for j in range(12)])[at]
        found.append((sums(y + (0 if revision is None else revision[at]), noise, *weights), family))
    system = system_of(found, NODES, centre=np.array([1.0, 1.1, 0.9]), months=MONTHS)
    return JointGaussian(system, median_theta(system), linearised(system))


def mean(joint: JointGaussian) -> float:
    """Return the posterior mean of the functional."""
    x, _ = solution(joint)
    return sum(float(weights @ x[part]) for part, weights in GRADIENT.items())


def walk(y: dict[int, float], *, sd: float, noise: float) -> JointGaussian:
    """A random walk from N(1, DIFFUSE^2), observed with noise in some months."""
    N = np.eye(MONTHS)[list(y)]
    equations = sums(np.array(list(y.values())), np.full(len(y), noise), N)
    system = system_of([(equations, (0,))], centre=np.array([1.0]), months=MONTHS)
    return JointGaussian(system, at_scales(median_theta(system), random_walk=sd), linearised(system))


def test_one_new_figure_by_hand():
    """x1 ~ N(1, D), x2 = x1 + N(0, 0.01); y1 = 1.3 known, y2 = 1.5 new, errors N(0, 0.04); g = x2.

    Var(y1) = D + 0.04, Cov(y1, y2) = D, so with b = D / (D + 0.04) y2 is expected at 1 + 0.3 b with variance
    D + 0.05 - b D, and Cov(x2, y2 | y1) = D + 0.01 - b D.
    """
    D = DIFFUSE**2
    b = D / (D + 0.04)
    joint = walk({0: 1.3, 1: 1.5}, sd=0.1, noise=0.2)
    found = contributions(joint, {0: np.eye(MONTHS)[1]}, np.array([1]), revision=np.zeros(2))
    expected = (D + 0.01 - b * D) / (D + 0.05 - b * D) * (0.5 - 0.3 * b)
    assert found == pytest.approx([0, expected], abs=1e-9)


@pytest.mark.parametrize("new", [(11, 0, 7, 3), (5,), tuple(range(12))])
def test_each_new_statement_adds_what_the_mean_moves_when_it_is_no_longer_left_out(new):
    found = contributions(stated(), GRADIENT, np.array(new), revision=np.zeros(12))
    means = [mean(stated(silent=new[told:])) for told in range(len(new) + 1)]
    np.testing.assert_allclose(found[list(new)], np.diff(means), rtol=0, atol=1e-7)
    assert not found[[j for j in range(12) if j not in new]].any()


@given(st.permutations(range(12)), st.integers(0, 12))
def test_the_sum_does_not_depend_on_the_order(order, count):
    new, joint = np.array(order[:count], dtype=int), stated()
    found, sorted_ones = (contributions(joint, GRADIENT, each, revision=np.zeros(12)) for each in (new, np.sort(new)))
    assert found.sum() == pytest.approx(sorted_ones.sum(), abs=1e-9)


def test_a_second_statement_of_the_same_adds_nothing():
    month = np.eye(MONTHS)[5]
    equations = sums(np.array([1.3, 1.5, 1.5]), np.full(3, 1e-5), np.stack([np.eye(MONTHS)[0], month, month]))
    system = system_of([(equations, (0,))], centre=np.array([1.0]), months=MONTHS)
    joint = JointGaussian(system, at_scales(median_theta(system), random_walk=0.1), linearised(system))
    found = contributions(joint, {0: month}, np.array([1, 2]), revision=np.zeros(3))
    assert found[1] == pytest.approx(0.2, rel=0.01)
    assert found[2] == pytest.approx(0, abs=1e-6)


def test_a_revision_adds_what_the_mean_moves_by_it_before_the_news():
    revision = np.zeros(12)
    revision[[2, 8]] = 0.05, -0.02
    new = (4, 10)
    found = contributions(stated(revision=revision), GRADIENT, np.array(new), revision=revision)
    before, revised = mean(stated(silent=new)), mean(stated(silent=new, revision=revision))
    assert found[[2, 8]].sum() == pytest.approx(revised - before, abs=1e-7)
    assert found.sum() == pytest.approx(mean(stated(revision=revision)) - before, abs=1e-7)


class Walk(MLEModel):
    """The random walk of `walk` as a state space."""

    def __init__(self, y, *, sd, noise):
        super().__init__(y, k_states=1, k_posdef=1)
        for name in ("design", "transition", "selection"):
            self[name] = np.eye(1)
        self["state_cov"], self["obs_cov"] = np.array([[sd**2]]), np.array([[noise**2]])
        self["obs_intercept"] = np.array([1.0])
        self.ssm.initialize_known(np.zeros(1), np.array([[DIFFUSE**2]]))
        self.sizes = {"sd": sd, "noise": noise}

    def clone(self, endog, **_):
        return Walk(endog, **self.sizes)


def test_news_and_revision_are_those_of_statsmodels():
    known, revised, new = {0: 1.3, 3: 1.2, 9: 1.6}, {3: 1.25}, {7: 1.1, 14: 1.9}
    sizes, later = {"sd": 0.1, "noise": 0.05}, known | revised | new
    before, after = (Walk([y.get(t, np.nan) for t in range(MONTHS)], **sizes).smooth([]) for y in (known, later))
    theirs = after.news(before, start=11, end=11)
    order = list(later)
    revision = np.array([later[t] - known.get(t, later[t]) for t in order])
    joint = walk(later, **sizes)
    ours = contributions(joint, {0: np.eye(MONTHS)[11]}, np.array([3, 4]), revision=revision)
    assert ours[:3].sum() == pytest.approx(theirs.revision_impacts.to_numpy().item(), abs=1e-9)
    assert ours[3:].sum() == pytest.approx(theirs.update_impacts.to_numpy().item(), abs=1e-9)


YEAR = {"start": day("2022-01-01"), "end": day("2022-12-31")}


def test_all_statements_together_move_the_total_from_the_prior_to_the_mode():
    posterior = reconstruct_together(PORT, start=day("2021-01-01"), end=day("2023-12-01"))
    found = gain(posterior, "port", **YEAR, new=PORT["statement_id"].to_list())
    (part,) = posterior.system.parts
    flows = part.days.between(YEAR["start"], YEAR["end"]) * np.exp(posterior.mode.x[0])
    moved = flows / flows.sum() @ (posterior.mode.x[0] - part.centre)
    assert found.log_total == pytest.approx(np.log(150_000), abs=0.001)
    assert found.table["gain"].sum() == pytest.approx(moved, abs=1e-4)


def test_a_statement_that_was_not_used_is_left_out_and_a_closed_year_refused():
    closed = pl.DataFrame({"date": pl.date_range(YEAR["start"], YEAR["end"], eager=True)}).with_columns(share_open=0.0)
    structure = Structure(calendars={"port": Calendar(closed)})
    posterior = reconstruct_together(PORT, start=day("2021-01-01"), end=day("2023-12-01"), structure=structure)
    everything = PORT["statement_id"].to_list()
    found = gain(posterior, "port", start=day("2023-01-01"), end=day("2023-12-31"), new=everything)
    assert set(found.table["statement_id"]) == set(everything) - set(posterior.unused)
    with pytest.raises(EvidenceError, match="Nothing of port passed"):
        gain(posterior, "port", **YEAR, new=everything)

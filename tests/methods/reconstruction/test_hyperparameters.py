"""How far off base revisions and standard deviations are drawn, and who has standard deviations of its own."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chi2, t

from analysis.methods.reconstruction.draws import TAIL_FREEDOM, TAIL_SCALE, _stretch, draw
from analysis.methods.reconstruction.hyperparameters import HyperparameterCovariance, Hyperparameters
from analysis.methods.reconstruction.joint_gaussian import REVISED_MONTHS, SHARED_REVISION, JointGaussian
from analysis.methods.reconstruction.mode import REVISION_FREEDOM, find_mode
from analysis.methods.reconstruction.prior import COMPONENTS
from analysis.methods.reconstruction.structure import Node
from tests.methods.reconstruction.linear import at_scales, linearised, median_theta, solution, sums, system_of

MONTHS, EXACT = 24, 1e-6
SHORT_RUN = COMPONENTS.index("short_run")


def year_on_year(stated: float):
    """One flow: twice the sum of a year exactly, and how much more the next is, against a base that was revised."""
    weights = np.zeros((2, MONTHS))
    weights[0, :12], weights[1, :12], weights[1, 12:] = 2.0, -1.0, 1.0
    growth = np.array([False, True])
    equations = sums(
        np.array([24.0, stated]), np.full(2, EXACT), weights,
        growth=growth, bases=growth[:, None] * np.ones((2, 1)), months_compared=np.array([1.0, 12.0]),
    )  # fmt: skip
    return system_of([(equations, (0,))], centre=np.ones(1), months=MONTHS)


def test_a_revision_of_which_nothing_is_known_is_drawn_from_students_distribution():
    """Hardly anything but the growth rate speaks of the second year: its error is the revision's."""
    system = year_on_year(0.6)
    theta = at_scales(median_theta(system), random_walk=3.0)
    _, mode = solution(JointGaussian(system, theta, linearised(system)))
    x = draw(system, mode, parts=[0], draws=40_000, seed=1)[0].x
    error = x[:, 12:].sum(axis=1) - x[:, :12].sum(axis=1) - 0.6
    usual = np.exp(theta.revision[0]) * np.sqrt(SHARED_REVISION + (1 - SHARED_REVISION) * (REVISED_MONTHS / 12) ** 2)
    for level in (0.8, 0.95, 0.99):
        expected = t(REVISION_FREEDOM + 1).ppf((1 + level) / 2) * usual
        assert np.quantile(np.abs(error), level) == pytest.approx(expected, rel=0.05)


def test_a_revision_of_which_nothing_is_known_has_its_usual_size():
    assert find_mode(year_on_year(0.6)).joint.linear[0].revised[1] == pytest.approx(1.0, abs=0.02)


def test_a_revision_that_other_figures_reveal_is_as_large_as_they_say():
    """The second year is stated exactly as well: ten usual revisions off are ten, not one."""
    found = year_on_year(0.6)
    equations, off = found.families[0].equations, 0.05
    weights = np.vstack([equations.terms[0].N, [np.repeat([0.0, 1.0], 12)]])
    growth = np.array([False, True, False])
    equations = sums(
        np.array([24.0, 0.6, 12.6 + off]), np.full(3, EXACT), weights,
        growth=growth, bases=growth[:, None] * np.ones((3, 1)), months_compared=np.array([1.0, 12.0, 1.0]),
    )  # fmt: skip
    mode = find_mode(system_of([(equations, (0,))], centre=np.ones(1), months=MONTHS))
    size = np.exp(mode.theta.revision[0]) * np.sqrt(SHARED_REVISION + (1 - SHARED_REVISION) / 4)
    assert mode.joint.linear[0].revised[1] == pytest.approx(
        (REVISION_FREEDOM + (off / size) ** 2) / (REVISION_FREEDOM + 1), rel=0.1
    )


def test_a_restless_activity_does_not_make_a_calm_one_restless():
    """Two ports with two indicators each, every month stated: what moves them is 0.02 and 0.4 in logs."""
    rng, eye = np.random.default_rng(1), np.eye(MONTHS)
    common = [size * rng.standard_normal(MONTHS) for size in (0.02, 0.02, 0.4, 0.4)]
    common[1], common[3] = common[0], common[2]
    families = [(sums(1 + path, np.full(MONTHS, 0.001), eye), (part,)) for part, path in enumerate(common)]
    even = np.zeros(MONTHS)
    nodes = (Node("calm", "activity", (0, 1), even), Node("restless", "activity", (2, 3), even))
    theta = find_mode(system_of(families, nodes, centre=np.ones(4), months=MONTHS)).theta
    calm, restless = np.exp(theta.node[:, SHORT_RUN])
    assert restless > 3 * calm


def test_standard_deviations_are_drawn_in_mirrored_pairs_with_their_covariance():
    rng = np.random.default_rng(1)
    covariance = np.array([[0.04, 0.03], [0.03, 0.09]])
    theta = Hyperparameters(np.zeros((1, 2)), np.ones((1, 2)), np.zeros(1))
    spread = HyperparameterCovariance([covariance], [2 * covariance], np.array([0.25]))
    pair = [spread.draw_around(theta, np.random.default_rng(5), sign) for sign in (1, -1)]
    np.testing.assert_allclose(pair[0].own, -pair[1].own)
    np.testing.assert_allclose(pair[0].node + pair[1].node, 2.0)
    np.testing.assert_allclose(pair[0].revision, -pair[1].revision)
    many = [spread.draw_around(theta, rng, 1) for _ in range(4000)]
    np.testing.assert_allclose(np.cov(np.array([each.own[0] for each in many]).T), covariance, atol=0.006)
    np.testing.assert_allclose(np.cov(np.array([each.node[0] for each in many]).T), 2 * covariance, atol=0.012)
    assert np.std([each.revision[0] for each in many]) == pytest.approx(0.5, rel=0.05)
    assert replace(spread, node=[]).draw_around(replace(theta, node=np.zeros((0, 2))), rng, 1).node.shape == (0, 2)


def test_draws_lie_as_far_from_the_mode_as_students_distribution_has_it():
    """Nothing but a loose figure speaks of the year: what is drawn is the prior, stretched."""
    weights = np.zeros((1, MONTHS))
    weights[0, :12] = 1.0
    system = system_of([(sums(np.array([12.0]), np.array([EXACT]), weights), (0,))], centre=np.ones(1), months=MONTHS)
    theta = at_scales(median_theta(system), random_walk=0.1)
    _, mode = solution(JointGaussian(system, theta, linearised(system)))
    x = draw(system, mode, parts=[0], draws=40_000, seed=1)[0].x
    last = x[:, -1] - x[:, :12].mean(axis=1)
    contrast = np.eye(MONTHS)[-1] - np.repeat([1 / 12, 0.0], 12)
    sd = np.sqrt(contrast @ JointGaussian(system, theta, linearised(system)).own_covariance(0) @ contrast)
    for level in (0.5, 0.8, 0.95, 0.99):
        expected = TAIL_SCALE * t(TAIL_FREEDOM).ppf((1 + level) / 2) * sd
        assert np.quantile(np.abs(last), level) == pytest.approx(expected, rel=0.05)


def test_no_draw_is_stretched_further_than_four_standard_deviations():
    """Student's distribution would stretch one in 270 further, which the share at the limit shows."""
    stretch = _stretch(np.random.default_rng(1), 200_000)
    assert stretch.max() == 4.0
    further = chi2(TAIL_FREEDOM).cdf(TAIL_FREEDOM * TAIL_SCALE**2 / 4.0**2)
    assert (stretch == 4.0).mean() == pytest.approx(further, rel=0.15)

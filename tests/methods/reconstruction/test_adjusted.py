"""Season and festival of a path: against one Gaussian of all components, and properties."""

# ruff: noqa: N806 (letters where the algebra is)

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.linalg import block_diag

from analysis.methods.reconstruction.adjusted import adjusted_rates, component_gain, expected_season
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.prior import COMPONENTS, DIFFUSE
from analysis.methods.reconstruction.structure import Node
from analysis.methods.reconstruction.window import days_in_window
from tests.methods.reconstruction.linear import at_scales, linearised, median_theta, sums, system_of

MONTHS, CENTRE = 36, 2.0
EVEN = np.zeros(MONTHS)
NODES = (Node("all", "region", (0, 1), EVEN), Node("roads", "kind", (0, 1), EVEN))


def joint_of(nodes=(), **sizes) -> JointGaussian:
    """Two parts with a year's sum each; standard deviations of the prior, or of these components alone."""
    weights = np.zeros((1, MONTHS))
    weights[0, :12] = 1.0
    families = [(sums(np.array([24.0]), np.array([0.1]), weights), (part,)) for part in (0, 1)]
    system = system_of(families, nodes, centre=np.array([CENTRE, CENTRE]), months=MONTHS)
    theta = median_theta(system)
    return JointGaussian(system, at_scales(theta, **sizes) if sizes else theta, linearised(system))


def test_the_share_is_that_of_one_gaussian_of_all_components():
    """All components of the part and of its two nodes end to end, conditioned on their sum being the path."""
    joint = joint_of(NODES)
    stacks = [(joint.theta.own[0], joint.own_stack(0))]
    stacks += [(sizes, joint.node_stack(i)) for i, sizes in enumerate(joint.theta.node)]
    K = block_diag(*(np.exp(2 * size) * shape for sizes, stack in stacks for size, shape in zip(sizes, stack)))  # noqa: B905
    K = block_diag(K, np.full((MONTHS, MONTHS), DIFFUSE**2))
    A = np.tile(np.eye(MONTHS), len(K) // MONTHS)
    x = CENTRE + np.random.default_rng(1).normal(0, 0.3, MONTHS)
    parts = (K @ A.T @ np.linalg.solve(A @ K @ A.T, x - CENTRE)).reshape(-1, MONTHS)
    wanted = [i for i in range(len(parts) - 1) if COMPONENTS[i % len(COMPONENTS)] in ("season", "festival")]
    assert expected_season(joint, 0, x[None])[0] == pytest.approx(parts[wanted].sum(axis=0), abs=1e-9)


def test_the_components_add_up_to_the_path():
    """Without the centre's own variance what remains is the estimate of the centre, which is constant."""
    joint = joint_of(NODES)
    rest = np.eye(MONTHS) - component_gain(joint, 0, COMPONENTS)
    K = joint.own_covariance(0) + sum(joint.node_covariances)
    assert rest @ K == pytest.approx(np.full((MONTHS, MONTHS), DIFFUSE**2), abs=1e-9)


def test_a_pure_season_is_taken_off_where_nothing_else_moves():
    joint = joint_of(season=0.1, short_run=1e-4)
    season = np.tile(np.random.default_rng(2).normal(0, 0.1, 12), 3)
    season -= season.mean()
    share = expected_season(joint, 0, CENTRE + season[None])[0]
    assert share == pytest.approx(season, abs=0.002)  # the pattern may fade by 4% of its variance a year


def test_a_constant_path_has_no_season():
    share = expected_season(joint_of(NODES), 0, np.full((1, MONTHS), CENTRE + 0.7))
    assert np.abs(share).max() < 0.005 * 0.7  # a season that fades into another one need not sum to quite zero


def test_parts_are_added_by_their_open_days_and_a_closed_month_is_not_a_number():
    """Without a season to take off: one part open all month, the other half of January; both shut in February."""
    joint = joint_of(short_run=0.1)
    days = days_in_window(dt.date(2020, 1, 1), dt.date(2022, 12, 1), None)
    opened = np.ones((2, MONTHS)) * 30
    opened[1, 0], opened[:, 1] = 15, 0
    path = SimpleNamespace(
        series_id="s", rates=np.full((4, 2, MONTHS), 5.0), days=[SimpleNamespace(open=each) for each in opened]
    )
    posterior = SimpleNamespace(system=joint.system, parts={"s": ("part0", "part1")}, mode=SimpleNamespace(joint=joint))
    rates = adjusted_rates(posterior, path)
    assert len(days.firsts) == rates.shape[1]
    assert rates[:, 0] == pytest.approx(7.5, rel=1e-6)
    assert np.isnan(rates[:, 1]).all()
    assert rates[:, 2:] == pytest.approx(10.0, rel=1e-6)

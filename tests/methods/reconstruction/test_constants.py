"""One example for each tuned constant of the reconstruction: it fails when the constant moves by a tenth.

Expectations are worked out by hand from docs/methods/reconstruction.md, never from the constants themselves. Settings
that only decide how fast the solvers arrive (rounds, tolerances, batch sizes) have no example: numbers do not depend on
them beyond the solvers' accuracy.
"""

# ruff: noqa: N806 (letters where the algebra is)

import re
from dataclasses import replace

import numpy as np
import pytest

from analysis.core.reasons import Reason
from analysis.methods.reconstruction import Overshoot, learn_overshoot, reconstruct_together
from analysis.methods.reconstruction.bearing import Bearing, Span
from analysis.methods.reconstruction.draws import Draws, _draw_batch
from analysis.methods.reconstruction.equation_builder import build_equations
from analysis.methods.reconstruction.fisher_scoring import ScaleEvidence, pooled_mean
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.mode import Iterate, StepControl, _misses_a_statement, _revision_factors, find_mode
from analysis.methods.reconstruction.mode import _step as step_to_mean
from analysis.methods.reconstruction.prior import COMPONENTS, SCALE_PRIORS, prior_shapes
from analysis.methods.reconstruction.window import days_in_window
from tests.methods.reconstruction.evidence import PORT, day, statement, table
from tests.methods.reconstruction.linear import linearised, median_theta, solution, sums, system_of
from tests.repository import ROOT

MONTHS = 24
YEAR = np.repeat([1.0, 0.0], 12)


def noise_of(**row) -> float:
    """Return the standard deviation, in logs, of one statement about a port."""
    days = {"port": days_in_window(day("2022-01-01"), day("2022-12-01"), None)}
    equations, _, _ = build_equations(table(statement(**row)), {"port": ("port",)}, days)
    return float(equations.noise[0])


def test_a_figure_called_about_is_known_to_three_percent():
    whole_month = {"start": "2022-01-01", "end": "2022-01-31", "value": 1000, "half_width": 0.0}
    assert noise_of(**whole_month, relation="approx") == pytest.approx(0.03)


def test_one_day_differs_from_its_month_by_thirty_percent():
    """One of January's 31 days: 0.3 sqrt(1 - 1/31)."""
    assert noise_of(start="2022-01-01", end="2022-01-01", value=1000, half_width=0.0) == pytest.approx(
        0.29512, abs=1e-5
    )


def test_a_figure_of_any_number_of_digits_is_known_to_a_millionth():
    assert noise_of(start="2022-01-01", end="2022-01-31", value=1000, half_width=0.0) == pytest.approx(1e-6)


def joint_of(*, growth=(False, True, True), counts=None, noise=0.01, tie=False, stated=None) -> JointGaussian:
    """Three statements: a year, and two growth rates over twelve and over three months with the same base year."""
    growth = np.array(growth)
    weights = np.vstack([YEAR, YEAR, YEAR])
    equations = sums(
        np.full(3, 12.0) if stated is None else stated, np.full(3, noise), weights,
        growth=growth, bases=growth[:, None] * np.ones((3, 1)), counts=counts,
        months_compared=np.array([1.0, 12.0, 3.0]),
    )  # fmt: skip
    system = system_of([(equations, (0,), tie)], centre=np.ones(1), months=MONTHS)
    return JointGaussian(system, median_theta(system), linearised(system))


def test_another_count_is_off_by_ten_percent_alike_in_all_its_statements():
    joint = joint_of(growth=(False,) * 3, counts=np.array([[1.0], [1.0], [0.0]]))
    np.testing.assert_allclose(joint.common_covariance(0), [[0.01, 0.01, 0], [0.01, 0.01, 0], [0, 0, 0]])


def test_half_of_a_six_month_revision_is_common_and_the_rest_falls_with_the_months():
    """Twelve months: 0.5 + 0.5 (6/12)^2; three months: 0.5 + 0.5 (6/3)^2."""
    np.testing.assert_allclose(
        joint_of().revision_covariance(0), [[0, 0, 0], [0, 0.625, 0.5], [0, 0.5, 2.5]], rtol=1e-12
    )


def test_a_tie_binds_to_one_percent():
    tied, plain = joint_of(tie=True, noise=1e-3), joint_of(noise=1e-3)
    np.testing.assert_allclose(tied.error_variance(0) - plain.error_variance(0), 1e-4)


def test_the_first_month_is_known_to_a_factor_of_e():
    system = system_of([(sums(np.ones(1), np.ones(1), YEAR[None]), (0,))], centre=np.ones(1), months=MONTHS)
    theta = replace(median_theta(system), own=np.full((1, len(COMPONENTS)), np.log(1e-9)))
    own = JointGaussian(system, theta, linearised(system)).own_covariance(0)
    assert own[0, 0] == pytest.approx(1.0)


def test_the_shapes_of_the_components_are_those_of_the_method_page():
    """Season: 0.96 after a year. Short run: 0.5 after a month. Slope 0.8: e1 (1 + 0.8) + e2 has variance 4.24."""
    shapes = prior_shapes(MONTHS)
    assert shapes.season[0, 12] == pytest.approx(0.96)
    assert shapes.short_run[0, 1] == pytest.approx(0.5)
    assert shapes.trend[2, 2] == pytest.approx(1.8**2 + 1.0)


def test_the_priors_of_sizes_are_those_of_the_method_page():
    """The page states median and standard deviation of the log for each tier and component."""
    page = (ROOT / "docs" / "methods" / "reconstruction.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if re.match(r"\| `[a-z]+` \| [0-9.]+ \(", line)]
    stated = {
        name.strip("`"): tuple(tuple(float(number) for number in re.findall(r"[0-9.]+", cell)) for cell in cells)
        for name, *cells in rows
    }
    assert stated == {name: tuple(zip(prior.median, prior.log_sd, strict=True)) for name, prior in SCALE_PRIORS.items()}


def test_a_pooled_size_moves_from_its_prior_by_what_one_path_tells():
    """One path a factor e above: prior precision 0.5^-2 = 4, of the path 0.6^-2; share 2.7778 / 6.7778."""
    prior = SCALE_PRIORS["flow"]
    nothing = np.zeros(len(COMPONENTS))
    path = ScaleEvidence(prior.mean + 1.0, "flow", nothing, np.diag(nothing))
    assert pooled_mean([path], prior)[0] - prior.mean[0] == pytest.approx(0.40984, abs=1e-5)


def test_a_flow_that_shares_nothing_has_a_size_of_its_own():
    prior, nothing = SCALE_PRIORS["alone"], np.zeros(len(COMPONENTS))
    path = ScaleEvidence(prior.mean + 1.0, "alone", nothing, np.diag(nothing))
    np.testing.assert_array_equal(pooled_mean([path] * 9, prior), prior.mean)


def test_a_scoring_step_is_at_most_half_a_log_unit():
    evidence = ScaleEvidence.of(np.zeros(1), "flow", np.ones((1, 1, 1)), np.array([1e3]), np.eye(1))
    theta, _ = evidence.step(replace(SCALE_PRIORS["flow"], median=(1.0,), log_sd=(1.0,)), np.zeros(1))
    assert theta[0] == pytest.approx(0.5)


def test_an_overshoot_is_two_percent_before_any_pair():
    """Standard deviation 1.4, and predictive with four assumed pairs: times sqrt(1 + 1/4)."""
    prior = learn_overshoot()
    assert prior.mean == pytest.approx(-3.91202, abs=1e-5)
    assert prior.sd == pytest.approx(1.56525, abs=1e-5)


def test_overshoots_are_drawn_up_to_twice_the_bound():
    z = Overshoot(-1.0, 2.0, 0).draw(np.random.default_rng(1), (20_000,))
    assert 1.98 < np.exp(np.exp(z)).max() < 2.0


@pytest.mark.parametrize(
    "gap, error, missed", [(0.046, 1e-3, False), (0.054, 1e-3, True), (0.19, 0.02, False), (0.21, 0.02, True)]
)
def test_a_statement_is_excluded_when_missed_by_five_percent_and_ten_errors(gap, error, missed):
    joint = joint_of(growth=(False,) * 3, noise=error, stated=np.array([12.0, 12.0, 12.0 + gap]))
    at = Iterate(np.ones((1, MONTHS)), [np.zeros(3)], [np.zeros(3)])
    assert _misses_a_statement(joint, 0, at) == missed


@pytest.mark.parametrize("move, satisfied", [(0.24, True), (0.26, False)])
def test_statements_under_which_a_rate_still_moves_by_a_quarter_exclude_each_other(monkeypatch, move, satisfied):
    still = joint_of(growth=(False,) * 3, stated=np.full(3, 12.0))
    monkeypatch.setattr(
        "analysis.methods.reconstruction.mode._step",
        lambda _, at, control: (at, replace(control, longest_move=np.full(1, move))),
    )
    assert find_mode(still.system).satisfied == [satisfied]


def test_a_step_that_fell_short_is_damped_to_a_fifth_at_least():
    """The last step was 1, the next would be -9: Aitken's share is 1 * 10 / 100."""
    control = StepControl(np.ones(1), np.ones(1), [np.array([1.0])])
    assert control.next_damping(0, np.array([-9.0])) == pytest.approx(0.2)
    assert control.next_damping(0, np.array([-1.0])) == pytest.approx(0.5)


def test_a_round_moves_a_log_rate_by_two_at_most():
    joint = joint_of(growth=(False,) * 3, stated=np.full(3, 120.0))
    at = Iterate(np.ones((1, MONTHS)), [np.zeros(3)], joint.multipliers([joint.linear[0].d]))
    moved, _ = step_to_mean(joint, at, StepControl(np.ones(1), np.full(1, np.inf), []))
    assert np.abs(moved.x - at.x).max() == pytest.approx(2.0)


def test_a_round_moves_a_log_overshoot_by_one_and_a_half_at_most():
    joint = joint_of(growth=(False,) * 3)
    pressed = replace(joint.linear[0], excess=np.ones(3))
    joint = JointGaussian(joint.system, joint.theta, [pressed])
    at = Iterate(np.ones((1, MONTHS)), [np.zeros(3)], [np.full(3, 50.0)])
    moved, _ = step_to_mean(joint, at, StepControl(np.ones(1), np.full(1, np.inf), []))
    np.testing.assert_allclose(moved.z[0], -1.5)


@pytest.mark.parametrize("sizes, factor", [(10.0, (4 + 100) / 5), (1e4, (4 + 1e4) / 5)])
def test_a_revision_of_so_many_standard_deviations_has_this_factor(sizes, factor):
    """Student's distribution with four degrees of freedom; beyond a hundred standard deviations all are alike."""
    joint = joint_of()
    C = np.exp(2 * joint.theta.revision[0]) * joint.revision_covariance(0)
    # Multipliers under which the second statement's revision is `sizes` standard deviations, and known exactly.
    w = np.array([0.0, sizes / np.sqrt(C[1, 1]), 0.0])
    known = np.diag([0.0, 1 / C[1, 1], 0.0])
    assert _revision_factors(joint, 0, w, known)[1] == pytest.approx(factor)


@pytest.mark.parametrize("satisfied, is_path", [(24, False), (26, True)])
def test_a_path_needs_a_quarter_of_its_draws(satisfied, is_path):
    posterior = reconstruct_together(PORT, start=day("2021-01-01"), end=day("2023-12-01"))
    months = posterior.system.shapes.months
    drawn = {0: Draws(np.full((100, months), 9.0), np.arange(100) < satisfied)}
    found = posterior.summarise_draws(["port"], drawn, levels=(80,))["port"]
    assert isinstance(found, Reason) != is_path


def test_a_draw_that_runs_away_by_twenty_logs_is_left_out(monkeypatch):
    """Of two sets one lies 19 and one 21 logs above the centre."""
    joint = joint_of(growth=(False,) * 3)
    _, mode = solution(joint)

    def solved(sets, *_):
        for number, each in enumerate(sets):
            each.x[:] = 1.0 + (19.0, 21.0)[number]

    monkeypatch.setattr("analysis.methods.reconstruction.draws.solve_family", solved)
    found = _draw_batch(joint.system, mode, (0,), 1, [(0, 3), (1, 3)])[0]
    assert found.converged.tolist() == [True] * 3 + [False] * 3


def two_days(*moves: float) -> Bearing:
    """A total of one month that each statement's removal moves by so much, in logs; all are of another period."""
    other = Span(day("2020-01-01"), day("2020-12-31"))
    return Bearing(
        statement_ids=tuple(f"s{j:02}" for j in range(len(moves))),
        own=np.ones(len(moves), dtype=bool),
        spans=(other,) * len(moves),
        moves=np.array(moves)[:, None, None],
        rates=np.ones((1, 1)),
        days=(days_in_window(day("2022-01-01"), day("2022-01-01"), None),),
    )


def test_a_statement_bears_from_a_twentieth_of_the_half_width():
    month = day("2022-01-01"), day("2022-01-31")
    assert two_days(0.048, 0.052, 0.5).on_total(*month, half_width=1.0) == ["s02", "s01"]


def test_ten_statements_are_named_for_one_number():
    month = day("2022-01-01"), day("2022-01-31")
    assert len(two_days(*np.linspace(0.2, 0.9, 15)).on_total(*month, half_width=1.0)) == 10


def test_a_base_revision_is_six_tenths_of_a_percent():
    """Known to a factor of exp(0.35) either way, where no growth rate tells."""
    system = system_of([(sums(np.ones(1), np.ones(1), YEAR[None]), (0,))], centre=np.ones(1), months=MONTHS)
    mode = find_mode(system)
    assert np.exp(mode.theta.revision[0]) == pytest.approx(0.006)
    assert mode.theta_covariance.revision[0] == pytest.approx(0.35**2)

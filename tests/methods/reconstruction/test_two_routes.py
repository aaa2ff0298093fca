"""The dense solution against closed forms and against a state space with cumulators, on linear statements.

Harvey, A. C. and Pierse, R. G. (1984), Estimating missing observations in economic time series, JASA 79, 125-131: a
state that adds up the flow since January and begins anew each year is observed where a cumulative was published.
"""

# ruff: noqa: N806 (letters where the algebra is)

import numpy as np
import pytest
from statsmodels.tsa.statespace.mlemodel import MLEModel

from analysis.methods.reconstruction.equation_builder import build_equations
from analysis.methods.reconstruction.equations import StatementEquations
from analysis.methods.reconstruction.family_problem import DescentState, DrawTargets, FamilyProblem
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.linear_systems import CommonSystem
from analysis.methods.reconstruction.nearest_paths import nearest_paths
from analysis.methods.reconstruction.prior import DIFFUSE, SHORT_RUN
from analysis.methods.reconstruction.window import days_in_window
from tests.methods.reconstruction.evidence import day, statement, table
from tests.methods.reconstruction.linear import (
    at_scales,
    linearised,
    log_likelihood,
    median_theta,
    solution,
    sums,
    system_of,
)

LEVEL, AUTOREGRESSION, CENTRE = 0.05, 0.08, 1.0

#: Month of each published January-to-month sum, years by publications.
PUBLISHED = ((1, 3, 6, 12), (4, 9), (2, 3, 5, 10, 11, 12), (), (6, 7, 8))
MONTHS = 12 * len(PUBLISHED)

#: Variance of a further step of the level in the second spring.
JUMPS = np.where((np.arange(MONTHS) >= 14) & (np.arange(MONTHS) < 17), 0.02, 0.0)


def solved(
    equations: StatementEquations, problem: FamilyProblem, *, m: np.ndarray, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Solve for one part without bounds, from the prior draws and by the system that all of them share."""
    _, (H,) = equations.linearise(m[0])
    S = H @ problem.K[0][0] @ H.T + np.diag(problem.R[0])
    start, near = DescentState(m, np.zeros_like(y), np.zeros_like(y)), CommonSystem(np.linalg.inv(S)[None], problem.R)
    target = DrawTargets(m, y, np.zeros_like(y), np.zeros(len(m), dtype=int))
    found, converged = nearest_paths(equations, problem, target, start=start, common=near, iterations=60)
    return found.x, converged


def test_an_exact_sum_of_independent_months():
    """Closed form: twelve months N(10, 4), January to March 33: means 11, variances 8/3, covariances -4/3."""
    rng = np.random.default_rng(1)
    size, variance = 40_000, 4.0
    m = 10 + variance**0.5 * rng.standard_normal((size, 1, 12))
    quarter = sums(np.array([33.0]), np.array([1e-6]), np.arange(12.0)[None] < 3)
    problem = FamilyProblem((variance * np.eye(12)[None],), np.array([[1e-12]]), 0.0, 1.0)
    x, converged = solved(quarter, problem, m=m, y=np.full((size, 1), 33.0))
    assert converged.all()
    np.testing.assert_allclose(x[:, 0, :3].sum(axis=1), 33, atol=1e-6)
    np.testing.assert_allclose(x[:, 0, :4].mean(axis=0), [11, 11, 11, 10], atol=0.05)  # 5 standard errors
    expected = np.array(
        [[8 / 3, -4 / 3, -4 / 3, 0], [-4 / 3, 8 / 3, -4 / 3, 0], [-4 / 3, -4 / 3, 8 / 3, 0], [0, 0, 0, 4]]
    )
    np.testing.assert_allclose(np.cov(x[:, 0, :4].T), expected, atol=0.15)


class Cumulated(MLEModel):
    """States level, autoregression and the sum of both since January, which is observed in some months."""

    def __init__(self, y, *, jumps, noise):
        super().__init__(y, k_states=3, k_posdef=2)
        goes_on = np.roll(np.arange(len(y)) % 12 != 0, -1).astype(float)
        short = AUTOREGRESSION**2
        self["design"] = np.array([[0.0, 0.0, 1.0]])
        steady = np.array([[1.0, 0.0, 0.0], [0.0, SHORT_RUN, 0.0], [1.0, SHORT_RUN, 0.0]])
        self["transition"] = np.repeat(steady[..., None], len(y), axis=2)
        self["transition"][2, 2] = goes_on
        self["selection"] = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
        self["state_cov"] = np.zeros((2, 2, len(y)))
        self["state_cov"][0, 0] = np.roll(LEVEL**2 + jumps, -1)
        self["state_cov"][1, 1] = short * (1 - SHORT_RUN**2)
        self["obs_cov"] = np.array([[noise**2]])
        first = np.array([[DIFFUSE**2, 0, DIFFUSE**2], [0, short, short], [DIFFUSE**2, short, DIFFUSE**2 + short]])
        self.ssm.initialize_known(np.array([CENTRE, 0.0, CENTRE]), first)


@pytest.fixture(scope="module")
def cumulated():
    """The same sums as a joint system, and as a state space with its smoothed months and log likelihood."""
    rows = [12 * year + month - 1 for year, months in enumerate(PUBLISHED) for month in months]
    N = np.array([[1.0 * (row // 12 * 12 <= t <= row) for t in range(MONTHS)] for row in rows])
    rng, noise = np.random.default_rng(1), 0.01
    truth = CENTRE + np.cumsum(LEVEL * rng.standard_normal(MONTHS)) + AUTOREGRESSION * rng.standard_normal(MONTHS)
    stated = N @ truth + noise * rng.standard_normal(len(rows))
    equations = sums(stated, np.full(len(rows), noise), N)
    system = system_of([(equations, (0,))], centre=np.array([CENTRE]), months=MONTHS, jumps=JUMPS)
    theta = at_scales(median_theta(system), random_walk=LEVEL, short_run=AUTOREGRESSION)
    observed = np.full(MONTHS, np.nan)
    observed[rows] = stated
    return JointGaussian(system, theta, linearised(system)), Cumulated(observed, jumps=JUMPS, noise=noise).smooth([])


def test_dense_conditioning_equals_the_smoother_with_cumulators(cumulated):
    joint, smoothed = cumulated
    x, _ = solution(joint)
    np.testing.assert_allclose(x[0], smoothed.smoothed_state[:2].sum(axis=0), rtol=0, atol=1e-6)


def test_gauss_newton_equals_the_smoother_with_cumulators(cumulated):
    joint, smoothed = cumulated
    equations = joint.system.families[0].equations
    problem = FamilyProblem((joint.own_covariance(0)[None],), equations.noise[None] ** 2, 0.0, 1.0)
    x, converged = solved(equations, problem, m=np.full((1, 1, MONTHS), CENTRE), y=equations.y[None])
    assert converged.all()
    np.testing.assert_allclose(x[0, 0], smoothed.smoothed_state[:2].sum(axis=0), rtol=0, atol=1e-6)


def test_the_likelihood_equals_that_of_the_filter(cumulated):
    joint, smoothed = cumulated
    assert log_likelihood(joint) == pytest.approx(smoothed.llf, abs=1e-6)


def test_single_months_are_linear_in_logs():
    """A month's figure over its days is its log rate, so the smoother must give the same path."""
    stated, ends = {1: 100.0, 2: 120.0, 5: 90.0, 9: 150.0, 10: 140.0}, {1: 31, 2: 28, 5: 31, 9: 30, 10: 31}
    rows = [
        statement(f"2022-{m:02}-01", f"2022-{m:02}-{ends[m]}", v, half_width=0.01 * v * 3**0.5)
        for m, v in stated.items()
    ]
    days = {"port": days_in_window(day("2022-01-01"), day("2022-12-01"), None)}
    equations, _, unused = build_equations(table(*rows), {"port": ("port",)}, days)
    assert not unused
    system = system_of([(equations, (0,))], centre=np.array([CENTRE]), months=12)
    joint = JointGaussian(
        system, at_scales(median_theta(system), random_walk=LEVEL, short_run=AUTOREGRESSION), linearised(system)
    )
    x, _ = solution(joint)
    observed = np.full(12, np.nan)
    observed[[month - 1 for month in stated]] = equations.y - np.log([ends[month] for month in stated])
    model = Cumulated(observed, jumps=np.zeros(12), noise=0.01)
    model["design"] = np.array([[1.0, 1.0, 0.0]])
    np.testing.assert_allclose(x[0], model.smooth([]).smoothed_state[:2].sum(axis=0), rtol=0, atol=1e-6)

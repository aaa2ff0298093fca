"""The dense solution against closed forms and against a state space, on linear statements."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from statsmodels.tsa.statespace.mlemodel import MLEModel

from analysis.reconstruction.hyperparameters import Model
from analysis.reconstruction.operator import Block, operator_of
from analysis.reconstruction.overshoot import learn_overshoot
from analysis.reconstruction.prior import DIFFUSE, SHORT_RUN, components
from analysis.reconstruction.solve import Problem, solve
from analysis.reconstruction.window import days_of
from tests.reconstruction.evidence import day, says, table


@dataclass(frozen=True)
class Sums:
    """Statements that are plain sums of x, so that everything is Gaussian."""

    N: np.ndarray

    @property
    def sign(self):
        return np.zeros(len(self.N), dtype=int)

    @property
    def y(self):
        return np.zeros(len(self.N))

    @property
    def blocks(self):
        return (Block(slice(0, len(self.N)), slice(0, self.N.shape[1]), self.N, 0 * self.N, self.N.shape[1]),)

    def h(self, x):
        return x @ self.N.T, [np.broadcast_to(self.N, (len(x), *self.N.shape))]


def test_an_exact_sum_of_independent_months():
    """Closed form: four months N(10, 4), January to March 33: means 11, variances 8/3, covariances -4/3."""
    rng = np.random.default_rng(1)
    size, variance = 40_000, 4.0
    m = 10 + variance**0.5 * rng.standard_normal((size, 4))
    problem = Problem(variance * np.eye(4), np.array([1e-12]), 0.0, 1.0)
    x, _, converged = solve(
        Sums(np.array([[1.0, 1, 1, 0]])), problem, m=m, y=np.full((size, 1), 33.0), z=np.zeros((size, 1))
    )
    assert converged.all()
    np.testing.assert_allclose(x[:, :3].sum(axis=1), 33, atol=1e-6)
    np.testing.assert_allclose(x.mean(axis=0), [11, 11, 11, 10], atol=0.05)  # 5 standard errors
    expected = np.array(
        [[8 / 3, -4 / 3, -4 / 3, 0], [-4 / 3, 8 / 3, -4 / 3, 0], [-4 / 3, -4 / 3, 8 / 3, 0], [0, 0, 0, 4]]
    )
    np.testing.assert_allclose(np.cov(x.T), expected, atol=0.15)


class LevelAndShortRun(MLEModel):
    """x_t = level_t + short_run_t, observed in some months with known noise."""

    def __init__(self, y, *, level, short_run, noise, start):
        super().__init__(y, k_states=2, k_posdef=2)
        self["design"] = np.array([[1.0, 1.0]])
        self["transition"] = np.diag([1.0, SHORT_RUN])
        self["selection"] = np.eye(2)
        self["state_cov"] = np.diag([level**2, short_run**2 * (1 - SHORT_RUN**2)])
        self["obs_cov"] = np.array([[noise**2]])
        self.ssm.initialize_known(np.array([start, 0.0]), np.diag([DIFFUSE**2, short_run**2]))


def test_dense_conditioning_equals_the_kalman_smoother():
    """Single months are linear in logs, so a state-space smoother must give the same path."""
    stated = {1: 100.0, 2: 120.0, 5: 90.0, 9: 150.0, 10: 140.0}
    rows = [says(f"2022-{m:02}-01", str(pl.date(2022, m, 1)), v) for m, v in ()]
    ends = {1: 31, 2: 28, 5: 31, 9: 30, 10: 31}
    rows = [
        says(f"2022-{m:02}-01", f"2022-{m:02}-{ends[m]}", v, half_width=0.01 * v * 3**0.5) for m, v in stated.items()
    ]
    days = days_of(day("2022-01-01"), day("2022-12-01"), None)
    operator, _ = operator_of(table(*rows), days)
    level, short_run, centre = 0.05, 0.08, 1.0
    theta = np.log([level, 1e-9, 1e-9, short_run, 1e-9])
    model = Model(operator, components(day("2022-01-01"), 12, None), centre, learn_overshoot())
    m, z = np.full((1, 12), centre), np.zeros((1, len(rows)))
    x = m
    for _ in range(4):  # to the last digit, past the tolerance that suffices for draws
        x, _, _ = solve(operator, model.problem(theta), m=m, y=operator.y[None], z=z, x=x)
    y = np.full(12, np.nan)
    y[[m - 1 for m in stated]] = operator.y - np.log(operator.N.sum(axis=1))
    smoothed = LevelAndShortRun(y, level=level, short_run=short_run, noise=0.01, start=centre).smooth([]).smoothed_state
    np.testing.assert_allclose(x[0], smoothed.sum(axis=0), atol=1e-6)

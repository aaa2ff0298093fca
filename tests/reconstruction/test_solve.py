"""Solved draws are minima of what they minimise, for one part by a shared system and for two by their own."""

# ruff: noqa: N806 (letters where the algebra is)

import numpy as np
import pytest

from analysis.reconstruction.descent import Near, Problem, State
from analysis.reconstruction.prior import shapes_of
from analysis.reconstruction.rows import operator_of
from analysis.reconstruction.solve import solve
from analysis.reconstruction.window import days_of
from tests.reconstruction.evidence import day, says, table, year

MONTHS, DRAWS = 24, 20
Z_MEAN, Z_SD = -4.0, 1.4

ROWS = (
    year("in", 2022, 3650.0),
    says("2022-01-01", "2022-06-30", 1700.0, "level", series="in"),
    says("2023-01-01", "2023-09-30", 2900.0, "level", "gt", "in"),
    says("2023-01-01", "2023-06-30", 0.1, "yoy_growth", series="in"),
)
TOTALS = (year("total", 2022, 9000.0), says("2023-01-01", "2023-12-31", 9900.0, "level", "gt", "total"))


@pytest.mark.parametrize("rows, parts", [(ROWS, ("in",)), ((*ROWS, *TOTALS), ("in", "out"))])
def test_solved_draws_are_minima(rows, parts):
    """In no direction does the objective fall, to the first order: differences of both sides cancel."""
    days = {name: days_of(day("2022-01-01"), day("2023-12-01"), None) for name in parts}
    operator, touched, _ = operator_of(table(*rows), {"in": ("in",), "total": parts}, days)
    assert touched == parts
    rng, stack = np.random.default_rng(1), shapes_of(MONTHS).stack(np.ones(MONTHS))
    K = 0.05**2 * stack[0] + 0.08**2 * stack[3] + 0.3**2
    problem = Problem((K,) * len(parts), np.full(operator.y.size, 1e-4), Z_MEAN, Z_SD)
    m = np.log(10.0) + (rng.standard_normal((DRAWS, len(parts), MONTHS)) @ np.linalg.cholesky(K).T)
    y = operator.y + 0.01 * rng.standard_normal((DRAWS, operator.y.size)) * (operator.sign == 0)
    z0 = rng.normal(Z_MEAN, Z_SD, y.shape)
    excess = np.abs(operator.sign) * np.exp(Z_MEAN)
    diagonal = problem.R + (excess * Z_SD) ** 2
    _, H = operator.linear(np.full((len(parts), MONTHS), np.log(10.0)))
    S = np.diag(diagonal)
    for touch, slope in zip(operator.touches, H, strict=True):
        S[np.ix_(touch.rows, touch.rows)] += slope @ K @ slope.T
    start, near = State(m, z0, np.zeros_like(y)), Near(np.linalg.inv(S), diagonal)
    found, converged = solve(operator, problem, m=m, y=y, z=z0, start=start, near=near, iterations=60)
    x, z = found.x, found.z
    assert converged.mean() > 0.9

    def objective(x, z):
        away = (x - m).reshape(-1, MONTHS)
        path = (away * np.linalg.solve(K, away.T).T).reshape(DRAWS, -1).sum(axis=1)
        gap = y + operator.sign * np.exp(z) - operator.h(x)
        return path + (gap**2 / problem.R).sum(axis=1) + (((z - z0) / Z_SD) ** 2 * (operator.sign != 0)).sum(axis=1)

    for _ in range(5):
        along = rng.standard_normal((DRAWS, len(parts), MONTHS)) @ np.linalg.cholesky(K).T
        step = 1e-4
        slope = (objective(x + step * along, z) - objective(x - step * along, z)) / (2 * step)
        curve = (objective(x + step * along, z) + objective(x - step * along, z) - 2 * objective(x, z)) / step**2
        assert (np.abs(slope / curve)[converged] < 1e-3).all()
        rise = rng.standard_normal(z.shape) * (operator.sign != 0)
        slope = (objective(x, z + step * rise) - objective(x, z - step * rise)) / (2 * step)
        assert (np.abs(slope)[converged] < 0.1).all()

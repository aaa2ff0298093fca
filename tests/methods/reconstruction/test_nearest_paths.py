"""Solved draws are minima of what they minimise, for one part by a shared system and for two by their own."""

# ruff: noqa: N806 (letters where the algebra is)

import numpy as np
import pytest

from analysis.methods.reconstruction.equation_builder import build_equations
from analysis.methods.reconstruction.family_problem import DescentState, DrawTargets, FamilyProblem
from analysis.methods.reconstruction.linear_systems import CommonSystem
from analysis.methods.reconstruction.nearest_paths import nearest_paths
from analysis.methods.reconstruction.prior import prior_shapes
from analysis.methods.reconstruction.window import days_in_window
from tests.methods.reconstruction.evidence import day, statement, table, year

MONTHS, DRAWS = 24, 20
Z_MEAN, Z_SD = -4.0, 1.4

ROWS = (
    year("in", 2022, 3650.0),
    statement("2022-01-01", "2022-06-30", 1700.0, "level", series="in"),
    statement("2023-01-01", "2023-09-30", 2900.0, "level", "gt", "in"),
    statement("2023-01-01", "2023-06-30", 0.1, "yoy_growth", series="in"),
)
TOTALS = (year("total", 2022, 9000.0), statement("2023-01-01", "2023-12-31", 9900.0, "level", "gt", "total"))


@pytest.mark.parametrize("rows, parts", [(ROWS, ("in",)), ((*ROWS, *TOTALS), ("in", "out"))])
def test_solved_draws_are_minima(rows, parts):
    """In no direction does the objective fall, to the first order: differences of both sides cancel.

    Two sets of draws, the second with larger variances.
    """
    days = {name: days_in_window(day("2022-01-01"), day("2023-12-01"), None) for name in parts}
    equations, touched, _ = build_equations(table(*rows), {"in": ("in",), "total": parts}, days)
    assert touched == parts
    rng, stack, sets = (
        np.random.default_rng(1),
        prior_shapes(MONTHS).stack(),
        np.repeat([0, 1], DRAWS // 2),
    )
    K = np.array([1.0, 2.0])[:, None, None] * (0.05**2 * stack[0] + 0.08**2 * stack[3] + 0.3**2)
    R = np.array([[1e-4], [2e-4]]) * np.ones(equations.y.size)
    problem = FamilyProblem((K,) * len(parts), R, Z_MEAN, Z_SD)
    L = np.linalg.cholesky(K)[sets]
    m = np.log(10.0) + rng.standard_normal((DRAWS, len(parts), MONTHS)) @ L.transpose(0, 2, 1)
    y = equations.y + 0.01 * rng.standard_normal((DRAWS, equations.y.size)) * (equations.sign == 0)
    z0 = rng.normal(Z_MEAN, Z_SD, y.shape)
    diagonal = R + (np.abs(equations.sign) * np.exp(Z_MEAN) * Z_SD) ** 2
    _, H = equations.linearise(np.full((len(parts), MONTHS), np.log(10.0)))
    S = np.stack([np.diag(each) for each in diagonal])
    for term, slope in zip(equations.terms, H, strict=True):
        S[:, term.rows[:, None], term.rows] += slope @ K @ slope.T
    start, near = DescentState(m, z0, np.zeros_like(y)), CommonSystem(np.linalg.inv(S), diagonal)
    found, converged = nearest_paths(
        equations, problem, DrawTargets(m, y, z0, sets), start=start, common=near, iterations=60
    )
    x, z = found.x, found.z
    assert converged.mean() > 0.9

    def objective(x, z):
        away = np.linalg.solve(L, (x - m).transpose(0, 2, 1))
        gap = y + equations.sign * np.exp(z) - equations.h(x)
        overshoot = (((z - z0) / Z_SD) ** 2 * (equations.sign != 0)).sum(axis=1)
        return (away**2).sum(axis=(1, 2)) + (gap**2 / R[sets]).sum(axis=1) + overshoot

    for _ in range(5):
        along = rng.standard_normal((DRAWS, len(parts), MONTHS)) @ L.transpose(0, 2, 1)
        step = 1e-4
        slope = (objective(x + step * along, z) - objective(x - step * along, z)) / (2 * step)
        curve = (objective(x + step * along, z) + objective(x - step * along, z) - 2 * objective(x, z)) / step**2
        assert (np.abs(slope / curve)[converged] < 1e-3).all()
        rise = rng.standard_normal(z.shape) * (equations.sign != 0)
        slope = (objective(x, z + step * rise) - objective(x, z - step * rise)) / (2 * step)
        assert (np.abs(slope)[converged] < 0.1).all()

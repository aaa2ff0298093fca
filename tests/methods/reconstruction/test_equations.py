"""What statements say, by hand, and the derivatives of it by finite differences."""

# ruff: noqa: N806 (letters where the algebra is)

from dataclasses import replace

import numpy as np
import pytest

from analysis.core.reasons import Reason
from analysis.methods.reconstruction.equation_builder import APPROXIMATE_SD, LEAST_NOISE, build_equations
from analysis.methods.reconstruction.window import days_in_window
from tests.methods.reconstruction.evidence import day, statement, table, year

PARTS = {"in": ("in",), "out": ("out",), "total": ("in", "out")}
DAYS = {name: days_in_window(day("2021-01-01"), day("2023-12-01"), None) for name in ("in", "out")}

#: One statement of each kind about two parts and their sum.
ROWS = (
    year("in", 2022, 365.0),
    statement("2022-01-01", "2022-02-28", 7.0, "daily_average", series="total"),
    statement("2022-03-01", "2022-05-31", 20.0, "monthly_average", series="out"),
    statement("2023-01-01", "2023-02-15", 0.25, "yoy_growth", series="total"),
    statement("2023-01-01", "2023-06-30", -0.5, "growth_vs_prev_full_year", series="in"),
    statement("2022-08-01", "2022-08-31", 0.1, "mom_growth", series="out"),
    year("in", 2022, 0.4, "share", base_id="total"),
    statement("2022-01-01", "2022-10-31", 300.0, "level", "gt", "in"),
    statement("2022-01-01", "2022-11-30", 320.0, "level", "approx", "in"),
)


@pytest.fixture(scope="module")
def equations():
    found, parts, unused = build_equations(table(*ROWS), PARTS, DAYS)
    assert parts == ("in", "out")
    assert not unused
    return found


@pytest.fixture
def x():
    """Three paths of two parts."""
    return 1 + 0.3 * np.random.default_rng(1).standard_normal((3, 2, 36))


def test_stated_logs_by_hand(equations):
    """Sums over the period: 7 a day over 59 days, 20 a month over three; ratios of one and the growth."""
    stated = [365.0, 7 * 59, 20 * 3, 1.25, 0.5, 1.1, 0.4, 300.0, 320.0]
    np.testing.assert_allclose(equations.y, np.log(stated))


def test_rounding_is_uniform_within_the_half_width(equations):
    """Standard deviation of a uniform error: half width over the root of three; growth counts from one."""
    assert equations.noise[0] == pytest.approx(0.001 / 3**0.5)
    assert equations.noise[3] == pytest.approx(0.00025 / 1.25 / 3**0.5)
    assert equations.noise[8] == pytest.approx(np.hypot(0.001 / 3**0.5, APPROXIMATE_SD))


def test_statements_of_steady_flows_by_hand(equations):
    """A unit a day in, three out: a year of 365, growth by the days, a share of a quarter."""
    rates = np.zeros((1, 2, 36))
    rates[:, 1] = np.log(3.0)
    expected = [365, 59 * 4, 92 * 3, 1.0, 181 / 365, 1.0, 0.25, 304, 334]
    np.testing.assert_allclose(np.exp(equations.h(rates)[0]), expected)


def test_statements_do_not_depend_on_other_draws(equations, x):
    np.testing.assert_allclose(equations.h(x)[1], equations.h(x[1:2])[0], rtol=1e-12)


def test_directions_are_derivatives(equations, x):
    v, step = np.random.default_rng(2).standard_normal(x.shape), 1e-6
    difference = (equations.h(x + step * v) - equations.h(x - step * v)) / (2 * step)
    np.testing.assert_allclose(equations.at(x).derivative_along(v), difference, atol=1e-8)


def test_back_is_the_transpose_of_along(equations, x):
    rng, at = np.random.default_rng(3), equations.at(x)
    v, w = rng.standard_normal(x.shape), rng.standard_normal((3, equations.y.size))
    np.testing.assert_allclose(
        (at.derivative_along(v) * w).sum(axis=1), (v * at.derivative_transposed(w)).sum(axis=(1, 2))
    )


def test_rows_of_the_derivative_are_those_of_along(equations, x):
    v = np.random.default_rng(4).standard_normal(x.shape)
    h, rows = equations.linearise(x[0])
    np.testing.assert_allclose(h, equations.h(x)[0])
    product = np.zeros(equations.y.size)
    for part, (term, H) in enumerate(zip(equations.terms, rows, strict=True)):
        product[term.rows] += H @ v[0, part]
    np.testing.assert_allclose(product, equations.at(x).derivative_along(v)[0])


def test_growth_to_nothing_is_named():
    found, _, unused = build_equations(table(year("in", 2022, -1.0, "yoy_growth"), year("in", 2022, 5.0)), PARTS, DAYS)
    assert found.y.size == 1
    assert unused == {"in:2022-01-01:2022-12-31:yoy_growth:eq": Reason("not_positive")}


def test_a_few_days_say_less_than_a_month():
    """0.3 sqrt(1/1 - 1/30) = 0.2950, ten days 0.0775, a month of 30 days nothing."""
    rows = [
        statement("2022-04-01", end, 5.0, half_width=0.0, series="in")
        for end in ("2022-04-01", "2022-04-10", "2022-04-30")
    ]
    found, _, _ = build_equations(table(*rows), PARTS, DAYS)
    np.testing.assert_allclose(found.noise, [0.29496, 0.07746, LEAST_NOISE], rtol=1e-3)


def test_a_milestone_is_known_to_one_open_day_whatever_its_digits():
    """365 on the last of 365 days: known to 1/365; of a port that was shut until July, to one of 184 open days."""
    milestone = statement("2022-01-01", "2022-12-31", 365.0, relation="milestone", series="in", half_width=1.0)
    opened = DAYS["in"].share * (DAYS["in"].month >= 18)
    assert build_equations(table(milestone), PARTS, DAYS)[0].noise == pytest.approx([1 / 365 / 3**0.5])
    half_year = DAYS | {"in": replace(DAYS["in"], share=opened)}
    assert build_equations(table(milestone), PARTS, half_year)[0].noise == pytest.approx([1 / 184 / 3**0.5])


def test_a_bound_on_an_average_leaves_room_for_its_rounding_and_no_other_does():
    """Over 27 a day in 300 days: from 26.5 a day on; under 27 a day: up to 27.5; over 8,000: 8,000."""
    rows = [
        statement("2022-01-01", "2022-10-27", 27.0, "daily_average", "gt", "in", half_width=0.5),
        statement("2022-01-01", "2022-10-27", 27.0, "daily_average", "lt", "in", half_width=0.5),
        statement("2022-01-01", "2022-10-27", 8000.0, "level", "gt", "in", half_width=500.0),
    ]
    found, _, _ = build_equations(table(*rows), PARTS, DAYS)
    np.testing.assert_allclose(np.exp(found.y), [26.5 * 300, 27.5 * 300, 8000.0])
    assert found.sign.tolist() == [1, -1, 1]

"""How far a plan is at each share of its term."""

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import EvidenceError
from analysis.core.sampling import Sampling
from analysis.methods.completion import COMPLETE, completion_curve, leave_one_plan_out

A, B = -1.2, 4.0


def gompertz(elapsed, shift=0.0):
    return float(np.exp(-np.exp(-(A + B * elapsed + shift))))


def points(rows):
    return pl.DataFrame(rows, schema=["plan", "elapsed", "share"], orient="row")


@pytest.fixture(scope="module")
def noisy():
    rng = np.random.default_rng(5)
    return points(
        [(f"p{at}", u, gompertz(u, 0.5 * rng.standard_normal())) for at, u in enumerate(np.linspace(0.2, 1, 12))]
    )


def test_points_on_the_curve_are_returned():
    curve = completion_curve(points([(f"p{at}", u, gompertz(u)) for at, u in enumerate((0.2, 0.4, 0.6, 0.8))]))
    assert curve.coefficients == pytest.approx([A, B])
    assert curve.interval(0.5, 80)[1] == pytest.approx(gompertz(0.5))
    assert curve.variance == pytest.approx(0, abs=1e-20)


def test_the_band_is_a_line_of_least_squares_on_the_scale_of_gompertz(noisy):
    """Against numpy's polyfit: slope, intercept and residual variance."""
    u, y = noisy["elapsed"].to_numpy(), -np.log(-np.log(noisy["share"].to_numpy()))
    slope, intercept = np.polyfit(u, y, 1)
    curve = completion_curve(noisy)
    assert curve.coefficients == pytest.approx([intercept, slope])
    assert curve.variance == pytest.approx(((y - intercept - slope * u) ** 2).sum() / 10)
    assert curve.degrees == 10


def test_reports_of_one_plan_are_not_several_plans(noisy):
    four = noisy.with_columns(plan=pl.Series([f"p{at % 4}" for at in range(12)]))
    assert completion_curve(four).degrees == 2
    wide, narrow = completion_curve(four).interval(0.5, 80), completion_curve(noisy).interval(0.5, 80)
    assert wide[0] < narrow[0] < narrow[2] < wide[2]


def test_draws_agree_with_the_interval_and_the_chance(noisy):
    curve, many = completion_curve(noisy), Sampling(draws=40_000, seed=2)
    drawn = curve.draws(0.7, many)
    assert np.quantile(drawn, [0.1, 0.5, 0.9]) == pytest.approx(curve.interval(0.7, 80), abs=0.01)
    assert np.mean(drawn >= 0.9) == pytest.approx(curve.chance(0.7, 0.9), abs=0.01)
    assert np.mean(curve.terms_needed(0.9, many) <= 0.7) == pytest.approx(curve.chance(0.7, 0.9), abs=0.01)


def test_more_time_never_makes_a_plan_less_likely_to_be_done(noisy):
    chances = [completion_curve(noisy).chance(u) for u in (0.5, 1.0, 1.5, 2.0)]
    assert chances == sorted(chances)


def test_all_of_it_stands_at_half_a_percent_below():
    rows = [("a", 0.5, 0.5), ("b", 0.6, 0.7), ("c", 1.0, 1.0), ("d", 1.0, 1.084)]
    curve = completion_curve(points(rows))
    same = completion_curve(points([*rows[:2], ("c", 1.0, COMPLETE), ("d", 1.0, COMPLETE)]))
    assert curve.coefficients == pytest.approx(same.coefficients)


def test_each_point_is_judged_by_the_other_plans(noisy):
    table = leave_one_plan_out(noisy)
    others = completion_curve(noisy.filter(pl.col("plan") != "p3"))
    row = table.filter(pl.col("plan") == "p3").row(0, named=True)
    assert (row["lower"], row["median"], row["upper"]) == pytest.approx(others.interval(row["elapsed"], 80))


@pytest.mark.parametrize(
    "rows,sentence",
    [
        ([("a", 0.5, 0.5), ("b", 0.6, 0.6), ("b", 0.9, 0.8)], "2 plans, too few"),
        ([(name, 0.5, 0.5) for name in "abcd"], "at two times"),
        ([("a", 0.2, 0.9), ("b", 0.4, 0.8), ("c", 0.6, 0.5), ("d", 0.9, 0.2)], "do not rise"),
    ],
)
def test_what_is_no_curve_is_refused(rows, sentence):
    with pytest.raises(EvidenceError, match=sentence):
        completion_curve(points(rows))

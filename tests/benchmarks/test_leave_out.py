"""Figures that are left out: what gives them away, how they are predicted and scored, and the baselines beside them."""

import datetime as dt
import math

import numpy as np
import polars as pl
import pytest
from leave_out import nowcast, scores, silenced, smoothed
from left_out import Target, giveaways
from plain_methods import sum_by_ratio
from scipy.stats import t as student

from analysis.methods.reconstruction.draws import TAIL_FREEDOM, TAIL_SCALE
from tests.methods.reconstruction.linear import sums, system_of

RAIL = "horgos.freight_tonnes.total.rail"


def says(name, start, end, value=1e6, *, on, series=RAIL, measure="level", relation="eq", same_as=None, place="horgos"):
    """Return one statement; days as text."""
    days = {"period_start": start, "period_end": end, "available_on": on}
    return {
        "statement_id": name, "series_id": series, "place": place, "measure": measure, "relation": relation,
        "value": value, "half_width": 500.0, "status": "valid", "same_as": same_as, "line": int(name.strip("abc")),
        **{key: dt.date.fromisoformat(day) for key, day in days.items()},
    }  # fmt: skip


def ledger_of(*rows):
    return pl.DataFrame(rows, schema_overrides={"same_as": pl.String})


FIGURE = says("a1", "2024-01-01", "2024-06-30", on="2024-07-20")


@pytest.mark.parametrize(
    "row",
    [
        FIGURE,
        says("b1", "2024-01-01", "2024-06-30", 0.1, on="2024-07-20", measure="yoy_growth"),
        says("b2", "2024-01-01", "2024-06-30", on="2024-07-18", series="horgos.freight_tonnes.import.rail"),
        says("b3", "2024-06-01", "2024-06-30", on="2024-07-23"),
        says("b4", "2024-01-01", "2024-06-30", on="2025-02-01"),
        says("b5", "2024-01-01", "2024-06-30", on="2024-07-10", relation="gt"),
        says("b6", "2024-01-01", "2024-06-30", 1e6 / 6, on="2025-02-01", measure="monthly_average"),
    ],
    ids=["itself", "its growth", "a part", "the last month alone", "a later edition", "an earlier bound", "an average"],
)
def test_what_gives_a_figure_away_is_left_out_with_its_reprints(row):
    reprint = {**row, "statement_id": "c1", "same_as": row["statement_id"], "available_on": dt.date(2025, 6, 1)}
    table = ledger_of(row, {**reprint, "series_id": "another"})
    assert giveaways(table, FIGURE) == set(table["statement_id"])


@pytest.mark.parametrize(
    "row",
    [
        says("b1", "2024-01-01", "2024-05-31", on="2024-07-20"),
        says("b2", "2024-01-01", "2024-06-30", on="2024-07-20", series="khunjerab.freight", place="khunjerab"),
        says("b3", "2024-01-01", "2024-06-30", 0.1, on="2025-02-01", measure="yoy_growth"),
        says("b4", "2025-01-01", "2025-06-30", 0.1, on="2025-07-20", measure="yoy_growth"),
    ],
    ids=["the month before", "another place", "growth published later", "growth of the next year"],
)
def test_other_evidence_stays(row):
    assert giveaways(ledger_of(FIGURE, row), FIGURE) == {"a1"}


def target(position, *group, on="2024-07-20"):
    return Target({"available_on": dt.date.fromisoformat(on)}, position, np.array([position, *group]))


@pytest.fixture
def gaussian():
    """The covariance of six statements, and what was stated."""
    rng = np.random.default_rng(1)
    root = rng.standard_normal((6, 6))
    return root @ root.T + np.eye(6), rng.standard_normal(6)


def conditional(whole, d, j, given):
    """Return what the statements `given` expect of statement j, less what it says; and the standard deviation."""
    gain = np.linalg.solve(whole[np.ix_(given, given)], whole[given, j])
    return d[j] - gain @ d[given], np.sqrt(whole[j, j] - gain @ whole[given, j])


def test_a_figure_is_predicted_from_all_statements_that_do_not_give_it_away(gaussian):
    whole, d = gaussian
    error, sd = smoothed(whole, d, [target(1, 4), target(3)])
    for k, (j, given) in enumerate([(1, [0, 2, 3, 5]), (3, [0, 1, 2, 4, 5])]):
        np.testing.assert_allclose((error[k], sd[k]), conditional(whole, d, j, given))


def test_a_nowcast_knows_what_was_out_the_day_before(gaussian):
    """Statements 0, 5 and 2 were out before 20 July, 5 gives figure 1 away; 3 came out on the day."""
    whole, d = gaussian
    days = [f"2024-{day}" for day in ("01-20", "07-20", "06-20", "07-20", "09-20", "03-20")]
    available = np.array([dt.date.fromisoformat(day).toordinal() for day in days])
    error, sd = nowcast(whole, d, [target(1), target(1, 5)], available)
    np.testing.assert_allclose((error[0], sd[0]), conditional(whole, d, 1, [0, 2, 5]))
    np.testing.assert_allclose((error[1], sd[1]), conditional(whole, d, 1, [0, 2]))


def test_what_is_silenced_says_nothing_and_the_rest_stays():
    weights = np.eye(12)[:2]
    system = system_of(
        [(sums(np.ones(2), np.full(2, 0.01), weights), (0,)), (sums(np.ones(2), np.full(2, 0.02), weights), (1,))],
        centre=np.ones(2), months=12,
    )  # fmt: skip
    noise = [family.equations.noise.tolist() for family in silenced(system, np.array([1, 2])).families]
    assert noise == [[0.01, 30.0], [30.0, 0.02]]


def test_scores_are_those_of_students_distribution():
    """One set, standard deviation 0.1, a figure 0.05 above the prediction: quantiles and density in closed form."""
    row = scores(np.array([[[0.05], [0.1]]])).row(0, named=True)
    sd = 0.1 * TAIL_SCALE
    assert row["pit"] == pytest.approx(student.cdf(0.05 / sd, TAIL_FREEDOM))
    assert row["log_score"] == pytest.approx(student.logpdf(0.05 / sd, TAIL_FREEDOM) - np.log(sd))
    assert np.log(row["width"]) == pytest.approx(2 * student.ppf(0.9, TAIL_FREEDOM) * sd, rel=0.01)
    assert row["error"] == pytest.approx(1 - np.exp(-0.05), rel=0.01)
    draws = student.rvs(TAIL_FREEDOM, scale=sd, size=200_000, random_state=1)
    crps = np.abs(draws - 0.05).mean() - 0.5 * np.abs(draws - np.roll(draws, 1)).mean()
    assert row["crps"] == pytest.approx(crps, rel=0.02)


def test_the_baseline_grows_the_year_before_by_the_year_to_date():
    known = ledger_of(
        says("a1", "2023-01-01", "2023-06-30", 60.0, on="2023-07-20"),
        says("a2", "2023-01-01", "2023-12-31", 180.0, on="2024-01-20"),
        says("a3", "2024-01-01", "2024-06-30", 66.0, on="2024-07-20"),
    )
    year = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
    assert sum_by_ratio(known, RAIL, *year) == pytest.approx(180 * 66 / 60)
    assert sum_by_ratio(known, RAIL, *year, growth=False) == pytest.approx(180)
    assert sum_by_ratio(known, RAIL, dt.date(2024, 9, 1), dt.date(2024, 9, 15)) == pytest.approx(20 * 15 / 30 * 1.1)
    assert sum_by_ratio(known[:2], RAIL, *year) == pytest.approx(180)
    growth = says("a4", "2023-01-01", "2023-12-31", 0.5, on="2024-01-20", measure="yoy_growth")
    assert sum_by_ratio(ledger_of(*known[:2].to_dicts(), growth), RAIL, *year) == pytest.approx(270)
    assert math.isnan(sum_by_ratio(known[:0], RAIL, *year))

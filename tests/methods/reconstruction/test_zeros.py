"""Published zeros: months of a zero are zero, sums subtract, and what contradicts a zero is named beside it.

The expectations are subtractions by hand; zeros that break growth or log methods are known from IAMconsortium/pyam#667,
statistikat/x12#14 and cynkra/tempdisagg#42.
"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.errors import EvidenceError
from analysis.core.periods import month_end
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.methods.reconstruction import Structure, reconstruct, reconstruct_together
from tests.methods.reconstruction.evidence import day, statement, table, year

SAMPLING = Sampling(levels=(80,), draws=60)
WINDOW = {"start": day("2021-01-01"), "end": day("2023-12-01"), "sampling": SAMPLING}
BEFORE = year("port", 2021, 500_123)
NOTHING = year("port", 2022, 0)
TO_MARCH = statement("2022-01-01", "2022-03-31", 0)


def reasons(path) -> dict[str, str]:
    """The reasons of the statements that were not used."""
    return dict(path.fit.filter(~pl.col("used")).select("statement_id", "reason").iter_rows())


def month(path, number: str) -> dict:
    """The row of a month of the path."""
    months = path.at(80, "M")
    return months.row(by_predicate=pl.col("time_period") == day(f"{number}-01"), named=True)


def total(path, number: int) -> dict:
    """The row of a year of the path."""
    return path.at(80, "A").row(by_predicate=pl.col("time_period") == day(f"{number}-01-01"), named=True)


def test_a_zero_to_march_leaves_april_all_of_january_to_april():
    """31,234 - 0 = 31,234."""
    path = reconstruct(table(BEFORE, TO_MARCH, statement("2022-01-01", "2022-04-30", 31_234, half_width=0.5)), **WINDOW)
    for number in ("2022-01", "2022-02", "2022-03"):
        row = month(path, number)
        assert (row["mean"], row["lower"], row["upper"], row["obs_status"]) == (0, 0, 0, "derived")
    april = month(path, "2022-04")
    assert april["median"] == pytest.approx(31_234, abs=0.5)
    assert april["obs_status"] == "derived"
    assert reasons(path) == {}
    assert path.bearing_statements(day("2022-01-01"), day("2022-04-30")) == [TO_MARCH["statement_id"]]


def test_a_month_of_zero_leaves_the_others_the_whole_sum():
    """January and March are 90,456 - 0."""
    rows = statement("2022-02-01", "2022-02-28", 0), statement("2022-01-01", "2022-03-31", 90_456, half_width=0.5)
    path = reconstruct(table(BEFORE, *rows), **WINDOW)
    assert month(path, "2022-02")["obs_status"] == "reported"
    sums = path.total(day("2022-01-01"), day("2022-01-31")) + path.total(day("2022-03-01"), day("2022-03-31"))
    np.testing.assert_allclose(sums, 90_456, atol=2)


@pytest.mark.parametrize("measure", ["level", "daily_average", "monthly_average"])
@pytest.mark.parametrize("relation", ["eq", "approx"])
def test_a_year_of_zero_is_zero_with_an_interval_of_zero(measure, relation):
    path = reconstruct(table(BEFORE, year("port", 2022, 0, measure, relation), year("port", 2023, 250_123)), **WINDOW)
    row = total(path, 2022)
    assert (row["mean"], row["lower"], row["upper"], row["obs_status"]) == (0, 0, 0, "reported")
    assert (path.year(2022) == 0).all()
    assert total(path, 2023)["median"] == pytest.approx(250_123, rel=2e-3)


def test_a_fall_by_all_is_a_zero():
    path = reconstruct(table(BEFORE, year("port", 2022, -1, "yoy_growth", half_width=0.005)), **WINDOW)
    assert total(path, 2022)["upper"] == 0
    assert total(path, 2022)["obs_status"] == "derived"
    assert path.fit.filter(pl.col("value") == -1)["median"].to_list() == [-1.0]


def test_growth_from_zero_and_a_fall_from_zero_are_named():
    rise, fall = year("port", 2023, 0.5, "yoy_growth"), year("port", 2023, -1, "yoy_growth")
    for growth in (rise, fall):
        path = reconstruct(table(BEFORE, NOTHING, growth), **WINDOW)
        assert reasons(path) == {growth["statement_id"]: Reason("nothing_passed").written}


def test_growth_that_leaves_something_of_a_year_of_zero_is_named_as_contradicted():
    growth = year("port", 2022, -0.5, "yoy_growth")
    path = reconstruct(table(BEFORE, NOTHING, growth), **WINDOW)
    assert reasons(path) == {growth["statement_id"]: Reason("contradicted", statement=NOTHING["statement_id"]).written}


def test_a_figure_inside_a_zero_and_the_zero_are_both_named_and_neither_is_used():
    march = statement("2022-03-01", "2022-03-31", 1_234)
    path = reconstruct(table(BEFORE, NOTHING, march), **WINDOW)
    zero, figure = NOTHING["statement_id"], march["statement_id"]
    assert reasons(path) == {
        zero: Reason("contradicted", statement=figure).written,
        figure: Reason("contradicted", statement=zero).written,
    }
    assert total(path, 2022)["lower"] > 0


def test_two_zeros_that_leave_no_day_to_a_figure_contradict_it_together():
    zeros = statement("2022-01-01", "2022-01-31", 0), statement("2022-02-01", "2022-02-28", 0)
    path = reconstruct(table(BEFORE, *zeros, statement("2022-01-01", "2022-02-28", 1_234)), **WINDOW)
    assert len(reasons(path)) == 3


def test_a_figure_within_the_rounding_of_a_zero_is_all_that_passed():
    """A year of "0.0万吨" is less than 500 tonnes: the 300 of March stand, and the other months are zero."""
    march = statement("2022-03-01", "2022-03-31", 300, half_width=0.5)
    path = reconstruct(table(BEFORE, NOTHING | {"half_width": 500.0}, march), **WINDOW)
    assert reasons(path) == {}
    assert month(path, "2022-03")["median"] == pytest.approx(300, abs=0.5)
    assert month(path, "2022-02")["upper"] == 0
    assert total(path, 2022)["median"] == pytest.approx(300, abs=0.5)
    assert total(path, 2022)["obs_status"] == "derived"


def test_a_figure_within_the_rounding_of_a_fall_by_all_stands():
    """-100% of 500,123, rounded to half a percent, is less than 2,501: 5 tonnes in May are possible, 50,000 are not."""
    fall = year("port", 2022, -1, "yoy_growth", half_width=0.005)
    path = reconstruct(table(BEFORE, fall, statement("2022-05-01", "2022-05-31", 5)), **WINDOW)
    assert reasons(path) == {}
    assert total(path, 2022)["median"] == pytest.approx(5, rel=2e-3)
    path = reconstruct(table(BEFORE, fall, statement("2022-05-01", "2022-05-31", 50_000)), **WINDOW)
    assert len(reasons(path)) == 2


def test_a_zero_whose_rounding_nothing_contradicts_is_zero():
    path = reconstruct(table(BEFORE, TO_MARCH | {"half_width": 500.0}), **WINDOW)
    assert month(path, "2022-02")["upper"] == 0


@pytest.mark.parametrize("relation", ["gt", "lt"])
def test_a_bound_of_zero_closes_nothing_and_is_named(relation):
    bound = year("port", 2022, 0, relation=relation)
    path = reconstruct(table(BEFORE, bound), **WINDOW)
    assert reasons(path) == {bound["statement_id"]: Reason("not_positive").written}
    assert total(path, 2022)["lower"] > 0


def test_zeros_alone_give_their_years_and_no_others():
    path = reconstruct(table(NOTHING), start=day("2022-01-01"), end=day("2022-12-01"), sampling=SAMPLING)
    assert total(path, 2022)["upper"] == 0
    assert path.bearing_statements(day("2022-01-01"), day("2022-12-31")) == [NOTHING["statement_id"]]
    with pytest.raises(EvidenceError, match="only zeros are known"):
        reconstruct(table(NOTHING), **WINDOW)


def test_a_total_of_zero_closes_its_parts():
    structure = Structure(
        parts=pl.DataFrame({"series_id": ["all", "all", "in", "out"], "part_id": ["in", "out", "in", "out"]})
    )
    rows = [year("in", 2021, 300), year("out", 2021, 200), year("all", 2022, 0)]
    fit = reconstruct_together(table(*rows), start=WINDOW["start"], end=WINDOW["end"], structure=structure)
    paths = fit.paths(["all", "in", "out"], SAMPLING)
    assert [total(paths[name], 2022)["upper"] for name in ("all", "in", "out")] == [0, 0, 0]
    assert [total(paths[name], 2022)["obs_status"] for name in ("all", "in")] == ["reported", "derived"]


def test_a_part_of_zero_leaves_the_total_to_the_other_part():
    structure = Structure(
        parts=pl.DataFrame({"series_id": ["all", "all", "in", "out"], "part_id": ["in", "out", "in", "out"]})
    )
    rows = [year("in", 2021, 300), year("out", 2021, 200), year("in", 2022, 0), year("all", 2022, 450)]
    fit = reconstruct_together(table(*rows), start=WINDOW["start"], end=WINDOW["end"], structure=structure)
    paths = fit.paths(["all", "in", "out"], SAMPLING)
    assert total(paths["in"], 2022)["upper"] == 0
    assert total(paths["out"], 2022)["median"] == pytest.approx(450, rel=2e-3)


@given(st.integers(1, 11), st.integers(1, 10**6))
@settings(max_examples=8, deadline=None)
def test_a_zero_of_any_first_months_leaves_the_next_one_what_subtraction_gives(last, figure):
    end, after = month_end(day(f"2022-{last:02}-01")), month_end(day(f"2022-{last + 1:02}-01"))
    zero = statement("2022-01-01", end.isoformat(), 0)
    path = reconstruct(
        table(BEFORE, zero, statement("2022-01-01", after.isoformat(), figure, half_width=0.0)), **WINDOW
    )
    assert (path.total(day("2022-01-01"), end) == 0).all()
    np.testing.assert_allclose(path.total(after.replace(day=1), after), figure, rtol=1e-4)

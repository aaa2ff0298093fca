"""What became of published expectations, counted by hand on a small ledger."""

import datetime as dt

import polars as pl
import pytest

from analysis.estimates.expectations import expectations
from tests.evidence import bundled, evidence


def ledger(*rows):
    """Return statements about the yearly freight of ports: id, year or (start, end), measure, relation, value."""
    base = bundled().statements
    names = ["statement_id", "place", "period_start", "period_end", "measure", "relation", "value", "half_width"]
    table = pl.DataFrame(rows, schema=names, orient="row").with_columns(
        series_id=pl.format("{}.freight_tonnes.total.road", "place"), indicator=pl.lit("freight_tonnes"),
        flow=pl.lit("total"), mode=pl.lit("road"), unit=pl.lit("tonnes"), status=pl.lit("valid"),
        value_as_published=pl.col("value").cast(pl.String), publisher=pl.lit("P"),
        published_on=pl.col("period_end"), available_on=pl.col("period_end"),
    )  # fmt: skip
    return evidence(
        pl.concat([base.clear(), table.select(pl.col(n).cast(base.schema[n]) for n in table.columns)], how="diagonal")
    )


def year(of):
    return dt.date(of, 1, 1), dt.date(of, 12, 31)


ROWS = (
    ("e1", "a", *year(2015), "expected", "eq", 100.0, 0.5), ("o1", "a", *year(2015), "level", "eq", 120.0, 0.5),
    ("e2", "b", *year(2015), "target", "eq", 100.0, 0.5), ("o2", "b", *year(2015), "level", "eq", 90.0, 0.5),
    ("e3", "c", *year(2015), "plan_or_forecast", "eq", 100.0, 0.5),
    ("e4", "d", *year(2015), "expected", "eq", 100.0, 0.5),
    ("o4", "d", dt.date(2015, 1, 1), dt.date(2015, 10, 31), "level", "gt", 101.0, 0.5),
    ("e5", "e", *year(2015), "expected", "eq", 100.0, 0.5),
    ("o5", "e", dt.date(2015, 1, 1), dt.date(2015, 10, 31), "level", "eq", 99.0, 0.5),
)  # fmt: skip


def test_five_expectations_counted_by_hand():
    """Met by the year, missed by it, silent, met by ten months, not yet by ten months: 2 met, 1 missed, 2 silent."""
    found = expectations(ledger(*ROWS).known(dt.date(2017, 1, 1)))
    verdicts = dict(found.table.select("statement_id", "verdict").iter_rows())
    assert verdicts == {"e1": "met", "e2": "missed", "e3": "silent", "e4": "met", "e5": "silent"}
    assert (found.known.cases, found.known.of) == (2, 3)
    assert found.bounds == (2 / 5, 4 / 5)
    assert found.table.filter(pl.col("statement_id") == "e4")["outcome_id"][0] == "o4"


def test_an_outcome_within_the_rounding_of_both_is_met():
    rows = (
        ("e1", "a", *year(2015), "expected", "approx", 100.0, 5.0),
        ("o1", "a", *year(2015), "level", "eq", 95.0, 0.5),
    )
    assert expectations(ledger(*rows).known(dt.date(2017, 1, 1))).count("met") == 1


def test_an_expectation_is_judged_ninety_days_after_its_period():
    for day, count in ((dt.date(2016, 3, 29), 0), (dt.date(2016, 3, 30), 5)):
        assert expectations(ledger(*ROWS).known(day)).table.height == count


def test_the_same_figure_said_twice_counts_once():
    twice = (*ROWS[:2], ("e9", "a", *year(2015), "target", "eq", 100.0, 0.5))
    assert expectations(ledger(*twice).known(dt.date(2017, 1, 1))).table.height == 1


def test_nothing_expected_has_no_share():
    found = expectations(ledger(ROWS[1]).known(dt.date(2017, 1, 1)))
    assert (found.known, found.bounds) == (None, None)


def test_the_target_of_trade_growth_is_judged_by_growth():
    """About 10% aimed at for Xinjiang's trade of 2023; the customs printed +45.9%."""
    table = expectations(bundled().known(dt.date(2025, 12, 31))).table
    row = table.filter(pl.col("indicator") == "trade_value_cny_growth").row(0, named=True)
    assert row["verdict"] in ("met", "silent")
    assert row["outcome"] is None or row["outcome"] == pytest.approx(0.459, abs=0.01)

"""What counts as giving a held-out figure away, when an interval holds one, and the baseline beside it."""

import datetime as dt
import itertools
import math

import numpy as np
import polars as pl
import pytest
from held_out import figures, held, outcome, table, without
from hypothesis import given
from hypothesis import strategies as st
from plain_methods import sum_by_ratio

from analysis.desks import track_record
from tests.evidence import bundled

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
    assert without(ledger_of(row, {**reprint, "series_id": "another"}), FIGURE).is_empty()


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
    assert without(ledger_of(FIGURE, row), FIGURE)["statement_id"].to_list() == [row["statement_id"]]


def test_the_first_print_of_a_figure_is_held_out_once():
    later = {**FIGURE, "statement_id": "b1", "available_on": dt.date(2024, 9, 1)}
    bound = says("b2", "2024-01-01", "2024-08-31", on="2024-09-01", relation="gt")
    decade = says("b3", "2015-01-01", "2024-12-31", on="2025-01-20")
    assert figures(ledger_of(later, FIGURE, bound, decade))["statement_id"].to_list() == ["a1"]


def test_a_figure_is_held_as_far_as_its_rounding_lies_inside():
    draws = np.arange(100) + 0.5
    assert held(draws, {"value": 50.0, "half_width": 5.0}, 80) == 1
    assert held(draws, {"value": 10.0, "half_width": 5.0}, 80) == pytest.approx(0.5)  # 5 to 10 outside, 10 to 15 inside
    assert held(draws, {"value": 3.0, "half_width": 2.0}, 80) == 0
    assert held(draws, {"value": 200.0, "half_width": 5.0}, 95) == 0
    assert held(draws, {"value": 50.0, "half_width": 0.1}, 80) == 1


@given(st.integers(1, 40), st.sampled_from([80, 95]))
def test_figures_drawn_from_the_draws_are_held_as_often_as_the_level_says(width, level):
    draws = np.sort(np.random.default_rng(width).normal(size=1000))
    edges = np.append(draws[::width] - 1e-9, draws[-1] + 1)
    cells = [{"value": (low + high) / 2, "half_width": (high - low) / 2} for low, high in itertools.pairwise(edges)]
    shares = np.diff(np.searchsorted(draws, edges)) / draws.size
    assert sum(held(draws, cell, level) * share for cell, share in zip(cells, shares, strict=True)) == pytest.approx(
        level / 100
    )


def test_the_baseline_grows_the_year_before_by_the_year_to_date():
    known = ledger_of(
        says("a1", "2023-01-01", "2023-06-30", 60.0, on="2023-07-20"),
        says("a2", "2023-01-01", "2023-12-31", 180.0, on="2024-01-20"),
        says("a3", "2024-01-01", "2024-06-30", 66.0, on="2024-07-20"),
    )
    year = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
    assert sum_by_ratio(known, RAIL, *year) == pytest.approx(180 * 66 / 60)
    assert sum_by_ratio(known, RAIL, dt.date(2024, 9, 1), dt.date(2024, 9, 15)) == pytest.approx(20 * 15 / 30 * 1.1)
    assert sum_by_ratio(known[:2], RAIL, *year) == pytest.approx(180)
    growth = says("a4", "2023-01-01", "2023-12-31", 0.5, on="2024-01-20", measure="yoy_growth")
    assert sum_by_ratio(ledger_of(*known[:2].to_dicts(), growth), RAIL, *year) == pytest.approx(270)
    assert math.isnan(sum_by_ratio(known[:0], RAIL, *year))


def test_the_table_is_markdown():
    cells = {"cover80": [1.0, 0.5], "cover95": [1.0, 1.0], "width80": [0.1, 0.3], "error": [0.01, 0.02]}
    rows = pl.DataFrame({"variant": ["nowcast"] * 2, **cells, "baseline": [0.05, float("nan")]})
    assert table(rows, "variant").splitlines()[2] == "| nowcast | 2 | 0.75 | 1.0 | 0.2 | 0.015 | 0.05 |"


def test_the_bundled_file_is_what_the_method_does_now():
    """The newest figure, made again from both sides of its publication.

    `python benchmarks/held_out.py --out data/held_out.csv` makes the file anew.
    """
    evidence = bundled()
    figure = figures(evidence.statements).filter(pl.col("series_id") == RAIL).sort("period_end").row(-1, named=True)
    made = outcome(figure, evidence, seed=1, draws=200)
    kept = track_record.held_out(evidence.known()).filter(pl.col("statement_id") == figure["statement_id"])
    assert [row["variant"] for row in made] == ["nowcast", "smoothed"] == kept["variant"].sort().to_list()
    for row in made:
        said = kept.filter(pl.col("variant") == row["variant"]).row(0, named=True)
        names = (("cover80", "inside80"), ("cover95", "inside95"), ("width80", "width80"), ("error", "error"))
        for ours, theirs in names:
            assert row[ours] == pytest.approx(said[theirs], rel=0.05, abs=0.05)

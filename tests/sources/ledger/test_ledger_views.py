"""What was known by a day, what may enter a likelihood, and who said it."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.errors import CoverageError
from analysis.core.vocabulary import EVIDENCE_MEASURES
from analysis.sources import ledger

from .ledgers import HEADER, ROW, row, write

BUNDLED = ledger.read()
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2027, 1, 1))


@settings(deadline=None)
@given(DAYS, DAYS)
def test_what_was_known_only_grows_as_long_as_nothing_is_superseded(one: dt.date, two: dt.date) -> None:
    earlier, later = sorted((one, two))
    before, after = ledger.as_of(BUNDLED, earlier), ledger.as_of(BUNDLED, later)
    assert set(before["statement_id"]) <= set(after["statement_id"])
    assert (before["available_on"] <= earlier).all()


def test_a_revised_row_disappears_when_the_revision_is_published(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"{ROW},",
        f"{row(statement_id='s2', value=470000, value_as_published='47万', published_on='2024-02-01')},s1",
        header=f"{HEADER},supersedes",
    )
    statements = ledger.read(path)
    assert ledger.as_of(statements, dt.date(2024, 1, 31))["statement_id"].to_list() == ["s1"]
    assert ledger.as_of(statements, dt.date(2024, 2, 1))["statement_id"].to_list() == ["s2"]


def test_a_mis_entered_row_is_gone_at_every_date_and_supersedes_nothing(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"{ROW},,valid",
        f"{row(statement_id='s2', published_on='2024-02-01')},s1,mis-entered",
        header=f"{HEADER},supersedes,status",
    )
    assert ledger.as_of(ledger.read(path), dt.date(2030, 1, 1))["statement_id"].to_list() == ["s1"]


@pytest.mark.parametrize("measure", ["expected", "target", "plan_or_forecast", "stock"])
def test_expectations_never_become_evidence(tmp_path: Path, measure: str) -> None:
    statements = ledger.read(write(tmp_path, ROW, row(statement_id="s2", measure=measure)))
    assert ledger.evidence(statements)["statement_id"].to_list() == ["s1"]


@pytest.mark.parametrize("status", ["doubtful", "source wrong", "mis-entered"])
def test_rows_set_aside_never_become_evidence_nor_do_their_reprints(tmp_path: Path, status: str) -> None:
    path = write(
        tmp_path,
        f"{ROW},,{status}",
        f"{row(statement_id='s2')},s1,valid",
        header=f"{HEADER},same_as,status",
    )
    found = ledger.evidence(ledger.read(path))["statement_id"].to_list()
    assert found == (["s2"] if status == "mis-entered" else [])


def test_a_reprint_is_no_second_observation(tmp_path: Path) -> None:
    header = f"{HEADER},same_as"
    copy = f"{row(statement_id='s0', relation='approx', published_on='2023-11-07')},s1"
    statements = ledger.read(write(tmp_path, copy, f"{ROW},", header=header))
    assert ledger.evidence(statements)["statement_id"].to_list() == ["s1"]
    assert ledger.evidence(ledger.as_of(statements, dt.date(2023, 11, 7)))["statement_id"].to_list() == ["s0"]


def test_the_same_figure_said_twice_counts_once_the_earlier(tmp_path: Path) -> None:
    statements = ledger.read(write(tmp_path, ROW, row(statement_id="s2", published_on="2023-11-01")))
    assert ledger.evidence(statements)["statement_id"].to_list() == ["s2"]


@settings(deadline=None, max_examples=50)
@given(DAYS)
def test_evidence_is_valid_measured_and_each_fact_once(day: dt.date) -> None:
    rows = ledger.evidence(ledger.as_of(BUNDLED, day))
    assert set(rows["status"]) <= {"valid"}
    assert set(rows["measure"]) <= set(EVIDENCE_MEASURES)
    assert (
        not rows.select("series_id", "period_start", "period_end", "measure", "relation", "value").is_duplicated().any()
    )


@pytest.mark.parametrize(
    "cells,kept",
    [
        ({"value": 500000, "value_as_published": "超50万", "relation": "gt"}, False),
        ({"value": 500000, "value_as_published": "超50万", "relation": "gt", "period_end": "2023-06-30"}, False),
        ({"value": 460000, "value_as_published": "超46万", "relation": "gt"}, True),
        ({"value": 400000, "value_as_published": "不足40万", "relation": "lt"}, False),
        ({"value": 400000, "value_as_published": "不足40万", "relation": "lt", "period_end": "2023-06-30"}, True),
        ({"value": 500000, "value_as_published": "50.0万", "relation": "eq"}, True),
    ],
)
def test_a_bound_that_a_figure_contradicts_is_left_out(tmp_path: Path, cells: dict[str, object], kept: bool) -> None:
    statements = ledger.read(write(tmp_path, ROW, row(**{"statement_id": "s2", **cells})))
    assert ("s2" in ledger.evidence(statements)["statement_id"]) == kept


def test_november_2023_knows_of_irkeshtam_since_2014_one_january_and_one_bound() -> None:
    known = ledger.as_of(BUNDLED, dt.date(2023, 11, 30))
    rows = ledger.evidence(ledger.select(known, series_id="irkeshtam.freight_tonnes.total.road"))
    recent = rows.filter(pl.col("period_end") > dt.date(2014, 12, 31))
    assert recent.select("measure", "relation", "value").rows() == [
        ("level", "gt", 1_000_000.0), ("level", "eq", 59_200.0), ("yoy_growth", "eq", 0.5179),
    ]  # fmt: skip


def test_select_names_the_series_that_was_probably_meant() -> None:
    with pytest.raises(CoverageError, match=r"Did you mean 'irkeshtam\.freight_tonnes\.total\.road'"):
        ledger.select(BUNDLED, series_id="irkeshtam.freight_tons.total.road")


def test_select_joins_conditions_and_takes_alternatives() -> None:
    rows = ledger.select(BUNDLED, place=["horgos", "alashankou"], indicator="freight_tonnes", mode="rail")
    assert set(rows["place"]) == {"horgos", "alashankou"}
    assert set(rows["mode"]) == {"rail"}


def test_citations_keep_the_order_and_tell_reprints_apart() -> None:
    cited = ledger.cite(BUNDLED, ["0bc29755a7", "6aebc8fb7e"])
    assert cited["statement_id"].to_list() == ["0bc29755a7", "6aebc8fb7e"]
    assert cited["repeats"].to_list() == ["reprint", "original"]
    assert cited["same_as"].to_list() == ["6aebc8fb7e", None]
    with pytest.raises(CoverageError, match="'nobody'"):
        ledger.cite(BUNDLED, ["nobody"])


def test_the_overshoot_of_published_bounds_is_small() -> None:
    pairs = ledger.bound_pairs(ledger.as_of(BUNDLED, dt.date(2026, 6, 30)))
    overshoot = pairs["figure"] / pairs["bound"]
    assert overshoot.min() >= 1
    assert overshoot.max() == pytest.approx(1.2362)  # 61.81 against "over 50 billion"
    assert overshoot.median() == pytest.approx(1.001, abs=0.0005)  # most bounds are the figure with its last digits cut


def test_a_pair_needs_both_publications() -> None:
    pairs = ledger.bound_pairs(ledger.as_of(BUNDLED, dt.date(2025, 1, 3)))
    assert "horgos.freight_tonnes.total.rail" not in pairs["series_id"]

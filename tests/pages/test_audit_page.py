"""The page of the audit says the same in both languages, and every number leads to a row of the sources."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from analysis.core.periods import Edition
from analysis.desks.audit import examine
from analysis.desks.audit.desk import conflicts_of
from analysis.pages.audit import charts, header, sentences, tables
from analysis.pages.audit.words import DONE, KINDS, UNRESOLVED
from analysis.pages.parts.chart import Undrawn
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.sources import sources
from analysis.pages.words.cells import numbers, text
from analysis.pages.words.rounding import ratio_of_ends
from analysis.sources.registers import KNOWN_CONFLICTS
from tests.desks.audit.small_audit import small_audit
from tests.evidence import bundled


@pytest.fixture(scope="module")
def small():
    return small_audit()


@pytest.fixture(scope="module")
def with_conflicts(small):
    """The small audit beside the contradictions and revisions of the bundled ledger."""
    known = bundled().known()
    check = examine(known)
    return replace(small, known=known, check=check, conflicts=conflicts_of(known, check))


def cells(table):
    return [cell for row in table.rows for cell in row]


def in_both(items):
    return [[Counter(each.values for each in numbers(item, lang)) for item in items] for lang in ("en", "zh")]


def test_sentences_have_the_same_numbers_in_both_languages(small):
    english, chinese = in_both(sentences.summary(small).items)
    assert english == chinese
    assert "Alashankou (rail): its total of January-June 2024" in sentences.summary(small).plain()[2]


def test_tables_have_the_same_numbers_in_both_languages(small, with_conflicts):
    shown = [tables.calls(small), tables.ports(small), tables.by_place(small), tables.by_year(small)]
    shown += [tables.unresolved(with_conflicts), tables.explained(with_conflicts), tables.set_aside(with_conflicts)]
    for table in shown:
        english, chinese = in_both(cells(table))
        assert english == chinese


def test_every_number_leads_to_a_row_of_the_sources(with_conflicts):
    anchors = set(sources(with_conflicts.known, with_conflicts.statement_ids()[:-2]).anchors)
    shown = [*cells(tables.unresolved(with_conflicts)), *cells(tables.explained(with_conflicts))]
    cited = {f"s-{name}" for cell in shown for number in numbers(cell) for name in number.trace}
    assert cited
    assert cited <= anchors


def test_each_contradiction_is_told_once_in_words_of_both_languages(with_conflicts):
    shown = [*tables.unresolved(with_conflicts).rows, *tables.explained(with_conflicts).rows]
    assert len(shown) == bundled().registers[KNOWN_CONFLICTS.name].height
    assert set(with_conflicts.conflicts["done"]) <= set(DONE)
    withheld = with_conflicts.conflicts.filter(with_conflicts.conflicts["done"].is_in(UNRESOLVED))
    assert len(tables.unresolved(with_conflicts).rows) == withheld.height == 5
    for row, kind in zip(tables.unresolved(with_conflicts).rows, withheld["kind"], strict=True):
        assert text(row[0]).startswith(text(KINDS[kind]).capitalize())
    assert set(with_conflicts.conflicts["kind"]) <= set(KINDS)
    assert with_conflicts.conflicts["note_zh"].null_count() == 0


def test_charts_are_drawn_in_both_languages(small):
    for chart in (charts.known_years, charts.where_to_call):
        assert set(chart(small).as_json()["drawings"]) == {"en", "zh"}


def test_what_is_absent_is_said(small):
    nothing = replace(small, worth=small.worth.clear(), conflicts=small.conflicts.clear())
    assert isinstance(charts.where_to_call(nothing), Undrawn)
    absent = (tables.calls, tables.unresolved, tables.explained, tables.revised, tables.set_aside)
    assert all(isinstance(table(nothing), Note) for table in absent)
    assert "No further figure" in sentences.summary(nothing).plain()[2]


def test_ports_without_any_figure_are_named_in_the_header(small):
    record = header.page_header(small, edition=Edition.of("2024-06", "2024-07-31"))
    assert record.edition == "2024-06"
    assert ("no figure" in " ".join(record.withheld)) == bool(small.coverage["newest_id"].null_count())


def test_at_the_end_of_a_year_no_column_says_that_the_year_tells_all_of_itself(small):
    december = replace(small, edition=dt.date(2024, 12, 1))
    columns = [len(tables.calls(each).columns) for each in (small, december)]
    assert columns[0] == columns[1] + 1
    for each, there in ((small, True), (december, False)):
        assert ("Σ" in text(charts.where_to_call(each).notes[0])) == there
        assert ("Σ" in charts._candidates(each)["column"].to_list()) == there


def test_an_indicator_with_contradictions_alone_stands_in_a_note(with_conflicts):
    alone = {"pairs": 0, "revised": 0, "contradicting": 1, "mean": None, "mean_absolute": None, "relative": None}
    usual = alone | {
        "pairs": 2,
        "revised": 1,
        "contradicting": 0,
        "mean": 0.01,
        "mean_absolute": 0.01,
        "relative": 0.01,
    }
    found = [usual | {"indicator": "freight_tonnes"}, alone | {"indicator": "trade_value_cny"},
             usual | {"indicator": None, "contradicting": 1, "relative": None}]  # fmt: skip
    revisions = pl.DataFrame(found, schema=with_conflicts.revisions.schema)
    table = tables.revised(replace(with_conflicts, revisions=revisions))
    assert [text(row[0]) for row in table.rows] == ["freight", "all"]
    assert text(table.notes[1]) == "Only by more than 3%: trade, yuan (1)."


def test_a_year_at_a_tie_has_the_digits_of_a_path(small):
    for end in ("median", "lower", "upper"):
        assert small.years[end].to_list() == pytest.approx(
            [float(f"{value:.6g}") for value in small.years[end]], rel=1e-9
        )


def test_the_ratio_of_an_interval_has_no_digits_that_say_nothing():
    assert [ratio_of_ends(value).en for value in (1.146, 2.9, 86.47)] == ["1.15", "2.9", "86"]

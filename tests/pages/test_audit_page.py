"""The page of the audit says the same in both languages, and every number leads to a row of the sources."""

from collections import Counter
from dataclasses import replace

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

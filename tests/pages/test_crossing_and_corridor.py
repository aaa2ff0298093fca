"""The pages of gates and ways say the same in both languages, and say what is not known."""

from collections import Counter

import pytest

from analysis.core.periods import Edition
from analysis.desks.corridor import corridor
from analysis.desks.crossing import crossing
from analysis.pages.corridor import charts as way_charts
from analysis.pages.corridor import header as way_header
from analysis.pages.corridor import sentences as way_sentences
from analysis.pages.corridor import tables as way_tables
from analysis.pages.crossing import charts, header, sentences, tables
from analysis.pages.parts.chart import Undrawn
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.sources import sources
from analysis.pages.words.cells import numbers
from tests.evidence import bundled


@pytest.fixture(scope="module")
def unknown_gate():
    return crossing(bundled(), place="torugart", edition=Edition.of("2023-11"))


@pytest.fixture(scope="module")
def ways():
    return corridor(bundled(), edition=Edition.of("2025-12"))


def in_both(items):
    return [[Counter(each.values for each in numbers(item, lang)) for item in items] for lang in ("en", "zh")]


def test_a_gate_without_figures_says_so_everywhere(unknown_gate):
    assert all("not" in words or "cannot" in words for words in sentences.summary(unknown_gate).plain())
    drawn = (charts.capacity, charts.waiting, charts.traffic, charts.measured)
    assert all(isinstance(chart(unknown_gate), Undrawn) for chart in drawn)
    assert all(isinstance(table(unknown_gate), Note) for table in (tables.what_ifs, tables.full_months, tables.claims))
    assert len(header.page_header(unknown_gate).withheld) == 2


def test_sentences_of_the_ways_have_the_same_numbers_in_both_languages(ways):
    english, chinese = in_both(way_sentences.summary(ways).items)
    assert english == chinese
    assert way_header.page_header(ways).withheld == ()


def test_every_number_of_the_ways_leads_to_a_row_of_the_sources(ways):
    anchors = set(sources(ways.known, ways.statement_ids()).anchors)
    shown = (way_tables.ways, way_tables.legs, way_tables.claims, way_tables.pilot, way_tables.volumes)
    cells = [cell for table in shown for row in table(ways).rows for cell in row]
    cited = {f"s-{name}" for cell in cells for number in numbers(cell) for name in number.trace}
    assert cited
    assert cited <= anchors


def test_charts_of_the_ways_are_drawn_in_both_languages(ways):
    for chart in (way_charts.days, way_charts.where_time_goes, way_charts.deciding):
        assert set(chart(ways).as_json()["drawings"]) == {"en", "zh"}

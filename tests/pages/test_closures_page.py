"""The page of the closures desk: the same digits in both languages, and words for numbers where 2019 is thin."""

import datetime as dt
import re
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analysis.core.periods import Edition
from analysis.desks.closures import ClosureImpact
from analysis.pages.closures import charts, header, sentences, tables
from analysis.pages.parts import media_types, theme
from analysis.pages.parts.chart import Look
from analysis.pages.words.cells import text
from analysis.pages.words.rounding import percents_of_whole
from tests.desks.closures.test_closures import impact  # noqa: F401 - a fixture
from tests.pages.contradictions import Page, contradictions


def page(found: ClosureImpact) -> Page:
    """Return the page with its sentences and tables."""
    record = header.page_header(found, edition=Edition.of("2023-12", "2025-12-31"))._repr_mimebundle_()
    shown = (tables.by_year(found), tables.trade(found), tables.by_port(found), tables.close_to(found),
             tables.reopened(found), tables.record(found))  # fmt: skip
    return Page("closures", record[media_types.RECORD], sentences.summary(found).items, shown)


def thin(found: ClosureImpact) -> ClosureImpact:
    """Return the result with a year before that is known to a factor of ten only."""
    total = np.geomspace(1e6, 2e7, len(found.together.yardstick_total))
    return replace(found, together=replace(found.together, yardstick_total=total))


def test_the_page_contradicts_itself_nowhere(impact):  # noqa: F811
    for found in (impact, thin(impact)):
        assert contradictions(page(found)) == []


def test_a_thin_year_before_gives_words_and_no_loss(impact):  # noqa: F811
    first = text(sentences.summary(thin(impact)).items[0])
    assert "cannot be put in a number, because 2019 itself is put at" in first
    cells = [text(row[2]) for row in tables.by_year(thin(impact)).rows]
    assert cells == ["no number"] * 4


def test_a_known_loss_stands_with_its_interval_in_the_first_sentence(impact):  # noqa: F811
    known = replace(impact, together=next(each for each in impact.ports if each.name == "dulata"))
    first = sentences.summary(known).items[0]
    assert "less than in 2019 (80%: " in text(first)
    assert "比2019年少过" in text(first, "zh")


def test_the_whole_of_the_closures_stands_in_the_first_sentence(impact):  # noqa: F811
    known = replace(impact, together=next(each for each in impact.ports if each.name == "dulata"))
    first = sentences.summary(known).items[0]
    assert "; 2020 to 2022 together: " in text(first)
    assert "；2020至2022年合计少过" in text(first, "zh")


def test_what_becomes_of_close_to_2019_adds_up_to_a_hundred():
    """13.7, 32.6 and 53.7%, each rounded by itself, would be 14, 33 and 54: 101."""
    assert [each.en for each in percents_of_whole([0.137, 0.326, 0.537])] == ["14%", "32%", "54%"]
    assert [each.en for each in percents_of_whole([0.1, 0.2, 0.7])] == ["10%", "20%", "70%"]
    assert [each.zh for each in percents_of_whole([0.004, 0.996, 0.0])] == ["不到1%", "超过99%", "不到1%"]


def test_the_longest_closure_is_the_longest_run():
    """Two months closed, one open, three closed: five in all, three in a row."""
    states = ["closed", "closed", "open", "closed", "closed", "closed"]
    months = [dt.date(2020, 11, 1), dt.date(2020, 12, 1), *(dt.date(2021, month, 1) for month in range(1, 5))]
    sheet = pl.DataFrame({"port": "a", "mode": "road", "month": months, "state": states})
    runs = charts._runs(sheet, by_year=False)
    assert runs.select("state", "months").rows() == [("closed", 2), ("open", 1), ("closed", 3)]
    by_year = charts._runs(sheet.with_columns(state=pl.lit("closed")), by_year=True)
    assert by_year.select("month", "months").rows() == [(dt.date(2020, 11, 1), 2), (dt.date(2021, 2, 1), 4)]


@pytest.mark.parametrize("width", [theme.WIDTH, theme.NARROW])
def test_the_sheet_has_letters_that_no_digit_looks_like(impact, width):  # noqa: F811
    drawing = charts.sheet(impact).svg(Look("en", width, 400))
    letters = set(re.findall(r"<text[^>]*>([^<]{1,2})</text>", drawing))
    assert letters & {"C", "O", "L"}
    assert not letters & {"1", "l"}

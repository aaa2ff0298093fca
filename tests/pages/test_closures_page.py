"""The page of the closures desk: the same digits in both languages, and words for numbers where 2019 is thin."""

from dataclasses import replace

import numpy as np

from analysis.core.periods import Edition
from analysis.desks.closures import ClosureImpact
from analysis.pages.closures import header, sentences, tables
from analysis.pages.parts import media_types
from analysis.pages.words.cells import text
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

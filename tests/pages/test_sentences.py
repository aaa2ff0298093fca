"""Both languages say the same numbers, and every number is one of the result."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pages.park.sentences import peers_heading
from analysis.pages.park.sentences import summary as park_summary
from analysis.pages.parts.sentences import Sentences
from analysis.pages.port.sentences import summary
from analysis.pages.words import dates, rounding
from analysis.pages.words.cell_html import HtmlWriter
from analysis.pages.words.cells import Both, Number, numbers, text
from tests.pages import numerals
from tests.pages.invented import intervals, outlooks, parks


def values_of(outlook) -> set[float]:
    """All numbers of an outlook that a sentence may print."""
    found = {outlook.coverage}
    figures = [table.select("value") for table in (outlook.evidence, outlook.related, outlook.contradictory)]
    for table in (outlook.years, *figures, outlook.chances.select("value", "probability")):
        found |= {float(value) for row in table.rows() for value in row if value is not None}
    found |= {float((outlook.as_of - end).days) for end in outlook.evidence["period_end"]}
    return found | ({float(outlook.last_figure.days)} if outlook.last_figure else set())


def check(said: Sentences, allowed: set[float]) -> None:
    """Assert that both languages print the same numbers, and none that the result does not have."""
    for item in said.items:
        english, chinese = (list(numbers(item, lang)) for lang in ("en", "zh"))
        assert Counter(english) == Counter(chinese)
        assert {value for number in english for value in number.values} <= allowed
        assert numerals.numbers(text(item, "en")) == numerals.numbers(text(item, "zh"))


@given(outlooks())
@settings(max_examples=60)  # each prints three sentences in two languages
def test_the_sentences_of_a_port_have_the_same_numbers_in_both_languages(outlook):
    said = summary(outlook)
    assert len(said.items) == (4 if len(outlook.contradictory) else 3)
    check(said, values_of(outlook))


@given(parks())
def test_the_sentences_of_a_park_have_the_same_numbers_in_both_languages(park):
    attainment, found = park.attainment, park.peers.classes.get("capital")
    ends = () if found is None else (*found.interval(80, kind=park.kind), *(park.class_output or ()))
    allowed = {
        attainment.target_cny, attainment.invested_cny, attainment.output_per_invested, attainment.required_run_rate,
        attainment.current_run_rate, attainment.probability, *attainment.later["value"], *ends, park.class_chance,
    }  # fmt: skip
    check(park_summary(park), allowed)


@given(parks())
def test_a_class_of_fewer_than_five_parks_says_so_first(park):
    count = park.peers.table.height
    for sentence in (park_summary(park).plain()[1], text(peers_heading(park).words)):
        assert sentence.startswith("Only ") == (count < 5)


@given(outlooks())
@settings(max_examples=30)
def test_every_number_of_a_sentence_leads_to_statements(outlook):
    printed = [number for item in summary(outlook).items for number in numbers(item)]
    assert printed
    assert [number for number in printed if not number.trace] == []


AMOUNTS = (
    rounding.tonnes, rounding.tonnes_interval, rounding.tonnes_label, rounding.yuan_amount, rounding.yuan_interval,
    lambda *ends: rounding.in_unit(*ends, scale=1e4), lambda *ends: rounding.interval_in_unit(*ends, scale=1e4),
)  # fmt: skip


@given(intervals(), st.sampled_from(AMOUNTS))
def test_a_number_says_the_same_in_both_languages_and_both_units(ends, make):
    number = make(*ends)
    english = numerals.numbers(number.en.replace(" Mt", " million"))
    assert english == numerals.numbers(number.zh)
    assert numerals.again(number.en) in (Counter(), english)


@given(intervals(), st.sampled_from(AMOUNTS[:5]))
def test_rounding_moves_a_number_by_less_than_a_twentieth(ends, make):
    number = make(*ends)
    printed = sorted(numerals.numbers(number.zh).elements())
    assert printed == pytest.approx(sorted(number.values), rel=0.0501)


@given(st.dates(dt.date(1991, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 800))
def test_a_period_has_the_same_numbers_in_both_languages(start, days):
    span = dates.span_words(start, start + dt.timedelta(days=days))
    assert numerals.numbers(str(span.en)) == numerals.numbers(str(span.zh))


def test_a_planted_difference_is_found():
    one, other = rounding.tonnes(1.25e6), rounding.tonnes(1.26e6)
    with pytest.raises(AssertionError):
        check(Sentences((Both((one, "."), (other, "。")),)), {1.25e6, 1.26e6})
    with pytest.raises(AssertionError):
        check(Sentences((Both((one, " in 2023"), (one, "，2024年")),)), {1.25e6})
    with pytest.raises(AssertionError):
        check(Sentences((Both((one,), (one,)),)), {1.26e6})


def test_a_number_carries_its_statements_to_the_page():
    number = Number("1 million", "100万", (1e6,)).cite(["a1", 'b2"><script>'])
    shown = HtmlWriter().cell(Both((number, " tonnes"), ("吨", number)))
    assert shown.count('href="#s-a1"') == 2
    assert "<script>" not in shown
    assert '<span class="zh" lang="zh-Hans" hidden>' in shown

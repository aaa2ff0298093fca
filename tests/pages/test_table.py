"""Tables and sentences as HTML: everything escaped, safe links only, what is illustrative marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pages.parts.sentences import Sentences
from analysis.pages.parts.table import Table
from analysis.pages.words import durations, phrases, rounding
from analysis.pages.words.cell_html import HtmlWriter
from analysis.pages.words.cells import Both, Link, Number, text

WRITER = HtmlWriter()
NASTY = '<script>alert("x")</script> & 伊尔克什坦'


def test_text_from_data_is_escaped_everywhere():
    table = Table(NASTY, (NASTY,), ((NASTY,), (Link(NASTY, "#s-" + NASTY),)), notes=(NASTY,), anchors=(NASTY, NASTY))
    shown = table.html(WRITER) + Sentences((NASTY,)).html(WRITER)
    assert "<script" not in shown
    assert not re.search(r'="[^"]*"x', shown)
    assert '<span lang="zh-Hans">伊尔克什坦</span>' in shown


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/path"])
def test_an_address_without_http_is_no_link(href):
    assert "<a " not in Table("t", ("a",), ((Link("words", href),),)).html(WRITER)


def test_numbers_are_set_to_the_right_and_the_total_is_marked():
    shown = Table("t", ("Month", "#Mean"), (("2023-01", "1"), ("Total", "1")), total=True).html(WRITER)
    assert '<th scope="col" class="num">Mean</th>' in shown
    assert '<tr class="total"><td>Total</td><td class="num">1</td></tr>' in shown


def test_rows_carry_the_anchors_that_links_lead_to():
    shown = Table("t", ("a",), (("x",),), anchors=("s-abc",)).html(WRITER)
    assert '<tr id="s-abc">' in shown
    assert 'href="#s-abc"' in Table("t", ("a",), ((Link.to("abc", "words"),),)).html(WRITER)


def test_what_is_illustrative_says_so_in_every_form():
    table = Table("Output", ("a",), (("1",),), illustrative=True)
    assert "ILLUSTRATIVE, not real" in repr(table)
    assert '<caption><span class="en" lang="en">ILLUSTRATIVE, not real' in table.html(WRITER)
    assert "示意数据，并非真实" in table.html(WRITER)
    assert table.as_json()["illustrative"]
    assert text(Table.from_json(table.as_json()).title, "zh").startswith("示意数据，并非真实")
    assert 'class="illustrative"' in table.html(WRITER)


def test_plain_text_aligns_chinese():
    first, second = repr(Table("t", ("a", "b"), (("口岸", "x"), ("port", "y")))).splitlines()[2:4]
    assert (first, second) == ("口岸  x", "port  y")


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_has_a_weaker_word(one, other):
    order = [each.words.en for each in reversed(phrases.LIKELIHOODS)]
    low, high = sorted((one, other))
    assert order.index(phrases.likelihood(low).en) <= order.index(phrases.likelihood(high).en)


def test_the_words_of_both_languages_change_at_the_same_probabilities():
    pairs = {(phrases.likelihood(percent / 100).en, phrases.likelihood(percent / 100).zh) for percent in range(101)}
    assert len(pairs) == len({en for en, _ in pairs}) == len({zh for _, zh in pairs}) == 9


def test_ages_and_lists_in_words():
    ages = [durations.age(days) for days in (30, 156, 3256)]
    assert [age.en for age in ages] == ["30 days", "5 months", "8.9 years"]
    assert [age.zh for age in ages] == ["30天", "5个月", "8.9年"]
    assert phrases.series(["2022"]) == Both("2022", "2022")
    assert phrases.series(["2019", "2020", "2022"]) == Both("2019, 2020 and 2022", "2019、2020和2022")


def test_a_cell_of_two_languages_shows_english_where_no_page_chooses():
    shown = Table("t", ("a",), ((Both("port", "口岸"),),)).html(WRITER)
    assert '<span class="en" lang="en">port</span><span class="zh" lang="zh-Hans" hidden>口岸</span>' in shown
    assert "port" in repr(Table("t", ("a",), ((Both("port", "口岸"),),)))
    assert "口岸" not in repr(Table("t", ("a",), ((Both("port", "口岸"),),)))


def test_what_both_languages_say_alike_is_shown_once():
    assert "<span" not in Table("t", ("a",), ((Both("2023-01", "2023-01"),),)).html(WRITER)


def test_the_data_of_a_table_are_in_the_unit_of_its_words():
    number = Number("125", "125", (1_250_000.0,), 1e4).cite(["a1"])
    interval = Number("118 to 136", "118至136", (1_180_000.0, 1_360_000.0), 1e4)
    data = Table("t", ("Year", Both("#Median", "#中位数"), "#80%"), (("2023", number, interval),)).as_json()
    assert data["rows"][0][1] == {"en": "125", "zh": "125", "values": [125.0], "trace": ["a1"]}
    assert data["rows"][0][2]["values"] == [118.0, 136.0]
    assert data["columns"][1] == {"en": "Median", "zh": "中位数"}
    assert data["numeric"] == [False, True, True]


def test_text_picks_a_language_at_any_depth():
    cell = (Both(("in ", Number("1 May", "5月1日")), (Number("1 May", "5月1日"), "内")), Link(Both("x", "甲"), "#s-a"))
    assert (text(cell), text(cell, "zh")) == ("in 1 Mayx", "5月1日内甲")


@pytest.mark.parametrize(
    "share,text", [(None, ""), (0.0, "0%"), (0.004, "under 1%"), (0.254, "25%"), (0.996, "over 99%"), (1.0, "100%")]
)
def test_a_share_is_written_as_whole_percent(share, text):
    assert rounding.coverage_percent(share) == text


def test_a_cell_of_numbers_with_words_may_be_broken_and_a_long_one_on_a_phone():
    rows = (("1",), ("2.6 (2.2 to 4.1)",), ("2.3亿元",), ("over 10 (10余家企业)",))
    shown = Table("t", ("#Mean",), rows).html(WRITER)
    assert re.findall(r'<td class="([^"]+)"', shown) == ["num", "num long", "num", "num words"]

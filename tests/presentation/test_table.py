"""Tables and sentences as HTML: everything escaped, safe links only, what is illustrative marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.presentation import words
from analysis.presentation.sentences import Sentences
from analysis.presentation.tables import Link, Table

NASTY = '<script>alert("x")</script> & 伊尔克什坦'


def test_text_from_data_is_escaped_everywhere():
    table = Table(NASTY, (NASTY,), ((NASTY,), (Link(NASTY, "#s-" + NASTY),)), notes=(NASTY,), anchors=(NASTY, NASTY))
    shown = table._repr_html_() + Sentences((NASTY,))._repr_html_()
    assert "<script" not in shown
    assert '"x"' not in shown
    assert '<span lang="zh-Hans">伊尔克什坦</span>' in shown


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/path"])
def test_an_address_without_http_is_no_link(href):
    assert "<a " not in Table("t", ("a",), ((Link("words", href),),))._repr_html_()


def test_numbers_are_set_to_the_right_and_the_total_is_marked():
    shown = Table("t", ("Month", "#Mean"), (("2023-01", "1"), ("Total", "1")), total=True)._repr_html_()
    assert '<th scope="col" class="num">Mean</th>' in shown
    assert '<tr class="total"><td>Total</td><td class="num">1</td></tr>' in shown


def test_rows_carry_the_anchors_that_links_lead_to():
    shown = Table("t", ("a",), (("x",),), anchors=("s-abc",))._repr_html_()
    assert '<tr id="s-abc">' in shown
    assert 'href="#s-abc"' in Table("t", ("a",), ((Link.to("abc", "words"),),))._repr_html_()


def test_what_is_illustrative_says_so_in_every_form():
    table = Table("Output", ("a",), (("1",),), illustrative=True)
    assert "ILLUSTRATIVE, not real" in repr(table)
    assert "<caption>ILLUSTRATIVE, not real" in table._repr_html_()
    assert 'class="illustrative"' in table._repr_html_()


def test_plain_text_aligns_chinese():
    first, second = repr(Table("t", ("a", "b"), (("口岸", "x"), ("port", "y")))).splitlines()[2:4]
    assert (first, second) == ("口岸  x", "port  y")


@pytest.mark.parametrize(
    'probability, word',
    [
        (1.0, "very likely"), (0.9, "very likely"), (0.89, "likely"), (0.66, "likely"), (0.65, "about even"),
        (0.34, "about even"), (0.33, "unlikely"), (0.11, "unlikely"), (0.1, "very unlikely"), (0.0, "very unlikely"),
    ],
)  # fmt: skip
def test_words_for_probability(probability, word):
    assert words.likelihood(probability) == word


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_has_a_weaker_word(one, other):
    order = ["very unlikely", "unlikely", "about even", "likely", "very likely"]
    low, high = sorted((one, other))
    assert order.index(words.likelihood(low)) <= order.index(words.likelihood(high))


def test_ages_and_lists_in_words():
    assert [words.age(days) for days in (30, 156, 3256)] == ["30 days", "5 months", "8.9 years"]
    assert words.series(["2022"]) == "2022"
    assert words.series(["2019", "2020", "2022"]) == "2019, 2020 and 2022"

"""The words of a probability never differ from the percentage beside them, in both languages, at every edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pages.words.phrases import LIKELIHOODS, SCALE_NOTE, likelihood, likelihood_clause
from analysis.pages.words.rounding import percent, whole_percent

#: First and last percentage of each word, by hand.
EDGES = [
    (0, 10, "very unlikely", "可能性极小"),
    (11, 29, "unlikely", "可能性较小"),
    (30, 38, "about one in three", "可能性约为三分之一"),
    (39, 44, "a little less likely than not", "可能性略小于一半"),
    (45, 55, "about even", "可能性约为一半"),
    (56, 61, "a little more likely than not", "可能性略大于一半"),
    (62, 70, "about two in three", "可能性约为三分之二"),
    (71, 89, "likely", "可能性较大"),
    (90, 100, "very likely", "可能性极大"),
]


@pytest.mark.parametrize("first, last, english, chinese", EDGES)
def test_each_word_stands_for_its_percentages_up_to_both_edges(first, last, english, chinese):
    for printed in (first, last):
        words = likelihood(printed / 100)
        assert (words.en, words.zh) == (english, chinese)
    assert f"{english} {first} to {last}%" in SCALE_NOTE.en
    assert f"“{chinese}”{first}%至{last}%" in SCALE_NOTE.zh


def test_the_scale_leaves_no_percentage_out_and_none_twice():
    assert [first for first, *_ in EDGES] == [0, *(last + 1 for _, last, *_ in EDGES[:-1])]
    assert len(LIKELIHOODS) == len(EDGES)


@given(st.floats(0, 1))
def test_a_probability_has_the_words_of_the_percentage_printed(probability):
    first, last = next(edge[:2] for edge in EDGES if edge[2] == likelihood(probability).en)
    assert first <= whole_percent(probability) <= last


@given(st.floats(0, 1))
def test_no_probability_is_printed_as_0_or_100_percent(probability):
    assert percent(probability).en not in ("0%", "0.0%", "100%")
    assert percent(probability).zh not in ("0%", "0.0%", "100%")


def test_a_third_is_no_even_chance():
    assert likelihood(0.34).en == "about one in three"
    assert likelihood_clause(0.34).en == "the chance is about one in three"
    assert likelihood_clause(0.93).en == "it is very likely"


def test_a_workbook_has_no_probability_of_0_or_1_either():
    assert percent(0.0).values == percent(1.0).values == ()
    assert percent(0.34).values == (0.34,)

"""Numbers in words: digits that the interval bears, both units, periods."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.presentation.tables import figures


@pytest.mark.parametrize(
    "value, lower, upper, words",
    [
        # Half-widths 0.10, 0.35, 0.36 and 0.95: two digits up to 35, one from 36 (Particle Data Group, 5.3).
        (1.2345, 1.1345, 1.3345, "1.23 (1.13 to 1.33)"),
        (1.2345, 0.8845, 1.5845, "1.23 (0.88 to 1.58)"),
        (1.2345, 0.8745, 1.5945, "1.2 (0.87 to 1.6)"),
        (12.345, 11.395, 13.295, "12.3 (11.4 to 13.3)"),
        (1160.4, 1159.9, 1160.9, "1,160 (1,160 to 1,161)"),
    ],
)
def test_digits_follow_the_interval(value, lower, upper, words):
    found = figures.amount(value, lower, upper)
    assert f"{found.value} ({found.interval})" == words


@given(st.floats(1, 1e9), st.floats(1.001, 20))
def test_rounding_moves_a_value_by_less_than_a_tenth(value, ratio):
    words = figures.amount(value, value / ratio, value * ratio)
    for printed, exact in ((words.value, value), (words.lower, value / ratio), (words.upper, value * ratio)):
        assert float(printed.replace(",", "")) == pytest.approx(exact, rel=0.0501)


def test_freight_stands_in_both_units():
    assert figures.tonnes(1_160_000) == "1.16 million tonnes (116万吨)"
    assert figures.tonnes(381_000) == "381,000 tonnes (38.1万吨)"
    assert figures.million_tonnes(1.236e6, 1.159e6, 1.354e6) == "1.16 to 1.35 million tonnes (116 to 135万吨)"


@given(st.integers(1, 10**8))
def test_both_units_say_the_same_number(tonnes):
    words = figures.tonnes(float(tonnes))
    english, chinese = re.findall(r"[\d,.]*\d", words)
    scale = 1e6 if "million" in words else 1
    assert float(english.replace(",", "")) * scale == pytest.approx(float(chinese.replace(",", "")) * 1e4)


def test_money_stands_in_both_units():
    assert figures.yuan(725e6) == "725 million yuan (7.25亿元)"
    assert figures.yuan(2e9) == "2,000 million yuan (20亿元)"


def test_a_share_of_draws_is_never_certain():
    assert figures.percent(0.0) == "less than 1%"
    assert figures.percent(1.0) == "more than 99%"
    assert figures.percent(0.344) == "34%"


def test_a_share_of_days_may_be():
    assert [figures.fraction_percent(share) for share in (0, 0.001, 0.39, 0.999, 1)] == [
        "0%", "under 1%", "39%", "over 99%", "100%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "start, end, words",
    [
        ("2014-01-01", "2014-12-31", "2014"),
        ("2023-01-01", "2023-10-31", "January to October 2023"),
        ("2025-01-01", "2025-01-31", "January 2025"),
        ("2025-01-01", "2025-07-28", "1 January to 28 July 2025"),
        ("2023-11-08", "2023-11-08", "8 November 2023"),
        ("2012-12-22", "2013-12-22", "22 December 2012 to 22 December 2013"),
    ],
)
def test_periods_in_words(start, end, words):
    assert figures.span_words(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == words


def test_a_bound_says_so_once():
    assert figures.as_published("100万吨", "gt") == "over 100万吨"
    assert figures.as_published("超100万吨", "gt") == "超100万吨"
    assert figures.as_published("46.4万吨", "eq") == "46.4万吨"
    assert figures.as_published("+10%", "gt") == "over +10%"


def test_figures_of_a_column_share_their_last_digit():
    assert figures.column([12.345, 1.2345, 13.5795], [0.2, 0.02, 0.2], scale=1.0) == ["12.35", "1.23", "13.58"]

"""Numbers in words: digits that the interval bears, both units, periods."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pages.words import dates, rounding


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
    found = rounding.amount(value, lower, upper)
    assert f"{found.value} ({found.interval})" == words


@given(st.floats(1, 1e9), st.floats(1.001, 20))
def test_rounding_moves_a_value_by_less_than_a_tenth(value, ratio):
    words = rounding.amount(value, value / ratio, value * ratio)
    for printed, exact in ((words.value, value), (words.lower, value / ratio), (words.upper, value * ratio)):
        assert float(printed.replace(",", "")) == pytest.approx(exact, rel=0.0501)


def test_freight_stands_in_both_units():
    assert rounding.tonnes(1_160_000).en == "1.16 million tonnes (116万吨)"
    assert rounding.tonnes(381_000).en == "381,000 tonnes (38.1万吨)"
    assert rounding.tonnes_interval(1.236e6, 1.159e6, 1.354e6).en == "1.16 to 1.35 million tonnes (116 to 135万吨)"


def test_chinese_freight_stands_in_its_own_unit_without_commas():
    assert rounding.tonnes(12_100_000).zh == "1210万吨"
    assert rounding.tonnes_interval(1.236e6, 1.159e6, 1.354e6).zh == "116万至135万吨"


def test_money_stands_in_both_units():
    assert rounding.yuan(725e6).en == "725 million yuan (7.25亿元)"
    assert rounding.yuan(2e9).en == "2,000 million yuan (20亿元)"
    assert [rounding.yuan(value).zh for value in (725e6, 2e9, 60.42e6)] == ["7.25亿元", "20亿元", "6042万元"]
    assert rounding.yuan_interval(7.3e8, 6.7e8, 7.9e8).zh == "6.7亿至7.9亿元"


def test_a_share_of_draws_is_never_certain():
    assert [rounding.percent(share).en for share in (0.0, 0.344, 1.0)] == ["less than 1%", "34%", "more than 99%"]
    assert [rounding.percent(share).zh for share in (0.0, 0.344, 1.0)] == ["不到1%", "34%", "超过99%"]


def test_a_share_of_days_may_be():
    assert [rounding.fraction_percent(share).en for share in (0, 0.001, 0.39, 0.999, 1)] == [
        "0%", "under 1%", "39%", "over 99%", "100%",
    ]  # fmt: skip


def test_growth_carries_its_sign():
    assert rounding.growth(0.203, 0.198, 0.208).en == "+20.3%"
    assert rounding.growth(-0.052, -0.06, -0.045).zh == "-5.2%"
    assert rounding.growth_interval(0.12, -0.15, 0.41).en == "-15 to +41%"
    assert rounding.growth_interval(0.12, -0.15, 0.41).zh == "-15%至+41%"
    assert rounding.growth_interval(-0.28, -0.55, -0.00996).en == "-55 to -1%"
    assert [rounding.with_sign(words) for words in ("0.0", "-0.0", "1.5", "-1.5")] == ["0.0", "0.0", "+1.5", "-1.5"]


@pytest.mark.parametrize(
    "start, end, en, zh",
    [
        ("2014-01-01", "2014-12-31", "2014", "2014年"),
        ("2023-01-01", "2023-10-31", "January-October 2023", "2023年1-10月"),
        ("2025-01-01", "2025-01-31", "January 2025", "2025年1月"),
        ("2025-01-01", "2025-07-28", "1 January-28 July 2025", "2025年1月1日至7月28日"),
        ("2023-11-08", "2023-11-08", "8 November 2023", "2023年11月8日"),
        ("2012-12-22", "2013-12-22", "22 December 2012 to 22 December 2013", "2012年12月22日至2013年12月22日"),
    ],
)
def test_periods_in_words(start, end, en, zh):
    span = dates.span_words(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    assert (span.en, span.zh) == (en, zh)


@pytest.mark.parametrize(
    "start, freq, en, zh",
    [
        ("2023-01-01", "A", "2023", "2023年"),
        ("2023-10-01", "Q", "October-December 2023", "2023年10-12月"),
        ("2023-12-01", "M", "December 2023", "2023年12月"),
        ("2023-12-25", "W", "25 December 2023", "2023年12月25日"),
    ],
)
def test_a_period_of_a_path_in_words(start, freq, en, zh):
    words = dates.period_words(dt.date.fromisoformat(start), freq)
    assert (words.en, words.zh) == (en, zh)


def test_a_bound_says_so_once():
    assert rounding.as_published("100万吨", "gt").en == "over 100万吨"
    assert rounding.as_published("100万吨", "gt").zh == "超过100万吨"
    assert rounding.as_published("超100万吨", "gt").en == "超100万吨"
    assert rounding.as_published("46.4万吨", "eq").zh == "46.4万吨"
    assert rounding.as_published("+10%", "gt").en == "over +10%"
    assert rounding.with_relation(rounding.tonnes(1e6), "gt").zh == "超过100万吨"


def test_figures_of_a_column_share_their_last_digit():
    assert rounding.column([12.345, 1.2345, 13.5795], [0.2, 0.02, 0.2], scale=1.0) == ["12.35", "1.23", "13.58"]

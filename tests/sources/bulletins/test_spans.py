"""Words for spans of time: against the tests of JioNLP (Apache-2.0, test_time_parser.py) and what it misreads."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sources.bulletins.chinese_spans import chinese_spans
from analysis.sources.bulletins.english_spans import english_spans
from analysis.sources.bulletins.holidays import days_off
from analysis.sources.bulletins.spans import Clock, days
from analysis.sources.bulletins.text import folded


def _read(reader, text: str, published: str, **clock: object) -> tuple[str, str] | None:
    day = dt.date.fromisoformat(published)
    words = reader(folded(text), day)
    assert len(words) == 1, words
    span = days(words[0], Clock(day, **clock))  # type: ignore[arg-type]
    return None if span is None else (span[0].isoformat(), span[1].isoformat())


@pytest.mark.parametrize(
    "text,start,end",
    [
        ("今年前三季度", "2021-01-01", "2021-09-30"),
        ("2021年前两个季度", "2021-01-01", "2021-06-30"),
        ("1993年上半年", "1993-01-01", "1993-06-30"),
        ("上个季度", "2021-01-01", "2021-03-31"),
        ("上一个月", "2021-05-01", "2021-05-31"),
        ("1999.08-2002.02", "1999-08-01", "2002-02-28"),
        ("二〇〇六年十二月", "2006-12-01", "2006-12-31"),
        ("年底前", "2021-06-14", "2021-12-31"),
        ("2022年前十一个月", "2022-01-01", "2022-11-30"),
        ("2022年首季度", "2022-01-01", "2022-03-31"),
    ],
)
def test_chinese_spans_read_on_14_june_2021(text, start, end):
    assert _read(chinese_spans, text, "2021-06-14") == (start, end)


@pytest.mark.parametrize(
    "text,start,end",
    [
        ("1-10月", "2023-01-01", "2023-10-31"),
        ("2023年1-10月", "2023-01-01", "2023-10-31"),
        ("1至11月", "2023-01-01", "2023-11-30"),
        ("1月至7月", "2023-01-01", "2023-07-31"),
        ("今年1—5月", "2023-01-01", "2023-05-31"),
        ("1至10月份", "2023-01-01", "2023-10-31"),
        ("“十三五”期间", "2016-01-01", "2020-12-31"),
        ("截至4月2日", "2023-01-01", "2023-04-02"),
        ("前11个月", "2023-01-01", "2023-11-30"),
        ("前三季度", "2023-01-01", "2023-09-30"),
        ("上一季度", "2023-07-01", "2023-09-30"),
        ("1季度中国经营状况", "2023-01-01", "2023-03-31"),
        ("今年以来", "2023-01-01", "2023-11-30"),
        ("12月", "2022-12-01", "2022-12-31"),
        ("3月13日至19日", "2023-03-13", "2023-03-19"),
        ("2016年6月7日至今年11月23日", "2016-06-07", "2023-11-23"),
        ("2012—2020年", "2012-01-01", "2020-12-31"),
        ("9月以来", "2023-09-01", "2023-11-30"),
    ],
)
def test_spans_of_port_bulletins_read_on_30_november_2023(text, start, end):
    assert _read(chinese_spans, text, "2023-11-30") == (start, end)


def test_the_same_span_a_year_before_is_a_base():
    span = (dt.date(2023, 1, 1), dt.date(2023, 10, 31))
    assert _read(chinese_spans, "去年同期", "2023-11-30", span=span) == ("2022-01-01", "2022-10-31")
    (words,) = chinese_spans("较去年同期增长", dt.date(2023, 11, 30))
    assert words.base


@pytest.mark.parametrize("text", ["最近一次年报", "统一口岸", "一带一路"])
def test_words_that_look_like_time_are_none(text):
    assert chinese_spans(text, dt.date(2023, 11, 30)) == []


def test_the_day_on_which_somebody_spoke_is_no_span():
    (words,) = chinese_spans("二连海关10日公布", dt.date(2017, 1, 10))
    assert words.kind == "announced"


@pytest.mark.parametrize(
    "text,published,start,end",
    [
        ("今年中秋节假期", "2019-09-16", "2019-09-13", "2019-09-15"),
        ("“五一”期间", "2024-05-06", "2024-05-01", "2024-05-05"),
        ("元旦假期", "2024-01-03", "2023-12-30", "2024-01-01"),
        ("国庆中秋假期", "2025-10-09", "2025-10-01", "2025-10-08"),
        ("去年春节期间", "2024-02-19", "2023-01-21", "2023-01-27"),
    ],
)
def test_a_public_holiday_is_its_days_off(text, published, start, end):
    """Days off of the notices of the State Council (国务院办公厅关于部分节假日安排的通知)."""
    (words,) = chinese_spans(text, dt.date.fromisoformat(published))
    assert days(words, Clock(dt.date.fromisoformat(published))) == (
        dt.date.fromisoformat(start),
        dt.date.fromisoformat(end),
    )


@pytest.mark.parametrize("text", ["1998年春节假期", "春运期间", "春节假期前三天"])
def test_a_holiday_of_unknown_days_is_no_span(text):
    assert "unknown" in [words.kind for words in chinese_spans(text, dt.date(2019, 9, 16))]


def test_days_off_are_in_order_and_a_year_has_every_holiday():
    for (name, year), (first, last) in days_off().items():
        assert first <= last < first + dt.timedelta(days=11), (name, year)
        assert last.year == year
    assert len({year for _, year in days_off()}) * 7 == len(days_off())


@pytest.mark.parametrize(
    "text,start,end",
    [
        ("the first nine months of 2023", "2023-01-01", "2023-09-30"),
        ("January-September 2018", "2018-01-01", "2018-09-30"),
        ("From January to July", "2023-01-01", "2023-07-31"),
        ("as of June 4", "2023-01-01", "2023-06-04"),
        ("so far this year", "2023-01-01", "2023-11-30"),
        ("fiscal 2014", "2013-10-01", "2014-09-30"),
        ("as of 15 March", "2023-01-01", "2023-03-15"),
        ("from 1 April to 30 June 2022", "2022-04-01", "2022-06-30"),
        ("April-August period of 2018", "2018-04-01", "2018-08-31"),
        ("the first 11 months of 2021-22", "2021-04-01", "2022-02-28"),
        ("the second quarter of fiscal 2020", "2020-01-01", "2020-03-31"),
        ("In 2022-23", "2022-04-01", "2023-03-31"),
        ("during March", "2023-03-01", "2023-03-31"),
        ("H1", "2023-01-01", "2023-06-30"),
        ("Since April 13", "2023-04-13", "2023-11-30"),
        ("As of Monday, May 26", "2023-01-01", "2023-05-26"),
        ("As of Friday", "2023-01-01", "2023-11-24"),
        ("the first two weeks of January 2023", "2023-01-01", "2023-01-14"),
    ],
)
def test_english_spans_read_on_30_november_2023(text, start, end):
    assert _read(english_spans, text, "2023-11-30") == (start, end)


@pytest.mark.parametrize("text", ["more than in May 2020", "compared to September 2019", "than a year before"])
def test_english_words_of_a_comparison_are_a_base(text):
    assert [words.base for words in english_spans(text, dt.date(2023, 11, 30))] == [True]


@given(st.integers(1, 11), st.integers(1, 28), st.dates(dt.date(1990, 1, 1), dt.date(2039, 12, 31)))
def test_a_count_up_to_a_day_begins_with_its_year_and_ends_by_the_publication(month, day, published):
    (words,) = chinese_spans(f"截至{month}月{day}日", published)
    span = days(words, Clock(published))
    assert span is not None
    assert span[0] == dt.date(span[1].year, 1, 1)
    assert span[1] <= published < dt.date(span[1].year + 1, month, day)

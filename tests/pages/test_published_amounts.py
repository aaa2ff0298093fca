"""Figures as published, dates of publication and kinds of statements in the tables of pages."""

import datetime as dt
import re

import polars as pl
import pytest

from analysis.pages.parts.sources import sources
from analysis.pages.words.cells import text
from analysis.pages.words.dates import publication_words
from analysis.pages.words.published_amounts import published_amount, published_figure
from analysis.publishing.output import trace
from tests.evidence import bundled, known
from tests.pages.numerals import numbers


@pytest.mark.parametrize(
    "printed, relation, value, unit, english, chinese",
    [
        ("2.3亿元", "eq", 2.3e8, "CNY", "230 million yuan (2.3亿元)", "2.3亿元"),
        (None, "eq", 7.268e8, "USD", "$726.8 million", "7.268亿美元"),
        (None, "gt", 1e6, "tonnes", "over 1 million tonnes", "超过100万吨"),
        ("10余家企业", "gt", 10.0, "count", "over 10 (10余家企业)", "10余家企业"),
        ("more than 300 vehicles", "eq", 300.0, "vehicles/day", "more than 300 vehicles",
         "超过300辆次/日（more than 300 vehicles）"),
        ("$4.7bn", "eq", 4.7e9, "USD", "$4.7bn", "47亿美元（$4.7bn）"),
        ("600 thousand", "gt", 6e5, "tonnes", "over 600,000 tonnes", "超过60万吨"),
        ("1029500", "eq", 1029500.0, "tonnes", "1.0295 million tonnes", "102.95万吨"),
        ("10%左右", "approx", 0.1, "fraction", "about 10% (10%左右)", "10%左右"),
        ("80%以上", "gt", 0.8, "fraction", "over 80% (80%以上)", "80%以上"),
        ("nearly $1.2bn", "approx", 1.2e9, "USD", "nearly $1.2bn", "约12亿美元（nearly $1.2bn）"),
        ("до 30 фур в сутки", "lt", 30.0, "vehicles/day", "up to 30 vehicles a day (до 30 фур в сутки)",
         "至多30辆次/日（до 30 фур в сутки）"),
        ("3-5天", "eq", 96.0, "hours", "3 to 5 days (3-5天)", "3-5天"),
        ("96", "eq", 96.0, "hours", "96 hours", "96小时"),
        ("超100万吨 / over 1 million tonnes", "gt", 1e6, "tonnes", "over 1 million tonnes", "超100万吨"),
        ("已接近2019年同期水平", "lt", 0.0, "fraction", "under the level compared with (已接近2019年同期水平)",
         "已接近2019年同期水平"),
        ("49,8%", "eq", 0.498, "fraction", "49.8%", "49.8%"),
        ("12,9 billion dollars", "eq", 12.9e9, "USD", "$12.9 billion (12,9 billion dollars)",
         "129亿美元（12,9 billion dollars）"),
        ("1 million", "gt", 1e6, "tonnes", "over 1 million tonnes", "超过100万吨"),
        ("+32.4%", "eq", 0.324, "fraction", "+32.4%", "+32.4%"),
        ("直奔350万吨", "approx", 3.5e6, "tonnes", "about 3.5 million tonnes (直奔350万吨)",
         "约350万吨（直奔350万吨）"),
    ],
)  # fmt: skip
def test_a_figure_is_told_in_the_language_of_the_page(
    printed: str, relation: str, value: float, unit: str, english: str, chinese: str
) -> None:
    words = published_amount(printed, relation, value, unit)
    assert (words.en, words.zh) == (english, chinese)


def test_every_figure_of_the_ledger_has_its_unit_and_one_relation_in_both_languages() -> None:
    for row in bundled().statements.iter_rows(named=True):
        words = published_figure(row)
        assert not re.search(
            r"(about|约).{0,6}左右|(over|超过).{0,6}以上|about (nearly|almost|about)", words.en.split(" (")[0]
        )
        if row["unit"] in ("tonnes", "CNY", "USD", "vehicles", "trains"):
            assert re.search("[A-Za-z$¥]", words.en), words
            assert re.search("[\u3400-\u9fff]", words.zh), words
        own = numbers(words.en.partition(" (")[0]), numbers(words.zh.partition("（")[0])
        if words.en.endswith(f" ({row['value_as_published']})") and words.zh.endswith(
            f"（{row['value_as_published']}）"
        ):
            assert own[0] == own[1], words


@pytest.mark.parametrize(
    "day, precision, english, chinese",
    [
        (dt.date(2004, 12, 31), "year", "2004", "2004年"),
        (dt.date(2021, 5, 31), "month", "May 2021", "2021年5月"),
        (dt.date(2021, 12, 31), "day", "31 December 2021", "2021年12月31日"),
        (dt.date(2023, 12, 31), None, "2023", "2023年"),
        (dt.date(2022, 2, 28), None, "February 2022", "2022年2月"),
        (dt.date(2022, 2, 27), None, "27 February 2022", "2022年2月27日"),
        (None, "unknown", "no date given", "未注明日期"),
    ],
)
def test_a_publication_is_dated_as_exactly_as_it_is_known(
    day: dt.date | None, precision: str | None, english: str, chinese: str
) -> None:
    words = publication_words(day, precision)
    assert (words.en, words.zh) == (english, chinese)


def test_sources_date_and_name_statements_no_more_exactly_than_the_ledger() -> None:
    known = bundled().known()
    listed = known.statements.filter(pl.col("published_on").is_not_null())
    table = sources(known, listed["statement_id"].to_list())
    columns = [text(column) for column in table.columns]
    when, kind = columns.index("Published"), columns.index("Kind")
    for row, cells in zip(listed.iter_rows(named=True), table.rows, strict=True):
        if row["published_on_precision"] == "year":
            assert text(cells[when]) == str(row["published_on"].year)
        if "reprint" in row["publisher"]:
            assert text(cells[kind]) == "only copy seen" or text(cells[kind]).startswith("reprint of "), row


def test_where_nobody_wrote_down_printed_words_or_publisher_the_tables_of_pages_say_so() -> None:
    nothing = pl.lit(None, dtype=pl.String)
    blank = bundled().statements.with_columns(value_as_published=nothing, publisher=nothing)
    rows = list(blank.iter_rows(named=True))
    table = sources(known(blank), [row["statement_id"] for row in rows])
    said = [text(cell, language) for row in table.rows for cell in row for language in ("en", "zh")]
    said += [text(published_figure(row), language) for row in rows for language in ("en", "zh")]
    assert not [words for words in said if "None" in words or not words]
    publishers = {(text(row[5]), text(row[5], "zh")) for row in table.rows}
    assert publishers == {("publisher not written down", "发布者未记录")}


def test_trace_has_our_words_where_nobody_wrote_down_the_printed_ones() -> None:
    number = {"number": "n1", "en": "$726.8 million", "zh": "7.268亿美元", "statements": ["f76ea55a4f"]}
    _, line = trace.lines(number, bundled().statements)
    assert line.startswith("f76ea55a4f  $726.8 million  tajikistan.trade_value_usd")

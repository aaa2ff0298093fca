"""The page of the trade desk: parts beside the growth of which they are parts, rates with their intervals."""

import re

import polars as pl
import pytest

from analysis.pages.parts import theme
from analysis.pages.parts.chart import Look
from analysis.pages.trade import charts, sentences, tables
from analysis.pages.trade.words import chance_figure
from analysis.pages.words.cells import text
from tests.desks.trade.test_trade import of_april  # noqa: F401 - a fixture


def test_growth_stands_with_its_interval_and_the_days_it_is_measured_on(of_april):  # noqa: F811
    second = sentences.summary(of_april).items[1]
    found = re.match(
        r"Growth in January-[A-Z][a-z]+ 2022 on the same months of 2021 is put at \S+ \(80%: ", text(second)
    )
    assert found, text(second)
    assert "比2021年同期增长估计为" in text(second, "zh")


def test_a_partners_points_stand_beside_the_growth_of_the_same_months(of_april):  # noqa: F811
    lines = charts._partner_lines(of_april)
    assert lines
    for line in lines:
        assert line.whole.en.endswith("%")
        assert text(charts._line_words(line)).endswith(f" of {line.whole.en}")
    cells = [text(row[-1]) for row in tables.partners(of_april).rows]
    assert all(" of +" in cell or " of -" in cell for cell in cells if cell)


def test_the_title_is_about_the_months_of_the_page(of_april):  # noqa: F811
    title = charts.contributions(of_april).title
    assert re.match("(Exports|Imports), ", text(title))


def test_an_expected_growth_is_named(of_april):  # noqa: F811
    rows = of_april.chances.filter(pl.col("question") == "expected_growth").to_dicts()
    for row in rows:
        assert text(chance_figure(row, of_april)) in text(sentences.summary(of_april).items[2])


@pytest.mark.parametrize("width", [theme.WIDTH, theme.NARROW])
def test_no_rule_runs_through_the_words_of_a_line(of_april, width):  # noqa: F811
    """The base of the words, and eight pixels above it."""
    figure = charts.contributions(of_april)
    drawing = figure.svg(Look("en", width, figure.height))
    rules = re.findall(r'<line transform="translate\([^,]+,([0-9.]+)\)" x2="0" y2="([0-9.]+)"[^>]*dasharray', drawing)
    words = re.findall(r"<text[^>]*translate\(2,([0-9.]+)\)", drawing)
    assert len(rules) == len(set(words)) > 0
    for top, length in rules:
        assert not any(float(top) - 1 < float(base) - 4 < float(top) + float(length) + 8 for base in words)

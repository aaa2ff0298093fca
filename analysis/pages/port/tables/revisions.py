"""What moved a port's figures since earlier editions: evidence news and the revision triangle."""

import datetime as dt
from typing import Any

import polars as pl

from analysis.desks.port import Outlook, Revisions
from analysis.estimates.news import PRINTED, News
from analysis.pages.parts.sources import kind_words
from analysis.pages.parts.table import Table
from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import Both, Cell, Link, Number
from analysis.pages.words.dates import date_words, month_words, span_words, year_words
from analysis.pages.words.indicators import series_words
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.rounding import with_sign as signed_words

_NEWS_NOTE = Both(
    "The earlier estimate is what the same model says without the new statements. Statements about other ports count "
    "as far as they tell what ports share. Digits are those of the changes, which may be more than the interval bears.",
    "上一版估计值是同一模型去掉新增表述后的结果。有关其他口岸的表述，只在反映共同变动的程度上起作用。位数取决于变动大小，可能多于区间所能支持的位数。",
)
_TRIANGLE_NOTE = Both(
    "Each column knows what was published by its day; all use the standard deviations of the last one. A month before "
    "its own end is a forecast. –: no statement of the port counted yet. Digits are those of the changes.",
    "每列只用截至该日已公布的内容，各列均采用最后一版的标准差。尚未结束的月份为预测。“–”表示当时该口岸尚无可用表述。位数取决于变动大小。",
)

_NOTHING_NOTE = Both(
    "Before a zero was published for the whole year, its row has no estimate.",
    "全年为零的数字公布之前，该年不列估计值。",
)


def evidence_news(news: News, outlook: Outlook) -> Table:
    """Return each statement that is new since the previous edition and what it did to the estimate of the year."""
    amounts = traffic(outlook).amounts
    unit = amounts.table_unit
    lines = news.lines().filter(pl.col("line") != "remainder")  # none but rounding: nothing else sets them apart
    moves = lines["contribution"].fill_null(0.0)
    width = _visible(_half_width(outlook), max(moves.abs().to_list(), default=0.0))
    values = lines.select(pl.coalesce("contribution", "estimate")).to_series().to_list()
    words = amounts.column(values, [width] * lines.height)
    unseen = pl.Series([not number.strip("-0.,") for number in words])
    small = (unseen | (moves.abs() < PRINTED * float(moves.abs().sum()))) & (lines["line"] == "statement")
    folded, total = int(small.sum()), float(moves.filter(small).sum())
    rows: list[tuple[Cell, ...]] = []
    for row, value, number, is_small in zip(lines.iter_rows(named=True), values, words, small, strict=True):
        if is_small:
            continue
        if row["line"] == "statement":
            rows.append(_statement(row, outlook, amounts.number(signed_words(number), value, [row["statement_id"]])))
        else:
            rows.append((_estimate(row["line"], news), "", "", "", amounts.number(number, value)))
    if folded:
        name = Both(f"{folded} smaller one{'s' * (folded > 1)}", f"另有{folded}条影响较小")
        together = amounts.column([*values, total], [width])[-1]
        rows.insert(-1, (name, "", "", "", amounts.number(signed_words(together), total)))
    since = date_words(news.since)
    return Table(
        name=Both("News", "新增依据"),
        caption=Both(
            f"What moved the estimate of {news.year} since {since.en}, {unit.en}",
            f"{since.zh}以来{news.year}年估计值的变动，{unit.zh}",
        ),
        columns=(
            Both("Statement", "编号"),
            Both("Period", "时期"),
            Both("Measure", "口径"),
            Both("As published", "原文数字"),
            Both("#Estimate or change", "#估计值或变动"),
        ),
        rows=tuple(rows),
        notes=(*_silence(news), _NEWS_NOTE),
        total=True,
    )


def revisions(triangle: Revisions, outlook: Outlook) -> Table:
    """Return the revision triangle: a row a period, a column a vintage."""
    amounts = traffic(outlook).amounts
    unit = amounts.table_unit
    rows: list[tuple[Cell, ...]] = []
    for (freq, period), of_period in triangle.table.group_by("freq", "time_period", maintain_order=True):
        assert isinstance(period, dt.date)
        known = of_period.drop_nulls("estimate").sort("vintage")
        values = known["estimate"].to_list()
        moved = max(values) - min(values) if values else 0.0
        width = _visible(_half_width(outlook, None if freq == "A" else period), moved)
        words = amounts.column(values, [width] * known.height)
        estimates = dict(zip(known["vintage"], map(amounts.number, words, values), strict=True))
        name = year_words(period.year) if freq == "A" else month_words(period)
        rows.append((name, *(estimates.get(vintage, "–") for vintage in triangle.vintages)))
    return Table(
        name=Both("Revisions", "修订"),
        caption=Both(
            f"How estimates moved from edition to edition, medians, {unit.en}", f"各版估计值的变动（中位数），{unit.zh}"
        ),
        columns=(Both("Period", "时期"), *(Both(f"#{vintage}", f"#{vintage}") for vintage in triangle.vintages)),
        rows=tuple(rows),
        notes=(_TRIANGLE_NOTE, *([_NOTHING_NOTE] if (triangle.table["estimate"] == 0).any() else [])),
    )


def _half_width(outlook: Outlook, month: dt.date | None = None) -> float:
    """Return half the width of the 80% interval of the edition's year, or of a month."""
    if month is None:
        row = outlook.year()
        return float(row["upper80"] - row["lower80"]) / 2
    row = outlook.months.row(by_predicate=(pl.col("level") == 80) & (pl.col("time_period") == month), named=True)
    return float(row["upper"] - row["lower"]) / 2


def _visible(half_width: float, move: float) -> float:
    """Return the width that sets the digits of figures that are compared: a move within the interval is to be seen."""
    return min(half_width, move) if move > 0 else half_width


def _statement(row: dict[str, Any], outlook: Outlook, change: Number) -> tuple[Cell, ...]:
    """Return the row of one new statement."""
    of = outlook.known.counted.row(by_predicate=pl.col("statement_id") == row["statement_id"], named=True)
    what, span = series_words(of, outlook.known.evidence), span_words(row["period_start"], row["period_end"])
    figure = published_figure(of)
    return (
        Link.to(row["statement_id"], row["statement_id"]),
        Both(f"{what.en}, {span.en}", f"{what.zh}，{span.zh}"),
        kind_words(of),
        figure,
        change,
    )


def _silence(news: News) -> tuple[Cell, ...]:
    """Return a note where nothing new became known."""
    if not news.table.is_empty():
        return ()
    since, until = date_words(news.since), date_words(news.until)
    return (
        Both(
            f"Nothing that bears on it became known after {since.en} and by {until.en}.",
            f"{since.zh}之后至{until.zh}没有公布影响该估计值的内容。",
        ),
    )


def _estimate(line: str, news: News) -> Both:
    """Return the name of one of the two estimates."""
    since, until = date_words(news.since), date_words(news.until)
    names = {
        "before": Both(f"estimate of {since.en}", f"{since.zh}的估计值"),
        "prior": Both(f"before anything was known of it ({since.en})", f"尚无任何依据时（{since.zh}）"),
    }
    return names.get(line, Both(f"estimate of {until.en}", f"{until.zh}的估计值"))

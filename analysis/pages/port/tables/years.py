"""The tables of the port desk. In China freight stands in 万吨, which is 10,000 tonnes: one number for both units."""

import datetime as dt

import polars as pl

from analysis.core.periods import add_months, month_end
from analysis.desks.port import Outlook
from analysis.pages.parts.table import Table
from analysis.pages.port.sentences import base_words
from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import Both, Cell
from analysis.pages.words.dates import span_words
from analysis.pages.words.phrases import OBS_STATUSES, SCALE_NOTE, figure_words, likelihood
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import fraction_percent, percent

_INTERVALS = (Both("#80% interval", "#80%区间"), Both("#95% interval", "#95%区间"))
_HOW = Both("How made", "来历")


def years(outlook: Outlook) -> Table:
    """Return the yearly totals with intervals, how each was made and how much of it is published."""
    counted, amounts = traffic(outlook), traffic(outlook).amounts
    rows: list[tuple[Cell, ...]] = []
    for row in outlook.years.iter_rows(named=True):
        behind = outlook.behind_year(row["year"])
        at80, at95 = ((row["median"], row[f"lower{level}"], row[f"upper{level}"]) for level in (80, 95))
        rows.append(
            (
                str(row["year"]),
                amounts.cell(*at80).cite(behind),
                amounts.cell_interval(*at80).cite(behind),
                amounts.cell_interval(*at95).cite(behind),
                OBS_STATUSES[row["obs_status"]],
                fraction_percent(row["coverage"]).cite(behind),
            )
        )
    return Table(
        name=Both("Years", "年度"),
        caption=Both(
            f"{counted.heading.en} by year, {amounts.table_unit.en}", f"各年{counted.noun.zh}，{amounts.table_unit.zh}"
        ),
        columns=(
            Both("Year", "年份"),
            Both("#Median", "#中位数"),
            *_INTERVALS,
            _HOW,
            Both("#Share published", "#公布占比"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Medians do not add up over years. Share published: the part of the year on days that what was "
                "published fixes: figures of the series, and bounds, growth or related series where they leave the sum "
                "of their days known to a tenth.",
                "各年中位数不能相加。公布占比：由公布内容确定的部分，包括本指标的公布数，以及使其所述时期总量的80%区间上下端"
                "相差不超过十分之一的上下限、增速或相关指标。",
            ),
        ),
    )


def months(outlook: Outlook, *, count: int = 13) -> Table:
    """Return the last months up to the edition's that may be drawn, with their total; or the reason for having none."""
    first = add_months(outlook.edition, 1 - count)
    window = outlook.months.filter(
        (pl.col("level") == 80) & (pl.col("time_period") >= first) & (pl.col("time_period") <= outlook.edition)
    )
    shown = window.filter("drawn").sort("time_period")
    counted, unit = traffic(outlook), traffic(outlook).amounts.table_unit
    caption = Both(f"The last {count} months, {unit.en}", f"最近{count}个月{counted.noun.zh}，{unit.zh}")
    name, left_out = Both("Months", "月度"), _reasons(window)
    if shown.is_empty():
        columns = (Both("Months", "月份"), Both("Why none is shown", "未列出的原因"))
        return Table(name=name, caption=caption, columns=columns, rows=tuple(left_out))
    return Table(
        name=name,
        caption=caption,
        columns=(Both("Month", "月份"), Both("#Mean", "#均值"), _INTERVALS[0], _HOW),
        rows=tuple(_month_rows(outlook, shown)),
        notes=(
            Both(
                "Means add up to the total, up to rounding; intervals do not add up.",
                "均值相加等于合计（四舍五入除外）；区间不能相加。",
            ),
            *(
                Both(("Not shown: ", span, ", ", reason, "."), ("未列出：", span, "，", reason, "。"))
                for span, reason in left_out
            ),
        ),
        total=True,
    )


def chances(outlook: Outlook) -> Table:
    """Return the probabilities of passing other figures, in words and percent; or why one is not computed."""
    rows: list[tuple[Cell, ...]] = []
    for row in outlook.chances.iter_rows(named=True):
        other = figure_words(row["question"], row["figure_year"])
        if row["probability"] is None:
            rows.append(
                (other, Both("not published", "未公布"), Both("not computed", "不计算"), reason_words(row["reason"]))
            )
            continue
        same = row["figure_year"] == outlook.edition.year
        behind = outlook.behind_year() if same else outlook.behind_comparison(row["figure_year"])
        chance = percent(row["probability"]).cite(behind or row["statement_ids"])
        rows.append((other, base_words(outlook, row), chance, likelihood(row["probability"])))
    year = outlook.edition.year
    return Table(
        name=Both("Comparisons", "比较"),
        caption=Both(f"Will {year} pass other figures?", f"{year}年能否超过以下数字？"),
        columns=(
            Both("To pass", "对照"), Both("The other figure", "对照数"), Both("#Probability", "#概率"),
            Both("In words", "用词"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Another year is compared with, draw by draw, where its 80% interval reaches at most from 1 to 1.5; "
                "published: its full year was; estimated: our own median.",
                "其他年份总量的80%区间上下端之比不超过1.5时，逐次抽样比较。公布数：全年已公布；估计数：本页的中位数。",
            ),
            SCALE_NOTE,
        ),
    )  # fmt: skip


def _month_rows(outlook: Outlook, shown: pl.DataFrame) -> list[tuple[Cell, ...]]:
    """Return a row a month and the total; means share their last digit, so that they add up as printed."""
    half_widths = [(row["upper"] - row["lower"]) / 2 for row in shown.iter_rows(named=True)]
    whole, amounts = float(shown["mean"].sum()), traffic(outlook).amounts
    *means, total = amounts.column([*shown["mean"], whole], half_widths)
    rows: list[tuple[Cell, ...]] = []
    for row, mean in zip(shown.iter_rows(named=True), means, strict=True):
        behind = outlook.bears_on(row["time_period"], month_end(row["time_period"]))
        interval = amounts.cell_interval(row["median"], row["lower"], row["upper"]).cite(behind)
        number = amounts.number(mean, row["mean"], behind)
        rows.append((f"{row['time_period']:%Y-%m}", number, interval, OBS_STATUSES[row["obs_status"]]))
    behind = outlook.bears_on(shown["time_period"][0], month_end(shown["time_period"][-1]))
    last = amounts.number(total, whole, behind)
    return [*rows, (Both(f"Total of {len(shown)} months", f"{len(shown)}个月合计"), last, "", "")]


def _reasons(window: pl.DataFrame) -> list[tuple[Both, Both]]:
    """Return spans of months that are not drawn, each with its reason."""
    spans: list[tuple[dt.date, dt.date, str]] = []
    for row in window.filter(~pl.col("drawn")).sort("time_period").iter_rows(named=True):
        month, reason = row["time_period"], row["reason"]
        if spans and spans[-1][2] == reason and add_months(spans[-1][1], 1) == month:
            spans[-1] = (spans[-1][0], month, reason)
        else:
            spans.append((month, month, reason))
    return [(span_words(start, month_end(end)), reason_words(reason)) for start, end, reason in spans]

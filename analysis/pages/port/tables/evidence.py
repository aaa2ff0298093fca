"""What was published about a year: as published, as fitted, used or why not."""

from typing import Any

from analysis.core.vocabulary import GROWTH_MEASURES
from analysis.desks.port import Outlook
from analysis.pages.parts.sources import kind_words
from analysis.pages.parts.table import Table
from analysis.pages.port.traffic import Amounts, traffic
from analysis.pages.words.cells import Both, Cell, Link
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.phrases import COUNT_NOTE
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import growth, growth_interval


def evidence(outlook: Outlook) -> Table:
    """Return every statement about the edition's year."""
    amounts = traffic(outlook).amounts
    rows: list[tuple[Cell, ...]] = [_row(row, amounts) for row in outlook.evidence.iter_rows(named=True)]
    year, day = outlook.edition.year, date_words(outlook.as_of)
    if not rows:
        rows = [(Both("none", "无"), str(year), "", "", "", _nothing(outlook))]
    return Table(
        name=Both("Evidence", "依据"),
        caption=Both(f"What was published about {year} by {day.en}", f"截至{day.zh}公布的有关{year}年的数字"),
        columns=(
            Both("Statement", "编号"), Both("Period", "时期"), Both("Measure", "口径"),
            Both("As published", "原文数字"), Both("#As fitted (80%)", "#拟合值（80%区间）"), Both("Used", "是否采用"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                f"As fitted: what the estimate says of the same quantity, totals in {amounts.table_unit.en}, growth in "
                "percent.",
                f"拟合值：估计结果对同一数量的回答，总量以{amounts.table_unit.zh}计，增速以百分比计。",
            ),
            *([COUNT_NOTE] if outlook.evidence["count"].is_not_null().any() else []),
        ),
    )  # fmt: skip


def _nothing(outlook: Outlook) -> Both:
    """Return that nothing was published about the year, or how many statements of related series were."""
    year, day, count = outlook.edition.year, date_words(outlook.as_of), len(outlook.related)
    if not count:
        return Both(f"nothing about {year} was published by {day.en}", f"截至{day.zh}没有公布有关{year}年的数字")
    words = f"{count} statement{'s' * (count > 1)} of related series"
    return Both(
        f"no statement of this series about {year} was published by {day.en}, but {words} (see the sources)",
        f"截至{day.zh}没有公布本指标{year}年的数字，相关指标有{count}条（见来源）",
    )


def _row(row: dict[str, Any], amounts: Amounts) -> tuple[Cell, ...]:
    figure = published_figure(row)
    reason = reason_words(row["reason"])
    verdict = Both("used", "采用") if row["used"] else Both(f"not used: {reason.en}", f"未采用：{reason.zh}")
    return (
        Link.to(row["statement_id"], row["statement_id"]),
        span_words(row["period_start"], row["period_end"]),
        kind_words(row),
        figure,
        _fitted_cell(row, amounts),
        verdict,
    )


def _fitted_cell(row: dict[str, Any], amounts: Amounts) -> Cell:
    """Return the fitted value of a statement with its interval, in the words of its measure."""
    median, lower, upper = (row[name] for name in ("median", "lower", "upper"))
    if median is None or lower is None or upper is None:
        return ""
    ids = [row["statement_id"]]
    if row["measure"] in GROWTH_MEASURES:
        value, interval = (
            growth(median, lower, upper).cite(ids),
            growth_interval(median, lower, upper).cite(ids),
        )
    else:
        value = amounts.cell(median, lower, upper).cite(ids)
        interval = amounts.cell_interval(median, lower, upper).cite(ids)
    return (value, Both(" (", "（"), interval, Both(")", "）"))

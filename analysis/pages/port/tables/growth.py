"""Growth against other years, and how much of it is open days."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.desks.port import Outlook
from analysis.desks.port.growth import same_span
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell
from analysis.pages.words.dates import span_words
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import growth as rate
from analysis.pages.words.rounding import growth_interval

#: Half-width to whose digits the growth of open days is printed: days are known.
_KNOWN = 0.0035

_NOTE = Both(
    "The parts multiply: 1 + growth = (1 + open days) × (1 + flow per open day). Days are those on which the port "
    "was open, as published. Another year is compared with where its 80% interval reaches at most from 1 to "
    "1.5.",
    "两部分相乘：1+增速=（1+开放天数增速）×（1+日均流量增速）。开放天数按公布的口岸通关安排计算。"
    "其他年份总量的80%区间上下端之比不超过1.5时才作比较。",
)


def growth(outlook: Outlook) -> Table:
    """Return growth rates with their intervals and parts, and why others are not computed."""
    rates = outlook.growth()
    computed = rates.filter(pl.col("median").is_not_null()).to_dicts()
    left_out = [
        (comparison_words(row), reason_words(row["reason"]))
        for row in rates.filter(pl.col("median").is_null()).to_dicts()
    ]
    name, caption = Both("Growth", "增速"), Both("Growth against other years, percent", "与其他年份相比的增速，%")
    if not computed:
        columns = (Both("Compared", "对照"), Both("Why it is not computed", "不计算的原因"))
        return Table(name=name, caption=caption, columns=columns, rows=tuple(left_out))
    return Table(
        name=name,
        caption=caption,
        columns=(
            Both("Compared", "对照"),
            Both("#Growth", "#增速"),
            Both("#80% interval", "#80%区间"),
            Both("#Of it open days", "#其中：开放天数"),
            Both("#Of it flow per open day", "#其中：日均流量"),
        ),
        rows=tuple(_row(outlook, row) for row in computed),
        notes=(
            _NOTE,
            *(
                Both(f"Not computed: {what.en}, {reason.en}.", f"不计算：{what.zh}，{reason.zh}。")
                for what, reason in left_out
            ),
        ),
    )


def _row(outlook: Outlook, row: dict[str, Any]) -> tuple[Cell, ...]:
    """Return a rate with its parts; the flow per open day is as uncertain as the rate, the days are known."""
    behind = outlook.bears_on(row["start"], row["end"], against=same_span(row["start"], row["end"], row["other"]))
    median, lower, upper = row["median"], row["lower"], row["upper"]
    per_day = rate(row["per_day"], row["per_day"] + lower - median, row["per_day"] + upper - median).cite(behind)
    days = rate(row["days"], row["days"] - _KNOWN, row["days"] + _KNOWN)
    ends = (median, lower, upper)
    return (
        comparison_words(row),
        rate(*ends).cite(behind),
        growth_interval(*ends).cite(behind),
        days,
        per_day,
    )


def comparison_words(row: Mapping[str, Any]) -> Both:
    """Return `January-November 2023 on 2022`, or that it is the average of two years."""
    span = span_words(row["start"], row["end"])
    if row["years"] > 1:
        return Both(f"{span.en} on {row['other']}, average a year", f"{span.zh}较{row['other']}年，年均")
    return Both(f"{span.en} on {row['other']}", f"{span.zh}较{row['other']}年")

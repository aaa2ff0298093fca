"""What imports and exports, or open days and the flow per open day, contribute to growth."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.desks.port import GrowthContributions
from analysis.pages.parts.table import Table
from analysis.pages.port.tables.growth import comparison_words
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.contributions import points, points_interval
from analysis.pages.words.phrases import PARTS
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import growth as rate

_NOTE = Both(
    "Contributions add up to the growth in every draw; their medians need not. Rates of open days and of flow per "
    "open day multiply instead.",
    "每次抽样中各部分的拉动之和等于增速，中位数之和不一定相等。开放天数和日均流量的增速则是相乘。",
)


def contributions(result: GrowthContributions) -> tuple[Table, ...]:
    """Return the table of contributions with their intervals, or none where no growth rate is computed."""
    if result.table.is_empty():
        return ()
    unsplit = result.table.filter(pl.col("reason").is_not_null()).unique("question", maintain_order=True)
    table = Table(
        name=Both("Contributions", "拉动"),
        caption=Both("Contributions to growth, percentage points", "各部分对增速的拉动，百分点"),
        columns=(
            Both("Compared", "对照"),
            Both("Of it", "其中"),
            Both("#Points", "#百分点"),
            Both("#80% interval", "#80%区间"),
            Both("#Growth", "#增速"),
        ),
        rows=tuple(_row(row) for row in result.table.to_dicts()),
        notes=(_NOTE, *(_unsplit(row) for row in unsplit.to_dicts())),
    )
    return (table,)


def whole_growth(row: Mapping[str, Any]) -> Number:
    """Return the growth rate that a row contributes to, with what bears on it."""
    return rate(row["growth"], row["growth_lower"], row["growth_upper"]).cite(row["statement_ids"])


def _row(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    ends, behind = (row["median"], row["lower"], row["upper"]), row["statement_ids"]
    contribution, interval = points(*ends).cite(behind), points_interval(*ends).cite(behind)
    return (comparison_words(row), PARTS[row["part"]], contribution, interval, whole_growth(row))


def _unsplit(row: Mapping[str, Any]) -> Both:
    """Return why a comparison is not split by flow."""
    what, reason = comparison_words(row), reason_words(row["reason"])
    return Both(f"Not by direction: {what.en}, {reason.en}.", f"不按进出口方向分解：{what.zh}，{reason.zh}。")

"""Words that sentences, charts and tables of the trade page share."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.desks.trade import TradeGrowth
from analysis.desks.trade.desk import Partner
from analysis.desks.trade.printed import Printed
from analysis.methods.growth import Range
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.money import money, money_range
from analysis.pages.words.names import short_name
from analysis.pages.words.rounding import growth, growth_as_printed, growth_interval, with_relation

#: What a verdict on two bases says.
VERDICTS = {
    "agrees": Both("agree", "一致"),
    "revised": Both("base revised", "基数有修订"),
    "contradicts": Both("contradict each other", "相互矛盾"),
}

#: Directions of trade as the reporter sees them.
DIRECTIONS = {
    "total": Both("both directions", "双向合计"),
    "export": Both("China's exports", "中国出口"),
    "import": Both("China's imports", "中国进口"),
}


def region_name(trade: TradeGrowth) -> Both:
    """Return the name of the region."""
    return short_name(trade.place, trade.known.places)


def growth_of_total(line: Partner, trade: TradeGrowth) -> Number | None:
    """Return growth of the total over the days of a partner's figure, as printed or else by levels."""
    total = next((each for each in trade.totals if each.span == line.printed.span), None)
    return None if total is None else rate_number(total) or levels_number(total)


def chance_figure(row: Mapping[str, Any], trade: TradeGrowth) -> Number | None:
    """Return the figure that a probability of the year is about: a total, or the growth that was expected in public."""
    if row["question"] == "last_year":
        return None
    if row["question"] != "expected_growth":
        return money(row["value"]).cite(row["statement_ids"])
    statements = trade.known.evidence.statements
    said = statements.row(by_predicate=pl.col("statement_id") == row["statement_ids"][0], named=True)
    return with_relation(growth_as_printed(said["value"]), said["relation"]).cite(row["statement_ids"])


def level_number(each: Printed) -> Number:
    """Return the printed level with its statement; the level is there."""
    row = each.level
    assert row is not None
    return money(row["value"]).cite([row["statement_id"]])


def rate_number(each: Printed) -> Number | None:
    """Return the printed growth rate, whatever language it was printed in; None where none was printed."""
    row = each.growth
    if row is None:
        return None
    return with_relation(growth_as_printed(row["value"]), row["relation"]).cite([row["statement_id"]])


def levels_number(each: Printed) -> Number | None:
    """Return growth by levels: `+13.9%`; None without both levels."""
    if each.by_levels is None:
        return None
    return growth(each.by_levels.value, each.by_levels.low, each.by_levels.high).cite(each.ids)


def levels_range(each: Printed) -> Cell:
    """Return growth by levels as far as rounding leaves it open: `+13.90 to +13.93%`; empty without both levels."""
    if each.by_levels is None:
        return ""
    return growth_interval(each.by_levels.value, each.by_levels.low, each.by_levels.high).cite(each.ids)


def base_number(base: Range | None, ids: list[str]) -> Cell:
    """Return a base as far as rounding leaves it open: `28.029 to 28.057 billion yuan`; empty where there is none."""
    return "" if base is None else money_range(base.low, base.high).cite(ids)

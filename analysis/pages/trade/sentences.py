"""The three sentences of the trade desk: growth as printed and implied, who made it, where the year ends."""

import polars as pl

from analysis.desks.trade import TradeGrowth
from analysis.desks.trade.desk import Partner
from analysis.desks.trade.printed import Printed
from analysis.pages.parts.sentences import Sentences
from analysis.pages.trade.words import (
    base_number,
    chance_figure,
    growth_of_total,
    level_number,
    levels_number,
    rate_number,
    region_name,
)
from analysis.pages.words.cells import Both, Cell, Part, join_cells
from analysis.pages.words.contributions import points, points_interval
from analysis.pages.words.dates import date_words, same_days_words, span_words
from analysis.pages.words.money import money, money_interval
from analysis.pages.words.partners import partner_words
from analysis.pages.words.phrases import PARTS, likelihood_clause
from analysis.pages.words.rounding import growth, growth_interval, percent, share_percent

_VERDICT = {
    "agrees": Both("printed and implied growth agree", "两者一致"),
    "revised": Both("last year's figure was revised", "上年基数有修订"),
    "contradicts": Both("the figures contradict each other", "数字相互矛盾"),
}


def summary(trade: TradeGrowth) -> Sentences:
    """Return what was printed and what it implies, who made the growth, and where the year ends."""
    return Sentences((_printed_sentence(trade), _makers_sentence(trade), _year_sentence(trade)))


def _printed_sentence(trade: TradeGrowth) -> Both:
    name, each = region_name(trade), trade.newest
    if each is None:
        day = date_words(trade.as_of)
        return Both(
            f"No sum of {name.en}'s trade since January was published by {day.en}.",
            f"截至{day.zh}，没有公布{name.zh}自1月起的进出口累计数。",
        )
    span, level = span_words(*each.span), level_number(each)
    how = _growth_words(each)
    return Both(
        join_cells(f"Trade of {name.en}'s firms in {span.en} was published as ", level, how.en, "."),
        join_cells(f"{span.zh}{name.zh}进出口公布为", level, how.zh, "。"),
    )


def _growth_words(each: Printed) -> Both:
    """Return growth as printed, growth by levels and what the two make of each other."""
    rate, by_levels = rate_number(each), levels_number(each)
    if rate is None and by_levels is None:
        return Both(", without a growth rate and without a level to compare with", "，未公布增速，也无可比的上年总量")
    if rate is None:
        return Both(
            (", without a growth rate; the levels printed in both years make it ", by_levels or ""),
            ("，未公布增速；按两年公布的总量计算为", by_levels or ""),
        )
    if by_levels is None:
        base = base_number(each.implied, each.ids)
        return Both(
            (", growth of ", rate, " on a base that was not printed and must be ", *_as_parts(base)),
            ("，公布增速", rate, "；上年同期数未公布，推算为", *_as_parts(base)),
        )
    words = _VERDICT[each.verdict or "agrees"]
    return Both(
        (", growth of ", rate, "; the levels printed in both years make it ", by_levels, f": {words.en}"),
        ("，公布增速", rate, "；按两年公布的总量计算为", by_levels, f"，{words.zh}"),
    )


def _makers_sentence(trade: TradeGrowth) -> Both:
    """Return what exports and imports add to growth, and the largest partner's share and contribution."""
    rows = trade.flows.filter(pl.col("question") == "last_year").sort("median", descending=True).to_dicts()
    partner = next((line for line in trade.partners if line.share is not None), None)
    english: list[Part] = []
    chinese: list[Part] = []
    for row in rows:
        behind = trade.behind_growth(row["start"], row["end"], row["other"])
        what, ends = PARTS[row["flow"]], (row["median"], row["lower"], row["upper"])
        value, interval = points(*ends).cite(behind), points_interval(*ends).cite(behind)
        english += [", " if english else "", f"{what.en} ", value, " points (80%: ", interval, ")"]
        chinese += ["，" if chinese else "", f"{what.zh}拉动", value, "个百分点（80%区间", interval, "）"]
    if rows:
        span, rate = span_words(rows[0]["start"], rows[0]["end"]), rows[0]
        own = trade.growth.row(by_predicate=pl.col("question") == "last_year", named=True)
        rates, behind = (own["median"], own["lower"], own["upper"]), trade.behind_growth(
            rate["start"], rate["end"], rate["other"])  # fmt: skip
        whole, between = growth(*rates).cite(behind), growth_interval(*rates).cite(behind)
        other = same_days_words(rate["start"], rate["end"], rate["other"])
        english = [f"Growth in {span.en} on {other.en} is put at ", whole, " (80%: ", between, "): ", *english]
        chinese = [f"{span.zh}比{other.zh}增长估计为", whole, "（80%区间", between, "），其中", *chinese]
    else:
        english, chinese = ["What exports and imports add to growth cannot be told"], ["进出口各自的拉动无从得知"]
    if partner is not None:
        words = _partner_words(partner, trade)
        english, chinese = [*english, "; ", *_as_parts(words.en)], [*chinese, "；", *_as_parts(words.zh)]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _partner_words(line: Partner, trade: TradeGrowth) -> Both:
    """Return a partner's share, and its contribution by printed figures where there is one."""
    assert line.share is not None
    name, span = partner_words(line.partner, trade.known.places), span_words(*line.printed.span)
    share = share_percent(line.share.value, line.share.low, line.share.high).cite(line.ids)
    english: list[Part] = [f"trade with {name.en} was ", share, f" of the total in {span.en}"]
    chinese: list[Part] = [f"{span.zh}与{name.zh}的贸易占", share]
    if line.points is not None:
        added = points(line.points.value, line.points.low, line.points.high).cite(line.ids)
        english += [" and added ", added, " points"]
        chinese += ["，按公布数拉动", added, "个百分点"]
        whole = growth_of_total(line, trade)
        if whole is not None:
            english += [" to the total's growth of ", whole, " in these months"]
            chinese += ["（同期总值增速", whole, "）"]
        english.append(" by the printed figures")
    return Both(tuple(english), tuple(chinese))


def _year_sentence(trade: TradeGrowth) -> Both:
    """Return where the year ends, and how likely it passes the last one and a target."""
    year, ends, behind = trade.edition.year, trade.year, trade.behind_year()
    total, interval = money(*ends).cite(behind), money_interval(*ends).cite(behind)
    english: list[Part] = [f"The whole of {year} is put at ", total, " (80%: ", interval, ")"]
    chinese: list[Part] = [f"{year}年全年估计为", total, "（80%区间", interval, "）"]
    for row in trade.chances.iter_rows(named=True):
        what = chance_words(row["question"], year)
        clause, chance = likelihood_clause(row["probability"]), percent(row["probability"])
        chance = chance.cite([*row["statement_ids"], *behind])
        figure = chance_figure(row, trade)
        english += [f"; {clause.en} (", chance, f") that it {what.en}", *((" (", figure, ")") if figure else ())]
        chinese += [f"；{what.zh}", *(("（", figure, "）") if figure else ()), f"的{clause.zh}（概率", chance, "）"]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def chance_words(question: str, year: int) -> Both:
    """Return what a chance is about: `passes 2024`; `超过2024年`."""
    return {
        "last_year": Both(f"passes {year - 1}", f"超过{year - 1}年"),
        "target": Both("reaches the target set for this page", "达到本页设定目标"),
        "expected": Both("reaches the total that was expected in public", "达到公开预期的总量"),
        "expected_growth": Both("grows as was expected in public", "达到公开预期的增速"),
    }[question]


def _as_parts(cell: Cell) -> tuple[Part, ...]:
    """Return a cell as the parts of a longer one."""
    return cell if isinstance(cell, tuple) else (cell,)

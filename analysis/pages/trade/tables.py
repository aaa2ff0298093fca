"""The tables of the trade page."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from analysis.desks.trade import Flow, TradeGrowth
from analysis.desks.trade.desk import Partner
from analysis.desks.trade.printed import Printed
from analysis.methods.growth import Range
from analysis.pages.parts.sources import kind_words
from analysis.pages.parts.table import Table
from analysis.pages.trade.sentences import chance_words
from analysis.pages.trade.words import (
    DIRECTIONS,
    VERDICTS,
    base_number,
    chance_figure,
    growth_of_total,
    level_number,
    levels_range,
    rate_number,
    region_name,
)
from analysis.pages.words.cells import Both, Cell, Link, Number
from analysis.pages.words.contributions import points, points_interval
from analysis.pages.words.dates import date_words, same_days_words, span_words
from analysis.pages.words.indicators import series_words
from analysis.pages.words.money import money, money_in_unit, money_interval, money_range_in_unit, yuan_by_tonne
from analysis.pages.words.names import publisher_words, short_name
from analysis.pages.words.partners import partner_words
from analysis.pages.words.phrases import MODES, PARTS, SCALE_NOTE, likelihood
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.rounding import growth, growth_interval, percent, share_interval, share_percent, times

#: Rows of the first table of printed growth; the rest is folded away.
NEWEST = 12

_PERIOD, _AS_PRINTED = Both("Period", "时期"), Both("#As printed", "#公布数")


def printed_growth(trade: TradeGrowth) -> Table:
    """Return growth as printed beside growth by levels, of the newest periods."""
    return _printed_table(trade, trade.totals[::-1][:NEWEST], Both("Printed and implied", "公布与推算"))


def earlier_growth(trade: TradeGrowth) -> Table:
    """Return the same of the earlier periods, back to 2019."""
    return _printed_table(trade, trade.totals[::-1][NEWEST:], Both("Earlier periods", "更早时期"))


def _printed_table(trade: TradeGrowth, lines: Sequence[Printed], name: Both) -> Table:
    """Return lines of what was printed of the total, the newest first."""
    region = region_name(trade)
    return Table(
        name=name,
        caption=Both(
            f"{name.en}: trade of {region.en}'s firms, billion yuan, and growth on the same days of the year before",
            f"{name.zh}：{region.zh}进出口（亿元）及同比增速",
        ),
        columns=(
            _PERIOD,
            Both("#Level", "#总量"),
            Both("#Growth printed", "#公布增速"),
            Both("#Growth by levels", "#按总量计算"),
            Both("#Base implied", "#推算基数"),
            Both("#Base printed", "#公布基数"),
            Both("#Two years, a year", "#两年平均"),
            Both("The two", "二者"),
        ),
        rows=tuple(_printed_row(each) for each in lines),
        notes=(
            Both(
                "Ranges are what the printed digits leave open. By levels: this level over that of the same days a "
                "year before. Base implied: the level over one plus the printed growth. Revised: the two bases differ "
                "by at most 3%, as bases that customs revises silently do. Two years: average growth a year.",
                "区间为公布数字的舍入所允许的范围。按总量计算：本期总量与上年同期公布总量之比。推算基数："
                "总量除以（1+公布增速）。"
                "基数有修订：两个基数相差不超过3%，即海关通常不作说明的修订幅度。两年平均：年均增速。",
            ),
        ),
    )


def _printed_row(each: Printed) -> tuple[Cell, ...]:
    base = each.base
    two = each.two_years
    return (
        span_words(*each.span),
        money_in_unit(each.level["value"]).cite([each.level["statement_id"]]) if each.level else "",
        rate_number(each) or "",
        levels_range(each),
        money_range_in_unit(each.implied.low, each.implied.high).cite(each.ids) if each.implied else "",
        money_in_unit(base["value"]).cite([base["statement_id"]]) if base else "",
        growth(two.value, two.low, two.high).cite(each.ids) if two else "",
        VERDICTS[each.verdict] if each.verdict else "",
    )


def close_up(trade: TradeGrowth) -> Table:
    """Return every figure about the days of the close-up, with the base that a level and its growth imply."""
    span, region = span_words(*trade.close_up_span), region_name(trade)
    levels = {
        (row["partner"] or "", row["flow"]): row
        for row in trade.close_up.filter(pl.col("measure") == "level").iter_rows(named=True)
    }
    implied = {each.growth["statement_id"]: each for each in trade.totals if each.growth}
    rows = tuple(
        _close_up_row(row, levels, implied.get(row["statement_id"]), trade)
        for row in trade.close_up.iter_rows(named=True)
    )
    day = date_words(trade.as_of)
    nothing = Both(f"Nothing about these days was published by {day.en}.", f"截至{day.zh}，未公布这一时期的数字。")
    return Table(
        name=Both("Close-up", "细看"),
        caption=Both(
            f"{span.en} close up: every figure of {region.en}'s trade", f"细看{span.zh}：{region.zh}进出口的全部公布数"
        ),
        columns=(
            Both("What", "指标"), Both("Measure", "口径"), _AS_PRINTED, Both("#What follows", "#由此推算"),
            Both("Where from", "出处"),
        ),
        rows=rows,
        notes=() if rows else (nothing,),
    )  # fmt: skip


def _close_up_row(
    row: Mapping[str, Any], levels: Mapping[tuple[str, str], Any], each: Printed | None, trade: TradeGrowth
) -> tuple[Cell, ...]:
    """Return a figure of the close-up: of a rate the base it implies, of a partner's level its share."""
    partner = row["partner"] or ""
    total = levels.get(("", row["flow"]))
    found: Cell = ""
    if each is not None and each.implied is not None:
        base = base_number(each.implied, each.ids)
        found = Both(("base ", *_parts(base)), ("基数", *_parts(base)))
    elif partner and row["measure"] == "level" and total is not None and row["relation"] == "eq":
        share = row["value"] / total["value"]
        half = share * (row["half_width"] / row["value"] + total["half_width"] / total["value"])
        number = share_percent(share, share - half, share + half).cite([row["statement_id"], total["statement_id"]])
        found = Both((number, " of the total"), ("占总量", number))
    return (
        series_words(dict(row), trade.known.evidence),
        kind_words(row),
        published_figure(row).cite([row["statement_id"]]),
        found,
        Link.to(row["statement_id"], publisher_words(row["publisher"])),
    )


def partners(trade: TradeGrowth) -> Table:
    """Return the newest figure of each partner, its share and what it adds to growth."""
    rows = []
    for line in trade.partners:
        each, share = line.printed, line.share
        rows.append(
            (
                partner_words(line.partner, trade.known.places),
                span_words(*each.span),
                level_number(each) if each.level else "",
                rate_number(each) or levels_range(each),
                share_percent(share.value, share.low, share.high).cite(line.ids) if share else "",
                _points_of(line, growth_of_total(line, trade)),
            )
        )
    return Table(
        name=Both("Partners", "贸易伙伴"),
        caption=Both("Partners: newest figures, share of the total, contribution to its growth",
                     "贸易伙伴：最新公布数、占比与对增速的拉动"),
        columns=(
            Both("Partner", "伙伴"), _PERIOD, Both("#Level", "#总量"), Both("#Growth", "#增速"),
            Both("#Share", "#占比"), Both("#Points of the total's growth", "#对总值增速的拉动，百分点"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Printed figures only; groups overlap, so that shares and points do not add up. A share or "
                "contribution is there only where the total of the same days was printed.",
                "仅用公布数；各组相互重叠，占比与拉动不能相加。只有公布了同期总量时才给出占比与拉动。",
            ),
        ),
    )  # fmt: skip


def _points_of(line: Partner, whole: Number | None) -> Cell:
    """Return what a partner adds to the growth of the total, beside that growth; empty where a base is missing."""
    if line.points is None:
        return ""
    added = points(line.points.value, line.points.low, line.points.high).cite(line.ids)
    return added if whole is None else Both((added, " of ", whole), (added, "（总值", whole, "）"))


def outlook(trade: TradeGrowth) -> Table:
    """Return the year, its growth on others with its parts, and what it may pass."""
    year, behind, ends = trade.edition.year, trade.behind_year(), trade.year
    rows: list[tuple[Cell, ...]] = [
        (Both(f"{year}, whole year", f"{year}年全年"), money(*ends).cite(behind), money_interval(*ends).cite(behind))
    ]
    for row in trade.growth.filter(pl.col("median").is_not_null()).iter_rows(named=True):
        cited = trade.behind_growth(row["start"], row["end"], row["other"])
        rates = (row["median"], row["lower"], row["upper"])
        rows.append((_against(row), growth(*rates).cite(cited), growth_interval(*rates).cite(cited)))
        parts = trade.flows.filter((pl.col("question") == row["question"]) & (row["years"] == 1))
        for part in parts.iter_rows(named=True):
            what, added = PARTS[part["flow"]], (part["median"], part["lower"], part["upper"])
            name = Both(f"of which {what.en}, points", f"其中{what.zh}拉动，百分点")
            rows.append((name, points(*added).cite(cited), points_interval(*added).cite(cited)))
    for row in trade.chances.iter_rows(named=True):
        what, word = chance_words(row["question"], year), likelihood(row["probability"])
        value = chance_figure(row, trade)
        chance = percent(row["probability"]).cite([*row["statement_ids"], *behind])
        name = Both((f"Probability that {year} {what.en}", *((": ", value) if value else ())),
                    (f"{year}年{what.zh}的概率", *(("：", value) if value else ())))  # fmt: skip
        rows.append((name, chance, word))
    return Table(
        name=Both("The year", "全年"),
        caption=Both(f"Where {year} ends, by reconstruction", f"{year}年全年走势（重建估计）"),
        columns=(Both("What", "项目"), Both("#Estimate", "#估计"), Both("80% interval, or in words", "80%区间或用词")),
        rows=tuple(rows),
        notes=(
            Both(
                "Exports and imports are the parts of the total in every draw; medians need not add up.",
                "每次抽样中出口与进口相加即为总值；中位数不一定可加。",
            ),
            SCALE_NOTE,
        ),
    )


def _against(row: Mapping[str, Any]) -> Both:
    span, other = span_words(row["start"], row["end"]), same_days_words(row["start"], row["end"], row["other"])
    if row["years"] > 1:
        return Both(f"{span.en} on {other.en}, average a year", f"{span.zh}比{other.zh}年均增速")
    return Both(f"{span.en} on {other.en}", f"{span.zh}比{other.zh}")


def mirror(trade: TradeGrowth) -> Table:
    """Return what both customs say of the same flow, how far apart they are and what valuation leaves."""
    return Table(
        name=Both("Mirror data", "镜像数据"),
        caption=Both(
            "Mirror data: China's customs and the neighbour's on the same days, billion US dollars",
            "镜像数据：中国海关与邻国海关的同期统计，亿美元",
        ),
        columns=(
            Both("Neighbour", "邻国"), Both("Flow", "流向"), _PERIOD, Both("#China", "#中国"),
            Both("#Neighbour", "#邻国"), Both("#Ratio as printed", "#公布数之比"),
            Both("#Ratio, FOB", "#离岸价之比"), Both("#Not explained by valuation", "#计价无法解释的部分"),
        ),
        rows=tuple(_mirror_row(flow, trade) for flow in trade.mirror),
        notes=(*_sent_on(trade), *_MIRROR_NOTES),
    )  # fmt: skip


_MIRROR_NOTES = (
    Both(
        "FOB: the importer's figure divided by 1.06 (IMF), the interval by anything from 1.00 to 1.10 and by what the "
        "printed digits leave open. Valuation makes imports larger, so it cannot explain a neighbour that counts less: "
        "what is left is transit that China books under its last known destination, goods not counted, and wrong "
        "values. Nothing printed tells these apart.",
        "离岸价：进口方数字除以1.06（IMF），区间取1.00至1.10以及舍入范围。计价使进口额更大，"
        "因而无法解释邻国统计偏小；剩余部分是"
        "中国按最后已知目的国登记的过境货物、未统计的货物和申报不实，公开资料无法区分。",
    ),
    Both(
        "A share below zero: the neighbour counts more than China. * brought to the shorter span in proportion to its "
        "months. + a printed total less the other direction.",
        "负值：邻国统计大于中国统计。*按月数比例折算到较短时期。+由公布的总额减另一流向得出。",
    ),
)


def _mirror_row(flow: Flow, trade: TradeGrowth) -> tuple[Cell, ...]:
    ids, apart = list(flow.ids), flow.asymmetry
    span, what = span_words(flow.start, flow.end), DIRECTIONS[flow.direction]
    mark = ("*" if flow.prorated else "") + ("+" if flow.derived else "")
    valued = times(apart.valued.value, apart.valued.low, apart.valued.high).cite(ids)
    left = apart.left_share
    return (
        partner_words(flow.partner, trade.known.places),
        Both(f"{what.en}{mark}", f"{what.zh}{mark}"),
        span,
        _dollars(flow.reported, flow.derived or flow.prorated).cite(ids),
        _dollars(flow.mirrored, flow.derived or flow.prorated).cite(ids),
        times(apart.as_printed.value, apart.as_printed.low, apart.as_printed.high).cite(ids),
        "" if flow.direction == "total" else valued,
        share_interval(left.value, left.low, left.high).cite(ids),
    )


def _dollars(figure: Range, worked_out: bool) -> Number:
    """Return an amount as printed, or to the digits that its range bears where it was worked out."""
    if worked_out:
        return money_in_unit(figure.value, figure.low, figure.high)
    return money_in_unit(figure.value)


def _sent_on(trade: TradeGrowth) -> tuple[Cell, ...]:
    """Return what neighbours printed of goods sent on, beside what is left."""
    notes: list[Cell] = []
    for row in trade.sent_on.iter_rows(named=True):
        name, span = short_name(row["place"], trade.known.places), span_words(row["period_start"], row["period_end"])
        what, number = series_words(row, trade.known.evidence), money(row["value"], currency="USD")
        number = number.cite([row["statement_id"]])
        notes.append(
            Both(
                (f"Of goods that {name.en} sent on, one figure was printed: {what.en}, {span.en}, ", number, "."),
                (f"关于{name.zh}转出口的货物，只公布过一个数字：{span.zh}{what.zh}", number, "。"),
            )
        )
    return tuple(notes)


def through_ports(trade: TradeGrowth) -> Table:
    """Return what was printed of trade through the region's ports: another concept than trade of its firms."""
    region, newest = region_name(trade), trade.through_ports.sort("period_end", descending=True, maintain_order=True)
    return Table(
        name=Both("Through the ports", "经口岸贸易"),
        caption=Both(
            f"Trade through {region.en}'s ports, whoever trades: another concept, never added to trade of its firms",
            f"经{region.zh}口岸进出口（不论企业注册地）：与{region.zh}企业进出口是两个口径，不相加",
        ),
        columns=(Both("What", "指标"), Both("Measure", "口径"), _PERIOD, _AS_PRINTED),
        rows=tuple(
            (
                series_words(row, trade.known.evidence),
                kind_words(row),
                span_words(row["period_start"], row["period_end"]),
                published_figure(row).cite([row["statement_id"]]),
            )
            for row in newest.iter_rows(named=True)
        ),
    )


def unit_values(trade: TradeGrowth) -> Table:
    """Return value by tonne where both were printed, and growth split into volume and price."""
    rows = []
    for each in sorted(trade.unit_values, key=lambda one: one.end, reverse=True):
        ids, mode, flow = list(each.ids), MODES[each.mode], PARTS.get(each.flow)
        name = short_name(each.place, trade.known.places)
        what = Both(f"{name.en}, {flow.en if flow else mode.en}", f"{name.zh}{flow.zh if flow else mode.zh}")
        rates = (each.value_growth, each.volume_growth, each.price_growth)
        rows.append(
            (
                what,
                span_words(each.start, each.end),
                yuan_by_tonne(*_ends(each.by_tonne), currency=each.unit).cite(ids),
                *("" if rate is None else growth(rate.value, rate.low, rate.high).cite(ids) for rate in rates),
            )
        )
    return Table(
        name=Both("Price and volume", "价格与数量"),
        caption=Both(
            "Price and volume: value by tonne wherever both were printed for the same days",
            "价格与数量：同期公布了货值与货运量的口岸，每吨货值",
        ),
        columns=(
            Both("Port", "口岸"), _PERIOD, Both("#Value by tonne", "#每吨货值"),
            Both("#Growth of value", "#货值增速"), Both("#of tonnes", "#数量增速"),
            Both("#of value by tonne", "#每吨货值增速"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Value by tonne is price and composition together: vehicles beside ore.",
                "每吨货值同时反映价格与商品结构，例如整车与矿石。",
            ),
        ),
    )  # fmt: skip


def _ends(figure: Range) -> tuple[float, float, float]:
    return figure.value, figure.low, figure.high


def _parts(cell: Cell) -> tuple[Any, ...]:
    return cell if isinstance(cell, tuple) else (cell,)

"""The charts of the trade page: months, contributions, mirror data."""

from typing import Any

import altair as alt
import polars as pl

from analysis.desks.trade import TradeGrowth
from analysis.pages.parts import theme
from analysis.pages.parts.axes import stretches, trade_axis
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.interval_bars import MULTIPLES, POINTS, bars_height, interval_bars
from analysis.pages.parts.labels import Row, all_labels, semicolon_list, with_labels
from analysis.pages.trade.words import DIRECTIONS, region_name
from analysis.pages.words.cells import Both, Cell, text
from analysis.pages.words.dates import month_words, span_words, year_words
from analysis.pages.words.money import money, money_interval
from analysis.pages.words.partners import partner_words
from analysis.pages.words.phrases import PARTS
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import growth, growth_interval, points, points_interval, times

#: Years of the monthly chart.
YEARS = 6

_FAN = {95: 0.16, 80: 0.22, 50: 0.34}
_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
_WHOLE = pl.col("obs_status").is_in(["reported", "derived"])

#: The mirror chart shows the newest period of each partner and direction.
_MIRRORED = ("export", "total")


def path(trade: TradeGrowth) -> Figure | Undrawn:
    """Return the months of trade as far as they may be drawn; its title says where the year ends."""
    name, year = region_name(trade), trade.edition.year
    shown = trade.months.filter(pl.col("drawn") & pl.col("time_period").dt.year().is_between(year - YEARS + 1, year))
    total, interval = money(*trade.year), money_interval(*trade.year)
    if shown.is_empty():
        reason = trade.months.filter(pl.col("reason") != "")["reason"]
        return Undrawn(Both(f"Trade of {name.en} by month", f"{name.zh}各月进出口"), reason_words(str(reason[-1])))
    every = all_labels(shown.filter(pl.col("level") == 80).sort("time_period"), _month_label)
    behind, ahead = trade.behind_year(), trade.edition.month < 12
    return Figure(
        title=Both(
            f"Trade of {name.en} {'is heading for' if ahead else 'is put at'} {total.en} in {year}",
            f"{name.zh}{year}年进出口{'预计' if ahead else '估计'}为{total.zh}",
        ),
        notes=(
            Both(
                "By month, billion yuan. Line: median. Bands: 50, 80, 95%. Solid: published. Hollow: estimate. "
                "Months that may not be drawn are left out.",
                "各月，亿元。曲线：中位数。色带：50%、80%、95%区间。实心：已公布。空心：估计。不足以画出的月份从略。",
            ),
        ),
        alt=Both(f"Trade of {name.en} by month. {every.en}", f"{name.zh}各月进出口。{every.zh}"),
        draw=lambda look: _draw_months(shown, look),
        foot=Both(
            (f"{year}: ", total.cite(behind), ", 80%: ", interval.cite(behind), "."),
            (f"{year}年：", total.cite(behind), "，80%区间", interval.cite(behind), "。"),
        ),
    )


def _draw_months(shown: pl.DataFrame, look: Look) -> Any:
    drawn = stretches(shown)
    labelled = with_labels(drawn.filter(pl.col("level") == 80), _month_label, look.lang)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, format="%Y", tickCount="year", labelAlign="left"))
    y = trade_axis("median", look)
    fan = [
        alt.Chart(drawn.filter(pl.col("level") == level))
        .mark_area(color=theme.BLUE, opacity=opacity, interpolate="monotone", aria=False)
        .encode(x, trade_axis("lower", look, scale=alt.Scale(zero=True)), alt.Y2("upper"), detail="stretch:N")
        for level, opacity in _FAN.items()
    ]
    line = alt.Chart(labelled).mark_line(color=theme.BLUE, strokeWidth=1.5, interpolate="monotone", aria=False)
    hollow = alt.Chart(labelled.filter(~_WHOLE)).mark_point(
        filled=True, fill="white", stroke=theme.BLUE, strokeWidth=1.5, size=14 if look.narrow else 28, opacity=1
    )
    solid = alt.Chart(labelled.filter(_WHOLE)).mark_point(filled=True, color=theme.BLUE, size=40, opacity=1)
    return alt.layer(
        *fan, line.encode(x, y, detail="stretch:N"), hollow.encode(x, y, **_SPOKEN), solid.encode(x, y, **_SPOKEN)
    )


def _month_label(row: Row) -> Both:
    ends = (row["median"], row["lower"], row["upper"])
    month, total, interval = month_words(row["time_period"]), money(*ends), money_interval(*ends)
    return Both(f"{month.en}: {total.en}, 80%: {interval.en}", f"{month.zh}：{total.zh}，80%区间{interval.zh}")


def contributions(trade: TradeGrowth) -> Figure | Undrawn:
    """Return what exports and imports add to growth, draw by draw, and partners by printed figures."""
    name = region_name(trade)
    what = Both(f"{name.en}: who made the growth of trade", f"{name.zh}：谁拉动了进出口增长")
    lines = [*_flow_lines(trade), *_partner_lines(trade)]
    if not lines:
        return Undrawn(what, reason_words("flows_not_published"))
    largest = max(lines, key=lambda line: line[1][0])
    share, largest_name = points(*largest[1]), str(text(largest[0].en))
    return Figure(
        title=Both(
            f"{largest_name[:1].upper()}{largest_name[1:]}: {share.en} points of the growth of {name.en}'s trade",
            f"{text(largest[0], 'zh')}拉动{name.zh}进出口{share.zh}个百分点",
        ),
        notes=(
            Both(
                "Percentage points of the total's growth. Exports and imports: draws, 80%, and they add up. Partners: "
                "printed figures and their rounding; they overlap.",
                "对总值增速的拉动，百分点。出口、进口：抽样，80%区间，可相加。贸易伙伴：公布数及其舍入范围，相互重叠。",
            ),
        ),
        alt=Both(
            f"{what.en}. {semicolon_list(text(_line_words(line)) for line in lines)}.",
            f"{what.zh}。{'；'.join(text(_line_words(line), 'zh') for line in lines)}。",
        ),
        draw=lambda look: interval_bars(_as_table(lines, look, short=look.narrow), look, labels=POINTS),
        foot=_growth_foot(trade),
        height=bars_height(len(lines)),
    )


Line = tuple[Both, tuple[float, float, float], str]


def _flow_lines(trade: TradeGrowth) -> list[Line]:
    lines = []
    for row in trade.flows.filter(pl.col("question") == "last_year").iter_rows(named=True):
        what, span, other = PARTS[row["flow"]], span_words(row["start"], row["end"]), year_words(row["other"])
        words = Both(f"{what.en}, {span.en} on {other.en}", f"{what.zh}，{span.zh}比{other.zh}")
        lines.append((words, (row["median"], row["lower"], row["upper"]), theme.BLUE))
    return lines


def _partner_lines(trade: TradeGrowth) -> list[Line]:
    lines = []
    for partner in trade.partners:
        if partner.points is None:
            continue
        name, span = partner_words(partner.partner, trade.known.places), span_words(*partner.printed.span)
        ends = (partner.points.value, partner.points.low, partner.points.high)
        lines.append((Both(f"{name.en}, {span.en}", f"{name.zh}，{span.zh}"), ends, theme.ORANGE))
    return lines


def _line_words(line: Line) -> Both:
    what, ends, _ = line
    value, interval = points(*ends), points_interval(*ends)
    return Both(f"{text(what)}: {value.en} ({interval.en})", f"{text(what, 'zh')}：{value.zh}（{interval.zh}）")


def _as_table(lines: list[Line], look: Look, *, short: bool) -> pl.DataFrame:
    spoken = [look.say(_line_words(line)) for line in lines]
    shown = [look.say(Both(f"{text(line[0])}: {points(*line[1]).en}", f"{text(line[0], 'zh')}：{points(*line[1]).zh}"))
             for line in lines]  # fmt: skip
    ends = [line[1] for line in lines]
    return pl.DataFrame(
        {
            "median": [end[0] for end in ends],
            "lower": [end[1] for end in ends],
            "upper": [end[2] for end in ends],
            "words": shown if short else spoken,
            "label": spoken,
            "colour": [line[2] for line in lines],
        }
    )


def _growth_foot(trade: TradeGrowth) -> Cell:
    rows = trade.growth.filter((pl.col("question") == "last_year") & pl.col("median").is_not_null()).to_dicts()
    if not rows:
        return ""
    row = rows[0]
    behind, ends = trade.behind_growth(row["start"], row["end"], row["other"]), (
        row["median"], row["lower"], row["upper"])  # fmt: skip
    span, other = span_words(row["start"], row["end"]), year_words(row["other"])
    value, interval = growth(*ends).cite(behind), growth_interval(*ends).cite(behind)
    return Both(
        (f"{span.en} on {other.en}: ", value, ", 80%: ", interval, "."),
        (f"{span.zh}比{other.zh}：", value, "，80%区间", interval, "。"),
    )


def _without_interval(column: str, *, short: bool) -> pl.Expr:
    """Return the words of a line, on a phone without the interval in brackets at their end: they would be cut off."""
    return pl.col(column).str.replace(r"\s*[(（][^()（）]*[)）]$", "") if short else pl.col(column)


def mirror(trade: TradeGrowth) -> Figure | Undrawn:
    """Return how many times China's count is the neighbour's, of the newest period of each neighbour."""
    what = Both("Mirror data: China's count by the neighbour's", "镜像数据：中国统计为邻国统计的倍数")
    newest = {}
    for flow in trade.mirror:
        if flow.direction in _MIRRORED:
            newest[flow.partner, flow.direction] = flow
    flows = sorted(newest.values(), key=lambda flow: -flow.asymmetry.valued.value)
    if not flows:
        return Undrawn(what, reason_words("no_mirror"))
    rows = pl.DataFrame(
        {
            "median": [flow.asymmetry.valued.value for flow in flows],
            "lower": [flow.asymmetry.valued.low for flow in flows],
            "upper": [flow.asymmetry.valued.high for flow in flows],
            "partner": [flow.partner for flow in flows],
            "direction": [flow.direction for flow in flows],
            "start": [flow.start for flow in flows],
            "end": [flow.end for flow in flows],
        }
    )

    def label(row: Row) -> Both:
        name, span = partner_words(row["partner"], trade.known.places), span_words(row["start"], row["end"])
        flow, over = DIRECTIONS[row["direction"]], times(row["median"], row["lower"], row["upper"])
        return Both(f"{name.en}, {flow.en}, {span.en}: {over.en}", f"{name.zh}，{flow.zh}，{span.zh}：{over.zh}")

    largest = flows[0]
    name, over = partner_words(largest.partner, trade.known.places), largest.asymmetry.valued
    most = times(over.value, over.low, over.high).cite(largest.ids)
    every = all_labels(rows, label)
    return Figure(
        title=Both(
            f"China counts up to {most.en.partition(' ')[0]} times what {name.en} counts",
            f"中国的统计最高为{name.zh}统计的{most.zh.partition('（')[0]}倍",
        ),
        notes=(
            Both(
                "China's figure by the neighbour's over the same days, newest period of each; imports brought to FOB. "
                "Dashed: both say the same. Logarithmic axis.",
                "同期中国统计与邻国统计之比，各取最新时期；进口折算为离岸价。虚线：两国一致。对数刻度。",
            ),
        ),
        alt=Both(f"{what.en}. {every.en}.", f"{what.zh}。{every.zh}。"),
        draw=lambda look: interval_bars(
            with_labels(rows, label, look.lang).with_columns(words=_without_interval("label", short=look.narrow)),
            look, labels=MULTIPLES, reference=1.0, logarithmic=True,
        ),
        foot=Both((f"{name.en}: ", most, " times."), (f"{name.zh}：", most, "倍。")),
        height=bars_height(len(flows)),
    )  # fmt: skip

"""The charts of the trade page: months, contributions, mirror data."""

import calendar
import re
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from analysis.desks.trade import TradeGrowth
from analysis.pages.parts import theme
from analysis.pages.parts.axes import stretches, trade_axis
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.interval_bars import MULTIPLES, POINTS, bars_height, interval_bars
from analysis.pages.parts.labels import Row, all_labels, semicolon_list, with_labels
from analysis.pages.trade.words import DIRECTIONS, growth_of_total, region_name
from analysis.pages.words.cells import Both, Cell, text
from analysis.pages.words.contributions import points, points_interval
from analysis.pages.words.dates import month_words, same_days_words, span_words
from analysis.pages.words.money import money, money_interval
from analysis.pages.words.partners import partner_words
from analysis.pages.words.phrases import PARTS
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import growth, growth_interval, times

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
    return Figure(
        title=_contributions_title(trade, lines),
        notes=(
            Both(
                "Percentage points of the total's growth in the months of each line. Exports and imports: draws, 80%, "
                "and they add up. Partners: printed figures and their rounding; they overlap, and each is to be read "
                "against the growth named beside it.",
                "对同期总值增速的拉动，百分点。出口、进口：抽样，80%区间，可相加。贸易伙伴：公布数及其舍入范围，"
                "相互重叠，各与所列同期增速对照。",
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


@dataclass(frozen=True)
class Line:
    """One line of the chart of contributions.

    Attributes
    ----------
    words, short
        What contributes over which days; the same for a phone.
    ends
        The contribution and its interval.
    colour
        Of the line.
    whole
        Growth of the total over the same days; empty where it is not known.
    """

    words: Both
    short: Both
    ends: tuple[float, float, float]
    colour: str
    whole: Both


def _contributions_title(trade: TradeGrowth, lines: list[Line]) -> Both:
    """Return which line adds most: exports or imports, over the page's months, or else a partner over its own."""
    name = region_name(trade)
    line = max(_flow_lines(trade) or lines, key=lambda line: line.ends[0])
    added, said, whole = points(*line.ends), str(text(line.words)), line.whole
    of = Both(f", {whole.en}", f"（总值增速{whole.zh}）") if whole.en else Both("", "")
    return Both(
        f"{said[:1].upper()}{said[1:]}: {added.en} points of the growth of {name.en}'s trade{of.en}",
        f"{text(line.words, 'zh')}拉动{name.zh}进出口{added.zh}个百分点{of.zh}",
    )


def _flow_lines(trade: TradeGrowth) -> list[Line]:
    rates = trade.growth.filter((pl.col("question") == "last_year") & pl.col("median").is_not_null()).to_dicts()
    whole = Both("", "")
    if rates:
        rate = growth(rates[0]["median"], rates[0]["lower"], rates[0]["upper"])
        whole = Both(rate.en, rate.zh)
    lines = []
    for row in trade.flows.filter(pl.col("question") == "last_year").iter_rows(named=True):
        what, span = PARTS[row["flow"]], span_words(row["start"], row["end"])
        other = same_days_words(row["start"], row["end"], row["other"])
        words = Both(f"{what.en}, {span.en} on {other.en}", f"{what.zh}，{span.zh}比{other.zh}")
        short = _with_short_months(Both(f"{what.en}, {span.en}", f"{what.zh}，{span.zh}"))
        lines.append(Line(words, short, (row["median"], row["lower"], row["upper"]), theme.BLUE, whole))
    return lines


def _partner_lines(trade: TradeGrowth) -> list[Line]:
    lines = []
    for partner in trade.partners:
        if partner.points is None:
            continue
        name, span = partner_words(partner.partner, trade.known.places), span_words(*partner.printed.span)
        ends = (partner.points.value, partner.points.low, partner.points.high)
        rate, words = growth_of_total(partner, trade), Both(f"{name.en}, {span.en}", f"{name.zh}，{span.zh}")
        whole = Both(rate.en, rate.zh) if rate else Both("", "")
        lines.append(Line(words, _with_short_months(words), ends, theme.ORANGE, whole))
    return lines


def _with_short_months(words: Both) -> Both:
    """Return words with the first three letters of each English month."""
    months = "|".join(calendar.month_name[1:])
    return Both(re.sub(rf"\b(?:{months})\b", lambda month: month[0][:3], text(words)), words.zh)


def _line_words(line: Line, *, short: bool = False) -> Both:
    """Return what a line adds of which growth, and its interval where there is room."""
    value, interval, what = points(*line.ends), points_interval(*line.ends), line.short if short else line.words
    whole = Both(f" of {line.whole.en}", f"，总值{line.whole.zh}") if line.whole.en else Both("", "")
    ends = Both("", "") if short else Both(f" ({interval.en})", f"（{interval.zh}）")
    return Both(f"{text(what)}: {value.en}{ends.en}{whole.en}", f"{text(what, 'zh')}：{value.zh}{ends.zh}{whole.zh}")


def _as_table(lines: list[Line], look: Look, *, short: bool) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "median": [line.ends[0] for line in lines],
            "lower": [line.ends[1] for line in lines],
            "upper": [line.ends[2] for line in lines],
            "words": [look.say(_line_words(line, short=short)) for line in lines],
            "label": [look.say(_line_words(line)) for line in lines],
            "colour": [line.colour for line in lines],
        }
    )


def _growth_foot(trade: TradeGrowth) -> Cell:
    rows = trade.growth.filter((pl.col("question") == "last_year") & pl.col("median").is_not_null()).to_dicts()
    if not rows:
        return ""
    row = rows[0]
    behind, ends = trade.behind_growth(row["start"], row["end"], row["other"]), (
        row["median"], row["lower"], row["upper"])  # fmt: skip
    span, other = span_words(row["start"], row["end"]), same_days_words(row["start"], row["end"], row["other"])
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

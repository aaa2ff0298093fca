"""The charts of the closures page: the sheet, the counterfactual against the path, the losses."""

from typing import Any

import altair as alt
import numpy as np
import polars as pl

from analysis.desks.closures import ClosureImpact, Impact
from analysis.pages.closures.sentences import closed_span
from analysis.pages.closures.words import STATES, VERDICTS, impact_words, lost_numbers, port_words
from analysis.pages.parts import theme
from analysis.pages.parts.axes import tonnes_axis, trade_axis
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.interval_bars import PERCENT, bars_height, interval_bars
from analysis.pages.parts.labels import Row, all_labels, semicolon_list, with_labels
from analysis.pages.words.cells import Both, Cell, text
from analysis.pages.words.dates import month_words
from analysis.pages.words.money import money, money_interval
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import share_interval, share_percent, tonnes, tonnes_interval

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}

#: Colours of the sheet, dark where least passed; each state has a letter, too.
_COLOURS = {"closed": theme.INK, "one_way": theme.ORANGE, "limited": "#e8b98f", "open": "#cfe3f1", "unknown": "#ffffff"}
_LETTERS = {
    "closed": Both("C", "关"), "one_way": Both("1", "单"), "limited": Both("l", "限"), "open": Both("", ""),
    "unknown": Both("?", "？"),
}  # fmt: skip

#: Height of a line of the sheet, in pixels.
_LINE = 22


def sheet(impact: ClosureImpact) -> Figure:
    """Return the port-by-month sheet of states."""
    ports = impact.sheet.select("port", "mode").unique(maintain_order=True)
    closed = impact.sheet.filter(pl.col("state") == "closed")
    most = closed.group_by("port", "mode", maintain_order=True).len().sort("len", descending=True)
    every = [_port_row(row, impact) for row in ports.iter_rows(named=True)]
    if len(most):
        worst = port_words(most["port"][0], most["mode"][0], impact)
        title = Both(
            f"{worst.en} was closed longest: {most['len'][0]} months", f"{worst.zh}关闭最久：{most['len'][0]}个月"
        )
    else:
        title = Both("No port was closed for most of a month", "没有口岸整月以关闭为主")
    return Figure(
        title=title,
        notes=(
            Both(
                "By port and month: C closed, 1 one way, l limited, blank open, ? nothing known. The state of most "
                "days, "
                "as far as was published.",
                "分口岸、分月：“关”为关闭，“单”为单向，“限”为限量，空白为开放，“？”为不详。取多数日子的状态，以公布内容为限。",
            ),
        ),
        alt=Both(
            f"States of ports by month. {semicolon_list(text(each) for each in every)}.",
            f"各口岸各月状态。{'；'.join(text(each, 'zh') for each in every)}。",
        ),
        draw=lambda look: _draw_sheet(impact, look),
        height=_LINE * len(ports) + 20,
    )


def _port_row(row: Row, impact: ClosureImpact) -> Both:
    """Return how many months a port was in each state, as a sentence."""
    own = impact.sheet.filter((pl.col("port") == row["port"]) & (pl.col("mode") == row["mode"]))
    name = port_words(row["port"], row["mode"], impact)
    counts = {state: int((own["state"] == state).sum()) for state in STATES}
    english = ", ".join(f"{STATES[state].en} {count}" for state, count in counts.items() if count)
    chinese = "，".join(f"{STATES[state].zh}{count}个月" for state, count in counts.items() if count)
    return Both(f"{name.en}: {english} months", f"{name.zh}：{chinese}")


def _draw_sheet(impact: ClosureImpact, look: Look) -> Any:
    def label(row: Row) -> Both:
        name, month = port_words(row["port"], row["mode"], impact), month_words(row["month"])
        return Both(
            f"{name.en}, {month.en}: {STATES[row['state']].en}", f"{name.zh}{month.zh}：{STATES[row['state']].zh}"
        )

    names = [look.say(port_words(port, mode, impact)) for port, mode in impact.sheet.select("port", "mode").iter_rows()]
    table = with_labels(impact.sheet, label, look.lang).with_columns(
        colour=pl.col("state").replace_strict(_COLOURS),
        words=pl.Series([look.say(_LETTERS[state]) for state in impact.sheet["state"]], dtype=pl.String),
        place=pl.Series(names, dtype=pl.String),
        ink=pl.when(pl.col("state").is_in(["closed", "one_way"])).then(pl.lit("white")).otherwise(pl.lit(theme.INK)),
    )
    order = table["place"].unique(maintain_order=True).to_list()
    x = alt.X(
        "yearmonth(month):O",
        axis=alt.Axis(
            title=None, labelAngle=0, tickSize=0, labelExpr="month(datum.value) == 0 ? year(datum.value) : ''"
        ),
        scale=alt.Scale(padding=0),
    )
    y = alt.Y("place:N", sort=order, axis=alt.Axis(title=None, labelLimit=120 if look.narrow else 200))
    base = alt.Chart(table)
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(
        x, y, color=alt.Color("colour:N", scale=None), **_SPOKEN
    )
    if look.narrow:
        return alt.layer(cells)
    letters = base.mark_text(fontSize=9, aria=False).encode(x, y, text="words:N", color=alt.Color("ink:N", scale=None))
    return alt.layer(cells, letters)


def against(impact: ClosureImpact) -> Figure | Undrawn:
    """Return road freight of the ports together against what would have passed."""
    return _bands(impact.together, impact)


def trade_against(impact: ClosureImpact) -> Figure | Undrawn:
    """Return the region's trade against what would have been traded."""
    return _bands(impact.trade, impact)


def _bands(each: Impact, impact: ClosureImpact) -> Figure | Undrawn:
    name = impact_words(each, impact)
    if each.loss is None:
        reason = reason_words(each.reason) if each.reason else Both("", "")
        return Undrawn(Both(f"{name.en} against what would have passed", f"{name.zh}与无关闭情形"), reason)
    value, interval = lost_numbers(each, each.loss, impact.behind())
    verdict, span = VERDICTS[each.loss.verdict], closed_span(impact)
    told = each.loss.verdict != "untold"
    title = Both(
        f"{name.en}: {value.en} not carried from {span.en}" if told else f"{name.en}: what was lost {verdict.en}",
        f"{name.zh}：{span.zh}少过{value.zh}" if told else f"{name.zh}：损失{verdict.zh}",
    )

    def label(row: Row) -> Both:
        month, ends = month_words(row["time_period"]), (row["median"], row["lower"], row["upper"])
        words = (money, money_interval) if each.unit == "CNY" else (tonnes, tonnes_interval)
        total, between = (make(*ends) for make in words)
        return Both(f"{month.en}: {total.en}, 80%: {between.en}", f"{month.zh}：{total.zh}，80%区间{between.zh}")

    happened, expected = all_labels(each.actual, label), all_labels(each.expected, label)
    return Figure(
        title=title,
        notes=(
            Both(
                "Blue: what passed. Orange, dashed: what would have, from statements about the time before alone. "
                "Bands: "
                "80%.",
                "蓝色：实际路径。橙色虚线：仅据关闭之前公布内容推算的无关闭情形。色带：80%区间。",
            ),
        ),
        alt=Both(
            f"{name.en}. What passed: {happened.en}. What would have: {expected.en}",
            f"{name.zh}。实际：{happened.zh}。无关闭情形：{expected.zh}",
        ),
        draw=lambda look: _draw_bands(each, look),
        foot=Both(("Not carried: ", value, ", 80%: ", interval, "."), ("少过：", value, "，80%区间", interval, "。")),
    )


def _draw_bands(each: Impact, look: Look) -> Any:
    axis = trade_axis if each.unit == "CNY" else tonnes_axis
    scale = alt.Scale(zero=True)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, format="%Y", tickCount="year", labelAlign="left"))
    layers = []
    for table, colour, dash in ((each.expected, theme.ORANGE, [5, 3]), (each.actual, theme.BLUE, [1, 0])):
        base = alt.Chart(table)
        layers.append(
            base.mark_area(color=colour, opacity=0.22, interpolate="monotone", aria=False).encode(
                x, axis("lower", look, scale=scale), alt.Y2("upper")
            )
        )
        layers.append(
            base.mark_line(color=colour, strokeDash=dash, strokeWidth=1.8, interpolate="monotone", aria=False).encode(
                x, axis("median", look)
            )
        )
    return alt.layer(*layers)


def losses(impact: ClosureImpact) -> Figure | Undrawn:
    """Return the share that each flow lost, with its interval."""
    told = [each for each in (*impact.ports, impact.together, impact.trade) if each.loss is not None]
    what = Both("Share of freight and trade lost", "过货量与进出口的损失占比")
    if not told:
        return Undrawn(what, reason_words("no_level_before?day=2020-01-01"))
    clear = [each for each in told if each.loss is not None and each.loss.verdict == "lost"]
    rows = []
    for each in told:
        assert each.loss is not None
        lower, median, upper = (float(end) for end in np.quantile(each.loss.share, [0.1, 0.5, 0.9]))
        rows.append({"name": each.name, "unit": each.unit, "median": median, "lower": max(lower, -2.0), "upper": upper})
    table = pl.DataFrame(rows).with_columns(
        colour=pl.when(pl.col("unit") == "CNY").then(pl.lit(theme.GREEN)).otherwise(pl.lit(theme.BLUE))
    )
    by_name = {each.name + each.unit: each for each in told}

    def label(row: Row) -> Both:
        ends = (row["median"], row["lower"], row["upper"])
        name = impact_words(by_name[row["name"] + row["unit"]], impact)
        share, between = share_percent(*ends), share_interval(*ends)
        return Both(f"{name.en}: {share.en} ({between.en})", f"{name.zh}：{share.zh}（{between.zh}）")

    every = all_labels(table, label)
    return Figure(
        title=Both(
            f"Of {len(told)} flows a loss can be told of {len(clear)}", f"{len(told)}项中有{len(clear)}项可以判定有损失"
        ),
        notes=(
            Both(
                "Share of what would have passed that did not. Point: median. Bar: 80% interval, cut at -200%. Below "
                "zero: "
                "more passed. Dashed: nothing lost.",
                "无关闭情形中未过货的比例。圆点：中位数。横条：80%区间（截于-200%）。负值：实际更多。虚线：无损失。",
            ),
        ),
        alt=Both(f"{what.en}. {every.en}.", f"{what.zh}。{every.zh}。"),
        draw=lambda look: interval_bars(
            with_labels(table, label, look.lang).with_columns(words=pl.col("label")), look, labels=PERCENT
        ),
        foot=_foot(impact),
        height=bars_height(len(told)),
    )


def _foot(impact: ClosureImpact) -> Cell:
    each = impact.together
    if each.loss is None:
        return ""
    value, interval = lost_numbers(each, each.loss, impact.behind())
    name = impact_words(each, impact)
    return Both((f"{name.en}: ", value, ", 80%: ", interval, "."), (f"{name.zh}：", value, "，80%区间", interval, "。"))

"""The charts of the closures page: the sheet of states, freight and trade by year against the year before."""

import datetime as dt
from typing import Any

import altair as alt
import numpy as np
import polars as pl

from analysis.core.periods import month_end
from analysis.desks.closures import ClosureImpact, Impact
from analysis.pages.closures.sentences import sheet_words
from analysis.pages.closures.words import (
    STATES,
    amount_words,
    change_cell,
    closed_span,
    ends,
    impact_words,
    is_known,
    port_words,
    span_of_year,
)
from analysis.pages.parts import theme
from analysis.pages.parts.axes import tonnes_axis, trade_axis
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.labels import Row, all_labels, semicolon_list, with_labels
from analysis.pages.words.cells import Both, text
from analysis.pages.words.dates import month_words, year_words

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}

#: Colours of the sheet, dark where least passed; each state has a letter, too.
_COLOURS = {"closed": theme.INK, "one_way": theme.ORANGE, "limited": "#e8b98f", "open": "#cfe3f1", "unknown": "#ffffff"}
_LETTERS = {
    "closed": Both("C", "关"), "one_way": Both("O", "单"), "limited": Both("L", "限"), "open": Both("", ""),
    "unknown": Both("?", "？"),
}  # fmt: skip

#: Height of a line of the sheet, in pixels.
_LINE = 18

#: Years of the charts by year before the one compared with.
_YEARS_BEFORE = 3


def sheet(impact: ClosureImpact) -> Figure:
    """Return the port-by-month sheet of states."""
    ports = impact.sheet.select("port", "mode").unique(maintain_order=True)
    every = [_port_row(row, impact) for row in ports.iter_rows(named=True)]
    longest = _runs(impact.sheet, by_year=False).filter(pl.col("state") == "closed")
    title = Both("No port was closed for most of a month", "没有口岸整月以关闭为主")
    if len(longest):
        row = longest.sort("months", descending=True, maintain_order=True).row(0, named=True)
        worst, months = port_words(row["port"], row["mode"], impact), row["months"]
        title = Both(
            f"{worst.en} was closed longest: {months} month{'s' * (months > 1)} in a row",
            f"{worst.zh}连续关闭最久：{months}个月",
        )
    return Figure(
        title=title,
        notes=(
            Both(
                "By port and month: C closed, O one way, L limited, blank on blue open, ? on white nothing known. On a "
                "narrow screen months of one state in a year share a letter, and one alone has none. The state of "
                "most days, as far as was published.",
                "分口岸、分月：“关”为关闭，“单”为单向，“限”为限量，蓝底空白为开放，白底“？”为不详。窄屏上同一年内状态相同的"
                "相连月份共用一字，单独一个月不标字。取多数日子的状态，以公布内容为限。",
            ),
        ),
        alt=Both(
            f"States of ports by month. {semicolon_list(text(each) for each in every)}.",
            f"各口岸各月状态。{'；'.join(text(each, 'zh') for each in every)}。",
        ),
        draw=lambda look: _draw_sheet(impact, look),
        foot=sheet_words(impact),
        height=_LINE * len(ports) + 20,
    )


def _runs(sheet: pl.DataFrame, *, by_year: bool) -> pl.DataFrame:
    """Return the runs of months in which a port stayed in one state, broken at the ends of years if `by_year`.

    Returns
    -------
    DataFrame
        `port, mode, state`, `month` (the middle one) and `months` (how many).
    """
    keys = ["port", "mode"]
    new = (pl.col("state") != pl.col("state").shift(1)) | (pl.col("port") != pl.col("port").shift(1))
    new = new | (pl.col("mode") != pl.col("mode").shift(1))
    if by_year:
        new = new | (pl.col("month").dt.month() == 1)
    numbered = sheet.sort(*keys, "month").with_columns(run=new.fill_null(True).cum_sum())
    return numbered.group_by(*keys, "state", "run", maintain_order=True).agg(
        month=pl.col("month").get((pl.len() - 1) // 2), months=pl.len().cast(pl.Int64)
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

    table = _with_places(with_labels(impact.sheet, label, look.lang), impact, look)
    order = table["place"].unique(maintain_order=True).to_list()
    x = alt.X(
        "yearmonth(month):O",
        axis=alt.Axis(
            title=None, labelAngle=0, tickSize=0, labelExpr="month(datum.value) == 0 ? year(datum.value) : ''"
        ),
        scale=alt.Scale(padding=0),
    )
    y = alt.Y("place:N", sort=order, axis=alt.Axis(title=None, labelLimit=120 if look.narrow else 200),
              scale=alt.Scale(paddingInner=0.08 if look.narrow else 0, paddingOuter=0))  # fmt: skip
    base = alt.Chart(table)
    # On a phone a month is five pixels wide: lines between months would strike the letters through.
    edge: dict[str, Any] = {} if look.narrow else {"stroke": "white", "strokeWidth": 1}
    cells = base.mark_rect(**edge).encode(x, y, color=alt.Color("colour:N", scale=None), **_SPOKEN)
    lettered = base
    if look.narrow:
        runs = _runs(impact.sheet, by_year=True).filter(pl.col("months") > 1)
        lettered = alt.Chart(_with_places(runs, impact, look))
    letters = lettered.mark_text(fontSize=9, aria=False).encode(
        x, y, text="words:N", color=alt.Color("ink:N", scale=None)
    )
    return alt.layer(cells, letters)


def _with_places(table: pl.DataFrame, impact: ClosureImpact, look: Look) -> pl.DataFrame:
    """Add the name of the port, and the colour, letter and ink of the state."""
    names = [look.say(port_words(port, mode, impact)) for port, mode in table.select("port", "mode").iter_rows()]
    return table.with_columns(
        colour=pl.col("state").replace_strict(_COLOURS),
        words=pl.Series([look.say(_LETTERS[state]) for state in table["state"]], dtype=pl.String),
        place=pl.Series(names, dtype=pl.String),
        ink=pl.when(pl.col("state").is_in(["closed", "one_way"])).then(pl.lit("white")).otherwise(pl.lit(theme.INK)),
    )


def freight(impact: ClosureImpact) -> Figure:
    """Return road freight of the ports together by year, against the year before the closures."""
    return _by_year(impact.together, impact, impact.behind())


def trade(impact: ClosureImpact) -> Figure:
    """Return the region's trade by year, against the year before the closures."""
    return _by_year(impact.trade, impact, impact.behind_trade())


def _by_year(each: Impact, impact: ClosureImpact, behind: list[str]) -> Figure:
    name, yardstick = impact_words(each, impact), each.yardstick
    year, found = next(iter(each.by_year.items()))
    span = span_of_year(year, impact)
    if each.is_measurable:
        change = change_cell(found, [])
        title = Both(
            f"{name.en}: {text(change)} in {span.en} against {yardstick}",
            f"{name.zh}：{span.zh}比{yardstick}年变动{text(change, 'zh')}",
        )
    else:
        title = Both(
            f"{name.en}: {yardstick} is not known well enough to compare with",
            f"{name.zh}：{yardstick}年的数字不足以比较",
        )
    shown = each.years.filter(pl.col("year").is_between(yardstick - _YEARS_BEFORE, impact.span[1].year + 1))

    def label(row: Row) -> Both:
        total, interval = amount_words(each.unit, (row["median"], row["lower"], row["upper"]), [])
        one = year_words(row["year"])
        return Both(f"{one.en}: {total.en}, 80%: {interval.en}", f"{one.zh}：{total.zh}，80%区间{interval.zh}")

    every, grown = all_labels(shown, label), _grown_years(each)
    note = Both(
        f"By year. Point: median. Bar: 80% interval. Dashed: {yardstick}. Shaded: {closed_span(impact).en}.",
        f"分年。圆点：中位数。竖条：80%区间。虚线：{yardstick}年。阴影：{closed_span(impact).zh}。",
    )
    hollow = Both(
        "Hollow: had growth gone on as before, for years in which the figures allow a number.",
        "空心：若按此前增速继续增长，仅列现有数字足以给出数值的年份。",
    )
    value, interval = amount_words(each.unit, ends(each.yardstick_total), behind)
    foot: Both = Both(
        (f"{yardstick}: ", value, ", 80%: ", interval, "."), (f"{yardstick}年：", value, "，80%区间", interval, "。")
    )
    if is_known(ends(each.yardstick_total)):
        foot = Both((f"{yardstick}: ", value, "."), (f"{yardstick}年：", value, "。"))
    return Figure(
        title=title,
        notes=(note, hollow) if len(grown) else (note,),
        alt=Both(f"{name.en} by year. {every.en}.", f"{name.zh}分年。{every.zh}。"),
        draw=lambda look: _draw_years(each, shown, grown, impact, label, look),
        foot=foot,
    )


def _grown_years(each: Impact) -> pl.DataFrame:
    """Return what would have passed with growth, in the years for which it is known well enough."""
    rows = []
    for place, year in enumerate(each.by_year):
        if each.expected is not None and each.year_is_measurable(place):
            lower, median, upper = (float(end) for end in np.quantile(each.expected[:, place], [0.1, 0.5, 0.9]))
            rows.append({"year": year, "median": median, "lower": lower, "upper": upper})
    return pl.DataFrame(rows, schema={"year": pl.Int64, "median": pl.Float64, "lower": pl.Float64, "upper": pl.Float64})


def _draw_years(
    each: Impact, shown: pl.DataFrame, grown: pl.DataFrame, impact: ClosureImpact, label: Any, look: Look
) -> Any:
    axis = trade_axis if each.unit == "CNY" else tonnes_axis
    mid = pl.date(pl.col("year"), 7, 1).alias("middle")
    table, other = (with_labels(part, label, look.lang).with_columns(mid) for part in (shown, grown))
    first, last = impact.span
    ground = pl.DataFrame({"from": [first], "to": [month_end(last)], "level": [float(np.median(each.yardstick_total))]})
    days = [dt.date(table["year"].min(), 1, 1), dt.date(table["year"].max(), 12, 31)]  # type: ignore[arg-type]
    x = alt.X(
        "middle:T",
        axis=alt.Axis(title=None, format="%Y", tickCount="year", labelAlign="left", grid=False),
        scale=alt.Scale(domain=[f"{day:%Y-%m-%d}" for day in days]),
    )
    shade = alt.Chart(ground).mark_rect(color=theme.MUTED, opacity=0.12, aria=False).encode(
        alt.X("from:T", scale=x["scale"], axis=x["axis"]), alt.X2("to:T")
    )  # fmt: skip
    line = alt.Chart(ground).mark_rule(color=theme.MUTED, strokeDash=[4, 3], aria=False).encode(axis("level", look))
    layers = [shade, line]
    for part, colour, filled in ((table, theme.BLUE, True), (other, theme.ORANGE, False)):
        base = alt.Chart(part)
        bars = base.mark_rule(strokeWidth=6, opacity=0.4, color=colour, aria=False, xOffset=0 if filled else 9)
        dots = base.mark_point(filled=filled, size=60, opacity=1, color=colour, xOffset=0 if filled else 9)
        layers += [
            bars.encode(x, axis("lower", look, scale=alt.Scale(zero=True)), alt.Y2("upper")),
            dots.encode(x, axis("median", look), **_SPOKEN),
        ]
    return alt.layer(*layers)

"""F4: freight a day of opening without season and festival, as an index of the last year with a stated total."""

from typing import Any

import altair as alt
import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.port import AdjustedIndex, Outlook
from analysis.pages.parts import theme
from analysis.pages.parts.axes import stretches
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import Row, all_labels, with_labels
from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import ZH, Both, Cell
from analysis.pages.words.dates import month_words
from analysis.pages.words.names import port_name
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import in_unit, interval_in_unit

#: Years shown at most, as in the chart of months.
YEARS = 6


def adjusted(index: AdjustedIndex, outlook: Outlook) -> Figure | Undrawn:
    """Return the index of the months that may be drawn, up to the edition's; or why there is none."""
    name, base, noun = port_name(outlook.place, outlook.places), index.base_year, traffic(outlook).noun
    festival = outlook.places.has_spring_festival(outlook.place)
    off = Both("season and Spring Festival", "季节与春节") if festival else Both("season", "季节")
    what = Both(
        f"{name.en}: {noun.en} a day of opening, {off.en} taken off",
        f"{name.zh}：日均{noun.zh}（按开放日），已剔除{off.zh}因素",
    )
    months = index.drawn(years=YEARS, until=outlook.edition).filter(pl.col("level") == 80)
    if base is None:
        return Undrawn(what, reason_words(Reason("no_year_total")))
    if months.is_empty():
        return Undrawn(what, reason_words(str(outlook.year()["reason"])))
    every = all_labels(months, _label)
    return Figure(
        title=Both(f"{what.en}, {base} = 100", f"{what.zh}，{base}年=100"),
        notes=(
            Both(
                f"{base} is the last year with a published total. Line: median. Bands: 80 and 95%, of the path alone. "
                "Only months that may be drawn, closed months left out.",
                f"{base}年是最近一个公布了全年总量的年份。曲线：中位数。色带：走势本身的80%和95%区间。"
                "只画可以画出的月份，关闭的月份略去。",
            ),
        ),
        alt=Both(f"{what.en}, {base} = 100. {every.en}.", f"{what.zh}，{base}年=100。{every.zh}。"),
        draw=lambda look: _draw(index, outlook, look),
        foot=_foot(index, months),
        height=220,
    )


def _draw(index: AdjustedIndex, outlook: Outlook, look: Look) -> Any:
    drawn = stretches(index.drawn(years=YEARS, until=outlook.edition))
    labelled = with_labels(drawn.filter(pl.col("level") == 80), _label, look.lang)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, format="%Y-%m", tickCount=4 if look.narrow else 8))
    bands = [
        alt.Chart(drawn.filter(pl.col("level") == level))
        .mark_area(color=theme.BLUE, opacity=opacity, interpolate="monotone", aria=False)
        .encode(x, _y("lower", look), alt.Y2("upper"), detail="stretch:N")
        for level, opacity in ((95, 0.14), (80, 0.24))
    ]
    base = alt.Chart(labelled).encode(x, _y("median", look))
    marks = base.mark_point(filled=True, fill="white", stroke=theme.BLUE, size=14 if look.narrow else 28, opacity=1)
    level = alt.Chart(pl.DataFrame({"level": [100.0]})).mark_rule(color=theme.MUTED, strokeDash=[4, 3], aria=False)
    return alt.layer(
        level.encode(_y("level", look)),
        *bands,
        base.mark_line(color=theme.BLUE, strokeWidth=1.6, interpolate="monotone", aria=False).encode(
            detail="stretch:N"
        ),
        marks.encode(description="label:N", tooltip="label:N"),
        _end(labelled, x, look),
    )


def _y(field: str, look: Look) -> alt.Y:
    """Return the vertical axis of the index; it need not begin at zero."""
    axis = alt.Axis(
        title=None, format="~f" if look.lang == ZH else ",~f", tickCount=5, domain=False, ticks=False, labelPadding=6
    )
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=False))


def _end(labelled: pl.DataFrame, x: alt.X, look: Look) -> Any:
    """Return the last number above its mark."""
    last = labelled.tail(1)
    words = look.say(_value(last.row(0, named=True)))
    mark = alt.Chart(last.with_columns(words=pl.lit(words))).mark_text(
        align="right", dy=-12, fontWeight=700, color=theme.INK, aria=False
    )
    return mark.encode(x, _y("median", look), text="words:N")


def _label(row: Row) -> Both:
    """Return `May 2025: 104, 80%: 98 to 110`."""
    month, interval = month_words(row["time_period"]), _interval(row)
    value = _value(row)
    return Both(f"{month.en}: {value.en}, 80%: {interval.en}", f"{month.zh}：{value.zh}，80%区间{interval.zh}")


def _foot(index: AdjustedIndex, months: pl.DataFrame) -> Cell:
    """Return the last month's number and interval, with what bears on them."""
    row = months.row(-1, named=True)
    month = month_words(row["time_period"])
    value, interval = (number.cite(index.behind) for number in (_value(row), _interval(row)))
    return Both(
        (f"{month.en}: ", value, ", 80%: ", interval, "."), (f"{month.zh}：", value, "，80%区间", interval, "。")
    )


def _value(row: Row) -> Any:
    return in_unit(row["median"], row["lower"], row["upper"], scale=1.0)


def _interval(row: Row) -> Any:
    return interval_in_unit(row["median"], row["lower"], row["upper"], scale=1.0)

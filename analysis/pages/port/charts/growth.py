"""F3: the same months against other years that are known well enough, and the average growth over two years."""

from typing import Any

import altair as alt
import polars as pl

from analysis.desks.port import Outlook
from analysis.desks.port.growth import same_span
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.interval_bars import rule_beside_bars
from analysis.pages.parts.labels import Row, all_labels, with_labels
from analysis.pages.port.tables.growth import comparison_words
from analysis.pages.words.cells import Both, Cell
from analysis.pages.words.names import port_name
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import growth as rate
from analysis.pages.words.rounding import growth_interval


def growth(outlook: Outlook) -> Figure | Undrawn:
    """Return growth rates with their 80% intervals around zero; or why none is computed."""
    name, rates = port_name(outlook.place, outlook.places), outlook.growth()
    computed = rates.filter(pl.col("median").is_not_null())
    what = Both(f"{name.en}: growth against other years", f"{name.zh}：与其他年份相比的增速")
    if computed.is_empty():
        return Undrawn(what, reason_words(str(rates["reason"][0])))
    every = all_labels(computed, _label)
    return Figure(
        title=Both(f"{what.en}, percent", f"{what.zh}，%"),
        notes=(
            Both(
                "Point: median. Bar: 80% interval. Dashed: no growth. Only years known to 1 to 1.5.",
                "圆点：中位数。横条：80%区间。虚线：零增长。只与区间上下端之比不超过1.5的年份相比。",
            ),
        ),
        alt=Both(f"{what.en}. {every.en}.", f"{what.zh}。{every.zh}。"),
        draw=lambda look: _draw(computed, look),
        foot=_foot(outlook, computed),
        height=30 + 48 * computed.height,
    )


def _draw(computed: pl.DataFrame, look: Look) -> Any:
    """Return one line a comparison: its words above, the interval and the point below."""
    table = with_labels(computed, _label, look.lang).with_row_index("place")
    # A phone has no room for the interval in words: the bar shows it, and the mark says it.
    shown = [look.say((_short if look.narrow else _label)(row)) for row in computed.iter_rows(named=True)]
    table = table.with_columns(pl.Series("words", shown, dtype=pl.String))
    low, high = (float(value) for value in (table["lower"].min(), table["upper"].max()))  # type: ignore[arg-type]
    low, high = min(low, 0.0), max(high, 0.0)
    room = 0.08 * (high - low)
    words = "datum.value == 0 ? '0%' : format(datum.value, '+.0%')"
    axis = alt.Axis(title=None, labelExpr=words, tickCount=4 if look.narrow else 8, grid=False)
    scale = alt.Scale(domain=[low - room, high + room], nice=False)
    x = alt.X("median:Q", axis=axis, scale=scale)
    y = alt.Y("place:O", axis=None)
    base = alt.Chart(table)
    bars = base.mark_rule(color=theme.BLUE, strokeWidth=7, opacity=0.45, yOffset=10, aria=False)
    dots = base.mark_point(filled=True, fill="white", stroke=theme.BLUE, size=70, opacity=1, yOffset=10)
    names = text_with_outline(base, align="left", yOffset=-9, fontSize=11, aria=False)
    return alt.layer(
        rule_beside_bars(table["place"], x),
        bars.encode(alt.X("lower:Q", axis=axis, scale=scale), alt.X2("upper"), y),
        dots.encode(x, y, description="label:N", tooltip="label:N"),
        *(name.encode(y, x=alt.value(2), text="words:N") for name in names),
    )


def _label(row: Row) -> Both:
    """Return `January-November 2023 on 2022: +12%, 80%: -3 to +25%`."""
    what, ends = comparison_words(row), (row["median"], row["lower"], row["upper"])
    value, interval = rate(*ends), growth_interval(*ends)
    return Both(f"{what.en}: {value.en}, 80%: {interval.en}", f"{what.zh}：{value.zh}，80%区间{interval.zh}")


def _short(row: Row) -> Both:
    """Return `January-November 2023 on 2022: +12%`."""
    what, value = comparison_words(row), rate(row["median"], row["lower"], row["upper"])
    return Both(f"{what.en}: {value.en}", f"{what.zh}：{value.zh}")


def _foot(outlook: Outlook, computed: pl.DataFrame) -> Cell:
    """Return the first comparison with the statements that bear on it."""
    row = computed.row(0, named=True)
    behind = outlook.bears_on(row["start"], row["end"], against=same_span(row["start"], row["end"], row["other"]))
    what, ends = comparison_words(row), (row["median"], row["lower"], row["upper"])
    value, interval = rate(*ends).cite(behind), growth_interval(*ends).cite(behind)
    return Both((f"{what.en}: ", value, ", 80%: ", interval, "."), (f"{what.zh}：", value, "，80%区间", interval, "。"))

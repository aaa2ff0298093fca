"""What was published of a gate in vehicles a day, where too little is known for a path by month."""

from typing import Any

import altair as alt
import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.crossing import Crossing
from analysis.pages.crossing.words import neighbour
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both, join_cells
from analysis.pages.words.dates import span_words
from analysis.pages.words.names import port_name
from analysis.pages.words.quantities import whole
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import with_relation
from analysis.pages.words.vehicles import vehicles

#: What passed in one direction alone; of both nothing is added.
_FLOWS = {"inbound": Both(", one way", "，单向"), "outbound": Both(", one way", "，单向")}

#: Height of a bar with its words above, in pixels.
_LINE = 44


def published_days(crossing: Crossing) -> Figure:
    """Return the published figures in vehicles a day as bars, what passed and what a post was said to clear apart."""
    name, rows = port_name(crossing.place, crossing.known.places), crossing.a_day
    assert isinstance(crossing.traffic, Reason)
    reason, every = reason_words(crossing.traffic), all_labels(rows, lambda row: _label(row, crossing))
    passed = rows.filter(pl.col("indicator") == "vehicles")
    newest = (passed if passed.height else rows).row(-1, named=True)
    number, span = _number(newest), span_words(newest["period_start"], newest["period_end"])
    title = Both(
        f"{name.en}: the newest count is {number.en} a day{_what(newest, crossing).en}, {span.en}",
        f"{name.zh}：最新通行数为{span.zh}每天{number.zh}{_what(newest, crossing).zh}",
    )
    return Figure(
        title=title,
        notes=(
            Both(
                "All that was published in vehicles a day; totals spread over their days. Not drawn by month: "
                f"{reason.en}.",
                f"以每日车辆数公布的全部数字，总数按所述时期天数平均。不逐月绘图：{reason.zh}。",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw(crossing, look),
        foot=join_cells(
            Both("As published: ", "公布数字："),
            *(
                part
                for place, row in enumerate(rows.iter_rows(named=True))
                for part in (Both("; ", "；") if place else "", _number(row).cite([row["statement_id"]]))
            ),
            Both(".", "。"),
        ),
        height=40 + _LINE * rows.height,
    )


def _number(row: dict[str, Any]) -> Any:
    return with_relation(vehicles(row["a_day"]), row["relation"])


def _what(row: dict[str, Any], crossing: Crossing) -> Both:
    """Return what a figure is of, where not of all that passed, and whether it is doubtful."""
    words, doubt = _FLOWS.get(row["flow"], Both("", "")), Both("", "")
    if row["indicator"] != "vehicles":
        country = neighbour(crossing)
        words = Both(f", capacity in {country.en}", f"，{country.zh}一侧通关能力")
    if row["status"] == "doubtful":
        doubt = Both(" (doubtful)", "（存疑）")
    return Both(f"{words.en}{doubt.en}", f"{words.zh}{doubt.zh}")


def _label(row: dict[str, Any], crossing: Crossing) -> Both:
    span, what, number = span_words(row["period_start"], row["period_end"]), _what(row, crossing), _number(row)
    return Both(f"{span.en}{what.en}: {number.en} a day", f"{span.zh}{what.zh}：每天{number.zh}")


def _short(row: dict[str, Any], crossing: Crossing, look: Look) -> str:
    """Return the words above a bar, which fit a phone: the axis names the unit."""
    span, what = span_words(row["period_start"], row["period_end"]), _what(row, crossing)
    number = with_relation(whole(round(row["a_day"])), row["relation"])
    return look.say(Both(f"{span.en}{what.en}: {number.en}", f"{span.zh}{what.zh}：{number.zh}"))


def _draw(crossing: Crossing, look: Look) -> Any:
    rows = crossing.a_day
    words = [_short(row, crossing, look) for row in rows.iter_rows(named=True)]
    table = (
        with_labels(rows, lambda row: _label(row, crossing), look.lang)
        .with_row_index("line_number")
        .with_columns(
            pl.Series("words", words),
            colour=pl.when(pl.col("indicator") == "vehicles").then(pl.lit(theme.BLUE)).otherwise(pl.lit(theme.ORANGE)),
        )
    )
    axis = alt.Axis(title=look.say(Both("vehicles a day", "每日车辆数")), tickCount=5, grid=True)
    x = alt.X("a_day:Q", axis=axis, scale=alt.Scale(domainMin=0))
    y = alt.Y("line_number:O", axis=None)
    base = alt.Chart(table).encode(y=y)
    bars = base.mark_bar(height=12, opacity=0.75, yOffset=9).encode(
        x, color=alt.Color("colour:N", scale=None), description="label:N", tooltip="label:N"
    )
    names = text_with_outline(base, align="left", yOffset=-9, fontSize=11, aria=False)
    return alt.layer(bars, *(each.encode(x=alt.value(2), text="words:N") for each in names))

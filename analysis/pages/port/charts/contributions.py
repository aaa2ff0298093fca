"""F5: what imports and exports, or open days and the flow per open day, contribute to growth."""

from typing import Any

import altair as alt
import polars as pl

from analysis.desks.port import GrowthContributions, Outlook
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.interval_bars import rule_beside_bars
from analysis.pages.parts.labels import Row, all_labels, with_labels
from analysis.pages.port.tables.contributions import whole_growth
from analysis.pages.port.tables.growth import comparison_words
from analysis.pages.words.cells import Both, Cell, Number, Part
from analysis.pages.words.contributions import points, points_interval
from analysis.pages.words.names import port_name
from analysis.pages.words.phrases import PARTS
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import growth_interval

#: Height of a line: its words, and the bar below them.
_LINE = 44


def contributions(result: GrowthContributions, outlook: Outlook) -> Figure | Undrawn:
    """Return each growth rate with its parts below it, as bars from zero; or why there is none."""
    name = port_name(outlook.place, outlook.places)
    what = Both(f"{name.en}: contributions to growth", f"{name.zh}：各部分对增速的拉动")
    if result.table.is_empty():
        return Undrawn(what, reason_words(str(outlook.growth()["reason"][0])))
    lines = _lines(result.table)
    every = all_labels(lines, _label)
    return Figure(
        title=Both(f"{what.en}, percentage points", f"{what.zh}，百分点"),
        notes=(
            Both(
                "Point: growth. Bars: what each part adds to it. Thin lines: 80% intervals. Dashed: no growth.",
                "圆点：增速。横条：各部分的拉动。细线：80%区间。虚线：零增长。",
            ),
        ),
        alt=Both(f"{what.en}. {every.en}.", f"{what.zh}。{every.zh}。"),
        draw=lambda look: _draw(lines, look),
        foot=_foot(lines),
        height=30 + _LINE * lines.height,
    )


def _lines(table: pl.DataFrame) -> pl.DataFrame:
    """Return the lines of the chart: each growth rate, of which `part` is null, and below it its parts."""
    sources = (pl.lit(None, pl.String), pl.col("growth"), pl.col("growth_lower"), pl.col("growth_upper"))
    whole = [source.alias(name) for source, name in zip(sources, ("part", "median", "lower", "upper"), strict=True)]
    groups = (group for _, group in table.group_by("question", maintain_order=True))
    lines = pl.concat(pl.concat([group.head(1).with_columns(whole), group]) for group in groups)
    return lines.with_row_index("place")


def _draw(lines: pl.DataFrame, look: Look) -> Any:
    """Return each line as its words, and below them a point or a bar with its interval."""
    table = _with_words(lines, look)
    rates, parts = (
        alt.Chart(table.filter(which)) for which in (pl.col("part").is_null(), pl.col("part").is_not_null())
    )
    x, lower, y = _axis("median", table, look), _axis("lower", table, look), alt.Y("place:O", axis=None)
    spoken: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
    bars = parts.mark_rule(color=theme.BLUE, strokeWidth=13, opacity=0.45, yOffset=10)
    dots = rates.mark_point(filled=True, fill="white", stroke=theme.BLUE, size=70, opacity=1, yOffset=10)
    # However small a contribution is, its bar has an end.
    ends = parts.mark_tick(color=theme.BLUE, thickness=2, size=13, yOffset=10, aria=False)
    spans = alt.Chart(table).mark_rule(color=theme.BLUE, strokeWidth=2, yOffset=10, aria=False)
    head: dict[str, Any] = {"align": "left", "yOffset": -9, "fontSize": 11, "aria": False}
    names = [*text_with_outline(rates, fontWeight="bold", **head), *text_with_outline(parts, dx=12, **head)]
    return alt.layer(
        rule_beside_bars(table["place"], x),
        bars.encode(x, alt.X2(datum=0), y, **spoken),
        ends.encode(x, y),
        spans.encode(lower, alt.X2("upper"), y),
        dots.encode(x, y, **spoken),
        *(name.encode(y, x=alt.value(2), text="words:N") for name in names),
    )


def _with_words(lines: pl.DataFrame, look: Look) -> pl.DataFrame:
    """Add `label`, what a line says, and `words`, what the drawing has room for: a phone has none for the interval."""
    words = [look.say((_short if look.narrow else _label)(row)) for row in lines.iter_rows(named=True)]
    return with_labels(lines, _label, look.lang).with_columns(pl.Series("words", words, dtype=pl.String))


def _axis(field: str, table: pl.DataFrame, look: Look) -> alt.X:
    """Return a horizontal axis of percentage points with zero on it."""
    low, high = min(0.0, *table["lower"]), max(0.0, *table["upper"])
    room = 0.08 * (high - low)
    words = "datum.value == 0 ? '0' : format(100 * datum.value, '+.2~f')"
    axis = alt.Axis(title=None, labelExpr=words, tickCount=4 if look.narrow else 8, grid=False)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[low - room, high + room], nice=False))


def _label(row: Row) -> Both:
    """Return the words of a line with its interval: `open days: -5 points, 80%: -6 to -4`."""
    words = points_interval if row["part"] else growth_interval
    interval = words(row["median"], row["lower"], row["upper"])
    return Both((_short(row), ", 80%: ", interval), (_short(row), "，80%区间", interval))


def _short(row: Row) -> Both:
    """Return `January-November 2023 on 2022: +12%` or `open days: -5 points`."""
    if row["part"] is None:
        what = comparison_words(row)
        return Both((f"{what.en}: ", whole_growth(row)), (f"{what.zh}：", whole_growth(row)))
    part, value = PARTS[row["part"]], _points(row)
    return Both((f"{part.en}: ", value, " points"), (f"{part.zh}：", value, "个百分点"))


def _foot(lines: pl.DataFrame) -> Cell:
    """Return the first growth rate and its parts, with the statements that bear on each."""
    whole, *others = lines.filter(pl.col("question") == lines["question"][0]).to_dicts()
    parts = [(PARTS[row["part"]], _points(row)) for row in others]
    english: list[Part] = [_short(whole), ", of it"]
    chinese: list[Part] = [_short(whole), "，其中"]
    for comma, (what, value) in enumerate(parts):
        english += ["," * bool(comma), f" {what.en} ", value, " points"]
        chinese += ["，" * bool(comma), str(what.zh), value, "个百分点"]
    return Both((*english, "."), (*chinese, "。"))


def _points(row: Row) -> Number:
    return points(row["median"], row["lower"], row["upper"]).cite(row["statement_ids"])

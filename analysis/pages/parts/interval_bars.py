"""Lines of a list with an interval each: words above, a bar and a point below, on one horizontal axis."""

from typing import Any

import altair as alt
import polars as pl

from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Look

#: Height of a line: its words, and the bar below them.
LINE = 44

#: Where in a line, from its top to its bottom, the rule at the reference runs: beside the bar, not through the words.
_BARS = (0.5, 0.97)

#: Labels of an axis in percent with signs, in percentage points, and in multiples.
PERCENT = "datum.value == 0 ? '0%' : format(datum.value, '+.0%')"
POINTS = "datum.value == 0 ? '0' : format(100 * datum.value, '+.3~f')"
MULTIPLES = "format(datum.value, '.2~f')"


def bars_height(lines: int) -> int:
    """Return the height of a chart of so many lines, in pixels."""
    return 30 + LINE * lines


def interval_bars(
    table: pl.DataFrame, look: Look, *, labels: str, reference: float = 0.0, logarithmic: bool = False
) -> Any:
    """Return one line a row: its words above, the interval and the point below.

    Parameters
    ----------
    table
        `median, lower, upper`, `words` (above the bar), `label` (for a tooltip and a screen reader), and `colour` where
        lines differ.
    look
        Language and width.
    labels
        Vega expression of the labels of the axis, such as `PERCENT`.
    reference
        Where a dashed line stands beside the bars; always inside the axis.
    logarithmic
        Whether the axis is; values are above zero then.
    """
    if "colour" not in table.columns:
        table = table.with_columns(colour=pl.lit(theme.BLUE))
    table = table.with_row_index("line_number")
    x = _axis(table, look, labels, reference, logarithmic)
    y = alt.Y("line_number:O", axis=None)
    base = alt.Chart(table)
    colour = alt.Color("colour:N", scale=None)
    bars = base.mark_rule(strokeWidth=7, opacity=0.45, yOffset=10, aria=False)
    dots = base.mark_point(filled=True, fill="white", size=70, opacity=1, yOffset=10)
    names = text_with_outline(base, align="left", yOffset=-9, fontSize=11, aria=False)
    return alt.layer(
        rule_beside_bars(table["line_number"], x, reference=reference),
        bars.encode(alt.X("lower:Q", axis=x["axis"], scale=x["scale"]), alt.X2("upper"), y, color=colour),
        dots.encode(x, y, stroke=colour, description="label:N", tooltip="label:N"),
        *(name.encode(y, x=alt.value(2), text="words:N") for name in names),
    )


def rule_beside_bars(lines: pl.Series, x: alt.X, *, reference: float = 0.0) -> Any:
    """Return a dashed rule beside the bar of each line, broken where the words of the lines stand.

    Parameters
    ----------
    lines
        What numbers the lines, one number each, named as the column that the bars stand on.
    x
        The horizontal axis, of the column `median`.
    reference
        Where the rule stands.
    """
    table = pl.DataFrame({lines.name: lines.unique(maintain_order=True)}).with_columns(median=pl.lit(reference))
    rule = alt.Chart(table).mark_rule(color=theme.MUTED, strokeDash=[4, 3], aria=False)
    top = alt.Y(f"{lines.name}:O", axis=None, bandPosition=_BARS[0])
    return rule.encode(x, top, alt.Y2(lines.name, bandPosition=_BARS[1]))


def _axis(table: pl.DataFrame, look: Look, labels: str, reference: float, logarithmic: bool) -> alt.X:
    """Return the axis, with room on both sides of the widest interval."""
    ends = [float(value) for value in (*table["lower"], *table["upper"], reference)]
    low, high = min(ends), max(ends)
    if logarithmic:
        scale = alt.Scale(type="log", domain=[low / 1.15, high * 1.15], nice=False)
    else:
        room = 0.08 * (high - low)
        scale = alt.Scale(domain=[low - room, high + room], nice=False)
    axis = alt.Axis(title=None, labelExpr=labels, tickCount=4 if look.narrow else 8, grid=False)
    return alt.X("median:Q", axis=axis, scale=scale)

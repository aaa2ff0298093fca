"""Axes and small marks that several charts share."""

import textwrap
from typing import Any

import altair as alt
import polars as pl

from analysis.presentation import theme

#: Characters of a line below a title that fit the width of a chart.
_LINE = 104

#: Tonnes on the axis, in millions, with the same value in 万吨 below it.
_TONNES = "[format(datum.value / 1e6, '.3~f') + ' Mt', format(datum.value / 1e4, ',.4~f') + '万吨']"
_MONEY = "[format(datum.value / 1e6, ',.4~f') + ' m yuan', format(datum.value / 1e8, '.4~f') + '亿元']"


def tonnes_axis(field: str, *, values: list[int] | None = None, **options: Any) -> alt.Y:
    """Return a vertical axis of tonnes, labelled in million tonnes and in 万吨; at certain `values` if given."""
    ticks: dict[str, Any] = {"tickCount": 5} if values is None else {"values": values}
    axis = alt.Axis(**ticks, labelExpr=_TONNES, title=None, labelPadding=6, domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, **options)


def money_axis(field: str, **options: Any) -> alt.Y:
    """Return a vertical axis of yuan, labelled in millions and in 亿元."""
    axis = alt.Axis(labelExpr=_MONEY, title=None, tickCount=5, labelPadding=6, domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, **options)


def titled(
    chart: Any,
    title: str,
    *subtitle: str,
    alt_text: str,
    watermark: str = "",
    width: int = theme.WIDTH,
    height: int = theme.HEIGHT,
) -> Any:
    """Return a chart with its title, the lines below it, its text alternative and words across it."""
    lines = [line for words in subtitle for line in textwrap.wrap(words, _LINE)]
    layers = alt.layer(chart, _watermark(watermark, width, height)) if watermark else chart
    return layers.properties(title=alt.TitleParams(title, subtitle=lines), description=alt_text,
                             width=width, height=height)  # fmt: skip


def bounds(table: pl.DataFrame, x: alt.X, y: alt.Y) -> Any:
    """Return small arrows for bounds: upwards for "over", downwards for "under".

    Parameters
    ----------
    table
        `relation` (`gt` or `lt`), `value`, `label` and the column of `x`.
    x, y
        The encodings of the chart.
    """
    arrows = []
    for relation, shape in (("gt", "triangle-up"), ("lt", "triangle-down")):
        base = alt.Chart(table.filter(pl.col("relation") == relation)).encode(
            x, y, description="label:N", tooltip="label:N"
        )
        arrows.append(base.mark_tick(color=theme.ORANGE, thickness=2, size=16, orient="horizontal"))
        offset = -7 if relation == "gt" else 7
        arrows.append(base.mark_point(shape=shape, color=theme.ORANGE, filled=True, size=60, opacity=1, yOffset=offset))
    return alt.layer(*arrows)


def _watermark(words: str, width: int, height: int) -> Any:
    """Return words across the chart that no reader can miss."""
    mark = alt.Chart(pl.DataFrame({"words": [words]})).mark_text(
        fontSize=width // 14, fontWeight=700, angle=340, opacity=0.13, color=theme.INK, aria=False
    )
    return mark.encode(text="words:N", x=alt.value(width / 2), y=alt.value(height / 2))

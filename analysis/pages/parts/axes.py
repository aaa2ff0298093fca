"""Axes and small marks that several charts share."""

from typing import Any

import altair as alt
import polars as pl

from analysis.pages.parts import theme
from analysis.pages.parts.chart import Look
from analysis.pages.words.cells import ZH

#: Labels of amounts by language, English first, each in the one unit that its readers count in: thousands have commas
#: in English and none in Chinese, and nothing is a bare 0.
_TONNES = (
    "datum.value == 0 ? '0' : format(datum.value / 1e6, ',.3~f') + ' Mt'",
    "datum.value == 0 ? '0' : format(datum.value / 1e4, '.4~f') + '万吨'",
)
#: The same where nobody counts in ten thousands: millions, and in Chinese thousands.
_METRIC_TONNES = (
    "datum.value == 0 ? '0' : format(datum.value / 1e6, ',.3~f') + ' Mt'",
    "datum.value == 0 ? '0' : format(datum.value / 1e3, '.4~f') + '千吨'",
)

#: Numbers of anything: thousands and millions, and in Chinese ten thousands.
_AMOUNTS = (
    "format(datum.value, '~s')",
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, '.4~f') + '万' : format(datum.value, '.4~f')",
)
_MONEY = (
    "datum.value == 0 ? '0' : format(datum.value / 1e6, ',.4~f') + ' m yuan'",
    "datum.value == 0 ? '0' : format(datum.value / 1e8, '.4~f') + '亿元'",
)
_TRADE = (
    "datum.value == 0 ? '0' : format(datum.value / 1e9, ',.4~f') + ' bn yuan'",
    "datum.value == 0 ? '0' : format(datum.value / 1e8, '.4~f') + '亿元'",
)

#: Short names of months; in the narrow chart their initials.
MONTHS = "['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec'][month(datum.value)]"
_INITIALS = "['J','F','M','A','M','J','J','A','S','O','N','D'][month(datum.value)]"


def tonnes_axis(field: str, look: Look, *, values: list[int] | None = None, **options: Any) -> alt.Y:
    """Return a vertical axis of tonnes, labelled in millions, in Chinese in 万吨; at certain `values` if given."""
    return _vertical(field, _TONNES[look.lang == ZH], values, options)


def metric_tonnes_axis(field: str, look: Look, *, values: list[int] | None = None, **options: Any) -> alt.Y:
    """Return a vertical axis of tonnes where nobody counts in ten thousands; at certain `values` if given."""
    return _vertical(field, _METRIC_TONNES[look.lang == ZH], values, options)


def amount_axis(field: str, look: Look, *, values: list[int] | None = None, **options: Any) -> alt.Y:
    """Return a vertical axis of a number of anything; at certain `values` if given."""
    return _vertical(field, _AMOUNTS[look.lang == ZH], values, options)


def _vertical(field: str, expression: str, values: list[int] | None, options: dict[str, Any]) -> alt.Y:
    ticks: dict[str, Any] = {"tickCount": 5} if values is None else {"values": values}
    axis = alt.Axis(**ticks, labelExpr=expression, title=None, labelPadding=6, domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, **options)


def count_axis(field: str, look: Look, **options: Any) -> alt.Y:
    """Return a vertical axis of a number of anything, labelled in thousands and millions, or in 万."""
    expression = _AMOUNTS[look.lang == ZH]
    axis = alt.Axis(labelExpr=expression, title=None, tickCount=4, labelPadding=6, domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=False), **options)


def money_axis(field: str, look: Look, **options: Any) -> alt.Y:
    """Return a vertical axis of yuan, labelled in millions, in Chinese in 亿元."""
    expression = _MONEY[look.lang == ZH]
    axis = alt.Axis(labelExpr=expression, title=None, tickCount=5, labelPadding=6, domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, **options)


def trade_axis(field: str, look: Look, **options: Any) -> alt.Y:
    """Return a vertical axis of yuan, labelled in billions, in Chinese in 亿元."""
    expression = _TRADE[look.lang == ZH]
    axis = alt.Axis(labelExpr=expression, title=None, tickCount=5, labelPadding=6, domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, **options)


def money_ticks(field: str, look: Look, **options: Any) -> alt.X:
    """Return a horizontal axis of yuan, labelled as `money_axis`."""
    axis = alt.Axis(labelExpr=_MONEY[look.lang == ZH], title=None, tickCount=4, grid=False)
    return alt.X(f"{field}:Q", axis=axis, **options)


def month_label(look: Look) -> str:
    """Return the expression that names a month on an axis: `Jan`, `1月`; `J`, `1` where there is no room."""
    if look.lang == ZH:
        return "(month(datum.value) + 1)" if look.narrow else "(month(datum.value) + 1) + '月'"
    return _INITIALS if look.narrow else MONTHS


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


def stretches(drawn: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a number for each run of months, so that no line bridges one that may not be drawn."""
    months = drawn.select("time_period").unique().sort("time_period")
    starts = (pl.col("time_period") != pl.col("time_period").shift(1).dt.offset_by("1mo")).fill_null(True)
    runs = months.with_columns(starts.cum_sum().cast(pl.String).alias("stretch"))
    return drawn.join(runs, on="time_period", validate="m:1").sort("time_period", "level")


def watermark(words: str, look: Look) -> Any:
    """Return words across the chart that no reader can miss."""
    mark = alt.Chart(pl.DataFrame({"words": [words]})).mark_text(
        fontSize=look.width // 14, fontWeight=700, angle=340, opacity=0.13, color=theme.INK, aria=False
    )
    return mark.encode(text="words:N", x=alt.value(look.width / 2), y=alt.value(look.height / 2))


def text_with_outline(base: alt.Chart, **mark: Any) -> list[alt.Chart]:
    """Return words that stay legible across a line: once as a white outline, once as they are."""
    return [base.mark_text(**mark, stroke="white", strokeWidth=4, strokeJoin="round"), base.mark_text(**mark)]

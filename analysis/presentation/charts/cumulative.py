"""F2: freight since 1 January against other years; published points are what the press release said."""

import calendar
from typing import Any

import altair as alt
import polars as pl

from analysis.freight import Outlook
from analysis.presentation import theme
from analysis.presentation.charts.axes import bounds, titled, tonnes_axis
from analysis.presentation.charts.labels import listed, published_label, to_date_label, with_labels, year_label
from analysis.presentation.names import port_name

#: Month names at month ends, where the sums stand.
_MONTHS = "['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec'][month(datum.value)]"
_ENDS = [alt.DateTime(year=2000, month=month, date=calendar.monthrange(2000, month)[1]) for month in range(1, 13)]


def cumulative(outlook: Outlook) -> Any:
    """Return sums since 1 January of the edition's year, the year before and 2019, where each may be drawn."""
    year = outlook.edition.year
    shown = sorted({*outlook.cumulative["year"]})
    drawn = _on_one_year(outlook.cumulative.filter("drawn"))
    points = _points(outlook, shown)
    sure = points.filter(pl.col("relation").is_in(["eq", "approx"]))
    x = alt.X("day:T", axis=alt.Axis(title=None, labelExpr=_MONTHS, values=_ENDS),
              scale=alt.Scale(domain=["2000-01-01", "2001-01-31"]))  # fmt: skip
    colour = alt.Color("name:N", scale=alt.Scale(domain=[str(each) for each in shown], range=_colours(shown, year)),
                       legend=None)  # fmt: skip
    dots = alt.Chart(sure).mark_point(filled=True, size=70, opacity=1)
    chart = alt.layer(
        *_fans(drawn.filter(pl.col("year") == year), x),
        _lines(drawn, x, colour),
        _year_end(outlook, x),
        dots.encode(x, tonnes_axis("value"), colour, description="label:N", tooltip="label:N"),
        bounds(points.filter(~pl.col("relation").is_in(["eq", "approx"])), x, tonnes_axis("value")),
        _names(drawn, x, colour),
    )
    name = port_name(outlook.place)
    return titled(
        chart,
        f"{name}: freight since 1 January, million tonnes (Mt) and 万吨",
        "Points: published. Arrows: published bounds. Lines: medians, with 80 and 95% bands.",
        _missing(shown, year, drawn),
        alt_text=f"Freight through {name} since 1 January. {listed(points['label'])}. {_end_words(outlook)}",
    )


def _on_one_year(table: pl.DataFrame) -> pl.DataFrame:
    """Return sums with `day`, their date moved into one year so that years lie over one another."""
    return table.with_columns(
        pl.date(2000, pl.col("period_end").dt.month(), pl.col("period_end").dt.day()).alias("day"),
        pl.col("year").cast(pl.String).alias("name"),
    )


def _points(outlook: Outlook, shown: list[int]) -> pl.DataFrame:
    """Return the published sums since 1 January of the years shown, labelled."""
    points = outlook.published.filter(
        pl.col("kind").is_in(["year", "to_date"]) & pl.col("used") & pl.col("year").is_in(shown)
    )
    return with_labels(_on_one_year(points), published_label)


def _fans(drawn: pl.DataFrame, x: alt.X) -> list[Any]:
    """Return the bands of the edition's year."""
    return [
        alt.Chart(drawn.filter(pl.col("level") == level))
        .mark_area(color=theme.BLUE, opacity=opacity, aria=False)
        .encode(x, tonnes_axis("lower", scale=alt.Scale(zero=True)), alt.Y2("upper"))
        for level, opacity in ((95, 0.14), (80, 0.24))
    ]


def _lines(drawn: pl.DataFrame, x: alt.X, colour: alt.Color) -> Any:
    """Return the medians, with a hollow mark at each month's end that carries its words."""
    labelled = with_labels(drawn.filter(pl.col("level") == 80), to_date_label)
    base = alt.Chart(labelled).encode(x, tonnes_axis("median"), colour)
    marks = base.mark_point(filled=False, size=18, strokeWidth=1.2).encode(description="label:N", tooltip="label:N")
    return alt.layer(base.mark_line(strokeWidth=1.8, aria=False), marks)


def _names(drawn: pl.DataFrame, x: alt.X, colour: alt.Color) -> Any:
    """Return the year at the right end of its line."""
    ends = drawn.filter((pl.col("level") == 80) & (pl.col("time_period").dt.month() == 12))
    text = alt.Chart(ends).mark_text(align="left", dx=12, fontWeight=700, aria=False)
    return text.encode(x, tonnes_axis("median"), colour, text="name:N")


def _year_end(outlook: Outlook, x: alt.X) -> Any:
    """Return the interval of the whole edition year at its end."""
    end = outlook.years.filter(pl.col("year") == outlook.edition.year)
    end = with_labels(end, year_label).with_columns(pl.date(2001, 1, 4).alias("day"))
    base = alt.Chart(end)
    wide, narrow = (
        base.mark_rule(color=theme.BLUE, strokeWidth=width, opacity=opacity, aria=False).encode(
            x, tonnes_axis(f"lower{level}"), alt.Y2(f"upper{level}")
        )
        for level, width, opacity in ((95, 2, 0.7), (80, 7, 0.45))
    )
    dot = base.mark_point(filled=True, fill="white", stroke=theme.BLUE, strokeWidth=2, size=60, opacity=1)
    return alt.layer(wide, narrow, dot.encode(x, tonnes_axis("median"), description="label:N", tooltip="label:N"))


def _missing(shown: list[int], year: int, drawn: pl.DataFrame) -> str:
    """Return which comparisons are missing, and that is because nothing was published."""
    absent = [str(each) for each in (year - 1, 2019) if each not in shown]
    words = f"Not compared with {' and '.join(absent)}: no figure published. " if absent else ""
    if drawn.filter(pl.col("year") == year).is_empty():
        return f"{words}Bar: {year} as a whole, 80 and 95%; its months are not known well enough for a line."
    return f"{words}Bar: {year} as a whole, 80 and 95%."


def _end_words(outlook: Outlook) -> str:
    return year_label(outlook.year())


def _colours(shown: list[int], year: int) -> list[str]:
    """Return blue for the edition's year, other colours for the others."""
    others = iter([theme.GREEN, theme.ORANGE] if 2019 in shown and len(shown) > 2 else [theme.ORANGE, theme.GREEN])
    return [theme.BLUE if each == year else next(others) for each in shown]

"""F2: freight since 1 January against other years; points are published sums."""

import calendar
from typing import Any

import altair as alt
import polars as pl

from analysis.core.vocabulary import FIGURE_RELATIONS
from analysis.desks.port import Outlook
from analysis.pages.parts import theme
from analysis.pages.parts.axes import bounds, month_label
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.port.charts.foot import total_foot
from analysis.pages.port.charts.labels import Labels
from analysis.pages.port.traffic import Amounts, traffic
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import year_words
from analysis.pages.words.names import port_name
from analysis.pages.words.phrases import series

_ENDS = [alt.DateTime(year=2000, month=month, date=calendar.monthrange(2000, month)[1]) for month in range(1, 13)]


def cumulative(outlook: Outlook) -> Figure:
    """Return sums since 1 January of the edition's year, the year before and 2019, where each may be drawn."""
    name = port_name(outlook.place, outlook.places)
    shown = sorted({*outlook.cumulative["year"]})
    counted, labels = traffic(outlook), Labels(traffic(outlook).amounts)
    points = all_labels(_points(outlook, shown), labels.published)
    end = labels.year(outlook.year())
    what, unit = counted.noun, counted.amounts.axis_words
    return Figure(
        title=Both(
            f"{name.en}: {what.en} since 1 January, {unit.en}",
            f"{name.zh}：1月以来累计{what.zh}，{unit.zh}",
        ),
        notes=(
            Both(
                "Points: published. Arrows: published bounds. Lines: medians, with 80 and 95% bands.",
                "圆点：公布数。箭头：公布的上下限。曲线：中位数，附80%和95%区间。",
            ),
            _missing(outlook, shown),
        ),
        alt=Both(
            f"{counted.heading.en} through {name.en} since 1 January. {points.en}. {end.en}",
            f"{name.zh}1月以来累计{what.zh}。{points.zh}。{end.zh}",
        ),
        draw=lambda look: _chart(outlook, shown, look),
        foot=total_foot(outlook),
    )


def _chart(outlook: Outlook, shown: list[int], look: Look) -> Any:
    year, labels = outlook.edition.year, Labels(traffic(outlook).amounts)
    drawn = _on_one_year(outlook.cumulative.filter("drawn"))
    points = with_labels(_on_one_year(_points(outlook, shown)), labels.published, look.lang)
    sure = points.filter(pl.col("relation").is_in(FIGURE_RELATIONS))
    x = alt.X("day:T", axis=alt.Axis(title=None, labelExpr=month_label(look), values=_ENDS),
              scale=alt.Scale(domain=["2000-01-01", "2001-03-01" if look.narrow else "2001-01-31"]))  # fmt: skip
    colour = alt.Color("name:N", scale=alt.Scale(domain=[str(each) for each in shown], range=_colours(shown, year)),
                       legend=None)  # fmt: skip
    dots = alt.Chart(sure).mark_point(filled=True, size=70, opacity=1)
    return alt.layer(
        *_fans(drawn.filter(pl.col("year") == year), x, look, labels.amounts),
        _lines(drawn, x, colour, look, labels),
        _year_end(outlook, x, look, labels),
        dots.encode(x, labels.amounts.axis("value", look), colour, description="label:N", tooltip="label:N"),
        bounds(points.filter(~pl.col("relation").is_in(FIGURE_RELATIONS)), x, labels.amounts.axis("value", look)),
        _names(drawn, x, colour, look, labels.amounts),
    )


def _on_one_year(table: pl.DataFrame) -> pl.DataFrame:
    """Return sums with `day`, their date moved into one year so that years lie over one another."""
    return table.with_columns(
        pl.date(2000, pl.col("period_end").dt.month(), pl.col("period_end").dt.day()).alias("day"),
        pl.col("year").cast(pl.String).alias("name"),
    )


def _points(outlook: Outlook, shown: list[int]) -> pl.DataFrame:
    """Return the published sums since 1 January of the years shown."""
    return outlook.published.filter(
        pl.col("kind").is_in(["year", "to_date"]) & pl.col("used") & pl.col("year").is_in(shown)
    )


def _fans(drawn: pl.DataFrame, x: alt.X, look: Look, amounts: Amounts) -> list[Any]:
    """Return the bands of the edition's year."""
    return [
        alt.Chart(drawn.filter(pl.col("level") == level))
        .mark_area(color=theme.BLUE, opacity=opacity, aria=False)
        .encode(x, amounts.axis("lower", look, scale=alt.Scale(zero=True)), alt.Y2("upper"))
        for level, opacity in ((95, 0.14), (80, 0.24))
    ]


def _lines(drawn: pl.DataFrame, x: alt.X, colour: alt.Color, look: Look, labels: Labels) -> Any:
    """Return the medians, with a hollow mark at each month's end that carries its words."""
    labelled = with_labels(drawn.filter(pl.col("level") == 80), labels.to_date, look.lang)
    base = alt.Chart(labelled).encode(x, labels.amounts.axis("median", look), colour)
    marks = base.mark_point(filled=False, size=18, strokeWidth=1.2).encode(description="label:N", tooltip="label:N")
    return alt.layer(base.mark_line(strokeWidth=1.8, aria=False), marks)


def _names(drawn: pl.DataFrame, x: alt.X, colour: alt.Color, look: Look, amounts: Amounts) -> Any:
    """Return the year at the right end of its line."""
    ends = drawn.filter((pl.col("level") == 80) & (pl.col("time_period").dt.month() == 12))
    text = alt.Chart(ends).mark_text(align="left", dx=12, fontWeight=700, aria=False)
    return text.encode(x, amounts.axis("median", look), colour, text="name:N")


def _year_end(outlook: Outlook, x: alt.X, look: Look, labels: Labels) -> Any:
    """Return the interval of the whole edition year at its end."""
    end = outlook.years.filter(pl.col("year") == outlook.edition.year)
    end = with_labels(end, labels.year, look.lang).with_columns(pl.date(2001, 1, 4).alias("day"))
    base = alt.Chart(end)
    wide, narrow = (
        base.mark_rule(color=theme.BLUE, strokeWidth=width, opacity=opacity, aria=False).encode(
            x, labels.amounts.axis(f"lower{level}", look), alt.Y2(f"upper{level}")
        )
        for level, width, opacity in ((95, 2, 0.7), (80, 7, 0.45))
    )
    dot = base.mark_point(filled=True, fill="white", stroke=theme.BLUE, strokeWidth=2, size=60, opacity=1)
    spoken = dot.encode(x, labels.amounts.axis("median", look), description="label:N", tooltip="label:N")
    return alt.layer(wide, narrow, spoken)


def _missing(outlook: Outlook, shown: list[int]) -> Both:
    """Return which lines are missing, and that is because no figure was published within those years."""
    year = outlook.edition.year
    absent = [year_words(each) for each in (year - 1, 2019) if each not in shown]
    years = series(absent) if absent else Both("", "")
    these = "them" if len(absent) > 1 else "it"
    words = Both(
        f"No line for {years.en}: no figure was published for any part of {these}. " if absent else "",
        f"{years.zh}不画曲线：年内没有公布过数字。" if absent else "",
    )
    bar = Both(f"Bar: {year} as a whole, 80 and 95%.", f"竖条：{year}年全年的80%和95%区间。")
    if outlook.cumulative.filter(pl.col("drawn") & (pl.col("year") == year)).is_empty():
        bar = Both(
            f"Bar: {year} as a whole, 80 and 95%; its months are not known well enough for a line.",
            f"竖条：{year}年全年的80%和95%区间；各月所知不足，不画曲线。",
        )
    return Both(f"{words.en}{bar.en}", f"{words.zh}{bar.zh}")


def _colours(shown: list[int], year: int) -> list[str]:
    """Return blue for the edition's year, other colours for the others."""
    others = iter([theme.GREEN, theme.ORANGE] if 2019 in shown and len(shown) > 2 else [theme.ORANGE, theme.GREEN])
    return [theme.BLUE if each == year else next(others) for each in shown]

"""F1: the path of a port's freight, by months where the evidence bears them, otherwise by years."""

import datetime as dt
from typing import Any

import altair as alt
import polars as pl

from analysis.freight import Outlook
from analysis.presentation import theme
from analysis.presentation.charts.axes import bounds, titled, tonnes_axis
from analysis.presentation.charts.labels import (
    average_label,
    listed,
    month_label,
    published_label,
    with_labels,
    year_label,
)
from analysis.presentation.names import port_name
from analysis.presentation.tables.figures import mt
from analysis.presentation.words import series

#: Steps of the logarithmic axis, tonnes: 1, 2 and 5 by powers of ten.
_STEPS = [digit * 10**power for power in range(2, 9) for digit in (1, 2, 5)]

#: Years of a monthly chart.
YEARS = 6

_FAN = {95: 0.16, 80: 0.22, 50: 0.34}


def path(outlook: Outlook) -> Any:
    """Return the chart of months, or of years with the reason where no month may be drawn."""
    return _months(outlook) if outlook.shows_months(years=YEARS) else _years(outlook)


def _years(outlook: Outlook) -> Any:
    """Return dots with 80 and 95% bars; published totals solid, estimates hollow, bounds as arrows."""
    table = with_labels(outlook.years, year_label).with_columns(pl.col("year").cast(pl.String))
    x = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0))
    log = alt.Scale(type="log", nice=False)
    spoken: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
    base = alt.Chart(table)
    bars = [
        base.mark_rule(color=theme.BLUE, strokeWidth=width, opacity=opacity, aria=False).encode(
            x, tonnes_axis(f"lower{level}", values=_STEPS, scale=log), alt.Y2(f"upper{level}")
        )
        for level, width, opacity in ((95, 2, 0.7), (80, 7, 0.45))
    ]
    whole = pl.col("obs_status").is_in(["reported", "derived"])
    dots = alt.Chart(table.filter(~whole)).mark_point(
        filled=True, fill="white", stroke=theme.BLUE, strokeWidth=2, size=80, opacity=1
    ).encode(x, tonnes_axis("median"), **spoken)  # fmt: skip
    solid = (
        alt.Chart(table.filter(whole))
        .mark_point(filled=True, color=theme.BLUE, size=80, opacity=1)
        .encode(x, tonnes_axis("median"), **spoken)
    )
    known = outlook.published.filter(~pl.col("relation").is_in(["eq", "approx"]) & pl.col("used"))
    known = known.filter(pl.col("year").is_in(outlook.years["year"].to_list()) & (pl.col("kind") != "other"))
    arrows = with_labels(known, published_label).with_columns(pl.col("year").cast(pl.String))
    chart = alt.layer(*bars, dots, solid, bounds(arrows, x, tonnes_axis("value")), _values(outlook, table, x))
    name, year = port_name(outlook.place), outlook.edition.year
    reason = outlook.year()["reason"]
    return titled(
        chart,
        f"{name}: freight by year, million tonnes (Mt) and 万吨, logarithmic scale",
        f"No month is drawn for {year}: {reason}.",
        "Solid: full year published. Hollow: estimate. Thick bar 80%, thin bar 95%. Arrow: published bound.",
        alt_text=f"Freight through {name} by year. {listed(table['label'])}. {listed(arrows['label'])}",
    )


def _values(outlook: Outlook, table: pl.DataFrame, x: alt.X) -> Any:
    """Return the number above each published year, and to the right of the edition's."""
    named = table.filter(
        pl.col("obs_status").is_in(["reported", "derived"]) | (pl.col("year") == str(outlook.edition.year))
    )
    words = [mt(row["median"], row["lower80"], row["upper80"]) for row in named.iter_rows(named=True)]
    named = named.with_columns(pl.Series("words", words, dtype=pl.String))
    own = pl.col("year") == str(outlook.edition.year)
    look: dict[str, Any] = {"fontWeight": 700, "color": theme.INK, "aria": False}
    return alt.layer(
        alt.Chart(named.filter(~own)).mark_text(dy=-13, **look).encode(x, tonnes_axis("median"), text="words:N"),
        alt.Chart(named.filter(own)).mark_text(dx=10, align="left", **look).encode(
            x, tonnes_axis("median"), text="words:N"
        ),
    )  # fmt: skip


def _months(outlook: Outlook) -> Any:
    """Return a fan over the months that may be drawn, and the other years as boxes at their monthly average."""
    drawn = _stretches(outlook.drawn_months(years=YEARS))
    labelled = with_labels(drawn.filter(pl.col("level") == 80), month_label)
    whole = pl.col("obs_status").is_in(["reported", "derived"])
    x = alt.X("time_period:T", axis=alt.Axis(title=None, format="%Y", tickCount="year", labelAlign="left"))
    spoken: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
    fan = [
        alt.Chart(drawn.filter(pl.col("level") == level))
        .mark_area(color=theme.BLUE, opacity=opacity, interpolate="monotone", aria=False)
        .encode(x, tonnes_axis("lower", scale=alt.Scale(zero=True)), alt.Y2("upper"), detail="stretch:N")
        for level, opacity in _FAN.items()
    ]
    line = alt.Chart(labelled).mark_line(color=theme.BLUE, strokeWidth=1.5, interpolate="monotone", aria=False)
    hollow = alt.Chart(labelled.filter(~whole)).mark_point(
        filled=True, fill="white", stroke=theme.BLUE, strokeWidth=1.5, size=28, opacity=1
    )
    solid = alt.Chart(labelled.filter(whole)).mark_point(filled=True, color=theme.BLUE, size=40, opacity=1)
    chart = alt.layer(
        _closures(outlook, x), _year_boxes(outlook, x), *fan,
        line.encode(x, tonnes_axis("median"), detail="stretch:N"),
        hollow.encode(x, tonnes_axis("median"), **spoken),
        solid.encode(x, tonnes_axis("median"), **spoken),
    )  # fmt: skip
    name = port_name(outlook.place)
    return titled(
        chart,
        f"{name}: freight by month, million tonnes (Mt) and 万吨",
        "Line: median. Bands: 50, 80, 95%. Solid: published. Hollow: estimate. Grey: closed or limited.",
        _gaps(outlook),
        alt_text=f"Freight through {name} by month. {listed(labelled['label'])}. {_gaps(outlook)}",
    )


def _stretches(drawn: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a number for each run of months, so that no line bridges one that may not be drawn."""
    months = drawn.select("time_period").unique().sort("time_period")
    starts = (pl.col("time_period") != pl.col("time_period").shift(1).dt.offset_by("1mo")).fill_null(True)
    runs = months.with_columns(starts.cum_sum().cast(pl.String).alias("stretch"))
    return drawn.join(runs, on="time_period", validate="m:1").sort("time_period", "level")


def _closures(outlook: Outlook, x: alt.X) -> Any:
    """Return bands over the spans in which the port was shut or limited, within the years shown."""
    first, last = dt.date(outlook.edition.year - YEARS + 1, 1, 1), dt.date(outlook.edition.year, 12, 31)
    spans = outlook.closures.filter((pl.col("end") >= first) & (pl.col("start") <= last))
    spans = spans.with_columns(pl.col("start").clip(lower_bound=first), pl.col("end").clip(upper_bound=last))
    spans = with_labels(spans, lambda row: f"{row['start']} to {row['end']}: {row['what']}")
    base = alt.Chart(spans).mark_rect(color=theme.SHADE, opacity=0.6)
    return base.encode(alt.X("start:T", axis=x["axis"]), alt.X2("end:T"), description="label:N", tooltip="label:N")


def _year_boxes(outlook: Outlook, x: alt.X) -> Any:
    """Return the monthly average of each year without a drawn month: an 80% box and its median, dashed."""
    table = with_labels(outlook.undrawn_years(years=YEARS), average_label)
    table = table.with_columns(pl.lit("year only").alias("words"))
    base = alt.Chart(table).encode(alt.X("start:T", axis=x["axis"]), alt.X2("end:T"))
    box = base.mark_rect(fill="white", stroke=theme.MUTED, strokeDash=[3, 3], opacity=1)
    middle = base.mark_rule(color=theme.MUTED, strokeDash=[3, 3], aria=False).encode(tonnes_axis("median"))
    text = base.mark_text(align="left", dx=3, dy=-7, color=theme.MUTED, aria=False)
    return alt.layer(
        box.encode(tonnes_axis("lower"), alt.Y2("upper"), description="label:N", tooltip="label:N"),
        middle,
        text.encode(tonnes_axis("median"), text="words:N"),
    )


def _gaps(outlook: Outlook) -> str:
    """Return which years have no monthly line, and why."""
    window = outlook.years.filter(
        (pl.col("year") > outlook.edition.year - YEARS)
        & (pl.col("year") <= outlook.edition.year)
        & (pl.col("drawn") < 12)
    )
    reasons: dict[str, list[str]] = {}
    for row in window.iter_rows(named=True):
        words = f"{row['year']} in part" if row["drawn"] else str(row["year"])
        reasons.setdefault(row["reason"], []).append(words)
    said = [f"{series(years)}: {reason}" for reason, years in reasons.items()]
    return (
        f"Dashed box: monthly average of a year not drawn by month. {'; '.join(said)}."
        if said
        else "Every month of these years may be drawn."
    )

"""The charts of the ways: days with intervals, where the time goes, and what decides."""

from typing import Any

import altair as alt
import numpy as np
import polars as pl

from analysis.desks.corridor import Corridor, Way
from analysis.pages.corridor.words import KINDS, leg_names, route_words, way_subject
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import ZH, Both
from analysis.pages.words.durations import duration, duration_interval
from analysis.pages.words.quantities import whole
from analysis.pages.words.rounding import fraction_percent

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
#: Height of a line with its name above, in pixels.
_LINE = 44

_UNKNOWN = Both("the hours of a leg of every way were not published", "各路线均有路段的时间没有公布")


def days(corridor: Corridor) -> Figure | Undrawn:
    """Return the days of each way: median, 80% and 95th percentile, and the published times of the whole way.

    Where no hours are known, the lengths of the ways stand in their place.
    """
    if not corridor.known_ways:
        return _lengths(corridor)
    first = corridor.known_ways[0]
    took = duration(*_ends(first))
    otherwise = Both("", "")
    if corridor.is_published_otherwise:
        otherwise = Both("; as published it is the slower one", "；按公布时间则较慢")
    title = Both(
        f"{way_subject(first.route).en} takes {took.en}, at the median the fastest{otherwise.en}",
        f"{way_subject(first.route).zh}中位数{took.zh}，为最快{otherwise.zh}",
    )
    rows = _rows(corridor)
    every = all_labels(rows, _label)
    return Figure(
        title=title,
        notes=(
            Both(
                "Days, door of the port to Tashkent. Dot: median; thick bar: 80% interval; thin: to the 95th "
                "percentile "
                "(planning time). Diamond: published for the whole way, mostly plans.",
                "天数。圆点：中位数；粗条：80%区间；细线：至95%分位（计划时间）。菱形：对全程公布的时间，多为计划。",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_days(corridor, rows, look),
        height=60 * max(2, rows.height),
    )


def _ends(way: Way) -> tuple[float, float, float]:
    assert way.hours is not None
    return way.hours.median, way.hours.p10, way.hours.p90


def _rows(corridor: Corridor) -> pl.DataFrame:
    rows = [
        (way.route, way.hours.median / 24, way.hours.p10 / 24, way.hours.p90 / 24, way.hours.p95 / 24)
        for way in corridor.known_ways
        if way.hours is not None
    ]
    return pl.DataFrame(rows, schema=["route", "median", "lower", "upper", "planning"], orient="row")


def _label(row: dict[str, Any]) -> Both:
    ends = (24 * row["median"], 24 * row["lower"], 24 * row["upper"])
    name, number, span = route_words(row["route"]), duration(*ends), duration_interval(*ends)
    return Both(f"{name.en}: {number.en}, 80%: {span.en}", f"{name.zh}：{number.zh}，80%区间{span.zh}")


def _draw_days(corridor: Corridor, rows: pl.DataFrame, look: Look) -> Any:
    table = with_labels(rows, _label, look.lang).with_columns(
        pl.Series("name", [look.say(route_words(route)) for route in rows["route"]])
    )
    y, names, down = _names(table, look)
    top = float(rows["planning"].max() or 1)  # type: ignore[arg-type]
    x = alt.X(
        "lower:Q",
        scale=alt.Scale(domain=[0, top * 1.05], nice=False),
        axis=alt.Axis(title=look.say(Both("days", "天")), tickCount=6),
    )
    base = alt.Chart(table)
    layers = [
        base.mark_rule(color=theme.BLUE, strokeWidth=1.5, yOffset=down, aria=False).encode(y, x, alt.X2("planning:Q")),
        base.mark_bar(color=theme.BLUE, opacity=0.35, height=16, yOffset=down, aria=False).encode(
            y, x, alt.X2("upper:Q")
        ),
        base.mark_point(filled=True, color=theme.BLUE, size=80, opacity=1, yOffset=down).encode(
            y, alt.X("median:Q"), **_SPOKEN
        ),
        *names,
    ]
    published = corridor.whole.filter(pl.col("route").is_in(rows["route"].implode()))
    if published.height:
        marks = published.select(
            pl.Series("name", [look.say(route_words(route)) for route in published["route"]]),
            (pl.col("value") / 24).alias("median"),
            pl.col("value_as_published").alias("label"),
        )
        diamond = alt.Chart(marks).mark_point(
            shape="diamond", filled=True, color=theme.ORANGE, size=110, opacity=1, yOffset=down
        )
        layers.append(diamond.encode(y, alt.X("median:Q"), **_SPOKEN))
    return alt.layer(*layers)


def _names(table: pl.DataFrame, look: Look, *, limit: int = 220) -> tuple[alt.Y, list[Any], int]:
    """Return the axis of the names, on a phone their words above the bars instead, and how far the bars go down.

    Parameters
    ----------
    table
        `name`, in the order of the lines.
    look
        Language and width.
    limit
        Pixels of the names beside the bars.
    """
    order = table["name"].unique(maintain_order=True).to_list()
    if not look.narrow:
        labels = alt.Axis(title=None, domain=False, ticks=False, labelLimit=limit)
        return alt.Y("name:N", sort=order, axis=labels), [], 0
    y = alt.Y("name:N", sort=order, axis=None)
    base = alt.Chart(pl.DataFrame({"name": order})).encode(y, x=alt.value(2), text="name:N")
    return y, text_with_outline(base, align="left", yOffset=-11, fontSize=11, aria=False), 8


def _lengths(corridor: Corridor) -> Figure:
    """Return the kilometres of each way."""
    shortest = min(corridor.ways, key=lambda way: way.distance_km)
    subject = way_subject(shortest.route)
    rows = pl.DataFrame(
        {"route": [way.route for way in corridor.ways], "km": [float(way.distance_km) for way in corridor.ways]}
    )
    every = all_labels(rows, _length_label)
    title = Both(
        f"{subject.en} is the shortest: {whole(round(shortest.distance_km)).en} km",
        f"{subject.zh}最短：{whole(round(shortest.distance_km)).zh}公里",
    )
    return Figure(
        title=title,
        notes=(
            Both(
                "Kilometres from Lianyungang to Tashkent. Hours: of every way those of a leg were not published.",
                "连云港至塔什干公里数。各路线均有路段的时间没有公布。",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_lengths(rows, look),
        height=_LINE * max(3, rows.height),
    )


def _length_label(row: dict[str, Any]) -> Both:
    name, length = route_words(row["route"]), whole(round(row["km"]))
    return Both(f"{name.en}: {length.en} km", f"{name.zh}：{length.zh}公里")


def _draw_lengths(rows: pl.DataFrame, look: Look) -> Any:
    table = with_labels(rows, _length_label, look.lang).with_columns(
        pl.Series("name", [look.say(route_words(route)) for route in rows["route"]])
    )
    y, names, down = _names(table, look)
    form = "d" if look.lang == ZH else ",d"
    kilometres = alt.Axis(title=look.say(Both("km", "公里")), tickCount=4 if look.narrow else 5, format=form)
    bars = alt.Chart(table).mark_bar(color=theme.BLUE, opacity=0.8, height=16, yOffset=down)
    return alt.layer(bars.encode(y, alt.X("km:Q", axis=kilometres), **_SPOKEN), *names)


def where_time_goes(corridor: Corridor) -> Figure | Undrawn:
    """Return the mean days of each way at runs, the change to trucks, and borders."""
    title = Both("Where the time goes", "时间用在何处")
    if not corridor.known_ways:
        return Undrawn(title, _UNKNOWN)
    most = max(corridor.known_ways, key=lambda way: way.border_share or 0.0)
    least = min(corridor.known_ways, key=lambda way: way.border_share or 0.0)
    high, low = fraction_percent(most.border_share or 0.0), fraction_percent(least.border_share or 0.0)
    title = Both(
        f"Borders take {high.en} of the time {route_words(most.route).en}, {low.en} {route_words(least.route).en}",
        f"边境用时占比：{route_words(most.route).zh}{high.zh}，{route_words(least.route).zh}{low.zh}",
    )
    rows = _shares(corridor)
    every = all_labels(rows, _share_label)
    return Figure(
        title=title,
        notes=(Both("Mean days by kind of leg.", "各类路段的平均天数。"),),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_shares(rows, look),
        height=48 * max(2, len(corridor.known_ways)),
    )


def _shares(corridor: Corridor) -> pl.DataFrame:
    rows = [
        (
            way.route,
            place,
            kind,
            sum(float(np.mean(way.journey.hours[leg.leg])) for leg in way.journey.legs if leg.kind == kind) / 24,
        )
        for way in corridor.known_ways
        if way.journey is not None
        for place, kind in enumerate(KINDS)
    ]
    return pl.DataFrame(rows, schema=["route", "place", "kind", "days"], orient="row").filter(pl.col("days") > 0)


def _share_label(row: dict[str, Any]) -> Both:
    name, kind, took = route_words(row["route"]), KINDS[row["kind"]], duration(24 * row["days"])
    return Both(f"{name.en}, {kind.en}: {took.en}", f"{name.zh}，{kind.zh}：{took.zh}")


def _draw_shares(rows: pl.DataFrame, look: Look) -> Any:
    table = with_labels(rows, _share_label, look.lang).with_columns(
        pl.Series("name", [look.say(route_words(route)) for route in rows["route"]]),
        pl.Series("what", [look.say(KINDS[kind]) for kind in rows["kind"]]),
    )
    y, row_names, down = _names(table, look)
    colours = [theme.BLUE, theme.ORANGE, theme.GREEN]
    names = [look.say(words) for words in KINDS.values()]
    legend = alt.Legend(title=None, orient="top", direction="horizontal", columns=2 if look.narrow else 3)
    bars = (
        alt.Chart(table)
        .mark_bar(height=16 if look.narrow else 20, opacity=0.8, yOffset=down)
        .encode(
            y,
            alt.X("days:Q", axis=alt.Axis(title=look.say(Both("days", "天")), tickCount=6)),
            alt.Color("what:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            order="place:O",
            **_SPOKEN,
        )
    )
    return alt.layer(bars, *row_names)


def deciding(corridor: Corridor) -> Figure | Undrawn:
    """Return the share of each leg in what decides between the fastest way and its rival."""
    title = Both("What decides which way is faster", "何者决定快慢")
    if corridor.deciding.is_empty() or corridor.fastest is None or corridor.rival is None:
        return Undrawn(title, _UNKNOWN)
    names = leg_names(corridor)
    rows = corridor.deciding.filter(pl.col("share") >= 0.005)
    first = names[rows["leg"][0]]
    one, other = route_words(corridor.fastest.order[0]), route_words(corridor.rival)
    title = Both(
        f"“{first.en}” decides which is faster, {one.en} or {other.en}",
        f"{first.zh}决定{one.zh}与{other.zh}孰快",
    )
    every = all_labels(rows, lambda row: _deciding_label(row, names))
    return Figure(
        title=title,
        notes=(
            Both(
                "Share of each leg in the variance of the difference of the two ways; legs on the same figures count "
                "as "
                "one, and what both have in common cancels out.",
                "各路段在两线时差方差中的占比；依据相同数字的路段合为一项，共同部分相互抵消。",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_deciding(rows, names, look),
        height=_LINE * max(3, rows.height),
    )


def _deciding_label(row: dict[str, Any], names: dict[str, Both]) -> Both:
    name, share = names[row["leg"]], fraction_percent(row["share"])
    return Both(f"{name.en}: {share.en}", f"{name.zh}：{share.zh}")


def _draw_deciding(rows: pl.DataFrame, names: dict[str, Both], look: Look) -> Any:
    table = with_labels(rows, lambda row: _deciding_label(row, names), look.lang).with_columns(
        pl.Series("name", [look.say(names[leg]) for leg in rows["leg"]]),
        pl.Series("words", [look.say(fraction_percent(share)) for share in rows["share"]]),
    )
    y, row_names, down = _names(table, look, limit=300)
    base = alt.Chart(table).encode(y, alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 1.1])))
    return alt.layer(
        base.mark_bar(height=16, color=theme.BLUE, opacity=0.75, yOffset=down).encode(**_SPOKEN),
        base.mark_text(align="left", dx=6, yOffset=down, fontSize=11, aria=False).encode(text="words:N"),
        *row_names,
    )

"""The charts of the region page: the system by year, the ports, a schematic map."""

from typing import Any

import altair as alt
import polars as pl

from analysis.desks.port.drawing_rule import WIDEST_RATIO
from analysis.desks.region import RegionOverview
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline, tonnes_axis
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.interval_bars import POINTS, bars_height, interval_bars
from analysis.pages.parts.labels import Row, all_labels, with_labels
from analysis.pages.parts.sentences import Note
from analysis.pages.region.sentences import known_ports
from analysis.pages.region.words import LINES, is_whole_year, port_words, region_name, year_before_words
from analysis.pages.words.cells import Both, Cell
from analysis.pages.words.contributions import points, points_interval
from analysis.pages.words.dates import span_words, year_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import series
from analysis.pages.words.rounding import growth, growth_interval, share_percent, tonnes, tonnes_interval

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}

#: Modes that the chart by year stacks beside each other, each in its colour.
_COLOURS = {"road": theme.ORANGE, "rail": theme.BLUE, "pipeline": theme.MUTED}

#: Whether a year of a mode is known too little for a number.
_TOO_WIDE = pl.col("upper") > WIDEST_RATIO * pl.col("lower")

#: In this share of the map's width, at its right edge, names stand to the left of their ports.
_EAST = 0.22

#: Ports of the chart of contributions.
_LARGEST = 8


def system(region: RegionOverview) -> Figure:
    """Return freight by mode and year with 80% intervals; the title says where the system stands."""
    name, year = region_name(region), region.edition.year
    rate = region.growth.row(by_predicate=pl.col("line") == "system", named=True)
    grown = growth(rate["median"], rate["lower"], rate["upper"])
    row = region.line("system")
    total = tonnes(row["median"], row["lower"], row["upper"])
    shown = region.lines.filter(pl.col("line").is_in(list(_COLOURS)))
    every = all_labels(shown, _line_label)
    other = year_before_words(rate["start"], rate["end"])
    span = span_words(rate["start"], rate["end"])
    when = Both("", "") if is_whole_year(rate["start"], rate["end"]) else Both(f"{span.en} ", span.zh)
    return Figure(
        title=Both(
            f"{name.en}'s ports: {total.en} by road, rail and air in {year}, {when.en}{grown.en} on {other.en}",
            f"{name.zh}口岸{year}年公路、铁路和航空过货量{total.zh}，{when.zh}比{other.zh}{grown.zh}",
        ),
        notes=(
            Both(
                "By year and mode, million tonnes (Mt), logarithmic scale. Point: median. Bar: 80% interval, without a "
                f"point where its ratio is above {WIDEST_RATIO}. Air is too small to be seen here.",
                f"分年、分方式，万吨，对数刻度。圆点：中位数。竖条：80%区间，上下端之比超过{WIDEST_RATIO}的不画圆点。"
                "航空量小，图中从略。",
            ),
        ),
        alt=Both(
            f"Freight of {name.en}'s ports by year and mode. {every.en}", f"{name.zh}口岸分年分方式过货量。{every.zh}"
        ),
        draw=lambda look: _draw_lines(shown, look),
        foot=_system_foot(region),
    )


def _draw_lines(shown: pl.DataFrame, look: Look) -> Any:
    table = with_labels(shown, _line_label, look.lang).with_columns(
        pl.col("year").cast(pl.String),
        median=pl.when(~_TOO_WIDE).then("median"),
        middle=pl.when(~_TOO_WIDE).then("median").otherwise((pl.col("lower") * pl.col("upper")).sqrt()),
        colour=pl.col("line").replace_strict(_COLOURS),
    )
    short: dict[str, Any] = {"labelExpr": "'’' + slice(datum.label, 2)"} if look.narrow else {}
    axis = alt.Axis(title=None, labelAngle=0, **short)
    x = alt.X("year:O", axis=axis)
    scale = alt.Scale(type="log", nice=False)
    y = tonnes_axis("median", look, values=[1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000])
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart(table)
    bars = base.mark_rule(strokeWidth=7, opacity=0.45).encode(
        x, tonnes_axis("lower", look, scale=scale), alt.Y2("upper"), color=colour, **_SPOKEN
    )
    line = base.mark_line(strokeWidth=1.5, aria=False).encode(x, y, color=colour, detail="line:N")
    dots = (
        alt.Chart(table.drop_nulls("median"))
        .mark_point(filled=True, size=60, opacity=1, aria=False)
        .encode(x, y, color=colour, tooltip="label:N")
    )
    last = table.filter(pl.col("year") == table["year"].max())
    words = [look.say(LINES[each]) for each in last["line"]]
    names = alt.Chart(last.with_columns(pl.Series("words", words, dtype=pl.String)))
    labels = names.mark_text(align="left", dx=9, fontWeight=700, aria=False).encode(
        x, tonnes_axis("middle", look), text="words:N", color=colour
    )
    return alt.layer(bars, line, dots, labels)


def _line_label(row: Row) -> Both:
    year, what, ends = year_words(row["year"]), LINES[row["line"]], (row["median"], row["lower"], row["upper"])
    total, interval = tonnes(*ends), tonnes_interval(*ends)
    if row["upper"] > WIDEST_RATIO * row["lower"]:
        return Both(f"{year.en}, {what.en}, 80%: {interval.en}", f"{year.zh}{what.zh}：80%区间{interval.zh}")
    return Both(
        f"{year.en}, {what.en}: {total.en}, 80%: {interval.en}", f"{year.zh}{what.zh}：{total.zh}，80%区间{interval.zh}"
    )


def _system_foot(region: RegionOverview) -> Cell:
    row, behind, year = region.line("system"), region.behind_year(), region.edition.year
    ends = (row["median"], row["lower"], row["upper"])
    total, interval = tonnes(*ends).cite(behind), tonnes_interval(*ends).cite(behind)
    what = LINES["system"]
    return Both(
        (f"{year}, {what.en}: ", total, ", 80%: ", interval, "."),
        (f"{year}年{what.zh}：", total, "，80%区间", interval, "。"),
    )


def contributions(region: RegionOverview) -> Figure:
    """Return what the ports that add or take most contribute to growth."""
    rows = region.contributions.filter(~pl.col("place").str.starts_with("other_")).head(_LARGEST)
    most = rows.row(0, named=True)
    name, added = port_words(most, region), points(most["median"], most["lower"], most["upper"])
    span, other = span_words(*region.span), year_before_words(*region.span)

    def label(row: Row) -> Both:
        ends, port = (row["median"], row["lower"], row["upper"]), port_words(dict(row), region)
        value, interval = points(*ends), points_interval(*ends)
        return Both(f"{port.en}: {value.en} ({interval.en})", f"{port.zh}：{value.zh}（{interval.zh}）")

    every = all_labels(rows, label)
    rate = region.growth.row(by_predicate=pl.col("line") == "system", named=True)
    rates = (rate["median"], rate["lower"], rate["upper"])
    grown, between = growth(*rates).cite(region.behind_growth()), growth_interval(*rates).cite(region.behind_growth())
    return Figure(
        title=Both(
            f"{name.en} moves the growth of the system most: {added.en} points",
            f"{name.zh}对总增速影响最大：{added.zh}个百分点",
        ),
        notes=(
            Both(
                f"Percentage points of growth, {span.en} on {other.en}, by road, rail and air. Point: median. "
                "Bar: 80% interval. All ports: table below.",
                f"{span.zh}比{other.zh}增速的拉动（公路、铁路和航空），百分点。圆点：中位数。横条：80%区间。"
                f"全部口岸见下表。",
            ),
        ),
        alt=Both(f"Contributions to growth. {every.en}.", f"各口岸对增速的拉动。{every.zh}。"),
        draw=lambda look: interval_bars(
            with_labels(rows, label, look.lang).with_columns(words=pl.col("label")), look, labels=POINTS
        ),
        foot=Both(
            (f"{span.en} on {other.en}: ", grown, ", 80%: ", between, "."),
            (f"{span.zh}比{other.zh}：", grown, "，80%区间", between, "。"),
        ),
        height=bars_height(rows.height),
    )


def ports_map(region: RegionOverview) -> Figure | Note:
    """Return the ports by longitude and latitude, without any boundary; size by tonnes, colour and shape by mode."""
    table, placeless = _located(region)
    name, year = region_name(region), region.edition.year
    if table.is_empty():
        return Note(Both("No map: the register of ports gives no coordinates.", "不画示意图：口岸登记册没有坐标。"))
    largest = known_ports(region).row(0, named=True) if len(known_ports(region)) else None

    def label(row: Row) -> Both:
        port = port_words({"place": row["place"], "mode": row["mode"]}, region)
        if row["median"] is None:
            return Both(f"{port.en}: too little published", f"{port.zh}：公布过少")
        total = tonnes(row["median"], row["lower"], row["upper"])
        return Both(f"{port.en}: {total.en}", f"{port.zh}：{total.zh}")

    every = all_labels(table, label)
    missing = series([short_name(each, region.known.places) for each in placeless]) if placeless else Both("", "")
    without = Both(
        f" No source of the register gives the coordinates of {missing.en}." if placeless else "",
        f"登记册来源未给出{missing.zh}的坐标。" if placeless else "",
    )
    title = Both(f"{name.en}'s ports in {year}", f"{year}年{name.zh}口岸")
    if largest is not None:
        port = port_words(largest, region)
        share = share_percent(largest["share"], largest["share_lower"], largest["share_upper"])
        title = Both(
            f"{port.en} carries {share.en} of {year}'s freight by road, rail and air",
            f"{port.zh}承担{year}年公路、铁路和航空过货量的{share.zh}",
        )
    return Figure(
        title=title,
        notes=(
            Both(
                "Schematic: ports by longitude and latitude, no boundary drawn. Area by tonnes. Circle: road. "
                f"Square: rail. Triangle: air. Small cross: too little published.{without.en}",
                "示意图：按经纬度排列口岸，不绘制任何边界。面积表示过货量。圆形：公路。方形：铁路。三角：航空。"
                f"小叉：公布过少。{without.zh}",
            ),
        ),
        alt=Both(f"Ports of {name.en} by longitude and latitude. {every.en}", f"{name.zh}口岸经纬度示意图。{every.zh}"),
        draw=lambda look: _draw_map(with_labels(table, label, look.lang), region, look),
        foot=_system_foot(region),
        height=420,
    )


def _located(region: RegionOverview) -> tuple[pl.DataFrame, list[str]]:
    """Return ports and modes with coordinates, the largest first, and the ports of the register without any."""
    places = region.known.places.ports.filter(pl.col("region") == region.place)
    known = known_ports(region).select("place", "mode", "median", "lower", "upper")
    everyone = places.select(place="port", mode="modes", lat="lat", lon="lon").explode("mode", empty_as_null=True)
    everyone = everyone.filter(pl.col("mode") != "pipeline")
    table = everyone.join(known, on=["place", "mode"], how="left", validate="1:1", maintain_order="left")
    located = table.filter(pl.col("lat").is_not_null() & pl.col("lon").is_not_null())
    missing = table.filter(pl.col("lat").is_null())["place"].unique(maintain_order=True).to_list()
    return located.sort("median", descending=True, nulls_last=True), missing


def _degrees(above: str, below: str) -> alt.Axis:
    """Return an axis of degrees: `85°E`, `106°W`."""
    side = f"(datum.value < 0 ? '°{below}' : '°{above}')"
    return alt.Axis(title=None, tickCount=6, labelExpr=f"format(abs(datum.value), '.0f') + {side}")


def _draw_map(table: pl.DataFrame, region: RegionOverview, look: Look) -> Any:
    lon, lat = (
        [float(table[column].min()) - 1.6, float(table[column].max()) + pad]  # type: ignore[arg-type]
        for column, pad in (("lon", 2.4), ("lat", 1.2))
    )
    x = alt.X("lon:Q", axis=_degrees("E", "W"), scale=alt.Scale(domain=lon, nice=False))
    y = alt.Y("lat:Q", axis=_degrees("N", "S"), scale=alt.Scale(domain=lat, nice=False))
    known = table.filter(pl.col("median").is_not_null())
    modes = ["road", "rail", "air"]
    base = alt.Chart(known).mark_point(filled=True, opacity=0.55, strokeWidth=1, stroke="white")
    areas = alt.Scale(type="linear", range=[30, 700 if look.narrow else 1800])
    shapes = alt.Scale(domain=modes, range=["circle", "square", "triangle-up"])
    colours = alt.Scale(domain=modes, range=[theme.ORANGE, theme.BLUE, theme.MUTED])
    marks = base.encode(
        x,
        y,
        size=alt.Size("median:Q", scale=areas, legend=None),
        shape=alt.Shape("mode:N", scale=shapes, legend=None),
        color=alt.Color("mode:N", scale=colours, legend=None),
        **_SPOKEN,
    )
    thin = alt.Chart(table.filter(pl.col("median").is_null())).mark_point(shape="cross", color=theme.MUTED, size=40)
    names = table.unique("place", keep="first", maintain_order=True)
    words = [look.say(short_name(place, region.known.places)) for place in names["place"]]
    named = names.with_columns(pl.Series("words", words, dtype=pl.String))
    texts, in_east = [], pl.col("lon") > lon[1] - _EAST * (lon[1] - lon[0])
    for align, side, dx in (("left", ~in_east, 10), ("right", in_east, -10)):
        base = alt.Chart(named.filter(side))
        texts += text_with_outline(base, align=align, dx=dx, dy=4, fontSize=10 if look.narrow else 12, aria=False)
    return alt.layer(marks, thin.encode(x, y, **_SPOKEN), *(each.encode(x, y, text="words:N") for each in texts))

"""The forecast record drawn: accuracy by months ahead, calibration, and earlier editions against what came."""

from functools import partial
from typing import Any

import altair as alt
import polars as pl

from analysis.desks.track_record import ForecastRecord
from analysis.pages.parts import theme
from analysis.pages.parts.accuracy import COLOUR, error_by_horizon, with_model_names
from analysis.pages.parts.axes import tonnes_axis
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both, Cell, Part, join_cells
from analysis.pages.words.dates import month_words, span_words
from analysis.pages.words.names import series_name, short_name
from analysis.pages.words.phrases import MODELS
from analysis.pages.words.rounding import fraction_percent, tonnes, tonnes_interval
from analysis.sources.places import Places

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}

#: The level at whose point a line of the calibration chart is named.
_NAMED_AT = 60


def horizons(record: ForecastRecord) -> Figure:
    """Return the mean scaled error of both by months ahead, named at the right end."""
    return error_by_horizon(record.horizons)


def calibration(record: ForecastRecord) -> Figure:
    """Return how many months fell inside intervals of each level; on the grey line as many as they should."""
    every = all_labels(record.coverage, _coverage_label)
    return Figure(
        title=Both("Share of months inside the interval, by level", "各级区间内实际月份所占的比例"),
        notes=(
            Both(
                "On the dashed line as many as the level says; above it intervals are too wide, below it too narrow.",
                "落在虚线上，比例与区间级别相符；在虚线之上，区间过宽；在虚线之下，区间过窄。",
            ),
        ),
        alt=Both(f"Share of months inside the interval. {every.en}.", f"各级区间内实际月份所占的比例。{every.zh}。"),
        draw=lambda look: _draw_calibration(record, look),
        height=260,
    )


def _draw_calibration(record: ForecastRecord, look: Look) -> Any:
    table = with_labels(record.coverage.with_columns(nominal=pl.col("level") / 100), _coverage_label, look.lang)
    level = look.say(Both("level of the interval", "区间级别"))
    share = alt.Axis(title=None, format=".0%", tickCount=5, domain=False, ticks=False)
    levels = alt.Axis(title=level, format=".0%", values=sorted(table["nominal"].unique()))
    x = alt.X("nominal:Q", axis=levels, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("coverage:Q", axis=share, scale=alt.Scale(domain=[0, 1]))
    ideal = pl.DataFrame({"nominal": [0.0, 1.0], "coverage": [0.0, 1.0]})
    base = alt.Chart(table).encode(x, y, COLOUR)
    named = with_model_names(table.filter(pl.col("level") == _NAMED_AT), look).sort("coverage")
    sides: list[dict[str, Any]] = [{"align": "left", "dx": 8, "dy": 14}, {"align": "right", "dx": -8, "dy": -12}]
    names = [
        alt.Chart(named.slice(place, 1)).mark_text(fontWeight=700, aria=False, **side)
        .encode(x, y, COLOUR, text="name:N")
        for place, side in enumerate(sides)
    ]  # fmt: skip
    return alt.layer(
        alt.Chart(ideal).mark_line(color=theme.MUTED, strokeDash=[4, 4], aria=False).encode(x, y),
        base.mark_line(aria=False),
        base.mark_point(filled=True, size=60, opacity=1).encode(**_SPOKEN),
        *names,
    )  # fmt: skip


def editions(record: ForecastRecord) -> Figure:
    """Return what each edition said as a bar, and what was published later as a point."""
    every = all_labels(record.editions, partial(_edition_label, places=record.places))
    return Figure(
        title=Both(
            "What earlier editions said of later figures, million tonnes (Mt)",
            "以往各版的估计与此后公布的数字，万吨",
        ),
        notes=(
            Both(
                "Hollow: said. Thick bar 80%, thin bar 95%. Diamond: published later.",
                "空心：当版估计。粗条80%区间，细条95%区间。菱形：此后公布的数字。",
            ),
        ),
        alt=Both(f"Earlier editions and later figures. {every.en}.", f"以往各版的估计与此后公布的数字。{every.zh}。"),
        draw=lambda look: _draw_editions(record, look),
        foot=_published_foot(record),
    )


def _draw_editions(record: ForecastRecord, look: Look) -> Any:
    table = with_labels(record.editions, partial(_edition_label, places=record.places), look.lang)
    names = [_edition_name(row, record.places, look) for row in table.iter_rows(named=True)]
    table = table.with_columns(pl.Series("name", names, dtype=pl.String))
    lines = alt.Axis(title=None, labelAngle=0, labelLimit=140, labelExpr="split(datum.label, '; ')",
                     labelFontSize=10 if look.narrow else 12)  # fmt: skip
    x = alt.X("name:N", sort=names, axis=lines)
    base = alt.Chart(table)
    bars = [
        base.mark_rule(color=theme.BLUE, strokeWidth=width, opacity=opacity, aria=False).encode(
            x, tonnes_axis(f"lower{level}", look, scale=alt.Scale(zero=True)), alt.Y2(f"upper{level}")
        )
        for level, width, opacity in ((95, 2, 0.7), (80, 9, 0.45))
    ]
    hollow = base.mark_point(filled=True, fill="white", stroke=theme.BLUE, strokeWidth=2, size=60, opacity=1)
    came = base.mark_point(shape="diamond", filled=True, color=theme.ORANGE, size=90, opacity=1)
    return alt.layer(
        *bars,
        hollow.encode(x, tonnes_axis("median", look), **_SPOKEN),
        came.encode(x, tonnes_axis("actual", look), **_SPOKEN),
    )


def _coverage_label(row: dict[str, Any]) -> Both:
    """Return `silkport, 80% interval: 79%`."""
    name, level = MODELS.get(row["model"], Both(row["model"], row["model"])), row["level"]
    share = fraction_percent(row["coverage"])
    return Both(f"{name.en}, {level}% interval: {share.en}", f"{name.zh}，{level}%区间：{share.zh}")


def _edition_label(row: dict[str, Any], places: Places) -> Both:
    """Return what an edition said of a later figure, and the figure."""
    what, edition = _figure_name(row, places), month_words(row["edition"])
    ends = (row["median"], row["lower80"], row["upper80"])
    median, interval, actual = tonnes(*ends), tonnes_interval(*ends), tonnes(row["actual"])
    return Both(
        f"Edition of {edition.en}, {what.en}: {median.en}, 80%: {interval.en}, published later: {actual.en}",
        f"{edition.zh}版，{what.zh}：{median.zh}，80%区间{interval.zh}，此后公布{actual.zh}",
    )


def _published_foot(record: ForecastRecord) -> Cell:
    """Return the figures that came out later, each with its statement."""
    english: list[Part] = []
    chinese: list[Part] = []
    figures = record.editions.unique("statement_id", keep="first", maintain_order=True)
    for row in figures.iter_rows(named=True):
        what, number = _figure_name(row, record.places), tonnes(row["actual"]).cite([row["statement_id"]])
        english += ["; " if english else "Published later: ", f"{what.en}, ", number]
        chinese += ["；" if chinese else "此后公布：", what.zh, number]  # type: ignore[list-item]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。")) if english else ""


def _figure_name(row: dict[str, Any], places: Places) -> Both:
    """Return `Horgos, rail, 2024`."""
    name, span = series_name(row["series_id"], places), span_words(row["period_start"], row["period_end"])
    return Both(f"{name.en}, {span.en}", f"{name.zh}{span.zh}")


def _edition_name(row: dict[str, Any], places: Places, look: Look) -> str:
    """Return `2025-06; Horgos, rail; to 28 July` a part a line; on a phone the mode has its own."""
    end = row["period_end"]
    until = Both(f"to {end.day} {end:%B}", f"至{end.month}月{end.day}日")
    if (end.month, end.day) == (12, 31):
        until = Both("whole year", "全年")
    name = look.say(series_name(row["series_id"], places))
    place = look.say(short_name(row["series_id"].partition(".")[0], places))
    if look.narrow:
        name = f"{place}; {name.removeprefix(place).removeprefix(', ')}"
    return "; ".join((f"{row['edition']:%Y-%m}", name, look.say(until)))

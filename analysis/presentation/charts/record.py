"""The forecast record drawn: accuracy by months ahead, calibration, and earlier editions against what came."""

from typing import Any

import altair as alt
import polars as pl

from analysis.presentation import theme
from analysis.presentation.charts.axes import titled, tonnes_axis
from analysis.presentation.charts.labels import listed, with_labels
from analysis.presentation.names import short_name
from analysis.presentation.tables.figures import date_words, fraction_percent, million_tonnes, score, tonnes
from analysis.record import ForecastRecord

_MODELS = ("silkport", "seasonal naive")
_COLOURS = alt.Scale(domain=list(_MODELS), range=[theme.BLUE, theme.ORANGE])


def horizons(record: ForecastRecord) -> Any:
    """Return the mean scaled error of both by months ahead, named at the right end."""
    table = with_labels(record.horizons, lambda row: f"{row['model']}, {row['horizon']} ahead: {score(row['mase'])}")
    x = alt.X("horizon:O", axis=alt.Axis(title="months ahead", labelAngle=0))
    y = alt.Y("mase:Q", axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False), scale=alt.Scale(zero=True))
    colour = alt.Color("model:N", scale=_COLOURS, legend=None)
    base = alt.Chart(table).encode(x, y, colour)
    points = base.mark_point(filled=True, size=40, opacity=1).encode(description="label:N", tooltip="label:N")
    ends = table.group_by("model", maintain_order=True).last()
    return titled(
        alt.layer(base.mark_line(aria=False), points, _names(ends, x, y, colour, dx=10)),
        "Error by months ahead, mean absolute scaled error (MASE)",
        "1 is the mean change from one year to the next in the history of each series.",
        alt_text=f"Mean absolute scaled error by months ahead. {listed(table['label'])}.",
        height=220,
    )


def calibration(record: ForecastRecord) -> Any:
    """Return how many months fell inside intervals of each level; on the grey line as many as they should."""
    table = with_labels(
        record.coverage.with_columns(nominal=pl.col("level") / 100),
        lambda row: f"{row['model']}, {row['level']}% interval: {fraction_percent(row['coverage'])}",
    )
    share = alt.Axis(title=None, format=".0%", tickCount=5, domain=False, ticks=False)
    levels = alt.Axis(title="level of the interval", format=".0%", values=[0.2, 0.4, 0.6, 0.8, 0.95])
    x = alt.X("nominal:Q", axis=levels, scale=alt.Scale(domain=[0, 1.2]))
    y = alt.Y("coverage:Q", axis=share, scale=alt.Scale(domain=[0, 1]))
    colour = alt.Color("model:N", scale=_COLOURS, legend=None)
    names = [
        _names(table.filter((pl.col("level") == 60) & (pl.col("model") == model)), x, y, colour, dx=dx, dy=dy)
        for model, dx, dy in zip(_MODELS, (10, -84), (12, -16), strict=True)
    ]
    ideal = pl.DataFrame({"nominal": [0.0, 1.0], "coverage": [0.0, 1.0]})
    base = alt.Chart(table).encode(x, y, colour)
    points = base.mark_point(filled=True, size=60, opacity=1).encode(description="label:N", tooltip="label:N")
    return titled(
        alt.layer(
            alt.Chart(ideal).mark_line(color=theme.MUTED, strokeDash=[4, 4], aria=False).encode(x, y),
            base.mark_line(aria=False), points, *names,
        ),
        "Share of months inside the interval, by level",
        "On the dashed line as many as the level says; above it intervals are too wide, below it too narrow.",
        alt_text=f"Share of months inside the interval. {listed(table['label'])}.",
        height=260,
    )  # fmt: skip


def editions(record: ForecastRecord) -> Any:
    """Return what each edition said as a bar, and what was published later as a point."""
    table = with_labels(
        record.editions.with_columns(pl.Series("name", [_name(row) for row in record.editions.iter_rows(named=True)])),
        lambda row: (
            f"{row['name']}: {tonnes(row['median'], row['lower80'], row['upper80'])}, 80%: "
            f"{million_tonnes(row['median'], row['lower80'], row['upper80'])}; published later: {tonnes(row['actual'])}"
        ),
    )
    x = alt.X("name:N", sort=table["name"].to_list(), axis=alt.Axis(title=None, labelAngle=0, labelLimit=140,
              labelExpr="split(datum.label, '; ')"))  # fmt: skip
    base = alt.Chart(table)
    bars = [
        base.mark_rule(color=theme.BLUE, strokeWidth=width, opacity=opacity, aria=False).encode(
            x, tonnes_axis(f"lower{level}", scale=alt.Scale(zero=True)), alt.Y2(f"upper{level}")
        )
        for level, width, opacity in ((95, 2, 0.7), (80, 9, 0.45))
    ]
    said = base.mark_point(filled=True, fill="white", stroke=theme.BLUE, strokeWidth=2, size=60, opacity=1, aria=False)
    came = base.mark_point(shape="diamond", filled=True, color=theme.ORANGE, size=90, opacity=1)
    return titled(
        alt.layer(
            *bars, said.encode(x, tonnes_axis("median")),
            came.encode(x, tonnes_axis("actual"), description="label:N", tooltip="label:N"),
        ),
        "What earlier editions said of later figures, million tonnes (Mt) and 万吨",
        "Hollow: said. Thick bar 80%, thin bar 95%. Diamond: published later.",
        alt_text=f"Earlier editions and later figures. {listed(table['label'])}.",
    )  # fmt: skip


def _names(table: pl.DataFrame, x: alt.X, y: alt.Y, colour: alt.Color, **place: Any) -> Any:
    """Return the names of the models, beside their points in a table that has one of each."""
    text = alt.Chart(table).mark_text(align="left", fontWeight=700, aria=False, **place)
    return text.encode(x, y, colour, text="model:N")


def _name(row: dict[str, Any]) -> str:
    """Return `2025-06; Horgos, rail; to 28 July 2025`, in lines separated by semicolons."""
    place, _, _, mode = row["series_id"].split(".")[:4]
    end = row["period_end"]
    until = str(end.year) if (end.month, end.day) == (12, 31) else f"to {date_words(end)}"
    return f"{row['edition']:%Y-%m}; {short_name(place)}, {mode}; {until}"

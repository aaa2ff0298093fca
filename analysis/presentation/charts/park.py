"""The charts of the park desk: what was published, and the path of returns against the plan."""

from typing import Any

import altair as alt
import polars as pl

from analysis.park import Attainment, Progress
from analysis.presentation import theme
from analysis.presentation.charts.axes import money_axis, titled
from analysis.presentation.charts.labels import listed, with_labels
from analysis.presentation.names import short_name
from analysis.presentation.tables.figures import fraction_percent, yuan, yuan_predicted

ILLUSTRATIVE = "ILLUSTRATIVE 示意"

#: Width of bars that carry their number at the right end.
_BAR_WIDTH = 340


def target(attainment: Attainment) -> Any:
    """Return the published sums side by side: capital invested, output expected; measured output where there is any."""
    known = attainment.statements.filter(pl.col("unit") == "CNY")
    rows = [("Output expected", attainment.target_cny, attainment.target_id or "set by hand")]
    if attainment.invested_cny is not None:
        rows.insert(0, ("Capital invested", attainment.invested_cny, str(attainment.invested_id)))
    table = pl.DataFrame(rows, schema={"what": pl.String, "value": pl.Float64, "id": pl.String}, orient="row")
    table = with_labels(table, lambda row: f"{row['what']}: {yuan(row['value'])}")
    order = [*table["what"], "Output measured"]
    y = alt.Y("what:N", sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(title=None, domain=False, ticks=False))
    x = alt.X("value:Q", axis=None, scale=alt.Scale(zero=True))
    base = alt.Chart(table).encode(y, x, description="label:N", tooltip="label:N")
    bars = base.mark_bar(height=26, color=theme.BLUE, opacity=0.75)
    words = base.mark_text(align="left", dx=6, aria=False).encode(text="label:N")
    none = alt.Chart(pl.DataFrame({"what": ["Output measured"], "label": [_measured(attainment)]}))
    said = none.mark_text(align="left", dx=6, color=theme.MUTED).encode(
        y, x=alt.value(0), text="label:N", description="label:N"
    )
    dates = known.select(pl.col("published_on").max()).item()
    return titled(
        alt.layer(bars, words, said),
        f"{short_name(attainment.park)}: published sums, million yuan and 亿元",
        f"Published by {attainment.as_of}; newest of them {dates}. No bar stands where nothing was published.",
        alt_text=f"{listed(table['label'])}; output measured: {_measured(attainment)}",
        width=_BAR_WIDTH,
        height=130,
    )


def plan_path(progress: Progress) -> Any:
    """Return the cumulative output of the returns against the even path to the target."""
    table = with_labels(progress.months, _month_words)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, format="%b", tickCount="month"))
    height, made = money_axis("cumulative_cny"), pl.col("made")
    spoken: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
    ahead = table.filter(made == "predicted")
    bridge = table.filter(made == "returned").tail(1).vstack(ahead)
    bands = [
        alt.Chart(bridge)
        .mark_area(color=theme.BLUE, opacity=opacity, aria=False)
        .encode(x, money_axis(f"lower{level}"), alt.Y2(f"upper{level}"))
        for level, opacity in ((95, 0.14), (80, 0.24))
    ]
    done = alt.Chart(table.filter(made == "returned"))
    chart = alt.layer(
        *bands,
        alt.Chart(table).mark_line(color=theme.ORANGE, strokeDash=[6, 4], aria=False).encode(x, money_axis("plan_cny")),
        alt.Chart(bridge).mark_line(color=theme.BLUE, strokeDash=[2, 3], aria=False).encode(x, height),
        done.mark_line(color=theme.BLUE, strokeWidth=2.5, aria=False).encode(x, height),
        done.mark_point(filled=True, color=theme.BLUE, size=50, opacity=1).encode(x, height, **spoken),
        alt.Chart(ahead).mark_point(filled=True, fill="white", stroke=theme.BLUE, size=50, opacity=1).encode(
            x, height, **spoken
        ),
        _line_names(progress, x),
    )  # fmt: skip
    return titled(
        chart,
        f"{_mark(progress)}Output since January {progress.year} against the plan, million yuan and 亿元",
        "Solid: returned by the firms. Hollow: predicted, 80 and 95% bands. Dashed: even path to target.",
        alt_text=f"{_mark(progress)}Cumulative output. {listed(table['label'])}. Target {yuan(progress.target_cny)}.",
        watermark=ILLUSTRATIVE if progress.illustrative else "",
    )


def contributions(progress: Progress) -> Any:
    """Return each firm's share of the output so far as a bar with its number."""
    table = with_labels(
        progress.firms, lambda row: f"{row['firm']}: {yuan(row['output_cny'])}, {fraction_percent(row['share'])}"
    )
    y = alt.Y("firm:N", sort=list(table["firm"]), axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=200))
    base = alt.Chart(table).encode(y, alt.X("output_cny:Q", axis=None))
    words = with_labels(progress.firms, lambda row: f"{yuan(row['output_cny'])}, {fraction_percent(row['share'])}")
    text = alt.Chart(words).mark_text(align="left", dx=6, aria=False).encode(
        y, alt.X("output_cny:Q", axis=None), text="label:N"
    )  # fmt: skip
    return titled(
        alt.layer(
            base.mark_bar(color=theme.BLUE, opacity=0.75, height=20).encode(description="label:N", tooltip="label:N"),
            text,
        ),
        f"{_mark(progress)}Output by firm so far in {progress.year}, million yuan and 亿元",
        alt_text=f"{_mark(progress)}Output by firm. {listed(table['label'])}.",
        watermark=ILLUSTRATIVE if progress.illustrative else "",
        width=_BAR_WIDTH,
        height=36 * max(3, len(table)),
    )


def _line_names(progress: Progress, x: alt.X) -> Any:
    """Return the names of the two lines at their ends."""
    ends = progress.months.tail(1).select("time_period", pl.col("plan_cny").alias("height"))
    ends = ends.with_columns(pl.lit("plan").alias("name"))
    return alt.Chart(ends).mark_text(align="left", dx=10, color=theme.ORANGE, fontWeight=700, aria=False).encode(
        x, money_axis("height"), text="name:N"
    )  # fmt: skip


def _month_words(row: dict[str, Any]) -> str:
    """Return `2023-09: 520 million yuan (5.2亿元) returned`, or the prediction with its 80% interval."""
    if row["made"] == "returned":
        return f"{row['time_period']:%Y-%m}: {yuan(row['cumulative_cny'])} returned so far"
    words = yuan_predicted(row["cumulative_cny"], row["lower80"], row["upper80"])
    return f"{row['time_period']:%Y-%m}: predicted {words}"


def _mark(progress: Progress) -> str:
    return "Illustrative, not real. " if progress.illustrative else ""


def _measured(attainment: Attainment) -> str:
    return attainment.reason or "see the returns below"

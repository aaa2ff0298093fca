"""The charts of a park's returns: the year's end, the path against the plan, and each firm's part."""

from typing import Any

import altair as alt
import polars as pl

from analysis.desks.park_returns import Progress
from analysis.pages.park_returns.year_end import year_end
from analysis.pages.parts import theme
from analysis.pages.parts.axes import money_axis, month_label, watermark
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import month_words
from analysis.pages.words.rounding import fraction_percent, yuan, yuan_amount, yuan_interval

__all__ = ["contributions", "plan_path", "year_end"]

_ILLUSTRATIVE = "ILLUSTRATIVE 示意"
_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}


def plan_path(progress: Progress) -> Figure:
    """Return the cumulative output of the returns against the even path to the target."""
    every, goal, mark = all_labels(progress.months, _month_words), yuan(progress.goal), _mark(progress)
    year = progress.year
    return Figure(
        title=Both(
            f"{mark.en}Output since January {year} against the plan, million yuan",
            f"{mark.zh}{year}年1月以来累计产值与计划对照，亿元",
        ),
        notes=(
            Both(
                "Solid: returned by the firms. Hollow: predicted, 80 and 95% bands. Dashed: path "
                "to the target by season.",
                "实心：企业报送。空心：预测，附80%和95%区间。虚线：按季节达到目标的路径。",
            ),
        ),
        alt=Both(
            f"{mark.en}Cumulative output. {every.en}. Target {goal.en}.",
            f"{mark.zh}累计产值。{every.zh}。目标{goal.zh}。",
        ),
        draw=lambda look: _draw_path(progress, look),
        illustrative=progress.illustrative,
    )


def _draw_path(progress: Progress, look: Look) -> Any:
    table = with_labels(progress.months, _month_words, look.lang)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, labelExpr=month_label(look), tickCount="month"))
    height, origin = money_axis("cumulative_cny", look), pl.col("made")
    ahead = table.filter(origin == "predicted")
    bridge = table.filter(origin == "returned").tail(1).vstack(ahead)
    bands = [
        alt.Chart(bridge)
        .mark_area(color=theme.BLUE, opacity=opacity, aria=False)
        .encode(x, money_axis(f"lower{level}", look), alt.Y2(f"upper{level}"))
        for level, opacity in ((95, 0.14), (80, 0.24))
    ]
    done, plan = alt.Chart(table.filter(origin == "returned")), alt.Chart(table)
    hollow = alt.Chart(ahead).mark_point(filled=True, fill="white", stroke=theme.BLUE, size=50, opacity=1)
    layers = [
        *bands,
        plan.mark_line(color=theme.ORANGE, strokeDash=[6, 4], aria=False).encode(x, money_axis("plan_cny", look)),
        alt.Chart(bridge).mark_line(color=theme.BLUE, strokeDash=[2, 3], aria=False).encode(x, height),
        done.mark_line(color=theme.BLUE, strokeWidth=2.5, aria=False).encode(x, height),
        done.mark_point(filled=True, color=theme.BLUE, size=50, opacity=1).encode(x, height, **_SPOKEN),
        hollow.encode(x, height, **_SPOKEN),
        _plan_name(progress, x, look),
    ]
    return alt.layer(*layers, *([watermark(_ILLUSTRATIVE, look)] if progress.illustrative else []))


def contributions(progress: Progress) -> Figure:
    """Return each firm's share of the output so far as a bar with its number."""
    every, mark, year = all_labels(progress.firms, _firm_words), _mark(progress), progress.year
    return Figure(
        title=Both(
            f"{mark.en}Output by firm so far in {year}, million yuan",
            f"{mark.zh}{year}年各企业累计产值，亿元",
        ),
        notes=(),
        alt=Both(f"{mark.en}Output by firm. {every.en}.", f"{mark.zh}各企业产值。{every.zh}。"),
        draw=lambda look: _draw_firms(progress, look),
        height=36 * max(3, len(progress.firms)),
        illustrative=progress.illustrative,
    )


def _draw_firms(progress: Progress, look: Look) -> Any:
    table = with_labels(progress.firms, _firm_words, look.lang)
    words = [look.say(_amount_words(row)) for row in table.iter_rows(named=True)]
    table = table.with_columns(pl.Series("words", words, dtype=pl.String))
    y = alt.Y("firm:N", sort=list(table["firm"]), axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=200))
    room = 2.6 if look.narrow else 1.8
    x = alt.X("output_cny:Q", axis=None, scale=alt.Scale(domain=[0, room * float(table["output_cny"].max())]))  # type: ignore[arg-type]
    base = alt.Chart(table).encode(y, x)
    bars = base.mark_bar(color=theme.BLUE, opacity=0.75, height=20).encode(**_SPOKEN)
    numbers = base.mark_text(align="left", dx=6, aria=False, fontSize=11).encode(text="words:N")
    return alt.layer(bars, numbers, *([watermark(_ILLUSTRATIVE, look)] if progress.illustrative else []))


def _plan_name(progress: Progress, x: alt.X, look: Look) -> Any:
    """Return the name of the plan at the end of its line."""
    ends = progress.months.tail(1).select("time_period", pl.col("plan_cny").alias("height"))
    ends = ends.with_columns(pl.lit(look.say(Both("plan", "计划"))).alias("name"))
    mark = alt.Chart(ends).mark_text(align="left", dx=8, color=theme.ORANGE, fontWeight=700, aria=False)
    return mark.encode(x, money_axis("height", look), text="name:N")


def _month_words(row: dict[str, Any]) -> Both:
    """Return `September 2023: 520 million yuan (5.2亿元) returned so far`, or the prediction with its interval."""
    month = month_words(row["time_period"])
    if row["made"] == "returned":
        done = yuan(row["cumulative_cny"])
        return Both(f"{month.en}: {done.en} returned so far", f"{month.zh}：累计报送{done.zh}")
    ends = (row["cumulative_cny"], row["lower80"], row["upper80"])
    value, interval = yuan_amount(*ends), yuan_interval(*ends)
    return Both(
        f"{month.en}: predicted {value.en}, 80%: {interval.en}", f"{month.zh}：预测{value.zh}，80%区间{interval.zh}"
    )


def _firm_words(row: dict[str, Any]) -> Both:
    words = _amount_words(row)
    return Both(f"{row['firm']}: {words.en}", f"{row['firm']}：{words.zh}")


def _amount_words(row: dict[str, Any]) -> Both:
    output, share = yuan(row["output_cny"]), fraction_percent(row["share"])
    return Both(f"{output.en}, {share.en}", f"{output.zh}，{share.zh}")


def _mark(progress: Progress) -> Both:
    return Both("Illustrative, not real. ", "示意数据，并非真实。") if progress.illustrative else Both("", "")

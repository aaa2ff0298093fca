"""A structural model drawn: figures with their trend, the season, and the effects with their intervals."""

from typing import TYPE_CHECKING, Any

import altair as alt
import polars as pl

from analysis.presentation import theme
from analysis.presentation.charts.labels import listed, with_labels
from analysis.presentation.tables.figures import percent_change

if TYPE_CHECKING:
    from analysis.structural import Explanation

_BAND = 1.959964

_NAMES = {"festival": "Spring Festival, ", "interventions": ""}


def explained(explanation: "Explanation", *, title: str) -> Any:
    """Return three panels: the figures and their trend, the season in percent, the effects in percent.

    Parameters
    ----------
    explanation
        As `explained.explain` returns it.
    title
        What the figures count, with their unit.
    """
    effects = _effects(explanation)
    panels = [_trend(explanation), _season(explanation)]
    if len(effects):
        panels.append(_whiskers(effects))
    heading = alt.TitleParams(
        title, subtitle=["Points: figures. Lines: estimates with 95% bands, on a logarithmic scale."]
    )
    words = f"{title}. Trend, season and effects. {listed(effects['label'])}"
    return alt.vconcat(*panels, spacing=14).properties(title=heading, description=words)


def _trend(explanation: "Explanation") -> Any:
    """Return the figures as points over the trend, interventions included."""
    x, scale = alt.X("time_period:T", axis=alt.Axis(title=None)), alt.Scale(type="log", nice=False, zero=False)
    trend = explanation.component("trend").with_columns(
        middle=pl.col("value").exp(),
        lower=(pl.col("value") - _BAND * pl.col("std_error")).exp(),
        upper=(pl.col("value") + _BAND * pl.col("std_error")).exp(),
    )
    axis = alt.Axis(title=None, tickCount=5, format="~s", domain=False, ticks=False)
    base = alt.Chart(trend).encode(x)
    band = base.mark_area(color=theme.BLUE, opacity=0.2, aria=False).encode(
        alt.Y("lower:Q", axis=axis, scale=scale), alt.Y2("upper")
    )
    line = base.mark_line(color=theme.BLUE, strokeWidth=2, aria=False).encode(alt.Y("middle:Q", axis=axis, scale=scale))
    figures = alt.Chart(explanation.series.drop_nulls()).mark_point(
        filled=True, size=14, color=theme.INK, opacity=0.8, aria=False
    )  # fmt: skip
    return alt.layer(band, line, figures.encode(x, alt.Y("obs_value:Q", axis=axis, scale=scale))).properties(
        width=theme.WIDTH, height=200
    )


def _season(explanation: "Explanation") -> Any:
    """Return the season in percent of the trend."""
    season = explanation.component("season").with_columns(
        middle=pl.col("value").exp() - 1,
        lower=(pl.col("value") - _BAND * pl.col("std_error")).exp() - 1,
        upper=(pl.col("value") + _BAND * pl.col("std_error")).exp() - 1,
    )
    axis = alt.Axis(title=None, tickCount=4, format="+.0%", domain=False, ticks=False)
    base = alt.Chart(season).encode(alt.X("time_period:T", axis=alt.Axis(title=None)))
    band = base.mark_area(color=theme.GREEN, opacity=0.2, aria=False).encode(
        alt.Y("lower:Q", axis=axis), alt.Y2("upper")
    )
    line = base.mark_line(color=theme.GREEN, strokeWidth=1.2, aria=False).encode(alt.Y("middle:Q", axis=axis))
    return alt.layer(band, line).properties(width=theme.WIDTH, height=90, title=_panel("Season, % of the trend"))


def _effects(explanation: "Explanation") -> pl.DataFrame:
    """Return the effects with their names and words, in their order."""
    names = [
        _NAMES.get(group, f"{group} ") + name
        for group, _, name in (effect.partition(": ") for effect in explanation.effects["effect"])
    ]
    table = explanation.effects.with_columns(pl.Series("name", names, dtype=pl.String))
    return with_labels(
        table, lambda row: f"{row['name']}: {percent_change(row['percent'], row['lower'], row['upper'])}"
    )


def _whiskers(effects: pl.DataFrame) -> Any:
    """Return each effect as a point with its 95% interval and its words."""
    order = effects["name"].to_list()
    y = alt.Y("name:N", sort=order, axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=200))
    x = alt.X("percent:Q", axis=alt.Axis(title=None, format="+,.0f", tickCount=5))
    base = alt.Chart(effects)
    spans = base.mark_rule(color=theme.ORANGE, strokeWidth=3, opacity=0.6, aria=False).encode(
        y, alt.X("lower:Q"), alt.X2("upper")
    )
    points = base.mark_point(filled=True, color=theme.ORANGE, size=60, opacity=1).encode(
        y, x, description="label:N", tooltip="label:N"
    )
    zero = alt.Chart(pl.DataFrame({"percent": [0]})).mark_rule(color=theme.MUTED, aria=False).encode(x)
    return alt.layer(zero, spans, points).properties(
        width=theme.WIDTH - 150, height=28 * len(effects), title=_panel("Effects, %, with 95% intervals")
    )


def _panel(words: str) -> alt.TitleParams:
    return alt.TitleParams(words, fontSize=12)

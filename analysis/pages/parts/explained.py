"""A structural model drawn: figures with their trend, the season, and the effects with their intervals."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import altair as alt
import polars as pl

from analysis.pages.parts import theme
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both, text
from analysis.pages.words.rounding import percent_change

if TYPE_CHECKING:
    from analysis.methods.structural import Explanation

_BAND = 1.959964
_FESTIVAL = {
    "before": Both("before Spring Festival", "春节前"),
    "during": Both("during Spring Festival", "春节期间"),
    "after": Both("after Spring Festival", "春节后"),
}

_STATES = {
    "closed": Both("a month closed", "整月关闭"),
    "limited": Both("a month limited", "整月限量"),
    "one_way": Both("a month one way", "整月单向"),
}

#: Room beside the panels for their labels: numbers on the axis, names of the effects.
_NUMBERS, _NAMES = 50, 150


def explained(explanation: "Explanation", *, title: str | Both, names: Mapping[str, Both] | None = None) -> Figure:
    """Return three panels: the figures and their trend, the season in percent, the effects in percent.

    Parameters
    ----------
    explanation
        As `explained.explain` returns it.
    title
        What the figures count, with their unit, in both languages or in one for both.
    names
        What events and regressors are called in both languages, by the names that the model gave them.
    """
    head, named = Both(text(title), text(title, "zh")), names or {}
    every = all_labels(explanation.effects, partial(_effect_label, names=named))
    return Figure(
        title=head,
        notes=(
            Both(
                "Points: figures. Lines: estimates with 95% bands, on a logarithmic scale.",
                "圆点：实际数。曲线：估计值，附95%区间，对数刻度。",
            ),
        ),
        alt=Both(f"{head.en}. Trend, season and effects. {every.en}", f"{head.zh}。趋势、季节和各项影响。{every.zh}"),
        draw=lambda look: _draw(explanation, look, named),
    )


def _draw(explanation: "Explanation", look: Look, names: Mapping[str, Both]) -> alt.VConcatChart:
    panels = [_trend(explanation, look), _season(explanation, look)]
    if len(explanation.effects):
        panels.append(_whiskers(explanation, look, names))
    return alt.vconcat(*panels, spacing=14)


def _trend(explanation: "Explanation", look: Look) -> Any:
    """Return the figures as points over the trend, interventions included."""
    x, scale = alt.X("time_period:T", axis=_years(explanation, look)), alt.Scale(type="log", nice=False, zero=False)
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
        width=_width(look, _NUMBERS), height=200
    )


def _season(explanation: "Explanation", look: Look) -> Any:
    """Return the season in percent of the trend."""
    season = explanation.component("season").with_columns(
        middle=pl.col("value").exp() - 1,
        lower=(pl.col("value") - _BAND * pl.col("std_error")).exp() - 1,
        upper=(pl.col("value") + _BAND * pl.col("std_error")).exp() - 1,
    )
    axis = alt.Axis(title=None, tickCount=4, format="+.0%", domain=False, ticks=False)
    base = alt.Chart(season).encode(alt.X("time_period:T", axis=_years(explanation, look)))
    band = base.mark_area(color=theme.GREEN, opacity=0.2, aria=False).encode(
        alt.Y("lower:Q", axis=axis), alt.Y2("upper")
    )
    line = base.mark_line(color=theme.GREEN, strokeWidth=1.2, aria=False).encode(alt.Y("middle:Q", axis=axis))
    return alt.layer(band, line).properties(
        width=_width(look, _NUMBERS), height=90, title=_panel(Both("Season, % of the trend", "季节，相对趋势的%"), look)
    )


def _whiskers(explanation: "Explanation", look: Look, names: Mapping[str, Both]) -> Any:
    """Return each effect as a point with its 95% interval and its words."""
    effects = with_labels(explanation.effects, partial(_effect_label, names=names), look.lang)
    words = [look.say(effect_name(effect, names)) for effect in effects["effect"]]
    effects = effects.with_columns(pl.Series("name", words, dtype=pl.String))
    y = alt.Y("name:N", sort=words, axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=_NAMES - 10))
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
        width=_width(look, _NAMES),
        height=28 * len(effects),
        title=_panel(Both("Effects, %, with 95% intervals", "各项影响，%，附95%区间"), look),
    )


def _effect_label(row: dict[str, Any], names: Mapping[str, Both]) -> Both:
    """Return `strike: -49% (95%: -53 to -45%)`."""
    name, change = effect_name(row["effect"], names), percent_change(row["percent"], row["lower"], row["upper"])
    return Both(f"{name.en}: {change.en}", f"{name.zh}：{change.zh}")


def effect_name(effect: str, names: Mapping[str, Both] | None = None) -> Both:
    """Return the name of `group: name`; what happened is called as `names` has it, or as the reader's own code does."""
    group, _, name = effect.partition(": ")
    if group == "festival" and name in _FESTIVAL:
        return _FESTIVAL[name]
    if group == "closures" and name in _STATES:
        return _STATES[name]
    own = group in ("interventions", "regressors")
    return (names or {}).get(name) or Both(*[name if own else f"{group} {name}"] * 2)


def _years(explanation: "Explanation", look: Look) -> alt.Axis:
    """Return an axis that names years, in digits that both languages read, as many as there is room for."""
    step = 1 + len(explanation.series) // (60 if look.narrow else 120)
    return alt.Axis(title=None, format="%Y", tickCount=alt.TimeIntervalStep(interval="year", step=step))


def _width(look: Look, room: int) -> int:
    """Return how wide a panel may be for the whole to have the width of the look."""
    return look.width - room


def _panel(words: Both, look: Look) -> alt.TitleParams:
    return alt.TitleParams(look.say(words), fontSize=12)

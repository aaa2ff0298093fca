"""The chart of an aid portfolio: reports of past plans, their curves with bands, and the plan's year ends on them."""

from typing import Any

import altair as alt
import numpy as np
import polars as pl

from analysis.desks.aid import AidPortfolio
from analysis.desks.aid.points import COMPLETED, DONE
from analysis.methods.completion import CompletionCurve
from analysis.pages.aid.sentences import KINDS, THINGS, VERBS, slippage_sentence
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.pages.words.rounding import fraction_percent, with_relation

#: What is drawn, in this order, with its colour.
_COLOURS = {DONE: theme.BLUE, COMPLETED: theme.ORANGE}


def completion(aid: AidPortfolio) -> Figure | Undrawn:
    """Return the share done and the share of projects completed over the term, with 80% bands from past plans."""
    drawn = {what: aid.curves[what] for what in _COLOURS if what in aid.curves}
    title = Both("Share of a plan by the share of its term", "计划执行比例与期限进度")
    if not drawn:
        return Undrawn(
            title,
            Both("fewer than three plans reported work done or projects completed", "报道过工作量或完工的计划不足三个"),
        )
    points = aid.points.filter(pl.col("what").is_in(list(drawn)))
    places = aid.known.places

    def label(row: Any) -> Both:
        giver = short_name(row["partner"], places) if row["partner"] else Both("all givers", "各援助方")
        place, share = short_name(row["place"], places), with_relation(fraction_percent(row["share"]), row["relation"])
        when, kind = fraction_percent(row["elapsed"]), KINDS[row["what"]]
        return Both(
            f"{giver.en} for {place.en}, {row['start'].year}: {share.en} ({kind.en}) after {when.en} of the term",
            f"{giver.zh}援助{place.zh}，{row['start'].year}年起：期限过{when.zh}时{kind.zh}{share.zh}",
        )

    every = all_labels(points, label)
    return Figure(
        title=_title(drawn),
        notes=(
            Both(
                "Share of the plan, upwards. Points: reports of past plans. Line and band: their curve, 80%. "
                "Dashed: as fast as the calendar.",
                "纵轴：计划执行比例。圆点：以往计划的报道。曲线与色带：拟合曲线及80%区间。虚线：均匀进度。",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw(drawn, points, label, look),
        foot=slippage_sentence(aid),
        height=320,
    )


def _title(drawn: dict[str, CompletionCurve]) -> Both:
    """Return what the curves say of the end of a term: the medians there, each with its number of plans."""
    ends = [(what, fraction_percent(curve.interval(1.0, 80)[1]), curve.plans) for what, curve in drawn.items()]
    english = ", ".join(f"{share.en} of the {THINGS[what].en} {VERBS[what].en} ({n} plans)" for what, share, n in ends)
    chinese = "，".join(f"{THINGS[what].zh}{VERBS[what].zh}{share.zh}（{n}个计划）" for what, share, n in ends)
    return Both(f"Past plans at the end of their term: {english}", f"以往计划到期时：{chinese}")


def _draw(drawn: dict[str, CompletionCurve], points: pl.DataFrame, label: Any, look: Look) -> Any:
    percent_axis = alt.Axis(title=None, format=".0%", tickCount=5)
    term = look.say(Both("share of the plan's term that has passed", "期限已过的比例"))
    x = alt.X(
        "elapsed:Q", axis=alt.Axis(title=term, format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1.02], nice=False)
    )
    scale = alt.Scale(domain=[0, 1.05], nice=False)
    layers: list[Any] = [
        alt.Chart(pl.DataFrame({"elapsed": [0.0, 1.0], "median": [0.0, 1.0]}))
        .mark_line(color=theme.MUTED, strokeDash=[4, 3], aria=False)
        .encode(x, alt.Y("median:Q", axis=percent_axis, scale=scale))
    ]
    for what, curve in drawn.items():
        colour = _COLOURS[what]
        rows = [(float(u), *curve.interval(float(u), 80)) for u in np.linspace(0.05, 1.0, 39)]
        table = pl.DataFrame(rows, schema=["elapsed", "lower", "median", "upper"], orient="row")
        base = alt.Chart(table)
        layers += [
            base.mark_area(color=colour, opacity=0.14, aria=False).encode(
                x, alt.Y("lower:Q", axis=percent_axis, scale=scale), alt.Y2("upper")
            ),
            base.mark_line(color=colour, strokeWidth=2, aria=False).encode(
                x, alt.Y("median:Q", axis=percent_axis, scale=scale)
            ),
        ]
        own = with_labels(points.filter(pl.col("what") == what), label, look.lang)
        own = own.with_columns(pl.col("share").clip(0.0, 1.0).alias("median"))
        layers.append(
            alt.Chart(own)
            .mark_point(filled=True, color=colour, size=60, opacity=1)
            .encode(x, alt.Y("median:Q", axis=percent_axis, scale=scale), description="label:N", tooltip="label:N")
        )
        name = pl.DataFrame({
            "elapsed": [0.02], "median": [0.99 - 0.08 * list(drawn).index(what)], "words": [look.say(KINDS[what])],
        })  # fmt: skip
        words = text_with_outline(alt.Chart(name), align="left", fontSize=12, fontWeight=700, color=colour, aria=False)
        layers += [one.encode(x, alt.Y("median:Q", axis=percent_axis, scale=scale), text="words:N") for one in words]
    return alt.layer(*layers)

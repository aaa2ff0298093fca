"""F1: the path of a port's freight, by months where the evidence bears them, otherwise by years."""

import datetime as dt
from typing import Any

import altair as alt
import polars as pl

from analysis.core.vocabulary import FIGURE_RELATIONS
from analysis.desks.port import Outlook
from analysis.pages.parts import theme
from analysis.pages.parts.axes import bounds, stretches
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.port.charts.foot import total_foot
from analysis.pages.port.charts.labels import Labels, closure_label
from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import Both
from analysis.pages.words.names import port_name
from analysis.pages.words.phrases import series
from analysis.pages.words.reasons import reason_words

#: Steps of the logarithmic axis: 1, 2 and 5 by powers of ten.
_STEPS = [digit * 10**power for power in range(2, 9) for digit in (1, 2, 5)]

#: Years of a monthly chart.
YEARS = 6

_FAN = {95: 0.16, 80: 0.22, 50: 0.34}
_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
_WHOLE = pl.col("obs_status").is_in(["reported", "derived"])


def path(outlook: Outlook) -> Figure:
    """Return the chart of months, or of years with the reason where no month may be drawn."""
    return _months(outlook) if outlook.shows_months(years=YEARS) else _years(outlook)


def _years(outlook: Outlook) -> Figure:
    """Return dots with 80 and 95% bars; published totals solid, estimates hollow, bounds as arrows."""
    name, year = port_name(outlook.place, outlook.places), outlook.edition.year
    reason = reason_words(str(outlook.year()["reason"]))
    counted, labels = traffic(outlook), _labels(outlook)
    every, arrows = all_labels(outlook.years, labels.year), all_labels(_known_bounds(outlook), labels.published)
    what, unit = counted.noun, counted.amounts.axis_words
    return Figure(
        title=Both(
            f"{name.en}: {what.en} by year, {unit.en}, logarithmic scale",
            f"{name.zh}：各年{what.zh}，{unit.zh}，对数刻度",
        ),
        notes=(
            Both(f"No month is drawn for {year}: {reason.en}.", f"{year}年不画月度曲线：{reason.zh}。"),
            Both(
                "Solid: full year published. Hollow: estimate. Thick bar 80%, thin bar 95%. Arrow: published bound.",
                "实心：全年已公布。空心：估计。粗条80%区间，细条95%区间。箭头：公布的上下限。",
            ),
        ),
        alt=Both(
            f"{counted.heading.en} through {name.en} by year. {every.en}. {arrows.en}",
            f"{name.zh}各年{what.zh}。{every.zh}。{arrows.zh}",
        ),
        draw=lambda look: _draw_years(outlook, look),
        foot=total_foot(outlook),
    )


def _labels(outlook: Outlook) -> Labels:
    """Return what the marks say, in the units of the page."""
    return Labels(traffic(outlook).amounts)


def _draw_years(outlook: Outlook, look: Look) -> Any:
    labels = _labels(outlook)
    amounts = labels.amounts
    table = with_labels(outlook.years, labels.year, look.lang).with_columns(pl.col("year").cast(pl.String))
    short: dict[str, Any] = {"labelExpr": "'’' + slice(datum.label, 2)"} if look.narrow else {}
    x = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, **short))
    log = alt.Scale(type="log", nice=False)
    base = alt.Chart(table)
    bars = [
        base.mark_rule(color=theme.BLUE, strokeWidth=width, opacity=opacity, aria=False).encode(
            x, amounts.axis(f"lower{level}", look, values=_STEPS, scale=log), alt.Y2(f"upper{level}")
        )
        for level, width, opacity in ((95, 2, 0.7), (80, 7, 0.45))
    ]
    y = amounts.axis("median", look)
    dots = alt.Chart(table.filter(~_WHOLE)).mark_point(
        filled=True, fill="white", stroke=theme.BLUE, strokeWidth=2, size=80, opacity=1
    )
    solid = alt.Chart(table.filter(_WHOLE)).mark_point(filled=True, color=theme.BLUE, size=80, opacity=1)
    arrows = with_labels(_known_bounds(outlook), labels.published, look.lang).with_columns(
        pl.col("year").cast(pl.String)
    )
    return alt.layer(
        *bars, dots.encode(x, y, **_SPOKEN), solid.encode(x, y, **_SPOKEN),
        bounds(arrows, x, amounts.axis("value", look)), _values(outlook, table, x, look),
    )  # fmt: skip


def _known_bounds(outlook: Outlook) -> pl.DataFrame:
    """Return the bounds that were published for years and sums since January."""
    known = outlook.published.filter(~pl.col("relation").is_in(FIGURE_RELATIONS) & pl.col("used"))
    return known.filter(pl.col("year").is_in(outlook.years["year"].to_list()) & (pl.col("kind") != "other"))


def _values(outlook: Outlook, table: pl.DataFrame, x: alt.X, look: Look) -> Any:
    """Return the number above each published year, and beside that of the edition; none where there is no room."""
    own = pl.col("year") == str(outlook.edition.year)
    named = table.clear() if look.narrow else table.filter(_WHOLE | own)
    amounts = traffic(outlook).amounts
    words = [
        look.say(amounts.label(row["median"], row["lower80"], row["upper80"])) for row in named.iter_rows(named=True)
    ]
    named = named.with_columns(pl.Series("words", words, dtype=pl.String))
    bold: dict[str, Any] = {"fontWeight": 700, "color": theme.INK, "aria": False}
    y = amounts.axis("median", look)
    return alt.layer(
        alt.Chart(named.filter(~own)).mark_text(dy=-13, **bold).encode(x, y, text="words:N"),
        alt.Chart(named.filter(own)).mark_text(dx=10, align="left", **bold).encode(x, y, text="words:N"),
    )


def _months(outlook: Outlook) -> Figure:
    """Return a fan over the months that may be drawn, and the other years as boxes at their monthly average."""
    name, gaps, counted = port_name(outlook.place, outlook.places), _gaps(outlook), traffic(outlook)
    shown = outlook.drawn_months(years=YEARS).filter(pl.col("level") == 80).sort("time_period")
    every = all_labels(shown, _labels(outlook).month)
    what, unit = counted.noun, counted.amounts.axis_words
    return Figure(
        title=Both(f"{name.en}: {what.en} by month, {unit.en}", f"{name.zh}：各月{what.zh}，{unit.zh}"),
        notes=(
            Both(
                "Line: median. Bands: 50, 80, 95%. Solid: published. Hollow: estimate. Grey: closed or limited.",
                "曲线：中位数。色带：50%、80%、95%区间。实心：已公布。空心：估计。灰色：口岸关闭或限量。",
            ),
            gaps,
        ),
        alt=Both(
            f"{counted.heading.en} through {name.en} by month. {every.en}. {gaps.en}",
            f"{name.zh}各月{what.zh}。{every.zh}。{gaps.zh}",
        ),
        draw=lambda look: _draw_months(outlook, look),
        foot=total_foot(outlook),
    )


def _draw_months(outlook: Outlook, look: Look) -> Any:
    drawn, labels = stretches(outlook.drawn_months(years=YEARS)), _labels(outlook)
    labelled = with_labels(drawn.filter(pl.col("level") == 80), labels.month, look.lang)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, format="%Y", tickCount="year", labelAlign="left"))
    y = labels.amounts.axis("median", look)
    fan = [
        alt.Chart(drawn.filter(pl.col("level") == level))
        .mark_area(color=theme.BLUE, opacity=opacity, interpolate="monotone", aria=False)
        .encode(x, labels.amounts.axis("lower", look, scale=alt.Scale(zero=True)), alt.Y2("upper"), detail="stretch:N")
        for level, opacity in _FAN.items()
    ]
    line = alt.Chart(labelled).mark_line(color=theme.BLUE, strokeWidth=1.5, interpolate="monotone", aria=False)
    hollow = alt.Chart(labelled.filter(~_WHOLE)).mark_point(
        filled=True, fill="white", stroke=theme.BLUE, strokeWidth=1.5, size=14 if look.narrow else 28, opacity=1
    )
    solid = alt.Chart(labelled.filter(_WHOLE)).mark_point(filled=True, color=theme.BLUE, size=40, opacity=1)
    return alt.layer(
        _closures(outlook, x, look), _year_boxes(outlook, x, look), *fan, line.encode(x, y, detail="stretch:N"),
        hollow.encode(x, y, **_SPOKEN), solid.encode(x, y, **_SPOKEN),
    )  # fmt: skip


def _closures(outlook: Outlook, x: alt.X, look: Look) -> Any:
    """Return bands over the spans in which the port was shut or limited, within the years shown."""
    first, last = dt.date(outlook.edition.year - YEARS + 1, 1, 1), dt.date(outlook.edition.year, 12, 31)
    spans = outlook.closures.filter((pl.col("end") >= first) & (pl.col("start") <= last))
    spans = spans.with_columns(pl.col("start").clip(lower_bound=first), pl.col("end").clip(upper_bound=last))
    base = alt.Chart(with_labels(spans, closure_label, look.lang)).mark_rect(color=theme.SHADE, opacity=0.6)
    return base.encode(alt.X("start:T", axis=x["axis"]), alt.X2("end:T"), **_SPOKEN)


def _year_boxes(outlook: Outlook, x: alt.X, look: Look) -> Any:
    """Return the monthly average of each year without a drawn month: an 80% box and its median, dashed."""
    table = with_labels(outlook.undrawn_years(years=YEARS), _labels(outlook).average, look.lang)
    table = table.with_columns(pl.lit(look.say(Both("year only", "仅年度"))).alias("words"))
    base = alt.Chart(table).encode(alt.X("start:T", axis=x["axis"]), alt.X2("end:T"))
    box = base.mark_rect(fill="white", stroke=theme.MUTED, strokeDash=[3, 3], opacity=1)
    amounts = traffic(outlook).amounts
    y = amounts.axis("median", look)
    middle = base.mark_rule(color=theme.MUTED, strokeDash=[3, 3], aria=False).encode(y)
    text = base.mark_text(align="left", dx=3, dy=-7, color=theme.MUTED, aria=False, fontSize=10 if look.narrow else 12)
    return alt.layer(
        box.encode(amounts.axis("lower", look), alt.Y2("upper"), **_SPOKEN), middle, text.encode(y, text="words:N")
    )


def _gaps(outlook: Outlook) -> Both:
    """Return which years have no monthly line, and why."""
    window = outlook.years.filter(
        (pl.col("year") > outlook.edition.year - YEARS)
        & (pl.col("year") <= outlook.edition.year)
        & (pl.col("drawn") < 12)
    )
    reasons: dict[str, list[Both]] = {}
    for row in window.iter_rows(named=True):
        year, part = row["year"], row["drawn"] > 0
        words = Both(f"{year} in part", f"{year}年部分月份") if part else Both(str(year), f"{year}年")
        reasons.setdefault(row["reason"], []).append(words)
    if not reasons:
        return Both("Every month of these years may be drawn.", "各年各月均可画出。")
    pairs = [(series(years), reason_words(reason)) for reason, years in reasons.items()]
    english, chinese = ("; ".join(f"{years.en}: {reason.en}" for years, reason in pairs),
                        "；".join(f"{years.zh}：{reason.zh}" for years, reason in pairs))  # fmt: skip
    return Both(
        f"Dashed box: monthly average of a year not drawn by month. {english}.",
        f"虚线框：不画月度曲线的年份的月均值。{chinese}。",
    )

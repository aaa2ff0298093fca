"""The charts of a gate: what it clears, the wait by traffic, the traffic to come, the times that CAREC measured."""

from typing import Any

import altair as alt
import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.crossing import Crossing
from analysis.pages.crossing.capacity_chart import capacity, count_format
from analysis.pages.crossing.published_chart import published_days
from analysis.pages.crossing.words import passing_half_width, passing_words, wait_words, way_words
from analysis.pages.parts import theme
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import month_words
from analysis.pages.words.durations import duration
from analysis.pages.words.names import port_name
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import fraction_percent, with_relation
from analysis.pages.words.vehicles import vehicles, vehicles_interval

__all__ = ["capacity", "measured", "traffic", "waiting"]

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}


def waiting(crossing: Crossing) -> Figure | Undrawn:
    """Return the mean wait by vehicles a day: by formula as a band, and the stored simulations as points."""
    name = port_name(crossing.place, crossing.known.places)
    if crossing.curve.is_empty():
        title = Both(f"{name.en}: waiting time by traffic", f"{name.zh}：等候时间与车流")
        return Undrawn(title, reason_words(crossing.gate.unknown or ""))
    title = _waiting_title(crossing, name)
    points = crossing.simulated
    told = all_labels(points, _simulated_label) if points.height else Both("no simulation stored", "没有存档的模拟")
    return Figure(
        title=title,
        notes=(
            Both(
                "Mean wait before the inspection by vehicles a day, minutes. Band: by formula, from inspections that "
                "all "
                "take the same to exponential ones. Points: simulations with twice their standard error, stored.",
                "查验前平均等候分钟数与每日车辆数。色带：公式值，下沿为查验时间固定，上沿为指数分布。"
                "圆点：存档的模拟结果，附两倍标准误差。",
            ),
        ),
        alt=Both(f"{title.en}. {told.en}.", f"{title.zh}。{told.zh}。"),
        draw=lambda look: _draw_waiting(crossing, look),
    )


def _waiting_title(crossing: Crossing, name: Both) -> Both:
    """Return the wait at the traffic of the page, as the table of cases has it; without traffic that at a load."""
    today = crossing.what_ifs[0] if crossing.what_ifs else None
    if today is not None and today.growth is not None:
        half = passing_half_width(crossing)
        grows = vehicles(today.growth, today.growth - half, today.growth + half)
        return Both(
            f"{name.en}: {grows.en} a day more come than can be cleared, so that the queue grows",
            f"{name.zh}：每天来车比可查验的多{grows.zh}，队伍逐日变长",
        )
    if today is not None and today.waiting is not None and today.utilisation is not None:
        share, (regular, random) = today.utilisation, today.waiting
    else:
        assert crossing.capacity is not None
        row = crossing.curve.row(len(crossing.curve) // 2, named=True)
        share, regular, random = row["vehicles"] / crossing.capacity, row["regular"], row["exponential"]
    filled, wait = fraction_percent(share), wait_words(regular, random)
    calm = duration(crossing.curve["regular"][0])
    return Both(
        f"{name.en}: at {filled.en} of its capacity trucks wait {wait.en}, in a calm hour {calm.en}",
        f"{name.zh}：使用率{filled.zh}时等候{wait.zh}，清闲时{calm.zh}",
    )


def _simulated_label(row: dict[str, Any]) -> Both:
    trucks, wait = vehicles(row["arrivals_of_day"]), f"{row['waiting_minutes']:.1f}"
    return Both(f"{trucks.en} a day, simulated: {wait} minutes", f"每天{trucks.zh}，模拟：{wait}分钟")


def _draw_waiting(crossing: Crossing, look: Look) -> Any:
    table = crossing.curve.with_columns(low=pl.col("regular") * 60, high=pl.col("exponential") * 60)
    assert crossing.capacity is not None
    x = alt.X(
        "vehicles:Q",
        scale=alt.Scale(domain=[0, crossing.capacity * 1.02], nice=False),
        axis=alt.Axis(
            title=look.say(Both("vehicles a day", "每日车辆数")), grid=False, tickCount=6, format=count_format(look)
        ),
    )
    scale = alt.Scale(type="symlog", constant=2)
    ticks = [0, 1, 2, 5, 10, 30, 60, 120, 300, 600]
    axis = alt.Axis(title=look.say(Both("minutes", "分钟")), values=ticks, domain=False, ticks=False)
    y = alt.Y("low:Q", scale=scale, axis=axis)
    band = alt.Chart(table).mark_area(color=theme.BLUE, opacity=0.25, aria=False).encode(x, y, alt.Y2("high:Q"))
    upper = alt.Chart(table).mark_line(color=theme.BLUE, aria=False).encode(x, alt.Y("high:Q", scale=scale, axis=axis))
    points = crossing.simulated.with_columns(
        vehicles=pl.col("arrivals_of_day"),
        low=pl.col("waiting_minutes") - 2 * pl.col("standard_error_minutes"),
        high=pl.col("waiting_minutes") + 2 * pl.col("standard_error_minutes"),
    )
    base = alt.Chart(with_labels(points, _simulated_label, look.lang))
    dots = base.mark_point(filled=True, color=theme.ORANGE, size=55, opacity=1)
    marks = [
        base.mark_rule(color=theme.ORANGE, strokeWidth=2, aria=False).encode(x, y, alt.Y2("high:Q")),
        dots.encode(x, alt.Y("waiting_minutes:Q", scale=scale, axis=axis), **_SPOKEN),
    ]
    now = _now(crossing, x, look)
    return alt.layer(band, upper, *(marks if points.height else []), *now)


def _now(crossing: Crossing, x: alt.X, look: Look) -> list[Any]:
    """Return the traffic of the page as a vertical line, where the gate can clear it."""
    if crossing.vehicles is None or crossing.capacity is None or crossing.vehicles > crossing.capacity:
        return []
    label = look.say(passing_words(crossing))
    base = alt.Chart(pl.DataFrame({"vehicles": [crossing.vehicles], "label": [label]}))
    return [
        base.mark_rule(color=theme.INK, strokeDash=[3, 3]).encode(x, description="label:N"),
        base.mark_text(align="right", dx=-5, color=theme.INK, aria=False).encode(x, y=alt.value(8), text="label:N"),
    ]


def traffic(crossing: Crossing) -> Figure | Undrawn:
    """Return the vehicles by open day, month by month, with what the gate clears and the busiest day published."""
    name = port_name(crossing.place, crossing.known.places)
    title = Both(f"{name.en}: vehicles a day, by month", f"{name.zh}：各月日均车辆")
    if isinstance(crossing.traffic, Reason):
        return Undrawn(title, reason_words(crossing.traffic)) if crossing.a_day.is_empty() else published_days(crossing)
    first = crossing.edition.month.replace(year=crossing.edition.year - 1, month=1)
    table = crossing.traffic.table(first)
    last = table.row(-1, named=True)
    when, ends = month_words(last["time_period"]), (last["median"], last["lower"], last["upper"])
    title = Both(
        f"{name.en} may see {vehicles(*ends).en} a day in {when.en}",
        f"{name.zh}{when.zh}日均或达{vehicles(*ends).zh}",
    )
    shown = [0, len(table) // 2, len(table) - 1]
    limits = Both("", "")
    if crossing.capacity is not None:
        limits = Both(" Solid rule: capacity by formula.", "实线：公式通关能力。")
    if crossing.peak is not None:
        limits = Both(f"{limits.en} Dashed: the busiest day published.", f"{limits.zh}虚线：已公布的单日最高。")
    every = all_labels(table.with_row_index().filter(pl.col("index").is_in(shown)), _traffic_label)
    return Figure(
        title=title,
        notes=(
            Both(
                "Vehicles by open day, both directions, logarithmic. Line: median; band: 80% interval; from the "
                f"edition's month on a forecast.{limits.en}",
                f"每个开放日的车辆数，双向，对数刻度。线：中位数；色带：80%区间；自本期月份起为预测。{limits.zh}",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_traffic(crossing, table, look),
    )


def _traffic_label(row: dict[str, Any]) -> Both:
    ends, when = (row["median"], row["lower"], row["upper"]), month_words(row["time_period"])
    number, span = vehicles(*ends), vehicles_interval(*ends)
    return Both(f"{when.en}: {number.en}, 80%: {span.en}", f"{when.zh}：{number.zh}，80%区间{span.zh}")


def _draw_traffic(crossing: Crossing, table: pl.DataFrame, look: Look) -> Any:
    labelled = with_labels(table, _traffic_label, look.lang)
    months = alt.Axis(title=None, format="%Y-%m", tickCount=4 if look.narrow else 8, grid=False)
    x = alt.X("time_period:T", axis=months)
    ticks = [50, 100, 200, 500, 1000, 2000, 5000]
    axis = alt.Axis(title=None, values=ticks, domain=False, ticks=False, format=count_format(look))
    scale = alt.Scale(type="log", nice=False)
    y = alt.Y("lower:Q", scale=scale, axis=axis)
    ahead = labelled.filter(pl.col("time_period") >= crossing.edition.month)
    layers: list[Any] = [
        alt.Chart(labelled).mark_area(color=theme.BLUE, opacity=0.2, aria=False).encode(x, y, alt.Y2("upper:Q")),
        alt.Chart(labelled.filter(pl.col("time_period") <= crossing.edition.month))
        .mark_line(color=theme.BLUE, strokeWidth=2.5, aria=False)
        .encode(x, alt.Y("median:Q", scale=scale, axis=axis)),
        alt.Chart(ahead).mark_line(color=theme.BLUE, strokeDash=[3, 3], aria=False).encode(
            x, alt.Y("median:Q", scale=scale, axis=axis)
        ),
        alt.Chart(labelled).mark_point(filled=True, color=theme.BLUE, size=22, opacity=1).encode(
            x, alt.Y("median:Q", scale=scale, axis=axis), **_SPOKEN
        ),
    ]  # fmt: skip
    return alt.layer(*layers, *_limits(crossing, table, x, scale, axis, look))


def _limits(
    crossing: Crossing, table: pl.DataFrame, x: alt.X, scale: alt.Scale, axis: alt.Axis, look: Look
) -> list[Any]:
    """Return what the gate clears by formula and its busiest day as rules with their numbers."""
    layers: list[Any] = []
    limits = [] if crossing.capacity is None else [(crossing.capacity, "eq", Both("clears", "通关能力"), [1, 0])]
    if crossing.peak is not None:
        peak = float(crossing.peak["a_day"])
        limits.append((peak, str(crossing.peak["relation"]), Both("busiest day", "单日最高"), [6, 4]))
    for limit, relation, words, dash in limits:
        label = f"{look.say(words)} {look.say(with_relation(vehicles(limit), relation))}"
        rows = {"limit": [limit], "time_period": [table["time_period"][0]], "label": [label]}
        base = alt.Chart(pl.DataFrame(rows))
        rule = base.mark_rule(color=theme.ORANGE, strokeWidth=1.8, strokeDash=dash)
        at = alt.Y("limit:Q", scale=scale, axis=axis)
        layers.append(rule.encode(y=at, description="label:N"))
        layers.append(
            base.mark_text(align="left", dy=-7, color=theme.ORANGE, fontSize=11, aria=False).encode(
                x, at, text="label:N"
            )
        )
    return layers


def measured(crossing: Crossing) -> Figure | Undrawn:
    """Return the hours that CAREC measured at the crossing, year by year."""
    name = port_name(crossing.place, crossing.known.places)
    title = Both(f"{name.en}: hours at the border as measured by CAREC", f"{name.zh}：CAREC实测的过境时间")
    if crossing.measured.is_empty():
        return Undrawn(title, reason_words(Reason("never_measured", day=crossing.known.as_of)))
    worst = crossing.measured.sort("hours").row(-1, named=True)
    title = Both(
        f"{name.en}: up to {duration(worst['hours']).en} at the border, in {worst['year']}",
        f"{name.zh}：过境时间最长{duration(worst['hours']).zh}（{worst['year']}年）",
    )
    every = all_labels(crossing.measured, lambda row: _measured_label(row, crossing))
    return Figure(
        title=title,
        notes=(
            Both(
                "Hours of a truck at the crossing, mean of the year, measured by CAREC on the side of that country.",
                "CAREC实测的货车过境小时数，全年平均，在所列国家一侧实测。",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_measured(crossing, look),
        height=44 * max(2, crossing.measured.height),
    )


def _measured_label(row: dict[str, Any], crossing: Crossing) -> Both:
    way, hours = way_words(row["leg"], row["direction"], crossing), duration(row["hours"])
    return Both(f"{row['year']}, {way.en}: {hours.en}", f"{row['year']}年{way.zh}：{hours.zh}")


def _draw_measured(crossing: Crossing, look: Look) -> Any:
    rows = crossing.measured.sort("year")
    table = with_labels(rows, lambda row: _measured_label(row, crossing), look.lang).with_columns(
        pl.Series("name", [look.say(_year_and_way(row, crossing)) for row in rows.iter_rows(named=True)]),
        pl.Series("words", [look.say(duration(hours)) for hours in rows["hours"]]),
    )
    y = alt.Y(
        "name:N", sort=table["name"].to_list(), axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=180)
    )
    longest = float(rows["hours"].max() or 1)  # type: ignore[arg-type]
    x = alt.X("hours:Q", axis=None, scale=alt.Scale(domain=[0, longest * (1.5 if look.narrow else 1.25)]))
    base = alt.Chart(table).encode(y, x)
    return alt.layer(
        base.mark_bar(height=20, color=theme.BLUE, opacity=0.75).encode(**_SPOKEN),
        base.mark_text(align="left", dx=6, aria=False, fontSize=11).encode(text="words:N"),
    )


def _year_and_way(row: dict[str, Any], crossing: Crossing) -> Both:
    way = way_words(row["leg"], row["direction"], crossing)
    return Both(f"{row['year']}, {way.en}", f"{row['year']}年{way.zh}")

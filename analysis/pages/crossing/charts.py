"""The charts of a gate: what it clears, the wait by traffic, the traffic to come, the times that CAREC measured."""

from typing import Any

import altair as alt
import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.crossing import Crossing
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import month_words
from analysis.pages.words.durations import duration
from analysis.pages.words.names import port_name
from analysis.pages.words.published_figures import DIRECTIONS
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import fraction_percent, plain
from analysis.pages.words.vehicles import vehicles, vehicles_interval

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}

#: Minutes an inspection on the axis: from a gate that barely stops a truck to one that unloads it.
_MINUTES = np.geomspace(1, 30, 60)


def capacity(crossing: Crossing) -> Figure | Undrawn:
    """Return what the gate clears a day by minutes an inspection, against what passes."""
    name, gate = port_name(crossing.place, crossing.known.places), crossing.gate
    if gate.lanes is None or gate.hours is None:
        title = Both(f"{name.en}: what the gate clears a day", f"{name.zh}：每日通关能力")
        return Undrawn(title, reason_words(Reason("gate_not_published")))
    if crossing.capacity is not None and crossing.vehicles is not None:
        clears, passes = plain(round(crossing.capacity)), plain(round(crossing.vehicles))
        title = Both(
            f"{name.en} clears {clears} trucks a day by formula; {passes} pass",
            f"{name.zh}按公式每天可查验{clears}辆，实际通行{passes}辆次",
        )
    elif crossing.vehicles is not None:
        allowed, passes = gate.minutes_allowed(crossing.vehicles), plain(round(crossing.vehicles))
        title = Both(
            f"{name.en}: {passes} vehicles a day leave {allowed:.1f} minutes for each",
            f"{name.zh}：每天{passes}辆次，每车可用{allowed:.1f}分钟",
        )
    else:
        title = Both(f"{name.en}: what the gate clears a day", f"{name.zh}：每日通关能力")
    lines = _capacity_lines(crossing)
    thick = Both("", "")
    if crossing.capacity is not None:
        thick = Both(" Thick stretch: minutes as published.", "粗线段：公布的查验时间。")
    every = all_labels(lines.filter(pl.col("minutes").is_in([_MINUTES[0], _MINUTES[-1]])), _capacity_label)
    return Figure(
        title=title,
        notes=(
            Both(
                "Trucks a day by minutes an inspection, both axes logarithmic. Dashed: vehicles a day that pass; "
                f"shaded: 80% interval.{thick.en}",
                f"横轴为每车查验分钟数，纵轴为每日车辆数，均为对数刻度。虚线：实际日均通行；阴影：80%区间。{thick.zh}",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_capacity(crossing, lines, look),
    )


def _capacity_lines(crossing: Crossing) -> pl.DataFrame:
    """Return the trucks a day of each case by minutes an inspection."""
    gate = crossing.gate
    assert gate.lanes is not None
    assert gate.hours is not None
    cases = [(0, gate.hours.value), (1, gate.hours.value)]
    if gate.hours.value < 24:
        cases += [(0, 24.0), (1, 24.0)]
    names = ["today", "third_lane", "day_and_night", "both"][: len(cases)]
    rows = [
        (name, float(minutes), (gate.lanes.value + more) * hours * 60 / minutes, round(gate.lanes.value) + more, hours)
        for name, (more, hours) in zip(names, cases, strict=True)
        for minutes in _MINUTES
    ]
    return pl.DataFrame(rows, schema=["case", "minutes", "trucks", "lanes", "hours"], orient="row")


def _capacity_label(row: dict[str, Any]) -> Both:
    minutes, trucks = f"{row['minutes']:.0f}", plain(round(row["trucks"]))
    return Both(
        f"{row['lanes']} lanes, {row['hours']:g} hours, {minutes} minutes: {trucks} a day",
        f"{row['lanes']}条、{row['hours']:g}小时、{minutes}分钟：每天{trucks}辆",
    )


def _draw_capacity(crossing: Crossing, lines: pl.DataFrame, look: Look) -> Any:
    minutes = Both("minutes an inspection", "每车查验分钟数")
    x = alt.X(
        "minutes:Q",
        scale=alt.Scale(type="log", domain=[1, 30], nice=False),
        axis=alt.Axis(title=look.say(minutes), values=[1, 2, 3, 5, 10, 20, 30], grid=False),
    )
    top = float(lines["trucks"].max() or 1)  # type: ignore[arg-type]
    scale = alt.Scale(type="log", domain=[50, max(2000.0, top)], nice=False, clamp=True)
    ticks = [50, 100, 200, 500, 1000, 2000, 5000]
    y = alt.Y("trucks:Q", scale=scale, axis=alt.Axis(title=None, values=ticks, domain=False, ticks=False, format=",d"))
    layers: list[Any] = []
    if crossing.interval is not None:
        _, lower, upper = crossing.interval
        band = alt.Chart(pl.DataFrame({"trucks": [lower], "most": [upper]}))
        layers.append(band.mark_rect(color=theme.ORANGE, opacity=0.12, aria=False).encode(y=y, y2="most:Q"))
    if crossing.vehicles is not None:
        label = look.say(vehicles(crossing.vehicles))
        passes = alt.Chart(pl.DataFrame({"trucks": [crossing.vehicles], "minutes": [30.0], "label": [label]}))
        layers.append(
            passes.mark_rule(color=theme.ORANGE, strokeDash=[6, 4], strokeWidth=2).encode(y=y, description="label:N")
        )
        words = passes.mark_text(align="right", dy=-7, dx=-2, color=theme.ORANGE, fontWeight=700, aria=False)
        layers.append(words.encode(x, y, text="label:N"))
    for place, case in enumerate(lines["case"].unique(maintain_order=True)):
        own = lines.filter(pl.col("case") == case)
        line = alt.Chart(own).mark_line(
            color=theme.SERIES[0] if case == "today" else theme.MUTED,
            strokeWidth=2.5 if case == "today" else 1.2,
            strokeDash=[1, 0] if case == "today" else [[4, 2], [2, 2], [8, 3]][(place - 1) % 3],
            clip=True,
            aria=False,
        )
        layers.append(line.encode(x, y))
    ends = lines.group_by("case", maintain_order=True).agg(pl.all().first()).sort("trucks", descending=True)
    for place, end in enumerate(ends.iter_rows(named=True)):
        last = place == ends.height - 1
        layers.append(_case_name(end, x, y, look, right=place % 2 == 1 and not last, below=place % 2 == 1 or last))
    return alt.layer(*layers, *_published_minutes(crossing, x, y, look))


def _case_name(row: dict[str, Any], x: alt.X, y: alt.Y, look: Look, *, right: bool, below: bool) -> Any:
    """Return the name of a case at an end of its line; of neighbours, which can be close, at different ends."""
    words = look.say(Both(f"{row['lanes']} × {row['hours']:g} h", f"{row['lanes']}条×{row['hours']:g}小时"))
    minutes = _MINUTES[-1] if right else 1.05 * _MINUTES[0]
    trucks = row["trucks"] * row["minutes"] / minutes
    table = pl.DataFrame({"minutes": [float(minutes)], "trucks": [float(trucks)], "name": [words]})
    colour = theme.SERIES[0] if row["case"] == "today" else theme.MUTED
    base = alt.Chart(table).encode(x, y, text="name:N")
    side: dict[str, Any] = {"align": "right", "dx": -2} if right else {"align": "left"}
    side["dy"] = 13 if below else -8
    return alt.layer(*text_with_outline(base, color=colour, fontSize=11, aria=False, **side))


def _published_minutes(crossing: Crossing, x: alt.X, y: alt.Y, look: Look) -> list[Any]:
    """Return the published minutes as a thick stretch of the line of the gate as it is."""
    minutes = crossing.gate.minutes
    if minutes is None or crossing.capacity is None:
        return []
    ends = [float(minutes.low), float(minutes.high)]
    trucks = [crossing.capacity * minutes.value / each for each in ends]
    label = look.say(Both(f"published: {plain(minutes.value)} minutes", f"公布：{plain(minutes.value)}分钟"))
    table = pl.DataFrame({"minutes": ends, "trucks": trucks, "label": [label] * 2})
    base = alt.Chart(table)
    return [
        base.mark_line(color=theme.SERIES[0], strokeWidth=8, opacity=0.55).encode(x, y, description="label:N"),
        *text_with_outline(
            alt.Chart(table.head(1)).encode(x, y, text="label:N"),
            align="left", dx=4, dy=-12, color=theme.SERIES[0], fontSize=11, aria=False,
        ),
    ]  # fmt: skip


def waiting(crossing: Crossing) -> Figure | Undrawn:
    """Return the mean wait by vehicles a day: by formula as a band, and the stored simulations as points."""
    name = port_name(crossing.place, crossing.known.places)
    if crossing.curve.is_empty():
        title = Both(f"{name.en}: waiting time by traffic", f"{name.zh}：等候时间与车流")
        return Undrawn(title, reason_words(crossing.gate.unknown or ""))
    calm, busy = (crossing.curve.row(place, named=True) for place in (0, -1))
    assert crossing.capacity is not None
    filled = fraction_percent(busy["vehicles"] / crossing.capacity)
    title = Both(
        f"{name.en}: at {filled.en} of its capacity trucks wait {duration(busy['exponential']).en}, in a calm "
        f"hour {duration(calm['regular']).en}",
        f"{name.zh}：使用率{filled.zh}时等候{duration(busy['exponential']).zh}，清闲时{duration(calm['regular']).zh}",
    )
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


def _simulated_label(row: dict[str, Any]) -> Both:
    trucks, wait = plain(round(row["arrivals_of_day"])), f"{row['waiting_minutes']:.1f}"
    return Both(f"{trucks} a day, simulated: {wait} minutes", f"每天{trucks}辆，模拟：{wait}分钟")


def _draw_waiting(crossing: Crossing, look: Look) -> Any:
    table = crossing.curve.with_columns(low=pl.col("regular") * 60, high=pl.col("exponential") * 60)
    assert crossing.capacity is not None
    x = alt.X(
        "vehicles:Q",
        scale=alt.Scale(domain=[0, crossing.capacity * 1.02], nice=False),
        axis=alt.Axis(title=look.say(Both("vehicles a day", "每日车辆数")), grid=False, tickCount=6, format=",d"),
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
    label = look.say(vehicles(crossing.vehicles))
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
        return Undrawn(title, reason_words(crossing.traffic))
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
    axis = alt.Axis(title=None, values=ticks, domain=False, ticks=False, format=",d")
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
    limits = [] if crossing.capacity is None else [(crossing.capacity, Both("clears", "通关能力"), [1, 0])]
    if crossing.peak is not None:
        limits.append((float(str(crossing.peak["a_day"])), Both("busiest day", "单日最高"), [6, 4]))
    for limit, words, dash in limits:
        label = f"{look.say(words)} {plain(round(limit))}"
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
    return alt.layer(*layers)


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
    every = all_labels(crossing.measured, _measured_label)
    return Figure(
        title=title,
        notes=(
            Both(
                "Hours of a truck at the crossing, mean of the year, measured by CAREC; in and out are of the country "
                "of "
                "the side measured.",
                "CAREC实测的货车过境小时数，全年平均；出入境以所测一侧国家为准。",
            ),
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_measured(crossing, look),
        height=44 * max(2, crossing.measured.height),
    )


def _measured_label(row: dict[str, Any]) -> Both:
    way, hours = DIRECTIONS[row["direction"]], duration(row["hours"])
    return Both(f"{row['year']}, {way.en}: {hours.en}", f"{row['year']}年{way.zh}：{hours.zh}")


def _draw_measured(crossing: Crossing, look: Look) -> Any:
    rows = crossing.measured.sort("year")
    table = with_labels(rows, _measured_label, look.lang).with_columns(
        pl.Series("name", [look.say(_year_and_way(row)) for row in rows.iter_rows(named=True)]),
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


def _year_and_way(row: dict[str, Any]) -> Both:
    way = DIRECTIONS[row["direction"]]
    return Both(f"{row['year']}, {way.en}", f"{row['year']}年{way.zh}")

"""What a gate clears a day by minutes an inspection, lanes and hours, against what passes."""

import math
from typing import Any

import altair as alt
import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.crossing import Crossing
from analysis.pages.crossing.words import passing_words
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import all_labels
from analysis.pages.words.cells import ZH, Both
from analysis.pages.words.names import port_name
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import plain
from analysis.pages.words.vehicles import vehicles

#: Minutes an inspection on the axis: from a gate that barely stops a truck to one that unloads it.
_MINUTES = np.geomspace(1, 30, 60)

#: Fewest vehicles a day on the axis.
_FEWEST = 50.0

#: Pixels from one name of a line to the next, and to the right of the lines for the names.
_NAME_STEP, _NAME_ROOM = 14, 74


def count_format(look: Look) -> str:
    """Return the format of whole numbers on an axis: with thousands commas in English alone."""
    return "d" if look.lang == ZH else ",d"


def capacity(crossing: Crossing) -> Figure | Undrawn:
    """Return what the gate clears a day by minutes an inspection, against what passes."""
    name, gate = port_name(crossing.place, crossing.known.places), crossing.gate
    if gate.lanes is None or gate.hours is None:
        title = Both(f"{name.en}: what the gate clears a day", f"{name.zh}：每日通关能力")
        return Undrawn(title, reason_words(Reason("gate_not_published")))
    title, lines = _title(crossing, name), _lines(crossing)
    every = all_labels(lines.filter(pl.col("minutes").is_in([_MINUTES[0], _MINUTES[-1]])), _line_label)
    return Figure(
        title=title,
        notes=(_note(crossing),),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw(crossing, lines, look),
    )


def _title(crossing: Crossing, name: Both) -> Both:
    if crossing.vehicles is None:
        return Both(f"{name.en}: what the gate clears a day", f"{name.zh}：每日通关能力")
    passing = passing_words(crossing)
    if crossing.capacity is None:
        allowed = crossing.gate.minutes_allowed(crossing.vehicles)
        return Both(
            f"{name.en}: {passing.en} a day leave {allowed:.1f} minutes for each",
            f"{name.zh}：每天{passing.zh}，每车可用{allowed:.1f}分钟",
        )
    clears, trucks = vehicles(crossing.capacity), plain(round(crossing.capacity))
    if crossing.daily is not None:
        return Both(
            f"{name.en} clears {trucks} trucks a day by formula; {passing.en} pass, as published",
            f"{name.zh}按公式每天可查验{clears.zh}，公布日均通行{passing.zh}",
        )
    return Both(
        f"{name.en} clears {trucks} trucks a day by formula; about {passing.en} are expected",
        f"{name.zh}按公式每天可查验{clears.zh}，估计日均通行{passing.zh}",
    )


def _note(crossing: Crossing) -> Both:
    """Return how to read the chart: axes, lines and their names, and what is set against what."""
    english = ["Trucks a day by minutes an inspection, both axes logarithmic."]
    chinese = ["横轴为每车查验分钟数，纵轴为每日车辆数，均为对数刻度。"]
    what = Both("scanners", "设备数") if crossing.gate.with_scanners else Both("lanes", "通道数")
    english.append(f"Names of the lines: {what.en} × hours open a day.")
    chinese.append(f"线名：{what.zh}×每日开放小时。")
    if crossing.vehicles is not None and crossing.daily is not None:
        english.append("Dashed: vehicles a day as published, both directions, empty ones and cars too.")
        chinese.append("虚线：公布的日均通行车辆，双向，含空车与小型车。")
    elif crossing.vehicles is not None:
        english.append("Dashed: our estimate of the vehicles a day, both directions, empty ones and cars too.")
        chinese.append("虚线：估计的日均通行车辆，双向，含空车与小型车。")
    if crossing.interval is not None:
        english.append("Shaded: 80% interval of our estimate.")
        chinese.append("阴影：估计值的80%区间。")
    if crossing.capacity is not None:
        english.append("Thick stretch: minutes as published.")
        chinese.append("粗线段：公布的查验时间。")
    return Both(" ".join(english), "".join(chinese))


def _lines(crossing: Crossing) -> pl.DataFrame:
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


def _line_label(row: dict[str, Any]) -> Both:
    minutes, trucks = f"{row['minutes']:.0f}", vehicles(row["trucks"])
    return Both(
        f"{row['lanes']} lanes, {row['hours']:g} hours, {minutes} minutes: {plain(round(row['trucks']))} a day",
        f"{row['lanes']}条、{row['hours']:g}小时、{minutes}分钟：每天{trucks.zh}",
    )


def _draw(crossing: Crossing, lines: pl.DataFrame, look: Look) -> Any:
    most = _most_minutes(look)
    x = alt.X(
        "minutes:Q",
        scale=alt.Scale(type="log", domain=[1, most], nice=False),
        axis=alt.Axis(
            title=look.say(Both("minutes an inspection", "每车查验分钟数")), values=[1, 2, 3, 5, 10, 20, 30], grid=False
        ),
    )
    top = max(2000.0, float(lines["trucks"].max() or 1))  # type: ignore[arg-type]
    scale = alt.Scale(type="log", domain=[_FEWEST, top], nice=False, clamp=True)
    ticks = [50, 100, 200, 500, 1000, 2000, 5000]
    axis = alt.Axis(title=None, values=ticks, domain=False, ticks=False, format=count_format(look))
    y = alt.Y("trucks:Q", scale=scale, axis=axis)
    layers: list[Any] = []
    for place, case in enumerate(lines["case"].unique(maintain_order=True)):
        line = alt.Chart(lines.filter(pl.col("case") == case)).mark_line(
            color=theme.SERIES[0] if case == "today" else theme.MUTED,
            strokeWidth=2.5 if case == "today" else 1.2,
            strokeDash=[1, 0] if case == "today" else [[4, 2], [2, 2], [8, 3]][(place - 1) % 3],
            clip=True,
            aria=False,
        )
        layers.append(line.encode(x, y))
    names = _names(lines, top, look)
    return alt.layer(
        *_passing(crossing, lines, x, y, look),
        *layers,
        *_case_names(names, x, y),
        *_published_minutes(crossing, x, y, look),
    )


def _most_minutes(look: Look) -> float:
    """Return the end of the axis: it goes on to the right of the lines, where their names stand."""
    return float(_MINUTES[-1]) * math.exp(math.log(_MINUTES[-1]) * _NAME_ROOM / (look.width - 40 - _NAME_ROOM))


def _passing(crossing: Crossing, lines: pl.DataFrame, x: alt.X, y: alt.Y, look: Look) -> list[Any]:
    """Return the vehicles of the page as a rule with their number, and their interval as a band.

    The number stands at the end of the rule that is farther from where the lines cross it.
    """
    layers: list[Any] = []
    if crossing.interval is not None:
        _, lower, upper = crossing.interval
        band = alt.Chart(pl.DataFrame({"trucks": [lower], "most": [upper]}))
        layers.append(band.mark_rect(color=theme.ORANGE, opacity=0.12, aria=False).encode(y=y, y2="most:Q"))
    if crossing.vehicles is not None:
        label = look.say(passing_words(crossing))
        # A line crosses the rule at its trucks of one minute over the vehicles.
        fewest, most = (
            float(end) / crossing.vehicles for end in lines["trucks"].filter(lines["minutes"] == 1).sort()[[0, -1]]
        )
        left = fewest > _most_minutes(look) / most
        end = 1.0 if left else _most_minutes(look)
        passes = alt.Chart(pl.DataFrame({"trucks": [crossing.vehicles], "minutes": [end], "label": [label]}))
        layers.append(
            passes.mark_rule(color=theme.ORANGE, strokeDash=[6, 4], strokeWidth=2).encode(y=y, description="label:N")
        )
        words = passes.encode(x, y, text="label:N")
        side: dict[str, Any] = {"align": "left", "dx": 4} if left else {"align": "right"}
        side |= {"dy": -7, "fontWeight": 700}
        layers += text_with_outline(words, color=theme.ORANGE, aria=False, **side)
    return layers


def _names(lines: pl.DataFrame, top: float, look: Look) -> pl.DataFrame:
    """Return the name of each case and where it stands: in the order of the lines, none on another."""
    ends = lines.group_by("case", maintain_order=True).agg(pl.all().last()).sort("trucks", "case", descending=True)
    size = math.log(top / _FEWEST)
    heights = [look.height * math.log(top / max(trucks, _FEWEST)) / size for trucks in ends["trucks"]]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + _NAME_STEP)
    for place in reversed(range(len(heights))):
        lowest = look.height - 6 - (len(heights) - 1 - place) * _NAME_STEP
        heights[place] = min(heights[place], lowest)
    words = [
        look.say(Both(f"{row['lanes']} × {row['hours']:g} h", f"{row['lanes']}×{row['hours']:g}小时"))
        for row in ends.iter_rows(named=True)
    ]
    trucks = [top * math.exp(-size * height / look.height) for height in heights]
    return ends.select("case", "minutes").with_columns(pl.Series("trucks", trucks), pl.Series("name", words))


def _case_names(names: pl.DataFrame, x: alt.X, y: alt.Y) -> list[Any]:
    """Return the names of the cases to the right of their lines."""
    layers: list[Any] = []
    for today, colour in ((True, theme.SERIES[0]), (False, theme.MUTED)):
        own = names.filter((pl.col("case") == "today") == today)
        base = alt.Chart(own).encode(x, y, text="name:N")
        side: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 6, "fontSize": 11}
        layers += text_with_outline(base, color=colour, aria=False, **side)
    return layers


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

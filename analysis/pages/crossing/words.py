"""Words that sentences, charts and tables of a gate share."""

import polars as pl

from analysis.desks.crossing import Crossing, WhatIf
from analysis.pages.words.cells import Both, Number
from analysis.pages.words.durations import duration
from analysis.pages.words.partners import partner_words
from analysis.pages.words.published_figures import DIRECTIONS
from analysis.pages.words.rounding import plain, with_relation
from analysis.pages.words.vehicles import vehicles

_COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED_ZH = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

_WAYS = {"inbound": ("into", "进入"), "outbound": ("out of", "驶出")}

VERDICTS = {
    "exceeded": Both("exceeded", "已超过"),
    "not_exceeded": Both("not exceeded", "未超过"),
    "kept": Both("reached", "已达到"),
    "not_kept": Both("not reached by then", "当时未达到"),
    "no_figure": Both("no figure since", "其后无数字"),
}


def lanes_words(crossing: Crossing) -> Both:
    """Return how many lanes or scanners there are: `two H986 scanners`, `两台H986查验设备`."""
    lanes = crossing.gate.lanes
    assert lanes is not None
    count = round(lanes.value)
    english = _COUNTED[count] if count < len(_COUNTED) else str(count)
    chinese = _COUNTED_ZH[count] if count < len(_COUNTED_ZH) else str(count)
    if crossing.gate.with_scanners:
        return Both(f"{english} H986 scanner{'s' if count != 1 else ''}", f"{chinese}台H986查验设备")
    beyond = neighbour(crossing)
    across = Both(f" in {beyond.en}", f"{beyond.zh}一侧") if crossing.gate.across else Both("", "")
    return Both(f"{english} inspection lane{'s' if count != 1 else ''}{across.en}", f"{across.zh}{chinese}条查验通道")


def neighbour(crossing: Crossing) -> Both:
    """Return the country across the border, `Kyrgyzstan`; without one in the register `the neighbouring country`."""
    ports = crossing.known.places.ports.filter(pl.col("port") == crossing.place)
    country = str(ports["neighbour_country"][0] or "") if ports.height else ""
    if not country:
        return Both("the neighbouring country", "邻国")
    words = partner_words(country.lower().replace(" ", "_"), crossing.known.places)
    return words if words.zh != words.en else Both(country, country)


def way_words(leg: str, direction: str, crossing: Crossing) -> Both:
    """Return the direction of a measured crossing with the country of the side measured: `into Kyrgyzstan`.

    Parameters
    ----------
    leg
        Of the register of ways: `Irkeshtam (Kyrgyz side)`; without a side the country stays unnamed.
    direction
        `inbound`, `outbound` or `both`.
    crossing
        The gate.
    """
    if "side)" not in leg or direction not in _WAYS:
        return DIRECTIONS[direction]
    country = partner_words("china", crossing.known.places) if "Chinese side" in leg else neighbour(crossing)
    english, chinese = _WAYS[direction]
    return Both(f"{english} {country.en}", f"{chinese}{country.zh}")


def passing_words(crossing: Crossing) -> Number:
    """Return the vehicles a day that the page computes with, as far as they are known: `about 450 vehicles`."""
    assert crossing.vehicles is not None
    if crossing.daily is not None:
        return with_relation(vehicles(crossing.vehicles), crossing.daily["relation"])
    assert crossing.interval is not None
    return vehicles(*crossing.interval)


def passing_half_width(crossing: Crossing) -> float:
    """Return half the width of what is known of the vehicles a day, for the digits of what is computed from them."""
    if crossing.daily is not None:
        return float(crossing.daily["half_width"] or 0.0)
    return 0.0 if crossing.interval is None else (crossing.interval[2] - crossing.interval[1]) / 2


def wait_words(regular: float, random: float) -> Both:
    """Return the wait between regular and exponential inspections, hours: `24 to 47 minutes`, `24至47分钟`."""
    low, high = duration(regular), duration(random)
    if low.en == high.en:
        return Both(low.en, low.zh)
    for name, unit in (("minutes", "分钟"), ("hours", "小时"), ("days", "天")):
        if low.en.endswith(f" {name}") and high.en.endswith(f" {name}"):
            return Both(f"{low.en.removesuffix(f' {name}')} to {high.en}", f"{low.zh.removesuffix(unit)}至{high.zh}")
    return Both(f"{low.en} to {high.en}", f"{low.zh}至{high.zh}")


def hours_words(hours: float) -> Both:
    """Return the opening hours: `24 hours a day`, `每天24小时`."""
    words = plain(hours)
    return Both(f"{words} hours a day", f"每天{words}小时")


def case_words(crossing: Crossing, case: WhatIf) -> Both:
    """Return a case in few words, for a column: `3 scanners, 12 h`; `3台查验设备，12小时`."""
    gate = crossing.gate
    assert gate.lanes is not None
    assert gate.hours is not None
    count = round(gate.lanes.value) + (case.name in ("third_lane", "both"))
    hours = plain(24.0 if case.name in ("day_and_night", "both") else gate.hours.value)
    if case.name == "by_hand":
        return Both(f"by hand, {count} lanes, {hours} h", f"人工查验，{count}条通道，{hours}小时")
    if gate.with_scanners:
        return Both(f"{count} scanner{'s' if count != 1 else ''}, {hours} h", f"{count}台查验设备，{hours}小时")
    return Both(f"{count} lane{'s' if count != 1 else ''}, {hours} h", f"{count}条通道，{hours}小时")

"""Words that sentences, charts and tables of a gate share."""

from analysis.desks.crossing import Crossing, WhatIf
from analysis.pages.words.cells import Both
from analysis.pages.words.rounding import plain

_COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED_ZH = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

VERDICTS = {
    "exceeded": Both("exceeded", "已超过"),
    "not_exceeded": Both("not exceeded", "未超过"),
    "kept": Both("reached", "已达到"),
    "not_kept": Both("not reached by then", "当时未达到"),
    "no_figure": Both("no figure since", "其后无数字"),
}


def lanes_words(crossing: Crossing, *, more: int = 0) -> Both:
    """Return how many lanes or scanners there are: `two scanners`, `两台扫描设备`."""
    lanes = crossing.gate.lanes
    assert lanes is not None
    count = round(lanes.value) + more
    english = _COUNTED[count] if count < len(_COUNTED) else str(count)
    chinese = _COUNTED_ZH[count] if count < len(_COUNTED_ZH) else str(count)
    if crossing.gate.with_scanners:
        return Both(f"{english} scanner{'s' if count != 1 else ''}", f"{chinese}台H986查验设备")
    across = Both(" on the other side", "对方口岸") if crossing.gate.across else Both("", "")
    return Both(f"{english} inspection lane{'s' if count != 1 else ''}{across.en}", f"{across.zh}{chinese}条查验通道")


def hours_words(hours: float) -> Both:
    """Return the opening hours: `24 hours a day`, `每天24小时`."""
    words = plain(hours)
    return Both(f"{words} hours a day", f"每天{words}小时")


def case_words(crossing: Crossing, case: WhatIf) -> Both:
    """Return a case in words: `three scanners, 12 hours a day`."""
    gate = crossing.gate
    assert gate.hours is not None
    lanes = lanes_words(crossing, more=1 if case.name in ("third_lane", "both") else 0)
    hours = hours_words(24.0 if case.name in ("day_and_night", "both") else gate.hours.value)
    if case.name == "by_hand":
        assert gate.lanes is not None
        count = round(gate.lanes.value)
        return Both(f"by hand in {count} lanes, {hours.en}", f"{count}条通道人工查验，{hours.zh}")
    return Both(f"{lanes.en}, {hours.en}", f"{lanes.zh}，{hours.zh}")

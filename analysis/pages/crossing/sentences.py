"""The three sentences of a gate: what passes and what it clears, how long trucks wait, and what comes."""

import math
from dataclasses import replace
from typing import Any

from analysis.core.reasons import Reason
from analysis.desks.crossing import Crossing
from analysis.desks.crossing.traffic import first_month_above
from analysis.pages.crossing.words import hours_words, lanes_words, passing_words, way_words
from analysis.pages.parts.sentences import Sentences
from analysis.pages.words.cells import Both, Part, join_cells
from analysis.pages.words.dates import date_words, month_words, year_words
from analysis.pages.words.durations import duration, duration_interval, minutes_a_truck
from analysis.pages.words.names import port_name
from analysis.pages.words.phrases import likelihood_clause
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import percent, plain, with_relation
from analysis.pages.words.vehicles import vehicles, vehicles_interval

#: From this ratio of its ends on an interval needs a word why it is so wide.
_WIDE = 2.0


def summary(crossing: Crossing) -> Sentences:
    """Return what passes and what the gate clears, how long trucks wait, and when the traffic outgrows it."""
    return Sentences((_traffic(crossing), _waiting(crossing), _outlook(crossing)))


def _traffic(crossing: Crossing) -> Both:
    passing, clears = _passing(crossing), _clears(crossing)
    return Both(join_cells(passing.en, "; ", clears.en, "."), join_cells(passing.zh, "；", clears.zh, "。"))


def _passing(crossing: Crossing) -> Both:
    name, month = port_name(crossing.place, crossing.known.places), month_words(crossing.edition.month)
    if crossing.daily is not None:
        row = crossing.daily
        number = passing_words(crossing).cite(crossing.vehicle_ids)
        number = replace(number, en=f"{number.en[0].upper()}{number.en[1:]}")
        return Both(
            (number, f" a day passed {name.en} in {_month_of(row).en}, as published"),
            (f"据公布，{_month_of(row).zh}{name.zh}日均通行", number),
        )
    if crossing.interval is None:
        day = date_words(crossing.known.as_of)
        return Both(
            f"By {day.en} nothing was published that fixes how many vehicles pass {name.en}",
            f"截至{day.zh}公布的内容不足以确定{name.zh}的通行车辆数",
        )
    median, lower, upper = crossing.interval
    number = vehicles(median, lower, upper).cite(crossing.vehicle_ids)
    span, why = vehicles_interval(median, lower, upper).cite(crossing.vehicle_ids), _why_wide(crossing)
    return Both(
        ("We put the traffic of ", f"{name.en} in {month.en} at ", number, " a day (80%: ", span, f"{why.en})"),
        (f"估计{month.zh}{name.zh}日均通行", number, "（80%区间", span, f"{why.zh}）"),
    )


def _why_wide(crossing: Crossing) -> Both:
    """Return why the interval of the vehicles is wide, where it is: since when nothing was counted."""
    newest = crossing.newest_count
    if crossing.interval is None or newest is None or crossing.interval[2] < _WIDE * crossing.interval[1]:
        return Both("", "")
    month = month_words(newest)
    return Both(
        f", so wide because no total of vehicles after {month.en} was published",
        f"，区间较宽，因{month.zh}之后没有公布过车辆总数",
    )


def _month_of(row: dict[str, Any]) -> Both:
    return month_words(row["period_end"])


def _clears(crossing: Crossing) -> Both:
    gate = crossing.gate
    if gate.lanes is None or gate.hours is None:
        return Both(
            "lanes, minutes of an inspection and opening hours were not all published, so that no capacity can be "
            "computed",
            "通道数、查验时间、开放时间没有全部公布，无法计算通关能力",
        )
    lanes, hours, dated = lanes_words(crossing), hours_words(gate.hours.value), _dated(crossing)
    if crossing.capacity is not None and gate.minutes is not None:
        capacity = vehicles(crossing.capacity).cite(gate.ids)
        minutes = plain(gate.minutes.value)
        return Both(
            (f"{lanes.en} at {minutes} minutes a truck, open {hours.en}{dated.en}, clear ", capacity, " a day"),
            (f"{lanes.zh}每车{minutes}分钟、{hours.zh}{dated.zh}，每天可查验", capacity),
        )
    if crossing.vehicles is None:
        return Both(
            f"nor how long {lanes.en}, open {hours.en}{dated.en}, take for a truck",
            f"{lanes.zh}、{hours.zh}{dated.zh}，每车查验时间也没有公布",
        )
    minutes_allowed = gate.minutes_allowed(crossing.vehicles)
    assert minutes_allowed is not None
    allowed = minutes_a_truck(minutes_allowed).cite([*gate.ids, *crossing.vehicle_ids])
    return Both(
        (f"{lanes.en}, open {hours.en}{dated.en}, clear them only if an inspection takes no longer than ", allowed,
         ": how long it took had not been published"),
        (f"{lanes.zh}、{hours.zh}{dated.zh}，只有每车查验不超过", allowed, "才能放完；实际查验时间没有公布"),
    )  # fmt: skip


def _dated(crossing: Crossing) -> Both:
    """Return of which month the figures of the gate are that are older than a year: ` (hours as of December 2020)`."""
    gate = crossing.gate
    parts = (
        (gate.lanes, Both("scanners", "设备数") if gate.with_scanners else Both("lanes", "通道数")),
        (gate.minutes, Both("minutes", "查验时间")),
        (gate.hours, Both("hours", "开放时间")),
    )
    year_ago = crossing.edition.month.replace(year=crossing.edition.year - 1)
    old = [
        (what, month_words(figure.since)) for figure, what in parts if figure is not None and figure.since < year_ago
    ]
    if not old:
        return Both("", "")
    english = ", ".join(f"{what.en} as of {month.en}" for what, month in old)
    chinese = "，".join(f"{what.zh}截至{month.zh}" for what, month in old)
    return Both(f" ({english})", f"（{chinese}）")


def _waiting(crossing: Crossing) -> Both:
    told = _wait_of_model(crossing)
    measured = _newest_measured(crossing)
    return Both(join_cells(told.en, measured.en, "."), join_cells(told.zh, measured.zh, "。"))


def _wait_of_model(crossing: Crossing) -> Both:
    found, ids = crossing.wait, [*crossing.gate.ids, *crossing.vehicle_ids]
    if found is None:
        reason = reason_words(
            (crossing.traffic if isinstance(crossing.traffic, Reason) else crossing.gate.unknown) or ""
        )
        return Both(f"How long trucks wait cannot be computed: {reason.en}", f"等候时间无从计算：{reason.zh}")
    chance = percent(found.full).cite(ids)
    if math.isinf(found.median):
        return Both(
            ("More trucks come than the formula lets the gate clear (chance ", chance,
             "), so that the queue would grow day by day"),
            ("按公式，来车多于可查验车辆（概率", chance, "），队伍将逐日变长"),
        )  # fmt: skip
    if math.isinf(found.upper):
        number = duration(found.median).cite(ids)
        return Both(
            ("At that traffic inspection and the wait for it take ", number, " on average, but with a chance of ",
             chance, " more trucks come than can be cleared, and the queue grows day by day"),
            ("在此车流下，查验连同等候平均需", number, "，但来车多于可查验车辆、队伍逐日变长的概率为", chance),
        )  # fmt: skip
    ends = (found.median, found.lower, found.upper)
    number, span = duration(*ends).cite(ids), duration_interval(*ends).cite(ids)
    return Both(
        ("At that traffic inspection and the wait for it take ", number, " on average (80%: ", span, ")"),
        ("在此车流下，查验连同等候平均需", number, "（80%区间", span, "）"),
    )


def _newest_measured(crossing: Crossing) -> Both:
    """Return the newest time that CAREC measured at the crossing, as a clause."""
    if crossing.measured.is_empty():
        return Both("", "")
    row = crossing.measured.sort("year").row(-1, named=True)
    number, year = duration(row["hours"]).cite([row["statement_id"]]), year_words(row["year"])
    way = way_words(row["leg"], row["direction"], crossing)
    return Both(
        ("; CAREC measured ", number, f" at this border in {year.en} (trucks, {way.en})"),
        (f"；中亚区域经济合作（CAREC）{year.zh}在该边境实测", number, f"（货车，{way.zh}）"),
    )


def _outlook(crossing: Crossing) -> Both:
    if crossing.full.is_empty():
        return Both(
            "When the gate will be full cannot be said: how many vehicles pass is not known.",
            "车流不明，无从判断何时超过通关能力。",
        )
    if crossing.capacity is None:
        return _with_more(crossing)
    month, chance = crossing.full.select("time_period", "capacity").row(-1)
    number = percent(chance).cite([*crossing.gate.ids, *crossing.vehicle_ids])
    words, when = likelihood_clause(chance), month_words(month)
    chances = crossing.full.select("time_period", probability="capacity")
    first, already = first_month_above(chances), _already(crossing)
    english: list[Part] = [
        f"{str(words.en).capitalize()} (", number, f") that more come in {when.en} than the gate clears; ",
    ]  # fmt: skip
    chinese: list[Part] = [f"{when.zh}来车多于通关能力的{words.zh}（概率", number, "）；"]
    if first is None:
        english.append(f"from here on no month to {when.en} is as likely full as not{already.en}")
        chinese.append(f"自本期起至{when.zh}没有一个月的概率达到一半{already.zh}")
    else:
        english.append(
            f"from here on the first month that is as likely full as not is {month_words(first).en}{already.en}"
        )
        chinese.append(f"自本期起概率首次达到一半的是{month_words(first).zh}{already.zh}")
    if crossing.peak is not None and crossing.peak["a_day"] > crossing.capacity:
        best = with_relation(vehicles(crossing.peak["a_day"]), crossing.peak["relation"])
        best = best.cite([crossing.peak["statement_id"]])
        english += [". The busiest day published, ", best, ", lies above the formula: not every vehicle is "
                    "inspected, or more lanes work than were published"]  # fmt: skip
        chinese += ["。已公布的单日最高为", best, "，高于公式：并非每辆车都经查验，或实际通道多于公布数"]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _already(crossing: Crossing) -> Both:
    """Return how many of the twelve months before were as likely full as not, as a clause; nothing where none was."""
    months = crossing.full_before["time_period"].to_list()
    if not months:
        return Both("", "")
    newest = month_words(months[-1])
    if len(months) == 1:
        return Both(f", but {newest.en} already was", f"，但此前{newest.zh}已达到一半")
    return Both(
        f", but {len(months)} of the 12 months before already were, the last of them {newest.en}",
        f"，但此前12个月中已有{len(months)}个月达到一半，最近为{newest.zh}",
    )


def _with_more(crossing: Crossing) -> Both:
    """Return what more lanes and longer hours would leave for an inspection, where no capacity is known."""
    allowed = {case.name: case.minutes_allowed for case in crossing.what_ifs if case.minutes_allowed is not None}
    ids = [*crossing.gate.ids, *crossing.vehicle_ids]
    if "third_lane" not in allowed:
        return Both(
            "When the traffic will outgrow the gate cannot be said without its capacity.",
            "通关能力不明，无从判断何时饱和。",
        )
    third = minutes_a_truck(allowed["third_lane"]).cite(ids)
    more = Both("scanner", "台查验设备") if crossing.gate.with_scanners else Both("lane", "条通道")
    english: list[Part] = [f"One {more.en} more would leave ", third, " a truck"]
    chinese: list[Part] = [f"增加一{more.zh}可使每车有", third]
    if "day_and_night" in allowed:
        night, both = (minutes_a_truck(allowed[name]).cite(ids) for name in ("day_and_night", "both"))
        english += [", clearance day and night ", night, ", both together ", both]
        chinese += ["，昼夜通关可有", night, "，两者并举可有", both]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))

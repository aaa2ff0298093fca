"""The table of a gate with one thing changed: how long trucks wait, how full it is, what it clears."""

import math

from analysis.desks.crossing import Crossing, WhatIf
from analysis.pages.crossing.words import case_words, passing_half_width, wait_words
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number, join_cells
from analysis.pages.words.durations import duration
from analysis.pages.words.phrases import series
from analysis.pages.words.quantities import whole
from analysis.pages.words.rounding import fraction_percent
from analysis.pages.words.vehicles import vehicles, vehicles_interval


def what_ifs(crossing: Crossing) -> Table | Note:
    """Return the gate as it is and with one thing changed: what it clears, how full it is, how long trucks wait."""
    if not crossing.what_ifs:
        return Note(
            Both(
                "What another lane or longer hours would change cannot be said: lanes, hours or vehicles were not "
                "published.",
                "通道数、开放时间或车辆数没有公布，无从说明增加通道或延长开放的作用。",
            )
        )
    full = crossing.capacity is not None
    heads = (
        Both("Gate", "条件"),
        *(
            (Both("Mean wait", "平均等候"), Both("#How full", "#使用率"), Both("#Trucks a day", "#每日查验能力"))
            if full
            else ()
        ),
        Both("#Allowed", "#允许时间"),
        *((Both("#To rail", "#需转铁路"),) if full else ()),
    )
    return Table(
        name=Both("What if", "情景"),
        caption=_what_if_caption(crossing, full=full),
        columns=heads,
        rows=tuple(_what_if(crossing, case, full=full) for case in crossing.what_ifs),
        notes=_what_if_notes(crossing, full=full),
    )


def _what_if_caption(crossing: Crossing, *, full: bool) -> Both:
    """Return what the rows and columns of the table change, and nothing else."""
    named = {case.name for case in crossing.what_ifs}
    things = [Both("another lane", "增加通道")]
    if crossing.gate.with_scanners:
        things = [Both("another scanner", "增加查验设备")]
    if "day_and_night" in named:
        things.append(Both("longer hours", "延长开放"))
    if "by_hand" in named:
        things.append(Both("inspection by hand", "人工查验"))
    if full:
        things.append(Both("trucks on rail", "转铁路"))
    listed = series(things)
    return Both(f"What {listed.en} would change", f"{listed.zh}的作用")


def _what_if_notes(crossing: Crossing, *, full: bool) -> tuple[Cell, ...]:
    allowed = Both(
        "Gate: how many inspect at once, hours open a day. Allowed: the longest inspection that clears the traffic, in "
        "minutes: lanes × hours × 60 / vehicles a day.",
        "条件为同时查验数与每日开放小时。允许时间为能放完车流的最长查验时间（分钟），即通道数×开放小时×60÷日均车辆。",
    )
    if not full:
        return (
            allowed,
            Both(
                "The minutes of an inspection were not published: no capacity is computed.",
                "查验时间没有公布，不计算通关能力。",
            ),
        )
    return (
        Both(
            "How full: vehicles over trucks that can be cleared. Trucks a day: in brackets by the ends of the printed "
            "minutes. The wait is for the inspection alone; trucks come at random, day and night; from inspections "
            "that all take the same to exponential ones; where more come than can be cleared the queue grows. To "
            "rail: the share of the trucks that would have to take the train for the gate to be at most 80% full.",
            "使用率=日均车辆÷查验能力。查验能力括号内按公布分钟数的上下端计算。等候仅指查验，来车昼夜随机。由查验时间固定至指数分布；来车多于查验能力则队伍逐日增加。"
            "需转铁路：使使用率不超过八成须改走铁路的车辆比例。",
        ),
        *_wait_of_sentence(crossing),
        allowed,
    )


def _wait_of_sentence(crossing: Crossing) -> tuple[Cell, ...]:
    """Return why the sentence above the tables has another time than the rows of the gate as it is."""
    if crossing.wait is None or math.isinf(crossing.wait.median):
        return ()
    number = duration(crossing.wait.median).cite([*crossing.gate.ids, *crossing.vehicle_ids])
    return (
        Both(
            ("The rows take the traffic at its median and the printed minutes. The ", number, " of the second sentence "
             "are the median over all that is not known of both, and hold the inspection too."),
            ("各行按车流中位数与公布的分钟数计算；第二句的", number, "为两者一切可能取值下的中位数，并含查验本身。"),
        ),
    )  # fmt: skip


def _what_if(crossing: Crossing, case: WhatIf, *, full: bool) -> tuple[Cell, ...]:
    ids = [*crossing.gate.ids, *crossing.vehicle_ids]
    allowed: Cell = ""
    if case.minutes_allowed is not None:
        words = f"{case.minutes_allowed:.1f}"
        allowed = Number(words, words, (case.minutes_allowed,)).cite(ids)
    if not full:
        return (case_words(crossing, case), allowed)
    assert case.capacity is not None
    assert case.capacity_low is not None
    assert case.capacity_high is not None
    span = vehicles_interval(case.capacity, case.capacity_low, case.capacity_high)
    trucks = join_cells(whole(round(case.capacity)).cite(ids), Both(f" ({span.en})", f"（{span.zh}）"))
    share = "" if case.utilisation is None else fraction_percent(case.utilisation).cite(ids)
    rail = "" if case.to_rail is None else fraction_percent(case.to_rail).cite(ids)
    return (case_words(crossing, case), _wait(crossing, case, ids), share, trucks, allowed, rail)


def _wait(crossing: Crossing, case: WhatIf, ids: list[str]) -> Cell:
    if case.waiting is not None:
        words = wait_words(*case.waiting)
        return Number(str(words.en), str(words.zh), case.waiting).cite(ids)
    if case.growth is None:
        return ""
    half = passing_half_width(crossing)
    grows = vehicles(case.growth, case.growth - half, case.growth + half).cite(ids)
    return Both(("grows by ", grows, " a day"), ("每天增加", grows))

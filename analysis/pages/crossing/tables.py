"""The tables of a gate: what would change it, capacities and promises, CAREC beside the model, and the facts."""

from typing import Any

import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.crossing import Crossing
from analysis.pages.crossing.what_if_table import what_ifs
from analysis.pages.crossing.words import VERDICTS, passing_words, way_words
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link
from analysis.pages.words.dates import date_words, month_words, span_words
from analysis.pages.words.durations import duration, duration_interval
from analysis.pages.words.names import publisher_words, short_name
from analysis.pages.words.phrases import series
from analysis.pages.words.published_amounts import published_amount, published_figure
from analysis.pages.words.published_figures import parameter_words
from analysis.pages.words.quantities import whole
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import (
    as_published,
    dollars,
    percent,
    plain,
    ratio,
)

__all__ = ["claims", "elsewhere", "facts", "full_months", "measured", "what_ifs"]

_NONE = Both("none", "无")

#: What the traffic of a month is compared with, by the column of `Crossing.full`.
_LIMITS = {
    "capacity": Both("#Over the capacity", "#超过通关能力"),
    "peak": Both("#Over the busiest day", "#超过单日最高"),
}

#: The same in the caption of the table.
_LIMITS_IN_WORDS = {
    "capacity": Both("the gate clears by formula", "公式通关能力"),
    "peak": Both("on the busiest day published", "已公布的单日最高"),
}


def full_months(crossing: Crossing) -> Table | Note:
    """Return the probability by quarter's last month that more come than the gate clears, or than its busiest day."""
    if crossing.full.is_empty() or (crossing.capacity is None and crossing.peak is None):
        return Note(
            Both(
                "When the gate will be full is not computed: neither a capacity nor a busiest day was published, or no "
                "vehicles.",
                "没有公布通关能力或单日最高，或车辆数不明，不计算何时饱和。",
            )
        )
    rows = crossing.full.filter(
        (pl.col("time_period").dt.month() % 3 == 0) | (pl.col("time_period") == crossing.edition.month)
    )
    ids = [*crossing.gate.ids, *crossing.vehicle_ids]
    limits = [limit for limit in _LIMITS if rows[limit].is_not_null().any()]
    than = series([_LIMITS_IN_WORDS[limit] for limit in limits])
    missing = Both("", "")
    if "capacity" not in limits:
        missing = Both(
            " There is no capacity by formula beside it: lanes, minutes or hours were not published.",
            "无公式通关能力可对照：通道数、查验时间或开放时间没有公布。",
        )
    elif "peak" not in limits:
        missing = Both(" No busiest day was published.", "没有公布过单日最高。")
    return Table(
        name=Both("Full months", "饱和概率"),
        caption=Both(f"Probability that more vehicles come a day than {than.en}", f"日均来车多于{than.zh}的概率"),
        columns=(Both("Month", "月份"), *(_LIMITS[limit] for limit in limits)),
        rows=tuple(
            (
                month_words(row["time_period"]),
                *("" if row[limit] is None else percent(row[limit]).cite(ids) for limit in limits),
            )
            for row in rows.iter_rows(named=True)
        ),
        notes=(
            Both(
                f"From the draws of the port's own path and forecast.{missing.en}",
                f"根据本口岸车辆路径与预测的模拟结果。{missing.zh}",
            ),
        ),
    )


def claims(crossing: Crossing) -> Table | Note:
    """Return each published capacity and promise with the most that passed since, and the verdict."""
    if crossing.claims.is_empty():
        return Note(
            Both(
                "No capacity or promise that is beyond doubt was published for this gate.",
                "没有公布过本口岸可采信的通关能力或承诺。",
            )
        )
    return Table(
        name=Both("Capacities and promises", "能力与承诺"),
        caption=Both(
            "Published capacities and promises, and the most that passed on a day since",
            "公布的通关能力与承诺，及其后单日最多通行",
        ),
        columns=(
            Both("What was said", "表述"), Both("A day", "每日"), Both("Verdict", "结果"),
            Both("Most published since", "其后公布的最多数"), Both("From", "自"),
        ),
        rows=tuple(_claim(row, crossing) for row in crossing.claims.iter_rows(named=True)),
        notes=(
            Both(
                "A capacity that was exceeded is a figure of a plan, not a limit. Promises of trucks one way are "
                "compared "
                "with what the post let in, not with vehicles of both directions.",
                "已被超过的“能力”只是规划数，并非上限。单向货车承诺只与口岸放行数对照，不与双向车辆对照。",
            ),
        ),
    )  # fmt: skip


def _claim(row: dict[str, Any], crossing: Crossing) -> tuple[Cell, ...]:
    passed: Cell = ""
    if row["passed_id"] is not None:
        number = published_amount(row["passed_as_published"], "eq", row["passed"], "vehicles/day").cite(
            [row["passed_id"]]
        )
        span = span_words(row["passed_start"], row["passed_end"])
        passed = Both((number, f", {span.en}"), (f"{span.zh}，", number))
    return (
        Link.to(row["statement_id"], parameter_words(row["port"], row["parameter"], crossing.known.places)),
        published_figure(row),
        VERDICTS[row["verdict"]],
        passed,
        date_words(row["since"]),
    )


_LACKS = Both(
    "The model knows the inspection and the wait for it. It lacks papers, weighing, quarantine, transshipment, the "
    "other side of the border, quotas (2020 to 2022) and queues that were told to wait at home: a measured time above "
    "it is not explained by inspection.",
    "模型只含查验及其等候，不含单证、过磅、检疫、换装、对方口岸、2020至2022年的限额，以及在外等候的预约车辆：高于模型的实测时间不能用查验解释。",
)


def measured(crossing: Crossing) -> Table | Note:
    """Return CAREC's hours and dollars at the crossing, the model's interval of the same year, and what it lacks.

    Where nothing was measured and the model has no interval either, only what it lacks is said.
    """
    if crossing.measured.is_empty() and crossing.costs.is_empty() and crossing.wait is None:
        return Note(_lacks(crossing))
    return Table(
        name=Both("Measured times", "实测时间"),
        caption=Both(
            "What CAREC measured at the crossing, beside the model", "CAREC实测的过境时间与费用，与模型对照"
        ),
        columns=(
            Both("Year and direction", "年份与方向"), Both("#Measured", "#实测"), Both("Model, 80%", "模型80%区间"),
            Both("Verdict", "对照"),
        ),
        rows=(
            *(_measured(row, crossing) for row in crossing.measured.iter_rows(named=True)),
            *(_cost(row, crossing) for row in crossing.costs.iter_rows(named=True)),
            _model_now(crossing),
        ),
        notes=(
            _lacks(crossing),
        ),
    )  # fmt: skip


def _lacks(crossing: Crossing) -> Both:
    """Return what the model lacks, and what the page of the ways counts at this border instead."""
    leg = crossing.of_ways
    if leg is None or leg.leg.hours is None:
        return _LACKS
    ends = (leg.leg.hours.median, leg.leg.hours.quantile(0.1), leg.leg.hours.quantile(0.9))
    number = duration(*ends).cite(leg.hour_ids)
    return Both(
        (str(_LACKS.en), " The page of the ways counts ", number, f" at “{leg.name_en}”: measured times of all that a "
         "truck waits for, of which inspection is a part."),
        (str(_LACKS.zh), f"路线页对“{leg.name_zh}”计", number, "，依据货车过境全部环节的实测时间，查验只是一部分。"),
    )  # fmt: skip


def _measured(row: dict[str, Any], crossing: Crossing) -> tuple[Cell, ...]:
    hours = duration(row["hours"]).cite([row["statement_id"]])
    way = way_words(row["leg"], row["direction"], crossing)
    first = (Both(f"{row['year']}, {way.en}", f"{row['year']}年，{way.zh}"), hours)
    if row["reason"]:
        return (*first, _NONE, reason_words(row["reason"]))
    ends = (row["median"], row["lower"], row["upper"])
    span = duration_interval(*ends).cite(crossing.gate.ids)
    verdict = Both("inside", "在区间内") if row["inside"] else Both("outside: see below", "在区间外，见下注")
    return (*first, span, verdict)


def _cost(row: dict[str, Any], crossing: Crossing) -> tuple[Cell, ...]:
    cost = dollars(row["value"]).cite([row["statement_id"]])
    way = way_words(row["leg"], row["direction"], crossing)
    return (Both(f"{row['year']}, cost, {way.en}", f"{row['year']}年，费用，{way.zh}"), cost, _NONE, "")


def _model_now(crossing: Crossing) -> tuple[Cell, ...]:
    """Return the model's interval of the edition's month, which CAREC has not measured."""
    when, found = month_words(crossing.edition.month), crossing.wait
    month = Both(f"{when.en}, both directions", f"{when.zh}，双向")
    if found is None:
        reason = crossing.traffic if isinstance(crossing.traffic, Reason) else crossing.gate.unknown
        return (month, _NONE, _NONE, reason_words(reason or ""))
    ids = [*crossing.gate.ids, *crossing.vehicle_ids]
    low = duration(found.lower).cite(ids)
    if found.full >= 0.1:
        grows = Both(("from ", low, " to a queue that grows day by day"), ("最少", low, "，最多为逐日变长的队伍"))
        return (month, _NONE, grows, Both("not measured", "无实测"))
    span = duration_interval(found.median, found.lower, found.upper).cite(ids)
    return (month, _NONE, span, Both("not measured", "无实测"))


def facts(crossing: Crossing) -> Table:
    """Return what was published about the gate, its trucks and its drivers."""
    return Table(
        name=Both("Facts", "公布事实"),
        caption=Both("What was published about this gate", "关于本口岸通关的公布事实"),
        columns=(Both("What", "项目"), Both("Figure", "数字"), Both("Period", "时期"), Both("Source", "出处")),
        rows=(
            *_scanners(crossing),
            *(_load(row) for row in crossing.loads.tail(1).iter_rows(named=True)),
            *(_trip(row, crossing) for row in crossing.trips.iter_rows(named=True) if row["ledger"]),
            *(_figure(row, crossing) for row in crossing.figures.iter_rows(named=True)),
        ),
        notes=_drivers(crossing),
    )


def elsewhere(crossing: Crossing) -> Table:
    """Return what was published about other gates."""
    return Table(
        name=Both("Other gates", "其他口岸"),
        caption=Both("What was published about other gates", "其他口岸的公布事实"),
        columns=(Both("What", "项目"), Both("Figure", "数字"), Both("Period", "时期"), Both("Source", "出处")),
        rows=tuple(
            _figure(row, crossing) for row in crossing.elsewhere.sort("port", "parameter").iter_rows(named=True)
        ),
    )


def _figure(row: dict[str, Any], crossing: Crossing) -> tuple[Cell, ...]:
    doubt = Both(" (doubtful)", "（存疑）") if row["status"] == "doubtful" else Both("", "")
    what = parameter_words(row["port"], row["parameter"], crossing.known.places)
    return (
        Both(f"{what.en}{doubt.en}", f"{what.zh}{doubt.zh}"),
        published_amount(row["value_as_published"], "eq", row["value"], row["unit"]),
        _span(row["period_start"], row["period_end"]),
        Link(publisher_words(row["publisher"]), row["url"]) if row["url"] else publisher_words(row["publisher"]),
    )


def _span(start: Any, end: Any) -> Both:
    """Return a period that may be open on one side."""
    if start and end:
        return span_words(start, end)
    if start:
        return Both(f"from {date_words(start).en}", f"自{date_words(start).zh}")
    return Both(f"to {date_words(end).en}", f"截至{date_words(end).zh}") if end else Both("", "")


def _scanners(crossing: Crossing) -> list[tuple[Cell, ...]]:
    lanes = crossing.gate.lanes
    if lanes is None or not crossing.gate.with_scanners:
        return []
    name = short_name(crossing.place, crossing.known.places)
    what = Both(f"{name.en}, H986 scanners, images read by software", f"{name.zh}，H986查验设备，图像由软件识别")
    row = crossing.known.statements.row(by_predicate=pl.col("statement_id") == lanes.statement_id, named=True)
    number = published_figure(row)
    return [(what, number, date_words(lanes.since), Link.to(lanes.statement_id, publisher_words(row["publisher"])))]


def _load(row: dict[str, Any]) -> tuple[Cell, ...]:
    ids = [row["freight_id"], row["vehicles_id"]]
    load = ratio(row["ratio"]).cite(ids)
    what = Both("Tonnes by vehicle, empty ones and both directions counted", "车均吨数（含空车、双向）")
    return (what, load, span_words(row["period_start"], row["period_end"]), Both("freight ÷ vehicles", "过货量÷车辆"))


def _trip(row: dict[str, Any], crossing: Crossing) -> tuple[Cell, ...]:
    name = short_name(crossing.place, crossing.known.places)
    what = Both(f"{name.en}, round trips of a driver a month", f"{name.zh}，司机每月往返趟数")
    words = row["words"] or f"{row['value']:g}"
    number = as_published(words, "eq", row["value"]).cite([row["statement_id"]])
    return (what, number, month_words(row["since"]), Link.to(row["statement_id"], publisher_words(row["publisher"])))


def _drivers(crossing: Crossing) -> tuple[Cell, ...]:
    """Return how many drivers the traffic would need at the newest trips a month."""
    if crossing.drivers is None or crossing.vehicles is None:
        return ()
    trips, daily = plain(crossing.trips["value"][-1]), passing_words(crossing)
    drivers = whole(round(float(f"{crossing.drivers:.2g}")))
    return (
        Both(
            f"At {trips} round trips a month, two crossings each, {daily.en} a day would be about {drivers.en} "
            f"drivers.",
            f"按每月{trips}趟、每趟过境两次计，日均{daily.zh}约合{drivers.zh}名司机。",
        ),
    )

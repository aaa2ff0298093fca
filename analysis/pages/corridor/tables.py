"""The tables of the ways: side by side, leg by leg, claims against the legs, volumes and the railway to come."""

from dataclasses import replace
from typing import Any

import polars as pl

from analysis.desks.corridor import Corridor, KnownLeg, Saving, Way
from analysis.desks.corridor.desk import WITHIN_DAYS
from analysis.pages.corridor.words import VERDICTS, way_name, way_short
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link, Number, join_cells
from analysis.pages.words.dates import date_words, publication_words, span_words
from analysis.pages.words.durations import duration, duration_interval, speed
from analysis.pages.words.published_amounts import published_amount, published_figure
from analysis.pages.words.published_figures import MEASURES, leg_words
from analysis.pages.words.quantities import whole
from analysis.pages.words.rounding import (
    dollars,
    fraction_percent,
    in_unit,
    interval_in_unit,
    percent,
    ratio,
    tonnes_interval,
    without_commas,
)

_NONE = Both("not published", "未公布")


def ways(corridor: Corridor) -> Table:
    """Return the ways side by side: time, cost, how sure, borders; their lengths alone where no hours are known."""
    if not corridor.known_ways:
        return Table(
            name=Both("Ways", "路线"),
            caption=Both("The ways side by side, Lianyungang to Tashkent", "连云港至塔什干各路线对照"),
            columns=(Both("Way", "路线"), Both("#Kilometres", "#里程（公里）"), Both("#Time", "#时间")),
            rows=tuple((way_name(way), _kilometres(way.distance_km), _NONE) for way in corridor.ways),
        )
    return Table(
        name=Both("Ways", "路线"),
        caption=Both("The ways side by side, Lianyungang to Tashkent", "连云港至塔什干各路线对照"),
        columns=(
            Both("Way", "路线"), Both("#Days, 80%", "#天数，80%区间"), Both("#Fastest", "#最快"),
            Both("#Dollars, 20 t", "#20吨费用（美元）"), Both("#Borders", "#边境占时"),
            Both(f"#In {WITHIN_DAYS} days", f"#{WITHIN_DAYS}天内"), Both("#Plan for", "#计划天数"),
            Both("#Buffer", "#缓冲指数"), Both("#km", "#公里"),
        ),
        rows=tuple(_way(way, corridor) for way in corridor.ways),
        notes=(
            Both(
                "Days: median and 80% interval. Plan for: days to plan with, the 95th percentile. Buffer: those less "
                "the mean, over the mean. In so many days, fastest: probabilities. Dollars: carriage of 20 tonnes by "
                "CAREC's cost of 500 km, and borders; the change to trucks at Kashgar is not in it, as no cost was "
                "published.",
                "天数：中位数与80%区间。计划天数：95%分位。缓冲指数：计划天数与均值之差除以均值。若干天内、最快：概率。"
                "费用：按CAREC每500公里运费计20吨货物，加边境费用；喀什换装费未公布，不含在内。",
            ),
            *_hour_less(corridor),
        ),
    )  # fmt: skip


def _way(way: Way, corridor: Corridor) -> tuple[Cell, ...]:
    length = _kilometres(way.distance_km)
    if way.hours is None or corridor.fastest is None:
        return (way_short(way), _NONE, "", _NONE, "", "", "", "", length)
    ends = (way.hours.median, way.hours.p10, way.hours.p90)
    span = interval_in_unit(*ends, scale=24)
    took = join_cells(in_unit(*ends, scale=24).cite(way.ids), Both(f" ({span.en})", f"（{span.zh}）"))
    within = percent(way.within or 0.0).cite(way.ids)
    best = percent(corridor.fastest.best[way.route]).cite(way.ids)
    borders = fraction_percent(way.border_share or 0.0).cite(way.ids)
    cost: Cell = _NONE
    if way.cost is not None:
        costs = _bare(interval_in_unit(*way.cost, scale=1))
        number = _bare(in_unit(*way.cost, scale=1)).cite(way.usd_ids)
        cost = join_cells(number, Both(f" ({costs.en})", f"（{costs.zh}）"))
    days = f"{way.hours.p95 / 24:.0f}"
    planning = Number(days, days, (way.hours.p95,), 24.0).cite(way.ids)
    buffer = ratio(way.hours.buffer_index).cite(way.ids)
    return (way_short(way), took, best, cost, borders, within, planning, buffer, length)


def _kilometres(length: float) -> Number:
    """Return a length in whole kilometres, as each language prints thousands."""
    return whole(round(length))


def _hour_less(corridor: Corridor) -> tuple[Cell, ...]:
    """Return what an hour less at the border is worth, where the cost of a waiting truck was published."""
    if corridor.idle is None:
        return ()
    day = float(corridor.idle["value"])
    number = dollars(round(day / 24, 2)).cite([corridor.idle["statement_id"]])
    thousand = dollars(round(1000 * day / 24)).cite([corridor.idle["statement_id"]])
    return (
        Both(
            ("An hour less at a border shortens each journey by an hour and is worth ", number,
             " a truck at the cost of a waiting truck that drivers asked for, ", thousand, " for a thousand trucks."),
            ("边境每少等一小时，全程即少一小时；按司机所求的滞留费计，每车值", number, "，每千车", thousand, "。"),
        ),
    )  # fmt: skip


def legs(corridor: Corridor) -> Table:
    """Return every way leg by leg: kilometres, hours and dollars with the figures behind them."""
    rows: list[tuple[Cell, ...]] = []
    for way in corridor.ways:
        rows += [_leg(each, way) for each in way.legs]
    return Table(
        name=Both("Legs", "路段"),
        caption=Both("Leg by leg, with the figures behind each", "逐段：里程、时间与费用"),
        columns=(
            Both("Way", "路线"), Both("Leg", "路段"), Both("#Time, 80%", "#时间，80%区间"),
            Both("#Dollars, 20 t", "#20吨费用"), Both("#km", "#公里"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "A run: its length over CAREC's speeds, from that without stops to that with stops. A border: the "
                "lowest to the highest figure of all that a truck waits for, of the whole country where CAREC names no "
                "crossing; the pages of the crossings compute inspection and the wait for it alone, which is less. An "
                "asterisk: one figure without a range, with the usual spread of the others.",
                "运行段：里程除以CAREC速度，由不停留速度至含停留速度。边境段：货车过境全部环节的最低至最高数字，"
                "CAREC未单列口岸的取全国数字；各口岸通关能力页只计算查验及其等候，因而较短。"
                "星号：仅有一个数字，取其他各段的通常离散度。",
            ),
        ),
    )  # fmt: skip


def _leg(known: KnownLeg, way: Way) -> tuple[Cell, ...]:
    leg = known.leg
    hours: Cell = _NONE
    if leg.hours is not None:
        ends = (leg.hours.median, leg.hours.quantile(0.1), leg.hours.quantile(0.9))
        span = duration_interval(*ends)
        star = "*" if leg.single else ""
        hours = join_cells(duration(*ends).cite(known.hour_ids), Both(f" ({span.en}){star}", f"（{span.zh}）{star}"))
    cost: Cell = _NONE
    if leg.usd is not None:
        cost = dollars(leg.usd.median, leg.usd.quantile(0.1), leg.usd.quantile(0.9)).cite(known.usd_ids)
    length: Cell = _kilometres(leg.distance_km) if leg.distance_km else Both("none", "无")
    return (way_short(way), Both(known.name_en, known.name_zh), hours, cost, length)


def claims(corridor: Corridor) -> Table:
    """Return published times of whole ways and savings, against the sums of the legs."""
    ours = corridor.whole.filter(pl.col("route").is_not_null())
    rows: list[tuple[Cell, ...]] = [_whole(row, corridor) for row in ours.iter_rows(named=True)]
    rows += [_saving(saving) for saving in corridor.savings]
    return Table(
        name=Both("Claims", "说法"),
        caption=Both("Published times and savings against the legs", "公布的时间与节省，与各段相加对照"),
        columns=(
            Both("Claim", "说法"), Both("Verdict", "结果"), Both("Legs say", "各段相加"),
            Both("As published", "原文"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Savings are of the way by Irkeshtam against Horgos; a negative number means longer or dearer. Beside "
                "a saving in dollars stands what the road from Kashgar to Tashkent costs in all, a tonne or a shipment "
                "of 20 tonnes.",
                "节省均指经伊尔克什坦较霍尔果斯；为负表示更长或更贵。"
                "以美元计的节省，旁列喀什至塔什干公路段每吨或每20吨的全部运费。",
            ),
        ),
    )  # fmt: skip


def from_elsewhere(corridor: Corridor) -> Table:
    """Return published times of ways to Tashkent that start elsewhere, for comparison."""
    return _figures(
        corridor.whole.filter(pl.col("route").is_null()),
        Both("From elsewhere", "其他起点"),
        Both("Published times to Tashkent from other places", "其他起点至塔什干的公布时间"),
    )


def _whole(row: dict[str, Any], corridor: Corridor) -> tuple[Cell, ...]:
    what = leg_words(row["leg"])
    claim = Link.to(row["statement_id"], Both(f"{what.en}, time", f"{what.zh}，时间"))
    said = published_figure(row)
    way = corridor.way(row["route"])
    if way.hours is None:
        return (claim, VERDICTS["unknown"], _NONE, said)
    ends = (way.hours.median, way.hours.p10, way.hours.p90)
    inside = ends[1] <= row["value"] <= ends[2]
    verdict = Both("inside the 80% interval", "在80%区间内") if inside else Both("outside it", "在80%区间外")
    return (claim, verdict, duration_interval(*ends).cite(way.ids), said)


def _saving(saving: Saving) -> tuple[Cell, ...]:
    measure = MEASURES[saving.measure]
    what = Both("", "")
    if not saving.measure.startswith("cost_saved_usd"):
        leg = leg_words(saving.leg)
        what = Both(f", {leg.en}", f"，{leg.zh}")
    if saving.outside:
        what = Both(f"{what.en}, outside China", f"{what.zh}，境外段")
    doubt = Both(" (doubtful)", "（存疑）") if saving.doubtful else Both("", "")
    claim = Link.to(saving.statement_id, Both(f"{measure.en}{what.en}{doubt.en}", f"{measure.zh}{what.zh}{doubt.zh}"))
    said = published_amount(saving.printed, "eq", saving.value, saving.unit).cite([saving.statement_id])
    verdict = VERDICTS[saving.verdict]
    if saving.chance is not None:
        chance = percent(saving.chance)
        return (claim, join_cells(verdict, Both(f", {chance.en}", f"，{chance.zh}")), _size(saving), said)
    return (claim, verdict, _size(saving), said)


def _size(saving: Saving) -> Cell:
    """Return what the legs say, in the unit of the claim."""
    if saving.median is None:
        return _NONE
    if saving.measure == "distance_saved_km":
        length = _kilometres(saving.median)
        return Number(f"{length.en} km", f"{length.zh}公里", (saving.median,))
    if saving.lower is None or saving.upper is None:
        return _NONE
    if saving.measure == "time_saved_hours":
        low, middle, high = (f"{each / 24:.1f}" for each in (saving.lower, saving.median, saving.upper))
        return Both(f"{middle} days ({low} to {high})", f"{middle}天（{low}至{high}）")
    if saving.measure == "cost_saved_share":
        low, middle, high = (f"{100 * each:.0f}%" for each in (saving.lower, saving.median, saving.upper))
        return Both(f"{middle} ({low} to {high})", f"{middle}（{low}至{high}）")
    whole = dollars(saving.median, saving.lower, saving.upper)
    return Both(f"{whole.en} in all", f"全部{whole.zh}")


def pilot(corridor: Corridor) -> Table | Note:
    """Return what the pilot run of 2017 leaves unexplained."""
    run = corridor.pilot
    if run is None:
        return Note(Both("No run was measured leg by leg.", "没有逐段实测的运行。"))
    ids = run.statement_ids
    fewest, most = run.unexplained
    middle = (fewest + most) / 2
    speeds = f"{run.speeds[0]:g}", f"{run.speeds[1]:g}"
    borders = " + ".join(f"{hours:g}" for hours in run.border_hours)
    driving = (run.km / run.speeds[1], run.km / run.speeds[0])
    return Table(
        name=Both("Pilot run", "试运行"),
        caption=Both(
            "The pilot run of 2017, Tashkent to Kashgar: what its figures leave unexplained",
            "2017年塔什干至喀什试运行：公布数字未能解释的时间",
        ),
        columns=(Both("What", "项目"), Both("#Figure", "#数字")),
        rows=(
            (Both("Distance and time", "里程与时间"), Both(f"{run.km:g} km, {run.hours:g} hours",
                                                       f"{run.km:g}公里，{run.hours:g}小时")),
            (Both("Speed over all", "全程速度"), speed(run.speed_with_stops).cite(ids)),
            (Both("Speed without the borders", "扣除边境后的速度"), speed(run.speed_without_borders).cite(ids)),
            (Both("Speed in motion, as stated", "所称行驶速度"), Both(f"{speeds[0]} to {speeds[1]} km/h",
                                                              f"每小时{speeds[0]}至{speeds[1]}公里")),
            (Both("Borders", "边境"), Both(f"{borders} hours", f"{borders}小时")),
            (Both("Driving at that speed", "按此速度行驶"),
             duration_interval(sum(driving) / 2, *driving).cite(ids)),
            (Both("Explained by neither legs nor borders", "既非行驶也非过境"),
             duration_interval(middle, fewest, most).cite(ids)),
        ),
        notes=(
            _pilot_note(corridor),
        ),
    )  # fmt: skip


def _pilot_note(corridor: Corridor) -> Both:
    """Return what the unexplained hours are, and that the legs contain them where the way has hours."""
    english = "Stops, rest and papers: a sum of driving and borders is too short by these hours."
    chinese = "停车、休息与手续：仅以行驶与过境相加会少算这些时间。"
    if any(way.route == "irkeshtam" for way in corridor.known_ways):
        english += " The legs of the ways contain them, as their slow end is CAREC's speed with stops."
        chinese += "各路线的路段以CAREC含停留速度为慢端，已包含在内。"
    return Both(english, chinese)


def volumes(corridor: Corridor) -> Table:
    """Return departures and volumes as published."""
    return _figures(
        corridor.volumes,
        Both("Volumes", "班列与货量"),
        Both("Departures and volumes as published", "公布的班列与货量"),
    )


def railway(corridor: Corridor) -> Table | Note:
    """Return what is published of the railway to come."""
    if corridor.railway.is_empty():
        return Note(
            Both(
                "Of the China-Kyrgyzstan-Uzbekistan railway no length, volume or cost had been published.",
                "中吉乌铁路的里程、运量和投资没有公布。",
            )
        )
    return _figures(
        corridor.railway,
        Both("Railway to come", "在建铁路"),
        Both("The railway to come: China, Kyrgyzstan, Uzbekistan", "在建的中吉乌铁路"),
        notes=_planned_tonnes(corridor.railway),
    )


def _planned_tonnes(rows: pl.DataFrame) -> tuple[Cell, ...]:
    """Return that the planned tonnes of the railway differ, and why, where several were published."""
    planned = rows.filter(pl.col("measure") == "tonnes_per_year_planned").sort("value")
    if planned["value"].n_unique() < 2:
        return ()
    low, high = (float(planned["value"][place]) for place in (0, -1))
    span = tonnes_interval((low + high) / 2, low, high).cite(planned["statement_id"].to_list())
    return (
        Both(
            ("The planned tonnes a year, ", span, ", do not agree: they are of several sources, phases and years. "
             "Nothing on this page is computed from them."),
            ("规划年运量", span, "，各来源不一致，所指阶段和年份也不同；本页不以其计算。"),
        ),
    )  # fmt: skip


def _figures(rows: Any, name: Both, caption: Both, *, notes: tuple[Cell, ...] = ()) -> Table:
    return Table(
        name=name,
        caption=caption,
        columns=(
            Both("What", "项目"), Both("As published", "原文"), Both("Period", "时期"), Both("Published", "发布"),
        ),
        rows=tuple(_figure(row) for row in rows.iter_rows(named=True)),
        notes=notes,
    )  # fmt: skip


def _figure(row: dict[str, Any]) -> tuple[Cell, ...]:
    what, measure = leg_words(row["leg"]), MEASURES[row["measure"]]
    return (
        Both(f"{what.en}, {measure.en}", f"{what.zh}，{measure.zh}"),
        published_figure(row),
        _period(row),
        Link.to(row["statement_id"], publication_words(row["published_on"])),
    )


def _period(row: dict[str, Any]) -> Both:
    """Return what time a figure is about: a span, the day by which something is planned, or that none is stated."""
    start, end, published = row["period_start"], row["period_end"], row["published_on"]
    if start is None and end is None:
        return Both("not stated", "未说明")
    if start is None and published is not None and end > published:
        if (end.month, end.day) == (12, 31):
            return Both(f"planned, by the end of {end.year}", f"计划，至{end.year}年底")
        return Both(f"planned, by {date_words(end).en}", f"计划，至{date_words(end).zh}")
    return span_words(start or end, end or start)


def _bare(number: Number) -> Number:
    """Return a number as each language prints thousands: `6,139`; `6139`."""
    return replace(number, zh=without_commas(number.zh))

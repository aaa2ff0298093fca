"""The tables of the closures page."""

import numpy as np
import polars as pl

from analysis.desks.closures import ClosureImpact, Impact
from analysis.desks.port.drawing_rule import WIDEST_RATIO
from analysis.methods.counterfactual import CERTAIN, Loss
from analysis.pages.closures.sentences import close_verdict
from analysis.pages.closures.words import (
    STATES,
    amount_cell,
    change_cell,
    closed_span,
    ends,
    impact_words,
    port_words,
    span_of_year,
)
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link, Number
from analysis.pages.words.dates import date_words, month_words, span_words
from analysis.pages.words.indicators import series_words
from analysis.pages.words.names import publisher_words, short_name
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.rounding import fraction_percent, percent, percents_of_whole, ratio, share_percent

_WHAT = Both("What", "项目")
_NO_NUMBER = Both("no number", "不列数")


def by_year(impact: ClosureImpact) -> Table:
    """Return what the road ports together carried less, by year, against the year before and against its growth."""
    return _by_year(impact.together, impact, Both("Road freight by year", "公路过货分年"),
                    Both("million tonnes", "万吨"), impact.behind())  # fmt: skip


def trade(impact: ClosureImpact) -> Table:
    """Return what the region traded less, by year, against the year before and against its growth."""
    return _by_year(impact.trade, impact, Both("Trade by year", "进出口分年"), Both("billion yuan", "亿元"),
                    impact.behind_trade())  # fmt: skip


def _by_year(each: Impact, impact: ClosureImpact, name: Both, unit: Both, behind: list[str]) -> Table:
    what, yardstick = impact_words(each, impact), each.yardstick
    years = each.years.rows_by_key("year", named=True, unique=True)
    any_grown = any(each.year_is_measurable(place) for place in range(len(each.by_year)))
    rows = []
    for place, (year, found) in enumerate(each.by_year.items()):
        path = years.get(year)
        passed = amount_cell(each.unit, (path["median"], path["lower"], path["upper"]), behind) if path else ""
        grown = None
        if each.expected is not None and path and each.year_is_measurable(place):
            grown = each.grown_by_year[year].total
        last = (_grown(each, grown, behind),) if any_grown else ()
        rows.append((span_of_year(year, impact), passed, *_less(each, found, behind), *last))
    total = each.grown.total if each.grown is not None and each.growth_is_measurable else None
    last = (_grown(each, total, behind),) if any_grown else ()
    rows.append((closed_span(impact), "", *_less(each, each.closed, behind), *last))
    with_growth = (Both("#Less than with growth (80%)", "#比按此前增速少（80%区间）"),) if any_grown else ()
    return Table(
        name=name,
        caption=Both(
            f"{what.en}, {unit.en}: what passed, and how much less than in the same months of {yardstick}",
            f"{what.zh}（{unit.zh}）：实际数，及比{yardstick}年同月减少的数量",
        ),
        columns=(
            Both("Period", "时期"), Both("#Passed (80%)", "#实际（80%区间）"),
            Both(f"#Less than in {yardstick} (80%)", f"#比{yardstick}年少（80%区间）"),
            Both("#Change (80%)", "#变动（80%区间）"), Both("#Probability of less", "#减少的概率"), *with_growth,
        ),
        rows=tuple(rows),
        total=True,
        notes=(Both("Below zero: more passed.", "负值：实际更多。"), *_growth_notes(each, behind)),
    )  # fmt: skip


def _growth_notes(each: Impact, behind: list[str]) -> tuple[Cell, ...]:
    """Return what growth as before means, what it would say, and where it gives no number."""
    if each.grown is None:
        return ()
    year, chance = each.yardstick, percent(each.grown.chance).cite(behind)
    return (
        Both(
            (f"Had {year} grown on as the years before it did (a random walk with drift), the probability that less "
             "passed than that is ", chance, "; no number where the 80% interval of what would have passed spans more "
             f"than a factor of {WIDEST_RATIO}."),
            (f"若以{year}年为基数、按此前各年增速继续（带漂移的随机游走），实际少于此的概率为", chance,
             f"；应过货量的80%区间上下限之比超过{WIDEST_RATIO}的不列数。"),
        ),
    )  # fmt: skip


def _less(each: Impact, found: Loss, behind: list[str]) -> tuple[Cell, Cell, Cell]:
    """Return what did not pass against the year before, the change, and how likely less passed."""
    chance = percent(found.chance).cite(behind)
    if not each.is_measurable:
        return _NO_NUMBER, "", chance
    return amount_cell(each.unit, ends(found.total), behind), change_cell(found, behind, level=False), chance


def _grown(each: Impact, draws: np.ndarray | None, behind: list[str]) -> Cell:
    return _NO_NUMBER if draws is None else amount_cell(each.unit, ends(draws), behind)


def by_port(impact: ClosureImpact) -> Table:
    """Return what each road port carried less than in the year before, and when it was back."""
    span, until, yardstick = closed_span(impact), month_words(impact.edition), impact.together.yardstick
    rows = [_port_row(each, impact) for each in (*impact.ports, impact.together)]
    return Table(
        name=Both("Ports", "分口岸"),
        caption=Both(
            f"Road ports, million tonnes: {yardstick}, how much less from {span.en}, and whether back by {until.en}",
            f"公路口岸（万吨）：{yardstick}年过货量，{span.zh}比其同月少过的数量，及截至{until.zh}是否恢复",
        ),
        columns=(
            Both("Port", "口岸"), Both(f"#{yardstick} (80%)", f"#{yardstick}年（80%区间）"),
            Both("#Less (80%)", "#少过（80%区间）"), Both("#Probability of less", "#减少的概率"),
            Both("#Back, probability", "#恢复的概率"), Both("#Months to recover", "#恢复月数"),
        ),
        rows=tuple(rows),
        total=True,
        notes=(
            Both(
                "Below zero: more passed. The ports and others without a figure of their own add up in every draw. "
                f"No number where the 80% interval of {yardstick} spans more than a factor of {WIDEST_RATIO}. Months "
                f"count from the first of the closures to the first from which no month is below {yardstick}; none "
                "where most draws are not back.",
                f"负值：实际更多。各口岸与没有自身数字的其他口岸在每次抽样中相加等于合计。{yardstick}年80%区间上下限之比超过"
                f"{WIDEST_RATIO}的不列数。恢复月数：自关闭首月至此后各月均不低于{yardstick}年同月的首月；多数抽样未恢复的不列。",
            ),
        ),
    )  # fmt: skip


def _port_row(each: Impact, impact: ClosureImpact) -> tuple[Cell, ...]:
    behind = impact.behind(each.name)
    months = each.since.months_to_recover() if each.is_measurable else None
    took: Cell = ""
    if months is not None:
        low, middle, high = months
        took = Both(f"{middle} ({low} to {high})", f"{middle}（{low}至{high}）")
    less, _, chance = _less(each, each.closed, behind)
    back = percent(each.since.chance_of_recovery).cite(behind) if each.is_measurable else ""
    normal = amount_cell(each.unit, ends(each.yardstick_total), behind)
    return impact_words(each, impact), normal, less, chance, back, took


def close_to(impact: ClosureImpact) -> Table:
    """Return what was published of road freight against 2019, beside what the estimate makes of it."""
    rows: list[tuple[Cell, ...]] = [
        (
            series_words(row, impact.known.evidence),
            span_words(row["period_start"], row["period_end"]),
            published_figure(row).cite([row["statement_id"]]),
            Link.to(row["statement_id"], publisher_words(row["publisher"])),
        )
        for row in impact.statement.iter_rows(named=True)
    ]
    behind = impact.behind()
    words = (
        Both("more than 10% below 2019", "比2019年同期低10%以上"),
        Both("up to 10% below: close to 2019", "低10%以内：接近2019年同期"),
        Both("at or above 2019", "不低于2019年同期"),
    )
    if sum(impact.close_to) > 0:
        rows += [
            (Both("Road freight through the ports, estimate", "口岸公路过货量（估计）"), what,
             chance.cite(behind), "")
            for what, chance in zip(words, percents_of_whole(impact.close_to), strict=True)
        ]  # fmt: skip
    return Table(
        name=Both("Close to 2019", "接近2019年"),
        caption=Both('"Close to 2019": as published, and as estimated', "“接近2019年同期水平”：公布表述与估计"),
        columns=(_WHAT, Both("Period or outcome", "时期或情形"), Both("#Published, probability", "#公布、概率"),
                 Both("Where from", "出处")),
        rows=tuple(rows),
        notes=(
            Both(
                f"The estimate {close_verdict(impact).en}. The statement is the transport department's count of "
                "carriers; the estimate is freight through the ports as customs counts it, and takes the statement as "
                "that other count.",
                f"估计{close_verdict(impact).zh}。该表述为交通运输部门的承运口径；估计为海关口径的口岸过货量，只把该表述作为另一口径使用。",
            ),
        ),
    )  # fmt: skip


def reopened(impact: ClosureImpact) -> Table:
    """Return, port by port, the last long closure before the reopening and the state on its day."""
    day = date_words(impact.reopening_day)
    rows = tuple(
        (
            port_words(row["port"], row["mode"], impact),
            date_words(row["closed_from"]) if row["closed_from"] else Both("never for 30 days", "未连续关闭30天"),
            date_words(row["closed_to"]) if row["closed_to"] else "",
            STATES[row["state"]],
        )
        for row in impact.reopened.iter_rows(named=True)
    )
    return Table(
        name=Both("Reopening", "恢复开放"),
        caption=Both(f"The reopening, port by port: the last closure before, and the state on {day.en}",
                     f"逐口岸恢复情况：此前最后一次关闭，及{day.zh}的状态"),
        columns=(
            Both("Port", "口岸"), Both("Closed from", "关闭自"), Both("to", "至"), Both(f"On {day.en}", f"{day.zh}"),
        ),
        rows=rows,
        notes=(
            Both(
                "By the calendar, as far as was published by the data cut-off. Closures of at least 30 days; for a "
                "seasonal "
                "port winter counts where it was announced as a closure.",
                "依据截至数据截止日公布的日历。只列连续30天以上的关闭；季节性口岸冬季休关如以关闭公布则计入。",
            ),
        ),
    )  # fmt: skip


def record(impact: ClosureImpact) -> Table:
    """Return the desk's own record: placebo windows, and the second opinion beside the loss."""
    rows: list[tuple[Cell, ...]] = []
    tried = impact.placebo
    notes: list[Cell] = []
    if len(tried):
        called = tried.filter(pl.col("verdict") != "untold")
        outside = tried.filter((pl.col("lower") > 0) | (pl.col("upper") < 0))
        day = date_words(tried["made_on"][0])
        name = Both(f"Placebo windows, {len(tried)}", f"安慰剂窗口，{len(tried)}个")
        share, wide = fraction_percent(len(called) / len(tried)), fraction_percent(len(outside) / len(tried))
        rows.append((name, Both((share, " called a loss or a gain; zero outside the 80% interval in ", wide),
                                (share, "被判为有损失或有增加；80%区间不含零的占", wide))))  # fmt: skip
        notes.append(
            Both(
                "Three years before 2020 in which nothing is known to have happened, against growth as before. Called "
                f"where {CERTAIN:.0%} of the draws agree: one in ten would be expected. One record for "
                f"all editions, also for earlier ones: computed on {day.en} from all that was published by then.",
                f"2020年之前、未知有事发生的三年窗口，与按此前增速相比。{CERTAIN:.0%}的抽样一致时才判定，预期误判十分之一。"
                f"各版次（含更早版次）共用同一记录，{day.zh}按当时已公布的全部内容计算。",
            )
        )
    else:
        rows.append(
            (Both("Placebo windows", "安慰剂窗口"), Both("no record in this data folder", "本数据文件夹无记录"))
        )
    return Table(
        name=Both("Own record", "自身记录"),
        caption=Both("The desk's own record, and a second opinion", "自身记录与第二意见"),
        columns=(_WHAT, Both("Finding", "结果")),
        rows=(*rows, *_opinion_rows(impact)),
        notes=tuple(notes),
    )


def _opinion_rows(impact: ClosureImpact) -> list[tuple[Cell, ...]]:
    """Return the second opinion by synthetic control, and how far the two lie apart."""
    found = impact.opinion
    name = Both("Second opinion, synthetic control", "第二意见：合成控制法")
    if found.synthetic.undetermined:
        return [(name, Both("weights not determined: too few years before", "权重无法确定：关闭前年份过少"))]
    places = impact.known.places
    donors = [short_name(donor, places) for donor in found.donors]
    weights = [ratio(float(weight)) for weight in found.synthetic.weights]
    mixed = Both(
        ", ".join(f"{donor.en} {weight.en}" for donor, weight in zip(donors, weights, strict=True)),
        "，".join(f"{donor.zh}{weight.zh}" for donor, weight in zip(donors, weights, strict=True)),
    )
    rows: list[tuple[Cell, ...]] = [
        (Both(f"{name.en}: rail of {mixed.en}", f"{name.zh}：铁路，{mixed.zh}"),
         Both((_share(found.share_lost), " lost"), ("损失", _share(found.share_lost)))),
    ]  # fmt: skip
    if impact.together.grown is not None:
        lower, upper = np.quantile(impact.together.grown.share, [0.1, 0.9])
        inside = bool(lower <= found.share_lost <= upper)
        words = Both(
            "inside the 80% interval of the share lost against growth as before" if inside else
            "outside the 80% interval: rail took over freight from the roads, so that this is an upper bound",
            "位于按此前增速计算的损失占比80%区间内" if inside else "位于80%区间之外：铁路承接了公路货物，故此为上限",
        )  # fmt: skip
        rows.append((Both("The two", "二者"), words))
    return rows


def _share(share: float) -> Number:
    return share_percent(share, share - 0.005, share + 0.005)

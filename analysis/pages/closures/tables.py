"""The tables of the closures page."""

import numpy as np
import polars as pl

from analysis.desks.closures import ClosureImpact, Impact
from analysis.pages.closures.sentences import closed_span
from analysis.pages.closures.words import STATES, VERDICTS, impact_words, lost_numbers, port_words
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link, Number
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import series_words
from analysis.pages.words.names import short_name
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import (
    as_published,
    fraction_percent,
    percent,
    ratio,
    share_interval,
    share_percent,
)

_WHAT = Both("What", "项目")


def impacts(impact: ClosureImpact) -> Table:
    """Return what each road port, all together and trade lost, and when they came back."""
    span, until = closed_span(impact), impact.edition
    rows = [_impact_row(each, impact) for each in (*impact.ports, impact.together, impact.trade)]
    return Table(
        name=Both("Losses", "损失"),
        caption=Both(
            f"Not carried from {span.en}, against what would have passed, and months to recover by {until:%Y-%m}",
            f"{span.zh}比无关闭情形少过的货量，及截至{until.year}年{until.month}月的恢复月数",
        ),
        columns=(
            _WHAT, Both("#Not carried", "#少过货量"), Both("#80% interval", "#80%区间"),
            Both("#Share lost", "#损失占比"), Both("Can it be told?", "能否判断"),
            Both("#Back, probability", "#恢复的概率"),
            Both("#Months to recover", "#恢复月数"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Below zero: more passed than would have. The counterfactual knows only statements about periods "
                "before "
                "the closure, carried forward with their own spread. Months count from the first month of the "
                "closure to "
                "the first from which the path stays at or above it; none where most draws are not back.",
                "负值：实际多于无关闭情形。无关闭情形只依据关闭之前各期的公布内容，按其自身不确定性外推。恢复月数："
                "自关闭首月至路径"
                "保持不低于该情形的首月；多数抽样未恢复时不列。",
            ),
        ),
    )  # fmt: skip


def _impact_row(each: Impact, impact: ClosureImpact) -> tuple[Cell, ...]:
    name = impact_words(each, impact)
    if each.loss is None or each.after is None:
        why = reason_words(each.reason) if each.reason else Both("", "")
        return (name, "", "", "", why, "", "")
    behind = impact.behind()
    value, interval = lost_numbers(each, each.loss, behind)
    lower, median, upper = (float(end) for end in np.quantile(each.loss.share, [0.1, 0.5, 0.9]))
    months = each.after.months_to_recover()
    took: Cell = ""
    if months is not None:
        low, middle, high = (count + 1 for count in months)
        took = Both(f"{middle} ({low} to {high})", f"{middle}（{low}至{high}）")
    share, between = share_percent(median, lower, upper).cite(behind), share_interval(median, lower, upper).cite(behind)
    return (
        name,
        value,
        interval,
        Both((share, " (", between, ")"), (share, "（", between, "）")),
        VERDICTS[each.loss.verdict],
        percent(each.after.chance_of_recovery).cite(behind),
        took,
    )


def close_to(impact: ClosureImpact) -> Table:
    """Return what was published of road freight against 2019, beside what the estimate makes of it."""
    rows: list[tuple[Cell, ...]] = [
        (
            series_words(row, impact.known.evidence),
            span_words(row["period_start"], row["period_end"]),
            as_published(row["value_as_published"], row["relation"], row["value"]).cite([row["statement_id"]]),
            Link.to(row["statement_id"], str(row["publisher"])),
        )
        for row in impact.statement.iter_rows(named=True)
    ]
    behind = impact.behind()
    words = (
        Both("more than 10% below 2019", "比2019年同期低10%以上"),
        Both("less than 10% below: close to 2019", "低不到10%：接近2019年同期"),
        Both("at or above 2019", "不低于2019年同期"),
    )
    if sum(impact.close_to) > 0:
        rows += [
            (Both("Road freight through the ports, estimate", "口岸公路过货量（估计）"), what,
             percent(chance).cite(behind), "")
            for what, chance in zip(words, impact.close_to, strict=True)
        ]  # fmt: skip
    return Table(
        name=Both("Close to 2019", "接近2019年"),
        caption=Both('"Close to 2019": as published, and as estimated', "“接近2019年同期水平”：公布表述与估计"),
        columns=(_WHAT, Both("Period or outcome", "时期或情形"), Both("#Published, probability", "#公布、概率"),
                 Both("Where from", "出处")),
        rows=tuple(rows),
        notes=(
            Both(
                "The statement is the transport department's count of carriers; the estimate is freight through the "
                "ports, "
                "of which the statement is no part.",
                "该表述为交通运输部门的承运口径；估计为口岸过货量，不含该表述。",
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
        day = date_words(tried["made_on"][0])
        rows.append(
            (
                Both(f"Placebo windows, {len(tried)}", f"安慰剂窗口，{len(tried)}个"),
                Both((fraction_percent(len(called) / len(tried)), " called a loss or a gain"),
                     (fraction_percent(len(called) / len(tried)), "被判为有损失或有增加")),
            )
        )  # fmt: skip
        notes.append(
            Both(
                f"Windows of three years before 2020 in which nothing is known to have happened; at 80% one in five "
                f"would "
                f"be expected. Made on {day.en} by benchmarks/closures.py.",
                f"2020年之前、未知有事发生的三年窗口；按80%区间预期为五分之一。{day.zh}由benchmarks/closures.py生成。",
            )
        )
    else:
        rows.append(
            (Both("Placebo windows", "安慰剂窗口"), Both("no record in this data folder", "本数据文件夹无记录"))
        )
    return Table(
        name=Both("Own record", "自身记录"),
        caption=Both("How far to trust this page", "本页可信程度"),
        columns=(_WHAT, Both("#Finding", "#结果")),
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
    if impact.together.loss is not None:
        lower, upper = np.quantile(impact.together.loss.share, [0.1, 0.9])
        inside = bool(lower <= found.share_lost <= upper)
        words = Both(
            "inside the 80% interval of the share lost" if inside else
            "outside the 80% interval: rail took over freight from the roads, so that this is an upper bound",
            "位于损失占比的80%区间内" if inside else "位于80%区间之外：铁路承接了公路货物，故此为上限",
        )  # fmt: skip
        rows.append((Both("The two", "二者"), words))
    return rows


def _share(share: float) -> Number:
    return share_percent(share, share - 0.005, share + 0.005)

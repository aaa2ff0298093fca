"""The tables of an aid portfolio: outlook, reports of past plans, batches, purposes, people, earned value."""

from typing import Any

import polars as pl

from analysis.desks.aid import AidPortfolio
from analysis.desks.aid.desk import ENOUGH
from analysis.desks.aid.points import ARRIVED, COMPLETED, DONE, STARTED
from analysis.pages.aid.sentences import KINDS
from analysis.pages.parts.sentences import Heading
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.money import part_of_yuan
from analysis.pages.words.names import short_name
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.rounding import (
    fraction_percent,
    percent,
    plain,
    ratio,
    whole_percent,
    with_relation,
    yuan,
)

_WHAT, _FIGURE = Both("What", "项目"), Both("#Figure", "#数字")
_NONE = Both("none", "无")

#: The kinds in the order of the question: what is asked of the plan first, what leads to it after.
_ORDER = (COMPLETED, DONE, STARTED, ARRIVED)

#: A share below this is printed as nothing in money.
_NOTHING = 0.005


def outlook(aid: AidPortfolio) -> Table:
    """Return what plans of the past say of this one at each year's end: chances, shares, its money and projects."""
    rows = [
        (
            Both(f"{KINDS[what].en}, end of {row['on'].year}", f"{KINDS[what].zh}，{row['on'].year}年末"),
            percent(row["chance"]),
            _share_and_part(aid, row),
        )
        for what in _ORDER
        for row in aid.outlook.filter(pl.col("what") == what).iter_rows(named=True)
    ]
    enough, plans = whole_percent(ENOUGH), sorted(curve.plans for curve in aid.curves.values()) or [0]
    return Table(
        name=Both("Outlook", "展望"),
        caption=Both("If this plan goes as past plans went", "若按以往计划的进度执行"),
        columns=(
            Both("What", "内容"),
            Both(f"#Chance of reaching {enough}%", f"#达到{enough}%的概率"),
            Both("Share, and of this plan (80%)", "比例及本计划的数额（80%区间）"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                f"{plans[0]} to {plans[-1]} past plans stand behind each kind: so few, and so unlike each other, that "
                "the intervals are wide, above all early in the term.",
                f"每类内容只有{plans[0]}至{plans[-1]}个以往计划，数量少且彼此差异大，故区间很宽，期限前段尤甚。",
            ),
            Both(
                "Gompertz's curve through the reports of past plans, each on the scale of its own term; two reports of "
                "one plan are not two plans. Good reports are published more often, so the curve is rather too fast.",
                "以往计划报道按各自期限标准化后拟合S形增长曲线（Gompertz）；同一计划的两次报道不算两个计划。好消息更常被公布，故曲线偏快。",
            ),
        ),
    )


def _share_and_part(aid: AidPortfolio, row: dict[str, Any]) -> Both:
    """Return a share and what it is of the plan: `66% (50% to 79%): 39 of 59 projects (23 to 51)`."""
    share = _with_interval(*(fraction_percent(row[name]) for name in ("median", "lower", "upper")))
    part = _of_plan(aid, row)
    return Both((share,), (share,)) if part is None else Both((share, ": ", part), (share, "：", part))


def _with_interval(middle: Number, lower: Number, upper: Number) -> Number:
    """Return a figure with its 80% interval behind it: `66% (50% to 79%)`; alone where both ends print like it."""
    if middle.en == lower.en == upper.en:
        return middle
    return Number(
        f"{middle.en} ({lower.en} to {upper.en})", f"{middle.zh}（{lower.zh}至{upper.zh}）", middle.values, middle.scale
    )


def _of_plan(aid: AidPortfolio, row: dict[str, Any]) -> Number | None:
    """Return a share of the plan's money, or of its projects, with the 80% interval."""
    funds, count = aid.plan.funds_cny, aid.count(row["what"], row["on"])
    if row["what"] in (ARRIVED, DONE):
        if not funds:
            return None
        ends = [funds * row[name] if row[name] > _NOTHING else 0.0 for name in ("median", "lower", "upper")]
        return part_of_yuan(*ends, whole=funds)
    if count is None:
        return None
    low, middle, high = count.interval(80)
    return Number(
        f"{middle} of {count.of} projects ({low} to {high})",
        f"{count.of}个中{middle}个（{low}至{high}个）",
        (float(middle),),
    )


def reports(aid: AidPortfolio) -> Table:
    """Return every report of a past plan that the curves rest on."""
    places = aid.known.places
    rows = []
    for row in aid.points.iter_rows(named=True):
        share = Number(f"{100 * row['share']:.1f}%", f"{100 * row['share']:.1f}%", (row["share"],), 0.01)
        kind = KINDS[row["what"]]
        rows.append(
            (
                kind,
                _giver(row["partner"], places),
                short_name(row["place"], places),
                Both(f"{row['term_years']} from {row['start'].year}", f"{row['start'].year}年起{row['term_years']}年"),
                date_words(row["on"]),
                fraction_percent(row["elapsed"]),
                with_relation(share, row["relation"]).cite(row["ids"]),
            )
        )
    return Table(
        name=Both("Past plans", "以往计划"),
        caption=Both("Reports of past plans", "以往计划的执行报道"),
        columns=(
            Both("What", "内容"),
            Both("Giver", "援助方"),
            Both("Place", "受援地"),
            Both("Years", "期限"),
            Both("By", "截至"),
            Both("#Of the term", "#期限已过"),
            Both("#Share", "#比例"),
        ),
        rows=tuple(rows),
    )


def batches(aid: AidPortfolio) -> Table:
    """Return money and projects of every batch with a published figure."""
    places = aid.known.places
    rows = []
    for row in aid.batches.iter_rows(named=True):
        kind = Both("planned", "计划") if row["kind"] == "planned" else Both("reported", "报道")
        rows.append(
            (
                _giver(row["partner"], places),
                short_name(row["place"], places),
                span_words(row["start"], row["end"]),
                kind,
                "" if row["funds_cny"] is None else yuan(row["funds_cny"]).cite(row["ids"]),
                "" if row["projects"] is None else _count(row["projects"]).cite(row["ids"]),
                "" if row["cost_per_project"] is None else yuan(row["cost_per_project"]).cite(row["ids"]),
            )
        )
    return Table(
        name=Both("Batches", "各批次"),
        caption=Both("Aid by giver, place and span, newest first", "各援助方、受援地和时期的援助（由近及远）"),
        columns=(
            Both("Giver", "援助方"),
            Both("Place", "受援地"),
            Both("Span", "时期"),
            Both("Kind", "性质"),
            Both("#Money", "#资金"),
            Both("#Projects", "#项目数"),
            Both("#A project", "#每个项目"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Sums of different sources differ in scope: carry-over, the Corps, one prefecture more or less. Blank: "
                "not published.",
                "不同来源口径不一：结转、兵团、地区多少等。空白：未公布。",
            ),
        ),
    )


def purposes(aid: AidPortfolio) -> Table:
    """Return planned money by purpose, with its share of what is known of that plan."""
    places, evidence = aid.known.places, aid.known.evidence
    plan = ("place", "partner", "start", "end")
    sums = aid.purposes.group_by(plan, maintain_order=True).agg(pl.col("value").sum().alias("sum"), pl.len())
    table = aid.purposes.join(sums, on=["place", "partner", "start", "end"], how="left", maintain_order="left")
    rows = []
    for row in table.iter_rows(named=True):
        rows.append(
            (
                _giver(row["partner"], places),
                short_name(row["place"], places),
                span_words(row["start"], row["end"]),
                indicator_words(row["indicator"], evidence),
                yuan(row["value"]).cite([row["statement_id"]]),
                fraction_percent(row["value"] / row["sum"]) if row["len"] > 1 else "",
            )
        )
    return Table(
        name=Both("Purposes", "用途"),
        caption=Both("Planned money by purpose", "计划资金的用途"),
        columns=(
            Both("Giver", "援助方"),
            Both("Place", "受援地"),
            Both("Span", "时期"),
            Both("Purpose", "用途"),
            Both("#Money", "#资金"),
            Both("#Of those named", "#占所列"),
        ),
        rows=tuple(rows),
    )


def people(aid: AidPortfolio) -> Table:
    """Return what was published of the people who benefit."""
    places, evidence = aid.known.places, aid.known.evidence
    rows = tuple(
        (
            indicator_words(row["indicator"], evidence),
            published_figure(row),
            short_name(row["place"], places),
            span_words(row["period_start"], row["period_end"]),
            Both("planned", "计划") if row["measure"] in ("target", "plan_or_forecast") else Both("reported", "报道"),
        )
        for row in aid.people.iter_rows(named=True)
    )
    return Table(
        name=Both("People", "受益群众"),
        caption=Both("People who benefit, as published", "受益群众（公布数）"),
        columns=(
            Both("What", "内容"),
            Both("#As published", "#原文"),
            Both("Place", "地点"),
            Both("Span", "时期"),
            Both("Kind", "性质"),
        ),
        rows=rows,
    )


def earned(aid: AidPortfolio) -> Table | Heading:
    """Return earned value from the returns of the plan's projects; without any, how they come onto the page."""
    value = aid.earned
    caption = Both("Earned value", "挣值")
    if value is None:
        return Heading(
            caption,
            Both(
                "Not measured: no return of a project was published or handed in. A desk that has returns writes one "
                "line a project and month (planned, share done, spent) into the form for project returns in the data "
                "folder and gives its file to this page; cost and schedule beside the plan then stand here.",
                "无实测：没有公布或报送项目报表。若有报表，可在数据文件夹的项目报表表式中按项目逐月填写"
                "（计划额、完成比例、支出），并将文件交给本页，此处即列出费用和进度与计划的对照。",
            ),
        )
    rows: list[tuple[Cell, ...]] = [
        (Both("Budget (BAC)", "完工预算（BAC）"), yuan(value.bac)),
        (Both("Planned by now (PV)", "计划值（PV）"), yuan(value.pv)),
        (Both("Earned by now (EV)", "挣值（EV）"), yuan(value.ev)),
        (Both("Spent by now (AC)", "实际成本（AC）"), yuan(value.ac)),
        (Both("Cost index (CPI)", "成本绩效指数（CPI）"), _index(value.cpi)),
        (Both("Schedule index (SPI)", "进度绩效指数（SPI）"), _index(value.spi)),
        (Both("Schedule index in time (SPI(t))", "时间进度绩效指数（SPI(t)）"), _index(value.spi_t)),
        (Both("Cost at completion, rest as dear as so far", "完工估算（按目前成本水平）"), _money(value.eac_cpi)),
        (Both("Cost at completion, rest as planned", "完工估算（其余按计划）"), _money(value.eac_typical)),
        (Both("Cost at completion, delay costs too", "完工估算（计入拖期）"), _money(value.eac_schedule)),
        (Both("Months the plan takes at this pace", "按目前进度所需月数"), _index(value.ieac_t)),
    ]
    return Table(name=caption, caption=caption, columns=(_WHAT, _FIGURE), rows=tuple(rows))


def _giver(partner: str, places: Any) -> Both:
    return short_name(partner, places) if partner else Both("all givers", "各援助方")


def _count(value: float) -> Number:
    words = plain(value)
    return Number(words, words.replace(",", ""), (value,))


def _index(value: float | None) -> Cell:
    return _NONE if value is None else ratio(value)


def _money(value: float | None) -> Cell:
    return _NONE if value is None else yuan(value)

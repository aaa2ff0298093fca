"""The tables of an aid portfolio: outlook, reports of past plans, batches, purposes, people, earned value."""

from typing import Any

import polars as pl

from analysis.desks.aid import AidPortfolio
from analysis.desks.aid.desk import ENOUGH
from analysis.pages.aid.sentences import KINDS
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.names import short_name
from analysis.pages.words.rounding import (
    as_published,
    fraction_percent,
    in_unit,
    interval_in_unit,
    percent,
    plain,
    ratio,
    whole_percent,
    with_relation,
    yuan,
)

_WHAT, _FIGURE = Both("What", "项目"), Both("#Figure", "#数字")
_NONE = Both("none", "无")

#: A share below this is printed as nothing in money.
_NOTHING = 0.005


def outlook(aid: AidPortfolio) -> Table:
    """Return what plans of the past say of this one at each year's end: shares, and of its money and projects."""
    rows = [
        (
            KINDS[row["what"]],
            Number(str(aid.curves[row["what"]].plans), str(aid.curves[row["what"]].plans)),
            date_words(row["on"]),
            fraction_percent(row["median"]),
            Both(
                (fraction_percent(row["lower"]), " to ", fraction_percent(row["upper"])),
                (fraction_percent(row["lower"]), "至", fraction_percent(row["upper"])),
            ),
            *_of_plan(aid, row),
            percent(row["chance"]),
        )
        for row in aid.outlook.iter_rows(named=True)
    ]
    enough = whole_percent(ENOUGH)
    return Table(
        name=Both("Outlook", "展望"),
        caption=Both(
            "If this plan goes as plans of the past went: shares, million yuan, projects",
            "若按以往计划的进度执行：比例、百万元、项目数",
        ),
        columns=(
            Both("What", "内容"),
            Both("#Past plans", "#以往计划"),
            Both("By", "截至"),
            Both("#Share", "#比例"),
            Both("#80%", "#80%区间"),
            Both("#Of this plan", "#本计划"),
            Both("#80%", "#80%区间"),
            Both(f"#Chance of {enough}%", f"#达到{enough}%的概率"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Gompertz's curve through the reports of past plans, each on the scale of its own term; two reports of "
                "one plan are not two plans. Good reports are published more often, so the curve is rather too fast.",
                "以往计划报道按各自期限标准化后拟合S形增长曲线（Gompertz）；同一计划的两次报道不算两个计划。好消息更常被公布，故曲线偏快。",
            ),
        ),
    )


def _of_plan(aid: AidPortfolio, row: dict[str, Any]) -> tuple[Cell, Cell]:
    """Return a share of the plan's money in million yuan, or of its projects, with the 80% interval."""
    funds, count = aid.plan.funds_cny, aid.count(row["what"], row["on"])
    if row["what"] in ("arrived", "done"):
        if not funds:
            return "", ""
        least = row["lower"] if row["lower"] > _NOTHING else 0.0
        ends = (funds * row["median"], funds * least, funds * row["upper"])
        return in_unit(*ends, scale=1e6), interval_in_unit(*ends, scale=1e6)
    if count is None:
        return "", ""
    low, middle, high = count.interval(80)
    return f"{middle}/{count.of}", Both(f"{low} to {high}", f"{low}至{high}")


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
            short_name(row["place"], places),
            indicator_words(row["indicator"], evidence),
            span_words(row["period_start"], row["period_end"]),
            as_published(row["value_as_published"], row["relation"], row["value"]).cite([row["statement_id"]]),
            Both("planned", "计划") if row["measure"] in ("target", "plan_or_forecast") else Both("reported", "报道"),
        )
        for row in aid.people.iter_rows(named=True)
    )
    return Table(
        name=Both("People", "受益群众"),
        caption=Both("People who benefit, as published", "受益群众（公布数）"),
        columns=(
            Both("Place", "地点"),
            Both("What", "内容"),
            Both("Span", "时期"),
            Both("#As published", "#原文"),
            Both("Kind", "性质"),
        ),
        rows=rows,
    )


def earned(aid: AidPortfolio) -> Table:
    """Return earned value from the returns of the plan's projects, or that none were handed in."""
    value = aid.earned
    caption = Both("Earned value", "挣值")
    if value is None:
        return Table(
            name=caption,
            caption=caption,
            columns=(_WHAT, _FIGURE),
            rows=((Both("Returns of the plan's projects", "项目报表"), _NONE),),
            notes=(
                Both(
                    "Not measured: no return of a project was published or handed in. "
                    "The form is data/project_returns_template.csv.",
                    "无实测：没有公布或报送项目报表。表式见data/project_returns_template.csv。",
                ),
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

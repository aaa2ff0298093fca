"""The tables of the audit: where to call, what each port lacks, contradictions, revisions, what was published."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl

from analysis.core.periods import month_end
from analysis.desks.audit import EvidenceAudit
from analysis.desks.audit.counts import counts, with_rest
from analysis.pages.audit.sentences import LEAST_WORTH
from analysis.pages.audit.words import CURRENCIES, DONE, KINDS, UNRESOLVED, port_words, region_name
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link, Number, Part, join_cells
from analysis.pages.words.dates import date_words, month_words, span_words, year_words
from analysis.pages.words.durations import age
from analysis.pages.words.indicators import indicator_words, place_words, series_words
from analysis.pages.words.names import publisher_words
from analysis.pages.words.phrases import series
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.quantities import whole
from analysis.pages.words.rounding import (
    change,
    fraction_percent,
    percent_to_a_tenth,
    ratio_of_ends,
    tonnes_in_unit,
    tonnes_interval_in_unit,
)
from analysis.sources.evidence import Evidence

_PORT = Both("Port", "口岸")
_PLACE, _YEAR, _PUBLISHER = Both("Place", "地点"), Both("Year", "年份"), Both("Publisher", "发布者")
_FIGURES, _KNOWN = Both("Figures as published", "公布数字"), Both("What is known", "说明")

#: Above this ratio of the ends of an interval the page only says that it is over it, in chart and table.
_HARDLY = 99

#: A lower end of an interval below this many tonnes, 0.001 million or 0.1万, is printed as under that amount.
_LEAST_TONNES = 1_000

#: Ports of the table of calls: those worth most; the chart has them all.
SHOWN = 8

_COUNTED = (Both("#Statements", "#表述"), Both("#Distinct", "#不重复"), Both("#Repeats", "#转载"),
            Both("#Plans, expectations", "#计划、预期"), Both("#Doubtful or wrong", "#存疑或有误"))  # fmt: skip


def calls(audit: EvidenceAudit) -> Table | Note:
    """Return what one more figure about each port would be worth, the ones worth most, beside its year as it stands."""
    best = audit.best.filter((pl.col("own") >= LEAST_WORTH) | (pl.col("region") >= LEAST_WORTH))
    if best.is_empty():
        return Note(Both("No further figure about one port would narrow a year.", "再有任何一个口岸的数字也无助益。"))
    span = span_words(dt.date(audit.edition.year, 1, 1), month_end(audit.edition))
    year, name = year_words(audit.edition.year), region_name(audit)
    since = Both("", "") if audit.is_whole_year else Both(f", since January ({span.en})", f"、1月以来（{span.zh}）")
    return Table(
        name=Both("Where to call", "先问哪里"),
        caption=Both(
            f"{year.en} as known now, million tonnes, and by how much one more figure would narrow it",
            f"{year.zh}过货量的现有估计（万吨），及再得一个数字可使区间收窄多少",
        ),
        columns=(
            _PORT, Both(f"#{year.en}", f"#{year.zh}"), Both("#80% now", "#当前80%区间"), Both("#Ratio", "#上下端之比"),
            Both("Best month", "最有用的单月"), Both("#That month", "#该月"),
            *(() if audit.is_whole_year else (Both("#Since January", "#1月以来"),)),
            Both(f"#{name.en}", f"#{name.zh}"),
        ),
        rows=tuple(_call(row, audit) for row in best.head(SHOWN).iter_rows(named=True)),
        notes=(
            Both(
                f"Ratio: of the ends of the interval. That month{since.en}: the share that the interval of the port's "
                f"year is expected to lose, in logs, if that figure were published; {name.en}: the share that the "
                f"region's loses by the total of {span.en}. Half means that a ratio of 4 becomes one of 2. All ports: "
                "chart above.",
                f"该月{since.zh}：若公布该数字，本口岸全年区间（对数）预计缩短的比例；"
                f"{name.zh}：{span.zh}总量可使全区区间缩短的比例。收窄一半即上下端之比由4变为2。全部口岸见上图。",
            ),
        ),
    )  # fmt: skip


def _call(row: dict[str, Any], audit: EvidenceAudit) -> tuple[Cell, ...]:
    ends = (row["median"], row["lower"], row["upper"])
    return (
        port_words(row["place"], row["mode"], audit),
        tonnes_in_unit(*ends),
        _known_to(*ends),
        ratio_of_ends(row["ratio"]) if row["ratio"] <= _HARDLY else Number("over 99", "超过99", (row["ratio"],)),
        month_words(row["month"]),
        fraction_percent(row["month_own"]),
        *(() if audit.is_whole_year else (fraction_percent(row["own"]),)),
        fraction_percent(row["region"]),
    )


def _known_to(median: float, lower: float, upper: float) -> Number:
    """Return an interval of freight; a lower end too small to mean anything is said to be under a round amount."""
    if lower >= _LEAST_TONNES:
        return tonnes_interval_in_unit(median, lower, upper)
    words = tonnes_in_unit(upper, lower, upper)
    return Number(f"under 0.001 to {words.en}", f"不到0.1至{words.zh}", (lower, upper))


def ports(audit: EvidenceAudit) -> Table:
    """Return what each port lacks: completeness, the age of its newest figure, its longest silence."""
    months, years = audit.edition.month, audit.edition.year - audit.first_year
    return Table(
        name=Both("Ports", "各口岸"),
        caption=Both(
            "Age and completeness of what was published about the freight of each port",
            "各口岸过货量资料的时效与完整程度",
        ),
        columns=(
            _PORT,
            Both("Newest figure ends", "最新数字止于"),
            Both("#Age", "#时效"),
            Both(f"#Months of {audit.edition.year}, of {months}", f"#{audit.edition.year}年月份（共{months}个）"),
            Both(f"#Years before, of {years}", f"#此前年份（共{years}个）"),
            Both("Longest silence", "最长空白"),
            Both("#Months of it", "#空白月数"),
        ),
        rows=tuple(_port(row, audit) for row in audit.coverage.iter_rows(named=True)),
        notes=(
            Both(
                "Months and years are those that figures state alone, by themselves or as the difference of two. Age: "
                "from the end of the newest figure's period to the data cut-off. Silence: months of which no figure, "
                "bound or growth rate speaks.",
                "月份与年份指公布数单独（或两数相减）即可得出的。时效：最新数字的时期末至数据截止日。"
                "空白：没有任何数字、界限或增速涉及的月份。",
            ),
        ),
    )


def _port(row: dict[str, Any], audit: EvidenceAudit) -> tuple[Cell, ...]:
    newest: tuple[Cell, Cell] = (Both("no figure", "无数字"), "")
    if row["newest_id"] is not None:
        newest = (Link.to(row["newest_id"], date_words(row["newest_end"])), age(row["age"]).cite([row["newest_id"]]))
    gap = span_words(row["gap_start"], row["gap_end"]) if row["gap_months"] else Both("none", "无")
    return (
        port_words(row["place"], row["mode"], audit),
        *newest,
        whole(row["months"]),
        whole(row["years"]),
        gap,
        whole(row["gap_months"]),
    )


def unresolved(audit: EvidenceAudit) -> Table | Note:
    """Return each contradiction that is not resolved, with its figures, none of which is used."""
    rows = audit.conflicts.filter(pl.col("done").is_in(UNRESOLVED))
    if rows.is_empty():
        return Note(Both("No contradiction is unresolved.", "没有未解决的矛盾。"))
    return Table(
        name=Both("Unresolved", "未解决"),
        caption=Both(
            "Unresolved contradictions: no estimate uses these figures", "未解决的矛盾：这些数字不进入任何估计"
        ),
        columns=(_FIGURES, _KNOWN),
        rows=tuple((_figures(row, audit), _note(row)) for row in rows.iter_rows(named=True)),
    )


def explained(audit: EvidenceAudit) -> Table | Note:
    """Return each contradiction that is explained, with its figures, and what was done about it."""
    rows = audit.conflicts.filter(~pl.col("done").is_in(UNRESOLVED))
    if rows.is_empty():
        return Note(Both("No contradiction has been explained.", "没有已作解释的矛盾。"))
    return Table(
        name=Both("Explained", "已解释"),
        caption=Both("Contradictions that are explained", "已作解释的矛盾"),
        columns=(_FIGURES, _KNOWN, Both("Done", "处理")),
        rows=tuple((_figures(row, audit), _note(row), DONE[row["done"]]) for row in rows.iter_rows(named=True)),
    )


def _figures(row: dict[str, Any], audit: EvidenceAudit) -> Both:
    """Return what kind of contradiction it is, and its figures as published."""
    statements, ids = audit.known.evidence.statements, row["statement_ids"].split(";")
    of = statements.filter(pl.col("statement_id").is_in(ids))
    kind = KINDS.get(row["kind"], Both(row["kind"], row["kind"]))
    english: list[Part] = [f"{str(kind.en).capitalize()}: "]
    chinese: list[Part] = [f"{kind.zh}："]
    for place, each in enumerate(ids):
        found = of.row(by_predicate=pl.col("statement_id") == each, named=True)
        words, span = series_words(found, audit.known.evidence), span_words(found["period_start"], found["period_end"])
        number = published_figure(found).cite([each])
        english += ["; " if place else "", f"{words.en}, {span.en}: ", number]
        chinese += ["；" if place else "", f"{words.zh}，{span.zh}：", number]
    return Both(tuple(english), tuple(chinese))


def _note(row: dict[str, Any]) -> Both:
    """Return what is known of a contradiction, or what the check says of one that is new."""
    return Both(row["note"] or row["sentence"], row["note_zh"] or row["note"] or row["sentence"])


def revised(audit: EvidenceAudit) -> Table | Note:
    """Return how last year's figures were revised, as this year's growth implies it."""
    if audit.revisions.is_empty():
        return Note(Both("No growth rate has a published base.", "没有增速可与已公布的基数对照。"))
    shown = audit.revisions.filter((pl.col("pairs") > 0) | pl.col("indicator").is_null())
    return Table(
        name=Both("Revisions", "修订"),
        caption=Both(
            "Last year's figures as published then, and as this year's level and growth imply them",
            "上年当时公布数与由本年总量和增速推算的基数之比较",
        ),
        columns=(
            Both("Indicator", "指标"), Both("#Bases", "#基数"), Both("#Revised", "#有修订"),
            Both("#Mean revision", "#平均修订"), Both("#Mean absolute", "#平均绝对修订"),
            Both("#Relative (RMAR)", "#相对绝对修订"), Both("#By more than 3%", "#超过3%"),
        ),
        rows=tuple(_revision(row, audit.known.evidence) for row in shown.iter_rows(named=True)),
        total=True,
        notes=(
            Both(
                "Revision: implied base over published base, less one. Revised: beyond rounding. By more than 3%: "
                "counted as contradictions and in no mean.",
                "修订：推算基数与公布基数之比减1。有修订：超出舍入。超过3%的计为矛盾，不入平均。",
            ),
            *_only_contradicting(audit),
        ),
    )  # fmt: skip


def _only_contradicting(audit: EvidenceAudit) -> tuple[Both, ...]:
    """Return a note on the indicators none of whose bases enters a mean; the row of all counts them."""
    left = audit.revisions.filter((pl.col("pairs") == 0) & pl.col("indicator").is_not_null())
    if left.is_empty():
        return ()
    named = [
        Both(f"{name.en} ({row['contradicting']})", f"{name.zh}（{row['contradicting']}）")
        for row in left.iter_rows(named=True)
        for name in [_indicator(row["indicator"], audit.known.evidence)]
    ]
    listed = series(named)
    return (Both(f"Only by more than 3%: {listed.en}.", f"仅有超过3%的修订：{listed.zh}。"),)


def _revision(row: dict[str, Any], evidence: Evidence) -> tuple[Cell, ...]:
    name = Both("all", "全部") if row["indicator"] is None else _indicator(row["indicator"], evidence)
    sizes: tuple[Cell, ...] = ("", "", "")
    if row["pairs"]:
        relative = "" if row["relative"] is None else percent_to_a_tenth(row["relative"])
        sizes = (change(row["mean"]), percent_to_a_tenth(row["mean_absolute"]), relative)
    return (name, whole(row["pairs"]), whole(row["revised"]), *sizes, whole(row["contradicting"]))


def _indicator(indicator: str, evidence: Evidence) -> Both:
    """Return an indicator's name, that of money with its currency: trade is counted in several."""
    name, listed = indicator_words(indicator, evidence), evidence.indicators.rows.get(indicator)
    currency = CURRENCIES.get(listed.unit) if listed else None
    return Both(f"{name.en}, {currency.en}", f"{name.zh}（{currency.zh}）") if currency else name


def set_aside(audit: EvidenceAudit) -> Table | Note:
    """Return the rows that are doubtful or wrong at their source."""
    rows = audit.check.set_aside.sort("place", "period_end", "statement_id")
    if rows.is_empty():
        return Note(Both("No row is doubtful.", "没有存疑的表述。"))
    status = {"doubtful": Both("doubtful", "存疑"), "source wrong": Both("wrong at its source", "原文有误")}
    return Table(
        name=Both("Set aside", "不采用"),
        caption=Both("Statements that enter no estimate", "不进入任何估计的表述"),
        columns=(Both("Statement", "编号"), Both("What", "指标"), Both("Period", "时期"),
                 Both("As published", "原文数字"), Both("Publisher", "发布者"), Both("Status", "状态")),
        rows=tuple(
            (
                row["statement_id"],
                series_words(row, audit.known.evidence),
                span_words(row["period_start"], row["period_end"]),
                published_figure(row),
                publisher_words(row["publisher"]),
                status[row["status"]],
            )
            for row in rows.iter_rows(named=True)
        ),
    )  # fmt: skip


def by_place(audit: EvidenceAudit) -> Table:
    """Return how much was published about each place."""

    def name(place: str | None) -> Cell:
        return place_words(place, audit.known.places) if place else Both("no place", "未注明地点")

    return _counted(audit, "place", _PLACE, name)


def by_year(audit: EvidenceAudit) -> Table:
    """Return how much was published about each year."""
    return _counted(audit, "year", _YEAR, lambda value: year_words(value))


def by_publisher(audit: EvidenceAudit) -> Table:
    """Return how much each publisher published."""
    return _counted(audit, "publisher", _PUBLISHER, publisher_words)


def _counted(audit: EvidenceAudit, by: str, what: Both, name: Callable[[Any], Cell]) -> Table:
    """Return statements, distinct ones and repeats by a column, the smaller ones together."""
    first, rest = with_rest(counts(audit.read, by), by)
    rows = [_counts(row, name(row[by])) for row in first.iter_rows(named=True)]
    for row in rest.iter_rows(named=True):
        others = whole(row["values"])
        rows.append(_counts(row, Both((others, " others"), ("其他", others, "个"))))
    return Table(
        name=Both(f"By {str(what.en).lower()}", f"分{what.zh}"),
        caption=Both(f"Statements by {str(what.en).lower()}", f"公开表述：分{what.zh}"),
        columns=(what, *_COUNTED),
        rows=tuple(rows),
    )


def _counts(row: dict[str, Any], name: Cell) -> tuple[Cell, ...]:
    keys = ("statements", "distinct", "repeats", "expectations", "set_aside")
    return (join_cells(name), *(whole(row[key]) for key in keys))

"""The sources table, to which every number leads."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link
from analysis.pages.words.dates import publication_words, span_words
from analysis.pages.words.indicators import series_words
from analysis.pages.words.names import publisher_words
from analysis.pages.words.phrases import count_words
from analysis.pages.words.published_amounts import published_amount
from analysis.pages.words.published_figures import measure_words as way_words
from analysis.pages.words.published_figures import parameter_words
from analysis.sources import ledger
from analysis.sources.evidence import Evidence, Known
from analysis.sources.places import Places
from analysis.sources.published_figures import figures_by_id
from analysis.sources.registers import CLEARANCE

#: The measures of the ledger in words.
MEASURES = {
    "level": Both("total", "总量"),
    "yoy_growth": Both("growth on the year before", "同比增速"),
    "mom_growth": Both("growth on the month before", "环比增速"),
    "daily_average": Both("a day on average", "日均"),
    "monthly_average": Both("a month on average", "月均"),
    "daily_peak": Both("peak of a day", "单日峰值"),
    "share": Both("share", "占比"),
    "stock": Both("stock", "存量"),
    "expected": Both("expected", "预计"),
    "target": Both("target", "目标"),
    "plan_or_forecast": Both("plan", "计划"),
    "growth_vs_2019": Both("growth on 2019", "较2019年增速"),
    "growth_vs_prev_full_year": Both("growth on the whole year before", "较上年全年增速"),
    "growth_vs_2010": Both("growth on 2010", "较2010年增速"),
    "growth_vs_prev_plan": Both("growth on the previous five-year period", "较上一五年规划时期增速"),
    "avg_annual_growth": Both("growth a year on average", "年均增速"),
}  # fmt: skip

_NO_PERIOD = Both("not stated", "未说明")
_NO_ADDRESS = Both("none given", "无")

#: Words in a publisher's name that say that only a copy was seen.
_COPY = re.compile(r"\breprint|\bmirror|\bcopy\b|перепечатка|转载|镜像", re.IGNORECASE)
_ORIGINAL, _COPY_WORDS = Both("original", "原始"), Both("only copy seen", "转载（原文未见）")


def sources(known: Known, ids: Sequence[str]) -> Table:
    """Return where each statement comes from, one row with an anchor each.

    Parameters
    ----------
    known
        What was known when the page was made; its statements, or its registers of gates and ways, hold all the ids.
    ids
        Statements to cite, in this order, each once.
    """
    statements = known.counted
    figures = figures_by_id(known.evidence).filter(pl.col("statement_id").is_in(list(ids)))
    in_ledger = [each for each in dict.fromkeys(ids) if each not in set(figures["statement_id"])]
    cited = ledger.cite(statements, in_ledger).select("statement_id", "repeats", "same_as")
    rows = cited.join(statements.drop("same_as"), on="statement_id", how="left", validate="1:1", maintain_order="left")
    written = {row["statement_id"]: _row(row, known.evidence) for row in rows.iter_rows(named=True)}
    written |= {row["statement_id"]: _figure_row(row, known.places) for row in figures.iter_rows(named=True)}
    order = list(dict.fromkeys(ids))
    return Table(
        name=Both("Sources", "来源"),
        caption=Both(
            "Sources: every statement that this page rests on or names", "来源：本页所依据或提及的每一条公开表述"
        ),
        columns=(
            Both("Statement", "编号"),
            Both("What", "指标"),
            Both("Period", "时期"),
            Both("Measure", "口径"),
            Both("As published", "原文数字"),
            Both("Publisher", "发布者"),
            Both("Published", "发布日期"),
            Both("Address", "网址"),
            Both("Kind", "性质"),
        ),
        rows=tuple(written[each] for each in order),
        anchors=tuple(f"s-{each}" for each in order),
        notes=(
            Both(
                "A reprint repeats another statement and counts once with it. Only copy seen: the publisher reprints a "
                "text that was not found itself. A date is as exact as it is known.",
                "转载与原始表述合并计算，只计一次。“转载（原文未见）”：发布者系转载，未找到原文。日期精确到已知程度。",
            ),
        ),
    )


def measure_words(measure: str) -> Both:
    """Return what a statement measures, in words."""
    plain = measure.replace("_", " ")
    return MEASURES.get(measure, Both(plain, plain))


def kind_words(row: Mapping[str, Any]) -> Both:
    """Return what a statement measures, and whose count it is where that is another office's."""
    measure, count = measure_words(str(row["measure"])), row.get("count")
    if not count:
        return measure
    words = count_words(str(count))
    return Both(f"{measure.en}, {words.en}", f"{measure.zh}，{words.zh}")


def _row(row: dict[str, Any], evidence: Evidence) -> tuple[Cell, ...]:
    address = row["url"] or ""
    kind = row["repeats"]
    return (
        row["statement_id"],
        series_words(row, evidence),
        span_words(row["period_start"], row["period_end"]),
        kind_words(row),
        published_amount(row["value_as_published"], row["relation"], row["value"], row["unit"]),
        publisher_words(row["publisher"]),
        publication_words(row["published_on"], row["published_on_precision"]),
        Link(_host(address), address) if address else _NO_ADDRESS,
        original_or_copy(row["publisher"])
        if kind == "original"
        else Both(f"reprint of {row['same_as']}", f"转载自{row['same_as']}"),
    )


def _figure_row(row: dict[str, Any], places: Places) -> tuple[Cell, ...]:
    """Return the row of a figure of the registers of gates and ways."""
    start, end = row["period_start"], row["period_end"]
    first, last = start or end, end or start
    port, _, parameter = row["series_id"].partition(".")
    if row["register"] == CLEARANCE.name:
        what = parameter_words(port, parameter, places)
    else:
        what = way_words(row["leg"], row["measure"])
    return (
        row["statement_id"],
        what,
        span_words(first, last) if first else _NO_PERIOD,
        Both("doubtful figure", "存疑数字") if row["status"] == "doubtful" else Both("figure", "数字"),
        published_amount(row["value_as_published"], "eq", float(row["value"]), row["unit"]),
        publisher_words(row["publisher"]),
        publication_words(row["published_on"]),
        Link(_host(row["url"]), row["url"]) if row["url"] else _NO_ADDRESS,
        original_or_copy(row["publisher"]),
    )


def original_or_copy(publisher: str | None) -> Both:
    """Return the kind of a statement that repeats no other: its publisher may still name a text that nobody found."""
    return _COPY_WORDS if _COPY.search(publisher or "") else _ORIGINAL


def _host(address: str) -> str:
    return address.split("/")[2] if address.count("/") >= 2 else address

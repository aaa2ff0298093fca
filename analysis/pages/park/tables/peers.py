"""Other parks, and what became of what was expected."""

from typing import Any

import polars as pl

from analysis.desks.park import ParkOutput
from analysis.desks.park.peers import AREA, CAPITAL, FIRMS, JOBS
from analysis.pages.park.tables.words import (
    NONE,
    WHAT,
)
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import series
from analysis.pages.words.published_amounts import published_amount
from analysis.pages.words.quantities import stated_in_wan
from analysis.pages.words.rounding import (
    ratio,
    with_relation,
    yuan,
    yuan_of,
)

#: What output is set against.
_BASES = {
    CAPITAL: Both("per yuan of capital", "每元投资"),
    AREA: Both("per square kilometre", "每平方公里"),
    JOBS: Both("per job", "每个岗位"),
    FIRMS: Both("per firm", "每家企业"),
}
_UNITS = {
    AREA: Both("square kilometres", "平方公里"),
    JOBS: Both("jobs", "个岗位"),
    FIRMS: Both("firms", "家企业"),
}
_SPREADS = {
    "year": Both("", ""),
    "years": Both(", a year on average", "，年均"),
    "part": Both(", as a yearly rate", "，折合全年"),
}
_VERDICTS = {
    "met": Both("came true", "实现"),
    "missed": Both("did not", "落空"),
    "silent": Both("no outcome in the ledger", "台账中未见结果"),
}


def peers(park: ParkOutput) -> Table:
    """Return every park with both figures, by what its output is set against."""
    places, rows = park.attainment.places, []
    for basis, words in _BASES.items():
        for row in park.peers.of(basis).iter_rows(named=True):
            spread = _SPREADS[row["spread"]]
            span = span_words(row["output_start"], row["output_end"])
            output = yuan(row["output_cny"]).cite([row["output_id"], *row["rate_ids"]])
            base = _base(basis, row).cite([row["base_id"], *row["rate_ids"]])
            quotient = _quotient(basis, row["ratio"]).cite([row["output_id"], row["base_id"]])
            quotient = with_relation(quotient, "approx" if row["loose"] else "eq")
            rows.append(
                (
                    short_name(row["park"], places),
                    words,
                    quotient,
                    output,
                    Both(
                        f"{'sales, ' if row['sales'] else ''}{span.en}{spread.en}",
                        f"{span.zh}{'销售' if row['sales'] else ''}{spread.zh}",
                    ),
                    base,
                    date_words(row["base_on"]),
                    "" if row["age"] is None else Number(str(row["age"]), str(row["age"]), (float(row["age"]),)),
                )
            )
    rates = _rate_words(park)
    return Table(
        name=Both("Other parks", "其他园区"),
        caption=Both(
            "Output of other parks by capital, area, job and firm", "其他园区按投资、面积、岗位和企业计的产出"
        ),
        columns=(
            Both("Park", "园区"),
            Both("Output", "产出"),
            Both("#Ratio", "#比值"),
            Both("#Output a year", "#年产出"),
            Both("Period", "时期"),
            Both("#Against", "#对照"),
            Both("On", "截至"),
            Both("#Age, years", "#园龄（年）"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                f"Both figures as published, at most three years apart{rates.en}. Parks that went well are spoken of "
                "more often, so the ratios are rather too high.",
                f"两项数字均按公布数，相隔不超过三年{rates.zh}。经营好的园区更常被报道，故比值偏高。",
            ),
        ),
    )


def expectations(park: ParkOutput) -> Table:
    """Return each expectation whose period is over, and what was published of it."""
    evidence, places = park.attainment.known.evidence, park.attainment.places
    rows = []
    for row in park.record.table.sort("period_end", "period_start", "place", maintain_order=True).iter_rows(named=True):
        name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
        place = short_name(row["place"], places)
        outcome: Cell = NONE
        if row["outcome_id"] is not None:
            words = published_amount(row["outcome_as_published"], row["outcome_relation"], row["outcome"], row["unit"])
            outcome = words.cite([row["outcome_id"]])
        rows.append(
            (
                Both(f"{place.en}, {name.en}", f"{place.zh}{name.zh}"),
                span,
                published_amount(row["value_as_published"], row["relation"], row["expected"], row["unit"]).cite(
                    [row["statement_id"]]
                ),
                outcome,
                _VERDICTS[row["verdict"]],
            )
        )
    return Table(
        name=Both("Expectations", "预期"),
        caption=Both("Published expectations and their outcomes", "公布的预期及其结果"),
        columns=(
            WHAT,
            Both("Period", "时期"),
            Both("#Expected", "#预期"),
            Both("#Outcome", "#结果"),
            Both("Verdict", "结论"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Judged 90 days after the period; met where a published sum reached it, missed where the whole period "
                "was published and did not.",
                "期满90天后判定：公布数达到预期为实现，全期公布而未达到为落空。",
            ),
        ),
    )


def _base(basis: str, row: dict[str, Any]) -> Number:
    """Return what an output is set against, in words."""
    return yuan(row["base"]) if basis == CAPITAL else stated_in_wan(row["base"], unit=_UNITS[basis])


def _quotient(basis: str, value: float) -> Number:
    """Return output by what it is set against, in yuan, in Chinese in 万元 and 亿元."""
    if basis == CAPITAL:
        words = ratio(value)
        return Number(f"{words.en} yuan", f"{words.zh}元", words.values)
    return yuan_of(value) if basis == JOBS else yuan(value)


def _rate_words(park: ParkOutput) -> Both:
    """Return at which years' rates foreign currency was converted; nothing where there was none."""
    used = park.peers.table["rate_ids"].explode().drop_nulls().unique()
    rates = park.attainment.known.statements.filter(
        pl.col("statement_id").is_in(used.to_list()) & (pl.col("indicator") == "fx_cny_per_usd")
    )
    if rates.is_empty():
        return Both("", "")
    years = series([str(year) for year in sorted(set(rates["period_end"].dt.year()))])
    return Both(
        f"; foreign currency at the rate in the ledger nearest to the output's period, that of the yuan of {years.en}",
        f"；外币按台账中最接近该时期的汇率折算，人民币汇率为{years.zh}年",
    )

"""Other parks, and what became of what was expected."""

from typing import Any

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
from analysis.pages.words.rounding import (
    as_published,
    plain,
    ratio,
    with_relation,
    yuan,
)

#: What output is set against, with the words of its unit.
_BASES = {
    CAPITAL: (Both("per yuan of capital", "每元投资"), Both("yuan", "元")),
    AREA: (Both("per square kilometre", "每平方公里"), Both("million yuan", "百万元")),
    JOBS: (Both("per job", "每个岗位"), Both("thousand yuan", "千元")),
    FIRMS: (Both("per firm", "每家企业"), Both("million yuan", "百万元")),
}
_SCALES = {CAPITAL: 1.0, AREA: 1e6, JOBS: 1e3, FIRMS: 1e6}
_SPREADS = {
    "year": Both("", ""),
    "years": Both(", a year on average", "，年均"),
    "part": Both(", as a yearly rate", "，折合全年"),
}
_VERDICTS = {
    "met": Both("came true", "实现"),
    "missed": Both("did not", "落空"),
    "silent": Both("never spoken of again", "再无下文"),
}


def peers(park: ParkOutput) -> Table:
    """Return every park with both figures, by what its output is set against."""
    places, rows = park.attainment.places, []
    for basis, (words, unit) in _BASES.items():
        for row in park.peers.of(basis).iter_rows(named=True):
            spread = _SPREADS[row["spread"]]
            span = span_words(row["output_start"], row["output_end"])
            output = yuan(row["output_cny"]).cite([row["output_id"], *row["rate_ids"]])
            base = _base(basis, row).cite([row["base_id"], *row["rate_ids"]])
            quotient = ratio(row["ratio"] / _SCALES[basis]).cite([row["output_id"], row["base_id"]])
            quotient = with_relation(quotient, "approx" if row["loose"] else "eq")
            rows.append(
                (
                    short_name(row["park"], places),
                    Both(f"{words.en}, {unit.en}", f"{words.zh}，{unit.zh}"),
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
                "Both figures as published, at most three years apart; foreign currency at the "
                "published rate nearest to "
                "the output's period. Parks that went well are spoken of more often, so the "
                "ratios are rather too high.",
                "两项数字均按公布数，相隔不超过三年；外币按最接近该时期的公布汇率折算。经营好的园区更常被报道，故比值偏高。",
            ),
        ),
    )


def expectations(park: ParkOutput) -> Table:
    """Return each expectation whose period is over, and what was published of it."""
    evidence, places = park.attainment.known.evidence, park.attainment.places
    rows = []
    for row in park.record.table.iter_rows(named=True):
        name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
        place = short_name(row["place"], places)
        outcome: Cell = NONE
        if row["outcome_id"] is not None:
            words = as_published(row["outcome_as_published"], row["outcome_relation"], row["outcome"])
            outcome = words.cite([row["outcome_id"]])
        rows.append(
            (
                Both(f"{place.en}, {name.en}", f"{place.zh}{name.zh}"),
                span,
                as_published(row["value_as_published"], row["relation"], row["expected"]).cite([row["statement_id"]]),
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
    if basis == CAPITAL:
        return yuan(row["base"])
    size = plain(row["base"])
    unit = {AREA: (" km²", "平方公里"), JOBS: (" jobs", "个岗位"), FIRMS: (" firms", "家企业")}[basis]
    return Number(f"{size}{unit[0]}", f"{size.replace(',', '')}{unit[1]}", (row["base"],))

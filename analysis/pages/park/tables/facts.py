"""What was published about the park, and what follows from it by division alone."""

from typing import Any

from analysis.desks.park import Attainment, ParkOutput
from analysis.pages.park.tables.words import (
    FIGURE,
    NONE,
    OWN_CHANCE,
    WHAT,
    WHERE,
    chance_words,
    ids_of,
    rate_words,
    source_of,
)
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link
from analysis.pages.words.dates import date_words, publication_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.names import publisher_and_day
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import (
    ratio,
    with_relation,
    yuan,
)
from analysis.sources.evidence import Evidence


def facts(park: ParkOutput) -> Table:
    """Return what was published about the park, and what follows from it by division alone."""
    attainment, day = park.attainment, date_words(park.attainment.as_of)
    return Table(
        name=Both("Published facts", "公布事实"),
        caption=Both(f"Published facts by {day.en}", f"截至{day.zh}的公布事实"),
        columns=(WHAT, FIGURE, WHERE),
        rows=(
            *_expected(attainment),
            *_measured(attainment),
            *(_later(row, attainment.known.evidence) for row in attainment.later.to_dicts()),
        ),
        notes=(
            Both(
                "An expectation is not a figure: it says what somebody hoped for, and is compared with the outcome "
                "only.",
                "预期不是实绩：它说明有人期待什么，只用来与结果对照。",
            ),
            *_remarks(attainment),
        ),
    )


def _expected(attainment: Attainment) -> list[tuple[Cell, ...]]:
    """Return target and capital, and the one divided by the other."""
    year, target, capital = attainment.year, attainment.target_id, attainment.invested_id
    rows: list[tuple[Cell, ...]] = []
    if attainment.target_cny is not None:
        what = Both(f"Output expected for {year}, used as the target", f"{year}年预计总产值，作为目标")
        source = source_of(target, Both("a published expectation", "公开预期"), Both("set by hand", "人工设定"))
        number = with_relation(yuan(attainment.target_cny), attainment.relation(target)).cite(ids_of(target))
        rows.append((what, number, source))
    if attainment.invested_cny is not None:
        invested = with_relation(yuan(attainment.invested_cny), attainment.relation(capital)).cite(ids_of(capital))
        rows.append(
            (Both("Capital invested", "累计投资"), invested, source_of(capital, Both("published", "已公布"), ""))
        )
    if attainment.output_per_invested is not None:
        by_capital = ratio(attainment.output_per_invested).cite(ids_of(target, capital))
        rows.append((_by_invested(attainment), by_capital, Both("target ÷ capital", "目标÷投资")))
    return rows


def _measured(attainment: Attainment) -> list[tuple[Cell, ...]]:
    """Return what is known of output, run rates and probability."""
    why = None if attainment.reason is None else reason_words(attainment.reason)
    output: Cell = NONE
    source: Cell = why or Both("returned", "企业报表")
    if attainment.progress is not None:
        output = yuan(attainment.progress.to_date_cny)
    elif attainment.output_cny is not None:
        output = yuan(attainment.output_cny).cite(ids_of(attainment.output_id))
        source = source_of(attainment.output_id, Both("published", "已公布"), "")
    rows: list[tuple[Cell, ...]] = [(Both("Output measured", "实际产值"), output, source)]
    if attainment.target_cny is None:
        return rows
    required = Both("for the rest of the year", "余下各月")
    if attainment.current_run_rate is None:
        required = Both("target ÷ 12 months, nothing being measured", "目标÷12个月（无实测）")
    target = ids_of(attainment.target_id)
    return [
        *rows,
        (_run_rate(attainment), rate_words(attainment.required_run_rate, target), required),
        (
            Both("Run rate reached", "实际月均"),
            rate_words(attainment.current_run_rate),
            why or Both("mean of the months returned", "已报送月份的均值"),
        ),
        (
            OWN_CHANCE,
            chance_words(attainment.probability),
            why or Both("from the returns", "根据报表"),
        ),
    ]


def _run_rate(attainment: Attainment) -> Both:
    """Return what the required run rate is called: in hindsight, what the year would have needed."""
    if not attainment.is_measured and not attainment.over:
        return Both("Target spread over the year", "目标按全年平均")
    if attainment.over:
        return Both("Run rate it would have needed", "当年所需月均")
    return Both("Required run rate", "所需月均")


def _by_invested(attainment: Attainment) -> Both:
    """Return what the target per yuan invested is called."""
    if attainment.over:
        return Both("Output per yuan invested, had the target been met", "假如当年实现目标，每元投资的产出")
    return Both("Output per yuan invested, if the target is met", "若实现目标，每元投资的产出")


def _later(row: dict[str, Any], evidence: Evidence) -> tuple[Cell, ...]:
    """Return another statement about the park: no output, but the nearest thing that was published."""
    name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
    day = publication_words(row["published_on"], row["published_on_precision"])
    return (
        Both(f"Also published: {name.en}, {span.en}", f"另有公布：{span.zh}{name.zh}"),
        published_figure(row),
        Link.to(row["statement_id"], publisher_and_day(row["publisher"], day)),
    )


def _remarks(attainment: Attainment) -> tuple[Cell, ...]:
    """Return what the ledger notes about the other statements, each by what it is about."""
    evidence, remarks = attainment.known.evidence, []
    for row in attainment.later.filter(attainment.later["note"].fill_null("") != "").to_dicts():
        name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
        english, chinese = str(name.en), f"{span.zh}{name.zh}"
        what = Both(f"{english[:1].upper()}{english[1:]}, {span.en}", chinese)
        note = Both(f": {row['note']}", f"：{row['note_zh'] or row['note']}")
        remarks.append((Link.to(row["statement_id"], what), note))
    return tuple(remarks)

"""The three sentences of the park desk, from published facts only."""

from typing import Any

from analysis.core import units
from analysis.desks.park import Attainment, Progress
from analysis.pages.parts.sentences import Heading, Sentences
from analysis.pages.words.cells import Both, Number, Part, join_cells
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import likelihood_clause
from analysis.pages.words.rounding import percent, plain, ratio, with_relation, yuan
from analysis.sources.evidence import Evidence


def summary(attainment: Attainment) -> Sentences:
    """Return the target and what was measured, what it would take, and how probable it is to reach it."""
    return Sentences((_target_sentence(attainment), _needs_sentence(attainment), _probability_sentence(attainment)))


def returns_heading(progress: Progress) -> Heading:
    """Return the heading of what the firms' returns say, and whether any of it is real."""
    count = len(progress.firms)
    if not progress.illustrative:
        return Heading(
            Both("What the firms returned", "企业报表"),
            Both(
                f"From the returns of {count} firms. The target is a published expectation.",
                f"根据{count}家企业的月度报表。目标为公开预期。",
            ),
        )
    return Heading(
        Both("Illustration: how this page looks with firm returns", "示意：有企业报表时本页的样子"),
        Both(
            f"Everything below is made up and says nothing about the park: {count} invented firms show what the page "
            "would say if firms sent in monthly returns. Only the target is real, a published expectation; the "
            "invented output is compared with it and added to nothing.",
            f"以下内容均为虚构，与园区实际情况无关：用{count}家虚构企业演示企业按月报送后本页的内容。只有目标是真实的"
            "公开预期；虚构产值只与它对照，不计入任何结果。",
        ),
        illustrative=True,
    )


def _target_sentence(attainment: Attainment) -> Both:
    target = yuan(attainment.target_cny).cite(_ids(attainment.target_id))
    name, year, day = short_name(attainment.park, attainment.places), attainment.year, date_words(attainment.as_of)
    if attainment.current_run_rate is None:
        measured = Both(
            f"by {day.en} no output of {year} had been published", f"截至{day.zh}，没有公布过{year}年的实际产值"
        )
    else:
        rate = yuan(attainment.current_run_rate)
        measured = Both(("firms' returns put it at ", rate, " a month so far"), ("企业报表显示目前月均", rate))
    return Both(
        (f"{name.en} was expected to produce ", target, f" in {year}; ", measured, "."),
        (f"{name.zh}{year}年总产值预计达到", target, "；", measured, "。"),
    )


def _needs_sentence(attainment: Attainment) -> Both:
    rate, over = attainment.required_run_rate, attainment.over
    if rate is None:
        needs = Both("nothing more", "已无需再增")
    else:
        number = yuan(rate).cite(_ids(attainment.target_id))
        needs = Both((number, " a month"), ("月均", number))
    english: list[Part] = ["The target would have needed " if over else "The target needs ", needs]
    chinese: list[Part] = ["要实现这一目标，当年需" if over else "要实现这一目标，需", needs]
    if attainment.invested_cny is not None and attainment.output_per_invested is not None:
        by_capital = ratio(attainment.output_per_invested).cite(_ids(attainment.target_id, attainment.invested_id))
        capital = with_relation(yuan(attainment.invested_cny), "approx").cite(_ids(attainment.invested_id))
        english += [
            ", and would have been " if over else ", and would be ",
            by_capital,
            " yuan of output by yuan of capital invested (",
            capital,
            ")",
        ]
        chinese += ["，相当于每元投资产出", by_capital, "元（累计投资", capital, "）"]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _probability_sentence(attainment: Attainment) -> Both:
    if attainment.probability is not None:
        words, chance = likelihood_clause(attainment.probability), percent(attainment.probability)
        was = "was" if attainment.over else "is"
        return Both(
            (f"{str(words.en).capitalize()} (", chance, f") that the target {was} reached."),
            (f"实现目标的{words.zh}（概率", chance, "）。"),
        )
    met = "was" if attainment.over else "is"
    english: list[Part] = [f"Whether the target {met} met was not measured: no return was published"]
    chinese: list[Part] = ["目标是否实现无从测算：没有公布企业报表"]
    for row in attainment.later.iter_rows(named=True):
        other = _other_statement_words(row, attainment.known.evidence)
        english += ["; also published: ", other]
        chinese += ["；另有公布：", other]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _other_statement_words(row: dict[str, Any], evidence: Evidence) -> Both:
    """Return another statement about the park: `over 2,500 vehicles (vehicles made and sold, 2024; one firm)`."""
    unit, size = units.get(row["unit"]), plain(row["value"])
    # 辆次 counts crossings; vehicles that are made or sold are 辆.
    counted = unit.zh if row["indicator"] == "vehicles" else unit.zh.replace("辆次", "辆")
    number = Number(f"{size} {unit.en}".strip(), f"{size.replace(',', '')}{counted}", (row["value"],))
    number = with_relation(number, row["relation"]).cite([row["statement_id"]])
    name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
    noted = Both(f"; {row['note']}", f"（{row['note_zh'] or row['note']}）") if row["note"] else Both("", "")
    return Both((number, f" ({name.en}, {span.en}{noted.en})"), (f"{span.zh}{name.zh}", number, str(noted.zh)))


def _ids(*ids: str | None) -> list[str]:
    return [one for one in ids if one is not None]

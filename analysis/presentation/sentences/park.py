"""The three sentences of the park desk, from published facts only."""

from analysis import units
from analysis.park import Attainment, Progress
from analysis.presentation.names import short_name
from analysis.presentation.sentences.text import Heading, Sentences
from analysis.presentation.tables.figures import as_published, date_words, percent, plain, span_words, yuan
from analysis.presentation.tables.table import Cell, Link, Part
from analysis.presentation.words import likelihood


def attainment(attainment: Attainment) -> Sentences:
    """Return the target and what was measured, what it would take, and what can be said about reaching it."""
    return Sentences((_what(attainment), _why(attainment), _next(attainment)))


def returns_heading(progress: Progress) -> Heading:
    """Return the heading of what the firms' returns say, and whether any of it is real."""
    if not progress.illustrative:
        return Heading(
            "What the firms returned",
            f"From the returns of {len(progress.firms)} firms. The target is a published expectation.",
        )
    return Heading(
        "Illustration: how this page looks with firm returns",
        f"Everything below is made up and says nothing about the park: {len(progress.firms)} invented firms show what "
        "the page would say if firms sent in monthly returns. Only the target is real, a published expectation; the "
        "invented output is compared with it and added to nothing.",
        illustrative=True,
    )


def _what(attainment: Attainment) -> Cell:
    target = _linked(attainment.target_id, yuan(attainment.target_cny))
    measured = (
        f"by {date_words(attainment.as_of)} no output of {attainment.year} had been published"
        if attainment.current_run_rate is None
        else f"firms' returns put it at {yuan(attainment.current_run_rate)} a month so far"
    )
    return (f"{short_name(attainment.park)} was expected to produce ", target, f" in {attainment.year}; {measured}.")


def _why(attainment: Attainment) -> Cell:
    rate = attainment.required_run_rate
    needs = _linked(attainment.target_id, "nothing more" if rate is None else f"{yuan(rate)} a month")
    parts: list[Part] = ["The target needs ", needs]
    if attainment.invested_cny is not None and attainment.output_per_invested is not None:
        ratio = _linked(attainment.invested_id, plain(round(attainment.output_per_invested, 2)))
        capital = _linked(attainment.invested_id, f"about {yuan(attainment.invested_cny)}")
        parts += [", and would be ", ratio, " yuan of output by yuan of capital invested (", capital, ")"]
    return (*parts, ".")


def _next(attainment: Attainment) -> Cell:
    if attainment.probability is not None:
        words = f"{likelihood(attainment.probability)} ({percent(attainment.probability)})"
        return f"It is {words} that the target is reached."
    parts: list[Part] = ["Whether the target is met was not measured: no return was published"]
    for row in attainment.later.iter_rows(named=True):
        words = as_published(f"{plain(row['value'])} {units.get(row['unit']).en}", row["relation"])
        period = span_words(row["period_start"], row["period_end"])
        name = row["indicator"].replace("_", " ")
        parts += ["; also published: ", Link.to(row["statement_id"], words), f" ({name}, {period})"]
    return (*parts, ".")


def _linked(statement_id: str | None, words: str) -> Part:
    return Link.to(statement_id, words) if statement_id else words

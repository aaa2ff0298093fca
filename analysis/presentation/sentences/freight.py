"""The three sentences of the port desk: what happened, what it rests on, what next."""

from typing import Any

import polars as pl

from analysis.freight import Age, Outlook
from analysis.freight.rule import FIGURES, SURE
from analysis.presentation.names import short_name
from analysis.presentation.sentences.text import Sentences
from analysis.presentation.tables.figures import (
    as_published,
    date_words,
    fraction_percent,
    million_tonnes,
    percent,
    span_words,
    tonnes,
)
from analysis.presentation.tables.sources import measure_words
from analysis.presentation.tables.table import Cell, Link, Part
from analysis.presentation.words import age, likelihood, series

#: The sentence names at most so many bounds; the table of evidence has all of them.
_NAMED = 2


def outlook(outlook: Outlook) -> Sentences:
    """Return what happened with its interval, what that rests on, and what next with a probability."""
    return Sentences((_what(outlook), _why(outlook), _next(outlook)))


def _what(outlook: Outlook) -> Cell:
    """Return the year's total with its 80% interval, linked to the newest statement behind it."""
    year, row = outlook.edition.year, outlook.year()
    total = tonnes(row["median"], row["lower80"], row["upper80"])
    interval = million_tonnes(row["median"], row["lower80"], row["upper80"])
    newest = _newest(outlook)
    subject = f"{short_name(outlook.place)}'s {outlook.mode} freight in {year}"
    if outlook.status == "final":
        return (f"{subject} was published as ", Link.to(newest, total), ".")
    whole = "" if outlook.edition.month == 12 else ", the months to come included"
    return (f"{subject} is put at ", Link.to(newest, total), f"{whole}, with an 80% interval of ",
            Link.to(newest, interval), ".")  # fmt: skip


def _why(outlook: Outlook) -> Cell:
    """Return what the estimate rests on: the newest figure of the year, or bounds, or how old the last figure is."""
    year = outlook.edition.year
    used = outlook.evidence.filter("used").sort("period_end", "measure")
    figures = used.filter(pl.col("relation").is_in(SURE) & pl.col("measure").is_in(FIGURES))
    last = outlook.last_figure
    if used.is_empty():
        return (f"Nothing about {year} was published by {date_words(outlook.as_of)}; ", *_last(last))
    if figures.is_empty():
        only = "only a bound was published" if len(used) == 1 else "no total was published, only"
        return (f"For {year} {only}: ", *_statements(used.tail(_NAMED)), "; ", *_last(last))
    growth = used.filter((pl.col("measure") == "yoy_growth") & (pl.col("period_end") == figures["period_end"][-1]))
    row = figures.row(-1, named=True)
    known = f", published {date_words(row['published_on'])}" if row["published_on"] else ""
    return (
        "Published figures fix ",
        Link.to(row["statement_id"], fraction_percent(outlook.coverage)),
        f" of {year}; the newest say ",
        *_statements(pl.concat([figures.tail(1), growth.tail(1)])),
        f"{known}, a period that ended {age((outlook.as_of - row['period_end']).days)} before the data cut-off.",
    )


def _next(outlook: Outlook) -> Cell:
    """Return the probabilities of passing other figures, and which comparisons nobody can make."""
    year = outlook.edition.year
    computed = [row for row in outlook.chances.iter_rows(named=True) if row["probability"] is not None]
    missing = [str(row["figure_year"]) for row in outlook.chances.iter_rows(named=True) if row["probability"] is None]
    parts: list[Part] = []
    for row in computed:
        parts += ["; it is " if parts else "It is ", *_chance(outlook, row)]
    if missing:
        said = f"{year} is not compared with {series(missing)}, for which no full-year figure was published"
        parts.append(f"; {said}" if parts else said)
    return (*parts, *_ahead(outlook), ".")


def _chance(outlook: Outlook, row: dict[str, Any]) -> tuple[Part, ...]:
    """Return `very likely (more than 99%) that 2025 passes the total of 2024, 12.1 million tonnes (1,210万吨)`."""
    ids, value = row["statement_ids"], tonnes(row["value"])
    figure: Part = Link.to(ids[-1], value) if ids else value
    chance = Link.to(_newest(outlook), percent(row["probability"]))
    passes = f") that {outlook.edition.year} passes {row['figure']}, "
    return (f"{likelihood(row['probability'])} (", chance, passes, figure)


def _ahead(outlook: Outlook) -> tuple[Part, ...]:
    """Return the forecast of the next year, where the page looks that far."""
    if outlook.edition.month != 12:
        return ()
    row = outlook.year(outlook.edition.year + 1)
    interval = million_tonnes(row["median"], row["lower80"], row["upper80"])
    return (f"; {row['year']:.0f} may bring ", Link.to(_newest(outlook), interval), " (80% interval)")


def _newest(outlook: Outlook) -> str:
    """Return the newest statement behind the year: its newest figure if it has one."""
    figures = outlook.evidence.filter(
        pl.col("used") & pl.col("relation").is_in(SURE) & pl.col("measure").is_in(FIGURES)
    )
    return str(figures["statement_id"][-1]) if len(figures) else outlook.trace()[-1]


def _statements(rows: pl.DataFrame) -> list[Part]:
    """Return statements in words with their links: `"46.4万吨" and "12%" (growth) for January 2025`."""
    parts: list[Part] = []
    for row in rows.iter_rows(named=True):
        words = as_published(row["value_as_published"], row["relation"])
        kind = "" if row["measure"] in FIGURES else f" ({measure_words(row['measure'])})"
        parts += [" and " if parts else "", Link.to(row["statement_id"], f'"{words}"'), kind]
    last = rows.row(-1, named=True)
    return [*parts, f" for {span_words(last['period_start'], last['period_end'])}"]


def _last(last: Age | None) -> tuple[Part, ...]:
    """Return how old the newest figure is and when it was published."""
    if last is None:
        return ("no figure was ever published, only bounds.",)
    period = span_words(last.period_start, last.period_end)
    known = f"published {date_words(last.published_on)}" if last.published_on else "published without a date"
    return ("the last figure, for ", Link.to(last.statement_id, period), f", is {age(last.days)} old ({known}).")

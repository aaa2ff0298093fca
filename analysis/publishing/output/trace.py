"""From a number of a page to the published statements that bear on it, by way of the page's manifest."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from analysis.core.errors import CoverageError, ReportError
from analysis.core.suggestions import suggestion
from analysis.pages.parts.sources import original_or_copy
from analysis.pages.words.cells import text
from analysis.pages.words.names import publisher_words
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.rounding import as_published

#: Characters of a day of publication that are known: `2004` of a year, `2021-05` of a month.
_LENGTHS = {"year": 4, "month": 7}


def find(page: Path, number: str) -> Mapping[str, Any]:
    """Return what a page's manifest says of a number: `number, en, zh, statements`.

    Parameters
    ----------
    page
        The page, or its manifest beside it.
    number
        The key of the number (`n1`), or its words in either language, or a part of them that no other number has.

    Raises
    ------
    ReportError
        If there is no manifest beside the page, or it cannot be read.
    CoverageError
        If the page has no such number, or several.
    """
    numbers = _numbers(page.with_suffix(".json"))
    names = ("number", "en", "zh")
    exact = [each for each in numbers if number in (each[name] for name in names)]
    matches = exact or [each for each in numbers if number and any(number in each[name] for name in names[1:])]
    if len(matches) == 1:
        return matches[0]
    if matches:
        several = ", ".join(f"{each['number']} ({each['en']})" for each in matches[:6])
        raise CoverageError(f"{number!r} is in {len(matches)} numbers of {page.name}: {several}. Name one by its key.")
    words = [each[name] for each in numbers for name in names]
    remedy = suggestion(number, words, otherwise="Take a key, such as n1, from what the page shows beside it.")
    raise CoverageError(f"{page.name} has no number {number!r} that leads to statements. {remedy}")


def lines(number: Mapping[str, Any], statements: pl.DataFrame) -> Iterator[str]:
    """Yield a number and, one a line, the statements that bear on it, each with series, publisher, day, address.

    Parameters
    ----------
    number
        As `find` returns it.
    statements
        A ledger that holds them.

    Raises
    ------
    CoverageError
        If the ledger lacks one of them.
    """
    count = len(number["statements"])
    verdict = "1 statement bears" if count == 1 else f"{count} statements bear"
    yield f"{number['number']}: {number['en']} | {number['zh']}: {verdict} on it"
    rows = {row["statement_id"]: row for row in statements.to_dicts()}
    for identity in number["statements"]:
        if identity not in rows:
            raise CoverageError(f"The ledger has no statement {identity!r}. Name with --ledger the one of the page.")
        yield _line(rows[identity])


def _line(row: Mapping[str, Any]) -> str:
    kind = f"reprint of {row['same_as']}" if row.get("same_as") else original_or_copy(row["publisher"]).en
    printed = row["value_as_published"]
    figure = as_published(printed, row["relation"]).en if printed else published_figure(row).en
    where = row.get("url") or "no address given"
    when = str(row["published_on"] or "no date given")[: _LENGTHS.get(str(row.get("published_on_precision")))]
    what = f"{row['series_id']} {row['measure']} {row['period_start']} to {row['period_end']}"
    who = text(publisher_words(row["publisher"]))
    return f"{row['statement_id']}  {figure}  {what}  {who}  {when}  {kind}  {where}"


def _numbers(path: Path) -> Sequence[Mapping[str, Any]]:
    """Return the numbers of a manifest."""
    try:
        numbers: Sequence[Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["numbers"]
        for each in numbers:
            each["number"], each["en"], each["zh"], each["statements"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ReportError(
            f"The manifest {path} cannot be read ({type(problem).__name__}). Name a page of an edition that "
            "`silkport report` has built."
        ) from problem
    return numbers

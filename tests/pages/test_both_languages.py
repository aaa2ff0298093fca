"""No English sentence stands on a Chinese page: the words that come from registers and from the ledger."""

import datetime as dt
import re

import polars as pl
import pytest

from analysis.core.periods import Edition
from analysis.core.vocabulary import MEASURES
from analysis.desks import park
from analysis.desks.port.contributions import DAYS
from analysis.pages.park import charts as park_charts
from analysis.pages.park import header, sentences, tables
from analysis.pages.parts.sources import measure_words, sources
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import text
from analysis.pages.words.indicators import series_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import MODES, OBS_STATUSES, PARTS, STATUSES
from tests.evidence import bundled

#: Two English words in a row, in small letters: a phrase, not a name, a unit or an id.
PHRASE = re.compile(r"(?<![A-Za-z])[a-z]{3,}[ ,;:'-]+[a-z]{2,}(?![A-Za-z0-9.])")

#: Columns of the sources table that hold what others wrote: the figure as published, its publisher and address.
QUOTED = {"As published", "Publisher", "Address", "Statement"}


@pytest.fixture(scope="module")
def statements() -> pl.DataFrame:
    return bundled().statements


def own_words(table: Table) -> list[str]:
    """Return the Chinese cells and words of a table that are ours, not quoted."""
    columns = [text(column) for column in table.columns]
    cells = [
        text(cell, "zh")
        for row in table.rows
        for column, cell in zip(columns, row, strict=True)
        if column not in QUOTED
    ]
    heads = [table.name, table.caption, *table.columns, *table.notes]
    return [*cells, *(text(head, "zh") for head in heads)]


def test_every_series_of_the_ledger_has_chinese_words(statements: pl.DataFrame) -> None:
    columns = ["series_id", "place", "indicator", "flow", "mode"]
    for row in statements.select(columns).unique("series_id").iter_rows(named=True):
        words = text(series_words(row, bundled()), "zh")
        assert not re.search("[a-z]{3,}", words.replace(text(short_name(row["place"], bundled().places), "zh"), "")), (
            words
        )


def test_the_sources_of_every_statement_are_told_in_chinese() -> None:
    known = bundled().known()
    table = sources(known, known.statements["statement_id"].to_list())
    found = {words for words in own_words(table) if PHRASE.search(words)}
    assert found == set()


def test_every_word_of_the_tables_is_told_in_both_languages() -> None:
    fixed = [
        *MODES.values(),
        *PARTS.values(),
        *OBS_STATUSES.values(),
        *STATUSES.values(),
        *map(measure_words, MEASURES),
    ]
    for words in fixed:
        assert re.search("[\u3400-\u9fff]", text(words, "zh")), words
    assert set(DAYS) <= set(PARTS)


@pytest.mark.parametrize("as_of", [dt.date(2023, 11, 30), dt.date(2025, 12, 31)])
def test_the_page_of_the_park_holds_no_english_phrase(statements: pl.DataFrame, as_of: dt.date) -> None:
    known = bundled().known(as_of)
    found = park.park_output(known, park="kezhou_jiangsu_park", year=2023, economy="kezhou", port="irkeshtam")
    record = header.page_header(found, edition=Edition(as_of.replace(day=1), as_of))
    shown = (tables.facts(found), tables.peers(found), tables.expectations(found), tables.scale(found),
             tables.scenarios(found, shut_days=30, more_firms=5))  # fmt: skip
    said = [
        *(words for table in shown for words in own_words(table)),
        text(park_charts.target(found).alt, "zh"),
        text(park_charts.peers(found).alt, "zh"),
        *(text(sentence, "zh") for sentence in sentences.summary(found).items),
        text(sentences.record_heading(found).words, "zh"),
        str(record.title_zh),
    ]
    quoted = set(statements["publisher"]) | set(statements["value_as_published"].drop_nulls())
    for words in said:
        for other in sorted(quoted, key=len, reverse=True):
            words = words.replace(other, "")
        assert not PHRASE.search(words), words


def test_every_note_about_a_park_is_told_in_chinese(statements: pl.DataFrame) -> None:
    noted = statements.filter(
        pl.col("place").is_in(bundled().places.parks["park"].to_list()) & pl.col("note").is_not_null()
    )
    assert len(noted)
    assert noted.filter(pl.col("note_zh").is_null())["statement_id"].to_list() == []

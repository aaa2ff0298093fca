"""Read the table of a file, with what the user says of it, and tell for what each column was taken."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from analysis.core.errors import InputError, ParameterError
from analysis.sources.bulletins.names import Names
from analysis.sources.tables.cells import Grid, column_letters, column_number, parse_block
from analysis.sources.tables.figures import Reading, read_figures
from analysis.sources.tables.layout import lay_out
from analysis.sources.tables.text_files import read_text_file
from analysis.sources.tables.words import Meaning, Reader, spoken_meaning
from analysis.sources.tables.workbooks import read_workbook

#: Suffixes of workbooks, and those that only a spreadsheet program reads.
WORKBOOKS = (".xlsx", ".xlsm")
_OTHER_FORMATS = (".xls", ".xlsb", ".ods", ".et", ".pdf", ".doc", ".docx")


@dataclass(frozen=True)
class Wishes:
    """What a user says of a table.

    Attributes
    ----------
    sheet, block
        The sheet of a workbook, and the corners of the table such as `A3:F18`; empty for all.
    say
        Column letters, a row number or `table` to the words that stand for those of the table.
    skip
        Column letters, row numbers and spans of them (`12-14`) that are left out.
    decimal
        The decimal sign of numbers in text: a comma, a point, or empty to find it.
    encoding
        Of a text file; found if None.
    """

    sheet: str = ""
    block: str = ""
    say: Mapping[str, str] = field(default_factory=dict)
    skip: Sequence[str] = ()
    decimal: str = ""
    encoding: str | None = None


def read_tables(path: str | Path, names: Names, wishes: Wishes) -> Reading:
    """Return the figures of the table of a file.

    Parameters
    ----------
    path
        A workbook or a text file.
    names
        Names of places, of the registers of a data folder.
    wishes
        What the user says of the table.

    Raises
    ------
    InputError
        If the file cannot be read, or anything in it may mean two things.
    ParameterError
        If a wish names no column, row or block.
    """
    path = Path(path)
    grid, notes = _grid(path, wishes)
    if wishes.block:
        grid = grid.within(parse_block(wishes.block))
    rows, columns = _skipped(wishes.skip)
    reader = Reader(names)
    layout = lay_out(grid, skipped_rows=rows, skipped_columns=columns)
    spoken = {_target(place): spoken_meaning(words, reader) for place, words in wishes.say.items()}
    strange = next((place for place in spoken if not _is_there(place, layout.labels, layout.headers)), None)
    if strange is not None:
        raise ParameterError(
            f"--say {strange}: {grid.name} has no figures there. Name a column by its letters, a row by its number, or "
            "table."
        )
    reading = read_figures(layout, reader, said=spoken, decimal=wishes.decimal)
    return Reading(reading.layout, reading.figures, reading.columns, reading.table, (*notes, *reading.left_out))


def _grid(path: Path, wishes: Wishes) -> tuple[Grid, list[str]]:
    """Return the cells of a file."""
    suffix = path.suffix.lower()
    if suffix in _OTHER_FORMATS:
        raise InputError(f"{path} is no file that can be read here. Save the table as .xlsx or as CSV.")
    if suffix in WORKBOOKS:
        return read_workbook(path, wishes.sheet)
    if wishes.sheet:
        raise ParameterError(f"{path} is a text file and has no sheets. Leave --sheet out.")
    return read_text_file(path, wishes.encoding), []


def _skipped(words: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows and columns that are left out."""
    rows: set[int] = set()
    columns: set[int] = set()
    for word in words:
        first, dash, last = word.strip().upper().partition("-")
        last = last if dash else first
        if first.isdecimal() and last.isdecimal():
            rows |= set(range(int(first), min(int(last), int(first) + 1_048_576) + 1))
        elif re.fullmatch("[A-Z]{1,3}", first) and re.fullmatch("[A-Z]{1,3}", last):
            columns |= set(range(column_number(first), column_number(last) + 1))
        else:
            raise ParameterError(f"--skip {word!r} names no rows or columns. Write them as C,F-H,12,20-24.")
    return frozenset(rows), frozenset(columns)


def _target(place: str) -> str:
    """Return the place of a saying as readings name it."""
    place = place.strip()
    if place.lower() == "table" or place.isdecimal():
        return place.lower()
    if re.fullmatch("[A-Za-z]{1,3}", place):
        return place.upper()
    raise ParameterError(
        f"--say {place!r} names no column, row or table. Write it as D=WORDS, 12=WORDS or table=WORDS."
    )


def _is_there(place: str, rows: Mapping[int, object], columns: Mapping[int, object]) -> bool:
    return place == "table" or (int(place) in rows if place.isdecimal() else column_number(place) in columns)


def taken_for(reading: Reading) -> pl.DataFrame:
    """Return for what each column of a table was taken.

    Returns
    -------
    DataFrame
        `column`, `header` (its words), `taken_for` (in the words of the ledger), `figures` (how many it gave), `first`
        and `last` (the first and the last period of them).
    """
    rows = []
    for column, meaning in reading.columns.items():
        figures = [figure for figure in reading.figures if figure.cell.column == column]
        header = " / ".join(dict.fromkeys(cell.text.replace("\n", " ") for cell in reading.layout.headers[column]))
        periods = sorted((figure.start, figure.end) for figure in figures)
        rows.append(
            {
                "column": column_letters(column),
                "header": header,
                "taken_for": _words(meaning, reading) if figures else "nothing",
                "figures": len(figures),
                "first": _span(periods[0]) if periods else "",
                "last": _span(max(periods, key=lambda span: span[1])) if periods else "",
            }
        )
    kinds = dict.fromkeys(("column", "header", "taken_for"), pl.String)
    return pl.DataFrame(rows, schema={**kinds, "figures": pl.Int64, "first": pl.String, "last": pl.String})


def _words(meaning: Meaning, reading: Reading) -> str:
    """Return what a column was taken for, as far as its figures have it in common."""
    column = next(number for number, each in reading.columns.items() if each is meaning)
    figures = [figure for figure in reading.figures if figure.cell.column == column]
    parts = {
        "what": {figure.meaning.indicator or figure.subject for figure in figures},
        "flow": {figure.meaning.flow for figure in figures},
        "span": {_length(figure.start.month, figure.end.month) for figure in figures},
        "measure": {figure.measure for figure in figures},
        "unit": {figure.words.lstrip("0123456789.,-+ \u00a0\u2009\u202f") or figure.unit for figure in figures},
    }
    return ", ".join(next(iter(words)) if len(words) == 1 else "by row" for words in parts.values() if words != {""})


def _length(first: int, last: int) -> str:
    """Return what a span of months is called."""
    if first == last:
        return "month"
    return "year" if (first, last) == (1, 12) else "since January" if first == 1 else f"{last - first + 1} months"


def _span(period: tuple[object, object]) -> str:
    start, end = str(period[0]), str(period[1])
    return start[:7] if start[:7] == end[:7] else f"{start[:7]} to {end[:7]}"

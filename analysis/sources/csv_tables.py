"""Tables from files: decoding, columns, types and keys, with every bad row named.

Nothing is repaired and nothing dropped: a table is whole, or an error lists all that is wrong with it.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analysis.core.errors import InputError
from analysis.core.periods import EARLIEST_YEAR, LATEST_YEAR
from analysis.core.suggestions import nearest_word, suggestion
from analysis.sources.encodings import encoding_of

Schema = Mapping[str, pl.DataType | type[pl.DataType]]

_DAY = r"^\d{4}-\d{2}-\d{2}$"

#: The registers of events go back to the treaties of the nineteenth century; an older day is a slip of the pen.


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be read: its line in the file, and one sentence with the fact and the remedy."""

    line: int
    sentence: str

    @property
    def cell(self) -> tuple[int, str]:
        """Line and first word, which names the column: a cell that cannot be read is not also called empty."""
        return self.line, self.sentence.partition(" ")[0]


@dataclass(frozen=True)
class Scan:
    """A file as read: typed rows with their `line`, and all rows that break the schema."""

    path: Path
    table: pl.DataFrame
    bad: tuple[BadRow, ...]

    def refuse(self, error: type[InputError], more: Iterable[BadRow] = ()) -> None:
        """Raise an error that lists every bad row, one a line, in the order of the file.

        Raises
        ------
        InputError
            Of the class given, if there is any bad row.
        """
        unread = {row.cell for row in self.bad}
        rules = (row for row in more if row.cell not in unread)
        bad = sorted({*self.bad, *rules}, key=lambda row: (row.line, row.sentence))
        if bad:
            raise error("\n".join(f"{self.path}:{row.line}: {row.sentence}" for row in bad))


def read_table(
    path: str | Path,
    schema: Schema,
    *,
    key: Sequence[str],
    required: Sequence[str] = (),
    optional: Sequence[str] = (),
    choices: Mapping[str, Sequence[str]] | None = None,
    span: Sequence[str] = (),
    may_be_empty: bool = False,
    error: type[InputError] = InputError,
) -> pl.DataFrame:
    """Read a register: exactly the columns of a schema, with a key that is unique and complete.

    Parameters
    ----------
    path
        A CSV file, one header row, in an encoding that `encodings.encoding_of` tells.
    schema
        Column names and polars types; text, whole numbers, numbers, days (`YYYY-MM-DD`) and true/false.
    key
        The columns that together name a row; never empty.
    required
        Further columns that may not be empty.
    optional
        Columns of the schema that the file may lack; they are then empty.
    choices
        The words that a column may hold where it is not empty.
    span
        The columns of a first and a last day; no row may run backwards. None where rows have no span.
    may_be_empty
        Whether a header without rows is a table.
    error
        The class of error to raise.

    Raises
    ------
    InputError
        If the file, a column or any row is not as declared; all bad rows are listed.
    """
    asked = {name: kind for name, kind in schema.items() if name not in optional}
    found = scan(
        path, asked, optional={name: schema[name] for name in optional}, may_be_empty=may_be_empty, error=error
    )
    strange = [name for name in found.table.columns if name not in schema and name != "line"]
    if strange:
        raise error(
            f"{found.path} has a column {strange[0]!r} that is not declared. {suggestion(strange[0], [*schema])}"
        )
    bad = [*empty_cells(found.table, [*key, *required]), *repeated_keys(found.table, key)]
    for column, words in (choices or {}).items():
        bad += strange_words(found.table, column, words)
    bad += backward_spans(found.table, *span) if span else []
    found.refuse(error, bad)
    return found.table.select(*schema) if optional else found.table.drop("line")


def scan(
    path: str | Path,
    schema: Schema,
    *,
    optional: Schema | None = None,
    raw: bytes | None = None,
    encoding: str | None = None,
    may_be_empty: bool = False,
    error: type[InputError] = InputError,
) -> Scan:
    """Read a CSV file and type its columns, keeping a note of each cell that does not fit.

    Empty cells become null. An optional column that is absent is filled with null. A column that is
    neither declared nor close to a declared one is kept as text. Where `raw` is given, that content is judged in place
    of the file's, before it is written there. `encoding` is the one that the user named. A header without rows is
    refused unless it may stand alone.

    Raises
    ------
    InputError
        If the file is missing, empty, in an unknown encoding, or lacks a declared column.
    """
    path = Path(path)
    header, rows, lines, bad = _records(path, decode(path, raw=raw, encoding=encoding, error=error), error)
    if not rows and not bad and not may_be_empty:
        raise error(f"{path} has a header but no rows. Add at least one row.")
    _check_header(path, header, schema, optional or {}, error)
    text = pl.DataFrame(
        [pl.Series(name, [row[i] or None for row in rows], dtype=pl.String) for i, name in enumerate(header)]
    ).with_columns(pl.Series("line", lines, dtype=pl.Int64))
    declared = {**schema, **(optional or {})}
    absent = [pl.lit(None, dtype=pl.String).alias(name) for name in declared if name not in header]
    text = text.with_columns(absent)
    typed = text.with_columns(_typed(name, kind) for name, kind in declared.items())
    bad += _untyped_cells(text, typed, declared)
    return Scan(path, typed, tuple(bad))


def decode(
    path: Path, *, raw: bytes | None = None, encoding: str | None = None, error: type[InputError] = InputError
) -> str:
    """Return the text of a file, or of the `raw` content meant for it, in its encoding (`encodings.encoding_of`).

    Raises
    ------
    InputError
        If the file cannot be opened, or its encoding is neither plain nor given.
    """
    raw = read_bytes(path, error=error) if raw is None else raw
    return raw.decode(encoding_of(path, raw, given=encoding, error=error))


def read_bytes(path: Path, *, error: type[InputError] = InputError) -> bytes:
    """Return the content of a file.

    Raises
    ------
    InputError
        If the file is missing, a folder, or cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        fact = "There is no file" if isinstance(problem, FileNotFoundError) else "Silkport cannot read"
        raise error(f"{fact} {path}. Check the path and its permissions.") from None


def empty_cells(table: pl.DataFrame, columns: Sequence[str]) -> list[BadRow]:
    """Return a sentence for each empty cell of columns that may not be empty."""
    return [
        BadRow(line, f"{name} is empty. Fill it in.")
        for name in columns
        for line in table.filter(pl.col(name).is_null())["line"]
    ]


def repeated_keys(table: pl.DataFrame, key: Sequence[str]) -> list[BadRow]:
    """Return a sentence for each row whose key stands on an earlier line already."""
    first = pl.col("line").min().over(key)
    repeated = table.with_columns(first=first).filter(pl.col("line") > pl.col("first"))
    return [
        BadRow(row["line"], f"{_named(row, key)} stands on line {row['first']} already. Keep one of the two.")
        for row in repeated.iter_rows(named=True)
        if all(row[name] is not None for name in key)
    ]


def strange_words(table: pl.DataFrame, column: str, words: Sequence[str]) -> list[BadRow]:
    """Return a sentence for each cell that holds none of the words allowed in its column."""
    strange = table.filter(pl.col(column).is_not_null() & ~pl.col(column).is_in(list(words)))
    return [
        BadRow(line, f"{column} {word!r} is unknown. {suggestion(word, words)}")
        for line, word in strange.select("line", column).iter_rows()
    ]


def backward_spans(table: pl.DataFrame, first: str, last: str) -> list[BadRow]:
    """Return a sentence for each row whose last day lies before its first."""
    rows = table.filter(pl.col(first) > pl.col(last)).select("line", first, last).iter_rows()
    return [
        BadRow(line, f"{first} '{start}' lies after {last} '{end}'. Swap the two days.") for line, start, end in rows
    ]


def _named(row: Mapping[str, object], key: Sequence[str]) -> str:
    return ", ".join(f"{name} {str(row[name])!r}" for name in key)


def _records(
    path: Path, text: str, error: type[InputError]
) -> tuple[list[str], list[list[str]], list[int], list[BadRow]]:
    """Split a CSV file into its header, its rows and the line on which each row starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    bad: list[BadRow] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        start = reader.line_num + 1
        for row in reader:
            if len(row) == len(header):
                rows.append([cell.strip() for cell in row])
                lines.append(start)
            elif row:
                fact = f"the row has {len(row)} cells, the header {len(header)}"
                bad.append(BadRow(start, f"{fact}. Quote text that holds commas."))
            start = reader.line_num + 1
    except csv.Error as problem:
        raise error(f"{path}:{reader.line_num}: the text is no CSV ({problem}). Check its quotation marks.") from None
    if not any(header) and text.strip():
        raise error(f"{path} begins with a blank line. Delete it, so that the header stands first.")
    if not any(header):
        raise error(f"{path} is empty. It needs a header row and at least one row below it.")
    return header, rows, lines, bad


def _check_header(path: Path, header: Sequence[str], schema: Schema, optional: Schema, error: type[InputError]) -> None:
    """Refuse a header that repeats, lacks or misspells a column."""
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise error(f"{path} has the column {repeated[0]!r} twice. Keep one.")
    missing = [name for name in schema if name not in header]
    if missing:
        raise error(
            f"{path} has no column {', '.join(missing)}; its header reads {', '.join(header)}. "
            f"Name the columns {', '.join(schema)}."
        )
    absent = [name for name in optional if name not in header]
    for name in header:
        near = nearest_word(name, absent, similarity=0.8)
        if name not in schema and name not in optional and near is not None:
            raise error(f"{path} has a column {name!r} that no table declares. Did you mean {near!r}?")


def _typed(name: str, kind: pl.DataType | type[pl.DataType]) -> pl.Expr:
    """Return the expression that reads text as a type, null where it cannot."""
    cell = pl.col(name)
    if kind == pl.Date:
        day = pl.when(cell.str.contains(_DAY)).then(cell).str.to_date("%Y-%m-%d", strict=False)
        return pl.when(day.dt.year().is_between(EARLIEST_YEAR, LATEST_YEAR)).then(day).alias(name)
    if kind == pl.Float64:
        number = cell.cast(pl.Float64, strict=False)
        return pl.when(number.is_finite()).then(number).alias(name)
    if kind == pl.Boolean:
        return pl.when(cell == "true").then(pl.lit(True)).when(cell == "false").then(pl.lit(False)).alias(name)
    return cell.cast(kind, strict=False)


def _untyped_cells(text: pl.DataFrame, typed: pl.DataFrame, declared: Schema) -> list[BadRow]:
    """Return a sentence for each cell that has text but no value of its column's type."""
    bad = []
    for name, kind in declared.items():
        lost = text[name].is_not_null() & typed[name].is_null()
        if lost.any():
            cells = text.filter(lost).select("line", name).iter_rows()
            bad += [BadRow(line, f"{name} {cell!r} {_misfit(kind, cell)}") for line, cell in cells]
    return bad


def _misfit(kind: pl.DataType | type[pl.DataType], cell: str) -> str:
    """Return why a cell does not fit the type of its column, and the remedy."""
    if kind == pl.Date and re.fullmatch(_DAY, cell) and not EARLIEST_YEAR <= int(cell[:4]) <= LATEST_YEAR:
        return f"lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}. Correct the year."
    return _WRONG.get(kind, "does not fit")


_WRONG: dict[pl.DataType | type[pl.DataType], str] = {
    pl.Date: f"is no day of the calendar. Write it as YYYY-MM-DD, from {EARLIEST_YEAR} to {LATEST_YEAR}.",
    pl.Float64: "is no number. Write plain digits with a decimal point, such as 464000 or 0.052.",
    pl.Int64: "is no whole number. Write plain digits.",
    pl.Boolean: "is neither true nor false. Write one of the two.",
}

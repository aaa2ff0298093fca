"""Monthly panels from files: CSV or Parquet, in our columns or in those of Nixtla's libraries."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from analysis.core.errors import InputError
from analysis.runtime.addresses import Address
from analysis.runtime.folders import BUNDLED_PANEL
from analysis.sources import database
from analysis.sources.csv_tables import decode, read_bytes

#: Columns that name a series and a month, and those of the values, in our layout and in Nixtla's.
_KEYS, _VALUES = (("series_id", "time_period"), ("unique_id", "ds")), ("obs_value", "y", "share_open")

#: Signs that programs put between cells where the comma stands in numbers, and how a sentence names them.
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}

#: First lines in which a header is looked for.
_HEAD = 30


def read(path: str | Path | Address = BUNDLED_PANEL, *, encoding: str | None = None) -> pl.DataFrame:
    """Read a panel as it stands, the bundled one by default; `forecasting.forecast` checks its rows.

    Parameters
    ----------
    path
        A CSV file, a Parquet file, or the address of a table.
    encoding
        The encoding of a CSV file; found from its content if not given.

    Returns
    -------
    DataFrame
        The columns of the file. Those of a CSV file are text without blanks around it, so that 007 stays 007; only the
        values are numbers, if all of them are.

    Raises
    ------
    InputError
        If the file is missing, empty, or neither CSV nor Parquet.
    """
    table = database.read_all(path) if isinstance(path, Address) else _of_file(Path(path), encoding)
    if table.is_empty():
        raise InputError(f"{path} has no rows. Give a header row and one row a series and month.")
    return table


def _of_file(path: Path, encoding: str | None) -> pl.DataFrame:
    try:
        return _parquet(path) if path.suffix == ".parquet" else _csv(path, encoding)
    except pl.exceptions.PolarsError as problem:
        kind = "Parquet file" if path.suffix == ".parquet" else "table in CSV"
        fact = str(problem).splitlines()[0]
        raise InputError(f"{path} is no {kind} ({fact}). Save it again, with the suffix .csv or .parquet.") from None


@contextmanager
def opened(path: str | Path | Address, *, encoding: str | None = None) -> Iterator[pl.DataFrame]:
    """Read a panel as `read` does, and name its file in errors about its rows and columns too."""
    panel = read(path, encoding=encoding)
    try:
        yield panel
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _parquet(path: Path) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(read_bytes(path)))


def _csv(path: Path, encoding: str | None) -> pl.DataFrame:
    text = decode(path, encoding=encoding).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"{path} is empty. Give a header row and one row a series and month.")
    _check_head(path, text)
    try:
        table = pl.read_csv(io.StringIO(text), infer_schema=False)
    except pl.exceptions.PolarsError:
        _refuse_ragged_rows(path, text)
        raise
    table = table.rename({name: name.strip() for name in table.columns})
    cell = pl.all().str.strip_chars()
    cells = table.select(pl.when(cell != "").then(cell))
    # A blank line is no row.
    return _with_numbers(cells.filter(~pl.all_horizontal(pl.all().is_null())))


def _with_numbers(table: pl.DataFrame) -> pl.DataFrame:
    """Return a table of text with its values as numbers, where each is one."""
    for name in _VALUES:
        if name in table.columns:
            numbers = table[name].cast(pl.Float64, strict=False)
            if numbers.null_count() == table[name].null_count():
                table = table.with_columns(numbers)
    return table


def _check_head(path: Path, text: str) -> None:
    """Refuse a file whose first line is no header: a blank one, a title, or columns that commas do not separate."""
    lines = text.splitlines()
    header = next((place for place, line in enumerate(lines[:_HEAD]) if _is_header(line, ",")), None)
    if header == 0:
        names = [name.strip() for name in next(csv.reader(lines[:1]))]
        twice = next((name for name in names if name and names.count(name) > 1), None)
        if twice is not None:
            raise InputError(f"{path} has the column {twice!r} twice. Keep one.")
        return
    if not lines[0].strip():
        raise InputError(f"{path} begins with a blank line. Delete it, so that the header stands first.")
    if header is not None:
        raise InputError(
            f"{path}: line 1 ({lines[0].strip()!r}) is no header; that stands on line {header + 1}. Delete the lines "
            "above it."
        )
    other = next((sign for sign in _SEPARATORS if any(_is_header(line, sign) for line in lines[:_HEAD])), None)
    if other is not None:
        raise InputError(
            f"{path} separates its cells by {_SEPARATORS[other]}. Save it with commas between cells and points in "
            "numbers."
        )


def _is_header(line: str, separator: str) -> bool:
    """Return whether a line names the series and the month."""
    names = {cell.strip().strip("\"'") for cell in line.split(separator)}
    return any({series, month} <= names for series, month in _KEYS)


def _refuse_ragged_rows(path: Path, text: str) -> None:
    """Raise an error that names the first row with another number of cells than the header, if there is one."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader)
    for row in reader:
        if len(row) > len(header):
            raise InputError(
                f"{path} is no table in CSV: line {reader.line_num} has {len(row)} cells, the header {len(header)}. "
                "Quote text that holds commas, and write decimal points."
            )

"""A ledger with more rows: each new one is checked against all others, and written as the ledger is written."""

import codecs
import csv
import datetime as dt
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from analysis.core.errors import LedgerError
from analysis.core.suggestions import suggestion
from analysis.core.vocabulary import FACT_COLUMNS
from analysis.runtime.addresses import Address
from analysis.sources import csv_tables
from analysis.sources.encodings import encoding_of
from analysis.sources.ledger.reading import read
from analysis.sources.ledger.schema import OPTIONAL, REQUIRED

Cell = str | float | int | dt.date | None

#: Rows equal in all of these are one statement, entered twice.
_SAME_STATEMENT = (*FACT_COLUMNS, "publisher", "published_on")

_Key = tuple[str | float | None, ...]


def written(row: Mapping[str, Cell]) -> dict[str, str]:
    """Return the cells of a row as a ledger holds them: whole days, numbers with all digits, empty for None."""
    return {name: _written(cell) for name, cell in row.items()}


def grown_content(
    path: Path | Address, rows: Sequence[Mapping[str, str]], *, raw: bytes | None = None, encoding: str | None = None
) -> tuple[list[str], bytes]:
    """Return the ids of new rows and the content of the ledger together with them, all of it checked.

    Parameters
    ----------
    path
        The ledger, for sentences; its file is read where `raw` is not given.
    rows
        The cells of each new row, as `written` gives them.
    raw
        The content of the ledger.
    encoding
        The encoding that the user named.

    Raises
    ------
    LedgerError
        If a row cannot be a statement of the ledger, or is one already.
    """
    if raw is None:
        if isinstance(path, Address):
            raise TypeError(f"the content of {path} has to be given")
        raw = csv_tables.read_bytes(path, error=LedgerError)
    found = encoding_of(path, raw, given=encoding, error=LedgerError)
    lines = list(csv.reader(io.StringIO(raw.decode(found), newline="")))
    header = [name.strip() for name in lines[0]] if lines else []
    known = _known(read(path, raw=raw, encoding=found)) if len(lines) > 1 else {}
    earlier: set[_Key] = set()
    identities, new = [], []
    for cells in rows:
        _check_columns(path, header, cells)
        _check_new(path, known, cells)
        key = _key(cells)
        if key in earlier:
            raise _twice(cells)
        earlier.add(key)
        identity = cells.get("statement_id") or _id(cells)
        named = {**cells, "statement_id": identity}
        new.append([named.get(name, "") for name in header])
        identities.append(identity)
    grown_raw = _with_rows(path, raw, new, found)
    # Without a word of the user the grown file has to be told apart again, as the next reader will have to.
    read(path, raw=grown_raw, encoding=encoding)
    return identities, grown_raw


def _key(cells: Mapping[str, str]) -> _Key:
    """Return what makes a new row one statement."""
    words = {name: cells.get(name, "").strip() for name in _SAME_STATEMENT}
    try:
        value: str | float = float(words["value"])
    except ValueError:
        value = words["value"]
    return tuple(value if name == "value" else word for name, word in words.items())


def _known(statements: pl.DataFrame) -> dict[_Key, list[Mapping[str, Cell]]]:
    """Return the statements of a ledger by what makes each one statement; those entered wrongly count for none."""
    known: dict[_Key, list[Mapping[str, Cell]]] = {}
    columns = ("statement_id", *_SAME_STATEMENT)
    for row in statements.filter(pl.col("status") != "mis-entered").select(columns).iter_rows(named=True):
        key = tuple(row[name] if name == "value" else _written(row[name]) for name in _SAME_STATEMENT)
        known.setdefault(key, []).append(row)
    return known


def _twice(cells: Mapping[str, str]) -> LedgerError:
    """Return the error for a statement that stands among the new ones already."""
    return LedgerError(
        f"{cells.get('series_id', '')}, {cells.get('period_start', '')} to {cells.get('period_end', '')}, stands among "
        "the new rows twice. Leave one of the two out."
    )


def _check_new(path: Path | Address, known: Mapping[_Key, list[Mapping[str, Cell]]], cells: Mapping[str, str]) -> None:
    """Refuse a statement that the ledger holds already, unless the new row says that it repeats or revises that one."""
    for row in known.get(_key(cells), []):
        own = row["statement_id"]
        if own not in (cells.get("same_as"), cells.get("supersedes")):
            raise LedgerError(
                f"{path} has this statement already: {own} is the same figure of {row['series_id']}, "
                f"{row['period_start']} to {row['period_end']}, by the same publisher on the same day. "
                f"Leave it out, or say --same-as {own} for a reprint."
            )


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _check_columns(path: Path | Address, header: list[str], cells: Mapping[str, str]) -> None:
    """Refuse cells for which the file has no column."""
    for name, cell in cells.items():
        # A row with a day is known to the day where nothing else is said.
        if name in header or not cell or (name, cell) == ("published_on_precision", "day"):
            continue
        if name in REQUIRED or name in OPTIONAL:
            raise LedgerError(f"{path} has no column {name!r} for {cell!r}. Add the column to its header first.")
        raise LedgerError(f"A statement has no {name!r}. {suggestion(name, header)}")


def _id(cells: Mapping[str, str]) -> str:
    """Return ten hexadecimal digits made from all cells of a row."""
    content = "\x1f".join(f"{name}={cells[name]}" for name in sorted(cells) if cells[name])
    return hashlib.sha256(content.encode()).hexdigest()[:10]


def _with_rows(path: Path | Address, raw: bytes, rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    """Return the content of a file with more lines, in its own encoding and with its own line ends."""
    text = raw.decode(encoding)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = io.StringIO()
    csv.writer(lines, lineterminator=end).writerows(rows)
    gap = "" if text.endswith("\n") else end
    # A mark stands at the start of a file only.
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"}
    try:
        return raw + f"{gap}{lines.getvalue()}".encode(plain.get(encoding, encoding))
    except UnicodeEncodeError as problem:
        strange = problem.object[problem.start]
        raise LedgerError(
            f"{path} is written in {encoding}, which has no {strange!r}. Save the ledger as CSV UTF-8 first."
        ) from None

"""Add statements to a ledger: the new row is checked with all the others, then the file is replaced whole.

Existing lines keep their bytes. Nothing is edited in place: a revision is a new row that names the old one.
"""

import codecs
import csv
import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

from analysis.core.errors import CoverageError, LedgerError
from analysis.core.suggestions import suggestion
from analysis.runtime import files
from analysis.sources import csv_tables
from analysis.sources.encodings import encoding_of
from analysis.sources.ledger.reading import read
from analysis.sources.ledger.schema import OPTIONAL, REQUIRED

Cell = str | float | int | dt.date | None

#: What a revision takes over from the row that it replaces, unless it says otherwise.
_INHERITED = (
    "series_id", "place", "indicator", "flow", "mode", "partner",
    "period_start", "period_end", "measure", "relation", "unit",
)  # fmt: skip


def append(path: str | Path, row: Mapping[str, Cell], *, encoding: str | None = None, dry_run: bool = False) -> str:
    """Append one statement to a ledger.

    Parameters
    ----------
    path
        The CSV file of the ledger.
    row
        Column names and cells. Without a `statement_id` the row gets one made from its content.
    encoding
        The encoding of the ledger, in which the row is written too; found from its content if not given.
    dry_run
        Check the row and write nothing.

    Returns
    -------
    str
        The id of the new statement.

    Raises
    ------
    LedgerError
        If the row, or any row of the ledger together with it, cannot be a statement. The file is unchanged.
    """
    path = Path(path)
    raw = csv_tables.read_bytes(path, error=LedgerError)
    encoding = encoding_of(path, raw, given=encoding, error=LedgerError)
    header = _header(raw.decode(encoding))
    cells = {name: _written(cell) for name, cell in row.items()}
    _check_columns(path, header, cells)
    if not cells.get("statement_id"):
        cells["statement_id"] = _id(cells)
    grown = _with_row(path, raw, [cells.get(name, "") for name in header], encoding)
    read(path, raw=grown, encoding=encoding)
    if not dry_run:
        _replace(path, grown)
    return cells["statement_id"]


def supersede(path: str | Path, statement_id: str, row: Mapping[str, Cell]) -> str:
    """Append the revision of a statement; the old row stays and counts until the new one was published.

    Parameters
    ----------
    path
        The CSV file of the ledger.
    statement_id
        The row that is replaced. Series, period, measure, relation and unit are taken from it.
    row
        The cells of the revision: at least `value`, `value_as_published`, `publisher`, `published_on`.

    Returns
    -------
    str
        The id of the new statement.

    Raises
    ------
    CoverageError
        If the ledger has no such statement.
    LedgerError
        As for `append`.
    """
    old = [entry for entry in read(path).iter_rows(named=True) if entry["statement_id"] == statement_id]
    if not old:
        raise CoverageError(f"{path} has no statement {statement_id!r}. Check the id in its first column.")
    taken = {name: old[0][name] for name in _INHERITED if old[0][name] is not None}
    return append(path, {**taken, **row, "supersedes": statement_id})


def _header(text: str) -> list[str]:
    return [name.strip() for name in next(csv.reader(io.StringIO(text, newline="")), [])]


def _written(cell: Cell) -> str:
    """Return a cell as a ledger holds it: whole days, numbers with all their digits, empty for None."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _check_columns(path: Path, header: list[str], cells: Mapping[str, str]) -> None:
    """Refuse cells for which the file has no column."""
    for name, cell in cells.items():
        if name in header or not cell:
            continue
        if name in REQUIRED or name in OPTIONAL:
            raise LedgerError(f"{path} has no column {name!r} for {cell!r}. Add the column to its header first.")
        raise LedgerError(f"A statement has no {name!r}. {suggestion(name, header)}")


def _id(cells: Mapping[str, str]) -> str:
    """Return ten hexadecimal digits made from all cells of a row."""
    content = "\x1f".join(f"{name}={cells[name]}" for name in sorted(cells) if cells[name])
    return hashlib.sha256(content.encode()).hexdigest()[:10]


def _with_row(path: Path, raw: bytes, cells: list[str], encoding: str) -> bytes:
    """Return the content of a file with one more line, in its own encoding and with its own line ends."""
    text = raw.decode(encoding)
    end = "\r\n" if "\r\n" in text else "\n"
    line = io.StringIO()
    csv.writer(line, lineterminator=end).writerow(cells)
    gap = "" if text.endswith("\n") else end
    # A mark stands at the start of a file only.
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"}
    try:
        return raw + f"{gap}{line.getvalue()}".encode(plain.get(encoding, encoding))
    except UnicodeEncodeError as problem:
        strange = problem.object[problem.start]
        raise LedgerError(
            f"{path} is written in {encoding}, which has no {strange!r}. Save the ledger as CSV UTF-8 first."
        ) from None


def _replace(path: Path, content: bytes) -> None:
    """Replace a file whole, or leave it as it was."""
    try:
        files.replace_all(path.parent, {path.name: content})
    except OSError as problem:
        raise LedgerError(
            f"Silkport cannot write in {path.parent} ({problem.strerror}). Check permissions."
        ) from problem

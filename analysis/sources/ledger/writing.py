"""Add statements to a ledger: the new row is checked with all the others, then the file is replaced whole.

Existing lines keep their bytes. Nothing is edited in place: a revision is a new row that names the old one.
"""

import codecs
import csv
import datetime as dt
import hashlib
import io
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import polars as pl

from analysis.core.errors import CoverageError, LedgerError
from analysis.core.suggestions import suggestion
from analysis.core.vocabulary import FACT_COLUMNS
from analysis.runtime import files
from analysis.runtime.locks import hold_lock
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

#: Rows equal in all of these are one statement, entered twice.
_SAME_STATEMENT = (*FACT_COLUMNS, "publisher", "published_on")


def append(path: str | Path, row: Mapping[str, Cell], *, encoding: str | None = None, dry_run: bool = False) -> str:
    """Append one statement to a ledger; of several processes that append at once each waits for its turn.

    Parameters
    ----------
    path
        The CSV file of the ledger; where it is a link, the file that it leads to is written.
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
        If the row, or any row of the ledger together with it, cannot be a statement; if the ledger has the same
        statement already; if the file may not be written. The file is unchanged.
    """
    return append_all(path, [row], encoding=encoding, dry_run=dry_run)[0]


def append_all(
    path: str | Path, rows: Sequence[Mapping[str, Cell]], *, encoding: str | None = None, dry_run: bool = False
) -> list[str]:
    """Append several statements to a ledger, all of them or none.

    Parameters
    ----------
    path, encoding, dry_run
        As for `append`.
    rows
        Column names and cells of each statement. A row may name an earlier one of them as `same_as` or `supersedes`.

    Returns
    -------
    list of str
        The ids of the new statements, in the order of the rows.

    Raises
    ------
    LedgerError
        As for `append`, if any row cannot be a statement or two of them are the same one. The file is unchanged.
    """
    path = Path(path)
    written = [{name: _written(cell) for name, cell in row.items()} for row in rows]
    if dry_run:
        return _grown(path, written, encoding)[0]
    with _own_turn(path):
        identities, grown = _grown(path, written, encoding)
        _replace(path, grown)
    return identities


def grown(path: str | Path, rows: Sequence[Mapping[str, Cell]], *, encoding: str | None = None) -> pl.DataFrame:
    """Return a ledger as it would be with more statements, and write nothing; parameters as of `append_all`."""
    written = [{name: _written(cell) for name, cell in row.items()} for row in rows]
    return read(path, raw=_grown(Path(path), written, encoding)[1], encoding=encoding)


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


@contextmanager
def _own_turn(path: Path) -> Iterator[None]:
    """Keep other processes from writing a ledger during a block.

    Raises
    ------
    LedgerError
        If the file may not be written: a new file would take the place of one that somebody protected.
    """
    real = Path(os.path.realpath(path))
    try:
        protected = not (stat.S_IMODE(real.stat().st_mode) & 0o222 and os.access(real, os.W_OK))
    except OSError:
        protected = False  # reading it says what is wrong with it
    if protected:
        raise LedgerError(f"{path} is read-only. Allow writing to it, or name another file with --ledger.")
    with ExitStack() as stack:
        try:
            stack.enter_context(hold_lock(real.with_name(f".{real.name}.lock"), wait=True, keep=False))
        except OSError as problem:
            raise _cannot_write(real.parent, problem) from problem
        yield


def _grown(path: Path, rows: Sequence[Mapping[str, str]], encoding: str | None) -> tuple[list[str], bytes]:
    """Return the ids of new rows and the content of the ledger together with them, all of it checked."""
    raw = csv_tables.read_bytes(path, error=LedgerError)
    found = encoding_of(path, raw, given=encoding, error=LedgerError)
    header = _header(raw.decode(found))
    statements = read(path, raw=raw, encoding=found)
    earlier: list[Mapping[str, str]] = []
    grown_raw, identities = raw, []
    for cells in rows:
        _check_columns(path, header, cells)
        _check_new(path, statements, cells)
        _check_once(cells, earlier)
        identity = cells.get("statement_id") or _id(cells)
        named = {**cells, "statement_id": identity}
        grown_raw = _with_row(path, grown_raw, [named.get(name, "") for name in header], found)
        earlier.append(cells)
        identities.append(identity)
    # Without a word of the user the grown file has to be told apart again, as the next reader will have to.
    read(path, raw=grown_raw, encoding=encoding)
    return identities, grown_raw


def _check_once(cells: Mapping[str, str], earlier: Sequence[Mapping[str, str]]) -> None:
    """Refuse a statement that stands among the new ones already."""
    words = [cells.get(name, "").strip() for name in _SAME_STATEMENT]
    if any(words == [other.get(name, "").strip() for name in _SAME_STATEMENT] for other in earlier):
        raise LedgerError(
            f"{cells.get('series_id', '')}, {cells.get('period_start', '')} to {cells.get('period_end', '')}, stands "
            "among the new rows twice. Leave one of the two out."
        )


def _check_new(path: Path, statements: pl.DataFrame, cells: Mapping[str, str]) -> None:
    """Refuse a statement that the ledger holds already, unless the new row says that it repeats or revises that one."""
    for row in statements.iter_rows(named=True):
        own = row["statement_id"]
        repeats = row["status"] != "mis-entered" and all(_same(row[name], cells, name) for name in _SAME_STATEMENT)
        if repeats and own not in (cells.get("same_as"), cells.get("supersedes")):
            raise LedgerError(
                f"{path} has this statement already: {own} is the same figure of {row['series_id']}, "
                f"{row['period_start']} to {row['period_end']}, by the same publisher on the same day. "
                f"Leave it out, or say --same-as {own} for a reprint."
            )


def _same(cell: Cell, cells: Mapping[str, str], name: str) -> bool:
    """Return whether a cell of the ledger is what a new row has in that column."""
    new = cells.get(name, "").strip()
    try:
        return float(new) == cell if name == "value" else _written(cell) == new
    except ValueError:
        return False


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
    """Replace the file that a path leads to whole, or leave it as it was."""
    real = Path(os.path.realpath(path))
    try:
        files.replace_all(real.parent, {real.name: content})
    except OSError as problem:
        raise _cannot_write(real.parent, problem) from problem


def _cannot_write(folder: Path, problem: OSError) -> LedgerError:
    """Return the error for a folder in which no file can be made, or a disk that is full."""
    return LedgerError(
        f"Silkport cannot write in {folder} ({problem.strerror or problem}). Check permissions and the space left; "
        "the ledger is unchanged."
    )

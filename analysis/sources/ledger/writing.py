"""Add statements to a ledger: the new row is checked with all the others, then the file is replaced whole.

Existing lines keep their bytes. Nothing is edited in place: a revision is a new row that names the old one.
"""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import polars as pl

from analysis.core.errors import CoverageError, LedgerError
from analysis.runtime import files
from analysis.runtime.addresses import Address
from analysis.runtime.locks import hold_lock
from analysis.sources.ledger import database
from analysis.sources.ledger.growing import Cell, grown_content, written
from analysis.sources.ledger.reading import read

#: What a revision takes over from the row that it replaces, unless it says otherwise.
_INHERITED = (
    "series_id", "place", "indicator", "flow", "mode", "partner",
    "period_start", "period_end", "measure", "relation", "unit",
)  # fmt: skip


def append(
    path: str | Path | Address, row: Mapping[str, Cell], *, encoding: str | None = None, dry_run: bool = False
) -> str:
    """Append one statement to a ledger; of several processes that append at once each waits for its turn.

    Parameters
    ----------
    path
        The CSV file of the ledger; where it is a link, the file that it leads to is written. Or the address of a table.
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
    path: str | Path | Address,
    rows: Sequence[Mapping[str, Cell]],
    *,
    encoding: str | None = None,
    dry_run: bool = False,
    create: bool = False,
) -> list[str]:
    """Append several statements to a ledger, all of them or none.

    Parameters
    ----------
    path, encoding, dry_run
        As for `append`.
    rows
        Column names and cells of each statement. A row may name an earlier one of them as `same_as` or `supersedes`.
    create
        Make the table of an address that is not there yet.

    Returns
    -------
    list of str
        The ids of the new statements, in the order of the rows.

    Raises
    ------
    LedgerError
        As for `append`, if any row cannot be a statement or two of them are the same one. The file is unchanged.
    """
    cells = [written(row) for row in rows]
    if isinstance(path, Address):
        return database.append_all(path, cells, dry_run=dry_run, create=create)
    path = Path(path)
    if dry_run:
        return grown_content(path, cells, encoding=encoding)[0]
    with _own_turn(path):
        identities, content = grown_content(path, cells, encoding=encoding)
        _replace(path, content)
    return identities


def grown(
    path: str | Path | Address, rows: Sequence[Mapping[str, Cell]], *, encoding: str | None = None
) -> pl.DataFrame:
    """Return a ledger as it would be with more statements, and write nothing; parameters as of `append_all`."""
    raw = database.content(path) if isinstance(path, Address) else None
    place = path if isinstance(path, Address) else Path(path)
    grown_raw = grown_content(place, [written(row) for row in rows], raw=raw, encoding=encoding)[1]
    return read(place, raw=grown_raw, encoding=encoding)


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

"""A ledger in a database: a table that only grows, one transaction an append."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from analysis.core.errors import LedgerError
from analysis.runtime.addresses import Address
from analysis.sources.database import Session, open_session
from analysis.sources.database.tables import ENTRY, absent_table, rows_of
from analysis.sources.ledger.growing import grown_content
from analysis.sources.ledger.reading import content, read
from analysis.sources.ledger.schema import OPTIONAL, REQUIRED

__all__ = ["append_all", "content", "exists"]

#: The columns of a ledger in a database: the number of the append, and those of a full ledger.
SCHEMA = pl.Schema([(ENTRY, pl.Int64()), *REQUIRED.items(), *OPTIONAL.items()])

#: PostgreSQL refuses to change or remove what was appended.
_ONLY_GROWS = """
CREATE OR REPLACE FUNCTION {schema}silkport_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a ledger only grows; append a row that supersedes the old one'; END $$
"""
_TRIGGER = """
CREATE TRIGGER silkport_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {schema}silkport_only_grows()
"""


def append_all(
    address: Address, rows: Sequence[Mapping[str, str]], *, dry_run: bool = False, create: bool = False
) -> list[str]:
    """Append statements to a ledger in a database, all or none; of several writers each waits for its turn.

    Parameters
    ----------
    address
        The table.
    rows
        The cells of each row, as `growing.written` gives them.
    dry_run
        Check the rows and write nothing.
    create
        Make the table if it is not there yet.

    Returns
    -------
    list of str
        The ids of the new statements.

    Raises
    ------
    LedgerError
        If a row cannot be a statement of the ledger, or is one already; if there is no such table. Nothing is written.
    """
    with open_session(address, write=not dry_run, error=LedgerError) as session:
        columns = session.columns()
        if not columns and not (create and not dry_run):
            raise absent_table(session, LedgerError)
        if not columns:
            _create(session)
            columns = list(SCHEMA)
        old = rows_of(session, columns)
        identities, grown = grown_content(address, rows, raw=_as_csv(old))
        if not dry_run:
            session.insert(_new(address, grown, old, len(rows), columns))
    return identities


def exists(address: Address) -> bool:
    """Return whether there is a table at an address.

    Raises
    ------
    LedgerError
        If the database cannot be asked.
    """
    if address.engine == "duckdb" and not Path(address.target).exists():
        return False
    with open_session(address, write=False, error=LedgerError) as session:
        return bool(session.columns())


def _create(session: Session) -> None:
    """Make the table of a ledger."""
    session.create(SCHEMA, key="statement_id")
    if session.address.engine == "postgresql":
        schema = f'"{session.address.schema}".' if session.address.schema else ""
        session.execute(_ONLY_GROWS.format(schema=schema))
        session.execute(_TRIGGER.format(schema=schema, table=session.address.quoted))


def _new(address: Address, grown: bytes, old: pl.DataFrame, count: int, columns: Sequence[str]) -> pl.DataFrame:
    """Return the new rows, typed, with their numbers."""
    last = max(old[ENTRY].drop_nulls(), default=0) if ENTRY in columns else 0
    table = read(address, raw=grown).tail(count).with_columns(pl.int_range(last + 1, last + 1 + count).alias(ENTRY))
    return table.select(name for name in columns if name in SCHEMA)


def _as_csv(table: pl.DataFrame) -> bytes:
    return table.drop(ENTRY, strict=False).write_csv().encode()

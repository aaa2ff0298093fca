"""Panels and other results in databases: read whole, written whole."""

import polars as pl

from analysis.core.errors import InputError
from analysis.core.suggestions import suggestion
from analysis.runtime.addresses import Address
from analysis.sources.database.session import SQL_TYPES, Session, open_session

#: Column that numbers the rows of a ledger in the order of their appends; no column of a ledger.
ENTRY = "entry"


def read_all(address: Address, *, error: type[InputError] = InputError) -> pl.DataFrame:
    """Return all rows of a table, those of a ledger in the order of their appends.

    Raises
    ------
    InputError
        If there is no such table, or the database refuses.
    """
    with open_session(address, write=False, error=error) as session:
        columns = session.columns()
        if not columns:
            raise absent_table(session, error)
        return rows_of(session, columns)


def rows_of(session: Session, columns: list[str]) -> pl.DataFrame:
    """Return the rows of a table that exists: by entry, or by every column where none numbers them."""
    order = [ENTRY] if ENTRY in columns else columns
    names = ", ".join(f'"{name}"' for name in order)
    return session.query(f"SELECT * FROM {session.address.quoted} ORDER BY {names}")


def replace_all(address: Address, table: pl.DataFrame) -> None:
    """Write a table in place of what an earlier one of the same columns held, in one transaction.

    Raises
    ------
    InputError
        If a table of that name has other columns: it may hold something else; if the database refuses.
    """
    plain = table.with_columns(
        pl.col(name).cast(pl.Int64 if kind.is_integer() else pl.String)
        for name, kind in table.schema.items()
        if kind.is_integer() or isinstance(kind, pl.Enum | pl.Categorical)
    )
    strange = next((name for name, kind in plain.schema.items() if kind not in SQL_TYPES), None)
    if strange is not None:
        raise InputError(f"{address}: column {strange!r} has no type in SQL. Write the table into a file.")
    with open_session(address, write=True) as session:
        columns = session.columns()
        if not columns:
            session.create(plain.schema)
        elif columns != plain.columns:
            raise InputError(
                f"{address} exists with the columns {', '.join(columns)}, and was not touched: "
                f"{', '.join(plain.columns)} were to be written. Name another table."
            )
        else:
            session.execute(f"DELETE FROM {address.quoted}")
        session.insert(plain)


def absent_table(session: Session, error: type[InputError]) -> InputError:
    """Return the error for a table that does not exist."""
    address = session.address
    schema = f"'{address.schema}'" if address.schema else "current_schema()"
    known = session.query(f"SELECT table_name FROM information_schema.tables WHERE table_schema = {schema}")
    names = [str(name) for name in known["table_name"].sort()]
    return error(f"{address}: there is no table {address.table!r}. {suggestion(address.table, names)}")

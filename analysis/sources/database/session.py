"""A transaction on one table of a database: it is kept whole, or nothing of it is.

DuckDB lies in a file that one process opens at a time, so that a lock beside it makes the others wait. PostgreSQL has a
lock of its own for each table, which a transaction that writes holds to its end.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from analysis.core.errors import InputError, SilkportError
from analysis.runtime.addresses import Address
from analysis.runtime.locks import hold_lock
from analysis.runtime.optional_packages import load_package

#: Types of columns in SQL.
SQL_TYPES: Mapping[pl.DataType | type[pl.DataType], str] = {
    pl.String: "TEXT",
    pl.Date: "DATE",
    pl.Float64: "DOUBLE PRECISION",
    pl.Int64: "BIGINT",
    pl.Boolean: "BOOLEAN",
}


@dataclass(frozen=True)
class Session:
    """A transaction on the table of an address."""

    address: Address
    connection: Any

    def execute(self, statement: str) -> None:
        """Run a statement of SQL."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def query(self, statement: str) -> pl.DataFrame:
        """Return what a query gives."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            table: pl.DataFrame = cursor.fetch_polars()
            return table

    def columns(self) -> list[str]:
        """Return the columns of the table in their order; none if there is no such table."""
        name = f"table_name = '{self.address.table}'"
        schema = f"table_schema = '{self.address.schema}'" if self.address.schema else "table_schema = current_schema()"
        found = self.query(
            f"SELECT column_name FROM information_schema.columns WHERE {name} AND {schema} ORDER BY ordinal_position"
        )
        return [str(column) for column in found["column_name"]]

    def create(self, schema: Mapping[str, pl.DataType | type[pl.DataType]], *, key: str = "") -> None:
        """Make the table; the column `key` may hold no value twice."""
        columns = [f'"{name}" {SQL_TYPES[kind]}' + " PRIMARY KEY" * (name == key) for name, kind in schema.items()]
        self.execute(f"CREATE TABLE {self.address.quoted} ({', '.join(columns)})")

    def insert(self, table: pl.DataFrame) -> None:
        """Append rows under the names of their columns."""
        schema = {"db_schema_name": self.address.schema} if self.address.schema else {}
        with self.connection.cursor() as cursor:
            cursor.adbc_ingest(self.address.table, table, mode="append", **schema)


@contextmanager
def open_session(address: Address, *, write: bool, error: type[InputError] = InputError) -> Iterator[Session]:
    """Give a transaction for a block; it is kept if the block ends well, and undone if anything fails.

    Parameters
    ----------
    address
        The table.
    write
        Whether the block writes: other writers of the table wait for its end.
    error
        The class of error to raise.

    Raises
    ------
    InputError
        If the database cannot be reached, or refuses; the sentence holds no password.
    ExtraError
        If the packages for databases are not installed.
    """
    manager = load_package("adbc_driver_manager.dbapi", extra="sql", what=f"The table {address}")
    with ExitStack() as stack:
        try:
            connection = _connected(address, stack, write=write, error=error)
            stack.callback(connection.close)
            session = Session(address, connection)
            if write and address.engine == "postgresql":
                session.query(
                    f"SELECT pg_advisory_xact_lock(hashtext('silkport {address.schema}.{address.table}'))::text"
                )
            yield session
            connection.commit() if write else connection.rollback()
        except SilkportError:
            raise
        except manager.Error as problem:
            raise error(f"{address}: {_fact(address, problem)}") from None


def _connected(address: Address, stack: ExitStack, *, write: bool, error: type[InputError]) -> Any:
    """Return a connection; that of DuckDB waits for its turn at the file."""
    if address.engine == "postgresql":
        driver = load_package("adbc_driver_postgresql.dbapi", extra="sql", what=f"The table {address}")
        return driver.connect(address.target)
    driver = load_package("adbc_driver_duckdb", extra="sql", what=f"The table {address}")
    path = Path(address.target)
    if not path.exists() and not write:
        raise error(f"There is no file {path}. Check the path, or make the table with `silkport import --out`.")
    if not path.parent.is_dir():
        raise error(f"There is no folder {path.parent} for {path.name}. Make it, or name another.")
    real = Path(os.path.realpath(path))
    try:
        stack.enter_context(hold_lock(real.with_name(f".{real.name}.lock"), wait=True, keep=False))
    except OSError as problem:
        if write:
            raise error(
                f"Silkport cannot write in {real.parent} ({problem.strerror or problem}). Check permissions and the "
                "space left."
            ) from None
    manager = load_package("adbc_driver_manager.dbapi", extra="sql", what=f"The table {address}")
    options = {"path": str(path)} | ({} if write else {"access_mode": "READ_ONLY"})
    return manager.connect(driver=driver.driver_path(), entrypoint="duckdb_adbc_init", db_kwargs=options)


def _fact(address: Address, problem: Exception) -> str:
    """Return what a driver says, in one line without passwords, and the remedy."""
    said = address.without_secrets(" ".join(str(problem).split()))
    for mark in ("Failed to connect: ", "ERROR: ", "FATAL: "):
        said = said.rpartition(mark)[2] if mark in said else said
    said = said.partition(" SQLSTATE")[0].rstrip(". ")
    if "lock" in said.lower() and address.engine == "duckdb":
        return "another program has the file open. Close it there."
    remedy = "Check the address, and what its user may do."
    return f"the database refuses ({said}). {remedy}"

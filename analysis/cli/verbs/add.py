"""`silkport add`: one more statement for a ledger."""

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli import options
from analysis.cli.command import DONE
from analysis.core.errors import ParameterError
from analysis.runtime.addresses import Address

if TYPE_CHECKING:
    import polars as pl

ORDER = 90
HELP = "check statements and append them to a ledger, one or a file of them"
EXAMPLE = (
    "silkport add --series irkeshtam.freight_tonnes.total.road --period-start 2026-01-01 --period-end 2026-02-28 "
    "--value 231000 --unit tonnes --value-as-published 23.1万吨 --publisher 'Example Daily' "
    "--published-on 2026-03-05 --dry-run"
)

#: Column of the ledger to whether the command needs it, and what it holds.
COLUMNS = {
    "series_id": (True, "series of the statement, such as irkeshtam.freight_tonnes.total.road"),
    "period_start": (True, "first day that the figure covers, YYYY-MM-DD"),
    "period_end": (True, "last day that the figure covers, YYYY-MM-DD"),
    "measure": (False, "level (default), daily_average, yoy_growth, target, ..."),
    "relation": (False, "eq (default), approx, gt, lt, or milestone: passed on the last day of the period"),
    "value": (True, "the figure in plain digits; growth as a fraction"),
    "unit": (True, "unit of the value, such as tonnes"),
    "value_as_published": (True, "the figure as printed, such as 46.4万吨: its rounding is read from it"),
    "publisher": (True, "who published it"),
    "published_on": (False, "day of publication, YYYY-MM-DD; without one the row counts from 31 days after its period"),
    "published_on_precision": (False, "day (default), month or year"),
    "url": (False, "address of the page"),
    "place": (False, "place, indicator, flow, mode and partner default to those of the series in the ledger"),
    "indicator": (False, "what is counted"),
    "flow": (False, "import, export, total, ..."),
    "mode": (False, "road, rail, air, all"),
    "partner": (False, "partner country or region"),
    "same_as": (False, "statement_id of the original, if this is a reprint"),
    "supersedes": (False, "statement_id of the row that this one revises"),
    "status": (False, "valid (default), mis-entered, source wrong or doubtful"),
    "note": (False, "anything a reader of the row should know"),
    "note_zh": (False, "the note in Chinese, for Chinese pages"),
    "statement_id": (False, "default: ten characters made from the other columns"),
}

#: The columns that every row of a series shares.
_SERIES_COLUMNS = ("place", "indicator", "flow", "mode", "partner")


#: Columns of a table of proposed rows that a ledger has not: they say where a row comes from.
_PROPOSAL_COLUMNS = (
    "row", "cell", "bulletin_id", "span_start", "span_end", "confidence", "doubts", "ledger", "ledger_ids",
)  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask for the cells of a row: one option a column, `--published-on`, but `--series` as in the other commands."""
    options.add_ledger(parser)
    what = "CSV with statements as rows, such as `silkport read` and `import` write; all are appended, or none"
    parser.add_argument("--rows", type=Path, metavar="F", help=what)
    what = "make the table of an address, such as duckdb:///desk.duckdb#statements, if it is not there yet"
    parser.add_argument("--create", action="store_true", help=what)
    parser.add_argument("--dry-run", action="store_true", help="check the statement and write nothing")
    for column, (required, what) in COLUMNS.items():
        needed = " (needed without --rows)" if required else ""
        parser.add_argument(_flag(column), dest=column, metavar=column.upper(), help=what + needed)


def _flag(column: str) -> str:
    """Return the option of a column."""
    return "--series" if column == "series_id" else f"--{column.replace('_', '-')}"


def run(arguments: argparse.Namespace) -> int:
    """Append one statement that fits the ledger, or those of a file, and print their ids."""
    from analysis.runtime.folders import data_folder
    from analysis.sources import ledger

    path = arguments.ledger or data_folder() / ledger.FILE
    rows = _rows_of_file(arguments) if arguments.rows else [_row_of_options(arguments)]
    if arguments.create and not isinstance(path, Address):
        raise ParameterError(f"{path} is a file, and --create makes the table of an address. Leave it out.")
    if ledger.exists(path) if isinstance(path, Address) and arguments.create else not _is_header_only(path):
        statements = ledger.read(path, encoding=arguments.encoding)
        rows = [_cells_of_series(statements, row["series_id"]) | row for row in rows]
    identities = ledger.append_all(
        path, rows, encoding=arguments.encoding, dry_run=arguments.dry_run, create=arguments.create
    )
    if arguments.rows:
        done = "fit, and nothing was written" if arguments.dry_run else "were added"
        print(f"{len(identities)} rows of {arguments.rows} {done}: {path}.")
    else:
        identity = identities[0]
        print(
            f"{identity} fits {path}; nothing was written." if arguments.dry_run else f"{identity} was added to {path}."
        )
    return DONE


def _is_header_only(path: Path | Address) -> bool:
    """Return whether a file holds a header and no row yet, so that a ledger may begin with this command."""
    if isinstance(path, Address) or not path.is_file():
        return False
    with contextlib.suppress(OSError):
        return len([line for line in path.read_bytes().replace(b"\0", b"").splitlines() if line.strip()]) == 1
    return False


def _row_of_options(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the cells that options give.

    Raises
    ------
    ParameterError
        If one is missing that every statement has.
    """
    missing = [
        _flag(column) for column, (required, _) in COLUMNS.items() if required and not getattr(arguments, column)
    ]
    if missing:
        raise ParameterError(f"A statement needs {', '.join(missing)}. Add them, or give a file with --rows.")
    given = {column: cell for column in COLUMNS if (cell := getattr(arguments, column))}
    return {"measure": "level", "relation": "eq", **given}


def _rows_of_file(arguments: argparse.Namespace) -> list[dict[str, str]]:
    """Return the statements of a file, cell by cell as they are written.

    Raises
    ------
    ParameterError
        If cells are given as options too.
    LedgerError
        If the file is no table of statements; every bad row is listed with its line.
    """
    import polars as pl

    from analysis.core.errors import LedgerError
    from analysis.sources import csv_tables
    from analysis.sources.ledger.schema import REQUIRED

    given = next((column for column in COLUMNS if getattr(arguments, column)), None)
    if given is not None:
        raise ParameterError(f"--rows and {_flag(given)} exclude each other. Write the cell into the file.")
    words = {name: pl.String for name in REQUIRED if name != "statement_id"}
    found = csv_tables.scan(arguments.rows, words, error=LedgerError)
    found.refuse(LedgerError)
    kept = [name for name in found.table.columns if name not in (*_PROPOSAL_COLUMNS, "line")]
    return [{name: cell for name, cell in row.items() if cell} for row in found.table.select(kept).to_dicts()]


def _cells_of_series(statements: "pl.DataFrame", series_id: str) -> dict[str, str]:
    """Return the cells that all rows of a series share, from its first row; none if the series is new."""
    first_row = statements.filter(statements["series_id"] == series_id).select(_SERIES_COLUMNS).head(1)
    return {name: cell for row in first_row.to_dicts() for name, cell in row.items() if cell}

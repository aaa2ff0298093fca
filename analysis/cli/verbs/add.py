"""`silkport add`: one more statement for a ledger."""

import argparse
from typing import TYPE_CHECKING

from analysis.cli import options
from analysis.cli.command import DONE

if TYPE_CHECKING:
    import polars as pl

ORDER = 90
HELP = "check one statement and append it to a ledger"
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


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask for the cells of a row: one option a column, `--published-on`, but `--series` as in the other commands."""
    options.add_ledger(parser)
    parser.add_argument("--dry-run", action="store_true", help="check the statement and write nothing")
    for column, (required, what) in COLUMNS.items():
        flag = "--series" if column == "series_id" else f"--{column.replace('_', '-')}"
        parser.add_argument(flag, dest=column, required=required, metavar=column.upper(), help=what)
    parser.set_defaults(measure="level", relation="eq")


def run(arguments: argparse.Namespace) -> int:
    """Append one statement that fits the ledger, and print its id."""
    from analysis.runtime.folders import data_folder
    from analysis.sources import ledger

    path = arguments.ledger or data_folder() / ledger.FILE
    cells = _cells_of_series(ledger.read(path, encoding=arguments.encoding), arguments.series_id)
    cells |= {column: cell for column in COLUMNS if (cell := getattr(arguments, column))}
    identity = ledger.append(path, cells, encoding=arguments.encoding, dry_run=arguments.dry_run)
    print(f"{identity} fits {path}; nothing was written." if arguments.dry_run else f"{identity} was added to {path}.")
    return DONE


def _cells_of_series(statements: "pl.DataFrame", series_id: str) -> dict[str, str]:
    """Return the cells that all rows of a series share, from its first row; none if the series is new."""
    first_row = statements.filter(statements["series_id"] == series_id).select(_SERIES_COLUMNS).head(1)
    return {name: cell for row in first_row.to_dicts() for name, cell in row.items() if cell}

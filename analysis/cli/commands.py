"""The commands. Each imports what it uses when it runs, so that none waits for another's packages."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli.options import SERIES_COLUMNS, STATEMENT
from analysis.core.errors import ParameterError
from analysis.runtime.folders import BUNDLED_PANEL

if TYPE_CHECKING:
    import polars as pl

Command = Callable[[argparse.Namespace], int]

DONE, FOUND = 0, 1


def report(arguments: argparse.Namespace) -> int:
    """Build an edition; its index is the last line printed."""
    from analysis.publishing.edition import runner
    from analysis.publishing.workers.limits import Limits

    result = runner.report(
        pack=arguments.pack,
        edition=arguments.edition,
        only=arguments.only,
        workers=arguments.workers,
        resume=arguments.resume,
        lang=arguments.lang,
        out=arguments.out,
        limits=Limits(seconds=arguments.time_limit, megabytes=arguments.memory_limit),
    )
    _warn(f"{name} was not built: {reason}" for name, reason in result.failed.items())
    print(result.index)
    return FOUND if result.failed else DONE


def trace(arguments: argparse.Namespace) -> int:
    """Print the statements that bear on a number of a page."""
    from analysis.publishing.output.trace import find, lines
    from analysis.sources import ledger

    number = find(arguments.page, arguments.number)
    for line in lines(number, ledger.read(arguments.ledger)):
        print(line)
    return DONE


def reconstruct(arguments: argparse.Namespace) -> int:
    """Write the paths of a ledger's series, and name those that have none."""
    from analysis.cli.output import write_table
    from analysis.estimates import paths
    from analysis.runtime.files import writable_folder
    from analysis.runtime.processes import cores
    from analysis.sources import calendar, ledger

    statements = ledger.read(arguments.ledger)
    writable_folder(arguments.out.parent)
    batch = paths.reconstruct_all(
        statements,
        series=arguments.series,
        as_of=arguments.as_of,
        start=arguments.start,
        end=arguments.end,
        scenario=None if arguments.scenario is None else calendar.read_scenario(arguments.scenario),
        levels=arguments.levels,
        seed=arguments.seed,
        workers=cores(),
    )
    _warn(map(str, batch.skipped.values()))
    write_table(batch.path, arguments.out)
    return DONE


def forecast(arguments: argparse.Namespace) -> int:
    """Write the forecasts of a panel's series, and name those that have none."""
    from analysis.cli.output import write_table
    from analysis.methods import forecasting
    from analysis.runtime.files import writable_folder
    from analysis.runtime.processes import cores
    from analysis.sources import panels

    path = arguments.data or BUNDLED_PANEL
    open_days = None
    if arguments.open_days is not None:
        with panels.opened(arguments.open_days) as table:
            open_days = forecasting.checked_open_days(table)
    if arguments.scheduler is not None or path.is_dir():
        return _forecast_partitions(path, open_days, arguments)
    if not arguments.out.suffix:
        raise ParameterError(f"{path} is one table, and {arguments.out} has no suffix. End it in .csv or .parquet.")
    writable_folder(arguments.out.parent)
    with panels.opened(path) as panel:
        result = forecasting.forecast(
            panel,
            horizon=arguments.horizon,
            levels=arguments.levels,
            season=arguments.season,
            open_days=open_days,
            workers=arguments.workers or cores(),
        )
    _warn(result.skipped.values())
    write_table(result.table, arguments.out)
    return DONE


def _forecast_partitions(path: Path, open_days: "pl.DataFrame | None", arguments: argparse.Namespace) -> int:
    """Write the forecasts of a panel in several files, or on a cluster."""
    from analysis.estimates.partitions import forecast_partitions

    summary = forecast_partitions(
        path,
        arguments.out,
        horizon=arguments.horizon,
        levels=arguments.levels,
        season=arguments.season,
        open_days=open_days,
        scheduler=arguments.scheduler,
    )
    _warn(summary.skipped.values())
    return DONE


def backtest(arguments: argparse.Namespace) -> int:
    """Print the rolling-origin record of a panel; write its rows as a table too if asked for."""
    from analysis.cli.output import show, write_table
    from analysis.methods import backtesting
    from analysis.runtime.files import writable_folder
    from analysis.sources import panels

    if arguments.out:
        writable_folder(arguments.out.parent)
    with panels.opened(arguments.data or BUNDLED_PANEL) as panel:
        result = backtesting.backtest(
            panel,
            horizon=arguments.horizon,
            origins=arguments.origins,
            levels=arguments.levels,
            season=arguments.season,
        )
    _warn(f"From {origin:%Y-%m}: {reason}" for (origin, _), reason in result.skipped.items())
    if arguments.out:
        write_table(result.table, arguments.out)
    for by in ((), ("horizon",), ("regime",)):
        print(show(result.summary(*by)))
    return DONE


def attain(arguments: argparse.Namespace) -> int:
    """Print the probability of a year's target and what it takes."""
    from analysis.estimates.attainment import attain as attainment
    from analysis.sources import ledger

    statements = ledger.read(arguments.ledger)
    result = attainment(
        statements,
        series=arguments.series,
        year=arguments.year,
        target=arguments.target,
        as_of=arguments.as_of or max(statements["available_on"]),
    )
    print(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Print each contradiction; only a new one decides about the exit code."""
    from analysis.desks import audit
    from analysis.sources import ledger

    residuals = None
    statements = ledger.read(arguments.ledger)
    if arguments.surprise:
        from analysis.estimates import paths

        residuals = paths.joint(statements, as_of=max(statements["available_on"])).surprises()
    result = audit.examine(statements, residuals=residuals)
    print(result)
    return result.exit_code


def news(arguments: argparse.Namespace) -> int:
    """Print what each new statement did to the estimate of a year's total; write it as a table too if asked for."""
    from analysis.cli.output import write_table
    from analysis.estimates.news import news as moved
    from analysis.runtime.files import writable_folder
    from analysis.sources import ledger

    statements = ledger.read(arguments.ledger)
    if arguments.out:
        writable_folder(arguments.out.parent)
    result = moved(statements, arguments.series, since=arguments.since, until=arguments.until, year=arguments.year)
    if arguments.out:
        write_table(result.lines(), arguments.out)
    print(result)
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Append one statement that fits the ledger, and print its id."""
    from analysis.sources import csv_tables, ledger

    path = arguments.ledger or csv_tables.DATA / "statements.csv"
    given = {column: getattr(arguments, column) for column in STATEMENT}
    row = _of_series(ledger.read(path), arguments.series_id) | {name: cell for name, cell in given.items() if cell}
    identity = ledger.append(path, row, dry_run=arguments.dry_run)
    print(f"{identity} fits {path}; nothing was written." if arguments.dry_run else f"{identity} was added to {path}.")
    return DONE


def _of_series(statements: "pl.DataFrame", series_id: str) -> dict[str, str]:
    """Return what all rows of a series share, from its first row; nothing if the series is new."""
    of_series = statements.filter(statements["series_id"] == series_id).select(SERIES_COLUMNS).head(1)
    return {name: cell for row in of_series.to_dicts() for name, cell in row.items() if cell}


def _warn(reasons: Iterable[str]) -> None:
    """Say what was left out, and why, beside the output."""
    for reason in reasons:
        print(reason, file=sys.stderr)

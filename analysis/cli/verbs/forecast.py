"""`silkport forecast`: from a complete monthly panel to paths."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli import options
from analysis.cli.command import DONE
from analysis.cli.output import make_place, print_reasons, write_table
from analysis.core.errors import ParameterError
from analysis.runtime.addresses import Address
from analysis.runtime.folders import BUNDLED_PANEL

if TYPE_CHECKING:
    import polars as pl

    from analysis.methods.forecasting import Forecast

ORDER = 40
HELP = "turn a monthly panel into paths with intervals"
EXAMPLE = "silkport forecast --horizon 12 --levels 80,95 --out forecast.csv"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which panel, how far ahead, who does the work, and where the paths go."""
    options.add_panel(parser)
    parser.add_argument(
        "--open-days",
        type=Path,
        metavar="F",
        help="share of each month's days that a port is open, through the horizon: series_id, time_period, share_open "
        "(default: closures are found in the data; a month that the table does not name is open)",
    )
    parser.add_argument(
        "--scenario",
        type=Path,
        metavar="F",
        help="what is known of the months ahead: time_period, series_id unless it is the same for all, and a column "
        "each for a price, a festival, a plan; --data has the same columns for the past",
    )
    parser.add_argument(
        "--skip-ended",
        type=options.count,
        metavar="N",
        help="leave out series that end N months or more before the panel's last month (default: each series is "
        "forecast from its own end, and those that ended are named)",
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers do it, such as tcp://10.0.0.1:8786"
    )
    parser.add_argument(
        "--workers",
        type=options.count,
        metavar="N",
        help="processes at most; a small panel takes one, and the numbers do not depend on it (default: one a core)",
    )
    parser.add_argument(
        "--out",
        type=options.forecast_path,
        required=True,
        metavar="F",
        help="a .csv, .parquet, .xlsx (table and fan) or .html (a page with fans and table) file, or an address; a new "
        "folder if --data is a folder of Parquet files, each series in one",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the forecasts of a panel's series, and name those that have none."""
    from analysis.core.frequency import frequency_of
    from analysis.methods import forecasting
    from analysis.runtime.processes import available_cores
    from analysis.sources import panels

    path = arguments.data or BUNDLED_PANEL
    open_days = None
    if arguments.open_days is not None:
        with panels.opened(arguments.open_days, encoding=arguments.encoding) as table:
            open_days = forecasting.checked_open_days(table, frequency_of(arguments.season))
    scenario = None if arguments.scenario is None else panels.read(arguments.scenario, encoding=arguments.encoding)
    if scenario is not None and (arguments.scheduler is not None or _is_folder(path)):
        raise ParameterError("A scenario is read beside one table, not beside a folder or on a cluster. Give one file.")
    if isinstance(path, Path) and (arguments.scheduler is not None or path.is_dir()):
        return _forecast_partitions(path, open_days, arguments)
    if isinstance(arguments.out, Path) and not arguments.out.suffix:
        raise ParameterError(f"{path} is one table, and {arguments.out} has no suffix. End it in {options.ENDINGS}.")
    make_place(arguments.out)
    with panels.opened(path, encoding=arguments.encoding) as panel:
        result = forecasting.forecast(
            panel,
            horizon=arguments.horizon,
            levels=arguments.levels,
            season=arguments.season,
            open_days=open_days,
            scenario=scenario,
            skip_ended=arguments.skip_ended,
            workers=arguments.workers or available_cores(),
        )
    print_reasons([*result.skipped.values(), *result.notes])
    _write(result, arguments.out)
    return DONE


def _is_folder(path: Path | Address) -> bool:
    return isinstance(path, Path) and path.is_dir()


def _write(result: "Forecast", path: Path | Address) -> None:
    """Write a forecast as a table, as a workbook with a fan, or as a page."""
    if isinstance(path, Path) and path.suffix == options.PAGE:
        from analysis.publishing.output import forecast_page
        from analysis.runtime.files import write_all

        write_all(path.parent, {path.name: forecast_page.render(result)})
    else:
        write_table(result.table, path, history=result.history)


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
        skip_ended=arguments.skip_ended,
        scheduler=arguments.scheduler,
    )
    print_reasons([*summary.skipped.values(), *summary.notes])
    return DONE

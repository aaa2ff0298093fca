"""`silkport backtest`: how good forecasts of a panel would have been."""

import argparse

from analysis.cli import options
from analysis.cli.command import DONE
from analysis.cli.output import as_text, print_reasons, write_table
from analysis.runtime.folders import BUNDLED_PANEL

ORDER = 50
HELP = "print how good forecasts of a panel would have been, beside seasonal naive"
EXAMPLE = "silkport backtest --horizon 12 --origins 2016-12,2017-12"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which panel, how far ahead, from which past months, and where all rows go."""
    options.add_panel(parser)
    parser.add_argument(
        "--origins",
        type=options.months("origin"),
        default=(),
        metavar="YYYY-MM,...",
        help="last known months; of quarters and weeks, a month in which each begins (default: three, a horizon apart, "
        "the last one a horizon before the end)",
    )
    parser.add_argument("--out", type=options.table_path, metavar="F", help=f"a {options.ENDINGS} file with all rows")


def run(arguments: argparse.Namespace) -> int:
    """Print the rolling-origin record of a panel; write its rows as a table too if asked for."""
    from analysis.core.frequency import frequency_of
    from analysis.methods import backtesting
    from analysis.runtime.files import make_writable_folder
    from analysis.sources import panels

    if arguments.out:
        make_writable_folder(arguments.out.parent)
    with panels.opened(arguments.data or BUNDLED_PANEL, encoding=arguments.encoding) as panel:
        result = backtesting.backtest(
            panel,
            horizon=arguments.horizon,
            origins=arguments.origins,
            levels=arguments.levels,
            season=arguments.season,
        )
    frequency = frequency_of(arguments.season)
    print_reasons(f"From {frequency.label(origin)}: {reason}" for (origin, _), reason in result.skipped.items())
    if arguments.out:
        write_table(result.table, arguments.out)
    for by in ((), ("horizon",), ("regime",)):
        print(as_text(result.summary(*by)))
    return DONE

"""`silkport reconstruct`: from a ledger to paths."""

import argparse
from pathlib import Path

from analysis.cli import options
from analysis.cli.command import DONE
from analysis.cli.output import make_place, print_reasons, write_table

ORDER = 30
HELP = "turn statements into monthly and annual paths with intervals"
EXAMPLE = (
    "silkport reconstruct --series irkeshtam.freight_tonnes.total.road --as-of 2023-11-30 --start 2012-01 "
    "--out irkeshtam.csv"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which series, from which evidence, over which months, and where the paths go."""
    options.add_ledger(parser)
    parser.add_argument("--series", nargs="+", default=(), metavar="ID", help="only these series (default: all)")
    options.add_as_of(parser)
    parser.add_argument(
        "--start", type=options.month("start"), metavar="YYYY-MM", help="default: January of the first year stated"
    )
    parser.add_argument(
        "--end", type=options.month("end"), metavar="YYYY-MM", help="default: December of the last year stated"
    )
    parser.add_argument(
        "--scenario", type=Path, metavar="F", help="CSV of open days to come: port, mode, start, end, share_open"
    )
    options.add_levels(parser)
    parser.add_argument("--seed", type=options.count, default=1, metavar="N", help="of the draws (default: 1)")
    parser.add_argument("--out", type=options.result_path, required=True, metavar="F", help=f"a {options.RESULTS}")


def run(arguments: argparse.Namespace) -> int:
    """Write the paths of a ledger's series; name those that have none, and the statements that are withheld."""
    from analysis.core.sampling import Sampling
    from analysis.estimates import paths
    from analysis.runtime.processes import available_cores
    from analysis.sources import calendar
    from analysis.sources.evidence import Evidence

    evidence = Evidence.read(statements=arguments.ledger, encoding=arguments.encoding)
    scenario = None
    if arguments.scenario is not None:
        scenario = calendar.read_scenario(arguments.scenario, evidence.places)
    make_place(arguments.out)
    batch = paths.reconstruct_all(
        evidence.known(arguments.as_of),
        series=arguments.series,
        start=arguments.start,
        end=arguments.end,
        scenario=scenario,
        sampling=Sampling(arguments.levels, seed=arguments.seed),
        workers=available_cores(),
    )
    print_reasons([*batch.withheld, *map(str, batch.skipped.values())])
    write_table(batch.path, arguments.out)
    return DONE

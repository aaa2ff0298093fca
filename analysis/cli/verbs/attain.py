"""`silkport attain`: how likely a year's target is."""

import argparse
import json

from analysis.cli import options
from analysis.cli.command import DONE

ORDER = 60
HELP = "print the probability that a year reaches a target, as JSON"
EXAMPLE = "silkport attain --series irkeshtam.freight_tonnes.total.road --year 2023 --target 1200000 --as-of 2023-11-30"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which total of which series and year, from which evidence."""
    options.add_ledger(parser)
    options.add_one_series(parser)
    parser.add_argument("--year", type=options.year, required=True, metavar="Y", help="calendar year of the target")
    parser.add_argument(
        "--target", type=options.number, required=True, metavar="V", help="total of the year, in the series' unit"
    )
    options.add_as_of(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the probability of a year's target and what it takes."""
    from analysis.estimates.attainment import attain
    from analysis.sources.evidence import Evidence

    known = Evidence.read(statements=arguments.ledger, encoding=arguments.encoding).known(arguments.as_of)
    result = attain(known, series=arguments.series, year=arguments.year, target=arguments.target)
    print(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
    return DONE

"""`silkport news`: which new statement moved an estimate."""

import argparse

from analysis.cli import options
from analysis.cli.command import DONE
from analysis.cli.output import write_table

ORDER = 70
HELP = "print which new statement moved the estimate of a year's total, by how much"
EXAMPLE = "silkport news --series irkeshtam.freight_tonnes.total.road --from 2023-10-31 --to 2023-11-30 --year 2023"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say between which two days, of which year's total, and where all lines go."""
    options.add_ledger(parser)
    options.add_one_series(parser)
    for name, dest, which in (("from", "since", "earlier"), ("to", "until", "later")):
        day, what = options.day(name), f"day of the {which} estimate, YYYY-MM-DD"
        parser.add_argument(f"--{name}", dest=dest, type=day, required=True, metavar="DATE", help=what)
    parser.add_argument("--year", type=options.year, metavar="Y", help="whose total (default: the year of --to)")
    parser.add_argument("--out", type=options.table_path, metavar="F", help=f"a {options.ENDINGS} file with all lines")


def run(arguments: argparse.Namespace) -> int:
    """Print what each new statement did to the estimate of a year's total; write it as a table too if asked for."""
    from analysis.estimates.news import news
    from analysis.runtime.files import make_writable_folder
    from analysis.sources.evidence import Evidence

    evidence = Evidence.read(statements=arguments.ledger, encoding=arguments.encoding)
    if arguments.out:
        make_writable_folder(arguments.out.parent)
    result = news(evidence, arguments.series, since=arguments.since, until=arguments.until, year=arguments.year)
    if arguments.out:
        write_table(result.lines(), arguments.out)
    print(result)
    return DONE

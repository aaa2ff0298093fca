"""`silkport trace`: from a number of a page to the statements behind it."""

import argparse
from pathlib import Path

from analysis.cli import options
from analysis.cli.command import DONE

ORDER = 20
HELP = "print the published statements that bear on a number of a page"
EXAMPLE = "silkport trace reports/2023-11/irkeshtam.html n1"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which number of which page."""
    parser.add_argument("page", type=Path, metavar="PAGE", help="a page of an edition, such as reports/2023-11/ID.html")
    parser.add_argument(
        "number",
        metavar="NUMBER",
        help="its key, as the page shows it beside the statements (n1), or its words in either language (125万吨)",
    )
    options.add_ledger(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the statements that bear on a number of a page."""
    import polars as pl

    from analysis.publishing.output.trace import find, lines
    from analysis.sources.evidence import Evidence
    from analysis.sources.published_figures import figures_by_id

    number = find(arguments.page, arguments.number)
    evidence = Evidence.read(statements=arguments.ledger)
    everything = pl.concat([evidence.statements, figures_by_id(evidence)], how="diagonal")
    for line in lines(number, everything):
        print(line)
    return DONE

"""`silkport check`: contradictions of a ledger."""

import argparse

from analysis.cli import options

ORDER = 80
HELP = "list statements that contradict each other; exit 1 if data/known_conflicts.csv does not list them all"
EXAMPLE = "silkport check"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which ledger, and how hard to look."""
    options.add_ledger(parser)
    parser.add_argument(
        "--surprise",
        action="store_true",
        help="also list statements far from what all others say of them (fits the whole ledger first)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print each contradiction, and what a print leaves open; only a new contradiction decides about the exit code."""
    from analysis.cli.output import print_reasons
    from analysis.desks import audit
    from analysis.sources import ledger
    from analysis.sources.evidence import Evidence

    residuals = None
    known = Evidence.read(statements=arguments.ledger, encoding=arguments.encoding).known()
    if arguments.surprise:
        from analysis.estimates import paths

        residuals = paths.joint(known).surprises()
    result = audit.examine(known, residuals=residuals)
    print(result)
    print_reasons(ledger.unexplained_powers(known.statements))
    return result.exit_code

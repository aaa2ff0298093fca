"""`silkport series`: what a ledger holds."""

import argparse

from analysis.cli import options
from analysis.cli.command import DONE
from analysis.cli.output import as_text, write_table

ORDER = 95
HELP = "list the series of a ledger, with their names in both languages, first and last period and statements"
EXAMPLE = "silkport series irkeshtam freight"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which words the series have to have, and where the list goes."""
    what = "words of the id or of the names, in either language (default: all series)"
    parser.add_argument("words", nargs="*", metavar="WORDS", help=what)
    options.add_ledger(parser)
    parser.add_argument("--out", type=options.table_path, metavar="F", help=f"a {options.ENDINGS} file with the list")


def run(arguments: argparse.Namespace) -> int:
    """Print the series that have all the words; write them as a table too if asked for."""
    from analysis.pages.words.series_list import list_series
    from analysis.runtime.files import make_writable_folder
    from analysis.sources.evidence import Evidence

    if arguments.out:
        make_writable_folder(arguments.out.parent)
    evidence = Evidence.read(statements=arguments.ledger, encoding=arguments.encoding)
    found = list_series(evidence, arguments.words)
    if arguments.out:
        write_table(found, arguments.out)
    print(as_text(found))
    return DONE

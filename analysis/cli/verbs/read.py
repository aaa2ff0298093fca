"""`silkport read`: from bulletins to proposed rows of the ledger."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli import options
from analysis.cli.command import DONE
from analysis.cli.output import as_text, print_reasons, write_table

if TYPE_CHECKING:
    from analysis.sources.bulletins import Bulletin, Proposals
    from analysis.sources.evidence import Evidence

ORDER = 85
HELP = "read bulletins into proposed rows of a ledger, each with the words it was read from"
EXAMPLE = (
    "silkport read --text '今年1至7月，伊尔克什坦口岸进出口货物93.02万吨，同比增长49.2%。' --publisher 'Example Daily' "
    "--published-on 2024-08-12"
)

#: The columns that are printed; all of them go into a table.
_PRINTED = (
    "row", "series_id", "period_start", "period_end", "measure", "relation", "value", "value_as_published",
    "confidence", "ledger", "ledger_ids",
)  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which texts, what they do not say themselves, and what becomes of the rows."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="bulletins: text, HTML, JSON or JSONL")
    parser.add_argument("--text", metavar="TEXT", help="a bulletin as words of the command line")
    parser.add_argument("--publisher", default="", metavar="NAME", help="who published them, where they do not say")
    day = options.day("publication")
    parser.add_argument(
        "--published-on", type=day, metavar="DATE", help="their day, YYYY-MM-DD, from which this year is counted"
    )
    parser.add_argument("--url", default="", metavar="URL", help="address of the page")
    parser.add_argument("--place", default="", metavar="ID", help="what they are about, such as irkeshtam")
    parser.add_argument("--language", default="", choices=("zh", "en"), help="default: by the signs of the text")
    options.add_ledger(parser)
    parser.add_argument("--out", type=options.table_path, metavar="F", help=f"a {options.ENDINGS} file with all rows")
    parser.add_argument("--review", type=Path, metavar="F", help="a page with texts, figures and rows side by side")
    parser.add_argument(
        "--news", action="store_true", help="also print how each new row would move the total of its year"
    )
    what = "append rows to the ledger, all or nothing: numbers such as 1,3-5 (default: new ones and reprints)"
    parser.add_argument("--accept", nargs="?", const="", metavar="ROWS", help=what)


def run(arguments: argparse.Namespace) -> int:
    """Print the rows that bulletins give and the figures that give none; write and append what is asked for."""
    from analysis.runtime.files import make_writable_folder
    from analysis.sources.bulletins import propose
    from analysis.sources.evidence import Evidence

    for path in (arguments.out, arguments.review):
        if path:
            make_writable_folder(path.parent)
    evidence = Evidence.read(statements=arguments.ledger, encoding=arguments.encoding)
    proposals = propose(_bulletins(arguments), evidence)
    if proposals.table.height:
        print(as_text(proposals.table.select(_PRINTED)))
    print(_sentence(proposals))
    print_reasons(_left_out(proposals))
    if arguments.out:
        write_table(proposals.table, arguments.out)
    if arguments.review:
        _write_review(proposals, evidence, arguments.review)
    if arguments.news:
        _print_news(proposals, evidence, arguments)
    if arguments.accept is not None:
        _append(proposals, arguments)
    return DONE


def _bulletins(arguments: argparse.Namespace) -> "list[Bulletin]":
    """Return the bulletins of the files and of the command line.

    Raises
    ------
    ParameterError
        If there is none, or its day is not known; if two have one identity.
    """
    from analysis.core.errors import ParameterError
    from analysis.sources.bulletins import Bulletin, Given, all_bulletins

    given = Given(arguments.publisher, arguments.published_on, arguments.place, arguments.language, arguments.url)
    found = list(all_bulletins(arguments.files, given))
    if arguments.text:
        if given.published_on is None:
            raise ParameterError("--text has no day, from which this year is counted. Add --published-on YYYY-MM-DD.")
        found.append(
            Bulletin(
                "text", given.publisher, given.published_on, arguments.text, "", given.language, given.place, given.url
            )
        )
    if not found:
        raise ParameterError("There is nothing to read. Name a file, or give --text.")
    names = [bulletin.identity for bulletin in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ParameterError(f"Two bulletins are called {twice!r}. Give each an id or a file name of its own.")
    return found


def _sentence(proposals: "Proposals") -> str:
    """Return how many rows there are, and what the ledger says of them."""
    from analysis.sources.bulletins import CONTRADICTS, KNOWN, NEW, REPRINT

    counts = dict(proposals.table["ledger"].value_counts().iter_rows())
    left = sum(len(figures) for figures in proposals.left_out.values())
    new, reprints, known, against = (counts.get(word, 0) for word in (NEW, REPRINT, KNOWN, CONTRADICTS))
    return (
        f"{proposals.table.height} rows from {len(proposals.bulletins)} bulletins: {new} new, {reprints} reprints, "
        f"{known} in the ledger already, {against} against it; {left} figures were not understood."
    )


def _left_out(proposals: "Proposals") -> list[str]:
    """Return a sentence for each figure that gave no row."""
    from analysis.pages.words.bulletins import WHY

    return [
        f"{identity}: {figure.words} gave no row: {WHY[figure.why].en}."
        for identity, figures in proposals.left_out.items()
        for figure in figures
    ]


def _write_review(proposals: "Proposals", evidence: "Evidence", path: Path) -> None:
    """Write the page on which a reader sees each text beside its rows."""
    from analysis.publishing.output.review import review_page
    from analysis.runtime.files import write_all

    write_all(path.parent, {path.name: review_page(proposals, evidence)})


def _print_news(proposals: "Proposals", evidence: "Evidence", arguments: argparse.Namespace) -> None:
    """Print how each new row would move the estimate of the total of its year."""
    from analysis.estimates.proposed import effects
    from analysis.sources.bulletins.keeping import ledger_with

    print(as_text(effects(evidence, ledger_with(proposals, arguments.ledger or "", encoding=arguments.encoding))))


def _append(proposals: "Proposals", arguments: argparse.Namespace) -> None:
    """Append the rows that the user keeps, all or nothing."""
    from analysis.sources.bulletins import NEW, REPRINT
    from analysis.sources.bulletins.keeping import append_kept, ledger_path

    accepted = proposals.table.filter(proposals.table["ledger"].is_in([NEW, REPRINT]))["row"]
    keep = arguments.accept or ",".join(map(str, accepted))
    identities = append_kept(proposals, keep, arguments.ledger or "", encoding=arguments.encoding)
    print(f"{len(identities)} rows were added to {ledger_path(arguments.ledger)}: {', '.join(identities) or 'none'}.")

"""What a command is, and the parser made from all of them: the files of `analysis/cli/verbs`."""

import argparse
import pkgutil
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, Protocol

from analysis import __version__
from analysis.cli import options, verbs

#: Exit codes. FAILED: the command ran, and a report could not be built or a new contradiction was found.
DONE, FAILED, BAD_INPUT, BUSY, INTERRUPTED = 0, 1, 2, 3, 130


class Verb(Protocol):
    """What a file of `analysis/cli/verbs` holds; the name of the file is that of the command (`import_.py`: import).

    Attributes
    ----------
    ORDER
        Place in the list of `silkport --help`: ascending, then by name.
    HELP
        What the command does: the rest of a sentence, without capital and full stop.
    EXAMPLE
        A command line that runs on the bundled data.
    """

    ORDER: int
    HELP: str
    EXAMPLE: str

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the command to its parser."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Carry the command out and return its exit code."""


class Parser(argparse.ArgumentParser):
    """A parser that refuses a command line in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print one sentence on standard error and end with exit code 2."""
        self.exit(BAD_INPUT, f"{self.prog}: {message}. See {self.prog} --help.\n")


def find_verbs() -> dict[str, Verb]:
    """Return every command by name, in the order of `silkport --help`."""
    found: dict[str, Verb] = {
        file.name.removesuffix("_"): import_module(f"{verbs.__name__}.{file.name}")
        for file in pkgutil.iter_modules(verbs.__path__)
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].ORDER, item[0])))


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments of a command line; `run` is the function that carries it out."""
    parser = Parser(prog="silkport", description="Border ports and industrial parks, from published statements.")
    parser.add_argument("--version", action="version", version=f"silkport {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for name, verb in find_verbs().items():
        command = commands.add_parser(
            name,
            help=verb.HELP,
            description=f"{verb.HELP[0].upper()}{verb.HELP[1:]}.",
            epilog=f"example, on the bundled data:\n  {verb.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        verb.add_options(command)
        options.add_data_folder(command)
        command.set_defaults(run=verb.run)
    return parser.parse_args(argv)

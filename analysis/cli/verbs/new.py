"""`silkport new`: a desk for a place of one's own."""

import argparse
from pathlib import Path

from analysis.cli.command import DONE

ORDER = 5
HELP = "write a desk for a place of your own: data folder, pack, README and Makefile, with a worked example"
EXAMPLE = "silkport new my_crossings"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say where it goes."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is new or empty")


def run(arguments: argparse.Namespace) -> int:
    """Write the folder and say what comes next."""
    from analysis.publishing.starter import write_starter

    files = write_starter(arguments.folder)
    print(f"{arguments.folder} holds {len(files)} files: {', '.join(files)}.")
    print(f"Its page: make -C {arguments.folder}; then put your own statements in place of the example's.")
    return DONE

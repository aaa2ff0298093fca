"""`silkport report`: build an edition."""

import argparse
from pathlib import Path

from analysis.cli import options
from analysis.cli.command import DONE, FAILED
from analysis.cli.output import print_reasons

ORDER = 10
HELP = "build a dated edition of pages"
EXAMPLE = "silkport report --edition 2023-11 --only irkeshtam"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what is built, how, within which limits, and where it goes."""
    parser.add_argument(
        "--pack",
        metavar="NAME",
        help="list of reports: a name of a file in packs/ of the data folder, or a path that ends in .toml "
        "(default: monthly)",
    )
    parser.add_argument(
        "--edition",
        metavar="YYYY-MM",
        help="month whose last day bounds the evidence, or latest: the last month that the evidence supports (default)",
    )
    parser.add_argument("--only", nargs="+", default=(), metavar="ID", help="build only these reports of the pack")
    parser.add_argument(
        "--workers", type=options.count, default=2, metavar="N", help="reports built at a time (default: 2)"
    )
    parser.add_argument(
        "--lang",
        choices=("en", "zh", "both"),
        help="languages of the pages (default: both, with a switch)",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with a run that was broken off: edition, pack and reports are its, unless given",
    )
    parser.add_argument(
        "--time-limit", type=options.count, default=900, metavar="SECONDS", help="of one report (default: 900)"
    )
    parser.add_argument(
        "--memory-limit", type=options.count, default=2500, metavar="MB", help="of one report (default: 2500)"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="Dask scheduler whose workers build the reports, such as tcp://10.0.0.1:8786 (default: processes of this "
        "machine)",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of the editions (default: reports)")


def run(arguments: argparse.Namespace) -> int:
    """Build an edition; its index is the last line printed."""
    from analysis.publishing.edition import runner
    from analysis.publishing.workers.limits import Limits

    result = runner.report(
        pack=arguments.pack,
        edition=arguments.edition,
        only=arguments.only,
        workers=arguments.workers,
        resume=arguments.resume,
        lang=arguments.lang,
        out=arguments.out,
        limits=Limits(seconds=arguments.time_limit, megabytes=arguments.memory_limit),
        scheduler=arguments.scheduler,
    )
    print_reasons(f"{name} was not built: {reason}" for name, reason in result.failed.items())
    print(result.index)
    return FAILED if result.failed else DONE

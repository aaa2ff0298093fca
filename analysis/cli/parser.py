"""The words of the command line: each command, its options and an example on the bundled data."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from analysis import __version__
from analysis.cli import commands, options

_EVIDENCE = "CSV of published statements (default: the bundled data/statements.csv)"
_PANEL = (
    "CSV or Parquet: series_id, time_period, obs_value or unique_id, ds, y (default: the bundled US border crossings, "
    "benchmarks/data/bts_border.parquet)"
)
_AS_OF = "use only what was published by this day, YYYY-MM-DD (default: everything)"


class Parser(argparse.ArgumentParser):
    """A parser that refuses a command line in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print one sentence on standard error and end with exit code 2."""
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments of a command line; `run` is the function that carries it out."""
    parser = Parser(prog="silkport", description="Border ports and industrial parks, from published statements.")
    parser.add_argument("--version", action="version", version=f"silkport {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for add in (_report, _trace, _reconstruct, _forecast, _backtest, _attain, _news, _check, _add):
        add(subparsers)
    return parser.parse_args(argv)


def examples() -> dict[str, str]:
    """Return the example that `--help` shows, by command."""
    return dict(_EXAMPLES)


_EXAMPLES = {
    "report": "silkport report --edition 2023-11 --only irkeshtam",
    "trace": "silkport trace reports/2023-11/irkeshtam.html n1",
    "reconstruct": (
        "silkport reconstruct --series irkeshtam.freight_tonnes.total.road --as-of 2023-11-30 --start 2013-01 "
        "--end 2023-12 --out irkeshtam.csv"
    ),
    "forecast": "silkport forecast --horizon 12 --levels 80,95 --out forecast.csv",
    "backtest": "silkport backtest --horizon 12 --origins 2016-12,2017-12",
    "attain": (
        "silkport attain --series horgos.freight_tonnes.total.rail --year 2024 --target 12000000 --as-of 2024-09-30"
    ),
    "news": (
        "silkport news --series irkeshtam.freight_tonnes.total.road --from 2023-11-30 --to 2024-01-31 --year 2023"
    ),
    "check": "silkport check",
    "add": (
        "silkport add --series irkeshtam.freight_tonnes.total.road --period-start 2026-01-01 --period-end 2026-02-28 "
        "--value 231000 --unit tonnes --value-as-published 23.1万吨 --publisher 'Example Daily' "
        "--published-on 2026-03-05 --dry-run"
    ),
}


def _command(
    subparsers: "argparse._SubParsersAction[Parser]", name: str, run: commands.Command, does: str
) -> argparse.ArgumentParser:
    """Add a command with its example."""
    parser = subparsers.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=f"example, on the bundled data:\n  {_EXAMPLES[name]}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    return parser


def _report(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(subparsers, "report", commands.report, "build a dated edition of pages")
    parser.add_argument("--pack", metavar="NAME", help="list of reports (default: monthly)")
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
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of the editions (default: reports)")


def _trace(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    does = "print the published statements that bear on a number of a page"
    parser = _command(subparsers, "trace", commands.trace, does)
    parser.add_argument("page", type=Path, metavar="PAGE", help="a page of an edition, such as reports/2023-11/ID.html")
    parser.add_argument(
        "number",
        metavar="NUMBER",
        help="its key, as the page shows it beside the statements (n1), or its words in either language (125万吨)",
    )
    parser.add_argument("--ledger", type=Path, metavar="F", help=_EVIDENCE)


def _reconstruct(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    does = "turn statements into monthly and annual paths with intervals"
    parser = _command(subparsers, "reconstruct", commands.reconstruct, does)
    parser.add_argument("--ledger", type=Path, metavar="F", help=_EVIDENCE)
    parser.add_argument("--series", nargs="+", default=(), metavar="ID", help="only these series (default: all)")
    parser.add_argument("--as-of", type=options.day("as-of"), metavar="DATE", help=_AS_OF)
    parser.add_argument(
        "--start", type=options.month("start"), metavar="YYYY-MM", help="default: January of the first year stated"
    )
    parser.add_argument(
        "--end", type=options.month("end"), metavar="YYYY-MM", help="default: December of the last year stated"
    )
    parser.add_argument(
        "--scenario", type=Path, metavar="F", help="CSV of open days to come: port, mode, start, end, share_open"
    )
    parser.add_argument("--levels", type=options.levels, default=(80, 95), help="percent (default: 80,95)")
    parser.add_argument("--seed", type=options.count, default=1, metavar="N", help="of the draws (default: 1)")
    parser.add_argument("--out", type=options.table_path, required=True, metavar="F", help="a .csv or .parquet file")


def _forecast(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(subparsers, "forecast", commands.forecast, "turn a monthly panel into paths with intervals")
    _panel_options(parser)
    parser.add_argument(
        "--open-days",
        type=Path,
        metavar="F",
        help="share of each month's days that a port is open, through the horizon: series_id, time_period, share_open "
        "(default: closures are found in the data; a month that the table does not name is open)",
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers do it, such as tcp://10.0.0.1:8786"
    )
    parser.add_argument(
        "--workers",
        type=options.count,
        metavar="N",
        help="processes at most; a small panel takes one, and the numbers do not depend on it (default: one a core)",
    )
    parser.add_argument(
        "--out",
        type=options.tables_path,
        required=True,
        metavar="F",
        help="a .csv or .parquet file; a new folder if --data is a folder of Parquet files, each series in one",
    )


def _backtest(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    does = "print how good forecasts of a panel would have been, beside seasonal naive"
    parser = _command(subparsers, "backtest", commands.backtest, does)
    _panel_options(parser)
    parser.add_argument(
        "--origins",
        type=options.months("origin"),
        default=(),
        metavar="YYYY-MM,...",
        help="last known months (default: three, a horizon apart, the last one a horizon before the end)",
    )
    parser.add_argument("--out", type=options.table_path, metavar="F", help="a .csv or .parquet file with all rows")


def _panel_options(parser: argparse.ArgumentParser) -> None:
    """Add what both commands about a panel ask for."""
    parser.add_argument("--data", type=Path, metavar="F", help=_PANEL)
    parser.add_argument("--horizon", type=options.count, required=True, metavar="H", help="months ahead")
    parser.add_argument("--levels", type=options.levels, default=(80, 95), help="percent (default: 80,95)")
    parser.add_argument(
        "--season", type=options.count, default=12, metavar="N", help="months after which it repeats (default: 12)"
    )


def _attain(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    does = "print the probability that a year reaches a target, as JSON"
    parser = _command(subparsers, "attain", commands.attain, does)
    parser.add_argument("--ledger", type=Path, metavar="F", help=_EVIDENCE)
    parser.add_argument("--series", required=True, metavar="ID", help="series id")
    parser.add_argument("--year", type=options.year, required=True, metavar="Y", help="calendar year of the target")
    parser.add_argument(
        "--target", type=options.number, required=True, metavar="V", help="total of the year, in the series' unit"
    )
    parser.add_argument("--as-of", type=options.day("as-of"), metavar="DATE", help=_AS_OF)


def _news(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    does = "print which new statement moved the estimate of a year's total, by how much"
    parser = _command(subparsers, "news", commands.news, does)
    parser.add_argument("--ledger", type=Path, metavar="F", help=_EVIDENCE)
    parser.add_argument("--series", required=True, metavar="ID", help="series id")
    for name, dest, which in (("from", "since", "earlier"), ("to", "until", "later")):
        day, what = options.day(name), f"day of the {which} estimate, YYYY-MM-DD"
        parser.add_argument(f"--{name}", dest=dest, type=day, required=True, metavar="DATE", help=what)
    parser.add_argument("--year", type=options.year, metavar="Y", help="whose total (default: the year of --to)")
    parser.add_argument("--out", type=options.table_path, metavar="F", help="a .csv or .parquet file with all lines")


def _check(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    does = "list statements that contradict each other; exit 1 if data/known_conflicts.csv does not list them all"
    parser = _command(subparsers, "check", commands.check, does)
    parser.add_argument("--ledger", type=Path, metavar="F", help=_EVIDENCE)
    parser.add_argument(
        "--surprise",
        action="store_true",
        help="also list statements far from what all others say of them (fits the whole ledger first)",
    )


def _add(subparsers: "argparse._SubParsersAction[Parser]") -> None:
    parser = _command(subparsers, "add", commands.add, "check one statement and append it to a ledger")
    parser.add_argument("--ledger", type=Path, metavar="F", help=_EVIDENCE)
    parser.add_argument("--dry-run", action="store_true", help="check the statement and write nothing")
    for column, (required, what) in options.STATEMENT.items():
        parser.add_argument(options.flag(column), dest=column, required=required, metavar=column.upper(), help=what)
    parser.set_defaults(measure="level", relation="eq")

"""Options that several commands share, and readers of values: each is read strictly, or refused in one sentence."""

import datetime as dt
import math
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path

from analysis.core.periods import FIRST_FLOW_YEAR, LATEST_YEAR, parse_date, parse_month
from analysis.runtime.addresses import Address, location

#: How a table may be written; the suffix of its path decides.
SUFFIXES = (".csv", ".parquet", ".xlsx")

#: The suffixes as sentences name them.
ENDINGS = ".csv, .parquet or .xlsx"

#: How a forecast may be written as well: a page with fans and table.
PAGE = ".html"

#: How panels and paths may be written as well: SDMX-ML; `.sdmx.csv` is SDMX-CSV. The structure is written beside them.
SDMX = ".xml"

#: What panels and paths may be written as, in sentences.
RESULTS = f"{ENDINGS} file, .sdmx.csv or .xml (SDMX), or an address"


def add_data_folder(parser: ArgumentParser) -> None:
    """Add `--data-folder`, which every command takes."""
    what = (
        "folder with statements.csv and any of the registers and packs (default: the variable SILKPORT_DATA, else the "
        "bundled data)"
    )
    parser.add_argument("--data-folder", type=Path, metavar="DIR", help=what)


def add_ledger(parser: ArgumentParser) -> None:
    """Add `--ledger`."""
    what = "CSV or address of published statements (default: statements.csv of the data folder)"
    parser.add_argument("--ledger", type=location, metavar="F", help=what)
    add_encoding(parser)


def add_encoding(parser: ArgumentParser) -> None:
    """Add `--encoding` of the table that the command reads."""
    what = "of the CSV, such as cp1251 or big5 (default: UTF-8, UTF-16 with its mark, or GB18030 if that gives Chinese)"
    parser.add_argument("--encoding", type=encoding, metavar="NAME", help=what)


def add_as_of(parser: ArgumentParser) -> None:
    """Add `--as-of`."""
    what = "use only what was published by this day, YYYY-MM-DD (default: everything)"
    parser.add_argument("--as-of", type=day("as-of"), metavar="DATE", help=what)


def add_one_series(parser: ArgumentParser) -> None:
    """Add `--series` of a command about a single series."""
    parser.add_argument("--series", required=True, metavar="ID", help="series id")


def add_levels(parser: ArgumentParser) -> None:
    """Add `--levels`."""
    parser.add_argument("--levels", type=levels, default=(80, 95), help="percent (default: 80,95)")


def add_panel(parser: ArgumentParser) -> None:
    """Add what the commands about a complete panel share: the panel, horizon, levels and season."""
    what = (
        "CSV, Parquet or address: series_id, time_period, obs_value or unique_id, ds, y (default: the bundled US "
        "border crossings, benchmarks/data/bts_border.parquet)"
    )
    parser.add_argument("--data", type=location, metavar="F", help=what)
    add_encoding(parser)
    parser.add_argument("--horizon", type=count, required=True, metavar="H", help="months (quarters, weeks) ahead")
    add_levels(parser)
    parser.add_argument(
        "--season",
        type=count,
        default=12,
        metavar="N",
        help="months after which it repeats; 4 if the rows are quarters, 52 if they are weeks (default: 12)",
    )


def day(what: str) -> Callable[[str], dt.date]:
    """Return a reader of days written as `YYYY-MM-DD`."""
    return lambda text: parse_date(text, what=f"{what} date")


def month(what: str) -> Callable[[str], dt.date]:
    """Return a reader of months written as `YYYY-MM`."""
    return lambda text: parse_month(text, what=f"{what} month")


def months(what: str) -> Callable[[str], tuple[dt.date, ...]]:
    """Return a reader of months written as `YYYY-MM,YYYY-MM`, ascending."""
    return lambda text: tuple(sorted({parse_month(part, what=f"{what} month") for part in text.split(",")}))


def year(text: str) -> int:
    """Return a calendar year."""
    if len(text) == 4 and text.isascii() and text.isdecimal() and FIRST_FLOW_YEAR <= int(text) <= LATEST_YEAR:
        return int(text)
    raise ArgumentTypeError(f"{text!r} is no year; write one from {FIRST_FLOW_YEAR} to {LATEST_YEAR}, such as 2024")


def count(text: str) -> int:
    """Return a whole number of at least one."""
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise ArgumentTypeError(f"{text!r} is no whole number above zero; write one, such as 2")


def number(text: str) -> float:
    """Return a finite number in plain digits."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ArgumentTypeError(f"{text!r} is no number; write plain digits, such as 1200000")
    return value


def levels(text: str) -> tuple[int, ...]:
    """Return interval levels in percent, ascending, from `80,95`."""
    parts = text.split(",")
    percents = sorted(int(part) for part in parts if part.isdecimal())
    if len(set(percents)) < len(parts) or not 0 < percents[0] <= percents[-1] < 100:
        raise ArgumentTypeError(
            f"{text!r} are no interval levels; write percents from 1 to 99, each once, such as 80,95"
        )
    return tuple(percents)


def encoding(text: str) -> str:
    """Return the name of an encoding of text."""
    try:
        "".encode(text)
    except (LookupError, UnicodeError, ValueError):
        raise ArgumentTypeError(f"{text!r} is no encoding; name one such as utf-8, gb18030, big5 or cp1251") from None
    return text


def table_path(text: str) -> Path:
    """Return the path of a table that is to be written."""
    path = Path(text)
    if path.suffix not in SUFFIXES:
        raise ArgumentTypeError(f"{text!r} has no known suffix; end it in {ENDINGS}")
    return path


def result_path(text: str) -> Path | Address:
    """Return the path or the address of a panel or of paths that are to be written."""
    place = location(text)
    return place if isinstance(place, Address) or place.suffix == SDMX else table_path(text)


def forecast_path(text: str) -> Path | Address:
    """Return the place of a table, of a page, or of a folder of tables, which has no suffix or that of its files."""
    path = location(text)
    if isinstance(path, Address):
        return path
    if path.suffix in ("", PAGE, SDMX):
        return path
    if path.suffix not in SUFFIXES:
        raise ArgumentTypeError(f"{text!r} has no known suffix; end it in .csv, .parquet, .xlsx or {PAGE}")
    return path

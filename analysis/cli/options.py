"""Values of options: each is read strictly, or refused in one sentence."""

import datetime as dt
import math
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path

from analysis.core.periods import parse_date, parse_month

#: Column of the ledger to whether `silkport add` needs it, and what it holds.
STATEMENT = {
    "series_id": (True, "series of the statement, such as irkeshtam.freight_tonnes.total.road"),
    "period_start": (True, "first day that the figure covers, YYYY-MM-DD"),
    "period_end": (True, "last day that the figure covers, YYYY-MM-DD"),
    "measure": (False, "level (default), daily_average, yoy_growth, target, ..."),
    "relation": (False, "eq (default), approx, gt or lt"),
    "value": (True, "the figure in plain digits; growth as a fraction"),
    "unit": (True, "unit of the value, such as tonnes"),
    "value_as_published": (True, "the figure as printed, such as 46.4万吨: its rounding is read from it"),
    "publisher": (True, "who published it"),
    "published_on": (False, "day of publication, YYYY-MM-DD; without one the row counts from 31 days after its period"),
    "published_on_precision": (False, "day (default), month or year"),
    "url": (False, "address of the page"),
    "place": (False, "place, indicator, flow, mode and partner default to those of the series in the ledger"),
    "indicator": (False, "what is counted"),
    "flow": (False, "import, export, total, ..."),
    "mode": (False, "road, rail, air, all"),
    "partner": (False, "partner country or region"),
    "same_as": (False, "statement_id of the original, if this is a reprint"),
    "supersedes": (False, "statement_id of the row that this one revises"),
    "status": (False, "valid (default), mis-entered, source wrong or doubtful"),
    "note": (False, "anything a reader of the row should know"),
    "note_zh": (False, "the note in Chinese, for Chinese pages"),
    "statement_id": (False, "default: ten characters made from the other columns"),
}

#: The columns that every row of a series shares.
SERIES_COLUMNS = ("place", "indicator", "flow", "mode", "partner")

SUFFIXES = (".csv", ".parquet")


def flag(column: str) -> str:
    """Return the option of a ledger column: `--published-on`; `--series` as in the other commands."""
    return "--series" if column == "series_id" else f"--{column.replace('_', '-')}"


def day(what: str) -> Callable[[str], dt.date]:
    """Return a reader of days written as `YYYY-MM-DD`."""
    return lambda text: parse_date(text, what=f"{what} date")


def month(what: str) -> Callable[[str], dt.date]:
    """Return a reader of months written as `YYYY-MM`."""
    return lambda text: parse_month(text, what=f"{what} month")


def year(text: str) -> int:
    """Return a calendar year."""
    if len(text) == 4 and text.isdecimal() and text >= "1900":
        return int(text)
    raise ArgumentTypeError(f"{text!r} is no year; write four digits, such as 2024")


def count(text: str) -> int:
    """Return a whole number of at least one."""
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise ArgumentTypeError(f"{text!r} is no whole number above zero; write one, such as 2")


def months(what: str) -> Callable[[str], tuple[dt.date, ...]]:
    """Return a reader of months written as `YYYY-MM,YYYY-MM`, ascending."""
    return lambda text: tuple(sorted({parse_month(part, what=f"{what} month") for part in text.split(",")}))


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
    if not all(part.isdecimal() and 0 < int(part) < 100 for part in parts) or len(set(parts)) < len(parts):
        raise ArgumentTypeError(f"{text!r} are no interval levels; write percents from 1 to 99, such as 80,95")
    return tuple(sorted(map(int, parts)))


def tables_path(text: str) -> Path:
    """Return the path of a table, or of a folder of tables, which has no suffix or that of its files."""
    return Path(text) if not Path(text).suffix else table_path(text)


def table_path(text: str) -> Path:
    """Return the path of a table that is to be written."""
    path = Path(text)
    if path.suffix not in SUFFIXES:
        raise ArgumentTypeError(f"{text!r} has no known suffix; end it in {' or '.join(SUFFIXES)}")
    return path

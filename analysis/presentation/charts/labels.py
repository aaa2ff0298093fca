"""What the marks of a chart say to a screen reader and in a tooltip: the numbers of the tables, in words."""

from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from analysis.presentation.tables.figures import as_published, million_tonnes, span_words, tonnes


def with_labels(table: pl.DataFrame, label: Callable[[dict[str, Any]], str]) -> pl.DataFrame:
    """Return a table with a column `label` made row by row."""
    return table.with_columns(pl.Series("label", [label(row) for row in table.iter_rows(named=True)], dtype=pl.String))


def year_label(row: dict[str, Any]) -> str:
    """Return `2023: 1.24 million tonnes (124万吨), 80%: 1.16 to 1.35 million tonnes (116 to 135万吨)`."""
    return f"{row['year']}: {_with_interval(row, row['lower80'], row['upper80'])}"


def month_label(row: dict[str, Any]) -> str:
    """Return the same for a month."""
    return f"{row['time_period']:%Y-%m}: {_with_interval(row, row['lower'], row['upper'])}"


def average_label(row: dict[str, Any]) -> str:
    """Return the same for the average month of a year."""
    return f"{row['year']}, monthly average: {_with_interval(row, row['lower'], row['upper'])}"


def to_date_label(row: dict[str, Any]) -> str:
    """Return the same for a sum since 1 January."""
    words = _with_interval(row, row["lower"], row["upper"])
    return f"1 January to {row['period_end'].day} {row['period_end']:%B %Y}: {words}"


def published_label(row: dict[str, Any]) -> str:
    """Return `Published: January to October 2023, over 1 million tonnes (100万吨)`."""
    words = as_published(tonnes(row["value"]), row["relation"])
    return f"Published: {span_words(row['period_start'], row['period_end'])}, {words}"


def listed(items: Iterable[str]) -> str:
    """Return items as one text, separated by semicolons."""
    return "; ".join(items)


def _with_interval(row: dict[str, Any], lower: float, upper: float) -> str:
    return f"{tonnes(row['median'], lower, upper)}, 80%: {million_tonnes(row['median'], lower, upper)}"

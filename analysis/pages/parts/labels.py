"""What the marks of a chart say to a screen reader and in a tooltip: labels row by row, in one language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl

from analysis.pages.words.cells import Both, text

Row = Mapping[str, Any]


Label = Callable[[dict[str, Any]], Both]


def with_labels(table: pl.DataFrame, label: Label, lang: str) -> pl.DataFrame:
    """Return a table with a column `label` made row by row, in one language."""
    words = [text(label(row), lang) for row in table.iter_rows(named=True)]
    return table.with_columns(pl.Series("label", words, dtype=pl.String))


def all_labels(table: pl.DataFrame, label: Label) -> Both:
    """Return the labels of all rows as one text, separated by semicolons."""
    labels = [label(row) for row in table.iter_rows(named=True)]
    return Both(semicolon_list(text(each) for each in labels), "；".join(text(each, "zh") for each in labels))


def semicolon_list(items: Iterable[str]) -> str:
    """Return items as one text, separated by semicolons."""
    return "; ".join(items)

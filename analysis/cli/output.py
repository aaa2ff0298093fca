"""Tables on the disk, whole or not at all."""

import io
from pathlib import Path

import polars as pl

from analysis.publishing import atomic


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV or Parquet, by the suffix of the path.

    Raises
    ------
    ReportError
        If the file cannot be written; the old one is untouched then.
    """
    buffer = io.BytesIO()
    if path.suffix == ".parquet":
        table.write_parquet(buffer)
    else:
        table.write_csv(buffer)
    atomic.write_all(path.parent, {path.name: buffer.getvalue()})

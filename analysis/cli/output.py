"""Tables on the disk, whole or not at all."""

import io
from pathlib import Path

import polars as pl

from analysis.runtime import files


def show(table: pl.DataFrame) -> str:
    """Return a table as aligned text, whole, with three decimals."""
    rounded = table.with_columns(pl.selectors.float().round(3))
    with pl.Config(
        tbl_rows=-1,
        tbl_cols=-1,
        tbl_width_chars=400,
        tbl_formatting="NOTHING",
        tbl_hide_column_data_types=True,
        tbl_hide_dataframe_shape=True,
    ):
        return str(rounded)


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
    files.write_all(path.parent, {path.name: buffer.getvalue()})

"""What a command prints and writes: tables on the terminal, tables in files, and the reasons for what is left out."""

import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.core.errors import ParameterError
from analysis.core.legible import spelt_out
from analysis.core.spreadsheets import FORMULA_SIGNS
from analysis.runtime import console, files

if TYPE_CHECKING:
    import polars as pl

#: Rows of a sheet of a workbook, the header among them.
_SHEET_ROWS = 1_048_576

#: A workbook says when it was made; the same table gives the same bytes.
_CREATED = dt.datetime(2000, 1, 1)

_WORKBOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def print_reasons(reasons: Iterable[str]) -> None:
    """Print on standard error what was left out and why, one sentence a line."""
    for reason in reasons:
        console.complain(reason)


def as_text(table: "pl.DataFrame") -> str:
    """Return a table as aligned text with all its rows and columns and three decimals."""
    import polars as pl

    rounded = table.with_columns(pl.selectors.float().round(3))
    with pl.Config(
        tbl_rows=-1,
        tbl_cols=-1,
        tbl_width_chars=400,
        fmt_str_lengths=200,
        tbl_formatting="NOTHING",
        tbl_hide_column_data_types=True,
        tbl_hide_dataframe_shape=True,
    ):
        return str(rounded)


def write_table(table: "pl.DataFrame", path: Path) -> None:
    """Write a table as CSV, Parquet or XLSX, by the suffix of the path; but for Parquet, nothing stays hidden in text.

    In CSV, text that a spreadsheet would take for a formula starts with an apostrophe.

    Raises
    ------
    ParameterError
        If the table has more rows than a sheet of a workbook holds.
    ReportError
        If the file cannot be written; the old one is untouched then.
    """
    import polars as pl

    table = table if path.suffix == ".parquet" else _spelt_out(table)
    buffer = io.BytesIO()
    if path.suffix == ".parquet":
        table.write_parquet(buffer)
    elif path.suffix == ".xlsx":
        _write_workbook(table, buffer)
    else:
        table.with_columns(_harmless(name) for name in table.select(pl.selectors.string()).columns).write_csv(buffer)
    files.write_all(path.parent, {path.name: buffer.getvalue()})


def _spelt_out(table: "pl.DataFrame") -> "pl.DataFrame":
    """Return a table in whose text nothing is hidden: what has no width or commands a terminal is written out."""
    import polars as pl

    columns = []
    for column in table.select(pl.selectors.string()):
        shown = {text: spelt_out(text) for text in column.unique().drop_nulls()}
        changed = {text: words for text, words in shown.items() if words != text}
        columns += [column.replace(changed)] if changed else []
    return table.with_columns(columns)


def _harmless(column: str) -> "pl.Expr":
    """Return a column of text that no spreadsheet takes for formulas."""
    import polars as pl

    text = pl.col(column)
    return pl.when(text.str.slice(0, 1).is_in(FORMULA_SIGNS)).then("'" + text).otherwise(text).alias(column)


def _write_workbook(table: "pl.DataFrame", buffer: io.BytesIO) -> None:
    """Write a table as the one sheet of a workbook: numbers as numbers, days as days, text as text, never a formula."""
    import polars as pl
    import xlsxwriter

    if table.height >= _SHEET_ROWS:
        raise ParameterError(
            f"The table has {table.height} rows, and a sheet of a workbook holds {_SHEET_ROWS - 1}. "
            "End --out in .csv or .parquet."
        )
    numbers = [name for name, kind in table.schema.items() if kind.is_float()]
    finite = table.with_columns(pl.when(pl.col(name).is_finite()).then(name).alias(name) for name in numbers)
    kinds = {kind for kind in table.dtypes if kind.is_numeric()}
    with xlsxwriter.Workbook(buffer, _WORKBOOK_OPTIONS) as workbook:
        workbook.set_properties({"created": _CREATED})
        finite.write_excel(
            workbook,
            "table",
            dtype_formats={**dict.fromkeys(kinds, "General"), pl.Date: "yyyy-mm-dd"},
            autofit=True,
            freeze_panes=(1, 0),
        )

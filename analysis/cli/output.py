"""What a command prints and writes: tables on the terminal, tables in files, and the reasons for what is left out."""

import argparse
import contextlib
import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.core.errors import ParameterError
from analysis.core.legible import spelt_out
from analysis.core.spreadsheets import FORMULA_SIGNS
from analysis.runtime import console, files
from analysis.runtime.addresses import Address

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


def make_place(path: Path | Address) -> None:
    """Make the folder of a file that is to be written, before anything is computed.

    Raises
    ------
    ReportError
        If it cannot be made or written.
    """
    if isinstance(path, Path):
        files.make_writable_folder(path.parent)


def refuse_lost_inputs(arguments: argparse.Namespace) -> None:
    """Refuse results that would take the place of a ledger, or of what the command reads.

    Parameters
    ----------
    arguments
        A parsed command line; its results are `out` and `review`, its inputs any other paths.

    Raises
    ------
    ParameterError
        If a result names a file that the command reads, or one that is a ledger.
    """
    named = {name: value for name, value in vars(arguments).items() if name not in ("out", "review")}
    read = {path.resolve() for value in named.values() for path in _paths(value)}
    for option in ("out", "review"):
        path = getattr(arguments, option, None)
        if not isinstance(path, Path) or not path.is_file():
            continue
        if _is_ledger(path):
            raise ParameterError(
                f"{path} is a ledger, and --{option} would replace it. Name another file; rows in it are appended by "
                "silkport add --rows FILE."
            )
        if path.resolve() in read:
            raise ParameterError(f"{path} is read by this command, and --{option} would replace it. Name another file.")


def _paths(value: object) -> list[Path]:
    """Return the files that the value of an option names."""
    values = value if isinstance(value, list) else [value]
    return [path for path in values if isinstance(path, Path) and path.is_file()]


def _is_ledger(path: Path) -> bool:
    """Return whether the first line of a file is the header of a ledger; no command writes such a table."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        header = file.read(4096).replace(b"\0", b"").splitlines()[:1]
        return all(name in line for line in header for name in (b"statement_id", b"value_as_published")) and any(header)
    return False


def write_table(table: "pl.DataFrame", path: Path | Address, *, history: "pl.DataFrame | None" = None) -> None:
    """Write a table by the suffix of the path, or at an address; but for Parquet, nothing stays hidden in text.

    In CSV, text that a spreadsheet would take for a formula starts with an apostrophe.

    Parameters
    ----------
    table
        The rows.
    path
        Where they go; a table at an address takes the rows in place of those that it had.
    history
        `series_id, time_period, obs_value`: the figures before a path. A workbook then has a second sheet with the
        fan of the first series.

    Raises
    ------
    ParameterError
        If the table has more rows than a sheet of a workbook holds.
    ReportError
        If the file cannot be written; the old one is untouched then.
    """
    import polars as pl

    if isinstance(path, Address):
        from analysis.sources.database import replace_all

        replace_all(path, table)
        return
    table = table if path.suffix == ".parquet" else _spelt_out(table)
    if path.name.endswith((".xml", ".sdmx.csv")):
        from analysis.publishing.output import sdmx

        sdmx.write(table, path)
        return
    buffer = io.BytesIO()
    if path.suffix == ".parquet":
        table.write_parquet(buffer)
    elif path.suffix == ".xlsx":
        _write_workbook(table, buffer, None if history is None else _spelt_out(history))
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


def _write_workbook(table: "pl.DataFrame", buffer: io.BytesIO, history: "pl.DataFrame | None") -> None:
    """Write a table as a sheet of a workbook: numbers as numbers, days as days, text as text, never a formula."""
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
        if history is not None and len(table):
            _write_fan(workbook, finite, history)


def _write_fan(workbook: Any, table: "pl.DataFrame", history: "pl.DataFrame") -> None:
    """Write the figures and the path of the first series beside their chart, as the second sheet."""
    import polars as pl

    name, level = table["series_id"][0], table["level"].unique().sort()[0]
    path = table.filter((pl.col("series_id") == name) & (pl.col("level") == level))
    columns = ["time_period", "median", "lower", "upper"]
    known = history.filter(pl.col("series_id") == name).select("time_period", "obs_value")
    rows = known.join(path.select(columns), on="time_period", how="full", coalesce=True).sort("time_period")
    rows.write_excel(workbook, "fan", dtype_formats={pl.Date: "yyyy-mm", pl.Float64: "General"}, autofit=True)
    chart, last = workbook.add_chart({"type": "line"}), len(rows)
    styles = {"obs_value": {"color": "black"}, "median": {"color": "#0072b2"}}
    faint = {"color": "#0072b2", "dash_type": "dash", "width": 1}
    for place, column in enumerate(rows.columns[1:], start=1):
        chart.add_series({
            "name": ["fan", 0, place], "categories": ["fan", 1, 0, last, 0], "values": ["fan", 1, place, last, place],
            "line": styles.get(column, faint),
        })  # fmt: skip
    chart.set_title({"name": f"{name}, {level}%"})
    chart.set_x_axis({"date_axis": True, "num_format": "yyyy"})
    chart.set_size({"width": 720, "height": 360})
    workbook.get_worksheet_by_name("fan").insert_chart(1, len(rows.columns) + 1, chart)

"""Returns of a park's firms: one row a firm and month, checked, and never mixed with illustrative rows."""

from pathlib import Path

import polars as pl

from analysis.core.errors import InputError
from analysis.runtime.folders import data_folder
from analysis.sources import csv_tables
from analysis.sources.csv_tables import BadRow, empty_cells, repeated_keys

_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_AMOUNTS = (
    "output_cny", "sales_cny", "exports_cny", "inputs_cny", "wages_cny", "jobs", "land_mu", "investment_cny",
)  # fmt: skip

RETURNS = pl.Schema(
    {
        "firm": pl.String,
        "month": pl.String,
        **dict.fromkeys(_AMOUNTS, pl.Float64),
        "illustrative": pl.Boolean,
    }
)


def read(path: str | Path) -> pl.DataFrame:
    """Read the returns of a park's firms, as filled into `data/park_returns_template.csv`.

    Parameters
    ----------
    path
        A CSV file with the columns of `RETURNS`; `month` is written `YYYY-MM`.

    Returns
    -------
    DataFrame
        Key `firm, month` (first day of the month), in the order of the file. `output_cny` (gross output),
        `sales_cny`, `exports_cny`, `inputs_cny` (goods and services used up), `wages_cny` and `investment_cny` are yuan
        of that month at current prices, `jobs` persons and `land_mu` mu at the end of the month; null where the firm
        left the cell empty, `output_cny` never. An output of 0 says that the firm made nothing; a firm that has not
        returned a month has no row for it. `illustrative` is the same for all rows.

    Raises
    ------
    InputError
        If the file is no such table; every bad row is listed with its line, fact and remedy.
    """
    found = csv_tables.scan(path, RETURNS)
    found.refuse(InputError, _bad_rows(found.table))
    return found.table.with_columns(pl.col("month").str.to_date("%Y-%m")).drop("line")


def read_if_named(name: str) -> pl.DataFrame | None:
    """Read the returns of a file of the data folder, or else beside the notebook or at a path; None for no name.

    Errors as of `read`.
    """
    if not name:
        return None
    bundled = data_folder() / name
    return read(bundled if bundled.exists() else Path(name))


def _bad_rows(table: pl.DataFrame) -> list[BadRow]:
    bad = [
        *empty_cells(table, ["firm", "month", "output_cny", "illustrative"]),
        *repeated_keys(table, ["firm", "month"]),
    ]
    for line, month in table.filter(~pl.col("month").str.contains(_MONTH)).select("line", "month").iter_rows():
        bad.append(BadRow(line, f"month {month!r} is no month. Write it as YYYY-MM, such as 2023-11."))
    for name in _AMOUNTS:
        for line, amount in table.filter(pl.col(name) < 0).select("line", name).iter_rows():
            bad.append(BadRow(line, f"{name} is {amount:g}. Enter zero or more; correct the month that was wrong."))
    for line in table.filter(pl.col("exports_cny") > pl.col("sales_cny"))["line"]:
        bad.append(BadRow(line, "exports_cny is more than sales_cny. Exports are a part of sales; correct one."))
    for line in table.filter(pl.col("wages_cny") > 0, pl.col("jobs") == 0)["line"]:
        bad.append(BadRow(line, "wages_cny were paid, but jobs is 0. Correct one of the two."))
    if table["illustrative"].n_unique() > 1:
        for line in table.filter(pl.col("illustrative"))["line"]:
            bad.append(BadRow(line, "an illustrative row stands among real returns. Keep the two in separate files."))
    return bad

"""Returns of a plan's projects: a row a project and month, cumulative, checked, real and illustrative ones apart."""

from pathlib import Path

import polars as pl

from analysis.core.errors import InputError
from analysis.runtime.folders import data_folder
from analysis.sources import csv_tables
from analysis.sources.csv_tables import BadRow, empty_cells, repeated_keys

_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"

RETURNS = pl.Schema(
    {
        "project": pl.String,
        "month": pl.String,
        "planned_cny": pl.Float64,
        "share_done": pl.Float64,
        "spent_cny": pl.Float64,
        "illustrative": pl.Boolean,
    }
)


def read(path: str | Path) -> pl.DataFrame:
    """Read the returns of a plan's projects, as filled into `data/project_returns_template.csv`.

    Parameters
    ----------
    path
        A CSV file with the columns of `RETURNS`; `month` is written `YYYY-MM`.

    Returns
    -------
    DataFrame
        Key `project, month` (first day), by project and month. `planned_cny` is what was to be done by the end of the
        month, cumulative, yuan: the last one of a project is its budget. `share_done` (0 to 1) and `spent_cny`
        (cumulative, yuan) are what was done and spent by then, both null in a month that is still to come.
        `illustrative` is the same for all rows.

    Raises
    ------
    InputError
        If the file is no such table; every bad row is listed with its line, fact and remedy.
    """
    found = csv_tables.scan(path, RETURNS)
    found.refuse(InputError, _bad_rows(found.table))
    return found.table.with_columns(pl.col("month").str.to_date("%Y-%m")).drop("line").sort("project", "month")


def read_if_named(name: str) -> pl.DataFrame | None:
    """Read the returns of a file of the data folder, or else beside the notebook or at a path; None for no name."""
    if not name:
        return None
    bundled = data_folder() / name
    return read(bundled if bundled.exists() else Path(name))


def _bad_rows(table: pl.DataFrame) -> list[BadRow]:
    bad = [
        *empty_cells(table, ["project", "month", "planned_cny", "illustrative"]),
        *repeated_keys(table, ["project", "month"]),
    ]
    for line, month in table.filter(~pl.col("month").str.contains(_MONTH)).select("line", "month").iter_rows():
        bad.append(BadRow(line, f"month {month!r} is no month. Write it as YYYY-MM, such as 2024-03."))
    for name in ("planned_cny", "spent_cny"):
        for line, amount in table.filter(pl.col(name) < 0).select("line", name).iter_rows():
            bad.append(BadRow(line, f"{name} is {amount:g}. Enter zero or more; correct the month that was wrong."))
    for line, share in table.filter(~pl.col("share_done").is_between(0, 1)).select("line", "share_done").iter_rows():
        bad.append(BadRow(line, f"share_done is {share:g}. Enter a share from 0 to 1, such as 0.35 for 35%."))
    half = pl.col("share_done").is_null() != pl.col("spent_cny").is_null()
    for line in table.filter(half)["line"]:
        bad.append(BadRow(line, "share_done and spent_cny go together. Fill in both, or leave both empty."))
    ordered = table.sort("project", "month")
    for name in ("planned_cny", "share_done", "spent_cny"):
        falls = ordered.filter(pl.col(name) < pl.col(name).forward_fill().shift(1).over("project"))
        for line in falls["line"]:
            bad.append(BadRow(line, f"{name} falls from one month to the next. It is cumulative; correct one of them."))
    if table["illustrative"].n_unique() > 1:
        for line in table.filter(pl.col("illustrative"))["line"]:
            bad.append(BadRow(line, "an illustrative row stands among real returns. Keep the two in separate files."))
    return bad

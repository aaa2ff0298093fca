"""What goes with a monthly table: names of its series and events, and regressors of one's own."""

from pathlib import Path

import polars as pl

from analysis.core import observations
from analysis.core.errors import InputError
from analysis.core.periods import month_start
from analysis.sources import csv_tables, panels

#: Names and units of series in both languages, and the sum that each is a part of.
NAMES = pl.Schema(
    dict.fromkeys(("series_id", "name", "name_zh", "unit", "unit_zh", "part_of", "part_of_zh"), pl.String)
)

#: What happened: in both languages, its first and last month, and who says so. Without an end it is a lasting shift.
EVENTS = pl.Schema(
    {"name": pl.String, "name_zh": pl.String, "start": pl.Date, "end": pl.Date, "source": pl.String}
)  # fmt: skip


def read_names(path: str | Path) -> pl.DataFrame:
    """Read what the series of a table are called.

    Parameters
    ----------
    path
        A CSV file with the columns of `NAMES`; only the id and the English name may not be empty.

    Raises
    ------
    InputError
        If the file is no such table; every bad row is listed.
    """
    table = csv_tables.read_table(path, NAMES, key=["series_id"], required=["name"])
    return table.with_columns(
        pl.coalesce("name_zh", "name").alias("name_zh"),
        pl.coalesce("unit_zh", "unit").alias("unit_zh"),
        pl.coalesce("part_of_zh", "part_of").alias("part_of_zh"),
    )


def read_events(path: str | Path) -> pl.DataFrame:
    """Read the events whose effects are wanted.

    Parameters
    ----------
    path
        A CSV file with the columns of `EVENTS`; days stand for their month, an empty end for a shift that lasts.

    Raises
    ------
    InputError
        If the file is no such table, or an event ends before it starts.
    """
    table = csv_tables.read_table(path, EVENTS, key=["name"], required=["start"], may_be_empty=True)
    backwards = table.filter(pl.col("end") < pl.col("start"))
    if len(backwards):
        raise InputError(f"{path}: {backwards['name'][0]!r} ends before it starts. Exchange the two days.")
    return table.with_columns(
        pl.coalesce("name_zh", "name").alias("name_zh"),
        pl.col("start", "end").map_elements(month_start, return_dtype=pl.Date),
    )


def read_regressors(path: str | Path) -> pl.DataFrame:
    """Read regressors of one's own.

    Parameters
    ----------
    path
        A CSV or Parquet file: `time_period` (or `ds`) and one column of numbers a regressor, one row a month, through
        the months ahead.

    Returns
    -------
    DataFrame
        `time_period` (first day of the month) and the regressors.

    Raises
    ------
    InputError
        If a month cannot be read or stands twice, or a cell is no number.
    """
    table = panels.read(path)
    table = table.rename({"ds": "time_period"}) if "ds" in table.columns else table
    names = [name for name in table.columns if name != "time_period"]
    if "time_period" not in table.columns or not names:
        raise InputError(f"{path} has the columns {', '.join(table.columns)}. Name time_period and the regressors.")
    months = observations.months(table.schema["time_period"])
    typed = table.select(months.alias("time_period"), pl.col(names).cast(pl.Float64, strict=False))
    for column in typed:
        if column.null_count() or column.is_duplicated().any() * (column.name == "time_period"):
            raise InputError(
                f"{path}: {column.name} is empty, cannot be read, or names a month twice. Give each month one row of "
                "numbers."
            )
    return typed.sort("time_period")

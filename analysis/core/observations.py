"""Rows of figures as any table may hold them: ids, periods and numbers, read alike by every function."""

import polars as pl

from analysis.core.errors import InputError
from analysis.core.frequency import MONTHLY, Frequency
from analysis.core.periods import EARLIEST_YEAR, LATEST_YEAR

#: Names of the three columns: ours, and those of Nixtla's libraries.
LAYOUTS = (("series_id", "time_period", "obs_value"), ("unique_id", "ds", "y"))

#: Characters without width that web pages leave beside a name; they are no blanks of Unicode.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"

#: How a period may be written in text, and which years there are.
_WRITTEN, _QUARTER = r"^\d{4}-\d{1,2}(-\d{1,2})?$", r"^(\d{4})-?Q([1-4])$"
FORMS = {"M": "YYYY-MM-DD or YYYY-MM", "Q": "YYYY-MM-DD, YYYY-MM or YYYY-Q1", "W": "YYYY-MM-DD"}
_YEARS = f"with a year from {EARLIEST_YEAR} to {LATEST_YEAR}"


def read_rows(
    table: pl.DataFrame, *, frequency: Frequency = MONTHLY, what: str = "panel", named: bool = True
) -> pl.DataFrame:
    """Return the rows of a table under our names, typed.

    Parameters
    ----------
    table
        `series_id, time_period, obs_value` or `unique_id, ds, y`: text, days or moments, numbers or numbers as text.
    frequency
        The periods of the table.
    what
        What the table is, for the error sentence.
    named
        Whether each row names its series; if not, the column may be absent, and is then null.

    Returns
    -------
    DataFrame
        `row` (from 1 on), `series_id` (text without blanks around it), `time_period` (the first day of its period),
        `obs_value` (null where there is no figure).

    Raises
    ------
    InputError
        If a column is absent, or a cell cannot be read; the row is named.
    """
    first = 0 if named else 1
    layout = next((names for names in LAYOUTS if set(names[first:]) <= set(table.columns)), None)
    if layout is None:
        raise InputError(
            f"The {what} has the columns {', '.join(table.columns)}, but needs {', '.join(LAYOUTS[0][first:])} or "
            f"{', '.join(LAYOUTS[1][first:])}. Rename them."
        )
    present = [(old, new) for old, new in zip(layout, LAYOUTS[0], strict=True) if old in table.columns]
    renamed = table.select(pl.col(old).alias(new) for old, new in present).with_row_index("row", offset=1)
    if "series_id" not in renamed.columns:
        renamed = renamed.with_columns(series_id=pl.lit(None, pl.String))
    typed = renamed.with_columns(
        id_text(renamed.schema["series_id"]).alias("series_id"),
        frequency.start(days(renamed.schema["time_period"])).alias("parsed"),
        numbers(renamed.schema["obs_value"]).alias("number"),
    )
    for bad, column, remedy in (
        (pl.col("series_id").is_null() & named, "series_id", "Name the series in text"),
        (pl.col("parsed").is_null(), "time_period", f"Write {frequency.unit}s as {FORMS[frequency.code]}, {_YEARS}"),
        (
            pl.col("number").is_null() & pl.col("obs_value").is_not_null(),
            "obs_value",
            f"Write plain digits with a decimal point; leave a {frequency.unit} without a figure empty or out",
        ),
    ):
        _refuse(typed.filter(bad), column, remedy)
    return typed.select("row", "series_id", time_period="parsed", obs_value="number")


def id_text(kind: pl.DataType, column: str = "series_id") -> pl.Expr:
    """Return the ids of a column of this type as text without blanks around it, null where there is none."""
    name = pl.col(column)
    if kind.is_nested():
        return pl.lit(None, pl.String)
    if isinstance(kind, pl.Binary):
        # A cast would end with an error of polars where the bytes are no text.
        name = name.map_elements(lambda raw: raw.decode(errors="ignore"), return_dtype=pl.String)
    text = name.cast(pl.String, strict=False).str.strip_chars().str.strip_chars(_INVISIBLE).str.strip_chars()
    return pl.when(text != "").then(text)


def months(kind: pl.DataType) -> pl.Expr:
    """Return the first day of the month of each `time_period` of this type, null where it names none."""
    return MONTHLY.start(days(kind))


def days(kind: pl.DataType) -> pl.Expr:
    """Return the day that each `time_period` of this type names, null where it names none; the first of a month.

    A moment with a time zone belongs to the day that its zone had. Years of two digits are none.
    """
    period = pl.col("time_period")
    if isinstance(kind, pl.String | pl.Categorical | pl.Enum):
        text = period.cast(pl.String).str.strip_chars()
        quarter = text.str.extract(_QUARTER, 2).cast(pl.Int64)
        first = text.str.extract(_QUARTER, 1) + "-" + (3 * quarter - 2).cast(pl.String) + "-1"
        text = pl.when(text.str.contains(_WRITTEN)).then(text).otherwise(first)
        day = pl.coalesce(text.str.to_date("%Y-%m-%d", strict=False), (text + "-01").str.to_date(strict=False))
    elif isinstance(kind, pl.Date | pl.Datetime):
        day = period.dt.date()
    else:
        day = pl.lit(None, pl.Date)
    return pl.when(day.dt.year().is_between(EARLIEST_YEAR, LATEST_YEAR)).then(day)


def numbers(kind: pl.DataType) -> pl.Expr:
    """Return each `obs_value` of this type as a number, null where it is none."""
    value = pl.col("obs_value")
    if kind.is_nested() or kind.is_temporal() or isinstance(kind, pl.Binary):
        return pl.lit(None, pl.Float64)
    if isinstance(kind, pl.Categorical | pl.Enum | pl.String):
        value = value.cast(pl.String).str.strip_chars()
    return value.cast(pl.Float64, strict=False)


def _refuse(bad: pl.DataFrame, what: str, remedy: str) -> None:
    """Raise if any row is left, and name the first one."""
    if not bad.is_empty():
        first = bad.row(0, named=True)
        cell = first[what]
        raise InputError(f"Row {first['row']}: {what} is {'empty' if cell is None else repr(str(cell))}. {remedy}.")

"""One monthly series with a row for every month, so that months without a figure can be seen and named."""

import datetime as dt

import polars as pl

from analysis.core.errors import CoverageError, InputError, PeriodError
from analysis.core.periods import month_range

#: Column names of the Nixtla libraries to the names used here.
_OTHER_NAMES = {"unique_id": "series_id", "ds": "time_period", "y": "obs_value"}


def make_gaps_explicit(series: pl.DataFrame) -> pl.DataFrame:
    """Return one series with a row for every month from its first figure to its last.

    Parameters
    ----------
    series
        `time_period` (first day of the month) and `obs_value`, or `ds` and `y`; other columns are dropped. A
        `series_id` (or `unique_id`) must be the same in all rows.

    Returns
    -------
    DataFrame
        `time_period`, `obs_value`; null where there is no figure, never at either end.

    Raises
    ------
    InputError
        If a column is missing, several series are mixed, a month has two rows, or nothing is finite.
    PeriodError
        If a time period is not the first day of a month.
    """
    table = series.rename({old: new for old, new in _OTHER_NAMES.items() if old in series.columns})
    for column in ("time_period", "obs_value"):
        if column not in table.columns:
            raise InputError(f"The series has no column {column}. Give time_period and obs_value.")
    if table.schema["time_period"] not in (pl.Date, pl.Datetime):
        kind = table.schema["time_period"]
        raise PeriodError(f"The time periods are {kind}, not dates. Give the first day of each month as a date.")
    if "series_id" in table.columns and table["series_id"].n_unique() > 1:
        names = ", ".join(table["series_id"].unique().sort()[:3])
        raise InputError(f"The table holds several series ({names}). Keep the rows of one.")
    # The local day: a cast would turn midnight in Shanghai into the day before, in universal time.
    figures = table.select(pl.col("time_period").dt.date(), pl.col("obs_value").cast(pl.Float64))
    figures = figures.with_columns(pl.when(pl.col("obs_value").is_finite()).then("obs_value"))
    _check_months(figures["time_period"])
    known = figures.drop_nulls()
    if known.is_empty():
        raise InputError("The series has no finite figure. Give at least one month.")
    periods = known["time_period"].sort()
    calendar = pl.DataFrame({"time_period": month_range(periods[0], periods[-1])})
    return calendar.join(known, on="time_period", how="left", maintain_order="left", validate="1:1")


def missing_months(months: pl.DataFrame) -> list[dt.date]:
    """Return the months in which a series from `make_gaps_explicit` has no figure."""
    return months.filter(pl.col("obs_value").is_null())["time_period"].to_list()


def refuse_gaps(months: pl.DataFrame, *, what: str, remedy: str) -> None:
    """Raise an error if a series has months without a figure.

    Parameters
    ----------
    months
        As `make_gaps_explicit` returns it.
    what, remedy
        What needs a complete series, and what to do, for the error sentence.

    Raises
    ------
    CoverageError
        If a month between the first and the last has no figure.
    """
    missing = missing_months(months)
    if missing:
        named = ", ".join(f"{month:%Y-%m}" for month in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        first, last = months["time_period"][0], months["time_period"][-1]
        raise CoverageError(
            f"{what} needs every month from {first:%Y-%m} to {last:%Y-%m}, but {named}{more} have no figure. {remedy}"
        )


def refuse_non_positive(months: pl.DataFrame, *, what: str, remedy: str) -> None:
    """Raise an error if a series has a figure of zero or below, which has no logarithm.

    Raises
    ------
    InputError
        With the first such month.
    """
    without_logarithm = months.filter(pl.col("obs_value") <= 0)
    if len(without_logarithm):
        month, value = without_logarithm.row(0)
        raise InputError(f"{what} works on logarithms, and {month:%Y-%m} is {value:g}. {remedy}")


def _check_months(periods: pl.Series) -> None:
    """Refuse time periods that are no first days of a month, are absent, or stand twice."""
    if periods.null_count():
        raise PeriodError("A row of the series has no time_period. Give the first day of its month.")
    wrong = periods.filter(periods.dt.day() != 1)
    if len(wrong):
        raise PeriodError(f"The time period {wrong[0]} is not the first day of a month. Write months as YYYY-MM-01.")
    twice = periods.filter(periods.is_duplicated())
    if len(twice):
        raise InputError(f"The month {twice[0]:%Y-%m} has more than one row. Keep one figure a month.")

"""One monthly series with a row for every month, so that months without a figure can be seen and named."""

import datetime as dt

import polars as pl

from analysis.core import observations
from analysis.core.errors import CoverageError, InputError
from analysis.core.periods import month_range


def make_gaps_explicit(series: pl.DataFrame) -> pl.DataFrame:
    """Return one series with a row for every month from its first figure to its last.

    Parameters
    ----------
    series
        `time_period` and `obs_value`, or `ds` and `y`, as `observations.read_rows` reads them; other columns are
        dropped. A `series_id` (or `unique_id`) must be the same in all rows. Dates stand for their month.

    Returns
    -------
    DataFrame
        `time_period` (first day of the month), `obs_value`; null where there is no figure, never at either end.

    Raises
    ------
    InputError
        If a column is missing, a cell cannot be read, several series are mixed, a month has two rows, or nothing is
        finite.
    """
    rows = observations.read_rows(series, what="series", named=False)
    if rows["series_id"].n_unique() > 1:
        names = ", ".join(rows["series_id"].unique().drop_nulls().sort()[:3])
        raise InputError(f"The table holds several series ({names}). Keep the rows of one.")
    figures = rows.select("time_period", pl.when(pl.col("obs_value").is_finite()).then("obs_value"))
    twice = figures["time_period"].filter(figures["time_period"].is_duplicated())
    if len(twice):
        raise InputError(f"The month {twice[0]:%Y-%m} has more than one row. Keep one figure a month.")
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

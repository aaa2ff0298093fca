"""Months and days from text and tables: local, and within the years that a figure can be about."""

import datetime as dt
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.core.errors import InputError, PeriodError
from analysis.core.monthly import make_gaps_explicit
from analysis.core.periods import month_range, parse_date, parse_month

MONTHS = month_range(dt.date(2023, 11, 1), dt.date(2024, 2, 1))


@pytest.mark.parametrize("text", ["9999-12", "2101-01", "0001-01", "0000-01", "1022-05"])
def test_a_month_beyond_reach_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match=f"The start month '{text}' lies outside the years 1800 to 2100"):
        parse_month(text, what="start month")


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "1022-05-01"])
def test_a_day_beyond_reach_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match=f"{text}' lies outside the years 1800 to 2100"):
        parse_date(text)


# pola-rs/polars#25674 and #22864: midnight in Shanghai is the day before in universal time.
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
def test_the_months_of_a_series_are_those_of_its_own_zone(zone: str) -> None:
    moments = [dt.datetime(month.year, month.month, 1, tzinfo=ZoneInfo(zone)) for month in MONTHS]
    table = pl.DataFrame({"ds": pl.Series(moments, dtype=pl.Datetime("us", zone)), "y": [1.0, 2.0, 3.0, 4.0]})
    assert make_gaps_explicit(table)["time_period"].to_list() == MONTHS


@pytest.mark.parametrize(
    "written", ["2023-01-01", " 2023-01 ", "2023-1", dt.date(2023, 1, 17), dt.datetime(2023, 1, 31)]
)
def test_a_month_is_read_in_every_form_in_which_a_panel_may_have_it(written) -> None:
    table = pl.DataFrame({"time_period": [written], "obs_value": ["1.5"]})
    assert make_gaps_explicit(table).rows() == [(dt.date(2023, 1, 1), 1.5)]


@pytest.mark.parametrize("column, cell", [("time_period", "23-01"), ("time_period", 2023), ("obs_value", "1,5")])
def test_what_is_no_month_or_no_number_is_refused_with_its_row(column, cell) -> None:
    table = pl.DataFrame({"time_period": ["2023-01"], "obs_value": [1.0]}).with_columns(pl.lit(cell).alias(column))
    with pytest.raises(InputError, match=rf"Row 1: {column} is '{cell}'\. Write"):
        make_gaps_explicit(table)

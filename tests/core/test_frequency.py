"""Periods of months, quarters and weeks, against calendars written by hand."""

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.frequency import MONTHLY, QUARTERLY, WEEKLY, frequency_of

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 1))
ALL = (MONTHLY, QUARTERLY, WEEKLY)


@pytest.mark.parametrize(
    "frequency, day, first, number, label",
    [
        (MONTHLY, dt.date(2023, 11, 30), dt.date(2023, 11, 1), 646, "2023-11"),
        (QUARTERLY, dt.date(2023, 11, 30), dt.date(2023, 10, 1), 215, "2023-Q4"),
        (QUARTERLY, dt.date(1970, 3, 31), dt.date(1970, 1, 1), 0, "1970-Q1"),
        (WEEKLY, dt.date(1970, 1, 11), dt.date(1970, 1, 5), 0, "1970-01-05"),  # Sunday of the first whole week
        (WEEKLY, dt.date(2024, 1, 1), dt.date(2024, 1, 1), 2817, "2024-01-01"),
    ],
)
def test_a_day_lies_in_its_period(frequency, day, first, number, label):
    start = pl.select(frequency.start(pl.lit(day))).item()
    assert (start, frequency.number(start), frequency.label(start)) == (first, number, label)


@given(day=DAYS, count=st.integers(-300, 300))
def test_counting_periods_forth_and_back_ends_where_it_began(day, count):
    for frequency in ALL:
        start = pl.select(frequency.start(pl.lit(day))).item()
        later = frequency.add(start, count)
        assert frequency.between(start, later) == count
        assert frequency.add(later, -count) == start
        assert pl.select(frequency.index(pl.lit(later))).item() == frequency.number(later)
        assert frequency.first_days(np.array([frequency.number(later)])).tolist() == [later]


def test_months_are_as_many_periods_as_make_them_up_and_one_at_least():
    assert [each.periods(24) for each in ALL] == [24, 8, 104]
    assert [each.periods(1) for each in ALL] == [1, 1, 4]


def test_the_season_says_what_a_row_is():
    assert [frequency_of(season).unit for season in (1, 4, 12, 52)] == ["month", "quarter", "month", "week"]

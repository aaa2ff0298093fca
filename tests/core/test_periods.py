"""Months and editions: what they are, and what is none."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import PeriodError
from analysis.core.periods import Edition, add_months, month_end, months_between, parse_month


def test_an_edition_ends_with_its_month_unless_said_otherwise():
    assert Edition.of("2024-02") == Edition(dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert Edition.of("2024-02", "2024-03-20").as_of == dt.date(2024, 3, 20)
    assert str(Edition.of("2024-02", "2024-02-01")) == "2024-02"
    assert Edition.of("2024-02").year == 2024


def test_an_edition_does_not_end_before_its_month():
    with pytest.raises(PeriodError, match="would use nothing published after 2023-10-31, before its month begins"):
        Edition.of("2023-11", "2023-10-31")


@pytest.mark.parametrize("month", ["2023.11", "2023-13", "23-11", ""])
def test_a_month_is_written_with_four_and_two_digits(month):
    with pytest.raises(PeriodError, match="is no month"):
        Edition.of(month)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.integers(-600, 600))
def test_months_are_counted_as_they_are_added(day, count):
    month = day.replace(day=1)
    assert months_between(month, add_months(month, count)) == count
    assert add_months(month_end(day), 1) == add_months(month, 1)
    assert parse_month(f"{month:%Y-%m}") == month

"""The days of a window."""

import numpy as np
import pytest

from analysis.reconstruction.window import days_of, window_of, year_before
from tests.reconstruction.evidence import day, says, table


@pytest.mark.parametrize(
    "given, before",
    [
        ("2023-07-11", "2022-07-11"),
        ("2024-02-29", "2023-02-28"),
        ("2025-02-28", "2024-02-29"),
        ("2023-12-31", "2022-12-31"),
    ],
)
def test_the_same_day_a_year_before(given, before):
    assert year_before(day(given)) == day(before)


def test_the_window_holds_every_statement_and_its_base_year():
    rows = table(says("2021-03-01", "2021-05-31", 0.1, "yoy_growth"), says("2024-01-01", "2024-06-30", 5))
    assert window_of(rows, day("2022-04-01"), day("2022-09-01")) == (day("2020-01-01"), day("2024-12-01"))


def test_days_between_are_counted_by_month():
    days = days_of(day("2024-01-01"), day("2024-12-01"), None)
    assert days.between(day("2024-01-30"), day("2024-03-01"))[:4].tolist() == [2, 29, 1, 0]
    assert days.open.sum() == 366
    assert days.end == day("2024-12-31")


def test_a_span_before_the_window_has_no_days():
    days = days_of(day("2024-01-01"), day("2024-12-01"), None)
    assert not np.any(days.between(day("2023-01-01"), day("2023-12-31")))

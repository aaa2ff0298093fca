"""The days of a window."""

import numpy as np

from analysis.methods.reconstruction.window import covering_window, days_in_window
from tests.methods.reconstruction.evidence import day, statement, table


def test_the_window_holds_every_statement_and_its_base_year():
    rows = table(statement("2021-03-01", "2021-05-31", 0.1, "yoy_growth"), statement("2024-01-01", "2024-06-30", 5))
    assert covering_window(rows, day("2022-04-01"), day("2022-09-01")) == (day("2020-01-01"), day("2024-12-01"))


def test_the_window_reaches_back_to_the_year_compared_with():
    rows = table(statement("2023-01-01", "2023-06-30", 0.1, "growth_vs_2019"))
    assert covering_window(rows, day("2023-01-01"), day("2023-12-01")) == (day("2019-01-01"), day("2023-12-01"))


def test_days_between_are_counted_by_month():
    days = days_in_window(day("2024-01-01"), day("2024-12-01"), None)
    assert days.between(day("2024-01-30"), day("2024-03-01"))[:4].tolist() == [2, 29, 1, 0]
    assert days.open.sum() == 366
    assert days.end == day("2024-12-31")


def test_a_span_before_the_window_has_no_days():
    days = days_in_window(day("2024-01-01"), day("2024-12-01"), None)
    assert not np.any(days.between(day("2023-01-01"), day("2023-12-31")))

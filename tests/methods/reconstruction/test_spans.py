"""What a growth rate compares with."""

import pytest

from analysis.methods.reconstruction.spans import base_span, years_before
from tests.methods.reconstruction.evidence import day


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
    assert years_before(day(given)) == day(before)


@pytest.mark.parametrize(
    "measure, start, end, base",
    [
        ("yoy_growth", "2024-01-01", "2024-02-29", "2023-01-01 2023-02-28"),
        ("yoy_growth", "2023-01-01", "2023-07-11", "2022-01-01 2022-07-11"),
        ("growth_vs_2019", "2023-01-01", "2023-02-28", "2019-01-01 2019-02-28"),
        ("growth_vs_2019", "2024-02-01", "2024-02-29", "2019-02-01 2019-02-28"),
        ("growth_vs_2019", "2020-03-01", "2020-03-31", "2019-03-01 2019-03-31"),
        ("growth_vs_prev_full_year", "2024-01-01", "2024-06-30", "2023-01-01 2023-12-31"),
        ("mom_growth", "2024-03-01", "2024-03-31", "2024-02-01 2024-02-29"),
        ("mom_growth", "2024-01-01", "2024-01-31", "2023-12-01 2023-12-31"),
        ("mom_growth", "2024-04-01", "2024-06-30", "2024-01-01 2024-03-31"),
    ],
)
def test_the_span_compared_with(measure, start, end, base):
    first, last = base.split()
    assert base_span(measure, day(start), day(end)) == (day(first), day(last))


@pytest.mark.parametrize("measure", ["level", "daily_average", "monthly_average", "share"])
def test_other_measures_compare_with_nothing(measure):
    assert base_span(measure, day("2024-01-01"), day("2024-06-30")) is None

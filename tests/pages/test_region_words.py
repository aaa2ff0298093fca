"""What growth over part of a year is measured on, by hand; every word has its Chinese."""

import datetime as dt

import pytest

from analysis.pages.region.words import is_whole_year, year_before_words


@pytest.mark.parametrize(
    "start, end, english, chinese",
    [
        (dt.date(2025, 1, 1), dt.date(2025, 12, 31), "2024", "2024年"),
        (dt.date(2023, 1, 1), dt.date(2023, 11, 30), "the same months of 2022", "2022年同期"),
        (dt.date(2023, 2, 1), dt.date(2023, 12, 31), "the same months of 2022", "2022年同期"),
    ],
)
def test_growth_over_part_of_a_year_is_measured_on_the_same_months(start, end, english, chinese):
    words = year_before_words(start, end)
    assert (str(words.en), str(words.zh)) == (english, chinese)


def test_two_years_are_no_whole_year():
    assert not is_whole_year(dt.date(2024, 1, 1), dt.date(2025, 12, 31))

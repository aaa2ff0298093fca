"""Growth of a year against others: by hand, and how its parts multiply."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest

from analysis.core.reasons import Reason
from analysis.desks.port.growth import growth, same_span


class Path:
    """Three draws of one tonne a day in 2021 and 2022 and 1.5, 2 and 2.5 in 2023, when every other day is closed."""

    months = (dt.date(2021, 1, 1),)
    zeros_in = staticmethod(lambda *_: [])

    def __init__(self):
        self.days = (SimpleNamespace(between=self._open),)

    def _open(self, start, end):
        share = 0.5 if start.year == 2023 else 1.0
        return np.array([((end - start).days + 1) * share])

    def total(self, start, end):
        days = float(self._open(start, end).sum())
        return days * (np.array([1.5, 2.0, 2.5]) if start.year == 2023 else np.ones(3))


def rows(*known: int, month: int = 6, path=None) -> dict[str, dict]:
    """The growth of 2023 where the totals of some years are known, and those of others to 1 to 1.5."""
    path = path or Path()
    path.year = lambda year: np.ones(3) if year in known else np.array([0.75, 1.0, 1.25])
    table = growth(path, edition=dt.date(2023, month, 1))
    return {row["question"]: row for row in table.to_dicts()}


def test_twice_the_flow_on_half_the_days_is_no_growth():
    """181 days, half of them open, 2 tonnes on each: 181 tonnes, as in 2022; quantiles of 0.75, 1, 1.25."""
    found = rows(2022)["last_year"]
    assert found["median"] == pytest.approx(0.0)
    assert (found["lower"], found["upper"]) == pytest.approx((-0.2, 0.2))
    assert (found["days"], found["per_day"]) == pytest.approx((-0.5, 1.0))


def test_the_parts_multiply_to_the_growth():
    for row in rows(2022, 2021).values():
        if row["median"] is not None:
            assert (1 + row["days"]) * (1 + row["per_day"]) == pytest.approx(1 + row["median"])


def test_growth_over_two_years_is_the_rate_of_one():
    path = Path()
    path.total = lambda start, _: np.full(3, 1.44 if start.year == 2023 else 1.0)
    found = rows(2021, path=path)["two_years"]
    assert [found[name] for name in ("median", "lower", "upper")] == pytest.approx([0.2] * 3)


def test_a_year_that_is_known_to_1_to_1_5_is_compared_with_and_no_wider_one():
    """Draws of 0.75, 1, 1.25 have an 80% interval of 0.8 to 1.2, which is 1 to 1.5; the least bit more is too wide."""
    path = Path()
    found = rows(path=path)["last_year"]
    assert found["median"] is not None
    path.year = lambda _: np.array([0.749, 1.0, 1.25])
    row = growth(path, edition=dt.date(2023, 6, 1)).row(0, named=True)
    assert (row["median"], row["reason"]) == (None, Reason("wide_base", year=2022).written)


def test_a_year_before_the_path_is_not_compared_with():
    assert rows(2022)["normal_year"]["reason"] == Reason("wide_base", year=2019).written


def test_a_port_that_was_never_open_has_no_growth():
    path = Path()
    path.days = (SimpleNamespace(between=lambda *_: np.zeros(1)),)
    assert rows(2022, path=path)["last_year"]["reason"] == Reason("always_closed").written


def test_growth_on_a_year_of_a_published_zero_says_that_nothing_passed():
    path = Path()
    path.days = (SimpleNamespace(between=lambda start, _: np.array([float(start.year == 2023)])),)
    path.zeros_in = lambda *spans: ["a"] if (dt.date(2022, 1, 1), dt.date(2022, 6, 30)) in spans else []
    assert rows(2022, path=path)["last_year"]["reason"] == Reason("nothing_passed").written


def test_the_whole_year_is_asked_for_before_december_only():
    assert rows(2022, month=11)["whole_year"]["end"] == dt.date(2023, 12, 31)
    assert "whole_year" not in rows(2022, month=12)


def test_the_same_months_of_a_leap_year_end_with_its_february():
    assert same_span(dt.date(2023, 1, 1), dt.date(2023, 2, 28), 2024) == (dt.date(2024, 1, 1), dt.date(2024, 2, 29))

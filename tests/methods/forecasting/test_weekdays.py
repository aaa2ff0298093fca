"""Weekdays and Easter: the calendar by hand, and effects that were planted."""

import datetime as dt

import numpy as np
import pytest

from analysis.methods.forecasting import weekdays


def _index(year, month):
    return (year - 1970) * 12 + month - 1


@pytest.mark.parametrize(
    "year,easter",
    [(2000, "2000-04-23"), (2008, "2008-03-23"), (2019, "2019-04-21"), (2024, "2024-03-31"), (2038, "2038-04-25")],
)
def test_easter_sundays_of_the_almanac(year, easter):
    assert str(weekdays._easter_sunday(year)) == easter


def test_days_of_february_2024():
    days = weekdays.regressors(_index(2024, 2), 1)[0]
    # Five Thursdays: of 28 Februaries seven have 29 days, and each of them repeats another weekday.
    assert days[3] == pytest.approx(1 - 1 / 28)
    assert days[:7].sum() == pytest.approx(29 - 28.25)


def test_a_regular_month_owes_nothing_on_average():
    days = weekdays.regressors(_index(2000, 1), 336)
    assert np.abs(days[:, :7].reshape(28, 12, 7).mean(axis=0)).max() == pytest.approx(0, abs=1e-12)


def test_every_month_has_its_length():
    days = weekdays.regressors(_index(2021, 1), 12)
    usual = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    length = [(dt.date(2021 + m // 12, m % 12 + 1, 1) - dt.date(2021, m, 1)).days for m in range(1, 13)]
    assert days[:, :7].sum(axis=1) == pytest.approx(np.array(length) - usual)


def test_planted_effects_are_found_and_shrunk_to_what_is_shared():
    random = np.random.default_rng(1)
    days = weekdays.regressors(_index(2008, 1), 180)
    true = np.array([0.04, 0.04, 0.04, 0.04, 0.04, 0.01, 0.0, -0.03])
    logs = 5 + days @ true + 0.03 * random.standard_normal((40, 180))
    shared = weekdays.shared_effects([(logs, days)])
    assert shared == pytest.approx(true, abs=0.012)
    own = weekdays.own_effects(logs, days, shared)
    assert own.shape == (40, 8)
    assert np.abs(own - shared).max() < 0.01


def test_without_months_the_shared_effect_stands():
    days = weekdays.regressors(0, 10)
    assert weekdays.own_effects(np.ones((2, 10)), days, np.arange(8.0)) == pytest.approx(
        np.tile(np.arange(8.0), (2, 1))
    )

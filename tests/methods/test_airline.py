"""The airline model: X-13's own values, statsmodels called by hand, gaps, and what it refuses."""

import datetime as dt
import json

import numpy as np
import polars as pl
import pytest
from statsmodels.tsa.statespace.sarimax import SARIMAX

from analysis.core.errors import CoverageError, InputError, ParameterError
from analysis.core.periods import add_months, month_range
from analysis.methods.airline import LARGEST, airline
from analysis.methods.structural import Intervention
from tests.repository import ROOT

AIRLINE = json.loads((ROOT / "tests/reference/seasonal/values.json").read_text(encoding="utf-8"))["airline"]
START = dt.date(1949, 1, 1)

#: Forecasts of X-13ARIMA-SEATS 1.1 build 62 for the first months of 1961, and the first 95% interval.
X13_FORECASTS = [450.422139904, 425.716990838, 479.006626109, 492.404199426]
X13_INTERVAL = (419.147263, 484.030606)


def monthly(figures, start=START):
    return pl.DataFrame({"time_period": month_range(start, add_months(start, len(figures) - 1)), "obs_value": figures})


@pytest.fixture(scope="module")
def fitted():
    return airline(monthly(AIRLINE["figures"]), horizon=4)


def test_the_coefficients_are_those_of_x13(fitted):
    values = dict(fitted.coefficients.select("name", "value").iter_rows())
    assert values["theta"] == pytest.approx(AIRLINE["ma1"], abs=2e-5)  # the reference stopped earlier
    assert values["Theta"] == pytest.approx(AIRLINE["sma12"], abs=2e-5)
    assert values["sigma"] ** 2 == pytest.approx(0.0013481, rel=1e-4)
    assert fitted.log_likelihood == pytest.approx(244.6965, abs=1e-3)


def test_the_forecasts_and_their_interval_are_those_of_x13(fitted):
    wide = fitted.ahead.filter(pl.col("level") == 95)
    assert wide["median"].to_list() == pytest.approx(X13_FORECASTS, rel=2e-5)
    assert (wide["lower"][0], wide["upper"][0]) == pytest.approx(X13_INTERVAL, rel=2e-5)


def test_the_forecast_is_that_of_statsmodels_called_by_hand(fitted):
    theta, big_theta, sigma = fitted.coefficients["value"]
    model = SARIMAX(
        np.log(AIRLINE["figures"]), order=(0, 1, 1), seasonal_order=(0, 1, 1, 12), use_exact_diffuse=True
    )  # fmt: skip
    by_hand = model.smooth([-theta, -big_theta, sigma**2]).get_forecast(4)
    own = fitted.ahead.filter(pl.col("level") == 80)
    assert own["log_mean"].to_list() == pytest.approx(by_hand.predicted_mean.tolist(), rel=1e-5)
    assert own["log_sd"].to_list() == pytest.approx(by_hand.se_mean.tolist(), rel=1e-4)


def test_the_mean_of_a_lognormal_lies_above_its_median(fitted):
    own = fitted.ahead
    expected = own["median"] * (own["log_sd"] ** 2 / 2).exp()
    assert own["mean"].to_list() == pytest.approx(expected.to_list(), rel=1e-4)


def test_a_missing_month_changes_little_and_the_likelihood_is_that_of_the_rest(fitted):
    figures = [None if place == 76 else value for place, value in enumerate(AIRLINE["figures"])]
    gappy = airline(monthly(figures), horizon=1)
    assert gappy.coefficients["value"][0] == pytest.approx(fitted.coefficients["value"][0], abs=0.02)
    assert gappy.ahead["median"][0] == pytest.approx(fitted.ahead["median"][0], rel=0.001)


def test_an_effect_that_was_put_in_is_found_and_leaves_the_forecast_alone(fitted):
    figures = np.array(AIRLINE["figures"], dtype=float)
    figures[100:103] *= 0.8
    strike = Intervention("strike", add_months(START, 100), add_months(START, 102))
    found = airline(monthly(figures.tolist()), interventions=[strike], horizon=1)
    row = found.effects.row(0, named=True)
    assert abs(row["estimate"] - np.log(0.8)) < 2.5 * row["std_error"]
    assert found.ahead["median"][0] == pytest.approx(fitted.ahead["median"][0], rel=0.01)


def test_a_season_that_never_moves_ends_at_the_bound_without_an_error():
    noise = np.random.default_rng(4).standard_normal(96)
    figures = np.exp(5 + 0.3 * np.sin(np.arange(96) * np.pi / 6) + 0.05 * noise)
    coefficients = airline(monthly(figures.tolist())).coefficients
    assert coefficients.row(1) == ("Theta", LARGEST, None)


@pytest.mark.parametrize(
    "figures,options,error,words",
    [
        ([5.0] * 20, {}, CoverageError, "The airline model needs 36 months"),
        ([0.0, *[5.0] * 40], {}, InputError, "works on logarithms, and 1949-01 is 0"),
        (AIRLINE["figures"], {"horizon": -1}, ParameterError, "The horizon is -1 months"),
        (AIRLINE["figures"], {"season": 1}, ParameterError, "has a season of 1 months"),
    ],
)
def test_what_it_refuses(figures, options, error, words):
    with pytest.raises(error, match=words):
        airline(monthly(figures), **options)


def test_a_straight_line_is_refused_as_a_regressor():
    line = monthly(AIRLINE["figures"]).select("time_period", trend=pl.int_range(pl.len()).cast(pl.Float64))
    with pytest.raises(ParameterError, match="'festival: trend' is a straight line or the same in every year"):
        airline(monthly(AIRLINE["figures"]), regressors=line)

"""Regressors known ahead: planted effects are found, a scenario moves the forecasts by them, and gaps are refused."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import InputError
from analysis.core.periods import add_months
from analysis.methods import forecasting
from analysis.methods.forecasting import scenarios
from tests.methods.forecasting.conftest import LAST, season, series

AHEAD = [add_months(LAST, step) for step in (1, 2, 3)]


def panel(*, effect, ports=6, months=96, noise=0.02):
    """Return ports whose logarithm falls by `effect` with each unit of a price that wanders."""
    tables = []
    for port in range(ports):
        random = np.random.default_rng(port)
        price = 10 + np.cumsum(random.standard_normal(months))
        logs = np.log(1000 * season(months)) - effect * price + noise * random.standard_normal(months)
        tables.append(series(f"port{port}", np.exp(logs)).with_columns(price=pl.Series(price)))
    return pl.concat(tables)


def scenario(**columns):
    return pl.DataFrame({"time_period": AHEAD, **columns})


def test_a_planted_effect_is_found_within_its_standard_error():
    found = forecasting.forecast(panel(effect=0.05), horizon=3, scenario=scenario(price=[10.0] * 3)).effects
    assert found["regressor"].unique().to_list() == ["price"]
    assert found["standard_error"].max() < 0.01
    assert ((found["effect"] + 0.05).abs() < 3 * found["standard_error"]).all()


def test_one_unit_more_moves_the_whole_forecast_by_the_effect():
    table = panel(effect=0.05)
    low, high = (
        forecasting.forecast(table, horizon=3, draws=5, scenario=scenario(price=[price] * 3)) for price in (10.0, 11.0)
    )
    by_series = dict(low.effects.select("series_id", "effect").iter_rows())
    for column in ("mean", "median", "lower", "upper"):
        moved = np.log(high.table[column] / low.table[column]).to_numpy()
        assert moved == pytest.approx([by_series[name] for name in low.table["series_id"]], abs=1e-5)
    name = "port0"
    assert np.log(high.draws[name] / low.draws[name]) == pytest.approx(by_series[name], abs=1e-5)


def test_a_scenario_of_zeros_is_the_forecast_of_the_panel_without_the_effects():
    """Nothing but the price moves: taken out, each port repeats its season to the digit."""
    table = panel(effect=0.05, noise=0.0)
    found = forecasting.forecast(table, horizon=3, scenario=scenario(price=[0.0] * 3)).at(80)
    assert found["median"].to_numpy() == pytest.approx(np.tile(1000 * season(12)[:3], 6), rel=1e-3)


def test_a_festival_that_moves_between_months_is_told_from_the_season():
    """A tenth of a logarithm lost in the month of a festival that falls into January or February by turns."""
    months = [add_months(LAST, step - 95) for step in range(-95 + 95, 96)]
    festival = [float(month.month == 1 + month.year % 2) for month in months]
    logs = 0.01 * np.random.default_rng(1).standard_normal(96) - 0.1 * np.array(festival)
    table = series("port", 1000 * season(96) * np.exp(logs)).with_columns(festival=pl.Series(festival))
    ahead = scenario(festival=[float(month.month == 1 + month.year % 2) for month in AHEAD])
    found = forecasting.forecast(table, horizon=3, scenario=ahead)
    assert found.effects["effect"].item() == pytest.approx(-0.1, abs=0.01)
    assert any("One unit more of festival changes the logarithm by -0.1" in note for note in found.notes)


def test_effects_that_differ_by_chance_are_one_and_others_are_kept():
    """Two series of equal variance: with 0.1 and 0.1 one effect; with 0 and 1, far apart, nearly their own."""
    same, _ = scenarios._pool(np.array([[0.1], [0.1]]), np.full((2, 1), 0.01))
    assert same.ravel().tolist() == pytest.approx([0.1, 0.1])
    apart, spread = scenarios._pool(np.array([[0.0], [1.0]]), np.full((2, 1), 0.01))
    # Between the series: (Q - 1) / room = (50 - 1) / 100 = 0.49, so 0.49 / 0.50 of each own effect is kept.
    assert apart.ravel().tolist() == pytest.approx([0.01, 0.99])
    assert spread.ravel() == pytest.approx([0.98 * 0.01 + 0.02**2 * 0.25] * 2)
    new, _ = scenarios._pool(np.array([[0.2], [0.2], [0.0]]), np.array([[0.01], [0.01], [np.inf]]))
    assert new[2, 0] == pytest.approx(0.2)  # a port without a past of its own has the others' effect


def test_a_regressor_that_repeats_itself_has_no_effect_and_is_named():
    table = panel(effect=0.0, ports=2).with_columns(price=pl.col("time_period").dt.month().cast(pl.Float64))
    found = forecasting.forecast(table, horizon=3, scenario=scenario(price=[1.0, 2.0, 3.0]))
    assert found.effects["effect"].to_list() == [0.0, 0.0]
    assert any("price does not change from one season to the next" in note for note in found.notes)
    plain = forecasting.forecast(table, horizon=3)
    assert found.table.equals(plain.table)


def test_a_scenario_beyond_the_past_is_named():
    found = forecasting.forecast(panel(effect=0.05), horizon=3, scenario=scenario(price=[10.0, 10.0, 99.0]))
    assert any("has price at 99, and the past knows" in note for note in found.notes)


def test_a_scenario_by_series_counts_for_each():
    table = panel(effect=0.05, ports=2)
    rows = [(f"port{port}", month, 10.0 + port) for port in (0, 1) for month in AHEAD]
    by_series = pl.DataFrame(rows, schema=["series_id", "time_period", "price"], orient="row")
    found = forecasting.forecast(table, horizon=3, scenario=by_series).at(80)
    alike = forecasting.forecast(table, horizon=3, scenario=scenario(price=[11.0] * 3)).at(80)
    second = pl.col("series_id") == "port1"
    assert found.filter(second).equals(alike.filter(second))
    assert not found.filter(~second).equals(alike.filter(~second))


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda ahead: ahead.select("time_period"), "The scenario has no regressor"),
        (lambda ahead: ahead.rename({"price": "toll"}), "has the column toll, and the panel has not"),
        (
            lambda ahead: ahead.head(2),
            r"no price for port0 in 2024-03\. Give a number for every month",
        ),
        (lambda ahead: ahead.with_columns(price=pl.lit("dear")), "The scenario has no price for port0 in 2024-01"),
        (lambda ahead: pl.concat([ahead, ahead.head(1)]), r"a month twice\. Keep one row"),
        (lambda ahead: ahead.drop("time_period"), "no column time_period"),
        (lambda ahead: ahead.with_columns(time_period=pl.lit("soon")), "a time_period that is no month"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(change, words):
    with pytest.raises(InputError, match=words):
        forecasting.forecast(panel(effect=0.0, ports=1), horizon=3, scenario=change(scenario(price=[1.0] * 3)))


def test_a_hole_in_the_past_of_a_regressor_is_refused():
    hole = dt.date(2020, 5, 1)
    table = panel(effect=0.0, ports=1).with_columns(price=pl.when(pl.col("time_period") != hole).then("price"))
    with pytest.raises(InputError, match=r"The panel has no price for port0 in 2020-05\. Give a number"):
        forecasting.forecast(table, horizon=3, scenario=scenario(price=[1.0] * 3))

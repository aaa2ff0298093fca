"""Results that a person looks at: a line, one level, a table, a chart of any of them."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError
from analysis.core.periods import add_months, month_range
from analysis.core.sampling import Sampling
from analysis.estimates import paths
from analysis.methods import backtesting, forecasting, seasonal, structural
from analysis.pages.parts import media_types, theme
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.figures import fan, figure
from analysis.sources import ledger
from tests.evidence import known
from tests.sources.ledger.ledgers import row, write

START = dt.date(2017, 1, 1)


def series(name="gate", seed=1, months=72):
    rng = np.random.default_rng(seed)
    logs = 8 + 0.2 * np.sin(np.arange(months) * np.pi / 6) + np.cumsum(0.03 * rng.standard_normal(months))
    periods = month_range(START, add_months(START, months - 1))
    return pl.DataFrame({"series_id": name, "time_period": periods, "obs_value": np.exp(logs).round()})


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    panel = pl.concat([series(), series("other", seed=2)])
    year = row(series_id="gate", statement_id="s0", period_start="2022-01-01", period_end="2022-12-31",
               published_on="2023-01-20")  # fmt: skip
    statements = ledger.read(write(tmp_path_factory.mktemp("gate"), year, row(series_id="gate")))
    path = paths.reconstruct(
        known(statements, dt.date(2023, 11, 30)), "gate", start=dt.date(2022, 1, 1), end=dt.date(2023, 12, 31),
        sampling=Sampling(draws=20),
    )  # fmt: skip
    return {
        "forecast": forecasting.forecast(panel, horizon=3),
        "backtest": backtesting.backtest(panel, horizon=3, origins=[dt.date(2021, 12, 1)]),
        "explain": structural.explain(series()),
        "adjust": seasonal.adjust(series(), method="stl"),
        "reconstruct": path,
    }


LINES = {
    "forecast": "Forecast of 2 series, 3 months, 2023-01 to 2023-03, levels 80, 95%",
    "backtest": "Record of 2 series from 1 origin, MASE ",
    "explain": "Structural model of 72 months to 2022-12: trend, season",
    "adjust": "Seasonal adjustment by STL of 72 months to 2022-12",
    "reconstruct": "Reconstruction of gate (1), 2022-01 to 2023-12, from 2 statements",
}


@pytest.mark.parametrize("name", LINES)
def test_each_says_in_a_line_what_it_is(results, name):
    assert repr(results[name]).startswith(LINES[name])
    assert "\n" not in repr(results[name])


def test_quarters_and_weeks_are_called_so():
    numbers = [100.0 + step + 20 * (step % 4) for step in range(24)]
    quarters = pl.DataFrame(
        {"unique_id": "gate", "ds": [f"{2017 + step // 4}-Q{step % 4 + 1}" for step in range(24)], "y": numbers}
    )
    found = forecasting.forecast(quarters, horizon=2, season=4)
    assert repr(found) == "Forecast of 1 series, 2 quarters, 2023-Q1 to 2023-Q2, levels 80, 95%"
    assert "January-March 2023: " in found.chart().alt.en
    weeks = [dt.date(2021, 1, 4) + dt.timedelta(weeks=step) for step in range(110)]
    by_week = pl.DataFrame(
        {"series_id": "gate", "time_period": weeks, "obs_value": [100.0 + s % 7 for s in range(110)]}
    )
    found = forecasting.forecast(by_week, horizon=1, season=52)
    assert repr(found) == "Forecast of 1 series, 1 week, 2023-02-13 to 2023-02-13, levels 80, 95%"
    assert "13 February 2023: " in found.chart().alt.en


def test_a_forecast_with_a_scenario_is_drawn_after_the_figures_as_they_were():
    panel = series().with_columns(price=10 + pl.int_range(pl.len()).cast(pl.Float64).sin())
    ahead = pl.DataFrame({"time_period": month_range(dt.date(2023, 1, 1), dt.date(2023, 3, 1)), "price": [10.0] * 3})
    found = forecasting.forecast(panel, horizon=3, scenario=ahead)
    assert found.history["obs_value"].to_list() == panel["obs_value"].tail(48).to_list()


@pytest.mark.parametrize("name", LINES)
def test_each_shows_a_table_and_a_chart(results, name):
    shown = results[name]._repr_mimebundle_()
    assert shown["text/plain"] == repr(results[name])
    assert "<table" in shown["text/html"]
    drawn = results[name].chart()
    assert isinstance(drawn, Figure)
    assert {"image/svg+xml", "text/plain", media_types.FIGURE} <= drawn._repr_mimebundle_().keys()


@pytest.mark.parametrize("name", LINES)
def test_each_gives_one_level(results, name):
    narrow, wide = results[name].at(80), results[name].at(95)
    assert len(narrow) == len(wide) > 0
    if name in ("forecast", "reconstruct", "explain"):
        low, high = narrow.drop_nulls("lower"), wide.drop_nulls("lower")
        assert (low["lower"] >= high["lower"]).all()
        assert (low["upper"] <= high["upper"]).all()


def test_an_interval_of_a_component_has_as_many_standard_errors_as_its_level(results):
    row = results["explain"].at(95).filter(pl.col("component") == "trend").row(0, named=True)
    assert row["upper"] - row["value"] == pytest.approx(1.959964 * row["std_error"], rel=1e-5)


def test_a_line_cannot_smuggle_html_into_a_notebook():
    found = forecasting.forecast(series("<b>x</b>"), horizon=1)
    assert "<b>x</b>" not in figure(found)._repr_mimebundle_()["image/svg+xml"]
    adjusted = seasonal.Adjustment(series().with_columns(adjusted=1.0), "<script>", pl.DataFrame())
    assert "<script>" not in adjusted._repr_mimebundle_()["text/html"]


def test_a_chart_draws_the_series_that_are_named(results):
    found = results["forecast"].chart(series="other")
    assert found.title.en == "other"
    assert found.svg(Look("zh")).count("<svg") == 1
    with pytest.raises(CoverageError, match=r"has no series 'othr'\. Did you mean 'other'"):
        results["forecast"].chart(series="othr")


def test_only_the_first_series_of_many_are_drawn_and_the_rest_is_counted():
    many = pl.concat([series(f"g{place}", seed=place, months=40) for place in range(8)])
    note = forecasting.forecast(many, horizon=1).chart().notes[0]
    assert "2 more are not drawn" in note.en
    assert "另有2条序列未画" in note.zh


def test_any_path_can_be_drawn_as_a_fan():
    theme.enable()
    path = pl.DataFrame({
        "series_id": "x", "time_period": [dt.date(2020, 1, 1), dt.date(2021, 1, 1)], "level": 90,
        "median": [2.0, 3.0], "lower": [1.0, 2.0], "upper": [3.0, 4.0],
    })  # fmt: skip
    drawn = fan(path, title="Anything")
    assert "90%" in drawn.notes[0].en
    assert "January 2020: 2.0, 90%: 1.0 to 3.0" in drawn.alt.en


def test_what_is_no_result_has_no_chart():
    with pytest.raises(TypeError, match="A int has no chart"):
        figure(3)

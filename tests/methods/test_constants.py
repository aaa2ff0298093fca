"""One example for each constant of the smaller methods: it fails when the constant moves by a tenth."""

import datetime as dt
from importlib import import_module

import numpy as np
import polars as pl
import pytest
from scipy.stats import norm

from analysis.core.errors import CoverageError
from analysis.core.periods import add_months, month_range
from analysis.methods import seasonal
from analysis.methods.backtesting import record
from analysis.methods.reconciliation import shrunk_correlation
from analysis.methods.reconciliation.hierarchy import hierarchy
from analysis.methods.structural import explain
from analysis.methods.structural.diagnostics import diagnostics
from analysis.methods.structural.regression import effects_table


def monthly(months):
    start = dt.date(2015, 1, 1)
    rng = np.random.default_rng(1)
    figures = np.exp(5 + 0.1 * np.sin(np.arange(months) * np.pi / 6) + 0.02 * rng.standard_normal(months))
    return pl.DataFrame({"time_period": month_range(start, add_months(start, months - 1)), "obs_value": figures})


@pytest.mark.parametrize("method", [lambda table: seasonal.adjust(table, method="stl"), explain])
def test_three_years_are_enough_for_a_season_and_35_months_are_not(method):
    method(monthly(36))
    with pytest.raises(CoverageError, match="the series has 35"):
        method(monthly(35))


def test_intervals_of_effects_hold_95_percent():
    row = effects_table(["law"], np.array([0.0]), np.array([1.0])).row(0, named=True)
    assert norm.cdf(np.log1p(row["upper"] / 100)) - norm.cdf(np.log1p(row["lower"] / 100)) == pytest.approx(
        0.95, abs=1e-4
    )


def test_autocorrelations_are_tested_up_to_two_years():
    errors = np.random.default_rng(1).standard_normal(120)
    assert "up to lag 24 " in diagnostics(errors)["test"][0]


def test_correlations_are_shrunk_by_a_thousandth_at_least():
    """Two series that are one, of errors of one size: their correlation has no variance that would ask for more."""
    one = np.tile([1.0, -1.0], 25)
    assert shrunk_correlation(np.stack([one, one]))[0, 1] == pytest.approx(0.999, abs=1e-6)


def test_a_certain_forecast_has_a_millionth_of_the_largest_standard_deviation(monkeypatch):
    """A part that every draw puts at 5 beside one that moves by 1: its standard deviation is taken as 1e-6."""
    covariances = []
    reconciling = import_module("analysis.methods.reconciliation.reconcile")

    def kept(_, covariance, base):
        covariances.append(covariance)
        return base[1:]

    monkeypatch.setattr(reconciling, "project", kept)
    tree = hierarchy(pl.DataFrame({"series_id": ["sum"] * 2, "part_id": ["a", "b"]}))
    moving = np.array([-1.0, 1.0])
    reconciling._reconcile_month(np.stack([15 + moving, np.full(2, 5.0), 10 + moving]), tree, np.eye(3))
    assert np.sqrt(covariances[0][1, 1]) == pytest.approx(1e-6)


@pytest.mark.parametrize("surprise, regime", [(1.45, "calm"), (1.55, "after a shock")])
def test_errors_half_as_large_again_as_usual_are_a_shock(monkeypatch, surprise, regime):
    real = record.forecasting.forecast

    def shaken(*arguments, **options):
        found = real(*arguments, **options)
        found.learnt.surprise.clear()
        found.learnt.surprise[(2019 - 1970) * 12 + 5] = surprise
        return found

    monkeypatch.setattr(record.forecasting, "forecast", shaken)
    panel = pl.concat([monthly(60).with_columns(series_id=pl.lit(name)) for name in ("a", "b")])
    table = record.backtest(panel, horizon=3, origins=[dt.date(2019, 6, 1)]).table
    assert table["regime"].unique().to_list() == [regime]


def test_scores_rest_on_all_percentiles_but_the_median():
    assert tuple(2 * p for p in range(1, 50)) == record.GRID

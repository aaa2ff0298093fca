"""A rolling-origin record: nothing from the future, scores as their formulas have them, the baseline by hand."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, PeriodError
from analysis.methods import accuracy, forecasting
from analysis.methods.backtesting import backtest
from analysis.methods.backtesting.naive import seasonal_naive
from tests.methods.forecasting.conftest import noisy, series

ORIGIN = dt.date(2022, 12, 1)

#: Summaries are cut to six significant digits.
CUT = 1e-5


@pytest.fixture(scope="module")
def panel():
    """Six ports of 84 months up to December 2023."""
    return pl.concat([noisy(f"port{i}", months=84, level=100.0 * (i + 1), noise=0.1, seed=i) for i in range(6)])


@pytest.fixture(scope="module")
def record(panel):
    return backtest(panel, horizon=6, origins=[ORIGIN])


def test_the_forecasts_are_those_of_the_months_up_to_the_origin(panel, record):
    plain = forecasting.forecast(panel.filter(pl.col("time_period") <= ORIGIN), horizon=6).at(80)
    kept = record.table.filter(pl.col("model") == "silkport").sort("series_id", "time_period")
    assert kept["median"].equals(plain["median"])
    assert kept["horizon"].to_list() == [1, 2, 3, 4, 5, 6] * 6


def test_what_came_later_changes_no_forecast(panel, record):
    later = panel.with_columns(
        obs_value=pl.when(pl.col("time_period") > ORIGIN).then(pl.col("obs_value") * 3).otherwise("obs_value")
    )
    changed = backtest(later, horizon=6, origins=[ORIGIN]).table
    assert changed["median"].equals(record.table["median"])
    assert not changed["error"].equals(record.table["error"])


def test_the_summary_is_the_mean_of_each_series_score(panel, record):
    for model in ("silkport", "seasonal naive"):
        mase, rmsse, winkler = [], [], []
        for name in panel["series_id"].unique().sort():
            rows = record.table.filter((pl.col("model") == model) & (pl.col("series_id") == name)).sort("time_period")
            of_series = panel.filter((pl.col("series_id") == name) & (pl.col("time_period") <= ORIGIN))
            history = of_series.sort("time_period")["obs_value"].to_numpy()
            mase.append(accuracy.mase(rows["actual"], rows["median"], history, season=12))
            rmsse.append(accuracy.rmsse(rows["actual"], rows["median"], history, season=12))
            winkler.append(rows["winkler_80"].mean())
        found = record.summary().row(by_predicate=pl.col("model") == model, named=True)
        assert found["mase"] == pytest.approx(np.mean(mase), rel=CUT)
        assert found["rmsse"] == pytest.approx(np.mean(rmsse), rel=CUT)
        assert found["winkler_80"] == pytest.approx(np.mean(winkler), rel=CUT)
        assert found["n"] == 6


def test_losses_are_those_of_the_table_that_the_engine_writes(panel, record):
    """The decile loss recomputed from a plain forecast at the levels 20, 40, 60 and 80, value by value."""
    history = panel.filter(pl.col("time_period") <= ORIGIN)
    plain = forecasting.forecast(history, horizon=6, levels=(20, 40, 60, 80)).table
    row = record.table.filter((pl.col("model") == "silkport") & (pl.col("series_id") == "port2")).sort("time_period")[3]
    at = plain.filter((pl.col("series_id") == "port2") & (pl.col("time_period") == row["time_period"][0]))
    quantiles = {0.5: at["median"][0]}
    for level, low, high in at.select("level", "lower", "upper").iter_rows():
        quantiles |= {0.5 - level / 200: low, 0.5 + level / 200: high}
    assert len(quantiles) == 9
    losses = [max(p * (row["actual"][0] - q), (p - 1) * (row["actual"][0] - q)) * 2 for p, q in quantiles.items()]
    values = history.filter(pl.col("series_id") == "port2").sort("time_period")["obs_value"].to_numpy()
    expected = np.mean(losses) / np.abs(values[12:] - values[:-12]).mean()
    assert row["sql"][0] == pytest.approx(expected, rel=CUT)
    low, high = at.filter(pl.col("level") == 80).select("lower", "upper").row(0)
    assert row["inside_80"][0] == (low <= row["actual"][0] <= high)


def test_groups_by_horizon_and_regime_hold_all_rows(record):
    assert record.summary("horizon")["horizon"].to_list() == [h for h in range(1, 7) for _ in range(2)]
    assert record.summary("regime")["regime"].unique().to_list() == ["calm"]
    shares = record.pit_histogram(bins=4).group_by("model").agg(pl.col("share").sum())
    assert shares["share"].to_list() == pytest.approx([1.0, 1.0])


def test_an_origin_just_after_a_shock_is_called_so(panel):
    hit = panel.with_columns(
        obs_value=pl.col("obs_value") * pl.when(pl.col("time_period") > dt.date(2022, 10, 1)).then(0.4).otherwise(1.0)
    )
    assert set(backtest(hit, horizon=3, origins=[ORIGIN]).table["regime"]) == {"after a shock"}


def test_the_default_origins_lie_a_horizon_apart(panel):
    found = backtest(panel, horizon=4).table["origin"].unique().sort().to_list()
    assert found == [dt.date(2022, 12, 1), dt.date(2023, 4, 1), dt.date(2023, 8, 1)]


# Nixtla/mlforecast#343 and #245, Nixtla/statsforecast#610: three years are too short for three origins a year apart.
def test_default_origins_that_the_panel_is_too_short_for_are_named_and_the_others_are_used(panel):
    short = panel.filter(pl.col("time_period") > dt.date(2020, 12, 1))
    found = backtest(short, horizon=12)
    assert found.table["origin"].unique().sort().to_list() == [dt.date(2021, 12, 1), dt.date(2022, 12, 1)]
    assert [*found.skipped] == [(dt.date(2020, 12, 1), "")]
    first = found.table.filter(pl.col("origin") == dt.date(2021, 12, 1))
    assert first["mase"].null_count() == first.height
    assert first["error"].null_count() == 0
    assert found.summary()["mase"].null_count() == 0


def test_a_panel_too_short_for_any_default_origin_is_refused(panel):
    short = panel.filter(pl.col("time_period") > dt.date(2020, 12, 1))
    with pytest.raises(CoverageError, match="The panel covers 2021-01 to 2023-12, which is too short to judge"):
        backtest(short, horizon=40)


def test_numbers_of_the_record_have_no_digits_of_the_computer(record):
    for name in ("error", "mase", "winkler_80"):
        assert all(value == float(f"{value:.10g}") for value in record.table[name])


@pytest.mark.parametrize("origin,side", [(dt.date(2015, 1, 1), "in"), (dt.date(2023, 12, 1), "after")])
def test_an_origin_without_past_or_future_is_refused(panel, origin, side):
    with pytest.raises(PeriodError, match=f"No series is observed {side} {origin:%Y-%m}"):
        backtest(panel, horizon=6, origins=[origin])


def test_seasonal_naive_of_hand_example():
    # Season of two months: 10, 20, 12, 26; the changes over a season are 2 and 6, their root mean square sqrt(20).
    found = seasonal_naive(series("a", [10, 20, 12, 26], last=ORIGIN), horizon=3, levels=(80,), season=2, last=ORIGIN)
    assert found["median"].to_list() == [12, 26, 12]
    half = 1.2815515655446004 * np.sqrt(20) * np.sqrt([1, 1, 2])
    assert (found["upper"] - found["median"]).to_numpy() == pytest.approx(half)
    assert found["lower"].to_numpy() == pytest.approx(np.maximum(found["median"].to_numpy() - half, 0))


def test_seasonal_naive_takes_an_earlier_year_where_the_last_one_is_missing():
    found = seasonal_naive(
        series("a", [10, 20, np.nan, 26], last=ORIGIN), horizon=2, levels=(80,), season=2, last=ORIGIN
    )
    assert found["median"].to_list() == [10, 26]

"""Panels by quarter and by week."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, InputError
from analysis.core.frequency import QUARTERLY, WEEKLY
from analysis.methods import forecasting
from analysis.methods.backtesting import backtest
from analysis.methods.forecasting import weekdays

LAST = {QUARTERLY: dt.date(2023, 10, 1), WEEKLY: dt.date(2023, 12, 25)}


def panel(frequency, *, years, noise=0.02, names=8):
    """Return series with a shared season, highest in the second quarter of the year, and noise."""
    count = years * frequency.per_year
    periods = [frequency.add(LAST[frequency], i - count + 1) for i in range(count)]
    season = 0.3 * np.sin(2 * np.pi * (np.arange(count) % frequency.per_year + 0.5) / frequency.per_year)
    tables = []
    for name in range(names):
        chance = noise * np.random.default_rng(name).standard_normal(count)
        values = 1000 * (name + 1) * np.exp(season + chance)
        tables.append(pl.DataFrame({"series_id": f"port{name}", "time_period": periods, "obs_value": values}))
    return pl.concat(tables)


@pytest.mark.parametrize("frequency, years, horizon", [(QUARTERLY, 10, 8), (WEEKLY, 5, 26)])
def test_the_season_of_the_year_is_repeated_in_the_periods_of_the_panel(frequency, years, horizon):
    table = panel(frequency, years=years)
    found = forecasting.forecast(table, horizon=horizon, season=frequency.per_year)
    rows = found.at(80).filter(pl.col("series_id") == "port0")
    assert rows["freq"].unique().to_list() == [frequency.code]
    assert rows["time_period"].to_list() == [frequency.add(LAST[frequency], h + 1) for h in range(horizon)]
    phase = (np.arange(horizon) % frequency.per_year + 0.5) / frequency.per_year
    expected = np.log(1000) + 0.3 * np.sin(2 * np.pi * phase)
    assert np.abs(np.log(rows["median"].to_numpy()) - expected).mean() < 0.02


@pytest.mark.parametrize("frequency, years", [(QUARTERLY, 10), (WEEKLY, 5)])
def test_the_record_of_a_panel_counts_its_periods(frequency, years):
    table = panel(frequency, years=years)
    origin = frequency.add(LAST[frequency], -13)
    found = backtest(table, horizon=13, origins=[origin + dt.timedelta(days=3)], season=frequency.per_year)
    assert found.table["origin"].unique().to_list() == [origin]
    assert sorted(found.table["horizon"].unique()) == [*range(1, 14)]
    scores = dict(found.summary().select("model", "mase").iter_rows())
    assert scores["silkport"] < scores["seasonal naive"]


@pytest.mark.parametrize("written", ["2023-Q{q}", "2023Q{q}", "2023-{m:02}", "2023-{m:02}-15"])
def test_quarters_are_read_as_they_are_written(written):
    quarters = [written.format(q=q, m=3 * q - 1) for q in (1, 2, 3, 4)]
    table = pl.DataFrame({"series_id": "port", "time_period": quarters, "obs_value": [1.0, 2.0, 3.0, 4.0]})
    found = forecasting.forecast(table, horizon=1, season=4).at(80)
    assert found["time_period"].to_list() == [dt.date(2024, 1, 1)]


def test_any_day_stands_for_its_week():
    table = panel(WEEKLY, years=3, names=2)
    fridays = table.with_columns(pl.col("time_period").dt.offset_by("4d"))
    assert forecasting.forecast(fridays, horizon=2, season=52).table.equals(
        forecasting.forecast(table, horizon=2, season=52).table
    )


def test_a_table_of_other_periods_than_the_season_says_is_refused_with_the_season_that_fits():
    with pytest.raises(InputError, match=r"2\d{3}-\d\d twice .* or give the season of weeks, 52\."):
        forecasting.forecast(panel(WEEKLY, years=3, names=1), horizon=1)
    with pytest.raises(CoverageError, match=r"has only 8 of its last 24 months.*or give the season of quarters, 4\."):
        forecasting.forecast(panel(QUARTERLY, years=5, names=1), horizon=1)
    with pytest.raises(InputError, match=r"2\d{3}-Q\d twice .* or give the season of months, 12\."):
        forecasting.forecast(panel(WEEKLY, years=3, names=1), horizon=1, season=4)


def test_a_quarter_has_the_days_of_its_months_and_easter_lies_in_one_of_two():
    quarters = weekdays.regressors(212, 4, QUARTERLY)  # 2023: Easter Sunday on 9 April
    months = weekdays.regressors(636, 12)
    assert quarters[:, :7] == pytest.approx(months[:, :7].reshape(4, 3, 7).sum(axis=1))
    assert quarters[:, 7].tolist() == [-0.25, 0.25, 0.0, 0.0]
    weeks = weekdays.regressors(WEEKLY.number(dt.date(2023, 3, 27)), 3, WEEKLY)
    assert weeks[:, 7].tolist() == [0.0, 1.0, 0.0]
    assert not weeks[:, :7].any()

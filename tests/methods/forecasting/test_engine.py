"""Properties of the engine: partitions, layouts, order, units, levels, draws, calibration on made-up data."""

import datetime as dt
import json

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import ParameterError
from analysis.core.path_table import PATH_SCHEMA
from analysis.methods.forecasting import Learnt, engine, forecast, learn, sample
from analysis.runtime import processes
from tests.methods.forecasting.conftest import noisy, series


@pytest.fixture(scope="module")
def mixed(ports):
    """Ports of several lengths and ends, one closed in winter, one that comes and goes."""
    random = np.random.default_rng(2)
    winter = np.where(np.arange(72) % 12 < 2, 0, 300 * np.exp(0.1 * random.standard_normal(72)))
    return pl.concat(
        [
            ports,
            noisy("short", months=20),
            noisy("long", months=300),
            noisy("ended").with_columns(pl.col("time_period").dt.offset_by("-7mo")),
            series("winter", winter),
            series("rare", random.poisson(0.6, 60)),
        ]
    )


def test_a_forecast_is_a_path(mixed):
    result = forecast(mixed, horizon=12, levels=(50, 80, 95))
    assert result.table.schema == PATH_SCHEMA
    assert result.table.height == mixed["series_id"].n_unique() * 12 * 3
    rows = result.table
    assert ((rows["lower"] >= 0) & (rows["lower"] <= rows["median"]) & (rows["median"] <= rows["upper"])).all()
    width = rows.select(width=pl.col("upper") - pl.col("lower"), by=pl.struct("series_id", "time_period"))
    assert (
        rows.with_columns(width["width"])
        .group_by("series_id", "time_period", maintain_order=True)
        .agg(pl.col("width").is_sorted())["width"]
        .all()
    )


def test_every_partition_gives_the_numbers_of_the_whole(mixed):
    learnt = Learnt.from_json(json.loads(json.dumps(learn(mixed).as_json())))
    whole = forecast(mixed, horizon=14, draws=5)
    parts = [forecast(part, horizon=14, draws=5, learnt=learnt) for part in mixed.partition_by("series_id")]
    assert pl.concat([part.table for part in parts]).sort("series_id", "time_period", "level").equals(whole.table)
    for part in parts:
        for name, draws in part.draws.items():
            assert draws == pytest.approx(whole.draws[name], rel=1e-9)


def test_the_number_of_workers_changes_no_number(mixed, monkeypatch):
    panel = pl.concat([mixed, noisy("older").with_columns(pl.col("time_period").dt.offset_by("-9mo"))])
    asked = []

    def watched(*arguments, workers):
        asked.append(workers)
        return processes.map_in_processes(*arguments, workers=workers)

    monkeypatch.setattr(engine, "SERIES_PER_WORKER", 4)
    monkeypatch.setattr(engine, "map_in_processes", watched)
    alone, two, three = (forecast(panel, horizon=14, draws=5, workers=workers) for workers in (1, 2, 9))
    assert asked == [1, 2, 3], "there are three last months, so three blocks to share"
    for found in (two, three):
        assert found.table.equals(alone.table)
        assert found.table.schema == PATH_SCHEMA
        assert found.draws.keys() == alone.draws.keys()
        assert all(np.array_equal(found.draws[name], alone.draws[name]) for name in alone.draws)


def test_less_than_one_worker_is_refused(ports):
    with pytest.raises(ParameterError, match="workers is 0"):
        forecast(ports, horizon=3, workers=0)


def test_what_is_learnt_rests_on_the_sample_alone():
    names = [f"port{i}" for i in range(1000)]
    chosen = sample(names, size=50)
    assert len(chosen) == 50
    assert sample(reversed(names), size=50) == chosen
    assert sample([*sample(names[:300], size=50), *sample(names[300:], size=50)], size=50) == chosen


def test_layout_and_order_do_not_matter(ports):
    nixtla = ports.rename({"series_id": "unique_id", "time_period": "ds", "obs_value": "y"})
    shuffled = nixtla.sample(fraction=1, shuffle=True, seed=3)
    assert forecast(shuffled, horizon=3).table.equals(forecast(ports, horizon=3).table)


def test_months_may_be_given_by_any_of_their_days(ports):
    moved = ports.with_columns(pl.col("time_period").dt.month_end())
    assert forecast(moved, horizon=3).table.equals(forecast(ports, horizon=3).table)


def test_the_unit_does_not_matter(ports):
    found, scaled = (
        forecast(ports.with_columns(pl.col("obs_value") * factor), horizon=6).table for factor in (1, 1000)
    )
    assert scaled["upper"].to_numpy() == pytest.approx(found["upper"].to_numpy() * 1000, rel=1e-4)


def test_a_second_run_gives_the_same_bytes(ports):
    assert forecast(ports, horizon=3).table.equals(forecast(ports, horizon=3).table)


def test_draws_have_the_intervals_of_the_table_and_hang_together(ports):
    result = forecast(ports, horizon=12, draws=8000)
    draws = result.draws["port4"]
    rows = result.at(80).filter(pl.col("series_id") == "port4")
    inside = (draws >= rows["lower"].to_numpy()) & (draws <= rows["upper"].to_numpy())
    assert inside.mean(axis=0) == pytest.approx(0.8, abs=0.02)
    assert draws.mean(axis=0) == pytest.approx(rows["mean"].to_numpy(), rel=0.01)
    assert result.total("port4").shape == (8000,)
    assert not np.array_equal(forecast(ports, horizon=12, draws=5, seed=2).draws["port4"], draws[:5])


def test_months_of_a_random_walk_hang_together_more_than_months_of_noise():
    def panel(walk):
        random = np.random.default_rng(4)
        steps = 0.05 * random.standard_normal((30, 120))
        return pl.concat([series(f"s{i}", 100 * np.exp(row.cumsum() if walk else row)) for i, row in enumerate(steps)])

    def together(walk):
        draws = np.log(forecast(panel(walk), horizon=12, draws=4000, season=1).draws["s0"])
        return np.corrcoef(draws[:, 10], draws[:, 11])[0, 1]

    assert together(True) > 0.6
    assert together(True) > together(False) + 0.3


def test_intervals_of_made_up_series_hold_what_they_promise():
    random = np.random.default_rng(9)
    values = 500 * np.exp(
        0.03 * random.standard_normal((120, 108)).cumsum(axis=1) + 0.08 * random.standard_normal((120, 108))
    )
    panel = pl.concat([series(f"s{i:03}", row[:96]) for i, row in enumerate(values)])
    found = forecast(panel, horizon=12, levels=(80, 95)).table
    for level, low, high in ((80, 0.74, 0.86), (95, 0.91, 0.98)):
        rows = found.filter(pl.col("level") == level).sort("series_id", "time_period")
        lower, upper = (rows[name].to_numpy().reshape(120, 12) for name in ("lower", "upper"))
        actual = values[:, 96:]
        assert low < ((lower <= actual) & (actual <= upper)).mean() < high


def test_after_a_shock_to_all_the_intervals_are_wider(ports):
    hit = ports.with_columns(
        obs_value=pl.col("obs_value") * pl.when(pl.col("time_period") >= pl.date(2023, 11, 1)).then(0.6).otherwise(1.0)
    )
    calm, shocked = (forecast(table, horizon=6).at(80) for table in (ports, hit))
    widths = [np.log(table["upper"] / table["lower"]).mean() for table in (calm, shocked)]
    assert widths[1] > 1.5 * widths[0]
    assert max(forecast(hit, horizon=1).learnt.surprise.items())[1] > 1.5


def test_no_season_is_found_where_none_is_asked_for(ports):
    found = forecast(ports, horizon=12, season=1).at(80).filter(pl.col("series_id") == "port1")["median"]
    assert found.max() / found.min() < 1.1


@pytest.mark.parametrize("horizon", [1, 5, 13, 24])
def test_a_month_has_the_same_numbers_whatever_the_horizon(mixed, horizon):
    year = forecast(mixed, horizon=12, draws=50)
    other = forecast(mixed, horizon=horizon, draws=50)
    both = ["series_id", "time_period", "level"]
    months = min(horizon, 12)
    assert other.table.join(year.table, on=both, how="semi").equals(year.table.join(other.table, on=both, how="semi"))
    assert all(
        np.allclose(other.draws[name][:, :months], draws[:, :months], rtol=1e-9) for name, draws in year.draws.items()
    )


def test_series_that_ended_are_named_once_and_left_out_where_that_is_asked(ports):
    early = ports.filter((pl.col("series_id") != "port3") | (pl.col("time_period") < dt.date(2023, 6, 1)))
    found = forecast(early, horizon=2)
    assert len(found.notes) == 1
    assert found.notes[0].startswith("1 series ends before the panel's last month, 2023-12 (port3 in 2023-05), and is")
    assert found.table["series_id"].n_unique() == 10
    for months, kept in ((7, 9), (8, 10)):
        less = forecast(early, horizon=2, skip_ended=months)
        assert less.table["series_id"].n_unique() == kept
        assert less.table.equals(found.table.join(less.table, on="series_id", how="semi"))


def test_ids_that_differ_in_blanks_or_capitals_are_named(ports):
    twin = ports.filter(pl.col("series_id") == "port3").with_columns(series_id=pl.lit("Port 3"))
    found = forecast(pl.concat([ports, twin]), horizon=1)
    assert found.notes == (
        "Ids differ only in blanks or capitals: 'Port 3' and 'port3'. Write one name, if they are one series.",
    )


def test_open_days_that_no_forecast_uses_are_named(ports):
    days = pl.DataFrame(
        {
            "series_id": ["port1", "prot2", "port3"],
            "time_period": [dt.date(2023, 12, 1), dt.date(2024, 1, 1), dt.date(2024, 1, 1)],
            "share_open": [0.5, 0.5, 0.5],
        }
    )
    unknown, past = forecast(ports, horizon=1, open_days=days).notes
    assert unknown.startswith("The panel has no series prot2,")
    assert past.startswith("The open days of port1 name no month after")

"""Every odd series has a sensible forecast or a refusal in one sentence."""

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, InputError, ParameterError
from analysis.methods.forecasting import forecast
from tests.methods.forecasting.conftest import LAST, noisy, season, series


def _of(result, name, level=80):
    return result.at(level).filter(pl.col("series_id") == name).sort("time_period")


def _with(ports, odd, **options):
    return _of(forecast(pl.concat([ports, odd]), horizon=12, **options), "odd")


def test_an_ordinary_port_is_forecast_by_its_season(ports):
    truth = 1000 * season(12)
    found = _with(ports, noisy("odd", seed=99))
    assert np.abs(np.log(found["median"].to_numpy() / truth)).max() < 0.1
    assert ((found["lower"].to_numpy() < truth) & (truth < found["upper"].to_numpy())).all()


def test_a_port_closed_from_december_to_march_is_zero_then_and_only_then(ports):
    values = 500 * season(96)
    shut = np.isin(np.arange(96) % 12, (11, 0, 1, 2))
    found = _with(ports, series("odd", np.where(shut, 0, values)))
    closed = found["time_period"].dt.month().is_in([12, 1, 2, 3]).to_numpy()
    for column in ("mean", "median", "lower", "upper"):
        assert ((found[column].to_numpy() == 0) == closed).all()
    assert ((found["obs_status"] == "closed").to_numpy() == closed).all()
    assert np.abs(np.log(found["median"].to_numpy()[~closed] / (500 * season(12))[~closed])).max() < 0.1


# unit8co/darts#2707: figures exist from May to November only.
@pytest.mark.parametrize("written", ["absent", "zero"])
def test_months_that_no_year_has_are_a_closed_season_and_named(ports, written):
    winter = pl.col("time_period").dt.month().is_in([12, 1, 2, 3, 4])
    port = series("port0", 900 * season(96))
    rows = (
        port.filter(~winter)
        if written == "absent"
        else port.with_columns(pl.when(~winter).then("obs_value").fill_null(0))
    )
    found = forecast(pl.concat([ports.filter(pl.col("series_id") != "port0"), rows]), horizon=12)
    own = found.at(80).filter(pl.col("series_id") == "port0")
    closed = own.filter(pl.col("obs_status").cast(pl.String) == "closed")
    assert sorted(closed["time_period"].dt.month()) == [1, 2, 3, 4, 12]
    assert (closed["upper"] == 0).all()
    assert (own.filter(~winter)["lower"] > 0).all()
    said = [note for note in found.notes if "port0: Jan, Feb, Mar, Apr, Dec" in note]
    assert len(said) == (written == "absent")


def test_january_published_with_february_is_named_and_not_taken_as_closed(ports):
    rows = ports.filter((pl.col("series_id") != "port1") | (pl.col("time_period").dt.month() != 1))
    found = forecast(rows, horizon=3)
    assert found.notes[0].startswith("1 series never has a figure in some months of the year (port1: Jan)")
    assert "forecast from the others alone" in found.notes[0]
    assert (found.at(80).filter(pl.col("series_id") == "port1")["lower"] > 0).all()


def test_a_tiny_port_that_comes_and_goes_keeps_its_share_of_empty_months(ports):
    random = np.random.default_rng(1)
    values = np.where(random.random(96) < 0.6, 0, random.poisson(6, 96) + 1)
    result = forecast(pl.concat([ports, series("odd", values)]), horizon=12, draws=4000)
    found = _of(result, "odd")
    assert (found["lower"] == 0).all()
    assert (found["median"] == 0).all()
    weight = 0.5 ** (np.arange(36)[::-1] / 12)
    assert found["mean"][0] == pytest.approx(np.average(values[-36:], weights=weight), rel=1e-5)
    empty = np.average(values[-36:] == 0, weights=weight)
    assert (result.draws["odd"] == 0).mean() == pytest.approx(empty, abs=0.02)


def test_a_new_port_with_eight_months_takes_the_season_of_the_others(ports):
    found = _with(ports, series("odd", (700 * season(96))[-8:]))
    assert np.abs(np.log(found["median"].to_numpy() / (700 * season(12)))).max() < 0.12
    other = _of(forecast(ports, horizon=12), "port0")
    ratio = np.log(found["upper"] / found["lower"]).mean() / np.log(other["upper"] / other["lower"]).mean()
    assert 0.5 < ratio < 3


def test_eight_months_alone_are_a_level_without_a_season():
    found = forecast(series("odd", [100, 110, 90, 105, 95, 100, 104, 98]), horizon=12).at(80)
    assert found["median"].is_between(90, 110).all()
    assert (found["lower"] < 95).all()
    assert (found["upper"] > 105).all()


def test_a_constant_stays_and_is_not_taken_to_be_certain(ports):
    for found in (forecast(series("odd", [100] * 72), horizon=12).at(80), _with(ports, series("odd", [100] * 96))):
        assert found["median"].to_numpy() == pytest.approx(100, rel=0.01)
        assert (found["lower"] < 100).all()
        assert (found["upper"] > 100).all()
        assert (found["upper"] < 110).all()


@pytest.mark.parametrize("position", [3, 40, 70, 94])
def test_one_missing_month_never_makes_zeros_and_changes_little(ports, position):
    values = 1000 * season(96) * np.exp(0.05 * np.random.default_rng(5).standard_normal(96))
    whole = _with(ports, series("odd", values))
    values[position] = np.nan
    found = _with(ports, series("odd", values))
    assert (found["lower"] > 0).all()
    assert np.abs(np.log(found["median"].to_numpy() / whole["median"].to_numpy())).max() < 0.05


def test_a_null_month_is_a_missing_month(ports):
    gap = pl.col("time_period") == pl.date(2023, 5, 1)
    null = ports.with_columns(obs_value=pl.when(~gap).then("obs_value"))
    assert forecast(null, horizon=3).table.equals(forecast(ports.filter(~gap), horizon=3).table)


def test_a_port_that_was_never_open_stays_at_zero(ports):
    found = _with(ports, series("odd", [0] * 40))
    assert (found.select("mean", "median", "lower", "upper").to_numpy() == 0).all()


def test_two_years_without_anything_are_taken_as_the_end(ports):
    found = _with(ports, series("odd", [500] * 60 + [0] * 24))
    assert (found["upper"] == 0).all()


def test_a_port_that_reopened_has_its_level_of_late_and_a_wider_interval(ports):
    values = 1000 * season(96) * np.exp(0.05 * np.random.default_rng(7).standard_normal(96))
    never = _with(ports, series("odd", values))
    values[68:82] = 0
    found = _with(ports, series("odd", values))
    assert np.abs(np.log(found["median"].to_numpy() / (1000 * season(12)))).max() < 0.2
    assert (found["lower"] > 0).all()
    assert (found["upper"] / found["lower"] > never["upper"] / never["lower"]).all()


def test_a_closure_that_has_lasted_five_months_lasts_five_more_with_probability_one_half(ports):
    values = 1000 * season(96) * np.exp(0.05 * np.random.default_rng(7).standard_normal(96))
    values[-5:] = 0
    result = forecast(pl.concat([ports, series("odd", values)]), horizon=12, draws=4000)
    found = _of(result, "odd")
    assert (found["median"][:4] == 0).all()
    assert (found["median"][5:] > 0).all()
    assert (result.draws["odd"] == 0).mean(axis=0) == pytest.approx(5 / (5 + np.arange(1, 13)), abs=0.03)


def test_a_level_that_fell_for_good_is_followed(ports):
    values = 1000 * season(96) * np.exp(0.05 * np.random.default_rng(8).standard_normal(96))
    values[-12:] *= 0.4
    found = _with(ports, series("odd", values))
    assert np.abs(np.log(found["median"].to_numpy() / (400 * season(12)))).max() < 0.25  # of a fall by 0.92


def test_one_month_far_off_moves_the_forecast_little_and_widens_it(ports):
    values = 1000 * season(96) * np.exp(0.05 * np.random.default_rng(8).standard_normal(96))
    before = _with(ports, series("odd", values))
    values[-1] *= 0.3
    after = _with(ports, series("odd", values))
    assert np.abs(np.log(after["median"].to_numpy() / before["median"].to_numpy())).max() < 0.15
    assert ((after["upper"] / after["lower"]).log() > 1.5 * (before["upper"] / before["lower"]).log()).all()


def test_known_closed_days_scale_the_forecast(ports):
    months = [LAST.replace(year=2024, month=2), LAST.replace(year=2024, month=3)]
    table = pl.DataFrame({"series_id": ["port3"] * 2, "time_period": months, "share_open": [0.0, 0.5]})
    usual, found = (_of(forecast(ports, horizon=4, open_days=days), "port3") for days in (None, table))
    assert found["median"][1] == found["upper"][1] == 0
    assert found["obs_status"].to_list() == ["forecast", "closed", "forecast", "forecast"]
    assert found["upper"][2] == pytest.approx(usual["upper"][2] / 2, rel=1e-5)
    assert found["median"][3] == usual["median"][3]


@pytest.mark.parametrize(
    "value,words",
    [(-5.0, "below zero"), (float("inf"), "no finite number"), (float("nan"), "no finite number")],
)
def test_a_value_that_no_flow_can_have_is_refused_with_row_series_and_month(ports, value, words):
    bad = ports.with_columns(obs_value=pl.when(pl.int_range(pl.len()) == 3).then(value).otherwise("obs_value"))
    with pytest.raises(InputError, match=rf"^Row 4: port0 is .* in 2016-04, which is {words}\. Correct it"):
        forecast(bad, horizon=3)


def test_a_month_that_stands_twice_is_refused(ports):
    with pytest.raises(InputError, match=r"^Row 961: port0 has 2016-01 twice \(also row 1\)"):
        forecast(pl.concat([ports, ports.head(1)]), horizon=3)


@pytest.mark.parametrize(
    "table,words",
    [
        (pl.DataFrame({"id": ["a"], "y": [1.0]}), "The panel has the columns id, y, but needs"),
        (pl.DataFrame({"unique_id": ["a"], "ds": ["2020-13-01"], "y": [1.0]}), "Row 1: time_period is '2020-13-01'"),
        (pl.DataFrame({"unique_id": ["a"], "ds": ["2020-01-01"], "y": ["many"]}), "Row 1: obs_value is 'many'"),
        (pl.DataFrame({"unique_id": [None], "ds": ["2020-01-01"], "y": [1.0]}), "Row 1: series_id is empty"),
        (pl.DataFrame({"unique_id": ["a"], "ds": [202001], "y": [1.0]}), "Row 1: time_period is '202001'"),
    ],
)
def test_a_table_that_is_no_panel_is_refused(table, words):
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        forecast(table, horizon=3)


def test_too_few_months_are_refused_alone_and_skipped_beside_others(ports):
    thin = series("thin", [5, 6])
    with pytest.raises(CoverageError, match="thin has 2 observed months; a forecast needs at least 3"):
        forecast(thin, horizon=3)
    result = forecast(pl.concat([ports, thin]), horizon=3)
    assert list(result.skipped) == ["thin"]
    assert "thin" not in result.table["series_id"]


def test_a_series_with_hardly_any_recent_month_is_skipped(ports):
    holes = np.where(np.arange(96) < 85, np.nan, 100.0)
    holes[:20] = 100.0
    result = forecast(pl.concat([ports, series("holes", holes)]), horizon=3)
    assert "holes has only 11 of its last 24 months, up to 2023-12" in result.skipped["holes"]


@pytest.mark.parametrize(
    "options,words",
    [
        ({"horizon": 0}, "horizon is 0 months"),
        ({"horizon": 3, "season": 30}, "season is 30 months"),
        ({"horizon": 3, "levels": (100,)}, "levels are 100"),
        ({"horizon": 3, "draws": 0}, "number of draws is 0"),
    ],
)
def test_an_option_that_cannot_be_is_refused(ports, options, words):
    with pytest.raises(ParameterError, match=words):
        forecast(ports, **options)


def test_each_series_is_forecast_from_its_own_last_month(ports):
    early = noisy("early").with_columns(pl.col("time_period").dt.offset_by("-5mo"))
    result = forecast(pl.concat([ports, early]), horizon=2)
    first = result.table.group_by("series_id").agg(pl.col("time_period").min())
    assert dict(first.iter_rows())["early"] == LAST.replace(month=8)
    assert dict(first.iter_rows())["port0"] == LAST.replace(year=2024, month=1)


def test_a_year_without_a_month_early_in_the_history_is_filled_quietly(ports):
    values = 1000 * season(96)
    values[12:26] = np.nan
    assert _with(ports, series("odd", values))["median"].to_numpy() == pytest.approx(1000 * season(12), rel=0.1)

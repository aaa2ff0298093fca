"""`silkport forecast` and `silkport backtest`: files in both layouts and forms, and refusals with file and row."""

import zipfile

import numpy as np
import polars as pl
import pytest

from analysis.core.periods import add_months
from analysis.methods import forecasting
from tests.methods.forecasting.conftest import noisy


@pytest.fixture(scope="module")
def panel():
    return pl.concat([noisy(f"0{i}", months=60, seed=i) for i in range(3)])


def _written(panel, path, layout):
    names = {"series_id": "unique_id", "time_period": "ds", "obs_value": "y"} if layout == "nixtla" else {}
    table = panel.rename(names)
    table.write_csv(path) if path.suffix == ".csv" else table.write_parquet(path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize("layout", ["own", "nixtla"])
def test_a_panel_in_any_layout_becomes_the_same_path(silkport, panel, tmp_path, layout, suffix):
    data, out = _written(panel, tmp_path / f"data{suffix}", layout), tmp_path / "out.parquet"
    outcome = silkport("forecast", "--data", data, "--horizon", 3, "--levels", "50,90", "--out", out)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert pl.read_parquet(out).equals(forecasting.forecast(panel, horizon=3, levels=(50, 90)).table)


@pytest.mark.parametrize(
    "text,words",
    [
        ("", ("data.csv is empty",)),
        ("series_id,time_period,obs_value\n", ("data.csv", "no rows")),
        ("series_id,time_period\na,2020-01-01\n", ("data.csv", "obs_value")),
        ("series_id,time_period,obs_value\na,2020-01-01,-4\n", ("data.csv: Row 1", "-4", "2020-01", "below zero")),
        ("series_id,time_period,obs_value\na,2020-01-01,inf\n", ("data.csv: Row 1", "no finite number")),
        ("series_id,time_period,obs_value\na,2020-01-01,5\na,2020-02-30,5\n", ("data.csv: Row 2", "2020-02-30")),
        ("series_id,time_period,obs_value\na,2020-01,5\na,2020-01,6\n", ("data.csv: Row 2", "twice")),
        ("series_id,time_period,obs_value\na,2020-01-01,5,6,7\n", ("data.csv is no table in CSV",)),
        ("series_id,time_period,obs_value\na,2020-01,5\n", ("a has 1 observed months", "Add months")),
    ],
)
@pytest.mark.parametrize("command", ["forecast", "backtest"])
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_is_written(silkport, tmp_path, command, text, words):
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    outcome = silkport(command, "--data", path, "--horizon", 3, "--out", tmp_path / "out.csv")
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 1, outcome.err
    for word in words:
        assert word in outcome.err
    assert [found.name for found in tmp_path.iterdir()] == ["data.csv"]


def test_known_open_days_scale_the_forecast(silkport, panel, tmp_path):
    data, out, days = _written(panel, tmp_path / "data.csv", "own"), tmp_path / "out.parquet", tmp_path / "days.csv"
    last = panel.filter(pl.col("series_id") == "01")["time_period"].max()
    ahead = pl.Series([last]).dt.offset_by("2mo")[0]
    days.write_text(f"series_id,time_period,share_open\n01,{ahead:%Y-%m},0\n", encoding="utf-8")
    outcome = silkport("forecast", "--data", data, "--horizon", 3, "--open-days", days, "--out", out)
    assert (outcome.code, outcome.err) == (0, "")
    table = pl.DataFrame({"series_id": ["01"], "time_period": [ahead], "share_open": [0.0]})
    found = pl.read_parquet(out)
    assert found.equals(forecasting.forecast(panel, horizon=3, open_days=table).table)
    closed = found.filter((pl.col("series_id") == "01") & (pl.col("time_period") == ahead))
    assert (closed["obs_status"].cast(pl.String) == "closed").all()
    assert (closed["upper"] == 0).all()


@pytest.mark.parametrize(
    "rows,words",
    [
        ("01,2020-13,0.5", ("01 in 2020-13", "no month", "YYYY-MM")),
        ("01,2020-12,1.5", ("01 in 2020-12, 1.5", "no share from 0 to 1")),
        ("01,2020-12,half", ("01 in 2020-12", "no share from 0 to 1")),
        ("01,2020-12,1\n01,2020-12-01,0", ("01 in 2020-12", "twice")),
    ],
)
def test_open_days_that_cannot_be_are_refused(silkport, panel, tmp_path, rows, words):
    data, days = _written(panel, tmp_path / "data.csv", "own"), tmp_path / "days.csv"
    days.write_text(f"series_id,time_period,share_open\n{rows}\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    outcome = silkport("forecast", "--data", data, "--horizon", 3, "--open-days", days, "--out", out)
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 1, outcome.err
    assert all(word in outcome.err for word in ("days.csv", *words)), outcome.err
    assert not out.exists()


def test_a_scenario_moves_the_forecast_and_its_effect_is_said(silkport, panel, tmp_path):
    priced = panel.with_columns(price=pl.Series(np.random.default_rng(1).uniform(1, 2, panel.height).round(3)))
    data, plan, out = tmp_path / "panel.csv", tmp_path / "plan.csv", tmp_path / "paths.parquet"
    priced.write_csv(data)
    last = priced["time_period"].max()
    ahead = pl.DataFrame({"time_period": [add_months(last, step) for step in (1, 2)], "price": [1.5, 9.0]})
    ahead.write_csv(plan)
    outcome = silkport("forecast", "--data", data, "--horizon", 2, "--scenario", plan, "--out", out)
    assert outcome.code == 0
    assert "One unit more of price changes the logarithm by" in outcome.err
    assert "The scenario has price at 9, and the past knows" in outcome.err
    assert pl.read_parquet(out).equals(forecasting.forecast(priced, horizon=2, scenario=ahead).table)


def test_a_scenario_beside_a_folder_is_refused(silkport, tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text("time_period,price\n2024-01,1\n", encoding="utf-8")
    words = ("forecast", "--data", tmp_path, "--horizon", 1, "--scenario", plan, "--out", tmp_path / "out")
    outcome = silkport(*words)
    assert outcome.code == 2
    assert "A scenario is read beside one table" in outcome.err


def test_a_file_that_is_no_parquet_or_not_there_is_named(silkport, tmp_path):
    path = tmp_path / "data.parquet"
    for content, word in ((None, "There is no file"), (b"no", "is no Parquet file")):
        if content:
            path.write_bytes(content)
        outcome = silkport("forecast", "--data", path, "--horizon", 3, "--out", tmp_path / "out.csv")
        assert outcome.code == 2
        assert word in outcome.err
        assert "data.parquet" in outcome.err


@pytest.mark.parametrize(
    "words,said",
    [
        (["--horizon", "0"], "horizon"),
        (["--horizon", "200"], "horizon is 200 months"),
        (["--horizon", "3", "--season", "90"], "season is 90 months"),
        (["--horizon", "3", "--levels", "80,80"], "levels"),
        (["--horizon", "3", "--levels", "80,080"], "levels"),
    ],
)
def test_an_option_that_cannot_be_is_refused(silkport, panel, tmp_path, words, said):
    data = _written(panel, tmp_path / "data.csv", "own")
    outcome = silkport("forecast", "--data", data, *words, "--out", tmp_path / "out.csv")
    assert outcome.code == 2
    assert said in outcome.err
    assert not (tmp_path / "out.csv").exists()


def test_a_series_that_is_too_short_is_named_and_the_others_are_written(silkport, panel, tmp_path):
    thin = panel.head(2).with_columns(series_id=pl.lit("thin"))
    data = _written(pl.concat([panel, thin]), tmp_path / "data.csv", "own")
    outcome = silkport("forecast", "--data", data, "--horizon", 3, "--out", tmp_path / "out.csv")
    assert outcome.code == 0
    assert outcome.err.startswith("thin has 2 observed months")
    assert pl.read_csv(tmp_path / "out.csv")["series_id"].n_unique() == 3


def test_a_backtest_prints_all_groups_and_writes_its_rows(silkport, panel, tmp_path):
    data, out = _written(panel, tmp_path / "data.csv", "own"), tmp_path / "rows.csv"
    outcome = silkport("backtest", "--data", data, "--horizon", 3, "--origins", "2022-12,2022-09", "--out", out)
    assert outcome.code == 0, outcome.err
    assert outcome.out.count("seasonal naive") == 1 + 3 + 1
    assert "calm" in outcome.out
    rows = pl.read_csv(out)
    assert rows.height == 2 * 2 * 3 * 3
    assert set(rows["origin"]) == {"2022-09-01", "2022-12-01"}


def test_an_origin_that_is_no_month_is_refused(silkport):
    outcome = silkport("backtest", "--horizon", 3, "--origins", "2022-13")
    assert outcome.code == 2
    assert "origin" in outcome.err


def test_a_forecast_is_written_as_a_page_with_fans_and_table(silkport, panel, tmp_path):
    data, out = _written(panel, tmp_path / "data.csv", "own"), tmp_path / "out.html"
    assert silkport("forecast", "--data", data, "--horizon", 2, "--out", out).code == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("<figure") == 1
    assert page.count("<tr><td") == 3 * 2 * 2
    assert "http-equiv" in page
    again = tmp_path / "again.html"
    silkport("forecast", "--data", data, "--horizon", 2, "--out", again)
    assert again.read_bytes() == out.read_bytes()


def test_a_workbook_has_a_second_sheet_with_the_fan(silkport, panel, tmp_path):
    data, out = _written(panel, tmp_path / "data.csv", "own"), tmp_path / "out.xlsx"
    assert silkport("forecast", "--data", data, "--horizon", 2, "--out", out).code == 0
    with zipfile.ZipFile(out) as book:
        names = book.namelist()
        assert b'name="fan"' in book.read("xl/workbook.xml")
    assert "xl/charts/chart1.xml" in names


def test_another_suffix_is_refused_for_a_forecast(silkport, panel, tmp_path):
    data = _written(panel, tmp_path / "data.csv", "own")
    outcome = silkport("forecast", "--data", data, "--horizon", 2, "--out", tmp_path / "out.txt")
    assert outcome.code == 2
    assert "end it in .csv, .parquet, .xlsx or .html" in outcome.err

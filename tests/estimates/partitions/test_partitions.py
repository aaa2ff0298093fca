"""A panel in many files on one machine: the numbers of the whole, whole output or none, and what is refused."""

import datetime as dt
import subprocess
import sys

import polars as pl
import pytest

from analysis.cli import main
from analysis.core.errors import CoverageError, InputError, ReportError
from analysis.estimates.partitions import forecast_partitions, tasks
from analysis.methods import forecasting
from tests.estimates.partitions.conftest import divide, panel
from tests.repository import ROOT

KEY = ("series_id", "time_period", "level")


@pytest.fixture(scope="module")
def whole():
    return panel(9), forecasting.forecast(panel(9), horizon=6, levels=(50, 90)).table.sort(KEY)


@pytest.mark.parametrize("parts", [1, 4, 9])
def test_the_numbers_do_not_depend_on_the_division(whole, tmp_path, parts):
    table, expected = whole
    data = divide(table, tmp_path / "panel", parts)
    summary = forecast_partitions(data, tmp_path / "out", horizon=6, levels=(50, 90))
    assert (summary.partitions, summary.series, summary.skipped) == (parts, 9, {})
    assert pl.read_parquet(tmp_path / "out").sort(KEY).equals(expected)


def test_what_is_to_be_said_does_not_depend_on_the_division(whole, tmp_path):
    days = pl.DataFrame({"series_id": ["nowhere"], "time_period": [dt.date(2025, 1, 1)], "share_open": [0.5]})
    expected = forecasting.forecast(whole[0], horizon=6, open_days=days, skip_ended=1)
    data = divide(whole[0], tmp_path / "panel", 4)
    summary = forecast_partitions(data, tmp_path / "out", horizon=6, open_days=days, skip_ended=1)
    assert summary.notes == expected.notes
    assert len(summary.notes) == 2
    assert summary.series == 9 - 4 == expected.table["series_id"].n_unique()


def test_one_file_becomes_one_file(whole, tmp_path):
    table, expected = whole
    table.rename({"series_id": "unique_id", "time_period": "ds", "obs_value": "y"}).write_parquet(
        tmp_path / "p.parquet"
    )
    forecast_partitions(tmp_path / "p.parquet", tmp_path / "out.parquet", horizon=6, levels=(50, 90))
    assert pl.read_parquet(tmp_path / "out.parquet").sort(KEY).equals(expected)


def test_folders_within_the_folder_are_read_too(whole, tmp_path):
    table, expected = whole
    divide(table.filter(pl.col("series_id") < "port 004"), tmp_path / "panel" / "north", 1)
    divide(table.filter(pl.col("series_id") >= "port 004"), tmp_path / "panel" / "south", 2)
    assert forecast_partitions(tmp_path / "panel", tmp_path / "out", horizon=6, levels=(50, 90)).partitions == 3
    assert pl.read_parquet(tmp_path / "out").sort(KEY).equals(expected)


def test_the_same_bytes_twice(whole, tmp_path):
    data = divide(whole[0], tmp_path / "panel", 3)
    for out in ("a", "b"):
        forecast_partitions(data, tmp_path / out, horizon=6)
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / out).iterdir()} for out in ("a", "b"))
    assert len(first) == 3
    assert first == second


def test_a_series_without_enough_months_is_named_and_the_others_are_written(whole, tmp_path):
    data = divide(whole[0], tmp_path / "panel", 2)
    thin = pl.DataFrame({"series_id": "thin", "time_period": [dt.date(2024, 12, 1)], "obs_value": [1.0]})
    thin.write_parquet(data / "thin.parquet")
    summary = forecast_partitions(data, tmp_path / "out", horizon=6)
    assert summary.series == 9
    assert "thin has 1 observed months" in next(iter(summary.skipped.values()))


def test_a_series_in_two_files_is_refused(whole, tmp_path):
    data = divide(whole[0], tmp_path / "panel", 3)
    whole[0].filter(pl.col("series_id") == "port 001").write_parquet(data / "again.parquet")
    with pytest.raises(InputError, match=r"The series port 001 stands in 01\.parquet and in again\.parquet"):
        forecast_partitions(data, tmp_path / "out", horizon=6)
    assert not (tmp_path / "out").exists()


def test_a_bad_value_is_named_with_its_file_and_nothing_is_left(whole, tmp_path):
    data = divide(whole[0], tmp_path / "panel", 3)
    bad = pl.DataFrame({"series_id": "odd", "time_period": [dt.date(2024, 12, 1)], "obs_value": [-1.0]})
    bad.write_parquet(data / "zz.parquet")
    with pytest.raises(InputError, match="odd is -1 in 2024-12"):
        forecast_partitions(data, tmp_path / "out", horizon=6)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["panel"]


def test_a_file_that_fails_late_leaves_nothing(whole, tmp_path, monkeypatch):
    data = divide(whole[0], tmp_path / "panel", 3)
    write = tasks.write_parquet

    def fail_on_the_last(table, path):
        if path.name == "part-00002.parquet":
            raise ReportError("The disk is full. Free some of it.")
        write(table, path)

    monkeypatch.setattr(tasks, "write_parquet", fail_on_the_last)
    with pytest.raises(ReportError, match="disk is full"):
        forecast_partitions(data, tmp_path / "out", horizon=6)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["panel"]


def test_a_file_that_is_no_parquet_is_named(whole, tmp_path):
    data = divide(whole[0], tmp_path / "panel", 1)
    (data / "broken.parquet").write_text("not parquet")
    with pytest.raises(InputError, match=r"broken\.parquet cannot be read as Parquet"):
        forecast_partitions(data, tmp_path / "out", horizon=6)


def test_a_file_without_ids_is_named(whole, tmp_path):
    data = divide(whole[0], tmp_path / "panel", 1)
    pl.DataFrame({"port": ["a"], "value": [1.0]}).write_parquet(data / "odd.parquet")
    with pytest.raises(InputError, match=r"odd\.parquet has the columns port, value, but no series_id or unique_id"):
        forecast_partitions(data, tmp_path / "out", horizon=6)


def test_a_folder_without_parquet_is_named(tmp_path):
    with pytest.raises(InputError, match="is no Parquet file and no folder that holds one"):
        forecast_partitions(tmp_path, tmp_path / "out", horizon=6)


def test_an_output_that_is_not_empty_is_refused(whole, tmp_path):
    data = divide(whole[0], tmp_path / "panel", 1)
    with pytest.raises(ReportError, match="panel is a folder that is not empty"):
        forecast_partitions(data, data, horizon=6)


def test_a_panel_of_thin_series_is_refused(tmp_path):
    data = divide(panel(2).group_by("series_id").head(2), tmp_path / "panel", 2)
    with pytest.raises(CoverageError, match="has 2 observed months"):
        forecast_partitions(data, tmp_path / "out", horizon=6)


def test_the_command_on_a_folder_loads_no_cluster_and_no_charts(whole, tmp_path):
    data = divide(whole[0], tmp_path / "panel", 2)
    words = ["forecast", "--data", str(data), "--horizon", "6", "--levels", "50,90", "--out", str(tmp_path / "out")]
    script = f"""
import sys
from analysis.cli import main
code = main({words!r})
heavy = {{"distributed", "dask", "statsmodels", "altair", "pandas"}} & set(sys.modules)
sys.exit(f"loaded {{sorted(heavy)}}" if heavy else code)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("4 series end before the panel's last month, 2024-12 (port 001 in 2024-11")
    assert pl.read_parquet(tmp_path / "out").sort(KEY).equals(whole[1])


@pytest.mark.parametrize(
    "data,out,words",
    [
        ("panel", "out.csv", "forecast into Parquet, not into out.csv"),
        ("panel/00.parquet", "out", "is one table, and"),
    ],
)
def test_an_output_that_does_not_fit_the_panel_is_refused(whole, tmp_path, capsys, data, out, words):
    divide(whole[0], tmp_path / "panel", 1)
    assert main(["forecast", "--data", str(tmp_path / data), "--horizon", "6", "--out", str(tmp_path / out)]) == 2
    assert words in capsys.readouterr().err

"""A panel on a Dask cluster of real processes: the numbers of one machine, and nothing lost with a worker."""

import subprocess
import sys
from importlib.util import find_spec

import polars as pl
import pytest

from analysis.core.errors import ReportError
from analysis.estimates.partitions import forecast_partitions, workers
from analysis.methods import forecasting
from tests.estimates.partitions.conftest import divide, panel, wait_for
from tests.repository import ROOT

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask's distributed is not installed")
KEY = ("series_id", "time_period", "level")
SILKPORT = [sys.executable, "-c", "import sys; from analysis.cli import main; sys.exit(main())"]


def read(folder):
    return pl.concat(map(pl.read_parquet, sorted(folder.glob("*.parquet")))).sort(KEY)


def start(data, out, address):
    words = ["forecast", "--data", str(data), "--horizon", "12", "--scheduler", address, "--out", str(out)]
    return subprocess.Popen([*SILKPORT, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_worker_killed_in_the_middle_loses_nothing_and_the_numbers_are_those_of_one_machine(cluster, tmp_path):
    table = panel(24)
    data, out = divide(table, tmp_path / "panel", 12), tmp_path / "paths"
    first = cluster.worker()
    cluster.worker()
    command = start(data, out, cluster.address)

    def under_way():
        assert command.poll() is None, "the run was over before the worker could be killed"
        return list(tmp_path.glob(".silkport-*/part-*.parquet"))

    wait_for(under_way, "the first partition")
    assert len(under_way()) < 10
    first.kill()
    told = command.communicate(timeout=240)
    assert command.returncode == 0, told[1]
    assert sorted(path.name for path in out.iterdir()) == [f"part-{part:05}.parquet" for part in range(12)]
    one = forecasting.forecast(table, horizon=12).table.sort(KEY)
    assert read(out).equals(one)
    assert not list(tmp_path.glob(".silkport-*"))


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "_PATIENCE", 1)
    data = divide(panel(2), tmp_path / "panel", 1)
    with pytest.raises(ReportError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        forecast_partitions(data, tmp_path / "out", horizon=12, scheduler="tcp://127.0.0.1:9")
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_workers_is_named(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "_PATIENCE", 2)
    data = divide(panel(2), tmp_path / "panel", 1)
    with pytest.raises(ReportError, match=r"has no worker\. Start one with `dask worker tcp://"):
        forecast_partitions(data, tmp_path / "out", horizon=12, scheduler=cluster.address)

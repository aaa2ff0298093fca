"""A run that is killed leaves the old file or the new one, never a part."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analysis.cli import main
from analysis.sources import ledger
from tests.cli.conftest import HEADER

MANY = [
    f"s{i}y{y},gate{i}.tonnes,{y}-01-01,{y}-12-31,level,eq,{i + y}000,tonnes,{i + y}000吨,Daily,{y + 1}-02-01"
    for i in range(40)
    for y in range(2000, 2024)
]
SLOW_RUN = "from analysis.cli import main; raise SystemExit(main())"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_leaves_the_old_file_whole(write, tmp_path, number):
    path, out = write(rows=MANY, header=HEADER), tmp_path / "out.csv"
    out.write_text("before")
    words = ["reconstruct", "--ledger", str(path), "--out", str(out)]
    run = subprocess.Popen([sys.executable, "-c", SLOW_RUN, *words], stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(2)
    assert run.poll() is None, "the run ended before it could be killed; give it more to do"
    os.killpg(run.pid, number)
    run.communicate(timeout=60)
    assert run.returncode != 0
    assert out.read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ledger.csv", "out.csv"]


@pytest.fixture(scope="module")
def many_series(tmp_path_factory):
    """A panel that is large enough for two processes."""
    series, months = 2000, np.arange("2021-01", "2024-01", dtype="datetime64[M]").astype("datetime64[D]")
    path = tmp_path_factory.mktemp("panel") / "data.parquet"
    values = 500 * np.exp(0.1 * np.random.default_rng(1).standard_normal(series * months.size))
    names = np.repeat([f"s{i:04}" for i in range(series)], months.size)
    pl.DataFrame({"unique_id": names, "ds": np.tile(months, series), "y": values}).write_parquet(path)
    return path


def _alive(group):
    """Return the processes of a group that have not ended."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = entry.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(entry.parent.name)
    return found


def _until(condition):
    """Wait for a condition, up to a minute."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not come to be within a minute"
        time.sleep(0.02)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the processes of a group are read from /proc")
@pytest.mark.parametrize("number,whom", [(signal.SIGINT, os.killpg), (signal.SIGKILL, os.kill)])
def test_the_workers_of_a_forecast_end_with_it(many_series, tmp_path, number, whom):
    out = tmp_path / "out.csv"
    out.write_text("before")
    words = ["forecast", "--data", str(many_series), "--horizon", "12", "--workers", "2", "--out", str(out)]
    run = subprocess.Popen(
        [sys.executable, "-c", SLOW_RUN, *words], stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    # The command, two workers, and the tracker that the standard library starts beside them.
    _until(lambda: len(_alive(run.pid)) == 4 or run.poll() is not None)
    assert run.poll() is None, "the run ended before it could be stopped; give it more to do"
    whom(run.pid, number)
    said = run.communicate(timeout=60)[1]
    assert number == signal.SIGKILL or said == "Interrupted; nothing was left half-written.\n"
    _until(lambda: not _alive(run.pid))
    assert run.returncode != 0
    assert out.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_an_interrupted_run_says_so_and_ends_with_130(monkeypatch, capsys):
    def interrupt(_path, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(ledger, "read", interrupt)
    assert main(["attain", "--series", "a", "--year", "2022", "--target", "1"]) == 130
    assert capsys.readouterr().err.count("\n") == 1


def test_a_program_error_keeps_its_traceback(monkeypatch):
    def fail(_path, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr(ledger, "read", fail)
    with pytest.raises(ZeroDivisionError):
        main(["attain", "--series", "a", "--year", "2022", "--target", "1"])

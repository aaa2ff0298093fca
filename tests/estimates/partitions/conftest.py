"""A Dask scheduler and two workers as processes of their own, and a panel in several files."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analysis.core.periods import add_months, month_range
from tests.repository import ROOT

_DASK = [sys.executable, "-m", "dask"]
_PATIENCE = 240


@dataclass
class Cluster:
    """Processes of a cluster; `address` is where the scheduler listens."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen:
        """Start `dask` with these words, its output in a file."""
        environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        with (self.folder / f"{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen([*_DASK, *words], cwd=self.folder, env=environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen:
        """Start a worker with one thread."""
        return self.start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                          "--local-directory", str(self.folder))  # fmt: skip

    def stop(self) -> None:
        """End all processes of this cluster."""
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()


def wait_for(true, what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited {_PATIENCE} s for {what}"
        time.sleep(0.05)


@pytest.fixture
def cluster(tmp_path):
    folder = tmp_path / "cluster"
    folder.mkdir()
    found = Cluster(folder)
    log = folder / "0.log"
    try:
        found.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        wait_for(lambda: "Scheduler at:" in log.read_text(), "the scheduler")
        found.address = log.read_text().split("Scheduler at:")[1].split()[0]
        yield found
    finally:
        found.stop()


def panel(series: int, months: int = 60, seed: int = 1) -> pl.DataFrame:
    """Return invented series with seasons of different sizes, some short and some with a gap at the end."""
    rng = np.random.default_rng(seed)
    frames = []
    for number in range(series):
        length = months - 12 * (number % 3)
        start = add_months(dt.date(2025, 1, 1), -length)
        season = rng.uniform(0, 0.4) * np.sin(np.arange(length) * np.pi / 6 + rng.uniform(0, 6))
        level = rng.uniform(3, 10) + np.cumsum(0.05 * rng.standard_normal(length))
        values = np.exp(level + season + 0.05 * rng.standard_normal(length)).round(1)
        kept = length - number % 2
        periods = month_range(start, add_months(start, kept - 1))
        rows = {"series_id": f"port {number:03}", "time_period": periods, "obs_value": values[:kept]}
        frames.append(pl.DataFrame(rows))
    return pl.concat(frames)


def divide(table: pl.DataFrame, folder: Path, parts: int) -> Path:
    """Write a panel into so many files, each series whole in one."""
    folder.mkdir(parents=True)
    ids = table["series_id"].unique().sort().to_list()
    for part in range(parts):
        table.filter(pl.col("series_id").is_in(ids[part::parts])).write_parquet(folder / f"{part:02}.parquet")
    return folder

"""Seconds and peak memory of `silkport forecast` on a folder of Parquet files, here and on a Dask cluster.

    python benchmarks/partitions.py --series 500 1000 2000 --each 250

The series are those of data/bts_border.parquet, their last 120 months up to February 2019 drawn again and again with
another scale and a little noise, so many to a file. The cluster is a scheduler and two workers with one thread each, as
processes of their own. Memory is the peak of the largest process that forecasts (VmHWM); seconds include the start of
the command, not that of the cluster. `processor` counts the seconds in which these processes computed, whatever else
the machine did.
"""

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl

ROOT = Path(__file__).resolve().parents[1]
SILKPORT = [sys.executable, "-c", "import sys; from analysis.cli import main; sys.exit(main())", "forecast"]
MONTHS = 120
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1",
                            "OPENBLAS_NUM_THREADS": "1"}  # fmt: skip


def resampled(count: int, first: int) -> pl.DataFrame:
    """Return so many series like those of the bundled panel, each made from its number alone."""
    last = dt.date(2019, 2, 1)
    panel = pl.read_parquet(ROOT / "benchmarks" / "data" / "bts_border.parquet").filter(pl.col("ds") <= last)
    whole = panel.group_by("unique_id", maintain_order=True).agg(pl.col("ds").tail(MONTHS), pl.col("y").tail(MONTHS))
    whole = whole.filter((pl.col("y").list.len() == MONTHS) & (pl.col("y").list.median() > 0))
    frames = []
    for number in range(first, first + count):
        rng = np.random.default_rng(number)
        row = whole.row(int(rng.integers(len(whole))), named=True)
        values = np.array(row["y"], dtype=float) * np.exp(rng.normal() + 0.05 * rng.standard_normal(MONTHS))
        frames.append(
            pl.DataFrame({"unique_id": f"s{number:06}", "ds": row["ds"], "y": values.round(1)}).fill_nan(None)
        )
    return pl.concat(frames)


def peak(process: int) -> float:
    """Return the peak memory of a running process, MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return float(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def processor(process: int) -> float:
    """Return the seconds that a running process has computed."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and two workers; yield the address, and the workers' process ids."""
    started = []

    def dask(*words: str) -> subprocess.Popen[bytes]:
        log = (folder / f"{len(started)}.log").open("w")
        started.append(
            subprocess.Popen([sys.executable, "-m", "dask", *words], env=ENVIRONMENT, stdout=log, stderr=log)
        )
        return started[-1]

    try:
        dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        while "Scheduler at:" not in (text := (folder / "0.log").read_text()):
            time.sleep(0.2)
        address = text.split("Scheduler at:")[1].split()[0]
        words = ("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
        workers = [dask(*words).pid for _ in range(2)]
        while not all("Registered to" in (folder / f"{number}.log").read_text() for number in (1, 2)):
            time.sleep(0.2)
        yield address, workers
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def run(data: Path, out: Path, *words: str) -> tuple[float, float, float]:
    """Return seconds, processor seconds and peak memory of one command."""
    begin, computed, highest = time.perf_counter(), 0.0, 0.0
    command = [*SILKPORT, "--data", str(data), "--horizon", "12", "--out", str(out), *words]
    process = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            computed, highest = processor(process.pid), max(highest, peak(process.pid))
        except (FileNotFoundError, StopIteration):
            break
        time.sleep(0.1)
    if process.wait():
        raise SystemExit(f"the command failed on {data}")
    return time.perf_counter() - begin, computed, highest


def show(count: int, files: int, where: str, seconds: float, computed: float, memory: float, same: str) -> None:
    """Print a row of the table."""
    cells = (f"{count:,}", files, where, f"{seconds:.0f}", f"{computed:.0f}", f"{1000 * computed / count:.0f}",
             f"{memory:.0f}", same)  # fmt: skip
    print("|", " | ".join(map(str, cells)), "|", flush=True)


def measure(count: int, each: int) -> None:
    """Forecast so many series in one process and on two workers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (data := folder / "panel").mkdir()
        files = range(0, count, each)
        for number, first in enumerate(files):
            resampled(min(each, count - first), first).write_parquet(data / f"{number:04}.parquet")
        show(count, len(files), "one process", *run(data, folder / "here"), "")
        with cluster(folder) as (address, workers):
            before = sum(map(processor, workers))
            seconds, asked, _ = run(data, folder / "cluster", "--scheduler", address)
            computed, memory = asked + sum(map(processor, workers)) - before, max(map(peak, workers))
        same = pl.read_parquet(folder / "here").equals(pl.read_parquet(folder / "cluster"))
        show(count, len(files), "two workers", seconds, computed, memory, "yes" if same else "no")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, nargs="+", default=[500, 1000, 2000])
    parser.add_argument("--each", type=int, default=250, help="series to a file")
    arguments = parser.parse_args()
    print("| series | files | where | seconds | processor | ms a series | peak MB a process | same numbers |")
    print("|---|---|---|---|---|---|---|---|")
    for count in arguments.series:
        measure(count, arguments.each)


if __name__ == "__main__":
    main()

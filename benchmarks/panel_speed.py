"""Seconds and peak memory of `silkport forecast` by the number of series.

    python benchmarks/panel_speed.py 100 1000 10000 --workers 1 2

Each panel has monthly series of 120 months: windows of the bundled border crossings, drawn with replacement, each
month multiplied by log-normal noise of 5% so that no two are alike. Start, reading and writing of the command are
included; `processor` counts the seconds that all its processes computed, whatever else the machine did, and `MB` is the
peak of the largest of them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

DATA = Path(__file__).parent / "data" / "bts_border.parquet"
MONTHS = 120


def panel(series: int, *, seed: int) -> pl.DataFrame:
    """Return a panel of windows of the bundled series, all ending in December 2023."""
    random = np.random.default_rng(seed)
    rows = pl.read_parquet(DATA).filter(pl.col("y") > 0).sort("unique_id", "ds")
    sources = [part["y"].to_numpy() for part in rows.partition_by("unique_id") if part.height >= MONTHS + 12]
    values = np.empty((series, MONTHS))
    for row in values:
        source = sources[random.integers(len(sources))]
        start = random.integers((source.size - MONTHS) // 12 + 1) * 12
        row[:] = source[start : start + MONTHS] * np.exp(0.05 * random.standard_normal(MONTHS))
    months = np.arange("2014-01", "2024-01", dtype="datetime64[M]").astype("datetime64[D]")
    return pl.DataFrame(
        {
            "unique_id": np.repeat([f"s{i:06}" for i in range(series)], MONTHS),
            "ds": np.tile(months, series),
            "y": values.ravel(),
        }
    )


def measure(series: int, workers: int, *, seed: int) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds and peak memory (MB) of one run of the command."""
    with tempfile.TemporaryDirectory() as folder:
        data, out = Path(folder) / "data.parquet", Path(folder) / "out.parquet"
        panel(series, seed=seed).write_parquet(data)
        words = [
            Path(sys.executable).with_name("silkport"),
            "forecast",
            "--data",
            data,
            "--horizon",
            "12",
            "--workers",
            str(workers),
            "--out",
            out,
        ]
        begin = time.perf_counter()
        process = subprocess.Popen(words, env={**os.environ, "POLARS_MAX_THREADS": str(workers)})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        if status:
            raise SystemExit(f"silkport forecast ended with status {status} for {series} series")
        assert pl.read_parquet(out)["series_id"].n_unique() == series
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print one line a size and number of workers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("series", nargs="+", type=int)
    parser.add_argument("--workers", nargs="+", type=int, default=[1])
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(f"{'series':>8}{'workers':>9}{'seconds':>10}{'processor':>11}{'ms a series':>13}{'MB':>8}")
    for series in arguments.series:
        for workers in arguments.workers:
            wall, processor, memory = measure(series, workers, seed=arguments.seed)
            each = 1000 * processor / series
            print(f"{series:>8}{workers:>9}{wall:>10.1f}{processor:>11.1f}{each:>13.2f}{memory:>8.0f}", flush=True)


if __name__ == "__main__":
    main()

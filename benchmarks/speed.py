"""Time the reconstruction of one port over twenty years, beyond start-up.

    python benchmarks/speed.py

A simulated ledger of one series from 2005 to 2024; the median of five runs, in one process on one thread. Also printed:
the time of a fixed matrix product in the same process, as machines differ and are noisy: compare the ratio.
"""

import datetime as dt
import resource
import statistics
import tempfile
import time
from pathlib import Path

from analysis.estimates import paths  # isort: skip (sets one thread before numpy is imported)
import numpy as np
from bulletins import write_ledger

from analysis.sources.evidence import Evidence

FIRST, LAST = 2005, 2024


def seconds(work, repeats: int = 5) -> float:
    """Return the median wall time of some work."""
    found = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def main() -> None:
    """Print the times, their ratio and the peak memory."""
    rng = np.random.default_rng(1)
    month = np.arange(12 * (LAST - FIRST + 1))
    y = 1e5 * np.exp(np.cumsum(0.03 * rng.standard_normal(month.size)) + 0.1 * np.sin(month * np.pi / 6))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        write_ledger({"port": y}, path, first=FIRST, last=LAST, seed=1)
        evidence = Evidence.read(statements=path)
    known, end = evidence.known(dt.date(LAST + 1, 6, 1)), dt.date(LAST, 12, 1)
    port = seconds(lambda: paths.reconstruct(known, "port", end=end))
    square = rng.standard_normal((1000, 1000))
    yardstick = seconds(lambda: square @ square)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{evidence.statements.height} statements, {month.size} months, 1000 draws: {port:.2f} s")
    print(f"1000 x 1000 matrix product: {yardstick:.4f} s, ratio {port / yardstick:.0f}; peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()

"""Time the joint reconstruction of more and more series: with so many shared factors it grows as the statements do.

    python benchmarks/scaling.py --series 25,50,100,200,400 --seed 11

Simulated flows of twelve years that share a region, as `bulletins.py` publishes them, about forty statements a series;
the fit and 400 draws of every path, in one process, without reading the ledger. Seconds are those of the
processor: on a shared machine wall time says more about the others.
"""

import argparse
import datetime as dt
import resource
import tempfile
import time
from pathlib import Path

from analysis.estimates import paths  # isort: skip (sets one thread before numpy is imported)
import numpy as np
from bulletins import write_ledger

from analysis.core.sampling import Sampling
from analysis.sources.evidence import Evidence

FIRST, LAST = 2013, 2024
DRAWS = 400


def flows(series: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return monthly flows: a walk and a season of their own, and a season that all share."""
    months = np.arange(12 * (LAST - FIRST + 1))
    season = 0.15 * np.sin((months + 3) * np.pi / 6)
    found = {}
    for number in range(series):
        own = np.cumsum(0.03 * rng.standard_normal(months.size)) + 0.06 * rng.standard_normal(months.size)
        shift, size = rng.uniform(0, 12), np.exp(rng.uniform(7, 13))
        found[f"flow{number:04d}"] = size * np.exp(own + season + 0.08 * np.sin((months + shift) * np.pi / 6))
    return found


def main() -> None:
    """Print one line a number of series."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", default="25,50,100,200,400")
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    print("series  statements   fit s  draws s  ms a statement  peak MB")
    for series in map(int, arguments.series.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.csv"
            truth = flows(series, np.random.default_rng([arguments.seed, series]))
            write_ledger(truth, path, first=FIRST, last=LAST, seed=arguments.seed)
            evidence = Evidence.read(statements=path)
        begin = time.process_time()
        known = evidence.known(dt.date(LAST + 1, 3, 1))
        posterior = paths.joint(known, start=dt.date(FIRST, 1, 1), end=dt.date(LAST, 12, 1))
        fitted = time.process_time()
        posterior.paths(sorted(posterior.parts), Sampling(draws=DRAWS))
        drawn = time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{series:>6}{evidence.statements.height:>12}{fitted - begin:>8.1f}{drawn - fitted:>9.1f}"
            f"{1000 * (drawn - begin) / evidence.statements.height:>16.2f}{peak:>9.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()

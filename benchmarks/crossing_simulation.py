"""Simulate a gate of two scanners by Ciw and set the mean waits beside the formula.

    python benchmarks/crossing_simulation.py --seed 1 --out data/simulated_gates.csv

Every gate inspects a truck in three minutes, all alike (scatter 0) or exponential (scatter 1), and is open for 14 or 24
hours. Each row is from eight runs with a warm-up that is thrown away; the standard error is that of the runs, and so
many trucks are counted that it is at most about 2% of the wait. The file is the record behind the points on the pages.
"""

import argparse
import math
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl

from analysis.methods.queueing import Station, daily_cycle
from analysis.methods.queueing.simulation import simulate
from analysis.runtime.processes import map_in_processes
from analysis.sources.registers import SIMULATED_GATES

MINUTES = 3.0
GATES = [(2, 14.0), (2, 24.0)]
UTILISATIONS = [0.5, 0.7, 0.8, 0.9]
SCATTERS = [0.0, 1.0]
RUNS, PROCESSES = 8, 2

#: Trucks counted by utilisation, over all runs. The wait of a random queue is known from n of them to about
#: sqrt((2 + 5u - 4u^2 + u^3) / (u (1 - u)^2 n)) of itself (one server, exponential times, utilisation u): 1.5 to 1.6%.
TRUCKS = {0.5: 120_000, 0.7: 240_000, 0.8: 480_000, 0.9: 2_000_000}


def row(case: tuple[tuple[int, float], float, float], *, seed: int) -> dict[str, Any]:
    """Return one gate at one utilisation: simulated wait, its standard error, and the wait by formula, in minutes."""
    (servers, open_hours), scatter, utilisation = case
    station = Station(service_time=MINUTES / 60, servers=servers, scatter=scatter)
    arrivals = utilisation * station.capacity_of_day(open_hours)
    # Even inspections vary half as much, and of a gate that closes most of the wait is the night, which does not vary.
    trucks = TRUCKS[utilisation] * (0.5 if scatter == 0 else 1.0) * (0.5 if open_hours < 24 else 1.0)
    days = math.ceil(trucks / RUNS / arrivals)
    warm_up = 10 if utilisation < 0.9 else 20
    found = simulate(arrivals, station, open_hours=open_hours, days=days, warm_up_days=warm_up, runs=RUNS, seed=seed)
    return {
        "servers": servers,
        "minutes": MINUTES,
        "scatter": scatter,
        "open_hours": open_hours,
        "arrivals_of_day": arrivals,
        "customers": found.customers,
        "waiting_minutes": round(60 * found.waiting, 4),
        "standard_error_minutes": round(60 * found.standard_error, 4),
        "formula_minutes": round(60 * daily_cycle(arrivals, station, open_hours=open_hours).waiting, 4),
    }


def main() -> None:
    """Simulate every gate and write the record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    cases = list(product(GATES, SCATTERS, UTILISATIONS))
    rows = list(map_in_processes(partial(row, seed=arguments.seed), cases, workers=PROCESSES))
    table = pl.DataFrame(rows, schema=SIMULATED_GATES.schema)
    table.write_csv(arguments.out)
    print(table)


if __name__ == "__main__":
    main()

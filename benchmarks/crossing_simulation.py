"""Simulate a gate of two scanners by Ciw and set the mean waits beside the formula.

    python benchmarks/crossing_simulation.py --seed 1 --out data/simulated_gates.csv

Every gate inspects a truck in three minutes, all alike (scatter 0) or exponential (scatter 1), and is open for 14 or 24
hours. Each row is from several runs with a warm-up that is thrown away; the standard error is that of the runs. The
file is the record behind the points on the pages of the gates.
"""

import argparse
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
PROCESSES = 2


def row(case: tuple[tuple[int, float], float, float], *, seed: int) -> dict[str, Any]:
    """Return one gate at one utilisation: simulated wait, its standard error, and the wait by formula, in minutes."""
    (servers, open_hours), scatter, utilisation = case
    station = Station(service_time=MINUTES / 60, servers=servers, scatter=scatter)
    arrivals = utilisation * station.capacity_of_day(open_hours)
    # A busier gate forgets its start more slowly, and its wait varies more.
    warm_up, days = (10, 30) if utilisation < 0.9 else (20, 60)
    found = simulate(arrivals, station, open_hours=open_hours, days=days, warm_up_days=warm_up, runs=4, seed=seed)
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

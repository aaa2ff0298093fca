"""A station that may close at night as a discrete-event simulation by the library Ciw, to check the formulas by."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.core.errors import ParameterError
from analysis.methods.queueing.station import Station
from analysis.runtime.optional_packages import load_package

#: Days at the end of a run whose arrivals are not counted, as some of them may not have been served by then.
_UNFINISHED_DAYS = 3


@dataclass(frozen=True)
class Simulated:
    """What a simulation measured; times in hours.

    Attributes
    ----------
    waiting
        Mean time from arrival to the start of the service, over all customers counted.
    standard_error
        Of that mean, from the spread of the runs.
    customers
        How many were counted.
    """

    waiting: float
    standard_error: float
    customers: int


def simulate(
    arrivals_of_day: float,
    station: Station,
    *,
    open_hours: float = 24.0,
    days: int = 100,
    warm_up_days: int = 20,
    runs: int = 8,
    seed: int = 1,
) -> Simulated:
    """Return the mean wait of customers who come at random by day and by night.

    Each run starts empty and throws away its first days: without them the mean would be too low, by a quarter in the
    tutorial of the library. The service times are of a gamma distribution, all the same where their scatter is 0; a
    service that the night interrupts is finished in the morning.

    Parameters
    ----------
    arrivals_of_day
        Customers a day.
    station
        Who serves them.
    open_hours
        Hours a day that the station is open.
    days, warm_up_days
        Days of a run that are counted, and those before them that are thrown away.
    runs
        Independent runs, at least two; the standard error comes from their spread.
    seed
        Of the first run; the others follow it.

    Raises
    ------
    ExtraError
        If Ciw is not installed.
    ParameterError
        If there are fewer than two runs, or more arrive than can be served.
    """
    if runs < 2:
        raise ParameterError(f"{runs} run of a simulation has no standard error. Ask for at least two.")
    if arrivals_of_day >= station.capacity_of_day(open_hours):
        raise ParameterError(
            f"{arrivals_of_day:g} customers arrive a day and {station.capacity_of_day(open_hours):g} can be served, so "
            "that no run settles. Lower the arrivals, or raise the servers or the hours."
        )
    ciw = load_package("ciw", extra="simulation", what="The simulation of a gate")
    network = _network(ciw, arrivals_of_day, station, open_hours)
    waits = [
        _waits(ciw, network, seed=seed + run, warm_up_days=warm_up_days, last_day=warm_up_days + days)
        for run in range(runs)
    ]
    means = [float(np.mean(each)) for each in waits]
    return Simulated(float(np.mean(means)), float(np.std(means, ddof=1)) / math.sqrt(runs), sum(map(len, waits)))


def _waits(ciw: Any, network: Any, *, seed: int, warm_up_days: int, last_day: int) -> list[float]:
    """Return the waits of the customers of one run who came after the warm-up."""
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(24 * (last_day + _UNFINISHED_DAYS))
    records = simulation.get_all_records(only=["service"])
    return [each.waiting_time for each in records if 24 * warm_up_days <= each.arrival_date < 24 * last_day]


def _network(ciw: Any, arrivals_of_day: float, station: Station, open_hours: float) -> Any:
    """Return the network of one station."""
    mean, scatter = station.service_time, station.scatter
    service = ciw.dists.Gamma(shape=1 / scatter, scale=mean * scatter) if scatter else ciw.dists.Deterministic(mean)
    hours = {"numbers_of_servers": [station.servers, 0], "shift_end_dates": [open_hours, 24], "preemption": "resume"}
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(arrivals_of_day / 24)],
        service_distributions=[service],
        number_of_servers=[station.servers if open_hours == 24 else ciw.Schedule(**hours)],
    )

"""Waiting times of stations that never close, by formula (docs/methods/queueing.md)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.core.errors import EvidenceError, ParameterError
from analysis.methods.queueing.station import Station


@dataclass(frozen=True)
class SteadyState:
    """What a station does in the long run; all times in hours.

    Attributes
    ----------
    utilisation
        Share of the servers that are busy on average.
    delay_probability
        Probability that a customer finds all servers busy, for exponential service times.
    waiting
        Mean time from arrival to the start of the service.
    queue
        Mean number of customers who wait.
    time
        Mean time from arrival to the end of the service.
    """

    utilisation: float
    delay_probability: float
    waiting: float
    queue: float
    time: float


def steady_state(arrivals: float, station: Station, *, arrival_scatter: float = 1.0) -> SteadyState:
    """Return waiting time and queue of a station that never closes.

    Erlang's formula for exponential services and random arrivals, times (u + v) / 2 of Allen and Cunneen for others:
    exact for one server and random arrivals (Pollaczek and Khinchine).

    Parameters
    ----------
    arrivals
        Customers an hour.
    station
        Who serves them.
    arrival_scatter
        Squared coefficient of variation of the times between arrivals, u: 1 where they come at random.

    Raises
    ------
    EvidenceError
        If more arrive than can be served, so that there is no steady state.
    ParameterError
        If the arrivals are not above zero.
    """
    load = _load(arrivals, station)
    delayed = delay_probability(load, station.servers)
    utilisation = load / station.servers
    exponential = delayed * station.service_time / (station.servers * (1 - utilisation))
    waiting = exponential * (arrival_scatter + station.scatter) / 2
    return SteadyState(utilisation, delayed, waiting, arrivals * waiting, waiting + station.service_time)


def delay_probability(load: float, servers: int) -> float:
    """Return the probability that all servers are busy (Erlang C), from Erlang's loss formula by recursion.

    Parameters
    ----------
    load
        Arrival rate times mean service time; below the number of servers.
    servers
        How many there are.
    """
    lost = 1.0
    for count in range(1, servers + 1):
        lost = load * lost / (count + load * lost)
    return lost / (1 - load / servers * (1 - lost))


def priority_waits(arrivals: Sequence[float], station: Station) -> tuple[float, ...]:
    """Return the mean wait of each class where the first class is always served first, nobody being interrupted.

    Parameters
    ----------
    arrivals
        Customers an hour of each class, the one that is served first in front; all have the same service times.
    station
        Who serves them.

    Raises
    ------
    EvidenceError, ParameterError
        As `steady_state` for all classes together.
    """
    load = _load(sum(arrivals), station)
    rest_of_service = delay_probability(load, station.servers) * station.service_time / station.servers
    rest_of_service *= (1 + station.scatter) / 2
    waits, before = [], 0.0
    for rate in arrivals:
        up_to = before + rate * station.service_time / station.servers
        waits.append(rest_of_service / ((1 - before) * (1 - up_to)))
        before = up_to
    return tuple(waits)


def stages(arrivals: float, stations: Sequence[Station]) -> tuple[SteadyState, ...]:
    """Return the steady state of stations that every customer passes one after the other.

    The scatter of what leaves a station, and so arrives at the next, is Whitt's approximation; for exponential services
    and random arrivals it is exact (each station is as if it stood alone).

    Raises
    ------
    EvidenceError, ParameterError
        As `steady_state` for any of them.
    """
    states, scatter = [], 1.0
    for station in stations:
        state = steady_state(arrivals, station, arrival_scatter=scatter)
        busy = state.utilisation**2
        scatter = 1 + (1 - busy) * (scatter - 1) + busy * (station.scatter - 1) / math.sqrt(station.servers)
        states.append(state)
    return tuple(states)


def _load(arrivals: float, station: Station) -> float:
    """Return arrival rate times service time; refuse what has no steady state."""
    if not (math.isfinite(arrivals) and arrivals > 0):
        raise ParameterError(f"{arrivals} customers arrive an hour. Give a rate above zero.")
    if arrivals >= station.capacity:
        raise EvidenceError(
            f"{arrivals:g} customers arrive an hour and {station.capacity:g} can be served, so that the queue grows "
            "without end. Lower the arrivals or raise the capacity, or ask how fast the backlog grows."
        )
    return arrivals * station.service_time

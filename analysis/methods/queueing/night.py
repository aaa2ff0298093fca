"""A station that closes at night: who comes then waits for the morning (docs/methods/queueing.md)."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.core.errors import EvidenceError, ParameterError
from analysis.methods.queueing.station import Station
from analysis.methods.queueing.steady_state import steady_state

#: Points of the grid of queues at closing, and nodes of the night's normal distribution. With twice as many of both the
#: mean wait moves by less than 0.5%.
_POINTS, _NODES = 150, 7

#: If a day could serve so many standard deviations of its arrivals more than come, no truck waits for another day.
_FREE = 6.0

#: The grid reaches so many standard deviations of a day's arrivals, or decay lengths of the queue at closing, up.
_REACH = 12.0


@dataclass(frozen=True)
class DailyCycle:
    """What a station does day after day if it closes at night; times in hours.

    Attributes
    ----------
    utilisation
        Arrivals of a day over the capacity of a day.
    waiting
        Mean time from arrival to the start of the service, over all hours of arrival.
    time
        The same to the end of the service.
    queue
        Mean number of customers who wait, over day and night.
    queue_at_closing, queue_at_opening
        Mean number who wait when the station closes, and when it opens.
    """

    utilisation: float
    waiting: float
    time: float
    queue: float
    queue_at_closing: float
    queue_at_opening: float


def daily_cycle(arrivals_of_day: float, station: Station, *, open_hours: float) -> DailyCycle:
    """Return waiting time and queues of a station that is open for some hours of each day.

    Parameters
    ----------
    arrivals_of_day
        Customers a day, who come at random by day and by night.
    station
        Who serves them while it is open.
    open_hours
        Hours a day, above 0 and up to 24.

    Raises
    ------
    EvidenceError
        If more arrive in a day than can be served, so that there is no steady state.
    ParameterError
        If the hours are none of a day, or the arrivals are not above zero.
    """
    if not 0 < open_hours <= 24:
        raise ParameterError(f"The station is open for {open_hours} hours a day. Give more than 0 and at most 24.")
    capacity = station.capacity_of_day(open_hours)
    if arrivals_of_day >= capacity:
        raise EvidenceError(
            f"{arrivals_of_day:,.0f} customers arrive a day and {capacity:,.0f} can be served, so that the queue grows "
            "without end. Lower the arrivals, or raise the servers or the hours."
        )
    arrivals, night = arrivals_of_day / 24, 24 - open_hours
    always_open = steady_state(arrivals, station)
    at_closing, of_nights = always_open.queue, 0.0
    if night:
        at_closing = _queue_at_closing(arrivals, station, open_hours, always_open.queue)
        of_nights = night / 24 / (1 - always_open.utilisation) * (at_closing + arrivals * night / 2)
    queue = always_open.queue + of_nights
    waiting = queue / arrivals
    return DailyCycle(
        utilisation=arrivals_of_day / capacity,
        waiting=waiting,
        time=waiting + station.service_time,
        queue=queue,
        queue_at_closing=at_closing,
        queue_at_opening=at_closing + arrivals * night,
    )


def _queue_at_closing(arrivals: float, station: Station, open_hours: float, steady_queue: float) -> float:
    """Return the mean queue at closing: that of the chain over the days, set right at small queues."""
    drift = arrivals - station.capacity
    variance = arrivals * (1 + station.scatter)
    night = 24 - open_hours
    if -(drift * open_hours + arrivals * night) > _FREE * math.sqrt(24 * variance):
        return steady_queue
    brownian = _mean_at_closing(drift, variance, open_hours, grown=arrivals * night, spread=variance * night)
    without_nights = variance / (-2 * drift)
    return max(0.0, brownian - without_nights + steady_queue)


def _mean_at_closing(drift: float, variance: float, hours: float, *, grown: float, spread: float) -> float:
    """Return the mean of the reflected Brownian motion at closing in its periodic steady state.

    P(closing <= y | opening x) = Phi((y - x - m h) / sd) - exp(2 m y / variance) Phi((-y - x - m h) / sd), with the
    drift m below zero and sd the standard deviation over the open hours h (Harrison 1985, section 3.6); opening is
    closing plus a normal night.
    """
    mean_of_day = drift * hours + grown
    deviation = math.sqrt(variance * 24)
    top = max(_REACH * deviation, grown, _REACH * variance * 24 / (-2 * mean_of_day))
    edges = np.concatenate([[0.0], np.geomspace(top / 1e5, top, _POINTS)])
    middles = (edges[1:] + edges[:-1]) / 2
    reach = math.sqrt(variance * hours)
    nights, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    weights = weights / weights.sum()
    below = np.zeros((_POINTS + 1, _POINTS + 1))
    starts = np.concatenate([[0.0], middles])
    for night, weight in zip(nights, weights, strict=True):
        opening = np.maximum(starts + grown + math.sqrt(spread) * night, 0.0)[:, None]
        straight = ndtr((edges[None, :] - opening - drift * hours) / reach)
        reflected = np.exp(2 * drift * edges[None, :] / variance)
        reflected = reflected * ndtr((-edges[None, :] - opening - drift * hours) / reach)
        below += weight * (straight - reflected)
    below[:, -1] = 1.0
    chain = np.diff(below, axis=1, prepend=0.0)
    balance = chain.T - np.eye(len(starts))
    balance[-1] = 1.0
    target = np.zeros(len(starts))
    target[-1] = 1.0
    stationary = np.linalg.solve(balance, target)
    return float(stationary @ starts)

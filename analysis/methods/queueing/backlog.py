"""Queues without chance: how long a backlog lasts, and how a queue moves with hours of more or less capacity."""

from collections.abc import Sequence

import numpy as np

from analysis.core.errors import ParameterError


def hours_to_clear(backlog: float, *, capacity: float, arrivals: float) -> float | None:
    """Return how many hours a backlog lasts; None where it never ends.

    Parameters
    ----------
    backlog
        Customers who wait now.
    capacity, arrivals
        Customers served and arriving an hour.

    Raises
    ------
    ParameterError
        If one of them is negative.
    """
    if min(backlog, capacity, arrivals) < 0:
        raise ParameterError("A backlog, a capacity or arrivals below zero mean nothing. Give zero or more.")
    if backlog == 0:
        return 0.0
    return backlog / (capacity - arrivals) if capacity > arrivals else None


def fluid_queue(arrivals: Sequence[float], capacity: Sequence[float], *, backlog: float = 0.0) -> np.ndarray:
    """Return the queue at the end of each period, if all goes evenly: never below zero.

    Parameters
    ----------
    arrivals, capacity
        Customers who arrive, and who can be served, in each period.
    backlog
        Customers who wait at the beginning.

    Raises
    ------
    ParameterError
        If the two cover different numbers of periods.
    """
    if len(arrivals) != len(capacity):
        raise ParameterError(
            f"Arrivals cover {len(arrivals)} periods and the capacity {len(capacity)}. Give both for the same periods."
        )
    net = np.cumsum(np.asarray(arrivals, dtype=float) - np.asarray(capacity, dtype=float))
    lowest = np.minimum.accumulate(np.minimum(net, -backlog))
    queue: np.ndarray = net - lowest
    return queue

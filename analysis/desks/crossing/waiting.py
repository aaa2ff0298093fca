"""Waiting at a gate with what is not known about it, and what would change it."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import EvidenceError
from analysis.desks.crossing.gate import Gate
from analysis.methods.queueing import daily_cycle
from analysis.methods.routes import LogNormal

#: Draws of the interval of the wait: each solves the days of a gate once.
DRAWS = 150

#: Up to this share of its capacity a gate absorbs an ordinary bad day.
COMFORT = 0.8


@dataclass(frozen=True)
class Wait:
    """Mean hours from arrival to the end of the inspection, at the traffic of a month.

    Attributes
    ----------
    median, lower, upper
        Over the draws; infinite where the gate is full.
    full
        Probability that more come than the gate can clear, so that the queue grows day by day.
    """

    median: float
    lower: float
    upper: float
    full: float


@dataclass(frozen=True)
class WhatIf:
    """A gate with one thing changed.

    Attributes
    ----------
    name
        `today`, `third_lane`, `day_and_night`, `both`, `by_hand`.
    capacity, capacity_low, capacity_high
        Trucks a day, and by the ends of the printed minutes; None where no minutes were published.
    minutes_allowed
        The longest inspection that clears the traffic.
    utilisation
        Traffic over capacity; None without a capacity.
    waiting
        Mean wait by formula, hours, between regular and exponential inspections; None where the gate is full or without
        a capacity.
    growth
        Trucks by which the queue grows a day where the gate is full; None otherwise.
    to_rail
        Share of the trucks that a railway would have to take for the gate to be at most `COMFORT` full; 0 if none.
    """

    name: str
    capacity: float | None
    capacity_low: float | None
    capacity_high: float | None
    minutes_allowed: float | None
    utilisation: float | None
    waiting: tuple[float, float] | None
    growth: float | None
    to_rail: float | None


def wait(gate: Gate, vehicles: np.ndarray, *, seed: int) -> Wait | None:
    """Return how long trucks wait at a gate, with what is not known; None without a capacity.

    Parameters
    ----------
    gate
        What is known of the gate.
    vehicles
        Draws of the vehicles a day.
    seed
        Of the draws of minutes and scatter.
    """
    if gate.minutes is None or gate.hours is None or gate.lanes is None:
        return None
    generator = np.random.default_rng(seed)
    chosen = vehicles[np.linspace(0, len(vehicles) - 1, DRAWS).astype(int)]
    minutes = LogNormal.through(gate.minutes.low, gate.minutes.high).draw(generator, DRAWS)
    scatters = generator.uniform(0, 1, DRAWS)
    hours = np.array(
        [
            _time(gate, day, minutes=each, scatter=scatter, hours=gate.hours.value)
            for day, each, scatter in zip(chosen, minutes, scatters, strict=True)
        ]
    )
    lower, median, upper = np.quantile(hours, [0.1, 0.5, 0.9], method="nearest")
    return Wait(float(median), float(lower), float(upper), float(np.mean(np.isinf(hours))))


def curve(gate: Gate) -> pl.DataFrame:
    """Return the mean wait by formula against the vehicles a day.

    Returns
    -------
    DataFrame
        `vehicles` (a day), `regular` and `exponential` (hours before the inspection, if every truck takes the same and
        if the times are exponential); without rows where no capacity is known.
    """
    capacity = gate.capacity()
    schema = dict.fromkeys(("vehicles", "regular", "exponential"), pl.Float64)
    if capacity is None or gate.minutes is None or gate.hours is None:
        return pl.DataFrame(schema=schema)
    loads = np.concatenate([np.linspace(0.05, 0.9, 18), np.linspace(0.91, 0.985, 10)])
    rows = [
        (
            load * capacity,
            *(
                daily_cycle(
                    load * capacity,
                    gate.station(minutes=gate.minutes.value, scatter=scatter),
                    open_hours=gate.hours.value,
                ).waiting
                for scatter in (0.0, 1.0)
            ),
        )
        for load in loads
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def simulated_points(gate: Gate, record: pl.DataFrame) -> pl.DataFrame:
    """Return the simulated gates of the record that have the lanes, minutes and hours of a gate."""
    if gate.minutes is None or gate.hours is None or gate.lanes is None:
        return record.clear()
    return record.filter(
        (pl.col("servers") == round(gate.lanes.value))
        & (pl.col("minutes") == gate.minutes.value)
        & (pl.col("open_hours") == gate.hours.value)
    )


def what_ifs(gate: Gate, vehicles: float) -> tuple[WhatIf, ...]:
    """Return the gate as it is and with one more lane, day and night, both, and by hand, at some vehicles a day."""
    if gate.lanes is None or gate.hours is None:
        return ()
    cases: list[tuple[str, Gate, int, float]] = [
        ("today", gate, 0, gate.hours.value),
        ("third_lane", gate, 1, gate.hours.value),
    ]
    if gate.hours.value < 24:
        cases += [("day_and_night", gate, 0, 24.0), ("both", gate, 1, 24.0)]
    if gate.minutes is not None and gate.by_hand is not None:
        by_hand = Gate(gate.lanes, gate.by_hand, None, gate.hours)
        cases.append(("by_hand", by_hand, 0, gate.hours.value))
    return tuple(_what_if(*case, vehicles=vehicles) for case in cases)


def _what_if(name: str, gate: Gate, lanes: int, hours: float, *, vehicles: float) -> WhatIf:
    capacity, most, fewest = (gate.capacity(end=end, lanes=lanes, hours=hours) for end in ("value", "low", "high"))
    waiting = None
    if capacity is not None and vehicles < capacity and gate.minutes is not None:
        regular, exponential = (
            daily_cycle(
                vehicles, gate.station(minutes=gate.minutes.value, scatter=scatter, lanes=lanes), open_hours=hours
            ).waiting
            for scatter in (0.0, 1.0)
        )
        waiting = (regular, exponential)
    return WhatIf(
        name=name,
        capacity=capacity,
        capacity_low=fewest,
        capacity_high=most,
        minutes_allowed=gate.minutes_allowed(vehicles, lanes=lanes, hours=hours),
        utilisation=None if capacity is None else vehicles / capacity,
        waiting=waiting,
        growth=None if capacity is None or vehicles < capacity else vehicles - capacity,
        to_rail=None if capacity is None else max(0.0, 1 - COMFORT * capacity / vehicles),
    )


def _time(gate: Gate, vehicles: float, *, minutes: float, scatter: float, hours: float) -> float:
    """Return the mean hours to the end of the inspection; infinite where more come than can be cleared."""
    station = gate.station(minutes=minutes, scatter=scatter)
    try:
        return daily_cycle(vehicles, station, open_hours=hours).time
    except EvidenceError:
        return float("inf")

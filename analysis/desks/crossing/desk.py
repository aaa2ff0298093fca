"""From the registers and the ledger to what a gate clears."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError
from analysis.core.periods import Edition
from analysis.core.reasons import Reason
from analysis.desks.corridor.legs import KnownLeg
from analysis.desks.crossing import traffic as vehicles
from analysis.desks.crossing.claims import claims
from analysis.desks.crossing.gate import Gate, figures_of, gate
from analysis.desks.crossing.measured import beside_model, border_of_ways, measured
from analysis.desks.crossing.traffic import Traffic
from analysis.desks.crossing.waiting import Wait, WhatIf, curve, simulated_points, wait, what_ifs
from analysis.sources.evidence import Evidence, Known
from analysis.sources.published_figures import clearance_figures, corridor_figures
from analysis.sources.registers import SIMULATED_GATES


@dataclass(frozen=True, eq=False)
class Crossing:
    """What a gate clears, as of a day. Vehicles are a day, in both directions; times in hours.

    Attributes
    ----------
    place, edition, known
        The question.
    gate
        How the gate inspects.
    traffic
        Vehicles by month, or the reason why there are none.
    daily
        The newest published number of vehicles a day, a row of the ledger; None where none is recent.
    vehicles
        Vehicles a day that the page computes with: as published, or the median of the path; None without both.
    peak
        The highest published day, a row of `days`; None without one.
    capacity
        Trucks that a day can clear by lanes, minutes and hours; None where these were not published.
    wait
        Mean time at the gate in the edition's month, with its interval.
    full
        Probability by month that more come than the capacity, and than the highest published day: `time_period`,
        `capacity`, `peak` (null where there is none).
    what_ifs
        The gate with one thing changed.
    curve, simulated
        Mean wait by vehicles a day: by formula, and from the record of simulations.
    measured, costs
        What CAREC measured beside the model (`measured.beside_model`), and its costs.
    claims
        Capacities and promises against what passed.
    loads
        Tonnes a vehicle by span (`traffic.tonnes_per_vehicle`).
    trips
        Published trips a month of a driver: rows of the ledger and the register, with `value`.
    figures, elsewhere
        What the register says of this gate, and of all others.
    days
        Published vehicles a day.
    a_day
        Everything published in vehicles a day (`traffic.figures_a_day`), where there is no path; else without rows.
    of_ways
        The slowest road border at the gate as the page of the ways counts it; None where no way passes the gate.
    """

    place: str
    edition: Edition
    known: Known
    gate: Gate
    traffic: Traffic | Reason
    daily: dict[str, Any] | None
    vehicles: float | None
    peak: dict[str, Any] | None
    capacity: float | None
    wait: Wait | None
    full: pl.DataFrame
    what_ifs: tuple[WhatIf, ...]
    curve: pl.DataFrame
    simulated: pl.DataFrame
    measured: pl.DataFrame
    costs: pl.DataFrame
    claims: pl.DataFrame
    loads: pl.DataFrame
    trips: pl.DataFrame
    figures: pl.DataFrame
    elsewhere: pl.DataFrame
    days: pl.DataFrame
    a_day: pl.DataFrame
    of_ways: KnownLeg | None

    @property
    def vehicle_ids(self) -> list[str]:
        """The statements behind the vehicles that the page computes with."""
        if self.daily is not None:
            return [str(self.daily["statement_id"])]
        return list(self.traffic.unit_ids[:10]) if isinstance(self.traffic, Traffic) else []

    @property
    def interval(self) -> tuple[float, float, float] | None:
        """Median and 80% interval of the vehicles a day in the edition's month; None without a path."""
        if isinstance(self.traffic, Reason):
            return None
        lower, median, upper = (float(each) for each in np.quantile(self.traffic.now, [0.1, 0.5, 0.9]))
        return median, lower, upper

    def statement_ids(self) -> list[str]:
        """Return the ids of all figures behind the page, those of the capacity and the traffic first."""
        loads = [*self.loads["freight_id"].tail(1), *self.loads["vehicles_id"].tail(1)]
        passed = [each for each in self.claims["passed_id"] if each]
        peak = [] if self.peak is None else [str(self.peak["statement_id"])]
        tables = (self.trips, self.measured, self.costs, self.claims, self.a_day)
        listed = [name for table in tables for name in table["statement_id"]]
        of_ways = () if self.of_ways is None else self.of_ways.hour_ids
        return list(dict.fromkeys([*self.gate.ids, *self.vehicle_ids, *peak, *loads, *passed, *listed, *of_ways]))

    @property
    def full_before(self) -> pl.DataFrame:
        """Months of the year before the edition's in which as many as not of the draws exceed the capacity.

        Columns: `time_period`, `probability`; without rows where capacity or path is not known.
        """
        if self.capacity is None or isinstance(self.traffic, Reason):
            return pl.DataFrame(schema={"time_period": pl.Date, "probability": pl.Float64})
        return self.traffic.above_before(self.capacity).filter(pl.col("probability") >= vehicles.EVEN)

    @property
    def newest_count(self) -> dt.date | None:
        """The last day of the newest published total or daily mean of vehicles; None without one."""
        counts = self.days.filter(pl.col("measure") != "daily_peak")
        return counts["period_end"].max() if counts.height else None  # type: ignore[return-value]

    @property
    def drivers(self) -> float | None:
        """Drivers that the vehicles of the page need at the newest published trips a month; None without."""
        if self.vehicles is None or self.trips.is_empty():
            return None
        return self.vehicles * 365.25 / 12 / 2 / float(self.trips["value"][-1])


def crossing(evidence: Evidence, *, place: str, edition: Edition, seed: int = 1) -> Crossing:
    """Return what a gate clears, how long trucks wait, and when its traffic outgrows it.

    Parameters
    ----------
    evidence
        A data folder's ledger and registers.
    place
        A port or checkpoint of the register `clearance`, such as `irkeshtam`.
    edition
        Month of the page and data cut-off.
    seed
        Of the draws.

    Raises
    ------
    CoverageError
        If neither the register nor the ledger speaks of the place.
    """
    known = evidence.known(edition.as_of)
    everything = clearance_figures(known)
    figures = figures_of(known, everything, place)
    if figures.is_empty() and known.statements.filter(pl.col("place") == place).is_empty():
        listed = ", ".join(everything["port"].unique().sort())
        raise CoverageError(f"Nothing was published about the gate {place!r} by {known.as_of}. Name one of {listed}.")
    return _assemble(known, everything, figures, place=place, edition=edition, seed=seed)


def _assemble(
    known: Known, everything: pl.DataFrame, figures: pl.DataFrame, *, place: str, edition: Edition, seed: int
) -> Crossing:
    inspects = gate(known, figures, place)
    passing = vehicles.traffic(known, place, edition.month, seed=seed)
    daily = vehicles.daily_figure(known, place, edition.as_of)
    days = vehicles.published_days(known, place)
    peaks = days.filter(pl.col("measure") == "daily_peak")
    peak = peaks.row(0, named=True) if peaks.height else None
    now = float(daily["value"]) if daily else None
    if now is None and isinstance(passing, Traffic):
        now = float(np.median(passing.now))
    crossings = measured(corridor_figures(known), known.places.names(place)[0].partition(" (")[0])
    capacity = inspects.capacity()
    a_day = vehicles.figures_a_day(known, place)
    return Crossing(
        place=place,
        edition=edition,
        known=known,
        gate=inspects,
        traffic=passing,
        daily=daily,
        vehicles=now,
        peak=peak,
        capacity=capacity,
        wait=wait(inspects, passing.now, seed=seed) if isinstance(passing, Traffic) else None,
        full=_full(passing, capacity, peak),
        what_ifs=what_ifs(inspects, now) if now is not None else (),
        curve=curve(inspects),
        simulated=simulated_points(inspects, known.evidence.registers[SIMULATED_GATES.name]),
        measured=beside_model(crossings, inspects, passing, seed=seed),
        costs=crossings.filter(pl.col("measure") == "cost_usd"),
        claims=claims(figures, days),
        loads=vehicles.tonnes_per_vehicle(known, place),
        trips=_trips(known, figures, place),
        figures=figures,
        elsewhere=everything.filter(~pl.col("port").is_in(figures["port"].unique().implode())),
        days=days,
        a_day=a_day.clear() if isinstance(passing, Traffic) else a_day,
        of_ways=border_of_ways(known, place),
    )


def _full(passing: Traffic | Reason, capacity: float | None, peak: dict[str, Any] | None) -> pl.DataFrame:
    """Return the probability by month that the traffic exceeds the capacity, and the highest published day."""
    schema = {"time_period": pl.Date, "capacity": pl.Float64, "peak": pl.Float64}
    if isinstance(passing, Reason):
        return pl.DataFrame(schema=schema)
    limits = {"capacity": capacity, "peak": None if peak is None else float(peak["a_day"])}
    months = passing.above(0.0).select("time_period")
    columns = [
        pl.lit(None, dtype=pl.Float64).alias(name) if limit is None else passing.above(limit)["probability"].alias(name)
        for name, limit in limits.items()
    ]
    return months.with_columns(columns)


def _trips(known: Known, figures: pl.DataFrame, place: str) -> pl.DataFrame:
    """Return the published trips a month of a driver, the newest last.

    Columns: `statement_id, since, value, words` (as published), `publisher`, `ledger` (whether it is a statement).
    """
    ledger = known.statements.filter(
        (pl.col("place") == place) & (pl.col("indicator") == "driver_round_trips") & (pl.col("status") == "valid")
    ).select(
        "statement_id", "value", "publisher", since="period_start", words="value_as_published", ledger=pl.lit(True)
    )
    register = figures.filter(
        (pl.col("parameter") == "trips_per_driver_per_month") & (pl.col("status") == "valid")
    ).select("statement_id", "value", "publisher", "since", words="value_as_published", ledger=pl.lit(False))
    return pl.concat([ledger, register]).sort("since", "statement_id")

"""Times and costs that CAREC measured at a border crossing, beside what the model says of the same year."""

import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.corridor.legs import KnownLeg, known_legs
from analysis.desks.crossing.gate import Gate
from analysis.desks.crossing.traffic import Traffic
from analysis.desks.crossing.waiting import wait
from analysis.sources.evidence import Known
from analysis.sources.registers import ROUTES

#: The corridor under which measured crossings stand in the register.
CROSSINGS = "CAREC CPMM border crossing"

_COLUMNS = ("statement_id", "leg", "measure", "mode", "direction", "period_start", "value", "value_as_published")


def measured(figures: pl.DataFrame, name: str, mode: str = "road") -> pl.DataFrame:
    """Return what CAREC measured at a crossing by a mode.

    Parameters
    ----------
    figures
        The figures about ways (`published_figures.corridor_figures`).
    name
        English name of the port: the legs of its crossings begin with it.
    mode
        `road` or `rail`.

    Returns
    -------
    DataFrame
        One row a figure: `statement_id, leg, measure` (`time_hours` or `cost_usd` a truck), `mode, direction` (of
        the country whose side it is), `period_start, value, value_as_published`, `year`, in the order of years.
    """
    own = figures.filter(
        (pl.col("corridor") == CROSSINGS)
        & pl.col("leg").str.starts_with(name)
        & (pl.col("mode") == mode)
        & (pl.col("status") == "valid")
        & pl.col("measure").is_in(["time_hours", "cost_usd"])
    )
    return own.select(*_COLUMNS, year=pl.col("period_start").dt.year().cast(pl.Int64)).sort(
        "measure", "year", "direction", descending=[True, False, False]
    )


def beside_model(times: pl.DataFrame, gate: Gate, traffic: Traffic | Reason, *, seed: int) -> pl.DataFrame:
    """Return the measured hours of each year with the model's 80% interval of that year, or why there is none.

    The model speaks for a year if lanes, minutes and hours of the gate were valid in it, and the path covers it.

    Returns
    -------
    DataFrame
        `year, leg, direction, hours, statement_id`, the model's `median, lower, upper` (hours; null without), `inside`
        (whether the measured time lies in the interval) and `reason` (written; empty where there is an interval).
    """
    rows = []
    for row in times.filter(pl.col("measure") == "time_hours").iter_rows(named=True):
        found = {"year": row["year"], "leg": row["leg"], "direction": row["direction"], "hours": row["value"]}
        found["statement_id"] = row["statement_id"]
        reason = _no_model(gate, traffic, row["year"])
        if reason is None and isinstance(traffic, Traffic):
            places = [place for place, month in enumerate(traffic.months) if month.year == row["year"]]
            interval = wait(gate, np.nanmean(traffic.draws[:, places], axis=1), seed=seed)
            assert interval is not None
            found |= {"median": interval.median, "lower": interval.lower, "upper": interval.upper}
            found["inside"] = interval.lower <= row["value"] <= interval.upper
        rows.append(found | {"reason": "" if reason is None else reason.written})
    numbers = dict.fromkeys(("median", "lower", "upper"), pl.Float64)
    return pl.DataFrame(
        rows,
        schema={"year": pl.Int64, "leg": pl.String, "direction": pl.String, "hours": pl.Float64,
                "statement_id": pl.String, **numbers, "inside": pl.Boolean, "reason": pl.String},
    )  # fmt: skip


def border_of_ways(known: Known, place: str) -> KnownLeg | None:
    """Return the slowest road border at a gate as the page of the ways counts it; None where no way passes the gate."""
    if known.evidence.registers[ROUTES.name].filter(pl.col("leg").str.starts_with(f"{place}_")).is_empty():
        return None
    legs = {each.leg.leg: each for legs in known_legs(known).values() for each in legs}
    own = [
        (each.leg.hours.median, name)
        for name, each in legs.items()
        if name.startswith(f"{place}_") and each.leg.kind == "border" and each.mode == "road" and each.leg.hours
    ]
    return legs[max(own)[1]] if own else None


def _no_model(gate: Gate, traffic: Traffic | Reason, year: int) -> Reason | None:
    """Return why the model says nothing of a year."""
    if gate.unknown is not None:
        return gate.unknown
    assert gate.minutes is not None
    assert gate.lanes is not None
    if max(gate.minutes.since, gate.lanes.since).year > year:
        return Reason("gate_of_later_year", year=max(gate.minutes.since, gate.lanes.since).year)
    if isinstance(traffic, Reason):
        return traffic
    covered = any(month.year == year for month in traffic.months)
    return None if covered else Reason("no_vehicles", day=f"{year}-12-31")

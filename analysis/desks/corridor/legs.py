"""The legs of the registered routes with what had been published about their hours and dollars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from analysis.methods.routes import Leg, LogNormal, with_shared_spread
from analysis.sources.evidence import Known
from analysis.sources.published_figures import corridor_figures
from analysis.sources.registers import LEG_FIGURES, ROUTES

_KEYS = ["corridor", "at", "measure", "mode", "direction"]

#: The distance and the load for which carriage costs were measured: kilometres, tonnes.
CARRIAGE_KM, CARRIAGE_TONNES = 500.0, 20.0


@dataclass(frozen=True)
class KnownLeg:
    """A leg of a route, its distributions, and the figures behind them.

    Attributes
    ----------
    leg
        For the sums of the route; its hours or dollars are None where nothing had been published.
    name_en, name_zh, mode
        As in the register of routes.
    distance_note
        Where its length comes from.
    hour_ids, usd_ids
        The figures behind hours and dollars.
    """

    leg: Leg
    name_en: str
    name_zh: str
    mode: str
    distance_note: str
    hour_ids: tuple[str, ...]
    usd_ids: tuple[str, ...]


def known_legs(known: Known) -> dict[str, tuple[KnownLeg, ...]]:
    """Return the legs of every registered route, in order, by the name of the route.

    Legs that rest on the same figures, such as the speed of Chinese trains, have the same driver.
    """
    routes = known.evidence.registers[ROUTES.name].sort("route", "position", maintain_order=True)
    named = known.evidence.registers[LEG_FIGURES.name]
    figures = corridor_figures(known).filter(pl.col("status") == "valid").rename({"leg": "at"})
    about = named.join(figures, on=_KEYS, how="inner", maintain_order="left")
    order = list(dict.fromkeys(known.evidence.registers[ROUTES.name]["route"]))
    found = {row["leg"]: _known(row, about.filter(pl.col("leg") == row["leg"])) for row in routes.to_dicts()}
    spread = {each.leg: each for each in with_shared_spread(leg.leg for leg in found.values())}
    found = {name: replace(leg, leg=spread[name]) for name, leg in found.items()}
    return {route: tuple(found[name] for name in routes.filter(pl.col("route") == route)["leg"]) for route in order}


def _known(row: dict[str, Any], about: pl.DataFrame) -> KnownLeg:
    """Return a leg with the distributions through the ends of its figures."""
    distance = float(row["distance_km"] or 0.0)
    hours, hour_ids = _hours(about, distance)
    usd, usd_ids = _dollars(about, distance)
    return KnownLeg(
        Leg(
            row["leg"],
            row["kind"],
            hours,
            usd,
            distance,
            single=len(hour_ids) == 1,
            driver=" ".join(sorted(hour_ids)),
        ),
        row["name_en"],
        row["name_zh"],
        row["mode"],
        row["distance_note"] or "",
        hour_ids,
        usd_ids,
    )


def _hours(about: pl.DataFrame, distance: float) -> tuple[LogNormal | None, tuple[str, ...]]:
    """Return the hours: as published, or length over speed, from the fastest to the slowest."""
    direct = about.filter(pl.col("quantity") == "hours")
    speeds = about.filter(pl.col("quantity") == "speed_kmh")
    low, high = [*direct["low"]], [*direct["high"]]
    if distance:
        low += [distance / speed for speed in speeds["high"]]
        high += [distance / speed for speed in speeds["low"]]
    return _through(low, high), (*direct["statement_id"], *speeds["statement_id"])


def _dollars(about: pl.DataFrame, distance: float) -> tuple[LogNormal | None, tuple[str, ...]]:
    """Return the dollars of 20 tonnes: at a border as measured, of a run by its length."""
    direct = about.filter(pl.col("quantity") == "usd")
    carriage = about.filter(pl.col("quantity") == "usd_500km")
    size = distance / CARRIAGE_KM
    low = [*direct["low"], *(each * size for each in carriage["low"])]
    high = [*direct["high"], *(each * size for each in carriage["high"])]
    return _through(low, high), (*direct["statement_id"], *carriage["statement_id"])


def _through(low: Sequence[float], high: Sequence[float]) -> LogNormal | None:
    return LogNormal.through(min(low), max(high)) if low else None

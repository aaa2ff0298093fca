"""From the registers of ways and legs to routes side by side."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError
from analysis.core.periods import Edition
from analysis.core.sampling import Sampling
from analysis.desks.corridor.claims import Lengths, Pilot, Saving, pilot_run, savings, whole_ways
from analysis.desks.corridor.legs import KnownLeg, known_legs
from analysis.methods.routes import (
    Journey,
    Leg,
    Ranking,
    Reliability,
    deciding_legs,
    journey,
    rank,
    read_legs,
    reliability,
)
from analysis.sources.evidence import Evidence, Known
from analysis.sources.published_figures import clearance_figures, corridor_figures

#: Draws of a journey: sums are cheap, and probabilities of a per cent are read from them.
DRAWS = 10_000

#: Days within which a consignment is asked to arrive: what the first Jiangsu train was planned to take.
WITHIN_DAYS = 20

#: The leg whose dollars are the road from Kashgar to Tashkent by Irkeshtam.
ROAD = "kashgar_tashkent_by_irkeshtam"

#: Measures of departures and volumes.
VOLUMES = (
    "departures", "departures_yoy", "departures_per_month", "departures_per_day", "tonnes", "tonnes_change",
    "tonnes_applied_for", "containers", "containers_per_year", "trucks", "trucks_per_month_planned", "wagons", "teu",
    "teu_yoy", "tonnes_per_year_planned",
)  # fmt: skip

#: The corridors of the register that are ways from China to the west, in the order of the page.
_WAYS = (
    "China-Kyrgyzstan-Uzbekistan road-rail", "Tashkent-Andijan-Osh-Irkeshtam-Kashgar", "Lianyungang trains",
    "Shenzhen-Guangzhou-Kashgar-Torugart road-rail", "Kashgar-Irkeshtam-Samarkand TIR",
    "China-Kyrgyzstan-Uzbekistan-Tajikistan", "China-Kyrgyzstan-Uzbekistan-Afghanistan",
    "China-Kazakhstan (Lianyungang) base", "China-Kyrgyzstan-Uzbekistan railway",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Way:
    """A route with its draws; hours and dollars of 20 tonnes.

    Attributes
    ----------
    route
        Its name in the register, or `own`.
    legs
        Its legs with the figures behind them.
    journey
        The draws; None where the hours of a leg had not been published.
    hours
        How sure the hours are; None as above.
    border_share
        Median share of the hours at borders.
    cost
        Median, 10th and 90th percentile of the dollars; None where a leg has none.
    within
        Probability of at most `WITHIN_DAYS` days.
    hour_less
        Mean hours of the whole way that an hour less at its slowest border saves.
    """

    route: str
    legs: tuple[KnownLeg, ...]
    journey: Journey | None
    hours: Reliability | None
    border_share: float | None
    cost: tuple[float, float, float] | None
    within: float | None
    hour_less: float | None

    @property
    def distance_km(self) -> float:
        """Length of the whole way."""
        return sum(each.leg.distance_km for each in self.legs)

    @property
    def ids(self) -> list[str]:
        """The figures behind the hours."""
        return list(dict.fromkeys(name for leg in self.legs for name in leg.hour_ids))

    @property
    def usd_ids(self) -> list[str]:
        """The figures behind the dollars."""
        return list(dict.fromkeys(name for leg in self.legs for name in leg.usd_ids))


@dataclass(frozen=True, eq=False)
class Corridor:
    """Ways side by side, as of a day.

    Attributes
    ----------
    edition, known
        The question.
    ways
        Every route, known or not.
    fastest, cheapest
        Places by hours and by dollars; None where fewer than two are known.
    deciding
        The legs on which the difference hangs between the fastest way and `rival`, the fastest that has no run in
        common with it (`routes.deciding_legs`).
    whole
        Published times of whole ways.
    savings
        Published savings against the legs.
    pilot
        The pilot run of 2017.
    volumes
        Departures, tonnes and plans as published.
    railway
        What is published of the railway to come.
    idle
        The published cost of a waiting truck a day, a row of `clearance_figures`; None without one.
    figures
        All figures about ways that were known.
    """

    edition: Edition
    known: Known
    ways: tuple[Way, ...]
    fastest: Ranking | None
    cheapest: Ranking | None
    deciding: pl.DataFrame
    rival: str | None
    whole: pl.DataFrame
    savings: tuple[Saving, ...]
    pilot: Pilot | None
    volumes: pl.DataFrame
    railway: pl.DataFrame
    idle: dict[str, Any] | None
    figures: pl.DataFrame

    def way(self, route: str) -> Way:
        """Return a way by the name of its route.

        Raises
        ------
        CoverageError
            If there is none.
        """
        found = [way for way in self.ways if way.route == route]
        if not found:
            names = ", ".join(way.route for way in self.ways)
            raise CoverageError(f"There is no route {route!r}. Name one of {names}.")
        return found[0]

    @property
    def known_ways(self) -> tuple[Way, ...]:
        """The ways whose hours are known, the fastest first."""
        known = [way for way in self.ways if way.hours is not None]
        return tuple(sorted(known, key=lambda way: way.hours.median if way.hours else 0.0))

    def published_hours(self, route: str) -> dict[str, Any] | None:
        """Return the newest published time of a whole way, a row of `whole`; None without one."""
        rows = self.whole.filter(pl.col("route") == route)
        return rows.sort("since", "statement_id").row(-1, named=True) if rows.height else None

    @property
    def is_published_otherwise(self) -> bool:
        """Whether the published times put the fastest way behind its rival."""
        if self.fastest is None or self.rival is None:
            return False
        ours, theirs = self.published_hours(self.fastest.order[0]), self.published_hours(self.rival)
        return ours is not None and theirs is not None and bool(ours["value"] > theirs["value"])

    def statement_ids(self) -> list[str]:
        """Return the ids of all figures that the page rests on or names, those of the hours first."""
        pilot = [] if self.pilot is None else list(self.pilot.statement_ids)
        idle = [] if self.idle is None else [str(self.idle["statement_id"])]
        tables = (self.whole, self.volumes, self.railway)
        listed = [name for table in tables for name in table["statement_id"]]
        behind = [name for way in self.ways for name in (*way.ids, *way.usd_ids)]
        claimed = [saving.statement_id for saving in self.savings]
        return list(dict.fromkeys([*behind, *claimed, *pilot, *idle, *listed]))


def corridor(evidence: Evidence, *, edition: Edition, own_legs: pl.DataFrame | None = None, seed: int = 1) -> Corridor:
    """Return the ways from Jiangsu to Tashkent side by side.

    Parameters
    ----------
    evidence
        A data folder's registers.
    edition
        Month of the page and data cut-off.
    own_legs
        A route of one's own as a table of legs (`routes.read_legs`), shown beside the others.
    seed
        Of the draws.

    Raises
    ------
    CoverageError, ParameterError
        If the table of one's own has no legs as `read_legs` reads them.
    """
    known = evidence.known(edition.as_of)
    sampling = Sampling(draws=DRAWS, seed=seed)
    routes = known_legs(known)
    if own_legs is not None:
        routes["own"] = tuple(_own(leg) for leg in read_legs(own_legs))
    ways = tuple(_way(route, legs, sampling) for route, legs in routes.items())
    journeys = {way.route: way.journey for way in ways if way.journey is not None}
    figures = corridor_figures(known)
    hours = {name: each.total for name, each in journeys.items()}
    costs = {name: each.cost for name, each in journeys.items() if each.cost is not None}
    fastest = rank(hours) if len(hours) > 1 else None
    return Corridor(
        edition=edition,
        known=known,
        ways=ways,
        fastest=fastest,
        cheapest=rank(costs) if len(costs) > 1 else None,
        deciding=_deciding(journeys, fastest),
        rival=None if fastest is None else _rival(journeys, fastest.order),
        whole=whole_ways(figures),
        savings=savings(figures, journeys, {way.route: _lengths(way) for way in ways if way.route != "own"}, ROAD),
        pilot=pilot_run(figures),
        volumes=_volumes(figures, railway=False),
        railway=_volumes(figures, railway=True),
        idle=_idle(known),
        figures=figures,
    )


def _way(route: str, legs: tuple[KnownLeg, ...], sampling: Sampling) -> Way:
    if any(each.leg.hours is None for each in legs):
        return Way(route, legs, None, None, None, None, None, None)
    drawn = journey([each.leg for each in legs], sampling)
    cost = None
    if drawn.cost is not None:
        low, median, high = (float(each) for each in np.quantile(drawn.cost, [0.1, 0.5, 0.9]))
        cost = (median, low, high)
    borders = [leg for leg in drawn.legs if leg.kind == "border"]
    slowest = max(borders, key=lambda leg: float(np.median(drawn.hours[leg.leg])), default=None)
    saved = None if slowest is None else float(np.mean(drawn.total - drawn.faster_by_an_hour(slowest.leg)))
    return Way(
        route=route,
        legs=legs,
        journey=drawn,
        hours=reliability(drawn.total),
        border_share=float(np.median(drawn.border / drawn.total)),
        cost=cost,
        within=float(np.mean(drawn.total <= 24 * WITHIN_DAYS)),
        hour_less=saved,
    )


def _lengths(way: Way) -> Lengths:
    return Lengths(way.distance_km, [each.leg.distance_km for each in way.legs if each.leg.kind == "run"][-1])


def _own(leg: Leg) -> KnownLeg:
    return KnownLeg(leg, leg.leg, leg.leg, "", "", (), ())


def _deciding(journeys: dict[str, Journey], fastest: Ranking | None) -> pl.DataFrame:
    """Return the legs that decide between the fastest way and the fastest that has no run in common with it."""
    other = None if fastest is None else _rival(journeys, fastest.order)
    if fastest is None or other is None:
        return pl.DataFrame(
            schema={"leg": pl.String} | dict.fromkeys(("share", "chance_at_low", "chance_at_high"), pl.Float64)
        )
    return deciding_legs(journeys[fastest.order[0]], journeys[other])


def _rival(journeys: dict[str, Journey], order: tuple[str, ...]) -> str | None:
    """Return the fastest way that has no run in common with the fastest of all."""
    runs = {name: {leg.leg for leg in journeys[name].legs if leg.kind == "run"} for name in order}
    return next((name for name in order[1:] if not runs[name] & runs[order[0]]), None)


def _volumes(figures: pl.DataFrame, *, railway: bool) -> pl.DataFrame:
    """Return departures, tonnes and plans as published, of the ways or of the railway to come."""
    rail = pl.col("corridor") == "China-Kyrgyzstan-Uzbekistan railway"
    wanted = rail if railway else pl.col("measure").is_in(VOLUMES) & pl.col("corridor").is_in(_WAYS) & ~rail
    order = {name: place for place, name in enumerate(_WAYS)}
    return (
        figures.filter(wanted)
        .with_columns(order=pl.col("corridor").replace_strict(order, default=len(order), return_dtype=pl.Int64))
        .sort("order", "since", "statement_id", descending=[False, True, False])
        .drop("order")
    )


def _idle(known: Known) -> dict[str, Any] | None:
    """Return the newest published cost of a waiting truck a day."""
    rows = clearance_figures(known).filter(
        (pl.col("parameter") == "idle_cost_usd_per_day") & (pl.col("status") == "valid")
    )
    return rows.row(0, named=True) if rows.height else None

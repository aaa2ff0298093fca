"""Published claims about ways, against the sums of their legs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from analysis.desks.corridor.legs import CARRIAGE_TONNES
from analysis.methods.routes import Journey

#: The corridor and the two ends of the pilot run of 2017 in the register.
PILOT, PILOT_WAY = "Tashkent-Andijan-Osh-Irkeshtam-Kashgar", "Tashkent-Kashgar"

#: Whole ways from Lianyungang in the register, and the route that each is.
WHOLE_WAYS = {
    "Lianyungang-Kashgar-Irkeshtam-Tashkent": "irkeshtam",
    "Lianyungang-Tashkent via Horgos": "horgos",
    "Lianyungang-Horgos-Tashkent": "horgos",
}

#: What a way by Irkeshtam was said to save against those by Horgos or Alashankou.
SAVINGS = ("time_saved_hours", "distance_saved_km", "cost_saved_share", "cost_saved_usd", "cost_saved_usd_per_tonne")
_AGAINST = (
    "against the Horgos route", "against Horgos and Alashankou", "against other routes", "each consignment",
    "each shipment", "each tonne", "Wuhan-Kashgar-Irkeshtam-Tashkent",
)  # fmt: skip

#: A saving of distance fits if the lengths of the legs give it to this share: detours and line lengths differ as much.
_DETOUR = 0.25

#: From which probability on a saving is called likely, and possible.
_LIKELY, _POSSIBLE = 0.6, 0.3

#: A way is called dearer if it is so in more than this share of the draws.
_EVEN = 0.5


class Lengths(NamedTuple):
    """Kilometres of a route: in all, and beyond the border of China (its last run)."""

    whole: float
    outside: float


@dataclass(frozen=True)
class Pilot:
    """The pilot run of 2017: what its printed figures leave unexplained. Hours, kilometres and km/h.

    Attributes
    ----------
    km, hours, border_hours
        As printed; the borders are two.
    speeds
        Lowest and highest speed in motion, as printed.
    speed_with_stops, speed_without_borders
        Distance over all hours, and over the hours not at borders.
    unexplained
        Fewest and most hours that neither motion nor borders explain.
    statement_ids
        The figures.
    """

    km: float
    hours: float
    border_hours: tuple[float, ...]
    speeds: tuple[float, float]
    speed_with_stops: float
    speed_without_borders: float
    unexplained: tuple[float, float]
    statement_ids: tuple[str, ...]


@dataclass(frozen=True)
class Saving:
    """A published saving against what the legs say.

    Attributes
    ----------
    statement_id, leg, measure, value, unit, low, high, printed, doubtful
        The claim: a row of the register with its ends; hours, kilometres or dollars.
    median, lower, upper
        What the legs say, with 80%: hours, kilometres or the share of the cost saved by Irkeshtam against Horgos; of
        dollars a tonne or a shipment of 20 tonnes what the whole road from Kashgar to Tashkent costs. None where it is
        not known.
    chance
        Probability that at least the low end is saved; None for distances and dollars.
    verdict
        `likely`, `possible`, `unlikely` (of time and share), `fits` or `contradicted` (of distance); of dollars
        `more_than_all` (the saving exceeds the whole cost), else `dearer` where by the legs the way by Irkeshtam costs
        more than that by Horgos, `not_excluded` where it does not or is not known; `unknown`.
    outside
        Whether a saving of distance speaks of the part outside China alone.
    """

    statement_id: str
    leg: str
    measure: str
    value: float
    unit: str
    low: float
    high: float
    printed: str
    doubtful: bool
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    chance: float | None = None
    verdict: str = "unknown"
    outside: bool = False


def pilot_run(figures: pl.DataFrame) -> Pilot | None:
    """Return what the pilot run of 2017 leaves unexplained; None before its figures were published."""
    own = figures.filter((pl.col("corridor") == PILOT) & (pl.col("period_start").dt.year() == 2017))
    whole = own.filter(pl.col("leg") == PILOT_WAY)
    named = {row["measure"]: row for row in whole.iter_rows(named=True)}
    if not {"distance_km", "time_hours", "speed_kmh"} <= set(named):
        return None
    borders = own.filter((pl.col("measure") == "time_hours") & (pl.col("leg") != PILOT_WAY)).sort("value")
    km, hours = named["distance_km"]["value"], named["time_hours"]["value"]
    slow, fast = named["speed_kmh"]["low"], named["speed_kmh"]["high"]
    moving = hours - borders["value"].sum()
    used = [named[name]["statement_id"] for name in ("distance_km", "time_hours", "speed_kmh")]
    return Pilot(
        km=km,
        hours=hours,
        border_hours=tuple(borders["value"]),
        speeds=(slow, fast),
        speed_with_stops=km / hours,
        speed_without_borders=km / moving,
        unexplained=(moving - km / slow, moving - km / fast),
        statement_ids=(*used, *borders["statement_id"]),
    )


def whole_ways(figures: pl.DataFrame) -> pl.DataFrame:
    """Return published times of whole ways to Tashkent, those from Lianyungang with their `route`.

    Returns
    -------
    DataFrame
        `statement_id, leg, measure, value, low, high` (hours), what the register says of them, and `route`
        (null where the way starts elsewhere).
    """
    return (
        figures.filter(
            (pl.col("measure") == "time_hours")
            & pl.col("leg").str.contains("Tashkent")
            & (pl.col("direction") == "westbound")
            & (pl.col("status") == "valid")
        )
        .select(
            "statement_id", "leg", "measure", "value", "low", "high", "value_as_published", "unit", "publisher",
            "since", "period_start", "period_end", "published_on",
            route=pl.col("leg").replace_strict(WHOLE_WAYS, default=None, return_dtype=pl.String),
        )
        .sort(pl.col("route").is_null(), "since", "statement_id")
    )  # fmt: skip


def savings(
    figures: pl.DataFrame, journeys: Mapping[str, Journey], lengths: Mapping[str, Lengths], road: str
) -> tuple[Saving, ...]:
    """Return the published savings of the way by Irkeshtam, each against the sums of the legs.

    Parameters
    ----------
    figures
        The figures about ways, doubtful ones included.
    journeys
        Draws of the routes by name; those that are not known are absent.
    lengths
        The lengths of the routes by name, which are known before their hours are.
    road
        Name of the leg whose dollars are those of the road from Kashgar to Tashkent.
    """
    made = figures.filter(
        pl.col("measure").is_in(SAVINGS) & pl.col("leg").is_in(_AGAINST) & (pl.col("mode") != "rail")
    ).sort("measure", "since", "statement_id")
    return tuple(_saving(row, journeys, lengths, road) for row in made.iter_rows(named=True))


def _saving(row: dict[str, Any], journeys: Mapping[str, Journey], lengths: Mapping[str, Lengths], road: str) -> Saving:
    ours, theirs = journeys.get("irkeshtam"), journeys.get("horgos")
    names = ("statement_id", "leg", "measure", "value", "unit", "low", "high")
    named: dict[str, Any] = {name: row[name] for name in names}
    claim = Saving(**named, printed=row["value_as_published"], doubtful=row["status"] == "doubtful")
    if row["measure"].startswith("cost_saved_usd"):
        if ours is None or road not in ours.usd:
            return claim
        return _against_cost(claim, ours.usd[road], dearer=_is_dearer(ours, theirs))
    if row["measure"] == "distance_saved_km":
        near, far = lengths["irkeshtam"], lengths["horgos"]
        outside = _is_outside(row)
        saved = far.outside - near.outside if outside else far.whole - near.whole
        fits = abs(saved - claim.value) <= max(_DETOUR * abs(claim.value), claim.high - claim.value)
        return replace(claim, median=saved, verdict="fits" if fits else "contradicted", outside=outside)
    if ours is None or theirs is None:
        return claim
    if row["measure"] == "time_saved_hours":
        return _against_draws(claim, theirs.total - ours.total)
    return claim if ours.cost is None or theirs.cost is None else _against_draws(claim, 1 - ours.cost / theirs.cost)


def _against_draws(claim: Saving, saved: np.ndarray) -> Saving:
    """Return a claim with what the legs say is saved, and the probability of at least its low end."""
    chance = float(np.mean(saved >= claim.low))
    verdict = "likely" if chance > _LIKELY else "possible" if chance >= _POSSIBLE else "unlikely"
    return _with_interval(replace(claim, chance=chance, verdict=verdict), saved)


def _is_dearer(ours: Journey, theirs: Journey | None) -> bool:
    """Return whether in most draws the way by Irkeshtam costs more than that by Horgos."""
    if theirs is None or ours.cost is None or theirs.cost is None:
        return False
    return float(np.mean(ours.cost > theirs.cost)) > _EVEN


def _against_cost(claim: Saving, cost: np.ndarray, *, dearer: bool) -> Saving:
    """Return a claim with what the whole road costs, a tonne or a shipment of 20 tonnes."""
    if claim.measure.endswith("per_tonne"):
        cost = cost / CARRIAGE_TONNES
    verdict = "dearer" if dearer else "not_excluded"
    if claim.low > float(np.median(cost)):
        verdict = "more_than_all"
    return _with_interval(replace(claim, verdict=verdict), cost)


def _is_outside(row: dict[str, Any]) -> bool:
    """Return whether a saving of distance speaks of the part outside China alone."""
    return "outside China" in str(row["note"])


def _with_interval(claim: Saving, draws: np.ndarray) -> Saving:
    lower, median, upper = (float(each) for each in np.quantile(draws, [0.1, 0.5, 0.9]))
    return replace(claim, median=median, lower=lower, upper=upper)

"""A journey along a route: draws of its hours and dollars, leg by leg."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.core.errors import EvidenceError
from analysis.core.sampling import Sampling
from analysis.methods.routes.legs import Leg
from analysis.methods.routes.log_normal import LogNormal


@dataclass(frozen=True, eq=False)
class Journey:
    """Draws of a journey.

    Attributes
    ----------
    legs
        The legs, in order.
    hours
        Draws of the hours of each leg, by its name.
    usd
        Draws of the dollars of each leg whose cost is known, by its name.
    """

    legs: tuple[Leg, ...]
    hours: Mapping[str, np.ndarray]
    usd: Mapping[str, np.ndarray]

    @property
    def total(self) -> np.ndarray:
        """Draws of the hours of the whole way."""
        total: np.ndarray = np.sum(list(self.hours.values()), axis=0)
        return total

    @property
    def border(self) -> np.ndarray:
        """Draws of the hours at borders."""
        hours = [self.hours[leg.leg] for leg in self.legs if leg.kind == "border"]
        total: np.ndarray = np.sum(hours, axis=0) if hours else np.zeros_like(self.total)
        return total

    @property
    def cost(self) -> np.ndarray | None:
        """Draws of the dollars of the whole way but for transfers; None where that of a run or border is not known."""
        if any(leg.usd is None for leg in self.legs if leg.kind != "transfer"):
            return None
        total: np.ndarray = np.sum(list(self.usd.values()), axis=0)
        return total

    @property
    def distance_km(self) -> float:
        """Length of the whole way."""
        return sum(leg.distance_km for leg in self.legs)

    def faster_by_an_hour(self, leg: str) -> np.ndarray:
        """Return draws of the hours of the whole way, one hour less at a leg, which takes no less than nothing."""
        saved = np.minimum(self.hours[leg], 1.0)
        total: np.ndarray = self.total - saved
        return total


def journey(legs: Sequence[Leg], sampling: Sampling) -> Journey:
    """Return draws of a journey along legs.

    The draws of a leg depend on its driver and the seed only, so that a leg that two routes have in common is the same
    in both, legs with the same driver rise and fall together, and a route does not change with what it is compared
    with.

    Raises
    ------
    EvidenceError
        If there is no leg, or nothing is known of the hours of one.
    """
    unknown = [leg.leg for leg in legs if leg.hours is None]
    if unknown or not legs:
        what = f"the hours of {', '.join(unknown)}" if unknown else "any leg"
        raise EvidenceError(f"Nothing is known of {what}. Give a figure, or leave the route out.")
    hours = {leg.leg: _drawn(leg.hours, f"{leg.moved_by} hours", sampling) for leg in legs if leg.hours is not None}
    usd = {leg.leg: _drawn(leg.usd, f"{leg.moved_by} usd", sampling) for leg in legs if leg.usd is not None}
    return Journey(tuple(legs), hours, usd)


def _drawn(quantity: LogNormal, name: str, sampling: Sampling) -> np.ndarray:
    generator = np.random.default_rng([sampling.seed, zlib.crc32(name.encode())])
    return quantity.draw(generator, sampling.draws)

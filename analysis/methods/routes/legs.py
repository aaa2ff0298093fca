"""Legs of a route: what they are, and how a table becomes them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, ParameterError
from analysis.methods.routes.log_normal import LogNormal

#: What a leg can be; only the time at a border counts as such.
KINDS = ("run", "transfer", "border")


@dataclass(frozen=True)
class Leg:
    """A part of a route.

    Attributes
    ----------
    leg
        Its name; two routes that have a leg in common call it the same.
    kind
        `run`, `transfer` or `border`.
    hours, usd
        What it takes and costs; None where nothing is known.
    distance_km
        How long it is; 0 for a border or transfer.
    single
        Whether its hours rest on one figure without a range, so that their spread is that of others.
    driver
        What its hours hang on: legs with the same driver, such as the speed of one country's trains, are fast or slow
        together. Its own name if empty.
    """

    leg: str
    kind: str
    hours: LogNormal | None
    usd: LogNormal | None = None
    distance_km: float = 0.0
    single: bool = False
    driver: str = ""

    @property
    def moved_by(self) -> str:
        """The driver, or its own name."""
        return self.driver or self.leg

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ParameterError(f"The leg {self.leg!r} is of the kind {self.kind!r}. Name one of {', '.join(KINDS)}.")


def read_legs(table: pl.DataFrame) -> tuple[Leg, ...]:
    """Return the legs of a table: a route of one's own.

    Parameters
    ----------
    table
        One row a leg, in order: `leg`, `kind` (`run`, `transfer`, `border`), `hours_low`, `hours_high` (the 80% ends,
        hours); optional `usd_low`, `usd_high` (US dollars a truck or container), `distance_km`. Null where not known.

    Raises
    ------
    CoverageError
        If a column is missing.
    ParameterError
        If ends are not above zero or the wrong way round, or a kind is unknown.
    """
    missing = [name for name in ("leg", "kind", "hours_low", "hours_high") if name not in table.columns]
    if missing:
        raise CoverageError(f"A table of legs has no column {missing[0]!r}. Give leg, kind, hours_low and hours_high.")
    return tuple(
        Leg(
            str(row["leg"]),
            str(row["kind"]),
            _through(row.get("hours_low"), row.get("hours_high")),
            _through(row.get("usd_low"), row.get("usd_high")),
            float(row.get("distance_km") or 0.0),
        )
        for row in table.iter_rows(named=True)
    )


def with_shared_spread(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Give each leg that rests on a single figure at least the median spread of the legs that do not."""
    legs = tuple(legs)
    spreads = [leg.hours.spread for leg in legs if leg.hours is not None and not leg.single]
    if not spreads:
        return legs
    usual = float(np.median(spreads))
    return tuple(
        replace(leg, hours=leg.hours.at_least(usual)) if leg.single and leg.hours is not None else leg for leg in legs
    )


def _through(low: float | None, high: float | None) -> LogNormal | None:
    return None if low is None or high is None else LogNormal.through(low, high)

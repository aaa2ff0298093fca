"""What had been published about how a gate inspects: its lanes, minutes and hours."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.core.reasons import Reason
from analysis.methods.queueing import Station
from analysis.sources.evidence import Known

#: How many trucks are inspected at once: the ledger's scanners come first, then lanes, then those of the post across.
LANES, LANES_ACROSS = ("lanes",), ("vehicles_controlled_at_once",)

#: Minutes of one inspection: as it is now, and as it was without machines.
MINUTES = ("inspection_minutes_with_scanner", "inspection_minutes")
BY_HAND = ("inspection_minutes_manual", "inspection_minutes_before")

#: Opening hours of a day for freight. Where both sides are named those of the Chinese side, which are the shorter ones:
#: a truck passes while both are open.
HOURS = ("opening_hours_per_day", "opening_hours_per_day_chinese_side")

#: The ledger's series of container scanners at a port.
SCANNERS = "scanners_h986"


@dataclass(frozen=True)
class Figure:
    """A published figure.

    Attributes
    ----------
    value, low, high
        The figure and the ends of what was printed.
    since
        The first day that it is about.
    statement_id
        Its id in the ledger or a register.
    """

    value: float
    low: float
    high: float
    since: dt.date
    statement_id: str


@dataclass(frozen=True)
class Gate:
    """How a gate inspects; None where nothing was published.

    Attributes
    ----------
    lanes
        Trucks inspected at once: scanners or lanes.
    minutes
        Of the inspection of one truck.
    by_hand
        The same without machines.
    hours
        Open for freight, of 24 a day.
    with_scanners
        Whether the lanes are container scanners.
    across
        Whether the lanes are those of the post on the other side of the border.
    """

    lanes: Figure | None
    minutes: Figure | None
    by_hand: Figure | None
    hours: Figure | None
    with_scanners: bool = False
    across: bool = False

    @property
    def unknown(self) -> Reason | None:
        """Why no capacity can be computed; None where one can."""
        if self.lanes is None or self.hours is None:
            return Reason("gate_not_published")
        return Reason("minutes_not_published") if self.minutes is None else None

    @property
    def ids(self) -> list[str]:
        """The figures behind the capacity."""
        return [figure.statement_id for figure in (self.lanes, self.minutes, self.hours) if figure is not None]

    def capacity(self, *, end: str = "value", lanes: float = 0.0, hours: float | None = None) -> float | None:
        """Return the trucks that a day can clear, or None where lanes, minutes or hours were not published.

        Parameters
        ----------
        end
            Of the printed minutes: `value`, `low` (most trucks) or `high` (fewest).
        lanes
            Lanes to add.
        hours
            Opening hours in place of the published ones.
        """
        if self.lanes is None or self.minutes is None or self.hours is None:
            return None
        open_hours = self.hours.value if hours is None else hours
        minutes: float = getattr(self.minutes, end)
        return (self.lanes.value + lanes) * open_hours * 60 / minutes

    def minutes_allowed(self, vehicles: float, *, lanes: float = 0.0, hours: float | None = None) -> float | None:
        """Return the longest inspection that clears so many vehicles a day; None without lanes or hours."""
        if self.lanes is None or self.hours is None:
            return None
        return (self.lanes.value + lanes) * (self.hours.value if hours is None else hours) * 60 / vehicles

    def station(self, *, minutes: float, scatter: float, lanes: int = 0) -> Station:
        """Return the gate as a station of the queueing formulas, with lanes to add."""
        assert self.lanes is not None
        return Station(service_time=minutes / 60, servers=round(self.lanes.value) + lanes, scatter=scatter)


def gate(known: Known, figures: pl.DataFrame, place: str) -> Gate:
    """Return how a gate inspects.

    Parameters
    ----------
    known
        What had been published by the day.
    figures
        The figures about the gate (`figures_of`).
    place
        The gate.
    """
    scanners = _scanners(known, place)
    lanes = scanners or _newest(figures, LANES, known.as_of)
    return Gate(
        lanes=lanes or _newest(figures, LANES_ACROSS, known.as_of),
        with_scanners=scanners is not None,
        across=lanes is None,
        minutes=_newest(figures, MINUTES, known.as_of),
        by_hand=_newest(figures, BY_HAND, known.as_of),
        hours=_newest(figures, HOURS, known.as_of),
    )


def figures_of(known: Known, figures: pl.DataFrame, place: str) -> pl.DataFrame:
    """Return the figures about a gate: its own, those of a group with it, and those of the post on the other side.

    A group is named by its places (`irkeshtam_torugart`); the other side is the port's neighbour in the register of
    ports. Where a figure is of the gate itself `own` is true.
    """
    ports = known.places.ports.filter(pl.col("port") == place)
    beyond = str(ports["neighbour_port"][0] or "") if ports.height else ""

    def concerns(name: str) -> bool:
        return place in (name, *name.split("_")) or known.places.names(name)[0].partition(" (")[0] in beyond

    names = [name for name in figures["port"].unique(maintain_order=True) if concerns(name)]
    return figures.filter(pl.col("port").is_in(names)).with_columns(own=pl.col("port") == place)


def _newest(figures: pl.DataFrame, parameters: Sequence[str], as_of: dt.date) -> Figure | None:
    """Return the newest valid figure of the first of some parameters that has one, begun by the day."""
    begun = figures.filter((pl.col("status") == "valid") & (pl.col("since") <= as_of))
    for parameter in parameters:
        rows = begun.filter(pl.col("parameter") == parameter).sort("since", "own", descending=True)
        if rows.height:
            row = rows.row(0, named=True)
            return Figure(*(row[name] for name in ("value", "low", "high", "since", "statement_id")))
    return None


def _scanners(known: Known, place: str) -> Figure | None:
    """Return the newest published number of container scanners of a port."""
    own = known.statements.filter(
        (pl.col("place") == place)
        & (pl.col("indicator") == SCANNERS)
        & (pl.col("measure") == "stock")
        & (pl.col("status") == "valid")
    ).sort("period_end")
    if own.is_empty():
        return None
    row = own.row(-1, named=True)
    return Figure(row["value"], row["value"], row["value"], row["period_start"], row["statement_id"])

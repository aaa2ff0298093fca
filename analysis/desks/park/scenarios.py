"""What would follow from published facts by arithmetic alone: no forecast, and nothing that nobody said.

What each scenario is made of stands in docs/methods/target_attainment.md.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.desks.park.peers import FIRMS, Peers, yuan_rate
from analysis.sources.evidence import Known

#: Sums of a port over fewer days than this are no pace.
_LEAST_DAYS = 60


@dataclass(frozen=True)
class Order:
    """An order for vehicles of a firm of the park, and the pace at which it made vehicles.

    Attributes
    ----------
    firm
        The firm, as in the register.
    units, order_id
        Vehicles ordered, and the statement.
    made, made_start, made_end, made_relation, made_id
        Vehicles made over a span; None where none were published.
    """

    firm: str
    units: float
    order_id: str
    made: float | None
    made_start: dt.date | None
    made_end: dt.date | None
    made_relation: str
    made_id: str | None

    @property
    def pace(self) -> float | None:
        """Vehicles a day over the published span."""
        if self.made is None or self.made_start is None or self.made_end is None:
            return None
        return self.made / ((self.made_end - self.made_start).days + 1)

    @property
    def days(self) -> float | None:
        """Days in which the order would be made at that pace."""
        return None if not self.pace else self.units / self.pace


@dataclass(frozen=True)
class UnitValue:
    """What a vehicle cost on average in published trade: value over number of the same flow and span.

    Attributes
    ----------
    place, partner, flow, start, end
        Whose `imports` or `exports`; the partner is empty for all.
    usd, yuan
        Dollars a vehicle, and yuan at the published rate nearest to the span.
    rate, rate_year
        That rate, yuan a dollar, and its year.
    ids
        The statements of value, number and rate.
    """

    place: str
    partner: str
    flow: str
    start: dt.date
    end: dt.date
    usd: float
    yuan: float
    rate: float
    rate_year: int | None
    ids: tuple[str, ...]


@dataclass(frozen=True)
class MoreFirms:
    """So many firms of an average size, and how many the target takes.

    Attributes
    ----------
    output_cny
        Output of a firm a year, yuan.
    of
        The park whose average it is: the park itself, or the peer that published both.
    ids
        The statements of output and number of firms.
    """

    output_cny: float
    of: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Shut:
    """What a port handles a day, by its newest published sum: what does not pass on a day on which it is shut.

    Attributes
    ----------
    port, indicator, unit
        The port and what is counted.
    a_day
        Quantity a calendar day of the span.
    relation, start, end, statement_id
        Of the published sum.
    """

    port: str
    indicator: str
    unit: str
    a_day: float
    relation: str
    start: dt.date
    end: dt.date
    statement_id: str


@dataclass(frozen=True)
class Scenarios:
    """Arithmetic on published facts; each part is empty where its facts were not published.

    Attributes
    ----------
    order
        The newest order for vehicles of a firm of the park.
    unit_values
        Prices that trade statistics imply, newest first.
    firms
        The average firm.
    shut
        What the park's port handles a day: freight, exported cars.
    """

    order: Order | None
    unit_values: tuple[UnitValue, ...]
    firms: MoreFirms | None
    shut: tuple[Shut, ...]

    @property
    def ids(self) -> list[str]:
        """The statements behind all of it."""
        order = (
            () if self.order is None else (self.order.order_id, *([self.order.made_id] if self.order.made_id else []))
        )
        firms = () if self.firms is None else self.firms.ids
        values = [one for value in self.unit_values for one in value.ids]
        return list(dict.fromkeys([*order, *values, *firms, *(one.statement_id for one in self.shut)]))


def scenarios(known: Known, *, park: str, port: str, mode: str, peers: Peers) -> Scenarios:
    """Return the scenarios of a park, as far as their facts had been published.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    park
        The park.
    port, mode
        The port that its goods leave by; empty for none.
    peers
        What other parks produced.
    """
    valid = known.counted.filter((pl.col("status") == "valid") & pl.col("count").is_null())
    return Scenarios(
        order=_order(known, valid, park),
        unit_values=_unit_values(known, valid),
        firms=_firms(valid, park, peers),
        shut=_shut(valid, port, mode),
    )


def _order(known: Known, valid: pl.DataFrame, park: str) -> Order | None:
    name = known.places.names(park)[0]
    firms = known.places.firms.filter(pl.col("place") == name)["firm"].to_list()
    own = valid.filter(pl.col("place").is_in(firms)).sort("available_on", "statement_id")
    orders, made = (own.filter(pl.col("indicator") == what) for what in ("order_units", "output_units"))
    if orders.is_empty():
        return None
    order = orders.row(-1, named=True)
    sums = made.filter((pl.col("place") == order["place"]) & (pl.col("measure") == "level"))
    row: dict[str, Any] = sums.row(-1, named=True) if sums.height else {}
    return Order(
        firm=order["place"], units=order["value"], order_id=order["statement_id"], made=row.get("value"),
        made_start=row.get("period_start"), made_end=row.get("period_end"), made_relation=row.get("relation", "eq"),
        made_id=row.get("statement_id"),
    )  # fmt: skip


def _unit_values(known: Known, valid: pl.DataFrame) -> tuple[UnitValue, ...]:
    """Return value over number of cars wherever both were published for one place, partner and span."""
    keys = ["place", "partner", "period_start", "period_end"]
    cars = valid.filter(
        (pl.col("measure") == "level") & pl.col("indicator").str.contains(r"^car_(im|ex)ports_(usd|units)$")
    )
    cars = cars.with_columns(pl.col("partner").fill_null(""), flow=pl.col("indicator").str.slice(4, 7)).sort(
        "statement_id"
    )
    usd, units = (
        cars.filter(pl.col("indicator").str.ends_with(end)).unique([*keys, "flow"], keep="first", maintain_order=True)
        for end in ("_usd", "_units")
    )
    pairs = usd.join(units, on=[*keys, "flow"], suffix="_units").sort("period_end", "place", "partner", descending=True)
    found = []
    for row in pairs.iter_rows(named=True):
        price = row["value"] / row["value_units"]
        rate = yuan_rate(known, "USD", row["period_end"])
        ids = (row["statement_id"], row["statement_id_units"], *rate.ids)
        found.append(
            UnitValue(
                row["place"], row["partner"], row["flow"], row["period_start"], row["period_end"], price,
                price * rate.yuan, rate.yuan, rate.year, ids,
            )
        )  # fmt: skip
    return tuple(found)


def _firms(valid: pl.DataFrame, park: str, peers: Peers) -> MoreFirms | None:
    """Return the park's own average firm, or else that of the newest peer that published output and firms."""
    table = peers.of(FIRMS).sort("output_end", "park", descending=True)
    own = valid.filter(pl.col("place") == park)
    firms = own.filter((pl.col("indicator") == "firms") & (pl.col("measure") == "stock")).sort("period_end")
    output = own.filter((pl.col("indicator") == "output_value_cny") & (pl.col("measure") == "level")).sort("period_end")
    if firms.height and output.height:
        made, counted = output.row(-1, named=True), firms.row(-1, named=True)
        return MoreFirms(made["value"] / counted["value"], park, (made["statement_id"], counted["statement_id"]))
    if table.is_empty():
        return None
    row = table.row(0, named=True)
    return MoreFirms(row["ratio"], row["park"], (row["output_id"], row["base_id"]))


def _shut(valid: pl.DataFrame, port: str, mode: str) -> tuple[Shut, ...]:
    """Return the newest published sum a day of freight and of exported cars."""
    found = []
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    for indicator, flow in (("freight_tonnes", "total"), ("auto_units", "export")):
        sums = valid.filter(
            (pl.col("series_id") == f"{port}.{indicator}.{flow}.{mode}")
            & (pl.col("measure") == "level")
            & (days >= _LEAST_DAYS)
        ).sort("period_end", "available_on", "statement_id")
        if sums.height:
            row = sums.row(-1, named=True)
            span = (row["period_end"] - row["period_start"]).days + 1
            found.append(
                Shut(port, indicator, row["unit"], row["value"] / span, row["relation"], row["period_start"],
                     row["period_end"], row["statement_id"])
            )  # fmt: skip
    return tuple(found)

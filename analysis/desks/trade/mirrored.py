"""Mirror data: what China's customs and a neighbour's say of the same trade, brought to the same days."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from analysis.core.periods import months_between
from analysis.desks.trade.figures import Row, levels, range_of
from analysis.methods.growth import Range
from analysis.methods.mirror import MOST_MONTHS_APART, Asymmetry, asymmetry, difference, to_span

REPORTER, INDICATOR = "china", "trade_value_usd"

#: Directions as the reporter sees them, and as its partner does; whose figure of it is that of imports.
DIRECTIONS = {"total": ("total", None), "export": ("import", "mirrored"), "import": ("export", "reported")}


@dataclass(frozen=True)
class Flow:
    """One flow as both customs count it, in US dollars.

    Attributes
    ----------
    partner, direction
        The neighbour, and `total`, `export` or `import` as China sees it.
    start, end
        The days compared.
    reported, mirrored
        China's figure and the neighbour's, over these days.
    derived
        Whether either is a published total less the other direction.
    prorated
        Whether either was brought to these days in proportion to its months.
    asymmetry
        How far apart they are.
    ids
        The statements behind it.
    """

    partner: str
    direction: str
    start: dt.date
    end: dt.date
    reported: Range
    mirrored: Range
    derived: bool
    prorated: bool
    asymmetry: Asymmetry
    ids: tuple[str, ...]


@dataclass(frozen=True)
class _Count:
    """A figure of one customs: over which days, and what it rests on."""

    start: dt.date
    end: dt.date
    amount: Range
    derived: bool
    ids: tuple[str, ...]

    @property
    def months(self) -> int:
        return months_between(self.start, self.end) + 1


def mirrored_flows(stated: pl.DataFrame) -> list[Flow]:
    """Return every flow that both customs printed for the same days, or nearly so, by partner and last day.

    Parameters
    ----------
    stated
        Facts, as `figures.stated_facts` returns them.
    """
    money = levels(stated.filter(pl.col("indicator") == INDICATOR))
    reported = money.filter(pl.col("place") == REPORTER)
    mirrored = money.filter(pl.col("partner") == REPORTER)
    partners = sorted(set(reported["partner"].drop_nulls()) & set(mirrored["place"].drop_nulls()))
    flows: list[Flow] = []
    for partner in partners:
        own = _counts(reported.filter(pl.col("partner") == partner))
        other = _counts(mirrored.filter(pl.col("place") == partner))
        for direction, (mirror, importer) in DIRECTIONS.items():
            flows += _pairs(partner, direction, own[direction], other[mirror], importer)
    return sorted(flows, key=lambda flow: (flow.partner, flow.end, flow.start, flow.direction))


def _counts(rows: pl.DataFrame) -> dict[str, list[_Count]]:
    """Return the figures of one customs by direction; one that was not printed as the total less the other."""
    found = {
        direction: [_printed(row) for row in rows.filter(pl.col("flow") == direction).iter_rows(named=True)]
        for direction in DIRECTIONS
    }
    for missing, other in (("export", "import"), ("import", "export")):
        known = {(count.start, count.end) for count in found[missing]}
        parts = {(count.start, count.end): count for count in found[other] if not count.derived}
        for total in found["total"]:
            span = (total.start, total.end)
            rest = difference(total.amount, parts[span].amount) if span in parts else None
            # A small flow beside a rounded total is lost in the rounding of the total.
            if rest is not None and span not in known and rest.low > 0.5 * rest.high:
                found[missing].append(_Count(*span, rest, True, total.ids + parts[span].ids))
    return found


def _printed(row: Row) -> _Count:
    return _Count(row["period_start"], row["period_end"], range_of(row), False, (row["statement_id"],))


def _pairs(partner: str, direction: str, own: list[_Count], others: list[_Count], importer: str | None) -> list[Flow]:
    """Pair figures of the same days; else of spans from the same day on that are nearly as long."""
    flows, paired = [], set[tuple[dt.date, int]]()
    for one, other in sorted(
        ((one, other) for one in own for other in others if one.start == other.start),
        key=lambda pair: (abs(pair[0].months - pair[1].months), pair[0].end, pair[1].end),
    ):
        apart = abs(one.months - other.months)
        taken = {(one.start, one.months), (other.start, other.months)}
        if apart > MOST_MONTHS_APART or (apart and (taken & paired or (one.end.year, other.end.year) != (
            one.start.year, other.start.year))):  # fmt: skip
            continue
        paired |= taken
        flows.append(_flow(partner, direction, one, other, importer))
    return flows


def _flow(partner: str, direction: str, one: _Count, other: _Count, importer: str | None) -> Flow:
    """Return two counts over the shorter of their spans, and how far apart they are."""
    months = min(one.months, other.months)
    reported = to_span(one.amount, months=one.months, wanted=months)
    mirrored = to_span(other.amount, months=other.months, wanted=months)
    return Flow(
        partner=partner,
        direction=direction,
        start=one.start,
        end=min(one.end, other.end),
        reported=reported,
        mirrored=mirrored,
        derived=one.derived or other.derived,
        prorated=one.months != other.months,
        asymmetry=asymmetry(reported, mirrored, importer=importer),
        ids=one.ids + other.ids,
    )


def sent_on(stated: pl.DataFrame) -> pl.DataFrame:
    """Return what the neighbours printed of goods re-exported, in US dollars: facts by place and last day."""
    rows = stated.filter(pl.col("indicator").str.contains("reexport") & (pl.col("unit") == "USD"))
    return rows.sort("place", "period_end", "statement_id")

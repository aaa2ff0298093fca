"""From the calendar and the ledger to what the closures cost."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from analysis.core.errors import PeriodError
from analysis.core.periods import Edition
from analysis.core.sampling import Sampling
from analysis.desks.closures.impact import YEARS_BEFORE, Impact, measure
from analysis.desks.closures.placebo import placebo_record
from analysis.desks.closures.second_opinion import SecondOpinion, second_opinion
from analysis.desks.closures.sheet import port_months, reopenings
from analysis.estimates import paths
from analysis.estimates.inputs import Inputs, inputs
from analysis.estimates.part_flows import PartFlows, part_flows
from analysis.estimates.paths import YEARS_SHOWN
from analysis.methods.reconstruction import Reconstruction
from analysis.sources.evidence import Known

FREIGHT, TRADE = "freight_tonnes", "trade_value_cny"
LEVELS = (50, 80, 95)

#: "Close to" a level, from below: less than so far under it.
CLOSE = 0.10

#: The statement that is held against the estimate: its days, and the year that it compares with.
STATED_SPAN, STATED_YEAR = (dt.date(2022, 1, 1), dt.date(2022, 3, 31)), 2019

#: Statements named behind one number.
MOST = 10

#: What all road ports of the region are called together.
TOGETHER = "road_ports"


@dataclass(frozen=True)
class ClosureImpact:
    """What the closures cost, as far as it can be told.

    Attributes
    ----------
    place, edition, as_of, known
        The question: the region, first day of the edition's month, data cut-off, all that was known.
    span
        First and last month of the closures, the last one no later than the edition's.
    sheet
        `sheet.port_months` over the span and the year after it.
    ports
        The impact on each road port by name, the largest yardstick first.
    together
        The impact on all road ports of the region: those by name and the others, which add up draw by draw.
    trade
        The impact on the region's trade, yuan.
    close_to
        Probabilities that road freight in the stated days was below, close to (by `CLOSE`) or above that of 2019.
    statement
        The statements that are held against it.
    reopened, reopening_day
        `sheet.reopenings` on the day of the reopening, and that day.
    placebo
        The stored record of placebo windows; without rows where there is none.
    opinion
        Synthetic control of the road ports together.
    inputs, flows
        What the paths rest on.
    """

    place: str
    edition: dt.date
    as_of: dt.date
    known: Known
    span: tuple[dt.date, dt.date]
    sheet: pl.DataFrame
    ports: tuple[Impact, ...]
    together: Impact
    trade: Impact
    close_to: tuple[float, float, float]
    statement: pl.DataFrame
    reopened: pl.DataFrame
    reopening_day: dt.date
    placebo: pl.DataFrame
    opinion: SecondOpinion
    inputs: Inputs
    flows: PartFlows

    def behind(self, port: str = TOGETHER) -> list[str]:
        """Return the statements of road freight that are compared: of one port, or of all with their sums first.

        Those about the yardstick and the years of closures, and later comparisons with 2019; `MOST` at most.
        """
        own = pl.col("place") == port if port != TOGETHER else pl.lit(value=True)
        used = self._compared.filter((pl.col("indicator") == FREIGHT) & (pl.col("mode") == "road") & own)
        sums_first = used.sort(
            ~pl.col("place").str.starts_with(f"{self.place}_"), "period_start", "period_end", "statement_id"
        )
        return sums_first["statement_id"].to_list()[:MOST]

    def behind_trade(self) -> list[str]:
        """Return the statements of the region's trade about the yardstick and the years of closures, `MOST` at most."""
        used = self._compared.filter(pl.col("series_id") == f"{self.place}.{TRADE}.total.all")
        whole = pl.col("period_end").dt.month() != 12
        return used.sort(whole, "period_start", "statement_id")["statement_id"].to_list()[:MOST]

    def statement_ids(self) -> list[str]:
        """Return the ids of all statements that the page rests on or names, sorted."""
        ports = [name for each in self.ports for name in self.behind(each.name)]
        return sorted({*self.behind(), *ports, *self.behind_trade(), *self.statement["statement_id"]})

    @cached_property
    def _compared(self) -> pl.DataFrame:
        """The statements about the yardstick and the years of closures, and later comparisons with 2019."""
        year = pl.col("period_end").dt.year()
        inside = year.is_between(self.together.yardstick, self.span[1].year)
        later = (pl.col("measure") == "growth_vs_2019") & (year == self.span[1].year + 1)
        return self.inputs.statements.filter(inside | later)


def closure_impact(
    known: Known,
    *,
    place: str,
    edition: Edition,
    closure: tuple[dt.date, dt.date],
    reopening: dt.date,
    seed: int = 1,
) -> ClosureImpact:
    """Return what the closures of a region's ports kept away.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    place
        Identifier of the region, such as `xinjiang`; its ports are the group `PLACE_ports`.
    edition
        Month of the page and data cut-off.
    closure
        First and last day of the time of closures.
    reopening
        The day of a reopening that was announced.
    seed
        Of the draws.

    Raises
    ------
    EvidenceError
        If nothing usable about the region's freight or trade was published by then.
    PeriodError
        If the edition lies before the closure.
    """
    first, last = closure[0].replace(day=1), closure[1].replace(day=1)
    if edition.month < first:
        raise PeriodError(f"The edition of {edition} lies before the closure of {closure[0]}. Name a later edition.")
    chosen, flows, traded = _paths(known, place, edition, first, Sampling(levels=LEVELS, seed=seed))
    span = first, min(last, edition.month), edition.month
    together, ports = _road_ports(flows, span, seed)
    return ClosureImpact(
        place=place,
        edition=edition.month,
        as_of=known.as_of,
        known=known,
        span=span[:2],
        sheet=port_months(known, place, first, min(edition.month, dt.date(last.year + 1, 12, 1))),
        ports=ports,
        together=together,
        trade=measure(place, "CNY", traded.draws, traded.months, span, growth=True, seed=seed),
        close_to=_close_to(flows),
        statement=_statement(known, place),
        reopened=reopenings(known, place, reopening),
        reopening_day=reopening,
        placebo=placebo_record(known),
        opinion=second_opinion(flows, first.year, span[1].year),
        inputs=chosen,
        flows=flows,
    )


def _paths(
    known: Known, place: str, edition: Edition, first: dt.date, sampling: Sampling
) -> tuple[Inputs, PartFlows, Reconstruction]:
    """Return what freight rests on, its parts, and trade, from the years before the closures to the edition's."""
    year = edition.month.year
    start = dt.date(min(year - YEARS_SHOWN + 1, first.year - YEARS_BEFORE), 1, 1)
    end = dt.date(year + (edition.month.month == 12), 12, 31)
    total, trade = f"{place}_ports.{FREIGHT}.total.all", f"{place}.{TRADE}.total.all"
    chosen = inputs(known, series=[total], start=start, end=end)
    traded = paths.path(inputs(known, series=[trade], start=start, end=end), trade, sampling)
    return chosen, part_flows(chosen, total, sampling), traded


def _road_ports(
    flows: PartFlows, span: tuple[dt.date, dt.date, dt.date], seed: int
) -> tuple[Impact, tuple[Impact, ...]]:
    """Return the impact on the road ports together, and on each by name, the largest yardstick first.

    Only together they are carried on with their growth: that of one port rests on one or two old figures.
    """
    monthly, months = flows.months(), flows.total.months
    road = flows.parts.select(pl.col("mode") == "road").to_series().to_numpy()
    together = measure(TOGETHER, "tonnes", monthly[:, road].sum(axis=1), months, span, growth=True, seed=seed)
    names = flows.parts.filter(road & ~flows.parts["place"].str.starts_with("other_").to_numpy())["place"]
    ports = [
        measure(name, "tonnes", monthly[:, own].sum(axis=1), months, span, growth=False, seed=seed)
        for name in names.unique(maintain_order=True)
        for own in [road & (flows.parts["place"] == name).to_numpy()]
    ]
    return together, tuple(sorted(ports, key=lambda each: (-float(np.median(each.yardstick_total)), each.name)))


def _close_to(flows: PartFlows) -> tuple[float, float, float]:
    """Return how likely road freight of the stated days was below, close to or above that of the year compared with."""
    road = flows.parts.select(pl.col("mode") == "road").to_series().to_numpy()
    before = tuple(day.replace(year=STATED_YEAR) for day in STATED_SPAN)
    if flows.total.months[0] > before[0] or flows.total.months[-1] < STATED_SPAN[0]:
        return 0.0, 0.0, 0.0
    now, then = (flows.between(*span)[:, road].sum(axis=1) for span in (STATED_SPAN, before))
    ratio = now / then
    below, above = float(np.mean(ratio < 1 - CLOSE)), float(np.mean(ratio >= 1))
    return below, 1 - below - above, above


def _statement(known: Known, place: str) -> pl.DataFrame:
    """Return what was published of road freight in the stated days against the year compared with."""
    return known.usable.filter(
        (pl.col("place") == f"{place}_road_ports")
        & (pl.col("measure") == "growth_vs_2019")
        & (pl.col("period_start") == STATED_SPAN[0])
        & (pl.col("period_end") == STATED_SPAN[1])
    )

"""From the ledger to the system of ports: one joint fit, sums draw by draw."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from analysis.core.periods import Edition, month_end
from analysis.core.vocabulary import FIGURE_RELATIONS
from analysis.desks.port.comparisons import NORMAL_YEAR, known_well_enough
from analysis.desks.port.contributions import by_flow
from analysis.desks.port.drawing_rule import WIDEST_RATIO
from analysis.desks.port.growth import same_span
from analysis.desks.region.open_ports import open_on
from analysis.desks.region.tables import CONTRIBUTIONS, LINES, PORTS, ends
from analysis.estimates.inputs import Inputs
from analysis.estimates.part_flows import PartFlows, region_flows
from analysis.methods.reconstruction import Reconstruction
from analysis.methods.system import NEVER, concentration, rank_sets, ranks, recovered_from
from analysis.sources.evidence import Known

INDICATOR = "freight_tonnes"

#: Modes of the system; pipelines are a line of their own.
CARRIED = ("road", "rail", "air")
PIPELINE = "pipeline"

#: Years of the lines by mode.
YEARS = 7


@dataclass(frozen=True)
class RegionOverview:
    """All ports of a region, draw by draw; tonnes.

    Attributes
    ----------
    place, edition, as_of, known
        The question: the region, first day of the edition's month, data cut-off, all that was known.
    inputs, flows
        What the joint fit depends on, and the parts of the region's total.
    lines
        One row a year and line: `year, line` (system, road, rail, air, pipeline, all), `median, lower, upper` (80%),
        `share` of the system (null for pipeline and all).
    growth
        Growth of the system and of all with pipelines on the same days of the year before: `line, start, end, median,
        lower, upper`, fractions.
    ports
        One row a port and mode of the system, largest first: `place, mode, median, lower, upper` (the year),
        `thin`, `chance` (that it passes last year), `to_date, to_date_lower, to_date_upper` (to the edition's month),
        `share, share_lower, share_upper`, `growth, growth_lower, growth_upper` (to the edition's month; null
        where last year is not known well enough), `rank_best, rank_worst, first` (probability of being the largest),
        `recovered` (probability), `recovered_on` (month by which it passes one half), `newest_id, newest_end`.
    contributions
        What each port adds to the growth of the system: `place, mode, median, lower, upper`, fractions; largest first.
    concentration
        One row a year: `year, median, lower, upper` of the index.
    counted
        Statements about how many ports were open on a day.
    open_ports
        What the calendar says of that day: `port, mode, state`.
    count_day
        The day of the count.
    """

    place: str
    edition: dt.date
    as_of: dt.date
    known: Known
    inputs: Inputs
    flows: PartFlows
    lines: pl.DataFrame
    growth: pl.DataFrame
    ports: pl.DataFrame
    contributions: pl.DataFrame
    concentration: pl.DataFrame
    counted: pl.DataFrame
    open_ports: pl.DataFrame
    count_day: dt.date

    @property
    def path(self) -> Reconstruction:
        """The reconstruction of all freight with pipelines."""
        return self.flows.total

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The edition's year up to its month."""
        return dt.date(self.edition.year, 1, 1), month_end(self.edition)

    @cached_property
    def chance_of_growth(self) -> float:
        """Probability that the system's year passes the last one."""
        year, carried = self.edition.year, _is_carried(self.flows)
        now, last = (self.flows.between(dt.date(y, 1, 1), dt.date(y, 12, 31))[:, carried] for y in (year, year - 1))
        return float(np.mean(now.sum(axis=1) > last.sum(axis=1)))

    def line(self, name: str, year: int | None = None) -> dict[str, float]:
        """Return the row of one line and year, that of the edition if none is named."""
        wanted = (pl.col("line") == name) & (pl.col("year") == (year or self.edition.year))
        return self.lines.row(by_predicate=wanted, named=True)

    def behind_year(self) -> list[str]:
        """Return the statements that bear on the total of the edition's year."""
        year = self.edition.year
        return self.path.bearing_statements(dt.date(year, 1, 1), dt.date(year, 12, 31))

    def behind_growth(self) -> list[str]:
        """Return the statements that bear on growth up to the edition's month."""
        return self.path.bearing_statements(*self.span, against=same_span(*self.span, self.edition.year - 1))

    def statement_ids(self) -> list[str]:
        """Return the ids of all statements that the page rests on or names, sorted."""
        named = {*self.behind_year(), *self.behind_growth(), *self.counted["statement_id"]}
        return sorted(named | set(self.ports["newest_id"].drop_nulls()))


def region_overview(known: Known, *, place: str, edition: Edition, count_day: dt.date, seed: int = 1) -> RegionOverview:
    """Return what all ports of a region handled, draw by draw.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    place
        Identifier of the region, such as `xinjiang`; its ports are the group `PLACE_ports`.
    edition
        Month of the page and data cut-off.
    count_day
        A day on which open ports were counted in public.
    seed
        Of the draws.

    Raises
    ------
    CoverageError, EvidenceError
        If the ledger has no total of the region's ports, or nothing usable about it was published by then.
    """
    year = edition.month.year
    chosen, flows = region_flows(known, place, edition.month, INDICATOR, seed=seed)
    span = dt.date(year, 1, 1), month_end(edition.month)
    counted = known.statements.filter(
        (pl.col("place") == place)
        & (pl.col("status") == "valid")
        & pl.col("indicator").str.starts_with("ports_open")
        & (pl.col("period_start") == count_day)
    )
    return RegionOverview(
        place=place,
        edition=edition.month,
        as_of=known.as_of,
        known=known,
        inputs=chosen,
        flows=flows,
        lines=_lines(flows, year),
        growth=_growth(flows, span),
        ports=_ports(flows, known, edition.month),
        contributions=_contributions(flows, span),
        concentration=_concentration(flows, year),
        counted=counted.sort("statement_id"),
        open_ports=open_on(known, place, count_day),
        count_day=count_day,
    )


def _is_carried(flows: PartFlows) -> np.ndarray:
    """Return which parts belong to the system: all but pipelines."""
    carried: np.ndarray = flows.parts["mode"].is_in(CARRIED).to_numpy()
    return carried


def _whole(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _lines(flows: PartFlows, year: int) -> pl.DataFrame:
    """Return the system, its modes, pipelines and all together, by year."""
    modes = flows.parts["mode"].to_numpy()
    rows = []
    for each in range(year - YEARS + 1, year + 1):
        parts = flows.between(*_whole(each))
        system = parts[:, _is_carried(flows)].sum(axis=1)
        named = {"system": system} | {mode: parts[:, modes == mode].sum(axis=1) for mode in (*CARRIED, PIPELINE)}
        for name, draws in (named | {"all": parts.sum(axis=1)}).items():
            share = float(np.median(draws / system)) if name in CARRIED else None
            rows.append({"year": each, "line": name, "share": share} | ends(draws))
    return pl.DataFrame(rows, schema=LINES)


def _growth(flows: PartFlows, span: tuple[dt.date, dt.date]) -> pl.DataFrame:
    """Return growth of the system and of all freight on the same days of the year before."""
    now, then = flows.between(*span), flows.between(*same_span(*span, span[0].year - 1))
    rows = [
        {"line": name, "start": span[0], "end": span[1]}
        | ends(now[:, chosen].sum(axis=1) / then[:, chosen].sum(axis=1) - 1)
        for name, chosen in (("system", _is_carried(flows)), ("all", np.ones(now.shape[1], dtype=bool)))
    ]
    return pl.DataFrame(rows)


def _by_port(flows: PartFlows) -> list[tuple[str, str, np.ndarray]]:
    """Return the ports and modes of the system, each with its parts: imports and exports fall together."""
    keys = flows.parts.filter(pl.col("mode").is_in(CARRIED)).select("place", "mode").unique(maintain_order=True)
    found = []
    for place, mode in keys.iter_rows():
        own = flows.parts.select((pl.col("place") == place) & (pl.col("mode") == mode)).to_series().to_numpy()
        found.append((place, mode, own))
    return found


def _of_ports(flows: PartFlows, start: dt.date, end: dt.date) -> np.ndarray:
    """Return the flows of the system's ports over a span, draws by ports in the order of `_by_port`."""
    parts = flows.between(start, end)
    return np.column_stack([parts[:, own].sum(axis=1) for _, _, own in _by_port(flows)])


def _ports(flows: PartFlows, known: Known, month: dt.date) -> pl.DataFrame:
    """Return the table of ports, largest first."""
    year, span = month.year, (dt.date(month.year, 1, 1), month_end(month))
    totals = _of_ports(flows, *_whole(year))
    shares = totals / totals.sum(axis=1, keepdims=True)
    now, then = _of_ports(flows, *span), _of_ports(flows, *same_span(*span, year - 1))
    last = _of_ports(flows, *_whole(year - 1))
    sets, first = rank_sets(totals), (ranks(totals, ties=0.0) == 1).mean(axis=0)
    rows = []
    for i, (place, mode, own) in enumerate(_by_port(flows)):
        row: dict[str, Any] = {"place": place, "mode": mode} | ends(totals[:, i]) | ends(shares[:, i], "share")
        row["thin"] = bool(row["upper"] > WIDEST_RATIO * row["lower"])
        row |= ends(now[:, i], "to_date") | {"chance": float(np.mean(totals[:, i] > last[:, i]))}
        row |= (
            ends(now[:, i] / then[:, i] - 1, "growth")
            if known_well_enough(last[:, i]) and (then[:, i] > 0).all()
            else {}
        )
        row |= {"rank_best": int(sets[i, 0]), "rank_worst": int(sets[i, 1]), "first": float(first[i])}
        rows.append(row | _recovery(flows, own, month) | _newest(known, place, mode))
    return pl.DataFrame(rows, schema=PORTS).sort("median", descending=True)


def _recovery(flows: PartFlows, own: np.ndarray, month: dt.date) -> dict[str, object]:
    """Return the probability that a port is back at 2019 by a month, and when it passed one half."""
    months = flows.total.months
    start = dt.date(NORMAL_YEAR + 1, 1, 1)
    if start not in months or month < start or dt.date(NORMAL_YEAR, 1, 1) not in months:
        return {}
    monthly = flows.months()[:, own].sum(axis=1)
    normal = flows.between(*_whole(NORMAL_YEAR))[:, own].sum(axis=1)
    lower, upper = np.quantile(normal, [0.1, 0.9])
    if upper > WIDEST_RATIO * lower:
        return {}
    shown = [one for one in months if start <= one <= month]
    now = monthly[:, [months.index(one) for one in shown]]
    then = monthly[:, [months.index(one.replace(year=NORMAL_YEAR)) for one in shown]]
    since = recovered_from(now, then)
    back = since != NEVER
    by_month = [float(np.mean(back & (since <= place))) for place in range(len(shown))]
    half = next((shown[place] for place, chance in enumerate(by_month) if chance > 0.5), None)
    return {"recovered": by_month[-1], "recovered_on": half}


def _newest(known: Known, place: str, mode: str) -> dict[str, object]:
    """Return the newest figure about all freight of a port and mode."""
    rows = known.usable.filter(
        (pl.col("place") == place)
        & (pl.col("mode") == mode)
        & (pl.col("indicator") == INDICATOR)
        & (pl.col("flow") == "total")
        & (pl.col("measure") == "level")
    ).sort("period_end", pl.col("relation").is_in(FIGURE_RELATIONS), "available_on", "statement_id")
    if rows.is_empty():
        return {}
    return {"newest_id": rows["statement_id"][-1], "newest_end": rows["period_end"][-1]}


def _contributions(flows: PartFlows, span: tuple[dt.date, dt.date]) -> pl.DataFrame:
    """Return what each port adds to the growth of the system, largest first; they add up in every draw."""
    added = by_flow(_of_ports(flows, *span), _of_ports(flows, *same_span(*span, span[0].year - 1)))
    rows = [{"place": place, "mode": mode} | ends(added[:, i]) for i, (place, mode, _) in enumerate(_by_port(flows))]
    return pl.DataFrame(rows, schema=CONTRIBUTIONS).sort(pl.col("median").abs(), descending=True)


def _concentration(flows: PartFlows, year: int) -> pl.DataFrame:
    """Return the concentration of the system on its ports, a port's modes together, by year."""
    places = [place for place, _, _ in _by_port(flows)]
    rows = []
    for each in range(year - YEARS + 1, year + 1):
        totals = _of_ports(flows, *_whole(each))
        by_place = np.column_stack(
            [totals[:, [other == place for other in places]].sum(axis=1) for place in dict.fromkeys(places)]
        )
        rows.append({"year": each} | ends(concentration(by_place)))
    return pl.DataFrame(rows)

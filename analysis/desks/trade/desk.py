"""From the ledger to the growth of a region's trade."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analysis.core.errors import EvidenceError, ParameterError
from analysis.core.periods import Edition
from analysis.core.sampling import Sampling
from analysis.desks.port.comparisons import NORMAL_YEAR
from analysis.desks.port.contributions import by_flow
from analysis.desks.port.drawing_rule import bounded_years, drawable, fixed_years, stated_years
from analysis.desks.port.growth import growth, same_span
from analysis.desks.trade.figures import expectations, range_of, stated_facts
from analysis.desks.trade.mirrored import Flow, mirrored_flows, sent_on
from analysis.desks.trade.printed import Printed, printed
from analysis.desks.trade.unit_values import UnitValue, unit_values
from analysis.estimates import kept_fits, paths
from analysis.estimates.inputs import Inputs, inputs
from analysis.estimates.paths import YEARS_SHOWN
from analysis.methods.growth import Range, contribution, ratio
from analysis.methods.reconstruction import Reconstruction
from analysis.sources.evidence import Known

INDICATOR = "trade_value_cny"
LEVELS = (50, 80, 95)

#: Partners are compared over spans that ended at most so many days before the data cut-off.
OLDEST_SPAN = 731


@dataclass(frozen=True)
class Partner:
    """A partner's newest figure beside the total of the same days.

    Attributes
    ----------
    partner
        Identifier, such as `belt_and_road`.
    printed
        What was printed of it.
    share
        Of the total of the same days; None where that was not printed.
    points
        What it adds to the growth of the total, a fraction of the total's base; None where a base is missing.
    ids
        The statements behind it.
    """

    partner: str
    printed: Printed
    share: Range | None
    points: Range | None
    ids: tuple[str, ...]


@dataclass(frozen=True)
class TradeGrowth:
    """What was printed of a region's trade, what it implies, and where the year ends; money in yuan.

    Attributes
    ----------
    place, series_id, edition, as_of, known
        The question: the region, the series of its trade, first day of the edition's month, data cut-off, all known.
    inputs, reconstruction
        What the joint fit depends on, and the path of the total, whose parts are exports and imports.
    statements
        Every statement about the region's trade known by then.
    totals
        What was printed of the total by span, from `NORMAL_YEAR` on, by last day.
    newest
        The newest sum since January that the reconstruction uses; None where none was printed.
    partners
        The newest figure of each partner within `OLDEST_SPAN` days.
    flows
        What exports and imports add to growth, draw by draw: `question, start, end, other, flow, growth, median, lower,
        upper` (80%; fractions of the base).
    growth
        Growth by draw on other years, as `desks.port.growth.growth`.
    months
        The monthly path with the drawing rule's verdict: `time_period, level, mean, median, lower, upper, obs_status,
        drawn, reason`.
    chances
        Probabilities of the year: `question` (last_year, target, expected), `value`, `probability`, `statement_ids`.
    close_up
        The statements about the days of the close-up, any relation, each fact once.
    close_up_span
        First and last day of the close-up.
    through_ports
        The statements about trade through the region's ports, another concept; by last day.
    mirror, sent_on
        Flows that both customs printed, and goods that neighbours re-exported.
    unit_values
        Value by tonne of ports.
    """

    place: str
    series_id: str
    edition: dt.date
    as_of: dt.date
    known: Known
    inputs: Inputs
    reconstruction: Reconstruction
    statements: pl.DataFrame
    totals: tuple[Printed, ...]
    newest: Printed | None
    partners: tuple[Partner, ...]
    flows: pl.DataFrame
    growth: pl.DataFrame
    months: pl.DataFrame
    chances: pl.DataFrame
    close_up: pl.DataFrame
    close_up_span: tuple[dt.date, dt.date]
    through_ports: pl.DataFrame
    mirror: tuple[Flow, ...]
    sent_on: pl.DataFrame
    unit_values: tuple[UnitValue, ...]

    @property
    def year(self) -> tuple[float, float, float]:
        """Median and 80% interval of the edition's year."""
        lower, median, upper = np.quantile(self.reconstruction.year(self.edition.year), [0.1, 0.5, 0.9])
        return float(median), float(lower), float(upper)

    def behind_year(self) -> list[str]:
        """Return the statements that bear on the total of the edition's year."""
        year = self.edition.year
        return self.reconstruction.bearing_statements(dt.date(year, 1, 1), dt.date(year, 12, 31))

    def behind_growth(self, start: dt.date, end: dt.date, other: int) -> list[str]:
        """Return the statements that bear on the growth of a span on the same days of another year."""
        return self.reconstruction.bearing_statements(start, end, against=same_span(start, end, other))

    def statement_ids(self) -> list[str]:
        """Return the ids of all statements that the page rests on or names, sorted."""
        named = {one for total in self.totals for one in total.ids}
        named |= {one for partner in self.partners for one in partner.ids}
        named |= {one for flow in self.mirror for one in flow.ids}
        named |= {one for value in self.unit_values for one in value.ids}
        for table in (self.close_up, self.through_ports, self.sent_on):
            named |= set(table["statement_id"])
        named |= set(self.chances["statement_ids"].explode().drop_nulls())
        for row in self.growth.filter(pl.col("median").is_not_null()).iter_rows(named=True):
            named |= set(self.behind_growth(row["start"], row["end"], row["other"]))
        return sorted(named | set(self.behind_year()))


def trade_growth(
    known: Known,
    *,
    place: str,
    edition: Edition,
    close_up: tuple[dt.date, dt.date],
    target_cny: float = 0.0,
    seed: int = 1,
) -> TradeGrowth:
    """Return what was printed of a region's trade, what it implies, and where the year ends.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    place
        Identifier of the region, such as `xinjiang`.
    edition
        Month of the page and data cut-off.
    close_up
        First and last day of a period whose every figure is shown.
    target_cny
        A total of the edition's year to compare with, yuan; 0 for none.
    seed
        Of the draws.

    Raises
    ------
    EvidenceError
        If nothing usable about the region's trade was published by then.
    ParameterError
        If the target is negative.
    """
    if target_cny < 0:
        raise ParameterError(f"The target of trade is {target_cny} yuan. Give a number above zero, or 0 for none.")
    series_id = f"{place}.{INDICATOR}.total.all"
    own = known.counted.filter((pl.col("place") == place) & (pl.col("indicator") == INDICATOR))
    if own.is_empty():
        raise EvidenceError(f"No trade of {place!r} was published by {known.as_of}. Name a later as-of date.")
    year = edition.month.year
    end = dt.date(year + (edition.month.month == 12), 12, 31)
    chosen = inputs(known, series=[series_id], start=dt.date(year - YEARS_SHOWN + 1, 1, 1), end=end)
    path = paths.path(chosen, series_id, Sampling(levels=LEVELS, seed=seed))
    return _assemble(chosen, path, known, edition=edition.month, place=place, close_up=close_up, target=target_cny)


def _assemble(
    chosen: Inputs,
    path: Reconstruction,
    known: Known,
    *,
    edition: dt.date,
    place: str,
    close_up: tuple[dt.date, dt.date],
    target: float,
) -> TradeGrowth:
    """Return every part of the answer from the reconstruction and what was printed."""
    own = known.counted.filter((pl.col("place") == place) & (pl.col("indicator") == INDICATOR))
    used = own.join(path.fit.filter("used").select("statement_id"), on="statement_id", how="semi")
    stated = stated_facts(known)
    trade = stated.filter((pl.col("place") == place) & (pl.col("indicator") == INDICATOR))
    totals = printed(trade.filter(pl.col("series_id") == path.series_id))
    rates = growth(path, edition=edition)
    return TradeGrowth(
        place=place,
        series_id=path.series_id,
        edition=edition,
        as_of=known.as_of,
        known=known,
        inputs=chosen,
        reconstruction=path,
        statements=own,
        totals=tuple(each for each in totals if each.span[0].year >= NORMAL_YEAR),
        newest=_newest(totals, used),
        partners=tuple(_partners(trade, totals, known.as_of)),
        flows=_flows(path, chosen, rates),
        growth=rates,
        months=_months(path, used),
        chances=_chances(path, known, place, edition, target),
        close_up=_close_up(known, own, close_up),
        close_up_span=close_up,
        through_ports=_through_ports(known, place),
        mirror=tuple(mirrored_flows(stated)),
        sent_on=sent_on(stated),
        unit_values=tuple(unit_values(stated)),
    )


def _newest(totals: list[Printed], used: pl.DataFrame) -> Printed | None:
    """Return the newest sum since January whose level the reconstruction uses."""
    ids = set(used["statement_id"])
    since = [
        each
        for each in totals
        if each.level
        and each.level["statement_id"] in ids
        and (each.span[0].month, each.span[0].day) == (1, 1)
        and each.span[0].year == each.span[1].year
    ]
    return since[-1] if since else None


def _partners(trade: pl.DataFrame, totals: list[Printed], as_of: dt.date) -> list[Partner]:
    """Return the newest line of each partner, one with a share before newer ones without."""
    by_total = {each.span: each for each in totals}
    found: dict[str, Partner] = {}
    sums = trade.filter((pl.col("flow") == "total") & (pl.col("partner").fill_null("") != ""))
    for each in printed(sums):
        if (as_of - each.span[1]).days > OLDEST_SPAN:
            continue
        line = _partner(each, by_total.get(each.span))
        name = line.partner
        if name not in found or line.share is not None or found[name].share is None:
            found[name] = line
    return sorted(found.values(), key=lambda line: (-(line.share.value if line.share else 0), line.partner))


def _partner(each: Printed, total: Printed | None) -> Partner:
    """Return a partner's figure beside the total of the same days."""
    share = points = None
    if total and total.level and each.level:
        share = ratio(range_of(each.level), range_of(total.level))
        if each.base_range and total.base_range:
            points = contribution(range_of(each.level), each.base_range, total.base_range)
    ids = dict.fromkeys([*each.ids, *(total.ids if total and share else [])])
    return Partner(str(each.row["partner"]), each, share, points, tuple(ids))


def _flows(path: Reconstruction, chosen: Inputs, rates: pl.DataFrame) -> pl.DataFrame:
    """Return what the parts of the total add to each growth rate, draw by draw; none where it has one part."""
    schema = {"question": pl.String, "start": pl.Date, "end": pl.Date, "other": pl.Int64, "flow": pl.String,
              "growth": pl.Float64, "median": pl.Float64, "lower": pl.Float64, "upper": pl.Float64}  # fmt: skip
    nodes = chosen.structure.nodes
    parts = kept_fits.posterior(chosen).parts[path.series_id]
    if nodes is None or len(parts) < 2:
        return pl.DataFrame(schema=schema)
    flow = dict(nodes.select("part_id", "flow").iter_rows())
    rows: list[dict[str, Any]] = []
    computed = rates.filter(pl.col("median").is_not_null() & (pl.col("years") == 1))
    for rate in computed.iter_rows(named=True):
        span = rate["start"], rate["end"]
        now, then = (
            np.einsum("dpm,pm->dp", path.rates, np.stack([days.between(*each) for days in path.days]))
            for each in (span, same_span(*span, rate["other"]))
        )
        middle, lower, upper = np.quantile(by_flow(now, then), [0.5, 0.1, 0.9], axis=0).tolist()
        asked = {name: rate[name] for name in ("question", "start", "end", "other")} | {"growth": rate["median"]}
        rows += [
            asked | {"flow": flow[part], "median": middle[i], "lower": lower[i], "upper": upper[i]}
            for i, part in enumerate(parts)
        ]
    return pl.DataFrame(rows, schema=schema)


def _months(path: Reconstruction, used: pl.DataFrame) -> pl.DataFrame:
    """Return the monthly path with the drawing rule's verdict on every month."""
    monthly = path.path.filter(pl.col("freq") == "M").drop("series_id", "freq")
    bounded = bounded_years(used)
    spoken = stated_years(used) | (fixed_years(path) - bounded)
    verdicts = drawable(monthly.filter(pl.col("level") == 80), spoken, bounded).select("time_period", "drawn", "reason")
    return monthly.join(verdicts, on="time_period", how="left", validate="m:1").sort("time_period", "level")


def _chances(path: Reconstruction, known: Known, place: str, month: dt.date, target: float) -> pl.DataFrame:
    """Return how likely the year passes the last one, a target given by hand, and every published target."""
    year = month.year
    draws, last = path.year(year), path.year(year - 1)
    rows: list[dict[str, Any]] = [
        {"question": "last_year", "value": float(np.median(last)), "probability": float(np.mean(draws > last)),
         "statement_ids": []}
    ]  # fmt: skip
    if target:
        reached = float(np.mean(draws >= target))
        rows.append({"question": "target", "value": target, "probability": reached, "statement_ids": []})
    for indicator, grown in ((INDICATOR, False), (f"{INDICATOR}_growth", True)):
        for row in expectations(known, place=place, indicator=indicator, year=year).iter_rows(named=True):
            wanted = (1 + row["value"]) * last if grown else np.full_like(last, row["value"])
            rows.append(
                {"question": "expected_growth" if grown else "expected", "value": float(np.median(wanted)),
                 "probability": float(np.mean(draws >= wanted)), "statement_ids": [row["statement_id"]]}
            )  # fmt: skip
    schema: dict[str, Any] = {"question": pl.String, "value": pl.Float64, "probability": pl.Float64,
              "statement_ids": pl.List(pl.String)}  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def _close_up(known: Known, own: pl.DataFrame, span: tuple[dt.date, dt.date]) -> pl.DataFrame:
    """Return the statements about some days, each fact once, the total before its partners."""
    rows = own.filter(
        (pl.col("period_start") == span[0])
        & (pl.col("period_end") == span[1])
        & pl.col("statement_id").is_in(known.usable["statement_id"].implode())
    )
    return rows.sort(pl.col("partner").fill_null(""), "flow", "measure", "available_on", "statement_id")


def _through_ports(known: Known, place: str) -> pl.DataFrame:
    """Return what was printed of trade through the region's ports, in yuan, each fact once."""
    rows = known.usable.filter((pl.col("place") == f"{place}_ports") & (pl.col("indicator") == INDICATOR))
    return rows.sort("period_end", pl.col("partner").fill_null(""), "flow", "measure", "statement_id")

"""What a joint fit depends on: the statements published by a date, what they are sums of, and the ports' calendars."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, EvidenceError, PeriodError
from analysis.core.periods import add_months, month_end, month_start, months_between
from analysis.core.reasons import Reason
from analysis.estimates import contradictions
from analysis.methods import reconstruction
from analysis.methods.reconstruction import Calendar, Overshoot, Structure, learn_overshoot
from analysis.runtime.cache import fingerprint
from analysis.sources import calendar, ledger
from analysis.sources.evidence import Known

#: Standard deviation, in logs, of a further step a month while a regime holds, and in months that are open for the
#: first time, as no season is known for them (docs/methods/reconstruction.md, Regimes).
REGIME_JUMP, FIRST_SEASON_JUMP = 0.13, 0.45

#: Days before, during and after the Spring Festival in which trade is another, as far as the statements can tell apart.
FESTIVAL_WINDOWS = ((7, 7, 7), (14, 7, 14), (21, 7, 21))


@dataclass(frozen=True)
class Inputs:
    """All that a joint fit depends on, and the months of the paths that are wanted from it.

    Attributes
    ----------
    statements
        The statements that are used, about all flows.
    structure
        What series are sums of, what flows have in common, and the calendars of their ports.
    overshoot
        How far figures lay above bounds that had been published for them.
    window
        First and last month that the fit covers (`fit_window`).
    start, end
        First and last month of the paths, inside the window.
    withheld
        The statements that contradict each other and are therefore not used (`contradictions.withheld`).
    """

    statements: pl.DataFrame
    structure: Structure
    overshoot: Overshoot
    window: tuple[dt.date, dt.date]
    start: dt.date
    end: dt.date
    withheld: pl.DataFrame

    @cached_property
    def fit_key(self) -> str:
        """The fingerprint of all that the fit depends on; paths of other months rest on the same fit."""
        return fingerprint(self.statements, *self.window, self.structure, self.overshoot)


def inputs(
    known: Known,
    *,
    series: Sequence[str] = (),
    start: dt.date | None = None,
    end: dt.date | None = None,
    scenario: pl.DataFrame | None = None,
) -> Inputs:
    """Return what the joint fit of all flows depends on: the same for every question about what was known on a day.

    Every statement that may be used is fitted, whichever series and months are asked for, so that a total has one
    interval wherever it is printed.

    Parameters
    ----------
    known
        What had been published by a day.
    series
        Series asked for by name; every series of the ledger if empty.
    start, end
        First and last month of the paths; January of the first and December of the last year stated of the series
        asked for if not given.
    scenario
        Open days to come, as `calendar.read_scenario` returns them.

    Raises
    ------
    CoverageError, EvidenceError
        If the ledger has no series of such a name, or nothing usable about it was published, or only what contradicts
        itself, or no statement at all reaches the year before the start.
    PeriodError
        If the end lies before the start.
    """
    for name in series:
        _require(known, name)
    usable = flows(known)
    wanted = usable.filter(pl.col("series_id").is_in(list(series))) if series else usable
    if wanted.is_empty():
        raise EvidenceError(_why_empty(known))
    start, end = _months(wanted, start, end)
    withheld = contradictions.withheld(known)
    statements = usable.filter(~pl.col("statement_id").is_in(withheld["statement_id"].implode()))
    _require_rest(wanted, withheld, series)
    if max(statements["period_end"]) < add_months(start, -12):
        raise EvidenceError(Reason("no_statement"))
    window = fit_window(statements, start, end, as_of=known.as_of)
    return Inputs(
        statements=statements,
        structure=_structure(known, statements, window, scenario),
        overshoot=learn_overshoot(ledger.bound_pairs(known.statements)),
        window=window,
        start=start,
        end=end,
        withheld=withheld,
    )


def flows(known: Known) -> pl.DataFrame:
    """Return the usable statements about monthly flows: what adds up over the months of a year."""
    usable = known.usable
    return usable.filter(pl.col("series_id").is_in(known.evidence.indicators.monthly_flows(usable)))


def fit_window(statements: pl.DataFrame, start: dt.date, end: dt.date, *, as_of: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last month of a fit: all years stated, and the year after the day of the evidence.

    Only a path that reaches further makes the window longer, so that questions of the same day share one fit.

    Parameters
    ----------
    statements
        What is fitted.
    start, end
        First and last month of the paths.
    as_of
        The day of the evidence.
    """
    return reconstruction.covering_window(statements, start, max(end, dt.date(as_of.year + 1, 12, 1)))


def _structure(
    known: Known, statements: pl.DataFrame, window: tuple[dt.date, dt.date], scenario: pl.DataFrame | None
) -> Structure:
    """Join the series to what they are sums of, to what they share, and to the calendars of their ports."""
    aggregates = known.evidence.aggregates
    keys = statements.select("series_id", "place", "indicator", "flow", "mode", "partner").unique("series_id")
    keys = keys.sort("series_id")
    parts = aggregates.parts_of(keys)
    nodes = aggregates.nodes_of(keys, parts)
    if not nodes["place"].is_not_null().any():
        return Structure(parts=parts)
    first, last = window
    nodes = nodes.with_columns(home=pl.concat_str("place", "mode", separator=".", ignore_nulls=True))
    calendars = _calendars(known, nodes, (first, month_end(last)), scenario)
    nodes = _with_festive(known, nodes)
    return Structure(parts=parts, nodes=nodes, calendars=calendars, festivals=_festivals(known, nodes, window))


def _with_festive(known: Known, nodes: pl.DataFrame) -> pl.DataFrame:
    """Say which parts the Spring Festival moves; places with and without it share nothing but a region."""
    festive = [known.places.has_spring_festival(place) for place in nodes["place"]]
    nodes = nodes.with_columns(festive=pl.Series(festive, dtype=pl.Boolean))
    if not any(festive) or all(festive):
        return nodes
    apart = pl.col("kind") + ", no festival"
    return nodes.with_columns(kind=pl.when("festive").then("kind").otherwise(apart))


def _festivals(known: Known, nodes: pl.DataFrame, window: tuple[dt.date, dt.date]) -> tuple[np.ndarray, ...]:
    """Return the candidates for the windows of the Spring Festival; none where nothing is known of it."""
    festival = known.evidence.spring_festival
    if not festival.first_days or not nodes["festive"].any():
        return ()
    first, last = window
    months = months_between(first, last) + 1
    tables = [
        festival.windows(first, months, before=before, during=during, after=after, centred=True)
        for before, during, after in FESTIVAL_WINDOWS
    ]
    return tuple(table.select("before", "during", "after").to_numpy() for table in tables)


def _calendars(
    known: Known, nodes: pl.DataFrame, days: tuple[dt.date, dt.date], scenario: pl.DataFrame | None
) -> dict[str, Calendar]:
    """Return the calendar of each part whose port has one; flows of a region without one jump with its ports."""
    ports = known.evidence.calendars
    by_port: dict[tuple[str | None, ...], Calendar] = {}
    by_part = {}
    for part, port, flow, mode, region in nodes.select("part_id", "place", "flow", "mode", "region").iter_rows():
        key: tuple[str | None, ...]
        if ports.covers(port, mode):
            key = (port, mode, flow)
            if key not in by_port:
                by_port[key] = _calendar(known, port, mode, flow, days, scenario)
        elif region is not None:
            key = (region,)
            if key not in by_port:
                by_port[key] = Calendar(regimes=_with_jumps(ports.region_regimes(region, as_of=known.as_of)))
        else:
            continue
        by_part[part] = by_port[key]
    return by_part


def _calendar(
    known: Known,
    port: str,
    mode: str,
    flow: str | None,
    days: tuple[dt.date, dt.date],
    scenario: pl.DataFrame | None,
) -> Calendar:
    """Return the open days of a flow through a port, and when its level may jump."""
    ports, as_of = known.evidence.calendars, known.as_of
    share = ports.open_share(port, mode, *days, as_of=as_of, flow=flow)
    if scenario is not None:
        share = calendar.scenario(share, scenario, port=port, mode=mode, as_of=as_of)
    return Calendar(share, _with_jumps(ports.regimes(port, mode, as_of=as_of)))


def _with_jumps(regimes: pl.DataFrame) -> pl.DataFrame:
    """Return regimes with how far a flow may jump in a month."""
    first = pl.col("what") == "first_season"
    return regimes.with_columns(jump=pl.when(first).then(FIRST_SEASON_JUMP).otherwise(REGIME_JUMP))


def _months(wanted: pl.DataFrame, start: dt.date | None, end: dt.date | None) -> tuple[dt.date, dt.date]:
    """Settle the first and the last month of the paths."""
    first, last = wanted["period_start"].min(), wanted["period_end"].max()
    assert isinstance(first, dt.date)
    assert isinstance(last, dt.date)
    start = month_start(start or first.replace(month=1))
    end = month_start(end or last.replace(month=12, day=1))
    if end < start:
        raise PeriodError(f"The path would start in {start:%Y-%m} and end in {end:%Y-%m}. Set another start or end.")
    return start, end


def _require_rest(wanted: pl.DataFrame, withheld: pl.DataFrame, series: Sequence[str]) -> None:
    """Raise if all that was said of a series asked for, or of every series, contradicts itself."""
    left = set(wanted.join(withheld, on="statement_id", how="anti")["series_id"])
    names = series or ([] if left else [wanted["series_id"][0]])
    for name in names:
        if name not in left:
            reason = Reason("nothing_usable", series=name, day=max(wanted["available_on"]))
            raise EvidenceError(contradictions.no_evidence(withheld, name, reason))


def _require(known: Known, series_id: str) -> None:
    """Raise if a series asked for by name is not in the ledger, or nothing about it may be used."""
    ledger_ids = known.evidence.statements["series_id"]
    if series_id not in ledger_ids:
        raise CoverageError(
            f"The ledger has no series {series_id!r}. Take an id from its series_id column, such as {ledger_ids[0]}."
        )
    if series_id in flows(known)["series_id"]:
        return
    if series_id in known.usable["series_id"]:
        raise EvidenceError(Reason("no_flow", series=series_id))
    published = series_id in known.statements["series_id"]
    reason = Reason("none_usable" if published else "nothing_usable", series=series_id, day=known.as_of)
    raise EvidenceError(contradictions.no_evidence(contradictions.withheld(known, series=[]), series_id, reason))


def _why_empty(known: Known) -> Reason:
    """Return why a ledger has nothing to make an estimate of."""
    if known.statements.is_empty():
        return Reason("nothing_published", day=known.as_of)
    first = known.statements["series_id"][0]
    withheld = contradictions.withheld(known, series=[])
    return contradictions.no_evidence(withheld, first, Reason("nothing_valid", day=known.as_of))

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

#: Factor of the level's monthly variance while a closure or limit holds: three times the standard deviation.
REGIME_INFLATION = 9.0

#: Days before, during and after the Spring Festival in which trade is another, as far as the statements can tell apart.
FESTIVAL_WINDOWS = ((7, 7, 7), (14, 7, 14), (21, 7, 21))


#: Series of a minimal ledger (no places) that are fitted beside those asked for, the ones with most statements first:
#: the season that all have in common is learnt from them, and more would cost time and memory and teach little.
OTHERS = 50


@dataclass(frozen=True)
class Inputs:
    """All that a joint fit depends on, and the months of the paths that are wanted from it.

    Attributes
    ----------
    statements
        The statements that bear on the series asked for.
    structure
        What series are sums of, what flows have in common, and the calendars of their ports.
    overshoot
        How far figures lay above bounds that had been published for them.
    start, end
        First and last month of the paths. The fit covers the whole years that hold them and every statement.
    withheld
        The statements that contradict each other and are therefore not used (`contradictions.withheld`).
    """

    statements: pl.DataFrame
    structure: Structure
    overshoot: Overshoot
    start: dt.date
    end: dt.date
    withheld: pl.DataFrame

    @property
    def window(self) -> tuple[dt.date, dt.date]:
        """First and last month that the fit covers."""
        return reconstruction.covering_window(self.statements, self.start, self.end)

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
    """Return what a joint fit of the series asked for depends on, the same for all series that it covers.

    Parameters
    ----------
    known
        What had been published by a day.
    series
        Series asked for by name; every series of the ledger if empty.
    start, end
        First and last month; January of the first and December of the last year stated of these if not given. What
        reaches back further than a year before the start is left out.
    scenario
        Open days to come, as `calendar.read_scenario` returns them.

    Raises
    ------
    CoverageError, EvidenceError
        If the ledger has no series of such a name, or nothing usable about it was published, or only what contradicts
        itself.
    PeriodError
        If the end lies before the start.
    """
    for name in series:
        _require(known, name)
    usable = known.usable
    wanted = usable.filter(pl.col("series_id").is_in(list(series))) if series else usable
    if wanted.is_empty():
        raise EvidenceError(_why_empty(known))
    start, end = _months(wanted, start, end)
    recent = usable.filter(pl.col("period_start") >= add_months(start, -12))
    statements, parts, nodes = _bearing(known, recent, series)
    withheld = contradictions.withheld(known, series=statements["series_id"].unique() if series else None)
    kept = recent.filter(~pl.col("statement_id").is_in(withheld["statement_id"].implode()))
    _require_rest(wanted, withheld, series)
    if kept.height < recent.height:
        statements, parts, nodes = _bearing(known, kept, series)
    return Inputs(
        statements=statements,
        structure=_structure(known, parts, nodes, reconstruction.covering_window(statements, start, end), scenario),
        overshoot=learn_overshoot(ledger.bound_pairs(known.statements)),
        start=start,
        end=end,
        withheld=withheld,
    )


def _bearing(
    known: Known, statements: pl.DataFrame, series: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the statements that bear on the series asked for, their parts and what these have in common."""
    aggregates = known.evidence.aggregates
    keys = statements.select("series_id", "place", "indicator", "flow", "mode", "partner").unique("series_id")
    keys = keys.sort("series_id")
    parts = aggregates.parts_of(keys)
    nodes = aggregates.nodes_of(keys, parts)
    if series:
        statements = _related(statements, parts, nodes, series)
        names = pl.concat([statements["series_id"], statements["base_id"].drop_nulls()])
        parts = parts.filter(pl.col("series_id").is_in(names.implode()))
        nodes = nodes.filter(pl.col("part_id").is_in(parts["part_id"].implode()))
    return statements, parts, nodes


def _related(statements: pl.DataFrame, parts: pl.DataFrame, nodes: pl.DataFrame, series: Sequence[str]) -> pl.DataFrame:
    """Keep what has a sum or a kind of port in common with the series asked for; of a minimal ledger `OTHERS`."""
    if not nodes["place"].is_not_null().any():
        return _with_others(statements, series)
    groups = parts.join(nodes, on="part_id", how="left", maintain_order="left", validate="m:1")
    wanted = groups.filter(pl.col("series_id").is_in(list(series)))
    tied = wanted["part_id"].unique()
    count = 0
    while count < len(tied):
        count = len(tied)
        names = groups.filter(pl.col("part_id").is_in(tied.implode()))["series_id"].unique()
        tied = groups.filter(pl.col("series_id").is_in(names.implode()))["part_id"].unique()
    bound = groups.filter(pl.col("part_id").is_in(tied.implode()))
    alike = pl.struct("region", "kind").is_in(bound.select(pl.struct("region", "kind")).to_series().implode())
    known = pl.col("region").is_not_null() & pl.col("kind").is_not_null()
    related = groups.filter(pl.col("part_id").is_in(tied.implode()) | (alike & known))["series_id"].unique()
    return statements.filter(pl.col("series_id").is_in(related.implode()))


def _with_others(statements: pl.DataFrame, series: Sequence[str]) -> pl.DataFrame:
    """Keep the series asked for, what they are shares of, and of all others those with most statements."""
    own = statements.filter(pl.col("series_id").is_in(list(series)))
    asked = pl.concat([pl.Series(list(series), dtype=pl.String), own["base_id"].drop_nulls()])
    others = (
        statements.filter(~pl.col("series_id").is_in(asked.implode()))
        .group_by("series_id")
        .len()
        .sort("len", "series_id", descending=[True, False])
        .head(OTHERS)
    )
    return statements.filter(pl.col("series_id").is_in(pl.concat([asked, others["series_id"]]).implode()))


def _structure(
    known: Known,
    parts: pl.DataFrame,
    nodes: pl.DataFrame,
    window: tuple[dt.date, dt.date],
    scenario: pl.DataFrame | None,
) -> Structure:
    """Join the series to what they are sums of, to what they share, and to the calendars of their ports."""
    if not nodes["place"].is_not_null().any():
        return Structure(parts=parts)
    first, last = window
    nodes = nodes.with_columns(home=pl.concat_str("place", "mode", separator=".", ignore_nulls=True))
    calendars = _calendars(known, nodes, (first, month_end(last)), scenario)
    return Structure(parts=parts, nodes=nodes, calendars=calendars, festivals=_festivals(known, window))


def _festivals(known: Known, window: tuple[dt.date, dt.date]) -> tuple[np.ndarray, ...]:
    """Return the candidates for the windows of the Spring Festival; none where nothing is known of it."""
    festival = known.evidence.spring_festival
    if not festival.first_days:
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
        if ports.covers(port, mode):
            key: tuple[str | None, ...] = (port, mode, flow)
            by_port[key] = by_port.get(key) or _calendar(known, port, mode, flow, days, scenario)
        elif region is not None:
            key = (region,)
            jumps = ports.region_regimes(region, as_of=known.as_of)
            by_port[key] = by_port.get(key) or Calendar(regimes=_inflated(jumps))
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
    return Calendar(share, _inflated(ports.regimes(port, mode, as_of=as_of)))


def _inflated(regimes: pl.DataFrame) -> pl.DataFrame:
    """Return regimes with the factor of the level's variance."""
    return regimes.with_columns(inflation=pl.lit(REGIME_INFLATION))


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
    if series_id in known.usable["series_id"]:
        return
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

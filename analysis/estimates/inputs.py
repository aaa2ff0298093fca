"""What a joint fit depends on: the statements published by a date, what they are sums of, and the ports' calendars."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from analysis.core.errors import CoverageError, EvidenceError, PeriodError
from analysis.core.periods import add_months, month_end, month_start
from analysis.methods import reconstruction
from analysis.methods.reconstruction import Calendar, Overshoot, Structure, learn_overshoot
from analysis.runtime.cache import fingerprint
from analysis.sources import aggregates, calendar, ledger, other_counts
from analysis.sources.known_conflicts import withheld

#: Factor of the level's monthly variance while a closure or limit holds: three times the standard deviation.
REGIME_INFLATION = 9.0

#: Days before, during and after the Spring Festival in which trade is another, as far as the statements can tell apart.
FESTIVAL_WINDOWS = ((7, 7, 7), (14, 7, 14), (21, 7, 21))


@dataclass(frozen=True)
class Question:
    """All that a joint fit depends on; the arguments of `reconstruction.reconstruct_together`."""

    evidence: pl.DataFrame
    start: dt.date
    end: dt.date
    structure: Structure
    overshoot: Overshoot

    @cached_property
    def key(self) -> str:
        """The fingerprint of the question."""
        return fingerprint(self.evidence, self.start, self.end, self.structure, self.overshoot)


def question(
    statements: pl.DataFrame,
    *,
    as_of: dt.date,
    series: Sequence[str] = (),
    start: dt.date | None = None,
    end: dt.date | None = None,
    scenario: pl.DataFrame | None = None,
) -> Question:
    """Return what a joint fit of the series asked for depends on, the same for all series that it covers.

    Parameters
    ----------
    statements
        A ledger as `ledger.read` returns it.
    as_of
        Only what was published by then counts.
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
        If the ledger has no series of such a name, or nothing usable about it was published.
    PeriodError
        If the end lies before the start.
    """
    known = ledger.as_of(statements, as_of)
    evidence = other_counts.with_counts(aggregates.with_bases(ledger.evidence(known)))
    evidence = evidence.join(withheld(), on="statement_id", how="anti")
    for name in series:
        _require(statements, evidence, name, as_of)
    asked = evidence.filter(pl.col("series_id").is_in(list(series))) if series else evidence
    if asked.is_empty():
        raise EvidenceError(f"Nothing in the ledger was published by {as_of}. Ask for a later date.")
    start, end = _window(asked, start, end)
    evidence = evidence.filter(pl.col("period_start") >= add_months(start, -12))
    keys = evidence.select("series_id", "place", "indicator", "flow", "mode", "partner").unique("series_id")
    keys = keys.sort("series_id")
    parts = aggregates.parts_of(keys)
    nodes = aggregates.nodes_of(keys, parts)
    if series:
        evidence = _related(evidence, parts, nodes, series)
        names = pl.concat([evidence["series_id"], evidence["base_id"].drop_nulls()])
        parts = parts.filter(pl.col("series_id").is_in(names.implode()))
        nodes = nodes.filter(pl.col("part_id").is_in(parts["part_id"].implode()))
    return Question(
        evidence=evidence,
        start=start,
        end=end,
        structure=_structure(evidence, parts, nodes, start, end, as_of, scenario),
        overshoot=learn_overshoot(ledger.bound_pairs(known)),
    )


def _related(evidence: pl.DataFrame, parts: pl.DataFrame, nodes: pl.DataFrame, series: Sequence[str]) -> pl.DataFrame:
    """Keep what has a sum or a kind of port in common with the series asked for; all of a minimal ledger."""
    if not nodes["place"].is_not_null().any():
        return evidence
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
    return evidence.filter(pl.col("series_id").is_in(related.implode()))


def _structure(
    evidence: pl.DataFrame,
    parts: pl.DataFrame,
    nodes: pl.DataFrame,
    start: dt.date,
    end: dt.date,
    as_of: dt.date,
    scenario: pl.DataFrame | None,
) -> Structure:
    """Join the series to what they are sums of, to what they share, and to the calendars of their ports."""
    first, last = reconstruction.covering_window(evidence, start, end)
    if not nodes["place"].is_not_null().any():
        return Structure(parts=parts)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    windows = [
        calendar.festival_windows(first, months, before=before, during=during, after=after, centred=True)
        for before, during, after in FESTIVAL_WINDOWS
    ]
    festivals = tuple(table.select("before", "during", "after").to_numpy() for table in windows)
    nodes = nodes.with_columns(home=pl.concat_str("place", "mode", separator=".", ignore_nulls=True))
    calendars = _calendars(nodes, first, month_end(last), as_of, scenario)
    return Structure(parts=parts, nodes=nodes, calendars=calendars, festivals=festivals)


def _calendars(
    nodes: pl.DataFrame, first: dt.date, last: dt.date, as_of: dt.date, scenario: pl.DataFrame | None
) -> dict[str, Calendar]:
    """Return the calendar of each part whose port has one; flows of a region without one jump with its ports."""
    made: dict[tuple[str | None, ...], Calendar] = {}
    found = {}
    for part, port, flow, mode, region in nodes.select("part_id", "place", "flow", "mode", "region").iter_rows():
        if calendar.covers(port, mode):
            key: tuple[str | None, ...] = (port, mode, flow)
            made[key] = made.get(key) or _calendar(port, mode, flow, first, last, as_of, scenario)
        elif region is not None:
            key = (region,)
            made[key] = made.get(key) or Calendar(regimes=_inflated(calendar.region_regimes(region, as_of=as_of)))
        else:
            continue
        found[part] = made[key]
    return found


def _calendar(
    port: str, mode: str, flow: str | None, first: dt.date, last: dt.date, as_of: dt.date, scenario: pl.DataFrame | None
) -> Calendar:
    """Return the open days of a flow through a port, and when its level may jump."""
    share = calendar.open_share(port, mode, first, last, as_of=as_of, flow=flow)
    if scenario is not None:
        share = calendar.scenario(share, scenario, port=port, mode=mode, as_of=as_of)
    return Calendar(share, _inflated(calendar.regimes(port, mode, as_of=as_of)))


def _inflated(regimes: pl.DataFrame) -> pl.DataFrame:
    """Return regimes with the factor of the level's variance."""
    return regimes.with_columns(inflation=pl.lit(REGIME_INFLATION))


def _window(asked: pl.DataFrame, start: dt.date | None, end: dt.date | None) -> tuple[dt.date, dt.date]:
    """Settle the first and the last month."""
    first, last = asked["period_start"].min(), asked["period_end"].max()
    assert isinstance(first, dt.date)
    assert isinstance(last, dt.date)
    start = month_start(start or first.replace(month=1))
    end = month_start(end or last.replace(month=12, day=1))
    if end < start:
        raise PeriodError(f"The path would start in {start:%Y-%m} and end in {end:%Y-%m}. Set another start or end.")
    return start, end


def _require(statements: pl.DataFrame, evidence: pl.DataFrame, series_id: str, as_of: dt.date) -> None:
    """Raise if a series asked for by name is not in the ledger, or has no evidence."""
    if series_id not in statements["series_id"]:
        raise CoverageError(
            f"The ledger has no series {series_id!r}. Take an id from its series_id column, such as "
            f"{statements['series_id'][0]}."
        )
    if series_id not in evidence["series_id"]:
        raise EvidenceError(f"Nothing usable about {series_id} was published by {as_of}. Ask for a later date.")

"""Paths of ledger series: what was published by a date, the ports' calendars, and the joint reconstruction of both."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis import aggregates, audit, calendar, counts, ledger, memory, reconstruction
from analysis.errors import CoverageError, EvidenceError, PeriodError
from analysis.observations import PATH_SCHEMA
from analysis.periods import add_months, month_end, month_start
from analysis.reconstruction import Calendar, Posterior, Reconstruction, Structure, learn_overshoot

#: Factor of the level's monthly variance while a closure or limit holds: three times the standard deviation.
REGIME_INFLATION = 9.0

#: Days before, during and after the Spring Festival in which trade is another, as far as the statements can tell apart.
FESTIVAL_WINDOWS = ((7, 7, 7), (14, 7, 14), (21, 7, 21))

#: Years before the last one that the path of a single series goes back if nothing else is asked for.
YEARS_BACK = 12

#: Draws of series asked for by name, and of whole ledgers.
DRAWS, DRAWS_OF_MANY = 1000, 400

#: Batches of draws solved side by side where nothing else runs.
THREADS = 2


@dataclass(frozen=True)
class Batch:
    """Paths of many series over one window.

    Attributes
    ----------
    path
        `observations.PATH_SCHEMA`, in the order of the ledger's series ids.
    skipped
        `series_id` to the sentence that says why there is no path.
    """

    path: pl.DataFrame
    skipped: dict[str, str]


def reconstruct(
    statements: pl.DataFrame,
    series_id: str,
    *,
    as_of: dt.date,
    end: dt.date,
    start: dt.date | None = None,
    scenario: pl.DataFrame | None = None,
    levels: tuple[int, ...] = (80, 95),
    seed: int = 1,
    draws: int = DRAWS,
) -> Reconstruction:
    """Reconstruct one series from what was published by a date about it and about all that moves with it.

    Parameters
    ----------
    statements
        A ledger as `ledger.read` returns it.
    series_id
        Which series.
    as_of
        Only statements and closures published by then count.
    end, start
        Last and first month of the path; the start defaults to January of the first year stated, `YEARS_BACK` years
        before that of the end at most: what was said longer ago says little.
    scenario
        Open days to come, as `calendar.read_scenario` returns them; as the calendar has them if not given.
    levels, seed, draws
        Interval levels in percent, seed, number of draws.

    Raises
    ------
    CoverageError
        If the ledger has no such series.
    EvidenceError
        If nothing usable about it was published by then.
    """
    start = start or recent_start(statements, series_id, end)
    question = _question(statements, as_of, [series_id], start, end, scenario)
    found = memory.path(question, series_id, levels=levels, draws=draws, seed=seed)
    if isinstance(found, str):
        raise EvidenceError(found)
    return found


def reconstruct_all(
    statements: pl.DataFrame,
    *,
    series: Sequence[str] = (),
    as_of: dt.date | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    scenario: pl.DataFrame | None = None,
    levels: tuple[int, ...] = (80, 95),
    seed: int = 1,
    draws: int | None = None,
    threads: int = THREADS,
) -> Batch:
    """Reconstruct many series over the same window.

    Parameters
    ----------
    statements
        A ledger as `ledger.read` returns it.
    series
        Series asked for by name, all of which must have evidence; every series of the ledger if empty.
    as_of
        Only what was published by then counts; everything if not given.
    start, end
        First and last month; January of the first and December of the last year stated if not given.
    scenario
        Open days to come, as `calendar.read_scenario` returns them.
    levels, seed, draws
        Interval levels in percent, seed, number of draws (1,000 for series asked for by name, otherwise 400).
    threads
        How many batches of draws are solved side by side. The result does not depend on it.

    Raises
    ------
    CoverageError, EvidenceError
        For a series asked for by name; without names it is listed in `skipped`.
    """
    as_of = as_of or max(statements["available_on"])
    posterior = joint(statements, as_of=as_of, series=series, start=start, end=end, scenario=scenario)
    wanted = list(series) or sorted(posterior.evidence["series_id"].unique())
    draws = draws or (DRAWS if series else DRAWS_OF_MANY)
    found = posterior.paths(wanted, levels=levels, draws=draws, seed=seed, threads=threads)
    skipped = {name: path for name, path in found.items() if isinstance(path, str)}
    if series and skipped:
        raise EvidenceError(next(iter(skipped.values())))
    paths = [path.path for path in found.values() if isinstance(path, Reconstruction)]
    return Batch(pl.concat([pl.DataFrame(schema=PATH_SCHEMA), *paths]), skipped)


def joint(
    statements: pl.DataFrame,
    *,
    as_of: dt.date,
    series: Sequence[str] = (),
    start: dt.date | None = None,
    end: dt.date | None = None,
    scenario: pl.DataFrame | None = None,
) -> Posterior:
    """Fit everything that moves with the series asked for, jointly.

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
    return memory.posterior(_question(statements, as_of, series, start, end, scenario))


def _question(
    statements: pl.DataFrame, as_of: dt.date, series: Sequence[str],
    start: dt.date | None, end: dt.date | None, scenario: pl.DataFrame | None,
) -> memory.Question:  # fmt: skip
    """Return all that a joint fit depends on; parameters and errors are those of `joint`."""
    known = ledger.as_of(statements, as_of)
    evidence = counts.with_counts(aggregates.with_bases(ledger.evidence(known)))
    evidence = evidence.join(withheld(), on="statement_id", how="anti")
    for name in series:
        _require(statements, evidence, name, as_of)
    asked = evidence.filter(pl.col("series_id").is_in(list(series))) if series else evidence
    if asked.is_empty():
        raise EvidenceError(f"Nothing in the ledger was published by {as_of}. Ask for a later date.")
    start, end = _window(asked, start, end)
    evidence = evidence.filter(pl.col("period_start") >= add_months(start, -12))
    keys = evidence.select("series_id", "place", "indicator", "flow", "mode", "partner").unique("series_id")
    parts = aggregates.parts_of(keys.sort("series_id"))
    nodes = aggregates.nodes_of(keys, parts)
    if series:
        evidence = _related(evidence, parts, nodes, series)
        names = pl.concat([evidence["series_id"], evidence["base_id"].drop_nulls()])
        parts = parts.filter(pl.col("series_id").is_in(names.implode()))
        nodes = nodes.filter(pl.col("part_id").is_in(parts["part_id"].implode()))
    return memory.Question(
        evidence=evidence,
        start=start,
        end=end,
        structure=_structure(evidence, parts, nodes, start, end, as_of, scenario),
        overshoot=learn_overshoot(ledger.bound_pairs(known)),
    )


def recent_start(statements: pl.DataFrame, series_id: str, end: dt.date) -> dt.date:
    """Return January of the first year stated of a series, `YEARS_BACK` years before the end at most."""
    stated = statements.filter(pl.col("series_id") == series_id)["period_start"].min()
    first = stated.year if isinstance(stated, dt.date) else end.year
    return dt.date(max(first, end.year - YEARS_BACK), 1, 1)


def withheld() -> pl.DataFrame:
    """Return the statements that no estimate may use, as a known contradiction about them is not resolved.

    Returns
    -------
    DataFrame
        `statement_id`, `reason`.
    """
    listed = audit.known_conflicts().filter("withheld")
    return (
        listed.select(pl.col("statement_ids").str.split(";").alias("statement_id"), reason="note")
        .explode("statement_id")
        .unique("statement_id", keep="first", maintain_order=True)
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
    alike = pl.struct("region", "kind").is_in(wanted.select(pl.struct("region", "kind")).to_series().implode())
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
    first, last = reconstruction.window_of(evidence, start, end)
    if not nodes["place"].is_not_null().any():
        return Structure(parts=parts)
    calendars = {}
    for part, port, flow, mode in nodes.select("part_id", "place", "flow", "mode").iter_rows():
        if port is not None and mode is not None and calendar.covers(port, mode):
            share = calendar.open_share(port, mode, first, month_end(last), as_of=as_of, flow=flow)
            if scenario is not None:
                share = calendar.scenario(share, scenario, port=port, mode=mode, as_of=as_of)
            regimes = calendar.regimes(port, mode, as_of=as_of)
            calendars[part] = Calendar(share, regimes.with_columns(inflation=pl.lit(REGIME_INFLATION)))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    windows = [
        calendar.festival_windows(first, months, before=before, during=during, after=after, centred=True)
        for before, during, after in FESTIVAL_WINDOWS
    ]
    festivals = tuple(table.select("before", "during", "after").to_numpy() for table in windows)
    nodes = nodes.with_columns(home=pl.concat_str("place", "mode", separator=".", ignore_nulls=True))
    return Structure(parts=parts, nodes=nodes, calendars=calendars, festivals=festivals)


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

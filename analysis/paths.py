"""Paths of ledger series: what was published by a date, the port's calendar, and the reconstruction of both."""

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl

from analysis import calendar, ledger, reconstruction
from analysis.errors import CoverageError, EvidenceError, PeriodError
from analysis.observations import PATH_SCHEMA
from analysis.periods import month_end, month_start
from analysis.reconstruction import Overshoot, Reconstruction, learn_overshoot
from analysis.shares import shared

#: Factor of the level's monthly variance while a closure or limit holds: three times the standard deviation.
REGIME_INFLATION = 9.0

#: Fewer series than this are not worth the start of worker processes.
SERIES_PER_WORKER = 4


@dataclass(frozen=True)
class Request:
    """What every series of a batch shares: window, intervals, seed and the date of knowledge."""

    as_of: dt.date
    start: dt.date
    end: dt.date
    levels: tuple[int, ...]
    seed: int
    draws: int
    overshoot: Overshoot


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
    levels: tuple[int, ...] = (80, 95),
    seed: int = 1,
    draws: int = 1000,
) -> Reconstruction:
    """Reconstruct one series from what was published by a date.

    Parameters
    ----------
    statements
        A ledger as `ledger.read` returns it.
    series_id
        Which series.
    as_of
        Only statements and closures published by then count.
    end, start
        Last and first month of the path; the start defaults to January of the first year stated.
    levels, seed, draws
        Interval levels in percent, seed, number of draws.

    Raises
    ------
    CoverageError
        If the ledger has no such series.
    EvidenceError
        If nothing usable about it was published by then.
    """
    known = ledger.as_of(statements, as_of)
    evidence = _evidence(statements, known, series_id, as_of)
    request = _request(known, evidence, as_of, start, end, levels, seed, draws)
    return _reconstruct(evidence, request)


def reconstruct_all(
    statements: pl.DataFrame,
    *,
    series: Sequence[str] = (),
    as_of: dt.date | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    levels: tuple[int, ...] = (80, 95),
    seed: int = 1,
    draws: int = 1000,
    workers: int | None = None,
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
    levels, seed, draws
        Interval levels in percent, seed, number of draws.
    workers
        Processes; one a core if not given. The result does not depend on it.

    Raises
    ------
    CoverageError, EvidenceError
        For a series asked for by name; without names it is listed in `skipped`.
    """
    as_of = as_of or max(statements["available_on"])
    known = ledger.as_of(statements, as_of)
    if series:
        tables = [_evidence(statements, known, name, as_of) for name in series]
    else:
        tables = _by_series(ledger.evidence(known))
    if not tables:
        raise EvidenceError(f"Nothing in the ledger was published by {as_of}. Ask for a later date.")
    request = _request(known, pl.concat(tables), as_of, start, end, levels, seed, draws)
    paths, skipped = [], {}
    workers = min(workers or os.cpu_count() or 1, max(len(tables) // SERIES_PER_WORKER, 1))
    outcomes = shared(partial(_path_or_reason, request=request), tables, workers=workers)
    for table, outcome in zip(tables, outcomes, strict=True):
        if isinstance(outcome, str):
            if series:
                raise EvidenceError(outcome)
            skipped[str(table["series_id"][0])] = outcome
        else:
            paths.append(outcome)
    return Batch(pl.concat([pl.DataFrame(schema=PATH_SCHEMA), *paths]), skipped)


def _path_or_reason(evidence: pl.DataFrame, request: Request) -> pl.DataFrame | str:
    try:
        return _reconstruct(evidence, request).path
    except EvidenceError as error:
        return str(error)


def _reconstruct(evidence: pl.DataFrame, request: Request) -> Reconstruction:
    """Join the evidence of one series to the calendar of its port, where it has one."""
    port, mode = (evidence[name][0] for name in ("place", "mode"))
    share = regimes = None
    if calendar.covers(port, mode):
        first, last = reconstruction.window_of(evidence, request.start, request.end)
        share = calendar.open_share(port, mode, first, month_end(last), as_of=request.as_of)
        regimes = calendar.regimes(port, mode, as_of=request.as_of)
        regimes = regimes.with_columns(pl.lit(REGIME_INFLATION).alias("inflation"))
    return reconstruction.reconstruct(
        evidence,
        start=request.start,
        end=request.end,
        open_share=share,
        regimes=regimes,
        overshoot=request.overshoot,
        levels=request.levels,
        draws=request.draws,
        seed=request.seed,
    )


def _request(
    known: pl.DataFrame,
    evidence: pl.DataFrame,
    as_of: dt.date,
    start: dt.date | None,
    end: dt.date | None,
    levels: tuple[int, ...],
    seed: int,
    draws: int,
) -> Request:
    """Settle the window, and learn the tail of bounds from all pairs published by the date."""
    first, last = evidence["period_start"].min(), evidence["period_end"].max()
    assert isinstance(first, dt.date)
    assert isinstance(last, dt.date)
    start = month_start(start or first.replace(month=1))
    end = month_start(end or last.replace(month=12, day=1))
    if end < start:
        raise PeriodError(f"The path would start in {start:%Y-%m} and end in {end:%Y-%m}. Set another start or end.")
    return Request(as_of, start, end, levels, seed, draws, learn_overshoot(ledger.bound_pairs(known)))


def _by_series(evidence: pl.DataFrame) -> list[pl.DataFrame]:
    """Split the evidence by series, in the order of their ids."""
    return evidence.sort("series_id", maintain_order=True).partition_by("series_id", maintain_order=True)


def _evidence(statements: pl.DataFrame, known: pl.DataFrame, series_id: str, as_of: dt.date) -> pl.DataFrame:
    """Return the evidence of a series asked for by name, or say why there is none."""
    if series_id not in statements["series_id"]:
        raise CoverageError(
            f"The ledger has no series {series_id!r}. Take an id from its series_id column, such as "
            f"{statements['series_id'][0]}."
        )
    evidence = ledger.evidence(known.filter(pl.col("series_id") == series_id))
    if evidence.is_empty():
        raise EvidenceError(f"Nothing usable about {series_id} was published by {as_of}. Ask for a later date.")
    return evidence

"""Paths of ledger series, from what was published by a date and the ports' calendars."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import EvidenceError
from analysis.core.path_table import PATH_SCHEMA
from analysis.core.reasons import Reason
from analysis.estimates import kept_fits
from analysis.estimates.inputs import Question, question
from analysis.methods.reconstruction import Posterior, Reconstruction

#: Years before the last one that the path of a single series goes back if nothing else is asked for.
YEARS_BACK = 12

#: Draws of series asked for by name, and of whole ledgers.
DRAWS, DRAWS_OF_MANY = 1000, 400


@dataclass(frozen=True)
class Batch:
    """Paths of many series over one window.

    Attributes
    ----------
    path
        `observations.PATH_SCHEMA`, in the order of the ledger's series ids.
    skipped
        `series_id` to the reason why there is no path.
    """

    path: pl.DataFrame
    skipped: dict[str, Reason]


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
    asked = question(statements, as_of=as_of, series=[series_id], start=start, end=end, scenario=scenario)
    return path(asked, series_id, levels=levels, seed=seed, draws=draws)


def path(
    asked: Question, series_id: str, *, levels: tuple[int, ...] = (80, 95), seed: int = 1, draws: int = DRAWS
) -> Reconstruction:
    """Return the path of one series that a question covers; parameters as for `reconstruct`.

    Raises
    ------
    EvidenceError
        If nothing usable is known about it.
    """
    found = kept_fits.path(asked, series_id, levels=levels, draws=draws, seed=seed)
    if isinstance(found, Reason):
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
    workers: int = 1,
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
    workers
        How many processes draw the paths, if these are more than a few. The result does not depend on it.

    Raises
    ------
    CoverageError, EvidenceError
        For a series asked for by name; without names it is listed in `skipped`.
    """
    as_of = as_of or max(statements["available_on"])
    posterior = joint(statements, as_of=as_of, series=series, start=start, end=end, scenario=scenario)
    wanted = list(series) or sorted(posterior.evidence["series_id"].unique())
    draws = draws or (DRAWS if series else DRAWS_OF_MANY)
    found = posterior.paths(wanted, levels=levels, draws=draws, seed=seed, workers=workers)
    skipped = {name: path for name, path in found.items() if isinstance(path, Reason)}
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
    """Fit everything that moves with the series asked for, jointly; parameters and errors are those of `question`."""
    return kept_fits.posterior(
        question(statements, as_of=as_of, series=series, start=start, end=end, scenario=scenario)
    )


def recent_start(statements: pl.DataFrame, series_id: str, end: dt.date) -> dt.date:
    """Return January of the first year stated of a series, `YEARS_BACK` years before the end at most."""
    stated = statements.filter(pl.col("series_id") == series_id)["period_start"].min()
    first = stated.year if isinstance(stated, dt.date) else end.year
    return dt.date(max(first, end.year - YEARS_BACK), 1, 1)

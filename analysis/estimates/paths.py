"""Paths of ledger series, from what was published by a date and the ports' calendars."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import EvidenceError
from analysis.core.path_table import PATH_SCHEMA
from analysis.core.reasons import Reason
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling
from analysis.estimates import kept_fits
from analysis.estimates.contradictions import about, no_evidence
from analysis.estimates.inputs import Inputs, flows, inputs
from analysis.methods.reconstruction import Posterior, Reconstruction
from analysis.sources.evidence import Known

#: Years of the path of a single series, the last one included, if nothing else is asked for.
YEARS_SHOWN = 12


@dataclass(frozen=True)
class Batch:
    """Paths of many series over one window.

    Attributes
    ----------
    path
        `path_table.PATH_SCHEMA`, in the order of the ledger's series ids.
    skipped
        `series_id` to the reason why there is no path.
    withheld
        A sentence for each contradiction about these series whose statements no estimate uses.
    """

    path: pl.DataFrame
    skipped: dict[str, Reason]
    withheld: list[str]


def reconstruct(
    known: Known,
    series_id: str,
    *,
    end: dt.date,
    start: dt.date | None = None,
    scenario: pl.DataFrame | None = None,
    sampling: Sampling = DEFAULT_SAMPLING,
) -> Reconstruction:
    """Reconstruct one series from what was published by a day about it and about all that moves with it.

    Parameters
    ----------
    known
        What had been published by the day, such as `Evidence.read().known(day)`.
    series_id
        Which series.
    end, start
        Last and first month of the path; the start defaults to January of the first year stated, at most
        `YEARS_SHOWN` years with that of the end.
    scenario
        Open days to come, as `calendar.read_scenario` returns them; as the calendar has them if not given.
    sampling
        Interval levels, draws and seed.

    Raises
    ------
    CoverageError
        If the ledger has no such series.
    EvidenceError
        If nothing usable about it was published by then.
    """
    start = start or recent_start(known, series_id, end)
    return path(inputs(known, series=[series_id], start=start, end=end, scenario=scenario), series_id, sampling)


def path(chosen: Inputs, series_id: str, sampling: Sampling = DEFAULT_SAMPLING) -> Reconstruction:
    """Return the path of one series from the inputs of a joint fit that covers it.

    Raises
    ------
    EvidenceError
        If nothing usable is known about it.
    """
    result = kept_fits.path(chosen, series_id, sampling)
    if isinstance(result, Reason):
        raise EvidenceError(no_evidence(chosen.withheld, series_id, result))
    return result


def reconstruct_all(
    known: Known,
    *,
    series: Sequence[str] = (),
    start: dt.date | None = None,
    end: dt.date | None = None,
    scenario: pl.DataFrame | None = None,
    sampling: Sampling = DEFAULT_SAMPLING,
    workers: int = 1,
) -> Batch:
    """Reconstruct many series over the same window.

    Parameters
    ----------
    known
        What had been published by a day.
    series
        Series asked for by name, all of which must have evidence; every series of the ledger if empty.
    start, end
        First and last month; January of the first and December of the last year stated if not given.
    scenario
        Open days to come, as `calendar.read_scenario` returns them.
    sampling
        Interval levels, draws and seed.
    workers
        How many processes draw the paths, if these are more than a few. The result does not depend on it.

    Raises
    ------
    CoverageError, EvidenceError
        For a series asked for by name; without names it is listed in `skipped`.
    """
    chosen = inputs(known, series=series, start=start, end=end, scenario=scenario)
    posterior = kept_fits.posterior(chosen)
    names = list(series) or sorted(posterior.evidence["series_id"].unique())
    if series:
        results = kept_fits.paths(chosen, names, sampling, workers=workers)
    else:
        results = posterior.paths(names, sampling, months=(chosen.start, chosen.end), workers=workers)
    reasons = {name: result for name, result in results.items() if isinstance(result, Reason)}
    if not series:
        reasons |= _wholly_withheld(known, chosen, names) | _no_flows(known)
    skipped = {name: no_evidence(chosen.withheld, name, reason) for name, reason in reasons.items()}
    if series and skipped:
        raise EvidenceError(next(iter(skipped.values())))
    paths = [result.path for result in results.values() if isinstance(result, Reconstruction)]
    return Batch(pl.concat([pl.DataFrame(schema=PATH_SCHEMA), *paths]), skipped, about(chosen.withheld, series))


def _wholly_withheld(known: Known, chosen: Inputs, names: Sequence[str]) -> dict[str, Reason]:
    """Return the series that have no path as every statement about them is withheld."""
    usable = flows(known).join(chosen.withheld, on="statement_id", how="semi")
    absent = usable.filter(~pl.col("series_id").is_in(list(names)))["series_id"].unique().sort()
    return {name: Reason("nothing_usable", series=name, day=known.as_of) for name in absent}


def _no_flows(known: Known) -> dict[str, Reason]:
    """Return the series that have no path as they are no flows of months."""
    others = known.usable.join(flows(known), on="statement_id", how="anti")["series_id"].unique().sort()
    return {name: Reason("no_flow", series=name) for name in others}


def joint(
    known: Known,
    *,
    series: Sequence[str] = (),
    start: dt.date | None = None,
    end: dt.date | None = None,
    scenario: pl.DataFrame | None = None,
) -> Posterior:
    """Fit all flows jointly; parameters and errors are those of `inputs`."""
    return kept_fits.posterior(inputs(known, series=series, start=start, end=end, scenario=scenario))


def recent_start(known: Known, series_id: str, end: dt.date) -> dt.date:
    """Return January of the first year stated of a series, or of the first of `YEARS_SHOWN` years if that is later."""
    statements = known.evidence.statements
    stated = statements.filter(pl.col("series_id") == series_id)["period_start"].min()
    first = stated.year if isinstance(stated, dt.date) else end.year
    return dt.date(max(first, end.year - YEARS_SHOWN + 1), 1, 1)

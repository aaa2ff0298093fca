"""Editions: every report of a pack, checked before anything runs, each page whole or absent, then the index."""

import contextlib
import datetime as dt
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.core.errors import BusyError, NotebookError, ParameterError, ReportError
from analysis.core.legible import legible
from analysis.core.periods import month_end, month_start, parse_month
from analysis.publishing.edition import packs, parameters, state
from analysis.publishing.edition.inputs import inputs
from analysis.publishing.edition.log import Log
from analysis.publishing.output import manifest
from analysis.publishing.output.provenance import code_used
from analysis.publishing.workers.limits import Limits
from analysis.publishing.workers.watcher import Watcher
from analysis.runtime import files, folders
from analysis.runtime.checksums import sha256
from analysis.runtime.locks import hold_lock
from analysis.runtime.signals import treat_termination_as_interruption

#: The pack that is built if none is named.
PACK = "monthly"

#: The languages of pages if none are asked for.
LANG = "both"


@dataclass(frozen=True)
class EditionResult:
    """An edition: path of its index, ids of the pages that stand, and the reason by id of each failed report."""

    index: Path
    built: tuple[str, ...]
    failed: Mapping[str, str]


#: Builds the reports of some jobs, tells a watcher how they get on, and returns why those failed that did.
_Builder = Callable[[Sequence[Mapping[str, Any]], Watcher], dict[str, str]]


@dataclass(frozen=True)
class _Job:
    """A report of the run with everything that decides its page."""

    report: packs.Report
    used: Mapping[str, Any]


def report(
    *,
    pack: str | None = None,
    edition: str | None = None,
    only: Sequence[str] = (),
    workers: int = 2,
    resume: bool = False,
    lang: str | None = None,
    out: Path | None = None,
    limits: Limits | None = None,
    scheduler: str | None = None,
) -> EditionResult:
    """Build the pages of an edition; those whose inputs have not changed since they were built are kept.

    Parameters
    ----------
    pack
        Name of a pack in `packs` of the data folder, by default `monthly`, or a path that ends in `.toml`.
    edition
        Month as `YYYY-MM`, or `latest` (the default): the month of the last publication date in the ledger that is
        known to the day or month. Nothing published after the month's last day is used.
    only, workers
        Ids of the reports to build, all when empty; number of notebooks that run at the same time.
    resume
        Go on with a run that was broken off: a choice that is not given is taken from that run.
    lang
        Languages of the pages: `en`, `zh`, or `both` with a switch (the default).
    out
        Folder of editions, by default `reports` of the clone, or of the current folder for a data folder of one's own
        and where there is no clone; pages go to its folder `YYYY-MM`.
    limits
        Time and memory that one report may use.
    scheduler
        Address of a Dask scheduler whose workers build the reports, such as `tcp://10.0.0.1:8786`.

    Returns
    -------
    EditionResult
        Failed reports are named there and in the index; they stop no other report.

    Raises
    ------
    PeriodError, CoverageError, ParameterError
        If the edition is no month; if the pack or a report is unknown; if the pack gives a notebook a parameter that it
        does not have, or of another type. Nothing has run then.
    BusyError, ReportError
        If another run is building this edition in this folder; if the folder cannot be written, there is no run to go
        on with, or the scheduler cannot be used.
    """
    if workers < 1:
        raise ParameterError(f"The number of workers is {workers}. Give at least 1.")
    editions = out or folders.default_reports()
    if resume:
        pack, edition, only, lang = _resume_choices(editions, pack, edition, only, lang)
    chosen, month, lang = packs.load(pack or PACK), _edition_month(edition), lang or LANG
    jobs, failed = _checked_jobs(chosen, month, only, lang)
    with treat_termination_as_interruption(), _builder(workers, scheduler, limits or Limits()) as builder:
        folder = files.make_writable_folder(editions / f"{month:%Y-%m}")
        with _hold_edition(editions, f"{month:%Y-%m}"):
            return _build_edition(chosen, month, jobs, failed, folder, lang, builder)


@contextlib.contextmanager
def _builder(workers: int, scheduler: str | None, limits: Limits) -> Iterator[_Builder]:
    """Yield what builds reports: processes of this machine, or the workers of a scheduler."""
    if scheduler is None:
        yield lambda jobs, watcher: _crew(jobs, workers, limits, watcher)
        return
    from analysis.estimates.partitions.workers import connected
    from analysis.publishing.workers.cluster import ClusterCrew

    with connected(scheduler) as client:
        yield lambda jobs, watcher: ClusterCrew(jobs, client=client, limits=limits, watcher=watcher).run()


def _crew(jobs: Sequence[Mapping[str, Any]], workers: int, limits: Limits, watcher: Watcher) -> dict[str, str]:
    """Build reports with processes of this machine."""
    from analysis.publishing.workers.crew import Crew

    return Crew(jobs, workers=workers, limits=limits, watcher=watcher).run()


def _resume_choices(
    editions: Path, pack: str | None, edition: str | None, only: Sequence[str], lang: str | None
) -> tuple[str | None, str | None, Sequence[str], str | None]:
    """Return pack, edition, reports and languages of the run that was broken off, where they are not given."""
    edition = state.interrupted_edition(editions) if edition is None else f"{_edition_month(edition):%Y-%m}"
    choices = state.read(editions, edition).get("asked") if edition else None
    if edition is None or choices is None:
        of_which = f" of {edition}" if edition else ""
        raise ReportError(f"In {editions} no run{of_which} was broken off, so nothing can go on. Leave --resume out.")
    if pack not in (None, choices["pack"]):
        return pack, edition, only, lang
    return choices["pack"], edition, only or choices["only"], lang or choices.get("lang")


@contextlib.contextmanager
def _hold_edition(editions: Path, edition: str) -> Iterator[None]:
    """Hold the edition, or refuse while another run does."""
    lock = state.lock_file(editions, edition)
    try:
        with hold_lock(lock, wait=False):
            yield
    except BlockingIOError as problem:
        raise BusyError(
            f"Another run is building the edition {edition} in {editions}. Wait for it, or name another --out."
        ) from problem


def _edition_month(edition: str | None) -> dt.date:
    """Return the first day of an edition's month."""
    return _latest_month() if edition in (None, "latest") else parse_month(edition, what="edition")


def _latest_month() -> dt.date:
    """Return the first day of the last month that a publication date in the ledger supports."""
    import polars as pl

    from analysis.sources import ledger

    precise = ledger.read().filter(pl.col("published_on_precision").is_in(["day", "month"]))
    return month_start(dt.date.fromisoformat(str(precise["published_on"].max())))


def _checked_jobs(
    pack: packs.Pack, month: dt.date, only: Sequence[str], lang: str
) -> tuple[list[_Job], dict[str, str]]:
    """Return the reports to build with their parameters, all checked, and why the notebooks of others do not serve."""
    jobs, failed = [], {}
    for entry in pack.select(only):
        try:
            dated = parameters.edition_parameters(entry.notebook, month, month_end(month))
            complete = parameters.check(entry.notebook, {**entry.parameters, **dated})
            used = inputs(entry, pack=pack.name, edition=f"{month:%Y-%m}", parameters=complete, lang=lang)
        except NotebookError as problem:
            failed[entry.id] = legible(str(problem))
        else:
            jobs.append(_Job(entry, used))
    return jobs, failed


def _build_edition(
    pack: packs.Pack,
    month: dt.date,
    jobs: Sequence[_Job],
    failed: Mapping[str, str],
    folder: Path,
    lang: str,
    builder: _Builder,
) -> EditionResult:
    """Build what has changed, then the index."""
    editions, edition, index = folder.parent, folder.name, folder / "index.html"
    changed = [job for job in jobs if not manifest.is_unchanged(manifest.read(folder, job.report.id), job.used)]
    before = state.read(editions, edition)
    if not changed and not failed and "asked" not in before and before.get("index") == _index_state(index):
        return EditionResult(index, tuple(job.report.id for job in jobs), {})
    log = Log(editions, edition)
    only = [*(job.report.id for job in jobs), *failed]
    state.write(editions, edition, {"asked": {"pack": pack.source, "only": only, "lang": lang}})
    log.note(f"run of the pack {pack.name}: {len(changed)} reports to build, {len(jobs) - len(changed)} unchanged")
    for name, reason in failed.items():
        log.end(name, reason)
    try:
        failed = {**failed, **_build_reports(changed, folder, builder, log)}
        _write_index(pack, folder, month, failed, lang)
        state.write(editions, edition, {"index": _index_state(index)})
    except BaseException as problem:
        log.note(f"run broken off: {type(problem).__name__} {problem}", logging.ERROR)
        raise
    finally:
        files.remove_leftovers(folder)
        log.close()
    return EditionResult(index, tuple(job.report.id for job in jobs if job.report.id not in failed), failed)


def _build_reports(jobs: Sequence[_Job], folder: Path, builder: _Builder, log: Log) -> dict[str, str]:
    """Build the pages of all jobs and return the reason by id of those that failed."""
    if not jobs:
        return {}
    from analysis.publishing.edition.progress import Progress, Watchers

    progress = Progress([job.report.id for job in jobs])
    try:
        failed = builder([_job_message(job, folder) for job in jobs], Watchers(log, progress))
    finally:
        progress.close()
    return {job.report.id: failed[job.report.id] for job in jobs if job.report.id in failed}


def _job_message(job: _Job, folder: Path) -> dict[str, Any]:
    """Return the message that gives a job to a worker."""
    return {
        "name": job.report.id,
        "notebook": str(job.report.notebook.resolve()),
        "parameters": job.used["parameters"],
        "used": job.used,
        "folder": str(folder.resolve()),
    }


def _write_index(pack: packs.Pack, folder: Path, month: dt.date, failed: Mapping[str, str], lang: str) -> None:
    """Write the index of an edition, then that of all editions beside it."""
    from analysis.publishing.edition import index

    as_of, inputs_used = month_end(month).isoformat(), {**code_used(), "lang": lang}
    pages = index.render(pack, folder, edition=f"{month:%Y-%m}", as_of=as_of, inputs=inputs_used, failed=failed)
    files.write_all(folder, pages)
    files.write_all(folder.parent, {index.NAME: index.render_editions(folder.parent, lang=lang)})


def _index_state(index: Path) -> list[Any] | None:
    """Return what tells whether an index still stands as it was written; None where there is none."""
    if not index.is_file():
        return None
    return [sha256([index]), code_used()]

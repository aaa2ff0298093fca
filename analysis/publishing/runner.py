"""Editions: every report of a pack, checked before anything runs, each page whole or absent, then the index."""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import ParameterError, SilkportError
from analysis.interruption import termination_as_interruption
from analysis.periods import month_end, month_start, parse_month
from analysis.publishing import atomic, manifest, packs, parameters

if TYPE_CHECKING:
    from analysis.publishing.engine import Kernels


@dataclass(frozen=True)
class EditionResult:
    """An edition: path of its index, ids of the pages that stand, and the reason by id of each failed report."""

    index: Path
    built: tuple[str, ...]
    failed: Mapping[str, str]


@dataclass(frozen=True)
class _Job:
    """A report of the run with everything that decides its page."""

    report: packs.Report
    used: Mapping[str, Any]
    place: int


def report(
    *,
    pack: str = "monthly",
    edition: str,
    only: Sequence[str] = (),
    workers: int = 2,
    resume: bool = False,
    lang: str = "both",
    out: Path | None = None,
) -> EditionResult:
    """Build the pages of an edition.

    Parameters
    ----------
    pack
        Name of a pack in `data/packs`.
    edition
        Month as `YYYY-MM`, or `latest`: the month of the last publication date in the ledger that is known to the day
        or month. Nothing published after the month's last day is used.
    only
        Ids of the reports to build; all when empty.
    workers
        Number of notebooks that run at the same time.
    resume
        Keep pages whose notebook, parameters, data, code and versions have not changed.
    lang
        Languages of the pages: `en`, `zh`, or `both` with a switch.
    out
        Folder of editions, by default `reports` of the project; the pages go to its folder `YYYY-MM`.

    Returns
    -------
    EditionResult
        Failed reports are named there and in the index; they stop no other report.

    Raises
    ------
    PeriodError
        If the edition is no month.
    CoverageError
        If the pack or a report is unknown.
    ParameterError
        If the pack gives a notebook a parameter that it does not have, or of another type; nothing has run then.
    ReportError
        If the folder cannot be written.
    """
    if workers < 1:
        raise ParameterError(f"The number of workers is {workers}. Give at least 1.")
    chosen = packs.load(pack)
    month = _month(edition)
    jobs = _jobs(chosen, month, only, lang)
    folder = atomic.writable_folder((out or packs.ROOT / "reports") / f"{month:%Y-%m}")
    failed = _build(_changed(jobs, folder) if resume else jobs, folder, workers)
    _write_index(chosen, folder, month, jobs[0].used, failed)
    built = tuple(job.report.id for job in jobs if job.report.id not in failed)
    return EditionResult(folder / "index.html", built, failed)


def _month(edition: str) -> dt.date:
    """Return the first day of an edition's month."""
    return _latest() if edition == "latest" else parse_month(edition, what="edition")


def _latest() -> dt.date:
    """Return the first day of the last month that a publication date in the ledger supports."""
    import polars as pl

    from analysis import ledger

    precise = ledger.read().filter(pl.col("published_on_precision").is_in(["day", "month"]))
    return month_start(dt.date.fromisoformat(str(precise["published_on"].max())))


def _jobs(pack: packs.Pack, month: dt.date, only: Sequence[str], lang: str) -> list[_Job]:
    """Return the reports to build with their parameters, all checked."""
    jobs = []
    for place, entry in enumerate(pack.select(only)):
        dated = parameters.edition_parameters(entry.notebook, month, month_end(month))
        complete = parameters.check(entry.notebook, {**entry.parameters, **dated})
        used = manifest.inputs(entry, pack=pack.name, edition=f"{month:%Y-%m}", parameters=complete, lang=lang)
        jobs.append(_Job(entry, used, place))
    return jobs


def _changed(jobs: Sequence[_Job], folder: Path) -> list[_Job]:
    """Return the jobs whose page is missing, not whole, or made from other inputs."""
    return [job for job in jobs if not manifest.is_unchanged(manifest.read(folder, job.report.id), job.used)]


def _build(jobs: Sequence[_Job], folder: Path, workers: int) -> dict[str, str]:
    """Build the pages of all jobs and return the reason by id of those that failed."""
    if not jobs:
        return {}
    from analysis.publishing.engine import Kernels

    failed: dict[str, str] = {}
    with termination_as_interruption(), Kernels() as kernels, ThreadPoolExecutor(workers) as pool:
        running = {pool.submit(_build_one, job, folder, kernels): job.report.id for job in jobs}
        try:
            for done in as_completed(running):
                problem = done.exception()
                if problem is not None:
                    failed[running[done]] = _reason(problem)
        except BaseException:
            _break_off(pool, running, kernels)
            raise
    return {job.report.id: failed[job.report.id] for job in jobs if job.report.id in failed}


def _build_one(job: _Job, folder: Path, kernels: "Kernels") -> None:
    """Run one notebook and write its page, the executed notebook and, last, the manifest."""
    from analysis.publishing import engine, pieces

    name = job.report.id
    bar = {"desc": f"{name:<20.20}", "position": job.place, "file": sys.stderr, "dynamic_ncols": True}
    executed = engine.execute(job.report.notebook, job.used["parameters"], kernels=kernels, name=name, progress=bar)
    atomic.write_all(folder, pieces.files(executed, job.used))


def _write_index(
    pack: packs.Pack, folder: Path, month: dt.date, made: Mapping[str, Any], failed: Mapping[str, str]
) -> None:
    """Write the index of an edition, then that of all editions beside it."""
    from analysis.publishing import index

    as_of = month_end(month).isoformat()
    atomic.write_all(
        folder, index.render(pack, folder, edition=f"{month:%Y-%m}", as_of=as_of, made=made, failed=failed)
    )
    atomic.write_all(folder.parent, {index.NAME: index.of_editions(folder.parent, lang=made.get("lang", "both"))})


def _reason(problem: BaseException) -> str:
    """Return why a report failed, in one sentence."""
    text = " ".join(str(problem).split())
    return text if isinstance(problem, SilkportError) else f"{type(problem).__name__}: {text or 'no message'}"


def _break_off(pool: ThreadPoolExecutor, running: Mapping[Future[None], str], kernels: "Kernels") -> None:
    """Stop all kernels, those that are just starting included, and wait until no thread writes any more."""
    pool.shutdown(wait=False, cancel_futures=True)
    while wait(running, timeout=0.5).not_done:
        kernels.stop()

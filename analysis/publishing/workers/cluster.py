"""Reports on the workers of a Dask cluster, one task a report.

A task hands the files of its report back, so the workers need no folder in common with whoever asked. They need the
same code, packages, notebooks and data: a report whose worker has others fails and says so, for its bytes would differ.
"""

import contextlib
import socket
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.core.errors import ReportError
from analysis.publishing.output import manifest
from analysis.publishing.workers.crew import Crew, from_both_ends
from analysis.publishing.workers.limits import Limits
from analysis.publishing.workers.warm_pool import WarmPool
from analysis.publishing.workers.watcher import Watcher
from analysis.runtime import files, folders
from analysis.runtime.checksums import sha256

#: The workers' own processes, which stay warm from one report to the next.
_POOL = WarmPool()


class ClusterCrew:
    """Runs jobs on the workers of a cluster.

    A worker that dies costs nothing but time: Dask gives its report to another one. A report on which workers die again
    and again fails alone.
    """

    def __init__(self, jobs: Sequence[Mapping[str, Any]], *, client: Any, limits: Limits, watcher: Watcher) -> None:
        self._jobs, self._client, self._limits, self._watcher = from_both_ends(jobs), client, limits, watcher

    def run(self) -> dict[str, str]:
        """Run all jobs, write their files as they come, and return the reason by name of those that failed."""
        from distributed import as_completed

        limits = asdict(self._limits)
        # Impure: what a report rests on are files, which Dask does not see.
        tasks = {self._client.submit(build, job, limits, pure=False): job for job in self._jobs}
        failed: dict[str, str] = {}
        try:
            for task in as_completed(tasks, loop=self._client.loop):
                job = tasks[task]
                self._watcher.start(job["name"])
                reason = _write(task, job)
                if reason is not None:
                    failed[job["name"]] = reason
                self._watcher.end(job["name"], reason)
                task.release()
        finally:
            self._client.cancel(list(tasks))
            with contextlib.suppress(OSError, TimeoutError):
                self._client.run(release)
        return failed


def _write(task: Any, job: Mapping[str, Any]) -> str | None:
    """Write the files of a task that has ended, and return why there are none."""
    from distributed import KilledWorker

    if task.status not in ("finished", "error"):
        return f"The cluster lost it ({task.status}). Build it again."
    try:
        made: Mapping[str, Any] = task.result()
        if "failed" in made:
            return str(made["failed"])
        files.write_all(Path(job["folder"]), made["files"])
    except KilledWorker:
        return "Workers died again and again while it was made. Give them more memory."
    except ReportError as problem:
        return str(problem)
    except Exception as problem:
        return f"Its task failed ({type(problem).__name__}: {problem}). Look at the worker's log."
    return None


def build(job: Mapping[str, Any], limits: Mapping[str, float]) -> dict[str, Any]:
    """Build one report on a worker, in a process that is kept warm.

    Returns
    -------
    dict
        `files`, contents by name with the manifest last, or `failed`, the reason.
    """
    other = _difference(job)
    if other:
        return {"failed": f"The worker on {socket.gethostname()} has {other}. Bring it in line with this machine."}
    with tempfile.TemporaryDirectory(prefix="silkport-") as folder:
        own = {**job, "folder": folder, "notebook": str(_notebook(job))}
        crew = Crew([own], workers=1, limits=Limits(**limits), watcher=_Nobody(), start=_POOL)
        reason = crew.run().get(job["name"])
        if reason is not None:
            return {"failed": reason}
        made = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    last = f"{job['name']}.{manifest.MANIFEST}"
    return {"files": {name: made[name] for name in sorted(made, key=lambda name: (name == last, name))}}


def release() -> None:
    """End the processes that a worker has kept warm."""
    _POOL.close()


def _notebook(job: Mapping[str, Any]) -> Path:
    """Return where the notebook of a job lies on this machine."""
    named = Path(job["notebook"])
    return named if named.is_file() else folders.ROOT / "notebooks" / named.name


def _difference(job: Mapping[str, Any]) -> str:
    """Return what this worker has that is not what the job was made for; nothing where all is the same."""
    from analysis.publishing.output import provenance

    used, notebook = job["used"], _notebook(job)
    found = provenance.versions()
    for package, wanted in used["versions"].items():
        if found.get(package) != wanted:
            return f"{package} {found.get(package, 'not installed')} instead of {wanted}"
    if provenance.code_files() != used["code"]["sha256"]:
        return "other code of silkport"
    if not notebook.is_file() or sha256([notebook]) != used["notebook_sha256"]:
        return f"no notebook {notebook.name}, or another one"
    if provenance.data(used["parameters"]) != used["data"]:
        return "other data"
    return ""


class _Nobody:
    """Watches nothing: what a worker hears of a report is of no use to whoever asked for it."""

    def start(self, name: str) -> None:
        """Hear that a report has been started."""

    def advance(self, name: str, done: int, of: int) -> None:
        """Hear how many cells of a report are done."""

    def end(self, name: str, reason: str | None) -> None:
        """Hear that a report was built, or why it failed."""

"""The workers of a run: started together, given one report at a time, replaced when they fail, and gone at its end."""

import contextlib
import itertools
import queue
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.core.legible import legible
from analysis.publishing.workers import imports
from analysis.publishing.workers.limits import Limits
from analysis.publishing.workers.process import Process
from analysis.publishing.workers.watcher import Watcher

#: How often a worker that is lost before its first report is started in all.
STARTS = 3

#: Seconds between two looks at the clock and at the memory of the workers.
LOOK = 0.2


class _Worker:
    """A worker of the crew: its process, and what it is doing."""

    def __init__(self, start: Callable[[], Process], *, from_the_end: bool) -> None:
        self._start, self.from_the_end = start, from_the_end
        self.process = start()
        self.job: Mapping[str, Any] | None = None
        self.since = 0.0
        self.starts = 1

    def begin(self, job: Mapping[str, Any]) -> None:
        """Give a job to the process."""
        self.job, self.since, self.starts = job, time.monotonic(), 0
        self.process.give(job)

    def replace(self) -> None:
        """Put a new process in the place of the old one."""
        self.process.end()
        self.process = self._start()
        self.starts += 1


class Crew:
    """Runs jobs on a number of workers.

    Reports that stand beside each other in a pack often rest on the same fit: while one worker makes it, another would
    wait. So every second worker takes its reports from the end.
    """

    def __init__(
        self,
        jobs: Sequence[Mapping[str, Any]],
        *,
        workers: int,
        limits: Limits,
        watcher: Watcher,
        start: Callable[..., Process] | None = None,
    ) -> None:
        self._limits, self._watcher, self._start = limits, watcher, start or Process
        self._answers: queue.Queue[tuple[Process, dict[str, Any]]] = queue.Queue()
        self._failures: dict[str, str] = {}
        self._count = min(workers, len(jobs))
        self._workers: list[_Worker] = []
        self._imports = imports.imported_modules(sorted({Path(job["notebook"]) for job in jobs}))
        self._jobs = deque(jobs)

    def run(self) -> dict[str, str]:
        """Run all jobs and return the reason by name of those that failed."""
        try:
            for number in range(self._count):
                self._workers.append(_Worker(self._process, from_the_end=number % 2 == 1))
            while self._jobs or any(worker.job for worker in self._workers):
                with contextlib.suppress(queue.Empty):
                    self._act_on(*self._answers.get(timeout=LOOK))
                self._enforce_limits()
        finally:
            for worker in self._workers:
                worker.process.end()
        return self._failures

    def _process(self) -> Process:
        """Start a worker's process."""
        return self._start(self._answers, imports=self._imports)

    def _act_on(self, process: Process, answer: Mapping[str, Any]) -> None:
        """Act on the answer of a process; answers of one that was replaced no longer count."""
        worker = next((each for each in self._workers if each.process is process), None)
        if worker is None:
            return
        if "ready" in answer:
            self._give_next_job(worker)
        elif "done" in answer and worker.job:
            self._watcher.advance(worker.job["name"], answer["done"], answer["of"])
        elif "built" in answer:
            self._finish(worker, None)
        elif "failed" in answer:
            self._finish(worker, answer["failed"], replace=True)
        elif "broken" in answer:
            self._dismiss(worker, f"The reports' packages cannot be loaded ({answer['broken']}). Install them again.")
        elif "ended" in answer:
            self._replace_lost(worker)

    def _enforce_limits(self) -> None:
        """Stop what takes too long or too much memory."""
        for worker in self._workers:
            if worker.job is None:
                continue
            if time.monotonic() - worker.since > self._limits.seconds:
                reason = f"It took longer than {self._limits.seconds:g} seconds. Allow more with --time-limit."
            elif worker.process.megabytes() > self._limits.megabytes:
                reason = f"It used more than {self._limits.megabytes:g} MB of memory. Allow more with --memory-limit."
            else:
                continue
            self._finish(worker, reason, replace=True)

    def _give_next_job(self, worker: _Worker) -> None:
        """Give a worker the next job."""
        if not self._jobs:
            worker.process.end()
            return
        job = self._jobs.pop() if worker.from_the_end else self._jobs.popleft()
        self._watcher.start(job["name"])
        worker.begin(job)

    def _finish(self, worker: _Worker, reason: str | None, *, replace: bool = False) -> None:
        """Note how a job ended, and go on; a worker that failed or has grown is replaced before the next one."""
        assert worker.job is not None
        name, worker.job = worker.job["name"], None
        if reason is not None:
            reason = legible(reason)
            self._failures[name] = reason
        self._watcher.end(name, reason)
        grown = worker.process.megabytes() > self._limits.megabytes / 2
        if not self._jobs and grown:
            worker.process.discard()
        elif not self._jobs:
            worker.process.end()
        elif replace or grown:
            worker.replace()
        else:
            self._give_next_job(worker)

    def _replace_lost(self, worker: _Worker) -> None:
        """Go on after a process ended by itself; one that does so again and again before a report is given up."""
        if worker.job is not None:
            self._finish(worker, f"Its kernel {worker.process.how_it_ended()}. Build it again.", replace=True)
        elif self._jobs and worker.starts < STARTS:
            worker.replace()
        elif self._jobs:
            self._dismiss(worker, f"A worker {worker.process.how_it_ended()} before its first report. Build it again.")

    def _dismiss(self, worker: _Worker, reason: str) -> None:
        """Go on without a worker; when no other is left, fail all that remains."""
        self._workers.remove(worker)
        worker.process.end()
        if not self._workers:
            self._give_up(legible(reason))

    def _give_up(self, reason: str) -> None:
        """Fail all reports that have not been started."""
        for job in self._jobs:
            self._failures[job["name"]] = reason
            self._watcher.end(job["name"], reason)
        self._jobs.clear()


def from_both_ends(jobs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the jobs in the order in which two workers of equal speed take them from both ends."""
    half = (len(jobs) + 1) // 2
    pairs = itertools.zip_longest(jobs[:half], reversed(jobs[half:]))
    return [job for pair in pairs for job in pair if job is not None]

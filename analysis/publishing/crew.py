"""The workers of a run: started together, given one report at a time, replaced when they fail, and gone at its end."""

import contextlib
import itertools
import queue
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.publishing import imports
from analysis.publishing.limits import Limits
from analysis.publishing.process import Process
from analysis.publishing.progress import Watcher

#: Seconds between two looks at the clock and at the memory of the workers.
LOOK = 0.2


class _Worker:
    """A worker of the crew: its process, what it is doing, and the jobs set aside for it."""

    def __init__(self, jobs: Sequence[Mapping[str, Any]], start: Callable[[], Process]) -> None:
        self.jobs, self._start = deque(jobs), start
        self.process = start()
        self.job: Mapping[str, Any] | None = None
        self.since = 0.0

    def begin(self, job: Mapping[str, Any]) -> None:
        """Give a job to the process."""
        self.job, self.since = job, time.monotonic()
        self.process.give(job)

    def replace(self) -> None:
        """Put a new process in the place of the old one."""
        self.process.end()
        self.process = self._start()


class Crew:
    """Runs jobs on a number of workers.

    Neighbours in a pack often rest on the same fit, so each worker starts with a stretch of neighbours and then takes
    from the end of the longest stretch left.
    """

    def __init__(self, jobs: Sequence[Mapping[str, Any]], *, workers: int, limits: Limits, watcher: Watcher) -> None:
        self._limits, self._watcher = limits, watcher
        self._said: queue.Queue[tuple[Process, dict[str, Any]]] = queue.Queue()
        self._failed: dict[str, str] = {}
        count = min(workers, len(jobs))
        cuts = [round(len(jobs) * number / count) for number in range(count + 1)]
        self._workers: list[_Worker] = []
        self._imports = imports.of(sorted({Path(job["notebook"]) for job in jobs}))
        self._shares = [jobs[first:last] for first, last in itertools.pairwise(cuts)]

    def run(self) -> dict[str, str]:
        """Run all jobs and return the reason by name of those that failed."""
        try:
            for share in self._shares:
                self._workers.append(_Worker(share, self._process))
            while any(worker.job or worker.jobs for worker in self._workers):
                with contextlib.suppress(queue.Empty):
                    self._hear(*self._said.get(timeout=LOOK))
                self._look()
        finally:
            for worker in self._workers:
                worker.process.end()
        return self._failed

    def _process(self) -> Process:
        """Start a worker's process."""
        return Process(self._said, imports=self._imports)

    def _hear(self, process: Process, said: Mapping[str, Any]) -> None:
        """Act on what a process said; one that was replaced has nothing more to say."""
        worker = next((each for each in self._workers if each.process is process), None)
        if worker is None:
            return
        if "ready" in said:
            self._next(worker)
        elif "done" in said and worker.job:
            self._watcher.advance(worker.job["name"], said["done"], said["of"])
        elif "built" in said:
            self._finish(worker, None)
        elif "failed" in said:
            self._finish(worker, said["failed"], replace=True)
        elif "broken" in said:
            self._give_up(f"The reports' packages cannot be loaded ({said['broken']}). Install them again.")
        elif "ended" in said:
            self._lost(worker)

    def _look(self) -> None:
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

    def _next(self, worker: _Worker) -> None:
        """Give a worker its next job, or one from the end of the longest stretch."""
        if worker.jobs:
            job = worker.jobs.popleft()
        else:
            longest = max(self._workers, key=lambda each: len(each.jobs))
            if not longest.jobs:
                worker.process.end()
                return
            job = longest.jobs.pop()
        self._watcher.start(job["name"])
        worker.begin(job)

    def _finish(self, worker: _Worker, reason: str | None, *, replace: bool = False) -> None:
        """Note how a job ended, and go on; a worker that failed or has grown is replaced before the next one."""
        assert worker.job is not None
        name, worker.job = worker.job["name"], None
        if reason is not None:
            self._failed[name] = reason
        self._watcher.end(name, reason)
        grown = worker.process.megabytes() > self._limits.megabytes / 2
        if not any(each.jobs for each in self._workers):
            worker.process.end()
        elif replace or grown:
            worker.replace()
        else:
            self._next(worker)

    def _lost(self, worker: _Worker) -> None:
        """Go on after a process ended by itself; one that ends before its first job will do so again."""
        if worker.job is not None:
            self._finish(worker, f"Its kernel {worker.process.how_it_ended()}. Build it again.", replace=True)
        elif worker.jobs:
            self._give_up(f"A worker {worker.process.how_it_ended()} before its first report. Build it again.")

    def _give_up(self, reason: str) -> None:
        """Fail all that is left."""
        for worker in self._workers:
            for job in ([worker.job] if worker.job else []) + list(worker.jobs):
                self._failed[job["name"]] = reason
                self._watcher.end(job["name"], reason)
            worker.job = None
            worker.jobs.clear()

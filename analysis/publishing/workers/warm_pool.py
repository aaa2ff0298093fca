"""Workers that outlive a crew: their imports take seconds, so whoever runs crew after crew keeps them warm."""

import queue
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.publishing.workers.process import Process


class WarmProcess(Process):
    """A worker that goes back to the pool when a crew ends it while it has nothing to do."""

    def __init__(self, pool: "WarmPool", answers: "queue.Queue[Any]", *, imports: Sequence[str]) -> None:
        self._pool, self._run, self._busy = pool, answers, True
        super().__init__(self, imports=imports)  # type: ignore[arg-type]

    def put(self, answer: tuple[Process, dict[str, Any]]) -> None:
        """Pass an answer on to the crew that the process works for, and note whether the process is free now."""
        self._busy &= not {"ready", "built", "failed"} & answer[1].keys()
        self._run.put(answer)

    def give(self, job: Mapping[str, Any]) -> None:
        """Give a job to the worker, which is busy until it has answered."""
        self._busy = True
        super().give(job)

    def work_for(self, answers: "queue.Queue[Any]") -> None:
        """Work for another crew, which hears at once that the worker is ready."""
        self._run = answers
        answers.put((self, {"ready": True}))

    def end(self) -> None:
        """Go back to the pool, or end for good where a job is unfinished or the process is gone."""
        if self in self._pool.idle:
            return
        if self._busy or self._child.poll() is not None:
            super().end()
        else:
            self._pool.idle.append(self)

    def discard(self) -> None:
        """End for good, whatever the worker does."""
        super().end()


class WarmPool:
    """Stands in for `Process` where a crew starts its workers."""

    def __init__(self) -> None:
        self.idle: list[WarmProcess] = []

    def __call__(self, answers: "queue.Queue[Any]", *, imports: Sequence[str]) -> WarmProcess:
        """Return a worker: one that is idle, or a new one."""
        try:
            process = self.idle.pop()
        except IndexError:
            return WarmProcess(self, answers, imports=imports)
        process.work_for(answers)
        return process

    def close(self) -> None:
        """End all workers that are idle."""
        while self.idle:
            self.idle.pop().discard()

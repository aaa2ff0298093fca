"""The process of a worker, seen from the runner: give it jobs, hear its answers, look at its memory, end it."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import psutil

import analysis
from analysis.pages.words import session
from analysis.pages.words.cells import EN
from analysis.runtime.cache import VARIABLE, default_folder

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
#: What ties a process to somebody's session.
_SESSION = ("JPY_SESSION_NAME", "JPY_PARENT_PID", "PYTHONSTARTUP", "MPLBACKEND")
_START = "import sys; sys.path.insert(0, {root!r}); from analysis.publishing.workers import worker; worker.main()"


class Process:
    """A running worker; everything it says is put into a queue, last that it has ended."""

    def __init__(self, answers: "queue.Queue[tuple[Process, dict[str, Any]]]", *, imports: Sequence[str]) -> None:
        self._answers = answers
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        root = str(Path(analysis.__file__).resolve().parents[1])
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-c", _START.format(root=root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment(),
            start_new_session=True,  # Ctrl-C is the runner's to answer
        )
        assert self._child.stdout is not None
        self._listener = threading.Thread(target=self._listen, args=(self._child.stdout,), daemon=True)
        self._listener.start()
        self.give({"imports": list(imports)})

    def give(self, job: Mapping[str, Any]) -> None:
        """Give a job to the worker; one that is gone says so by itself."""
        assert self._child.stdin is not None
        with contextlib.suppress(OSError):
            self._child.stdin.write(json.dumps(job).encode() + b"\n")
            self._child.stdin.flush()

    def megabytes(self) -> float:
        """Return the memory that the worker holds now; 0 when it is gone."""
        try:
            size: int = psutil.Process(self._child.pid).memory_info().rss
        except psutil.Error:
            return 0.0
        return size / 1e6

    def how_it_ended(self) -> str:
        """Return how the process ended, in words, with the last line that it wrote on standard error."""
        code = self._child.wait()
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - 2000))
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        last = f" ({lines[-1].strip()})" if lines else ""
        if code < 0:
            return f"was killed by {signal.Signals(-code).name}{last}"
        return f"ended with exit code {code}{last}"

    def end(self) -> None:
        """Kill the worker and what it started, and wait until it is gone."""
        if self._child.poll() is None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(self._child.pid, signal.SIGKILL)
                else:
                    self._child.kill()
        self._child.wait()
        self._listener.join()
        for pipe in (self._child.stdin, self._child.stdout, self._errors):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def discard(self) -> None:
        """End for good, although nothing is wrong."""
        self.end()

    def _listen(self, answers: IO[bytes]) -> None:
        """Pass answers on until there are no more; a line that is none is passed over."""
        with contextlib.suppress(OSError, ValueError):
            for line in answers:
                with contextlib.suppress(ValueError):
                    answer = json.loads(line)
                    if isinstance(answer, dict):
                        self._answers.put((self, answer))
        self._answers.put((self, {"ended": True}))


def environment() -> dict[str, str]:
    """Return the environment of a worker: one thread, a fixed hash seed, no session, English, a cache."""
    inherited = {key: value for key, value in os.environ.items() if key not in _SESSION}
    fixed = {"PYTHONHASHSEED": "0", "POLARS_MAX_THREADS": "1", session.VARIABLE: EN}
    cache = {VARIABLE: os.environ.get(VARIABLE) or str(default_folder())}
    return inherited | dict.fromkeys(_ONE_THREAD, "1") | fixed | cache

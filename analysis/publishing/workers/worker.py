"""A worker: a process that imports everything once, then runs reports one after the other and writes their pages.

It reads from standard input what to import, then one job a line, and answers in lines on standard output, both JSON.
When its input ends, because the run is over or was killed, it ends too, with all that it started.
"""

import contextlib
import importlib
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

#: What runs notebooks and makes pages. Papermill comes first: it loads its engine, which imports from it.
_OWN = ("papermill", "analysis.publishing.workers.engine", "analysis.publishing.output.pages")


def main() -> None:
    """Serve until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a notebook's own programs print goes where errors go, not among the answers
    wanted = os.fdopen(os.dup(0), encoding="utf-8")
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)  # and they read nothing, least of all the jobs
    jobs: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(wanted, jobs), daemon=True).start()
    try:
        _warm_up(jobs.get()["imports"])
    except Exception as problem:
        _answer(answers, broken=_sentence(problem))
        return
    _answer(answers, ready=True)
    while True:
        _serve(jobs.get(), answers)


def _warm_up(wanted: Sequence[str]) -> None:
    """Import what runs reports, and what the reports themselves import; they tell what is wrong with that.

    Where JupyterLab is installed, jsonschema compiles a grammar of addresses for two seconds, although neither Altair
    nor nbformat checks any: it finds that package missing.
    """
    unused = "rfc3987_syntax"
    sys.modules[unused] = None  # type: ignore[assignment]
    for name in _OWN:
        importlib.import_module(name)
    for name in wanted:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    del sys.modules[unused]


def _listen(source: IO[str], jobs: "queue.Queue[dict[str, Any]]") -> None:
    """Pass jobs on, and end the process and its children when there will be no more."""
    with contextlib.suppress(OSError, ValueError):
        for line in source:
            jobs.put(json.loads(line))
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _serve(job: dict[str, Any], answers: IO[str]) -> None:
    """Run one job and say how it ended."""
    from analysis.publishing.output import pages
    from analysis.publishing.workers import engine
    from analysis.runtime import files

    def progress(done: int, of: int) -> None:
        _answer(answers, done=done, of=of)

    try:
        executed = engine.execute(Path(job["notebook"]), job["parameters"], on_cell=progress)
        page = pages.files(executed, job["used"], name=job["name"])
        _check_data(job)
        files.write_all(Path(job["folder"]), page)
    except Exception as problem:
        _answer(answers, failed=_sentence(problem))
    else:
        _answer(answers, built=True)


def _check_data(job: dict[str, Any]) -> None:
    """Raise if the tables are not those that the manifest names: they were changed while the report was made."""
    from analysis.core.errors import ReportError
    from analysis.publishing.output import provenance

    if job["used"] is not None and provenance.data(job["used"]["parameters"]) != job["used"]["data"]:
        raise ReportError(f"The data changed while {job['name']!r} was made. Build the edition again.")


def _sentence(problem: BaseException) -> str:
    """Return why a report failed, in one sentence."""
    from analysis.core.errors import SilkportError

    text = " ".join(str(problem).split())
    return text if isinstance(problem, SilkportError) else f"{type(problem).__name__}: {text or 'no message'}"


def _answer(answers: IO[str], **answer: Any) -> None:
    """Write one line to the runner."""
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()

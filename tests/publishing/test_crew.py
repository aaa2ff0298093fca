"""Workers that are lost before their first report: restarted, and no harm to the reports of the others."""

import contextlib
import os
import signal

import pytest

from analysis.publishing.workers import crew
from analysis.publishing.workers.limits import Limits
from analysis.publishing.workers.process import Process


class Quiet:
    """Follows nothing."""

    def start(self, name):
        """Hear nothing."""

    def advance(self, name, done, of):
        """Hear nothing."""

    def end(self, name, reason):
        """Hear nothing."""


class Answering:
    """A worker without a process: it is ready, broken or lost at once, and builds whatever it is given."""

    def __init__(self, answers, first):
        self._answers = answers
        answers.put((self, first))

    def give(self, _):
        self._answers.put((self, {"built": True}))

    def megabytes(self):
        return 0.0

    def how_it_ended(self):
        return "was killed by SIGKILL"

    def end(self):
        """Has nothing to end."""


def run(monkeypatch, *firsts, workers=2):
    """Run four reports on workers that begin as given, in the order in which they are started; others are ready."""
    waiting, started = list(firsts), []

    def start(answers, *, imports):  # noqa: ARG001 - the signature of `Process`
        started.append(waiting.pop(0) if waiting else {"ready": True})
        return Answering(answers, started[-1])

    monkeypatch.setattr(crew, "Process", start)
    jobs = [{"name": name, "notebook": name} for name in "abcd"]
    failed = crew.Crew(jobs, workers=workers, limits=Limits(), watcher=Quiet()).run()
    return failed, len(started)


READY, LOST, BROKEN = {"ready": True}, {"ended": True}, {"broken": "ImportError: polars"}


def test_a_worker_that_is_lost_while_it_imports_is_started_again(monkeypatch):
    assert run(monkeypatch, LOST, READY) == ({}, 3)
    assert run(monkeypatch, LOST, LOST, LOST, LOST) == ({}, 6)


def test_one_worker_that_cannot_start_does_not_fail_the_reports_of_the_other(monkeypatch):
    assert run(monkeypatch, BROKEN, READY) == ({}, 2)


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_that_are_lost_again_and_again_end_the_run(monkeypatch, workers):
    failed, started = run(monkeypatch, *[LOST] * 10, workers=workers)
    assert started == workers * crew.STARTS
    assert set(failed.values()) == {"A worker was killed by SIGKILL before its first report. Build it again."}
    assert set(failed) == set("abcd")


def test_packages_that_cannot_be_loaded_end_the_run_at_once(monkeypatch):
    failed, started = run(monkeypatch, BROKEN, BROKEN)
    assert started == 2
    assert set(failed.values()) == {"The reports' packages cannot be loaded (ImportError: polars). Install them again."}


@pytest.mark.usefixtures("without_fonts")
def test_a_real_worker_killed_while_it_imports_fails_no_report(project, monkeypatch):
    from analysis.publishing.edition import runner

    pids = []

    class Killed(Process):
        """Kills the first that is started."""

        def __init__(self, *answers, **imports):
            super().__init__(*answers, **imports)
            pids.append(self._child.pid)
            if len(pids) == 1:
                with contextlib.suppress(OSError):
                    os.kill(pids[0], signal.SIGKILL)

    monkeypatch.setattr(crew, "Process", Killed)
    built = runner.report(pack="small", edition="2023-11")
    assert (built.built, built.failed) == (("one", "two"), {})
    assert len(pids) == 3
    assert (project / "reports" / "2023-11" / "one.html").is_file()


def test_every_second_worker_takes_its_reports_from_the_end(monkeypatch):
    """Neighbours in a pack rest on the same fit: one worker goes through a, b, the other through d, c."""
    taken = []

    class Noting(Answering):
        def give(self, job):
            taken.append((id(self), job["name"]))
            super().give(job)

    monkeypatch.setattr(crew, "Process", lambda answers, *, imports: Noting(answers, {"ready": True}))  # noqa: ARG005
    jobs = [{"name": name, "notebook": name} for name in "abcd"]
    assert crew.Crew(jobs, workers=2, limits=Limits(), watcher=Quiet()).run() == {}
    first, second = dict.fromkeys(worker for worker, _ in taken)
    assert [name for worker, name in taken if worker == first] == ["a", "b"]
    assert [name for worker, name in taken if worker == second] == ["d", "c"]
    assert crew.from_both_ends(list("abcde")) == list("aebdc")

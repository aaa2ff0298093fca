"""Unattended runs: whatever happens to one report, the others are built whole, and the index says what failed."""

import html
import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest

from analysis.core.errors import BusyError, LedgerError, ReportError
from analysis.publishing.edition import runner
from analysis.runtime.locks import hold_lock
from analysis.sources import ledger
from tests.publishing import faults
from tests.publishing.conftest import make_project

pytestmark = pytest.mark.usefixtures("without_fonts")

LEDGERS = {"binary": b"\x00\x01\x02", "cut": b"statement_id,series_id\na,b\n", "empty": b""}
LIMITS = {"seconds": 15, "megabytes": 900}

#: What a report does, and what the run says of it.
POISONS = {
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "Its kernel was killed by SIGKILL"),
    "aborted": (
        "import os, sys; print('the gate is shut', file=sys.__stderr__, flush=True); os._exit(7)",
        "Its kernel ended with exit code 7 (the gate is shut)",
    ),
    "slow": ("import time; time.sleep(600)", "It took longer than 15 seconds"),
    "greedy": (
        "import time; kept = b'x' * 1_000_000_000; time.sleep(600)",
        "It used more than 900 MB of memory",
    ),
    "exit": ("raise SystemExit(3)", "SystemExit"),
    "closed": ("import sys; sys.stdout.close(); 1 / 0", "ZeroDivisionError in cell"),
    "asking": ("input('Which gate?')", "A cell waits for input, and nobody answers while reports run"),
    "secretive": (
        "import getpass, warnings; warnings.simplefilter('ignore'); getpass.getpass()",
        "A cell waits for input",
    ),
    "reading": ("import sys; sys.stdin.read()", "A cell waits for input"),
    "jobless": ("import subprocess; raise ValueError(subprocess.run(['cat'], capture_output=True).stdout)", "b''"),
    "misnamed": (
        "import os; raise ValueError(os.fsdecode('货.csv'.encode('gb18030')) + ' has no column tonnes')",
        r"ValueError in cell 3: \xbb\xf5.csv has no column tonnes",
    ),
    "turned": (
        "raise ValueError('gate \u202ecsv.\u2069\x1b[2J\x07')",
        r"ValueError in cell 3: gate csv.\u001b[2J\u0007",
    ),
    "unwritable": ("print('x' * 3_000_000)", "cannot be written (File too large)"),
}

#: How a notebook is damaged, and what the run says of it.
DAMAGES = {
    "half": (lambda text: text[: len(text) // 2], "cannot be read"),
    "untagged": (lambda text: text.replace('"parameters"', '"parametres"'), "0 cells tagged 'parameters'"),
    "unrecorded": (lambda text: text.replace("PageRecord(title", "dict(title"), "shows 0 page records"),
}


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    """Return the project folder of a run in which nearly everything goes wrong, what was built, and what failed."""
    project = tmp_path_factory.mktemp("troubled")
    make_project(project)
    poisons = {name: code for name, (code, _) in POISONS.items()}
    for name, content in LEDGERS.items():
        path = project / f"{name}.csv"
        path.write_bytes(content)
        read = f"from analysis.sources import ledger; from pathlib import Path; ledger.read(Path({str(path)!r}))"
        poisons[f"ledger_{name}"] = read
    poisons |= dict.fromkeys(DAMAGES, "") | {"whole": "", "hearty": ""}
    faults.write_pack(project, poisons, notebooks={name: f"{name}.ipynb" for name in DAMAGES})
    text = (project / "notebooks" / "small.ipynb").read_text(encoding="utf-8")
    for name, (damage, _) in DAMAGES.items():
        (project / "notebooks" / f"{name}.ipynb").write_text(damage(text), encoding="utf-8")
    built, failed = faults.run(project, chosen={"limits": LIMITS}, preexec_fn=lambda: limit_files(2_000_000))
    return project, built, failed


#: The files of a report.
KINDS = ("html", "ipynb", "json", "xlsx", "csv")


def limit_files(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_the_sound_reports_are_built_and_of_the_others_there_is_nothing(troubled):
    project, built, failed = troubled
    assert built == ["whole", "hearty"]
    assert set(failed) == {*POISONS, *DAMAGES, *(f"ledger_{name}" for name in LEDGERS)}
    pages = [f"{name}.{kind}" for name in ("hearty", "whole") for kind in KINDS]
    assert faults.names(project / "reports" / "2023-11") == sorted(["edition.json", "index.html", *pages])


@pytest.mark.parametrize("name,reason", [(name, reason) for name, (_, reason) in (POISONS | DAMAGES).items()])
def test_index_and_log_say_what_failed_and_why(troubled, name, reason):
    project, _, failed = troubled
    assert reason in failed[name]
    index = html.unescape((project / "reports" / "2023-11" / "index.html").read_text(encoding="utf-8"))
    assert failed[name] in index
    assert f"{name} failed: {failed[name]}" in (project / "reports" / "silkport.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LEDGERS)
def test_a_corrupt_ledger_fails_the_reports_that_read_it_with_its_own_sentence(troubled, name):
    project, _, failed = troubled
    with pytest.raises(LedgerError) as refused:
        ledger.read(project / f"{name}.csv")
    assert failed[f"ledger_{name}"] == str(refused.value).splitlines()[0]


def test_no_space_left_at_all_ends_with_one_sentence_and_keeps_what_stood(project):
    faults.run(project)
    folder = project / "reports" / "2023-11"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (project / "notebooks" / "small.ipynb").write_text(
        (project / "notebooks" / "small.ipynb").read_text(encoding="utf-8").replace("1.1 million", "1.2 million"),
        encoding="utf-8",
    )
    process = faults.start(project, preexec_fn=lambda: limit_files(10))
    _, err = process.communicate(timeout=300)
    assert process.returncode != 0
    assert "cannot be written (File too large)" in err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_read_only_folder_is_refused_and_left_as_it_was(project):
    folder = project / "reports" / "2023-11"
    folder.mkdir(parents=True)
    (folder / "one.html").write_bytes(b"an earlier page")
    as_root = os.geteuid() == 0  # whom the mode of a folder does not stop
    if as_root and subprocess.run(["chattr", "+i", str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("root can write to every folder that this file system cannot make immutable")
    folder.chmod(0o555) if not as_root else None
    try:
        with pytest.raises(ReportError, match="cannot be written"):
            runner.report(pack="small", edition="2023-11")
        assert faults.names(folder) == ["one.html"]
    finally:
        subprocess.run(["chattr", "-i", str(folder)], check=True) if as_root else folder.chmod(0o755)


def test_a_second_run_of_an_edition_is_refused_while_the_first_goes_on(project):
    (project / "reports").mkdir()
    with hold_lock(project / "reports" / ".2023-11.lock", wait=False), pytest.raises(BusyError, match="2023-11"):
        runner.report(pack="small", edition="2023-11")
    assert faults.names(project / "reports" / "2023-11") == []
    assert runner.report(pack="small", edition="2023-11").failed == {}


def test_the_lock_goes_with_a_run_that_is_killed(project):
    faults.write_pack(project, {"one": POISONS["slow"][0], "two": ""})
    process = faults.start(project)
    wait_for(project / "reports" / "2023-11" / "two.json")
    with pytest.raises(BusyError):
        runner.report(pack="small", edition="2023-11")
    process.kill()
    process.communicate()
    assert runner.report(pack="small", edition="2023-11", only=["two"]).built == ("two",)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_resume_goes_on_with_what_was_asked_for_and_keeps_what_was_built(project, end):
    gate = project / "gate"
    wait = f"import pathlib, time\nwhile not pathlib.Path({str(gate)!r}).exists():\n    time.sleep(0.1)"
    faults.write_pack(project, {"one": wait, "two": "", "three": ""})
    process = faults.start(project, chosen={"only": ["one", "two"]})
    folder = project / "reports" / "2023-11"
    wait_for(folder / "two.json")
    process.send_signal(end)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert faults.names(folder) == sorted(f"two.{kind}" for kind in KINDS)
    made = (folder / "two.html").stat().st_mtime_ns
    gate.touch()
    resumed = runner.report(resume=True)
    assert (resumed.index.parent.name, resumed.built, resumed.failed) == ("2023-11", ("one", "two"), {})
    assert (folder / "two.html").stat().st_mtime_ns == made
    assert not [name for name in faults.names(folder) if name.startswith((".", "three"))]
    assert runner.state.interrupted_edition(project / "reports") is None


def test_a_data_file_that_changes_while_a_report_runs_fails_it(project, tmp_path):
    data = tmp_path / "evidence"
    data.mkdir()
    table = data / "statements.csv"
    table.write_text("before\n")
    faults.write_pack(project, {"one": f"import pathlib; pathlib.Path({str(table)!r}).write_text('after')"})
    environment = {**os.environ, "SILKPORT_DATA": str(data)}
    built, failed = faults.run(project, env=environment)
    assert built == []
    assert failed == {"one": "The data changed while 'one' was made. Build the edition again."}


def test_the_log_is_bounded_and_a_folder_that_takes_none_stops_no_run(project, monkeypatch):
    from analysis.publishing.edition import log

    (project / "reports" / log.NAME).mkdir(parents=True)
    assert runner.report(pack="small", edition="2023-11", only=["one"]).failed == {}
    monkeypatch.setattr(log, "LARGEST", 200)
    (project / "reports" / log.NAME).rmdir()
    notes = log.Log(project / "reports", "2023-11")
    for number in range(20):
        notes.note(f"line {number}")
    notes.close()
    files = list((project / "reports").glob("silkport.log*"))
    assert sorted(path.name for path in files) == ["silkport.log", "silkport.log.1"]
    assert all(path.stat().st_size <= 200 for path in files)


def test_state_that_cannot_be_read_is_none(project):
    editions = project / "reports"
    editions.mkdir()
    for content in ("", "[]", "{"):
        (editions / ".2023-11.json").write_text(content)
        assert runner.state.read(editions, "2023-11") == {}
    (editions / ".2023-11.json").write_text(json.dumps({"asked": {"pack": "small", "only": ["two"]}}))
    assert runner.state.interrupted_edition(editions) == "2023-11"


def wait_for(path: Path) -> None:
    """Wait until a file is there."""
    deadline = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} was not built"
        time.sleep(0.05)


def test_what_cannot_be_a_folder_is_refused(project):
    (project / "file").write_text("no folder")
    with pytest.raises(ReportError, match="cannot be written"):
        runner.report(pack="small", edition="2023-11", out=project / "file")

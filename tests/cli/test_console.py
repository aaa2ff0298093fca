"""Whatever the console is, a command prints what it can and its exit code keeps its meaning.

Code pages: HKUDS/CLI-Anything#418, microsoft/winml-cli#545, ValvePython/steamctl#67.
"""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.runtime import console
from tests.cli.conftest import HEADER

#: Two publishers that contradict each other, so that `check` ends with exit code 1 and names them.
CONTRADICTION = (
    "a1,gate.tonnes,2020-01-01,2020-12-31,level,eq,500000,tonnes,50.0万吨,克州日报,2021-01-20",
    "a2,gate.tonnes,2020-01-01,2020-12-31,level,eq,900000,tonnes,90.0万吨,Gate Daily,2021-01-20",
)
COMMAND = [sys.executable, "-c", "import sys; from analysis.cli import main; sys.exit(main())"]


@pytest.fixture
def check(write):
    """Return the words that check a ledger with one contradiction."""
    return ["check", "--ledger", str(write(rows=CONTRADICTION, header=HEADER))]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "gbk", "utf-8"])
def test_an_encoding_without_chinese_changes_no_exit_code(monkeypatch, check, encoding):
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", out)
    assert main(check) == 1
    out.seek(0)
    shown = out.read()
    assert ("50.0万吨" if encoding in ("gbk", "utf-8") else r"50.0\u4e07\u5428") in shown


def test_no_text_commands_the_terminal(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    console.say("Gate \u202eyliaD\x1b[2J\n")
    out.seek(0)
    assert out.read() == "Gate \\u202eyliaD\\u001b[2J\n"


def test_a_closed_output_changes_no_exit_code(monkeypatch, check):
    monkeypatch.setattr(sys, "stdout", None)
    assert main(check) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_said(check, capfd):
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*COMMAND, *check], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        unheard = subprocess.run([*COMMAND, "check", "--ledger", "none.csv"], stderr=full, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Standard output cannot be written (No space left on device).")
    assert ended.stderr.count("\n") == 1
    assert unheard.returncode == 2
    assert capfd.readouterr().err == ""


def test_a_reader_who_has_seen_enough_changes_no_exit_code(check):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        ended = subprocess.run([*COMMAND, *check], stdout=pipe, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")


def test_an_error_shows_a_name_that_is_no_utf8(silkport):
    outcome = silkport("check", "--ledger", os.fsdecode(b"\xbb\xf5.csv"))
    assert outcome.code == 2
    assert r"\xbb\xf5.csv" in outcome.err

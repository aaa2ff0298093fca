"""A run that is killed leaves the old file or the new one, never a part."""

import os
import signal
import subprocess
import sys
import time

import pytest

from analysis import ledger
from analysis.cli import main
from tests.cli.conftest import HEADER

MANY = [
    f"s{i}y{y},gate{i}.tonnes,{y}-01-01,{y}-12-31,level,eq,{i + y}000,tonnes,{i + y}000吨,Daily,{y + 1}-02-01"
    for i in range(40)
    for y in range(2000, 2024)
]
SLOW_RUN = "from analysis.cli import main; raise SystemExit(main())"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_leaves_the_old_file_whole(write, tmp_path, number):
    path, out = write(rows=MANY, header=HEADER), tmp_path / "out.csv"
    out.write_text("before")
    words = ["reconstruct", "--ledger", str(path), "--out", str(out)]
    run = subprocess.Popen([sys.executable, "-c", SLOW_RUN, *words], stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(2)
    assert run.poll() is None, "the run ended before it could be killed; give it more to do"
    os.killpg(run.pid, number)
    run.communicate(timeout=60)
    assert run.returncode != 0
    assert out.read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ledger.csv", "out.csv"]


def test_an_interrupted_run_says_so_and_ends_with_130(monkeypatch, capsys):
    def interrupt(_path):
        raise KeyboardInterrupt

    monkeypatch.setattr(ledger, "read", interrupt)
    assert main(["attain", "--series", "a", "--year", "2022", "--target", "1"]) == 130
    assert capsys.readouterr().err.count("\n") == 1


def test_a_program_error_keeps_its_traceback(monkeypatch):
    def fail(_path):
        raise ZeroDivisionError

    monkeypatch.setattr(ledger, "read", fail)
    with pytest.raises(ZeroDivisionError):
        main(["attain", "--series", "a", "--year", "2022", "--target", "1"])

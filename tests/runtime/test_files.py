"""Files appear whole or not at all, also when the process is killed."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.core.errors import ReportError
from analysis.runtime import files

WRITER = """
import sys
from pathlib import Path
from analysis.runtime import files
folder = Path(sys.argv[1])
print("ready", flush=True)
for turn in range(100_000):
    letter = b"ab"[turn % 2 : turn % 2 + 1]
    files.write_all(folder, {"page.html": letter * 2_000_000, "page.json": letter})
"""


def test_all_files_are_written(tmp_path):
    files.write_all(tmp_path, {"a": b"1", "b": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}


@pytest.mark.parametrize("delay", [0.05, 0.11, 0.23])
def test_a_kill_in_the_middle_leaves_no_half_page(tmp_path, delay):
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    page = tmp_path / "page.html"
    assert not page.exists() or page.read_bytes() in (b"a" * 2_000_000, b"b" * 2_000_000)


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    stale = tmp_path / f".silkport-{ended.pid}-page.html.tmp"
    alive = tmp_path / f".silkport-{os.getppid()}-page.html.tmp"
    other = tmp_path / ".notes.tmp"
    for path in (stale, alive, other):
        path.write_bytes(b"x")
    files.make_writable_folder(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([alive.name, other.name])


def test_a_write_that_fails_leaves_the_old_files(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(ReportError, match="cannot be written"):
        files.write_all(tmp_path, {"a": b"new", "no/such/folder": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_folder_below_a_file_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReportError, match=r"file/2023-11 cannot be written \(.+\)\. Name one with --out"):
        files.make_writable_folder(tmp_path / "file" / "2023-11")


def test_a_file_that_is_replaced_keeps_its_permissions_and_a_new_one_has_those_asked_for(tmp_path):
    (tmp_path / "old").write_bytes(b"before")
    (tmp_path / "old").chmod(0o640)
    files.replace_all(tmp_path, {"old": b"after", "new": b"after"}, mode=0o600)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"old": 0o640, "new": 0o600}
    assert (tmp_path / "old").read_bytes() == b"after"


def test_threads_that_write_the_same_file_leave_one_content_whole(tmp_path):
    contents = [letter * 200_000 for letter in (b"a", b"b", b"c", b"d")]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda content: files.write_all(tmp_path, {"page": content}), contents * 5))
    assert [path.name for path in tmp_path.iterdir()] == ["page"]
    assert (tmp_path / "page").read_bytes() in contents


def _fill_and_fail(out):
    with files.replace_folder(out) as folder:
        (folder / "part").write_bytes(b"1")
        raise ZeroDivisionError("no such panel")


def test_a_folder_appears_with_all_its_files_or_not_at_all(tmp_path):
    out = tmp_path / "out"
    with pytest.raises(ZeroDivisionError, match="no such panel"):
        _fill_and_fail(out)
    assert list(tmp_path.iterdir()) == []
    out.mkdir()
    with files.replace_folder(out) as folder:
        (folder / "part").write_bytes(b"1")
        assert list(out.iterdir()) == []
    assert [path.name for path in out.iterdir()] == ["part"]
    with pytest.raises(ReportError, match="out is a folder that is not empty"), files.replace_folder(out):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_writer_left_in_a_folder_does_not_appear_with_it(tmp_path):
    """The writer may have run on another machine, where its number means another process."""
    with files.replace_folder(tmp_path / "out") as folder:
        (folder / "part.parquet").write_bytes(b"whole")
        (folder / f".silkport-{os.getpid()}-7-other.parquet.tmp").write_bytes(b"ha")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["part.parquet"]

"""The folder of kept results: made once, never trusted, bounded, and harmless where it cannot be written."""

import multiprocessing
import os
import sys
import time
from fractions import Fraction

import pytest

from analysis.runtime import files
from analysis.runtime.cache import (
    VARIABLE,
    Codec,
    UnknownValueError,
    default_folder,
    fingerprint,
    folder,
    recall_or_make,
)

CODEC = Codec.of()
KEY = fingerprint("key")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    path = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def ask(key=KEY, value="made"):
    made = []
    found = recall_or_make(key, lambda: made.append(1) or value, CODEC)
    return found, bool(made)


def test_a_result_is_made_once_and_lies_in_a_folder_of_the_user_alone(kept):
    assert ask() == ("made", True)
    assert ask() == ("made", False)
    assert ask(fingerprint("other"), "else") == ("else", True)
    assert sorted(path.suffix for path in kept.iterdir()) == [".result", ".result"]
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda _: b"",
        lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
        lambda _: b"another program's file",
        lambda content: content.replace(b"silkport-cache-1", b"silkport-cache-0"),
    ],
    ids=["cut", "empty", "altered", "foreign", "other form"],
)
def test_a_file_that_is_not_whole_is_ignored_and_written_anew(kept, damage):
    ask()
    path = kept / f"{KEY}.result"
    path.write_bytes(damage(path.read_bytes()))
    assert ask() == ("made", True)
    assert ask() == ("made", False)


def test_a_result_under_another_name_does_not_count(kept):
    ask()
    other = fingerprint("other")
    (kept / f"{KEY}.result").rename(kept / f"{other}.result")
    assert ask(other, "right") == ("right", True)


@pytest.mark.parametrize("named", ["", "off"])
def test_nothing_is_kept_where_no_folder_is_named(monkeypatch, named, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, named)
    assert ask() == ("made", True)
    assert ask() == ("made", True)
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_keeps_results_in_the_users_own_folder_unless_told_otherwise(monkeypatch, tmp_path):
    monkeypatch.setattr(folder, "_is_notebook", lambda: True)
    monkeypatch.setattr(folder, "default_folder", lambda: tmp_path / "own")
    monkeypatch.delenv(VARIABLE)
    assert [ask(), ask()] == [("made", True), ("made", False)]
    assert list((tmp_path / "own").iterdir())
    monkeypatch.setenv(VARIABLE, "off")
    assert ask() == ("made", True)


def test_a_plain_process_is_no_notebook():
    assert not folder._is_notebook()


def test_a_folder_that_cannot_be_used_costs_nothing_but_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "cache"))
    assert ask() == ("made", True)
    monkeypatch.setattr(files.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    monkeypatch.setenv(VARIABLE, str(tmp_path / "full"))
    assert ask() == ("made", True)
    assert list((tmp_path / "full").iterdir()) == []


def test_what_was_not_used_for_longest_goes_first(kept, monkeypatch):
    keys = [fingerprint(number) for number in range(4)]
    for age, key in enumerate(keys[:3]):
        ask(key, "x" * 1000)
        path = kept / f"{key}.result"
        os.utime(path, (age + 1000, age + 1000))
    ask(keys[0])  # used just now
    size = (kept / f"{keys[0]}.result").stat().st_size
    monkeypatch.setattr(folder, "LARGEST", 3 * size)
    ask(keys[3], "x" * 1000)
    assert {path.stem for path in kept.glob("*.result")} == {keys[0], keys[2], keys[3]}


def test_a_result_of_an_unlisted_class_is_an_error_not_a_cache_that_stops(kept):
    with pytest.raises(UnknownValueError, match="A Fraction cannot be kept"):
        recall_or_make(KEY, lambda: Fraction(1, 3), CODEC)
    assert list(kept.iterdir()) == []


def _slow(path):
    def make():
        with open(path, "a") as target:  # noqa: PTH123 - appended to by several processes
            target.write("made\n")
        time.sleep(0.5)
        return "made"

    assert recall_or_make(KEY, make, CODEC) == "made"


def test_processes_that_want_the_same_make_it_once(kept, tmp_path):
    log = tmp_path / "log"
    crew = [multiprocessing.get_context("fork").Process(target=_slow, args=(log,)) for _ in range(3)]
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    assert [each.exitcode for each in crew] == [0, 0, 0]
    assert log.read_text() == "made\n"
    assert [path.name for path in kept.iterdir()] == [f"{KEY}.result"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep caches elsewhere")
def test_the_default_folder_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "named"))
    assert default_folder() == tmp_path / "named" / "silkport"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == tmp_path / ".cache" / "silkport"

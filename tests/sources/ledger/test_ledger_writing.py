"""A ledger grows by whole, checked rows; what stands there keeps its bytes."""

import datetime as dt
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.core.errors import CoverageError, LedgerError
from analysis.runtime.folders import data_folder
from analysis.sources import ledger

from .ledgers import HEADER, ROW, write

NEW = {
    "series_id": "port",
    "period_start": dt.date(2023, 1, 1),
    "period_end": dt.date(2023, 11, 30),
    "measure": "level",
    "relation": "eq",
    "value": 1_160_000,
    "unit": "1",
    "value_as_published": "116万, about",
    "publisher": "Customs",
    "published_on": dt.date(2023, 12, 30),
}


def test_an_appended_row_is_read_back_and_the_others_keep_their_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, ROW)
    before = path.read_bytes()
    new = ledger.append(path, NEW)
    assert path.read_bytes().startswith(before)
    row = ledger.read(path).row(-1, named=True)
    assert row["statement_id"] == new
    assert row["value_as_published"] == "116万, about"
    assert row["value"] == 1_160_000


def test_the_id_of_a_row_depends_on_nothing_but_the_row(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    two.mkdir()
    assert ledger.append(write(one, ROW), NEW) == ledger.append(write(two, ROW), NEW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_encoding_and_line_ends_are_kept(tmp_path: Path, encoding: str, end: str, last: bool) -> None:
    path = tmp_path / "ledger.csv"
    before = (end.join([HEADER, ROW]) + (end if last else "")).encode(encoding)
    path.write_bytes(before)
    ledger.append(path, NEW)
    after = path.read_bytes()
    assert after.startswith(before)
    assert after.count(end.encode()) == 3
    assert ledger.read(path)["value_as_published"].to_list() == ["46.4万", "116万, about"]


@pytest.mark.parametrize(
    "cells,sentence",
    [
        ({"value": "many"}, "is no number"),
        ({"unit": "stones"}, "is unknown"),
        ({"statement_id": "s1"}, "stands on line 2 already"),
        ({"published_on": "2023-06-01"}, "after its publication"),
        ({"sereis_id": "port"}, "Did you mean 'series_id'"),
        ({"note": "late"}, "has no column 'note'"),
    ],
)
def test_a_row_that_cannot_be_leaves_the_file_as_it_was(tmp_path: Path, cells: dict[str, str], sentence: str) -> None:
    path = write(tmp_path, ROW)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=sentence):
        ledger.append(path, {**NEW, **cells})
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.csv"]


def test_a_ledger_with_a_bad_row_takes_no_new_one(tmp_path: Path) -> None:
    path = write(tmp_path, ROW.replace("464000", "x"))
    with pytest.raises(LedgerError, match=":2: value 'x'"):
        ledger.append(path, NEW)


def test_a_break_while_writing_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, ROW)
    before = path.read_bytes()

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(KeyboardInterrupt):
        ledger.append(path, NEW)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.csv"]


def test_a_revision_takes_over_what_it_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    shutil.copy(data_folder() / "statements.csv", path)
    new = ledger.supersede(
        path,
        "0313f12294",
        {"value": 1_165_000, "value_as_published": "116.5万吨", "publisher": "Customs", "published_on": "2024-02-01"},
    )
    statements = ledger.read(path)
    assert statements.height == ledger.read().height + 1
    row = statements.row(-1, named=True)
    assert (row["supersedes"], row["series_id"], row["unit"]) == (
        "0313f12294",
        "irkeshtam.freight_tonnes.total.road",
        "tonnes",
    )
    known = ledger.as_of(statements, dt.date(2024, 2, 1))["statement_id"].to_list()
    assert new in known
    assert "0313f12294" not in known


def test_a_revision_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoverageError, match="has no statement 'sx'"):
        ledger.supersede(write(tmp_path, ROW), "sx", {"value": 1})


_ADD_TWO = """
import sys
from analysis.sources import ledger
path, clerk = sys.argv[1:]
for month in ("04", "06"):
    ledger.append(path, {
        "series_id": "port", "period_start": "2019-01-01", "period_end": f"2019-{month}-30", "measure": "level",
        "relation": "eq", "value": 1000 + int(clerk), "unit": "1", "value_as_published": f"100{clerk}",
        "publisher": f"Clerk {clerk}", "published_on": "2019-12-20",
    })
"""


def test_nothing_is_lost_when_several_processes_append_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, ROW)
    clerks = [subprocess.Popen([sys.executable, "-c", _ADD_TWO, str(path), str(clerk)]) for clerk in range(1, 5)]
    assert [clerk.wait() for clerk in clerks] == [0, 0, 0, 0]
    assert ledger.read(path).height == 1 + 2 * 4
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.csv"]


def test_a_link_to_a_ledger_stays_a_link_and_the_ledger_behind_it_grows(tmp_path: Path) -> None:
    path = write(tmp_path, ROW)
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "ours.csv"
    link.symlink_to(Path("..") / path.name)
    ledger.append(link, NEW)
    assert link.is_symlink()
    assert ledger.read(path).height == 2
    assert [file.name for file in link.parent.iterdir()] == ["ours.csv"]


def test_a_read_only_ledger_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, ROW)
    before = path.read_bytes()
    path.chmod(0o444)
    with pytest.raises(LedgerError, match="is read-only"):
        ledger.append(path, NEW)
    assert path.read_bytes() == before
    assert ledger.append(path, NEW, dry_run=True)


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, ROW)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerError, match="No space left on device"):
        ledger.append(path, NEW)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.csv"]


def test_the_same_statement_twice_is_refused_by_name(tmp_path: Path) -> None:
    path = write(tmp_path, ROW)
    first = ledger.append(path, NEW)
    with pytest.raises(LedgerError, match=f"has this statement already: {first}.*--same-as {first}"):
        ledger.append(path, {**NEW, "value": "1160000.0", "value_as_published": "1.16 million"})
    ledger.append(path, {**NEW, "publisher": "Another Daily"})
    assert ledger.read(path).height == 3


def test_the_same_statement_may_be_added_as_a_reprint(tmp_path: Path) -> None:
    path = write(tmp_path, f"{ROW},", header=f"{HEADER},same_as")
    first = ledger.append(path, NEW)
    ledger.append(path, {**NEW, "same_as": first})
    assert ledger.read(path)["same_as"].to_list() == [None, None, first]


def test_a_file_is_never_in_two_encodings(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_bytes("\n".join([HEADER, ROW, ""]).encode("gb18030"))
    ledger.append(path, {**NEW, "publisher": "Көчмөн Daily"}, encoding="gb18030")
    assert path.read_bytes().decode("gb18030").count("\n") == 3
    assert ledger.read(path, encoding="gb18030")["publisher"].to_list() == ["Customs", "Көчмөн Daily"]

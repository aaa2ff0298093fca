"""A ledger and a panel in DuckDB and in a real PostgreSQL: what is appended stays, once, whoever else appends."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from analysis.core.errors import InputError, LedgerError
from analysis.runtime.addresses import location
from analysis.sources import database, ledger, panels
from tests.repository import ROOT
from tests.sources.database import postgresql

ROW = {
    "statement_id": "a1",
    "series_id": "gate.tonnes",
    "period_start": dt.date(2023, 1, 1),
    "period_end": dt.date(2023, 12, 31),
    "measure": "level",
    "relation": "eq",
    "value": 464000.0,
    "unit": "tonnes",
    "value_as_published": "46.4万吨",
    "publisher": "Gate Daily, '23",
    "published_on": dt.date(2024, 1, 19),
}
PANEL = pl.DataFrame(
    {"series_id": ["a", "a"], "time_period": [dt.date(2023, 1, 1), dt.date(2023, 2, 1)], "obs_value": [1.5, 2.0]}
)


@pytest.fixture(scope="module")
def server():
    if postgresql.programs() is None:
        pytest.skip("no PostgreSQL server is installed (apt-get install postgresql)")
    with postgresql.server() as address:
        yield address


@pytest.fixture(params=["duckdb", "postgresql"])
def base(request, tmp_path):
    """The address of a database, to which a test adds its table."""
    if request.param == "duckdb":
        return f"duckdb:///{tmp_path}/desk.duckdb"
    return request.getfixturevalue("server")


def _address(base: str, request: pytest.FixtureRequest):
    """An address with a table of its own for each test."""
    return location(f"{base}#t{abs(hash(request.node.nodeid)) % 10**8}")


def test_a_ledger_comes_back_as_it_was_appended(base, request):
    address = _address(base, request)
    assert not ledger.exists(address)
    revision = {**ROW, "statement_id": "a2", "value": 470000.0, "value_as_published": "47.0万吨", "supersedes": "a1"}
    assert ledger.append_all(address, [ROW, revision], create=True) == ["a1", "a2"]
    read = ledger.read(address)
    assert read["statement_id"].to_list() == ["a1", "a2"]
    first = read.row(0, named=True)
    assert {name: first[name] for name in ROW} == ROW
    assert first["half_width"] == 500
    assert first["status"] == "valid"


def test_a_ledger_in_a_database_gives_what_the_same_file_gives(base, request, tmp_path):
    address, path = _address(base, request), tmp_path / "ledger.csv"
    ledger.append_all(address, [ROW], create=True)
    path.write_text(",".join(ROW) + "\n" + ",".join(f'"{cell}"' for cell in ROW.values()) + "\n", encoding="utf-8")
    assert ledger.read(address).drop("line").equals(ledger.read(path).drop("line"))


def test_a_repeat_is_refused_and_nothing_of_its_append_is_kept(base, request):
    address = _address(base, request)
    ledger.append_all(address, [ROW], create=True)
    new = {**ROW, "statement_id": "b1", "publisher": "Else"}
    same_id, same_statement = {**new, "statement_id": "a1", "publisher": "Third"}, {**ROW, "statement_id": "c1"}
    for repeat, said in ((same_id, "statement_id 'a1' stands on line 2 already"), (same_statement, "already: a1 is")):
        with pytest.raises(LedgerError, match=said):
            ledger.append_all(address, [new, repeat])
    assert ledger.read(address)["statement_id"].to_list() == ["a1"]


def test_a_dry_run_and_an_absent_table_write_nothing(base, request):
    address = _address(base, request)
    with pytest.raises(LedgerError, match=r"(?i)there is no"):
        ledger.read(address)
    ledger.append_all(address, [ROW], create=True)
    assert ledger.append(address, {**ROW, "statement_id": "b1", "publisher": "Else"}, dry_run=True) == "b1"
    assert ledger.read(address).height == 1


def test_six_appends_at_once_keep_six_rows_in_a_file_and_in_both_databases(server, request, tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(",".join(ROW) + "\n" + ",".join(f'"{cell}"' for cell in ROW.values()) + "\n", encoding="utf-8")
    addresses = [_address(base, request) for base in (f"duckdb:///{tmp_path}/desk.duckdb", server)]
    for address in addresses:
        ledger.append_all(address, [ROW], create=True)
    places = [str(path), f"duckdb:///{tmp_path}/desk.duckdb#{addresses[0].table}", f"{server}#{addresses[1].table}"]
    program = (
        "import sys\nfrom analysis.runtime.addresses import location\nfrom analysis.sources import ledger\n"
        "from analysis.sources.ledger import schema\n"
        "names = schema.REQUIRED.names()\nsys.stdin.readline()\n"
        "for place in sys.argv[2:]:\n    ledger.append(location(place), dict(zip(names, sys.argv[1].split('|'))))\n"
    )
    rows = [
        f"p{number}|gate.tonnes|2024-01-01|2024-12-31|level|eq|500000|tonnes|50.0万吨|Paper {number}|2025-01-10"
        for number in range(6)
    ]
    runs = [
        subprocess.Popen([sys.executable, "-c", program, row, *places], cwd=ROOT, stdin=subprocess.PIPE, text=True)
        for row in rows
    ]
    for run in runs:
        run.stdin.close()
    assert [run.wait() for run in runs] == [0] * 6
    for place in (path, *addresses):
        assert sorted(ledger.read(place)["statement_id"]) == ["a1", "p0", "p1", "p2", "p3", "p4", "p5"]


def test_what_was_appended_cannot_be_changed(server, request):
    address = _address(server, request)
    ledger.append_all(address, [ROW], create=True)
    for statement in ("UPDATE {} SET value = 1", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(InputError, match="only grows"),
            database.open_session(address, write=True) as session,
        ):
            session.execute(statement.format(address.quoted))
    assert ledger.read(address)["value"].to_list() == [464000.0]


def test_a_panel_is_replaced_whole_and_read_where_a_file_is(base, request):
    address = _address(base, request)
    for table in (PANEL, PANEL.tail(1)):
        database.replace_all(address, table)
        assert panels.read(address).equals(table)


def test_a_table_of_other_columns_is_not_touched(base, request):
    address = _address(base, request)
    ledger.append_all(address, [ROW], create=True)
    with pytest.raises(InputError, match="was not touched"):
        database.replace_all(address, PANEL)
    assert ledger.read(address).height == 1


def test_a_mistyped_table_is_told_the_nearest_one(base, request):
    address = _address(base, request)
    database.replace_all(address, PANEL)
    with pytest.raises(InputError, match=f"Did you mean '{address.table}'"):
        panels.read(location(f"{base}#{address.table}x"))


def test_no_sentence_of_a_server_holds_the_password(server):
    wrong = server.replace(postgresql.WRITTEN, "another%20secret")
    with pytest.raises(InputError) as caught:
        panels.read(location(f"{wrong}#panel"))
    assert "authentication failed" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "desk.duckdb"
    path.write_text("no database", encoding="utf-8")
    with pytest.raises(InputError, match="the database refuses"):
        panels.read(location(f"duckdb:///{path}#panel"))
    assert [each.name for each in Path(tmp_path).iterdir()] == ["desk.duckdb"]

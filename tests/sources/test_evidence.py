"""What a data folder holds: absent registers say nothing, and a changed file is seen by the next read."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from analysis.core.errors import CoverageError, RegisterError
from analysis.core.sampling import Sampling
from analysis.estimates import paths
from analysis.runtime.folders import data_folder
from analysis.sources.evidence import Evidence
from analysis.sources.registers import PORT_CLOSURES, REGISTERS
from tests.sources.ledger.ledgers import HEADER, ROW, row

#: A ledger that names a place and an indicator that no register needs to know.
WORDED = f"{HEADER},place,indicator,flow,mode"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "statements.csv").write_text(f"{WORDED}\n{ROW},elpaso,trucks,total,road\n", encoding="utf-8")
    return tmp_path


def test_a_folder_without_registers_is_enough_for_an_estimate(folder):
    known = Evidence.read(folder).known()
    path = paths.reconstruct(known, "port", end=dt.date(2023, 12, 1), sampling=Sampling(draws=40))
    assert path.total(dt.date(2023, 1, 1), dt.date(2023, 10, 31)).mean() == pytest.approx(464_000, rel=0.01)


def test_a_register_with_a_header_only_says_what_an_absent_one_says(folder):
    without = Evidence.read(folder)
    for register in REGISTERS:
        (folder / register.file).write_text(register.template, encoding="utf-8")
    headers = Evidence.read(folder)
    assert all(headers.registers[name].equals(table) for name, table in without.registers.items())
    assert headers.known().usable.equals(without.known().usable)


def test_a_place_of_another_folder_is_unknown(folder):
    (folder / "places.csv").write_text("place,kind,name_en\ngate,region,Gate\n", encoding="utf-8")
    with pytest.raises(CoverageError, match="No register holds the place 'irkeshtam'"):
        Evidence.read(folder).places.names("irkeshtam")


def test_where_no_register_holds_a_place_it_is_called_by_its_id(folder):
    places = Evidence.read(folder).places
    assert places.names("gate_of_dawn") == ("Gate Of Dawn", "")
    assert "gate_of_dawn" not in places
    assert not places.has_spring_festival("gate_of_dawn")


def test_what_other_registers_name_is_not_named_again():
    places = Evidence.read().places
    held = {*places.areas["place"], *places.ports["port"], *places.parks["park"], *places.firms["firm"]}
    assert held.isdisjoint(places.elsewhere.drop_nulls("name_en")["place"])


def test_the_festival_is_that_of_the_region_and_wan_is_counted_in_china_only():
    places = Evidence.read().places
    assert places.has_spring_festival("irkeshtam")
    assert places.has_spring_festival("other_xinjiang")
    assert places.has_spring_festival("kezhou_jiangsu_park")
    assert places.has_spring_festival("kyrgyzstan")
    assert not places.has_spring_festival("santa_teresa")
    assert not places.has_spring_festival(None)
    assert places.counts_in_wan("irkeshtam")
    assert not places.counts_in_wan("kyrgyzstan")
    assert not places.counts_in_wan("santa_teresa")


def test_a_closure_that_is_added_is_seen_by_the_next_read_in_the_same_process(tmp_path):
    for file in data_folder().glob("*.csv"):
        shutil.copy(file, tmp_path)
    day = dt.date(2026, 5, 5)
    last = dt.date(2026, 12, 31)

    def share() -> float:
        calendars = Evidence.read(tmp_path).calendars
        return float(calendars.open_share("irkeshtam", "road", day, day, as_of=last)["share_open"].item())

    assert share() == 1
    closure = dict.fromkeys(PORT_CLOSURES.columns, "") | {
        "port": "irkeshtam", "mode": "road", "start": "2026-05-01", "end": "2026-05-10", "what": "closed",
        "affects": "both", "direction": "both", "share_open": "0", "published_on": "2026-04-28",
        "coded_note": "made up",
    }  # fmt: skip
    with (tmp_path / PORT_CLOSURES.file).open("a", encoding="utf-8") as register:
        register.write(",".join(closure.values()) + "\n")
    assert share() == 0


def test_another_ledger_comes_with_the_registers_of_the_folder(folder, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text(f"{HEADER}\n{row(statement_id='x')}\n", encoding="utf-8")
    assert Evidence.read(statements=other).statements["statement_id"].to_list() == ["x"]
    assert Evidence.read(statements=other).places.names("irkeshtam")[1] == "伊尔克什坦"
    assert Evidence.read(folder, statements=other).places.names("irkeshtam")[1] == ""


def test_a_broken_register_is_refused_when_the_folder_is_read(folder):
    (folder / "places.csv").write_text("place,kind,name_en,name_zh\na,,A,\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"places\.csv:2: kind is empty"):
        Evidence.read(folder)


def test_what_is_known_grows_with_the_day(folder):
    evidence = Evidence.read(folder)
    assert evidence.known(dt.date(2023, 11, 7)).statements.is_empty()
    assert evidence.known(dt.date(2023, 11, 8)).statements.height == 1
    assert evidence.known().as_of == dt.date(2023, 11, 8)
    assert evidence.known().at(dt.date(2023, 11, 7)).statements.is_empty()

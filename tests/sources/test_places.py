"""The registers of places hold what the evidence says, and say nothing where it is silent."""

from pathlib import Path

import pytest

from analysis.core.errors import CoverageError, RegisterError
from analysis.runtime.folders import data_folder
from analysis.sources.registers import PORTS
from tests.evidence import bundled


def test_the_register_holds_road_rail_and_air() -> None:
    ports = bundled().places.ports
    assert ports.height == 17
    assert set(ports["modes"].explode()) == {"road", "rail", "pipeline", "air"}


def test_which_ports_were_counted_on_28_april_2022_is_not_guessed() -> None:
    # the founding document counts 14 perennial and 1 seasonal port and names none of them
    assert bundled().places.ports["counted_2022_04_28"].null_count() == 17


def test_parks_firms_and_projects_are_the_40_rows_of_the_evidence() -> None:
    assert bundled().places.parks.height + bundled().places.firms.height + bundled().places.projects.height == 40


def test_every_place_of_the_ledger_has_a_name() -> None:
    for place in bundled().statements["place"].unique():
        english, _ = bundled().places.names(place)
        assert english


@pytest.mark.parametrize(
    "place,english,chinese",
    [
        ("irkeshtam", "Irkeshtam", "伊尔克什坦"),
        ("torugart", "Torugart", "吐尔尕特"),
        ("horgos", "Horgos", "霍尔果斯"),
        ("alashankou", "Alashankou", "阿拉山口"),
        ("kezhou_jiangsu_park", "Kezhou Jiangsu Industrial Park", "克州江苏产业园"),
    ],
)
def test_the_places_of_the_pages_have_both_names(place: str, english: str, chinese: str) -> None:
    assert bundled().places.names(place) == (english, chinese)


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(CoverageError, match="No register holds the place 'atlantis'"):
        bundled().places.names("atlantis")


def test_a_register_with_a_strange_word_is_refused_by_line(tmp_path: Path) -> None:
    text = (data_folder() / "ports.csv").read_text(encoding="utf-8")
    (tmp_path / "ports.csv").write_text(text.replace(",perennial,2002,", ",perenial,2002,"), encoding="utf-8")
    with pytest.raises(RegisterError, match=r"ports\.csv:2: schedule 'perenial' is unknown\. Did you mean 'perennial'"):
        PORTS.read(tmp_path)


def test_a_register_with_a_column_too_many_is_refused(tmp_path: Path) -> None:
    text = (
        (data_folder() / "ports.csv")
        .read_text(encoding="utf-8")
        .replace("counted_2022_04_28", "counted_2022_04_28,note", 1)
    )
    (tmp_path / "ports.csv").write_text(text.replace(",http", ",,http"), encoding="utf-8")
    with pytest.raises(RegisterError, match="has a column 'note' that is not declared"):
        PORTS.read(tmp_path)

"""What a port's page counts, in the words of its place: the same digits in both languages, 万吨 only in China."""

from types import SimpleNamespace

import pytest
from hypothesis import given

from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import Both, text
from analysis.sources.evidence import Evidence
from tests.evidence import bundled
from tests.pages import numerals
from tests.pages.invented import intervals


def page(indicator: str, unit: str = "vehicles", *, evidence=None, place: str = "santa_teresa") -> SimpleNamespace:
    """What a page needs to know its words."""
    folder = bundled() if evidence is None else evidence
    known = SimpleNamespace(evidence=folder, places=folder.places)
    return SimpleNamespace(indicator=indicator, mode="road", place=place, places=folder.places, known=known, unit=unit)


@pytest.fixture(scope="module")
def nothing_known(tmp_path_factory) -> Evidence:
    """A data folder with a ledger and no register."""
    folder = tmp_path_factory.mktemp("data")
    header = "statement_id,series_id,period_start,period_end,measure,relation,value,unit,value_as_published,publisher"
    row = "a,s,2023-01-01,2023-12-31,level,eq,1,vehicles,1,Gate Daily"
    (folder / "statements.csv").write_text(f"{header},published_on\n{row},\n", encoding="utf-8")
    return Evidence.read(folder)


def test_freight_in_china_is_said_in_both_units():
    amounts = traffic(page("freight_tonnes", "tonnes", place="irkeshtam")).amounts
    assert text(amounts.total(1.32e6, 1.2e6, 1.4e6)) == "1.32 million tonnes (132万吨)"
    assert amounts.table_unit == Both("10,000 tonnes (万吨)", "万吨")


def test_freight_elsewhere_is_in_tonnes_alone(nothing_known):
    found = traffic(page("freight_tonnes", "tonnes", evidence=nothing_known))
    total, interval = found.amounts.total(1.32e6, 1.2e6, 1.4e6), found.amounts.interval(1.32e6, 1.2e6, 1.4e6)
    assert (text(total), text(total, "zh")) == ("1.32 million tonnes", "1320千吨")
    assert (text(interval), text(interval, "zh")) == ("1.20 to 1.40 million tonnes", "1200至1400千吨")
    assert text(found.amounts.total(12_084_000)) == "12.084 million tonnes"
    assert text(found.amounts.total(950), "zh") == "950吨"
    assert text(found.title) == "road freight"


def test_a_count_is_said_in_its_unit():
    found = traffic(page("freight_trucks"))
    assert text(found.amounts.total(168_400, 160_000, 177_000)) == "168,000 vehicles"
    assert text(found.amounts.total(178_754)) == "178,754 vehicles"
    assert text(found.amounts.total(178_754), "zh") == "178754辆次"
    assert (
        text(found.subject(Both("Laredo", "拉雷多口岸"), 2024)) == "The total of freight trucks through Laredo in 2024"
    )


@given(ends=intervals(smallest=50.0))
def test_both_languages_print_the_same_numbers_and_none_in_wan_tonnes(nothing_known, ends):
    value, lower, upper = ends
    for each in (page("freight_tonnes", "tonnes", evidence=nothing_known), page("trucks", evidence=nothing_known)):
        amounts = traffic(each).amounts
        for number in (amounts.total(value, lower, upper), amounts.interval(value, lower, upper)):
            assert numerals.numbers(text(number)) == numerals.numbers(text(number, "zh"))
            assert "万吨" not in text(number) + text(number, "zh")

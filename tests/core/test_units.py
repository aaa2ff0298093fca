"""The units of statements."""

import polars as pl
import pytest

from analysis.core import units
from analysis.core.errors import UnitError
from analysis.runtime.folders import data_folder

#: What bulletins print, and no statement of the ledger has yet.
IN_BULLETINS = {"tonne/month", "THB", "INR"}


def test_every_unit_of_the_evidence_is_known_and_every_known_one_is_used() -> None:
    files = ("statements.csv", "corridors.csv", "clearance.csv", "yearbook_statements.csv")
    used = {unit for file in files for unit in pl.read_csv(data_folder() / file, infer_schema=False)["unit"]}
    assert len(used) == 47
    assert used | {"1"} | IN_BULLETINS == set(units.UNITS)


@pytest.mark.parametrize(
    "rate,total",
    [
        ("vehicles/day", "vehicles"),
        ("trains/month", "trains"),
        ("tonne/year", "tonnes"),
        ("CNY/USD", "CNY/USD"),
        ("1", "1"),
    ],
)
def test_the_unit_of_a_sum_drops_the_rate(rate: str, total: str) -> None:
    assert units.unit_of_total(rate) == total


@pytest.mark.parametrize(
    "strange,meant", [("tons", "tonnes"), ("cny", "CNY"), ("Tonnes", "tonnes"), ("vehicle", "vehicles")]
)
def test_an_unknown_unit_is_refused_with_the_nearest_known_one(strange: str, meant: str) -> None:
    with pytest.raises(UnitError, match=f"Did you mean '{meant}'"):
        units.get(strange)


def test_a_unit_has_a_name_in_both_languages() -> None:
    assert (units.get("tonnes").en, units.get("tonnes").zh) == ("tonnes", "吨")

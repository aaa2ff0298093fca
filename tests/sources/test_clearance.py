"""The register of clearance: ports with names, spans that run forwards, units that are known."""

import polars as pl
import pytest

from analysis.core.errors import RegisterError
from analysis.sources.clearance import clearance
from analysis.sources.registers import CLEARANCE, CORRIDORS
from tests.evidence import bundled

ROW = "a,irkeshtam,inspection_minutes,3,minutes,3 minutes,2023-09-01,2023-12-30,Daily,,2023-12-30,valid,\n"


def test_every_row_of_the_evidence_is_there() -> None:
    assert bundled().clearance.height == 105  # as harvested
    assert bundled().registers[CORRIDORS.name].height == 545  # 541 as harvested, and four of two first trains by Horgos


def test_a_scanner_looks_at_a_truck_for_three_minutes_where_hands_took_a_quarter_of_an_hour_or_more() -> None:
    # China Daily, 30 December 2023: "only 3 minutes", before "15 to 20 minutes"
    rows = bundled().clearance.filter(pl.col("port") == "irkeshtam", pl.col("published_on").dt.year() == 2023)
    minutes = dict(rows.filter(unit="minutes").select("parameter", "value").iter_rows())
    assert minutes == {"inspection_minutes_with_scanner": 3, "inspection_minutes_manual": 17.5}


def test_what_was_announced_and_what_was_worked_in_january_2024_is_told_apart() -> None:
    (row,) = bundled().clearance.filter(parameter="opening_days_per_week").iter_rows(named=True)
    assert (row["value"], row["status"]) == (5, "doubtful")


def test_a_port_without_a_name_is_refused(tmp_path) -> None:
    (tmp_path / "clearance.csv").write_text(CLEARANCE.template + ROW.replace("irkeshtam", "atlantis"), encoding="utf-8")
    with pytest.raises(
        RegisterError, match=r"clearance\.csv speaks of 'atlantis', which no register holds\. Add a row"
    ):
        clearance({CLEARANCE.name: CLEARANCE.read(tmp_path)}, bundled().places)


@pytest.mark.parametrize(
    "old,new,sentence",
    [
        ("2023-09-01,", "2024-09-01,", "period_start '2024-09-01' lies after period_end '2023-12-30'. Swap the two"),
        (",minutes,3", ",minuts,3", "unit 'minuts' is unknown. Did you mean 'minutes'"),
        (",valid,", ",sure,", "status 'sure' is unknown"),
        (",3,minutes", ",three,minutes", "value 'three' is no number"),
        ("2023-12-30,Daily", "30.12.2023,Daily", "period_end '30.12.2023' is no day of the calendar"),
    ],
)
def test_a_broken_row_is_refused_with_its_line(old, new, sentence, tmp_path) -> None:
    (tmp_path / "clearance.csv").write_text(CLEARANCE.template + ROW.replace(old, new), encoding="utf-8")
    with pytest.raises(RegisterError, match=f"clearance.csv:2: {sentence}"):
        CLEARANCE.read(tmp_path)

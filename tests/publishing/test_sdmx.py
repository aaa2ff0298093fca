"""Panels and paths as SDMX, read back by pysdmx with its own schemas."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import ParameterError
from analysis.core.path_table import PATH_SCHEMA
from analysis.publishing.output import sdmx

reader = pytest.importorskip("pysdmx.io")

PANEL = pl.DataFrame(
    {
        "series_id": ["irkeshtam.freight_tonnes.total.road", "xinjiang.trade_value_usd.import.all.kazakhstan"] * 2,
        "time_period": [dt.date(2023, 3, 1)] * 2 + [dt.date(2023, 4, 1)] * 2,
        "obs_value": [84000.0, 1.25e9, 90500.5, 0.0],
        "unit": ["tonnes", "USD"] * 2,
        "obs_status": ["reported", "derived", "reported", "reported"],
    }
)
PATH = pl.DataFrame(
    [
        ("a<b&c 口岸", "M", dt.date(2023, 3, 1), level, 5.0, 4.5, 4.0 - level / 100, 6.0, "estimated")
        for level in (80, 95)
    ]
    + [("plain", "A", dt.date(2023, 1, 1), 80, 50.0, 45.5, 40.0, 60.0, "reported")],
    schema=PATH_SCHEMA,
    orient="row",
)


def _read(table: pl.DataFrame, tmp_path, name: str) -> pl.DataFrame:
    """Write a table, read it with its structure, and return the rows."""
    sdmx.write(table, tmp_path / name)
    structure = next(tmp_path.glob("*.structure.xml"))
    found = reader.get_datasets(str(tmp_path / name), str(structure), validate=True)
    return pl.from_pandas(found[0].data)


@pytest.mark.parametrize("name", ["panel.sdmx.csv", "panel.xml"])
def test_a_panel_is_read_back_with_its_dimensions(tmp_path, name):
    rows = _read(PANEL, tmp_path, name).sort("PLACE", "TIME_PERIOD")
    assert rows.select("PLACE", "INDICATOR", "FLOW", "MODE", "PARTNER").row(0) == (
        "irkeshtam", "freight_tonnes", "total", "road", "_T",
    )  # fmt: skip
    assert rows["PARTNER"].to_list() == ["_T", "_T", "kazakhstan", "kazakhstan"]
    assert rows["TIME_PERIOD"].to_list() == ["2023-03", "2023-04"] * 2
    assert rows["OBS_VALUE"].to_list() == [84000.0, 90500.5, 1.25e9, 0.0]
    assert rows["OBS_STATUS"].to_list() == ["A", "A", "I", "A"]
    assert rows["ORIGIN"].to_list() == ["reported", "reported", "derived", "reported"]
    assert rows["UNIT_MEASURE"].to_list() == ["tonnes", "tonnes", "USD", "USD"]


def test_a_path_is_read_back_statistic_by_statistic(tmp_path):
    rows = _read(PATH, tmp_path, "path.xml")
    month = rows.filter(pl.col("FREQ") == "M")
    assert dict(month.select("STATISTIC", "OBS_VALUE").iter_rows()) == {
        "MEAN": 5.0, "MEDIAN": 4.5, "LOWER_80": 3.2, "UPPER_80": 6.0, "LOWER_95": 3.05, "UPPER_95": 6.0,
    }  # fmt: skip
    assert rows.filter(pl.col("FREQ") == "A")["TIME_PERIOD"].unique().to_list() == ["2023"]


def test_code_lists_name_what_the_codes_stand_for(tmp_path):
    sdmx.write(PATH, tmp_path / "path.sdmx.csv")
    message = reader.read_sdmx(str(tmp_path / "path.structure.xml"), validate=True)
    lists = {each.id: {code.id: code.name for code in each.items} for each in message.get_codelists()}
    assert set(lists["CL_SERIES"].values()) == {"a<b&c 口岸", "plain"}
    assert lists["CL_FREQ"] == {"A": "Annual", "M": "Monthly"}
    assert set(lists["CL_OBS_STATUS"]) == {"A", "E"}


def test_the_same_table_gives_the_same_bytes():
    assert sdmx.messages(PANEL, csv=False) == sdmx.messages(PANEL, csv=False)


def test_another_table_is_refused_and_nothing_written(tmp_path):
    with pytest.raises(ParameterError, match="holds panels and paths"):
        sdmx.write(pl.DataFrame({"a": [1]}), tmp_path / "other.xml")
    assert list(tmp_path.iterdir()) == []

"""Ten tables in the layouts of official ones give the rows that were written down by hand beside them."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from analysis.runtime.folders import data_folder
from analysis.sources import ledger
from analysis.sources.bulletins.names import Names
from analysis.sources.evidence import read_registers
from analysis.sources.tables import Source, Wishes, ledger_rows, panel_rows, read_tables, taken_for
from tests.sources.tables.make_files import FILES

EXPECTED = pl.read_csv(Path(__file__).with_name("expected.csv"), schema_overrides={"value": pl.Float64})
TABLES = sorted(EXPECTED["table"].unique())
COLUMNS = ("cell", "series_id", "first", "last", "measure", "value", "value_as_published")


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(read_registers(data_folder()))


@pytest.fixture(scope="module")
def statements(tmp_path_factory) -> pl.DataFrame:
    path = tmp_path_factory.mktemp("ledger") / "ledger.csv"
    path.write_text(
        "statement_id,series_id,period_start,period_end,measure,relation,value,unit,value_as_published,publisher,"
        "published_on\n"
        "k1,horgos.freight_tonnes.total.all,2023-10-01,2023-10-31,level,eq,1200000,tonnes,120.0万吨,Port,2023-11-15\n"
        "k2,alashankou.freight_tonnes.total.all,2023-10-01,2023-10-31,level,eq,1182000,tonnes,118.2万吨,Else,2023-11-16\n"
        "k3,irkeshtam.freight_tonnes.total.road,2023-10-01,2023-10-31,level,eq,150000,tonnes,15.0万吨,Else,2023-11-16\n",
        encoding="utf-8",
    )
    return ledger.read(path)


def _rows(names, statements, name: str, **wishes) -> pl.DataFrame:
    reading = read_tables(FILES / name, names, Wishes(**wishes))
    return ledger_rows(reading, names, statements, Source("Port", dt.date(2023, 11, 15)))


def test_there_are_ten_tables_and_each_says_that_it_is_invented():
    assert len(TABLES) == len(list(FILES.iterdir())) == 10


@pytest.mark.parametrize("name", TABLES)
def test_the_rows_are_those_written_down(names, name):
    reading = read_tables(FILES / name, names, Wishes())
    source = Source("Port", dt.date(2024, 12, 1))
    rows = ledger_rows(reading, names, ledger.read(FILES.with_name("no_statements.csv")), source)
    found = rows.with_columns(
        first=pl.col("period_start").dt.strftime("%Y-%m"),
        last=pl.col("period_end").dt.strftime("%Y-%m"),
        value_as_published=pl.col("value_as_published").str.replace_all("[\u00a0\u2009]", " "),
    ).select(COLUMNS)
    assert found.rows() == EXPECTED.filter(table=name).select(COLUMNS).rows()
    assert (rows["period_start"].dt.day() == 1).all()
    assert (rows["period_end"] == rows["period_end"].dt.month_end()).all()


def test_the_ledger_says_of_each_row_whether_it_knows_it(names, statements):
    rows = _rows(names, statements, "ports_month.xlsx")
    said = dict(rows.select("cell", "ledger").iter_rows())
    assert (said["B6"], said["B7"], said["B8"], said["D6"]) == ("known", "reprint", "contradicts", "new")
    assert rows.filter(cell="B7")["same_as"][0] == "k2"


def test_a_panel_holds_months_and_says_what_it_does_not_hold(names):
    table, notes = panel_rows(read_tables(FILES / "gate.gb18030", names, Wishes()), names)
    assert table.select("series_id", "time_period", "obs_value").rows() == [
        ("irkeshtam.freight_tonnes.total.road", dt.date(2023, 3, 1), 84000.0),
        ("irkeshtam.freight_tonnes.total.road", dt.date(2023, 4, 1), 90500.0),
        ("irkeshtam.freight_tonnes.total.road", dt.date(2023, 5, 1), 100000.0),
    ]
    assert any("January and February 2023 are printed together" in note for note in notes)


def test_months_of_cumulative_figures_are_differences_marked_as_derived(names):
    table, _ = panel_rows(read_tables(FILES / "uzbek_trade.xlsx", names, Wishes()), names)
    year = table.filter(pl.col("time_period").dt.year() == 2022)
    assert year["obs_value"].to_list() == [610.2e6, 690.3e6, 709.5e6, 690.1e6]
    assert year["obs_status"].to_list() == ["reported", "derived", "derived", "derived"]


def test_each_column_says_for_what_it_was_taken(names):
    said = taken_for(read_tables(FILES / "ports_month.xlsx", names, Wishes()))
    assert said["column"].to_list() == ["B", "C", "D", "E"]
    assert said["taken_for"].to_list() == [
        "freight, month, level, 万吨",
        "freight, month, yoy_growth, %",
        "freight, since January, level, 万吨",
        "freight, since January, yoy_growth, %",
    ]
    assert said["figures"].to_list() == [4, 3, 4, 4]


def test_words_of_the_user_take_the_place_of_those_of_the_table(names, statements):
    rows = _rows(names, statements, "ports_month.xlsx", say={"8": "place=bedel"}, skip=["D-E", "5-7"])
    assert rows["series_id"].unique().to_list() == ["bedel.freight_tonnes.total.road"]
    assert rows["cell"].to_list() == ["B8"]


def test_a_title_with_two_units_is_decided_by_what_is_counted(names, statements, tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(
        "霍尔果斯口岸2023年10月,,\n单位：万吨、亿元,,\n指标,货运量,进出口总值\n当月,120.5,210.3\n", encoding="utf-8"
    )
    reading = read_tables(path, names, Wishes())
    rows = ledger_rows(reading, names, statements, Source("Port"))
    assert rows.select("series_id", "value").rows() == [
        ("horgos.freight_tonnes.total.all", 1_205_000.0),
        ("horgos.trade_value_cny.total.all", 21_030_000_000.0),
    ]

"""Tables in files: the suffix decides the form, the same table gives the same bytes, and text stays text."""

import datetime as dt
import time

import polars as pl
import pytest

from analysis.cli import output
from analysis.core.errors import ParameterError
from tests.publishing.test_workbook import sheets

TABLE = pl.DataFrame(
    {
        "series_id": ["=1+1", "http://gate.example", "007", None],
        "freq": pl.Series(["M", "A", "M", "A"], dtype=pl.Enum(["M", "A"])),
        "time_period": [dt.date(2023, month, 1) for month in (1, 2, 3, 4)],
        "level": [80, 80, 95, 95],
        "mean": [1234567.89, float("nan"), float("-inf"), None],
    }
)

LEDGER = """\
statement_id,series_id,period_start,period_end,measure,relation,value,unit,value_as_published,publisher,published_on
g1,gate.tonnes,2022-01-01,2022-12-31,level,eq,464000,tonnes,"464,000",Gate Daily,2023-01-19
"""

#: Excel counts days from 1900-01-01 as 1, and takes 1900 for a leap year.
DAY_ZERO = dt.date(1899, 12, 30)


def test_a_workbook_holds_text_as_text_days_as_days_and_nothing_where_there_is_no_number(tmp_path):
    output.write_table(TABLE, tmp_path / "table.xlsx")
    ((name, (head, *rows)),) = sheets((tmp_path / "table.xlsx").read_bytes()).items()
    assert (name, head) == ("table", TABLE.columns)
    assert [row[0] for row in rows] == TABLE["series_id"].to_list()
    assert [row[1] for row in rows] == ["M", "A", "M", "A"]
    assert [DAY_ZERO + dt.timedelta(days=row[2]) for row in rows] == TABLE["time_period"].to_list()
    assert [row[3:] for row in rows] == [[80, 1234567.89], [80, None], [95, None], [95, None]]


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_the_same_table_gives_the_same_bytes(tmp_path, monkeypatch, suffix):
    path = tmp_path / f"table.{suffix}"
    output.write_table(TABLE, path)
    before = path.read_bytes()
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2e9))
    output.write_table(TABLE, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_nothing_is_hidden_in_the_text_of_a_table(tmp_path, suffix):
    path = tmp_path / f"table.{suffix}"
    output.write_table(
        pl.DataFrame({"series_id": ["gate\u202e.tonnes", "gate\x1b", None], "mean": [1.0, 2.0, 3.0]}), path
    )
    if suffix == "csv":
        rows = [line.split(",")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    else:
        rows = [row[0] for row in sheets(path.read_bytes())["table"][1:]]
    assert rows[:2] == [r"gate\u202e.tonnes", r"gate\u001b"]


def test_a_table_that_no_sheet_holds_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(output, "_SHEET_ROWS", TABLE.height)
    with pytest.raises(ParameterError, match=r"4 rows, and a sheet of a workbook holds 3\. End --out in"):
        output.write_table(TABLE, tmp_path / "table.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_reconstruct_and_news_write_workbooks(silkport, write, tmp_path):
    out = tmp_path / "out.xlsx"
    for words in (
        ["reconstruct"],
        ["news", "--series", "gate.tonnes", "--from", "2021-06-30", "--to", "2022-12-31", "--year", "2021"],
    ):
        outcome = silkport(*words, "--ledger", write(), "--out", out)
        assert outcome.code == 0, outcome.err
        (rows,) = sheets(out.read_bytes()).values()
        assert "gate.tonnes" in {cell for row in rows for cell in row}


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "\uff1d1\uff0b1", "\uff0bA1", "\uff0d1", "\uff20SUM(A1)"])
def test_no_text_of_a_csv_starts_a_formula(tmp_path, text):
    table = pl.DataFrame({"series_id": [text, "gate", None], "mean": [-1.0, 2.0, 3.0]})
    output.write_table(table, tmp_path / "table.csv")
    assert pl.read_csv(tmp_path / "table.csv")["series_id"].to_list() == [f"'{text}", "gate", None]
    assert pl.read_csv(tmp_path / "table.csv")["mean"].to_list() == [-1.0, 2.0, 3.0]


@pytest.mark.parametrize("command", ["reconstruct", "import", "series", "news"])
def test_no_result_takes_the_place_of_a_ledger(silkport, tmp_path, command):
    ledger = tmp_path / "statements.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    about = {
        "import": ["--publisher", "Example"],
        "news": ["--series", "gate.tonnes", "--from", "2023-02-01", "--to", "2023-03-01"],
    }
    outcome = silkport(command, "--data-folder", tmp_path, *about.get(command, []), "--out", ledger)
    assert outcome.code == 2
    assert "statements.csv is a ledger, and --out would replace it" in outcome.err
    assert ledger.read_text(encoding="utf-8") == LEDGER


def test_no_result_takes_the_place_of_what_a_command_reads(silkport, tmp_path):
    table = tmp_path / "gates.csv"
    table.write_text("series_id,time_period,obs_value\ngate,2024-01,7\n", encoding="utf-8")
    outcome = silkport("forecast", "--data", table, "--horizon", "1", "--out", table)
    assert outcome.code == 2
    assert "gates.csv is read by this command, and --out would replace it" in outcome.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_ledger_is_told_in_any_encoding(silkport, tmp_path, encoding):
    ledger = tmp_path / "mine.csv"
    ledger.write_text(LEDGER, encoding=encoding)
    assert silkport("series", "--out", ledger).code == 2

"""`silkport read` proposes rows, `add --rows` appends a file of them all or none, `series` lists what there is."""

import csv
import json
import shutil

import polars as pl
import pytest

from analysis.runtime.folders import data_folder

TEXT = "今年1至7月，伊尔克什坦口岸货运量93.02万吨，同比增长49.2%。"
HOW = ("--publisher", "Example Daily", "--published-on", "2024-08-12")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder of its own with the bundled registers and what the ledger says of Irkeshtam."""
    shutil.copytree(data_folder(), tmp_path / "data")
    ledger = pl.read_csv(data_folder() / "statements.csv", infer_schema=False)
    ledger.filter(pl.col("place") == "irkeshtam").write_csv(tmp_path / "data" / "statements.csv")
    monkeypatch.setenv("SILKPORT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def _rows(path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_a_text_gives_rows_with_its_words_and_what_the_ledger_says(silkport, tmp_path):
    outcome = silkport("read", "--text", TEXT, *HOW, "--out", tmp_path / "rows.csv")
    assert outcome.code == 0, outcome.err
    first, second = _rows(tmp_path / "rows.csv")
    assert (first["series_id"], first["value"], first["value_as_published"]) == (
        "irkeshtam.freight_tonnes.total.road", "930200.0", "93.02万吨")  # fmt: skip
    assert TEXT[int(second["span_start"]) : int(second["span_end"])] == second["value_as_published"] == "49.2%"
    assert {first["ledger"], second["ledger"]} <= {"new", "reprint", "known", "contradicts"}
    assert "2 rows from 1 bulletins" in outcome.out


def test_files_of_text_html_and_json_are_read(silkport, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.html").write_text(
        f"<html><head><title>口岸</title><style>p {{}}</style></head><body><nav>2</nav><p>{TEXT}</p></body></html>",
        encoding="gb18030",
    )
    entry = {"id": "c", "lang": "zh", "published_on": "2023-08-12", "text": TEXT}
    (tmp_path / "c.jsonl").write_text(json.dumps(entry, ensure_ascii=False) + "\n", encoding="utf-8")
    files = [tmp_path / name for name in ("a.txt", "b.html", "c.jsonl")]
    outcome = silkport("read", *files, *HOW, "--out", tmp_path / "rows.csv")
    assert outcome.code == 0, outcome.err
    ends = [(row["bulletin_id"], row["period_end"]) for row in _rows(tmp_path / "rows.csv")]
    assert ends == [(name, f"{year}-07-31") for name, year in (("a", 2024), ("b", 2024), ("c", 2023)) for _ in "12"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "words,said",
    [
        ((), "nothing to read"),
        (("--text", TEXT), "--published-on"),
        (("none.txt",), "There is no file none.txt"),
        (("--text", TEXT, *HOW, "--accept", "7"), "There is no row 7"),
        (("--text", TEXT, *HOW, "--accept", "one"), "numbers of rows"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(silkport, words, said):
    outcome = silkport("read", *words)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def test_accepted_rows_are_in_the_ledger_and_a_second_time_they_are_known(silkport, folder):
    before = (folder / "statements.csv").read_bytes()
    assert silkport("read", "--text", TEXT, *HOW, "--accept").code == 0
    assert (folder / "statements.csv").read_bytes().startswith(before)
    assert [row["value"] for row in _rows(folder / "statements.csv")[-2:]] == ["930200.0", "0.492"]
    again = silkport("read", "--text", TEXT, *HOW)
    assert "0 new, 0 reprints, 2 in the ledger already" in again.out
    assert silkport("check").code == 0


def test_the_same_fact_of_another_publisher_is_a_reprint(silkport, folder, tmp_path):
    silkport("read", "--text", TEXT, *HOW, "--accept")
    silkport(
        "read", "--text", TEXT, "--publisher", "Other", "--published-on", "2024-08-20", "--out", tmp_path / "r.csv"
    )
    read = _rows(tmp_path / "r.csv")[0]
    original = next(row for row in _rows(folder / "statements.csv") if row["statement_id"] == read["same_as"])
    same = ("series_id", "period_start", "period_end", "measure", "value")
    assert read["ledger"] == "reprint"
    assert [read[name] for name in same[:-1]] == [original[name] for name in same[:-1]]
    assert float(read["value"]) == float(original["value"])


@pytest.mark.usefixtures("folder")
def test_a_figure_that_the_ledger_excludes_is_against_it_and_not_accepted(silkport, tmp_path):
    silkport("read", "--text", TEXT, *HOW, "--accept")
    other = TEXT.replace("93.02", "88.5")
    outcome = silkport("read", "--text", other, *HOW, "--out", tmp_path / "r.csv")
    assert _rows(tmp_path / "r.csv")[0]["ledger"] == "contradicts"
    assert "1 against it" in outcome.out


def test_the_page_for_review_marks_each_figure_in_both_languages(silkport, tmp_path):
    text = f"{TEXT}口岸距县城3公里，通关效率提高80%。<b>"
    assert silkport("read", "--text", text, *HOW, "--review", tmp_path / "page.html").code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<mark>93.02万吨<sup><a href="#row-1">1</a></sup></mark>' in page
    assert '<span class="unread">80%</span>' in page
    assert "&lt;b&gt;" in page
    assert "Rows read from bulletins" in page
    assert "从简报读出的记录" in page
    assert "http" not in page.partition("</style>")[2].replace("http-equiv", "")


@pytest.mark.usefixtures("folder")
def test_news_says_how_a_row_moves_the_total_of_its_year(silkport):
    outcome = silkport("read", "--text", TEXT, *HOW, "--news")
    assert outcome.code == 0, outcome.err
    assert "irkeshtam.freight_tonnes.total.road" in outcome.out.rpartition("understood.")[2]


def test_rows_of_a_file_are_added_all_or_none(silkport, folder, tmp_path):
    silkport("read", "--text", TEXT, *HOW, "--out", tmp_path / "rows.csv")
    before = (folder / "statements.csv").read_bytes()
    table = pl.read_csv(tmp_path / "rows.csv", infer_schema=False)
    table.with_columns(value=pl.Series(["930200", "49.2"])).write_csv(tmp_path / "bad.csv")
    outcome = silkport("add", "--rows", tmp_path / "bad.csv")
    assert outcome.code == 2
    assert (folder / "statements.csv").read_bytes() == before
    assert "nothing was written" in silkport("add", "--rows", tmp_path / "rows.csv", "--dry-run").out
    assert (folder / "statements.csv").read_bytes() == before
    assert silkport("add", "--rows", tmp_path / "rows.csv").code == 0
    assert len(_rows(folder / "statements.csv")) == before.count(b"\n") + 1


@pytest.mark.usefixtures("folder")
def test_the_same_row_twice_in_a_file_is_refused(silkport, tmp_path):
    silkport("read", "--text", TEXT, *HOW, "--out", tmp_path / "rows.csv")
    table = pl.read_csv(tmp_path / "rows.csv", infer_schema=False)
    pl.concat([table, table]).write_csv(tmp_path / "twice.csv")
    outcome = silkport("add", "--rows", tmp_path / "twice.csv")
    assert outcome.code == 2
    assert "twice" in outcome.err


@pytest.mark.usefixtures("folder")
def test_rows_and_cells_exclude_each_other(silkport, tmp_path):
    silkport("read", "--text", TEXT, *HOW, "--out", tmp_path / "rows.csv")
    outcome = silkport("add", "--rows", tmp_path / "rows.csv", "--value", "1")
    assert (outcome.code, "--value" in outcome.err) == (2, True)


def test_series_are_found_by_words_of_either_language(silkport):
    english, chinese = silkport("series", "irkeshtam", "persons"), silkport("series", "伊尔克什坦", "人员")
    assert english.code == chinese.code == 0
    assert "irkeshtam.persons.total.road" in english.out
    assert english.out == chinese.out


def test_a_word_that_no_series_has_is_answered_with_the_nearest(silkport):
    outcome = silkport("series", "irkestam")
    assert outcome.code == 2
    assert "Did you mean 'irkeshtam'?" in outcome.err


def test_all_series_are_listed_with_first_and_last_period(silkport, tmp_path):
    assert silkport("series", "--out", tmp_path / "series.csv").code == 0
    listed = pl.read_csv(tmp_path / "series.csv")
    ledger = pl.read_csv(data_folder() / "statements.csv", infer_schema=False).filter(pl.col("status") == "valid")
    assert set(listed["series_id"]) == set(ledger["series_id"])
    assert int(listed["statements"].sum()) == ledger.height


@pytest.mark.usefixtures("folder")
def test_a_ledger_without_a_column_of_precision_takes_rows_that_are_known_to_the_day(silkport, folder):
    path = folder / "statements.csv"
    pl.read_csv(path, infer_schema=False).drop("published_on_precision").write_csv(path)
    outcome = silkport(
        "read", "--text", TEXT.replace("今年", "2026年"), *HOW[:2], "--published-on", "2026-08-12", "--accept"
    )
    assert outcome.code == 0, outcome.err
    assert [row["published_on"] for row in _rows(path)[-2:]] == ["2026-08-12", "2026-08-12"]


def test_imported_rows_are_set_against_the_ledger_that_they_are_appended_to(silkport, tmp_path):
    how = (
        "--publisher",
        "Example Office",
        "--published-on",
        "2023-05-10",
        "--out",
        f"duckdb:///{tmp_path}/d.duckdb#rows",
    )
    assert "8 rows: 8 new." in silkport("import", *how).out
    again = silkport("import", *how)
    assert again.code == 2
    assert "8 rows: 8 known." in again.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_ledger_begins_from_its_header(silkport, tmp_path, encoding):
    path = tmp_path / "gate.csv"
    header = (
        "statement_id,series_id,period_start,period_end,measure,relation,value,unit,value_as_published,publisher,"
        "published_on\n"
    )
    path.write_text(header, encoding=encoding)
    days = ("--period-start", "2023-01-01", "--period-end", "2023-12-31")
    figure = ("--value", "7", "--unit", "tonnes", "--value-as-published", "7", "--publisher", "Gate Daily")
    outcome = silkport("add", "--ledger", path, "--series", "gate.tonnes", *days, *figure)
    assert outcome.code == 0, outcome.err
    assert "gate.tonnes" in silkport("series", "--ledger", path).out

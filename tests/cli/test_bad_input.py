"""Bad input ends with exit code 2 and one sentence that names thing, fact and remedy; nothing is written."""

import pytest

from tests.cli.conftest import HEADER, ROWS

ACCENTED = "a1,gate.tonnes,2020-01-01,2020-12-31,level,eq,500000,tonnes,500 kt,Café,2021-01-20"
CHINESE = "编号,系列,开始,结束,指标,关系,数值,单位,原文,发布者,发布日期"


def _changed(old: str, new: str) -> tuple[str, ...]:
    return tuple(row.replace(old, new) for row in ROWS)


def _refused(outcome, *words: str) -> None:
    """One sentence with all of the words, no traceback, exit code 2."""
    assert outcome.code == 2, outcome
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert len(outcome.err.splitlines()) == 1, outcome.err
    for word in words:
        assert word in outcome.err


@pytest.mark.parametrize("command", ["reconstruct", "attain", "check"])
def test_a_missing_ledger_is_named(silkport, tmp_path, command):
    more = {
        "reconstruct": ["--out", tmp_path / "out.csv"],
        "attain": ["--series", "gate.tonnes", "--year", "2022", "--target", "1"],
        "check": [],
    }[command]
    _refused(silkport(command, "--ledger", tmp_path / "none.csv", *more), "none.csv", "no file", "Check the path")
    assert list(tmp_path.iterdir()) == []


BAD_LEDGERS = {
    "an empty file": ({"rows": (), "header": ""}, ("ledger.csv", "empty")),
    "a header without rows": ({"rows": ()}, ("ledger.csv", "no rows")),
    "UTF-16": ({"encoding": "utf-16-le"}, ("ledger.csv", "UTF-8")),
    "Latin-1": ({"rows": (ACCENTED,), "encoding": "latin-1"}, ("ledger.csv", "UTF-8")),
    "a Chinese header": ({"header": CHINESE}, ("ledger.csv", "statement_id", "编号")),
    "a misspelt column": ({"header": HEADER.replace("value,", "valeu,")}, ("ledger.csv", "valeu")),
    "text in value": ({"rows": _changed(",500000,", ",half a million,")}, ("ledger.csv:2", "value", "half a million")),
    "a 13th month": ({"rows": _changed("2020-12-31", "2020-13-31")}, ("ledger.csv:2", "period_end", "2020-13-31")),
    "a period backwards": ({"rows": _changed("2021-12-31", "2020-12-31")}, ("ledger.csv:3", "2020-12-31")),
    "an unknown measure": ({"rows": _changed("2022-06-30,level", "2022-06-30,levle")}, ("ledger.csv:4", "levle")),
    "a repeated id": ({"rows": _changed("a2,", "a1,")}, ("ledger.csv:3", "a1", "line 2")),
}


@pytest.mark.parametrize("case", BAD_LEDGERS)
def test_a_bad_ledger_is_refused_with_file_and_line(silkport, write, tmp_path, case):
    how, words = BAD_LEDGERS[case]
    path = write(**how)
    _refused(silkport("reconstruct", "--ledger", path, "--out", tmp_path / "out.csv"), *words)
    assert not (tmp_path / "out.csv").exists()


def test_a_gb18030_ledger_is_read(silkport, write, tmp_path):
    path = write(encoding="gb18030")
    assert silkport("reconstruct", "--ledger", path, "--out", tmp_path / "out.csv").code == 0


def test_all_bad_rows_are_listed_one_a_line(silkport, write, tmp_path):
    path = write(rows=(ROWS[0].replace("500000", "x"), ROWS[1].replace("2021-12-31", "2021-12-32"), ROWS[2]))
    outcome = silkport("reconstruct", "--ledger", path, "--out", tmp_path / "out.csv")
    assert outcome.code == 2
    assert [line.rsplit("ledger.csv:", 1)[1][:2] for line in outcome.err.splitlines()] == ["2:", "3:"]


def test_an_unknown_series_is_refused(silkport, write, tmp_path):
    path, out = write(), tmp_path / "out.csv"
    _refused(silkport("reconstruct", "--ledger", path, "--series", "gate.tons", "--out", out), "gate.tons", "series")
    _refused(silkport("attain", "--ledger", path, "--series", "gate.tons", "--year", 2022, "--target", 1), "gate.tons")
    assert not out.exists()


def test_a_date_before_all_evidence_is_refused(silkport, write, tmp_path):
    path, out = write(), tmp_path / "out.csv"
    for more in ([], ["--series", "gate.tonnes"]):
        outcome = silkport("reconstruct", "--ledger", path, "--as-of", "2019-12-31", "--out", out, *more)
        _refused(outcome, "2019-12-31", "later date")
    assert not out.exists()


def test_a_series_without_a_level_is_refused_by_name_and_skipped_in_a_batch(silkport, write, tmp_path):
    path, out = write(), tmp_path / "out.csv"
    _refused(silkport("reconstruct", "--ledger", path, "--series", "park.output", "--out", out), "park.output")
    assert not out.exists()
    growth = "c1,slope.tonnes,2021-01-01,2021-12-31,yoy_growth,eq,0.05,fraction,5%,Gate Daily,2022-02-01"
    outcome = silkport("reconstruct", "--ledger", write(rows=(*ROWS, growth)), "--out", out)
    assert outcome.code == 0
    assert "slope.tonnes" in outcome.err
    assert {line.split(",")[0] for line in out.read_text().splitlines()[1:]} == {"gate.tonnes"}


@pytest.mark.parametrize(
    "words,said",
    [
        (["--as-of", "2023-02-30"], ["as-of", "2023-02-30", "YYYY-MM-DD"]),
        (["--as-of", "30.11.2023"], ["as-of", "30.11.2023"]),
        (["--start", "2023-13"], ["start", "2023-13", "YYYY-MM"]),
        (["--end", "2023.11"], ["end", "2023.11", "YYYY-MM"]),
        (["--start", "2022-01", "--end", "2021-12"], ["2022-01", "2021-12"]),
        (["--end", "2019-06"], ["2019-06"]),
        (["--levels", "80,ninety"], ["--levels", "80,ninety"]),
        (["--levels", "0.8"], ["--levels", "0.8"]),
        (["--levels", "100"], ["--levels", "100"]),
        (["--levels", "80,80"], ["--levels"]),
        (["--levels", "80,080"], ["--levels"]),
        (["--end", "9999-12"], ["9999-12", "1800 to 2100"]),
        (["--start", "0001-01"], ["0001-01", "1800 to 2100"]),
        (["--start", "0000-01"], ["0000-01"]),
        (["--as-of", "0001-01-01"], ["0001-01-01", "1800 to 2100"]),
        (["--seed", "-1"], ["--seed", "-1"]),
        (["--seed", "1.5"], ["--seed", "1.5"]),
        (["--lvels", "80"], ["--lvels"]),
        (["--out", "paths.xls"], ["--out", ".csv, .parquet or .xlsx"]),
    ],
)
def test_an_option_that_cannot_be_is_refused(silkport, write, tmp_path, words, said):
    out = tmp_path / "out.csv"
    _refused(silkport("reconstruct", "--ledger", write(), "--out", out, *words), *said)
    assert not out.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--year", "20x4", "--target", "1"],
        ["--year", "2022", "--target", "much"],
        ["--year", "2022", "--target", "nan"],
    ],
)
def test_a_target_or_year_that_is_none_is_refused(silkport, write, words):
    _refused(silkport("attain", "--ledger", write(), "--series", "gate.tonnes", *words))


def test_an_output_that_cannot_be_written_is_refused(silkport, write, tmp_path):
    path = write()
    outcome = silkport("reconstruct", "--ledger", path, "--out", path / "below" / "out.csv")
    _refused(outcome, "cannot be written", "--out")
    (tmp_path / "taken.csv").mkdir()
    _refused(silkport("reconstruct", "--ledger", path, "--out", tmp_path / "taken.csv"), "cannot be written")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ledger.csv", "taken.csv"]


def test_an_old_output_survives_a_refusal(silkport, write, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("before")
    silkport("reconstruct", "--ledger", write(), "--series", "gate.tons", "--out", out)
    assert out.read_text() == "before"


def test_no_command_and_an_unknown_command_are_refused(silkport):
    _refused(silkport(), "COMMAND", "--help")
    _refused(silkport("reconstrcut"), "reconstrcut")


def test_a_ledger_without_a_valid_row_asks_for_one_and_for_no_later_date(silkport, write, tmp_path):
    path = write(
        rows=["a1,gate,2022-01-01,2022-12-31,level,eq,464000,tonnes,46.4万吨,D,2023-01-19,doubtful"],
        header=f"{HEADER},status",
    )
    outcome = silkport("reconstruct", "--ledger", path, "--out", tmp_path / "out.csv")
    _refused(outcome, "2023-01-19", "Add a valid row")


def test_months_that_no_statement_reaches_ask_for_other_months(silkport, write):
    outcome = silkport("attain", "--ledger", write(), "--series", "gate.tonnes", "--year", 2100, "--target", 5)
    assert outcome.code == 0
    assert "No statement reaches the months asked for" in outcome.out

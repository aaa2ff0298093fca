"""`silkport news`: lines on the terminal, all of them in a table, and what it refuses."""

import polars as pl
import pytest

from tests.cli.conftest import ROWS

NOVEMBER = "a4,gate.tonnes,2022-01-01,2022-10-31,level,eq,520000,tonnes,52.0万吨,Gate Daily,2022-11-15"
DAYS = ["--from", "2022-08-01", "--to", "2022-12-31"]


def test_the_new_statement_stands_between_both_estimates(silkport, write):
    outcome = silkport("news", "--ledger", write(rows=(*ROWS, NOVEMBER)), "--series", "gate.tonnes", *DAYS)
    assert outcome.code == 0, outcome.err
    heading, before, told, remainder, after = outcome.out.splitlines()
    assert heading == "gate.tonnes, total of 2022, tonnes"
    assert before.endswith("estimate of 2022-08-01")
    assert told.endswith("2022-11-15  gate.tonnes 2022-01-01 to 2022-10-31 level 52.0万吨, Gate Daily")
    assert remainder.endswith("remainder")
    assert after.endswith("estimate of 2022-12-31")
    first, *steps, last = (float(line.split()[0].replace(",", "")) for line in (before, told, remainder, after))
    assert first + sum(steps) == pytest.approx(last, abs=2)  # each line is rounded to a tonne


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_all_lines_are_written_as_a_table(silkport, write, tmp_path, suffix):
    path, out = write(rows=(*ROWS, NOVEMBER)), tmp_path / f"news.{suffix}"
    assert silkport("news", "--ledger", path, "--series", "gate.tonnes", *DAYS, "--out", out).code == 0
    table = pl.read_csv(out) if suffix == "csv" else pl.read_parquet(out)
    assert table["line"].to_list() == ["before", "statement", "remainder", "after"]
    assert table["statement_id"].to_list() == [None, "a4", None, None]
    assert table["estimate"][2] == pytest.approx(table["estimate"][3])


def test_a_span_without_a_statement_says_so_and_ends_with_0(silkport, write):
    outcome = silkport("news", "--ledger", write(), "--series", "gate.tonnes", *DAYS)
    assert outcome.code == 0
    assert "No statement that bears on it became known after 2022-08-01 and by 2022-12-31." in outcome.out


@pytest.mark.parametrize(
    "words,said",
    [
        (["--series", "gate.tons", *DAYS], ["gate.tons", "gate.tonnes"]),
        (["--series", "gate.tonnes", "--from", "2022-12-31", "--to", "2022-08-01"], ["2022-12-31", "2022-08-01"]),
        (["--series", "gate.tonnes", "--from", "2022-08-32", "--to", "2022-12-31"], ["from", "2022-08-32"]),
        (["--series", "gate.tonnes", "--from", "2022-08-01"], ["--to"]),
        (["--series", "gate.tonnes", "--from", "2019-01-01", "--to", "2019-12-31", "--year", "2020"], ["2019-12-31"]),
        (["--series", "gate.tonnes", *DAYS, "--year", "2019"], ["gate.tonnes", "2020", "2019"]),
        (["--series", "park.output", *DAYS], ["park.output"]),
        (["--series", "gate.tonnes", *DAYS, "--out", "news.txt"], ["--out", ".csv"]),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_one_sentence(silkport, write, words, said):
    outcome = silkport("news", "--ledger", write(), *words)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1, outcome.err
    assert all(word in outcome.err for word in said)

"""Published zeros and levels below zero, as a user of the commands meets them."""

import json

import polars as pl
import pytest

from tests.cli.conftest import ROWS

YEAR = ",gate.tonnes,2022-01-01,2022-12-31,"
ZERO = f"z1{YEAR}level,eq,0,tonnes,0吨,Gate Daily,2023-01-20"
NEGATIVE = f"n1{YEAR}level,eq,-520000,tonnes,-52万吨,Gate Daily,2023-01-20"
FALL = f"f1{YEAR}yoy_growth,eq,-1,fraction,下降100%,Gate Daily,2023-01-20"


@pytest.mark.parametrize("row,status", [(ZERO, "reported"), (FALL, "derived")])
def test_a_year_of_nothing_is_reconstructed_as_zero(silkport, write, tmp_path, row, status):
    ledger = write((*ROWS[:2], row))
    assert silkport("check", "--ledger", ledger).code == 0
    outcome = silkport("reconstruct", "--ledger", ledger, "--levels", "80", "--out", tmp_path / "out.csv")
    assert outcome.code == 0, outcome.err
    year = pl.read_csv(tmp_path / "out.csv").filter((pl.col("freq") == "A") & (pl.col("time_period") == "2022-01-01"))
    assert year.select("mean", "lower", "upper", "obs_status").rows() == [(0, 0, 0, status)]


def test_attain_gives_a_year_of_zero_no_chance(silkport, write):
    outcome = silkport(
        "attain", "--ledger", write((*ROWS[:2], ZERO)), "--series", "gate.tonnes", "--year", "2022", "--target", "1"
    )
    assert json.loads(outcome.out)["interval"] == {"80": [0, 0], "95": [0, 0]}
    assert not json.loads(outcome.out)["probability"]


def test_a_figure_inside_a_zero_is_a_contradiction_that_check_names(silkport, write):
    """The half-year of 290,000 tonnes lies in a year of nothing."""
    outcome = silkport("check", "--ledger", write((*ROWS[:3], ZERO)))
    assert outcome.code == 1
    assert "Look at the sources of a3, z1" in outcome.out


@pytest.mark.parametrize("command", ["check", "reconstruct", "attain", "news"])
def test_a_level_below_zero_is_refused_on_its_line_by_every_reader_of_a_ledger(silkport, write, tmp_path, command):
    """As the negative base of dataease/dataease#9308: growth on it means nothing."""
    more = {
        "check": [],
        "reconstruct": ["--out", tmp_path / "out.csv"],
        "attain": ["--series", "gate.tonnes", "--year", "2022", "--target", "1"],
        "news": ["--series", "gate.tonnes", "--from", "2022-01-01", "--to", "2023-12-31"],
    }[command]
    outcome = silkport(command, "--ledger", write((*ROWS, NEGATIVE)), *more)
    assert outcome.code == 2
    assert "ledger.csv:6: level of -520000 lies below zero" in outcome.err
    assert not (tmp_path / "out.csv").exists()


def test_a_level_below_zero_is_not_added(silkport, write):
    path = write()
    before = path.read_bytes()
    outcome = silkport(
        "add", "--ledger", path, "--series", "gate.tonnes", "--period-start", "2022-01-01", "--period-end",
        "2022-12-31", "--value=-5", "--unit", "tonnes", "--value-as-published", "-5", "--publisher", "Gate Daily",
        "--published-on", "2023-01-19",
    )  # fmt: skip
    assert outcome.code == 2
    assert "lies below zero" in outcome.err
    assert path.read_bytes() == before

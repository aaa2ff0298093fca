"""`silkport add` appends one checked statement; `silkport check` tells new contradictions from known ones."""

import csv

import pytest

from tests.cli.conftest import HEADER, ROWS

NEW = {
    "--series": "gate.tonnes",
    "--period-start": "2022-01-01",
    "--period-end": "2022-12-31",
    "--value": "610000",
    "--unit": "tonnes",
    "--value-as-published": "61.0万吨",
    "--publisher": "Gate Daily",
    "--published-on": "2023-01-19",
}


def _words(**changes: str) -> list[str]:
    given = NEW | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    return [word for pair in given.items() for word in pair]


def test_a_statement_is_appended_and_the_other_lines_keep_their_bytes(silkport, write):
    path = write()
    before = path.read_bytes()
    outcome = silkport("add", "--ledger", path, *_words())
    assert outcome.code == 0, outcome.err
    assert path.read_bytes().startswith(before)
    added = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))[-1]
    assert added["statement_id"] in outcome.out
    assert (added["measure"], added["relation"], added["value"]) == ("level", "eq", "610000")


def test_a_dry_run_writes_nothing(silkport, write):
    path = write()
    before = path.read_bytes()
    outcome = silkport("add", "--ledger", path, "--dry-run", *_words())
    assert outcome.code == 0
    assert "nothing was written" in outcome.out
    assert path.read_bytes() == before


def test_place_and_mode_come_from_the_series(silkport, write):
    header = f"{HEADER},place,mode"
    path = write(rows=[f"{row},irkeshtam,road" for row in ROWS[:3]], header=header)
    assert silkport("add", "--ledger", path, *_words()).code == 0
    added = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))[-1]
    assert (added["place"], added["mode"]) == ("irkeshtam", "road")


@pytest.mark.parametrize(
    "changes,said",
    [
        ({"value": "many"}, "many"),
        ({"period_end": "2021-12-31"}, "2021-12-31"),
        ({"period_end": "2022-13-31"}, "2022-13-31"),
        ({"unit": "bushels"}, "bushels"),
        ({"measure": "levle"}, "levle"),
        ({"statement_id": "a1"}, "a1"),
        ({"supersedes": "zz"}, "zz"),
        ({"note": "read twice"}, "note"),
    ],
)
def test_a_statement_that_cannot_be_is_refused_and_the_ledger_unchanged(silkport, write, changes, said):
    path = write()
    before = path.read_bytes()
    outcome = silkport("add", "--ledger", path, *_words(**changes))
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1, outcome.err
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 1


def test_the_same_statement_twice_is_refused_with_the_id_that_it_repeats(silkport, write):
    path = write()
    identity = silkport("add", "--ledger", path, *_words()).out.split()[0]
    before = path.read_bytes()
    outcome = silkport("add", "--ledger", path, *_words(value_as_published="610 thousand tonnes"))
    assert outcome.code == 2
    assert f"--same-as {identity}" in outcome.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "changes,said",
    [
        ({"value": "61000"}, "which says 610000"),
        ({"value_as_published": "61.0吨"}, "which says 61."),
        ({"unit": "vehicles"}, "unit 'vehicles'"),
        ({"measure": "yoy_growth", "value": "12", "unit": "fraction", "value_as_published": "12%"}, "which says 0.12"),
        ({"unit": "tonne/day"}, "is a rate"),
    ],
)
def test_what_the_print_contradicts_is_refused(silkport, write, changes, said):
    path = write()
    before = path.read_bytes()
    outcome = silkport("add", "--ledger", path, *_words(**changes))
    assert outcome.code == 2
    assert said in outcome.err
    assert path.read_bytes() == before


def test_check_names_a_power_of_ten_without_a_word_and_still_passes(silkport, write):
    outcome = silkport("check", "--ledger", write(rows=[row.replace("50.0万吨", "50.0") for row in ROWS]))
    assert outcome.code == 0
    assert "a1: no word of '50.0' says why its value is 500000" in outcome.err


def test_check_passes_a_ledger_without_contradictions(silkport, write):
    assert silkport("check", "--ledger", write()).code == 0


def test_check_ends_with_1_and_names_both_rows_of_a_new_contradiction(silkport, write):
    other = "a4,gate.tonnes,2020-01-01,2020-12-31,level,eq,700000,tonnes,70.0万吨,Other Daily,2021-02-01"
    outcome = silkport("check", "--ledger", write(rows=(*ROWS, other)))
    assert outcome.code == 1
    (new,) = [line for line in outcome.out.splitlines() if line.startswith("new")]
    assert "a1" in new
    assert "a4" in new


def test_a_milestone_is_added_and_checked_as_a_days_flow(silkport, write):
    path = write()
    passed = {"relation": "milestone", "period_start": "2023-01-01", "period_end": "2023-08-15"}
    figure = {"value": "500000", "value_as_published": "50万吨", "published_on": "2023-08-20"}
    outcome = silkport("add", "--ledger", path, *_words(**passed, **figure))
    assert outcome.code == 0, outcome.err
    assert silkport("check", "--ledger", path).code == 0
    average = {"measure": "daily_average", "value": "2200", "value_as_published": "2200吨"}
    refused = silkport("add", "--ledger", path, *_words(**passed | figure | average))
    assert refused.code == 2
    assert "a milestone is a total above zero that a day passed" in refused.err

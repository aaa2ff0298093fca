"""Contradictions: real cases that must come out right, and what a check says, withholds and returns."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from analysis.core.errors import LedgerError
from analysis.desks import audit
from analysis.estimates import contradictions
from analysis.runtime.folders import data_folder
from analysis.sources.evidence import Evidence
from tests import evidence
from tests.desks.audit.ledgers import growth, line, read, write


@pytest.fixture(scope="module")
def bundled() -> audit.Check:
    return audit.examine(evidence.bundled().known())


def check(folder: Path, lines: list[str], *conflicts: str) -> audit.Check:
    """Check a ledger in a folder of its own, whose register of known conflicts has some rows."""
    register = "\n".join(["kind,statement_ids,withheld,note", *conflicts]) + "\n"
    (folder / "known_conflicts.csv").write_text(register, encoding="utf-8")
    return audit.examine(Evidence.read(folder, statements=write(folder, lines)).known())


# --- real cases


def test_alashankou_january_to_september_2022_agrees_with_itself(bundled: audit.Check) -> None:
    rows = evidence.bundled().statements.filter(place="alashankou", status="valid")
    ids = rows.filter(pl.col("period_end").dt.year() == 2022)["statement_id"]
    assert not [found for found in bundled.table["statement_ids"] if set(found.split(";")) & set(ids)]


def test_xinjiang_trade_of_january_and_february_2023_does_not(bundled: audit.Check) -> None:
    found = bundled.table.filter(
        pl.col("sentence").str.starts_with("xinjiang.trade_value_cny.total.all 2023-01-01 to 2023-02-28")
    )
    assert found["kind"].to_list() == ["base revision"]
    # 63.69 bn +- 0.005 at +51.4% +- 0.05 over 44.4 bn +- 0.05
    assert "44.4 billion yuan" in found["sentence"][0]
    assert f"{63.685 / 1.5145 / 44.45:.3f} to {63.695 / 1.5135 / 44.35:.3f} times" in found["sentence"][0]


def test_rail_exports_of_horgos_exceed_those_by_all_modes_a_month_later(bundled: audit.Check) -> None:
    found = bundled.table.filter(pl.col("statement_ids") == "567056b28b;8ea1a11a6c")
    assert found["kind"].to_list() == ["parts"]
    # 3.7855 Mt at most against 3.9 Mt at least: 3.785 (1 + t) + 0.0005 = 3.9 (1 - t)
    assert f"{(3.9 - 3.7855) / (3.9 + 3.785):.2%}" in found["sentence"][0]


def test_every_contradiction_of_the_bundled_ledger_is_known_and_every_known_one_is_found(bundled: audit.Check) -> None:
    listed = pl.read_csv(data_folder() / "known_conflicts.csv")
    # a conflict with a doubtful row is listed for the reader; the check judges valid rows only
    set_aside = (
        pl.col("statement_ids").str.split(";").list.set_intersection(bundled.set_aside["statement_id"].to_list())
    )
    listed = listed.filter(set_aside.list.len() == 0)
    assert bundled.new.is_empty()
    assert bundled.exit_code == 0
    assert set(bundled.table["statement_ids"]) == set(listed["statement_ids"])
    assert str(bundled).count("known: ") == listed.height


def test_figures_of_unresolved_contradictions_are_withheld_and_no_others(bundled: audit.Check) -> None:
    listed = pl.read_csv(data_folder() / "known_conflicts.csv").filter(withheld=True)
    assert set(bundled.withheld["statement_id"]) == {
        statement_id for ids in listed["statement_ids"] for statement_id in ids.split(";")
    }
    assert bundled.withheld["reason"].null_count() == 0


def test_what_was_not_yet_published_contradicts_nothing() -> None:
    # the bulletin on exports by all modes came out on 30 November 2021
    before, after = (contradictions.contradicting(evidence.bundled().known(dt.date(2021, 11, day))) for day in (29, 30))
    assert "567056b28b;8ea1a11a6c" not in before["statement_ids"]
    assert "567056b28b;8ea1a11a6c" in after["statement_ids"]


# --- what a check says


def test_a_new_contradiction_decides_the_exit_code(tmp_path: Path) -> None:
    lines = [line("a", 464_000, "46.4万吨"), line("b", 9e5, "90.0万吨")]
    result = check(tmp_path, lines)
    assert result.exit_code == 1
    assert result.new["statement_ids"].to_list() == ["a;b"]
    assert str(result).startswith("new: port.freight_tonnes.total.rail")
    listed = check(tmp_path, lines, "same figure,a;b,true,two scopes")
    assert listed.exit_code == 0
    assert "(two scopes)" in str(listed)


def test_both_sides_and_their_reprints_are_withheld_until_somebody_decides(tmp_path: Path) -> None:
    lines = [
        line("a", 464_000, "46.4万吨"),
        line("b", 9e5, "90.0万吨"),
        line("again", 9e5, "90万吨", same_as="b"),
        line("other", 5, "5", place="elsewhere"),
    ]
    assert check(tmp_path, lines).withheld["statement_id"].to_list() == ["a", "b", "again"]
    told = check(tmp_path, lines, "same figure,a;b,false,both hold in their scope")
    assert told.withheld.is_empty()
    lines[1] = line("b", 9e5, "90.0万吨", status="doubtful")
    settled = check(tmp_path, lines)
    assert settled.withheld.is_empty()
    assert settled.table.is_empty()


def test_the_reason_is_what_is_known_or_what_was_found(tmp_path: Path) -> None:
    lines = [line("a", 464_000, "46.4万吨"), line("b", 9e5, "90.0万吨")]
    assert "exclude each other" in check(tmp_path, lines).withheld["reason"][0]
    listed = check(tmp_path, lines, "same figure,a;b,true,two scopes")
    assert listed.withheld["reason"].to_list() == ["two scopes", "two scopes"]


def test_unreadable_rows_end_the_audit(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="unit 'stones' is unknown"):
        check(tmp_path, [line("a", 1, "1", unit="stones")])


def test_surprises_are_said_but_are_no_contradiction() -> None:
    statements = read([line("a", 464_000, "46.4万吨"), growth("g", 0.1)])
    residuals = pl.DataFrame({"statement_id": ["a", "g"], "surprise": [0.3, -7.0], "expected_median": [4e5, 0.95]})
    result = audit.examine(evidence.known(statements), residuals=residuals)
    assert result.table["kind"].to_list() == ["surprise"]
    assert (result.exit_code, result.withheld.height) == (0, 0)
    assert str(result).startswith("surprise: port.freight_tonnes.total.rail 2022-01-01 to 2022-09-30 yoy_growth +10.0%")
    assert "expect +95.0%: 7.0 standard deviations" in str(result)

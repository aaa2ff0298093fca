"""Which figures another office counted than the rest of their series."""

import polars as pl
import pytest

from analysis.core.errors import RegisterError
from analysis.sources import csv_tables, ledger, other_counts


def test_figures_of_other_counts_are_named_and_all_others_are_not():
    found = other_counts.with_counts(pl.DataFrame({"statement_id": ["93f3feeef3", "1fcf140f09"]}))
    assert found["count"].to_list() == ["carriers", None]


def test_every_figure_of_the_register_is_a_level_of_the_ledger():
    register = pl.read_csv(csv_tables.DATA / "other_counts.csv")
    found = register.join(ledger.read(), on="statement_id", how="left")
    assert found["measure"].to_list() == ["level"] * register.height


def test_a_figure_named_twice_is_refused(tmp_path, monkeypatch):
    (tmp_path / "other_counts.csv").write_text("statement_id,count,note\na,carriers,x\na,customs,y\n")
    monkeypatch.setattr(csv_tables, "DATA", tmp_path)
    with pytest.raises(RegisterError, match=r"other_counts\.csv:3: "):
        other_counts.with_counts(pl.DataFrame({"statement_id": ["a"]}))

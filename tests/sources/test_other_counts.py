"""Which figures another office counted than the rest of their series."""

import polars as pl
import pytest

from analysis.core.errors import RegisterError
from analysis.sources.other_counts import with_counts
from analysis.sources.registers import OTHER_COUNTS
from tests.evidence import bundled

REGISTER = bundled().registers["other_counts"]


def test_figures_of_other_counts_are_named_and_all_others_are_not():
    counted = with_counts(pl.DataFrame({"statement_id": ["93f3feeef3", "1fcf140f09"]}), REGISTER)
    assert counted["count"].to_list() == ["carriers", None]


def test_every_figure_of_the_register_is_a_level_of_the_ledger():
    rows = REGISTER.join(bundled().statements, on="statement_id", how="left")
    assert rows["measure"].to_list() == ["level"] * REGISTER.height


def test_a_figure_named_twice_is_refused(tmp_path):
    (tmp_path / "other_counts.csv").write_text("statement_id,count,note\na,carriers,x\na,customs,y\n")
    with pytest.raises(RegisterError, match=r"other_counts\.csv:3: "):
        OTHER_COUNTS.read(tmp_path)

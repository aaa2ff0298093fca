"""Concentration, location quotients, shift-share."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import EvidenceError
from analysis.methods.structure import hhi, location_quotient, shift_share, top_share

TOY = pl.DataFrame(
    {
        "industry": ["farms", "mines", "works"],
        "region_start": [100.0, 50.0, 30.0],
        "region_end": [120.0, 45.0, 40.0],
        "nation_start": [200.0, 150.0, 50.0],
        "nation_end": [220.0, 150.0, 60.0],
    }
)


def test_the_toy_of_three_industries():
    """Recomputed by hand: national 13.5, mix 2.5, competitive 9.0; PyPI's shiftshare gives the same."""
    found = shift_share(TOY).select(pl.exclude("industry").sum()).row(0)
    assert found == pytest.approx((13.5, 2.5, 9.0, 25.0))
    assert location_quotient(TOY["region_end"], TOY["nation_end"]) == pytest.approx(
        [1.144124, 0.629268, 1.398374], abs=1e-6
    )
    assert 1e4 * hhi(TOY["region_end"]) == pytest.approx(4289.1136, abs=1e-4)


def test_the_four_industries_of_krumme():
    """faculty.washington.edu/krumme/350/ssexcel.html: national growth 29%, 290 + 420 - 80 = 630."""
    start, end = [500.0, 100.0, 200.0, 200.0], [1000.0, 100.0, 250.0, 280.0]
    growth = [0.10, 0.20, 0.30, 0.40]
    nation = [
        10.0,
        20.0,
        40.0,
        30.0,
    ]  # weights that give the nation 29% in all; the parts depend on nothing else of them
    table = pl.DataFrame({
        "industry": ["I", "II", "III", "IV"], "region_start": start, "region_end": end, "nation_start": nation,
        "nation_end": [amount * (1 + rate) for amount, rate in zip(nation, growth, strict=True)],
    })  # fmt: skip
    found = shift_share(table)
    assert found["national"].sum() == pytest.approx(290)
    assert found["mix"].to_list() == pytest.approx([-95, -9, 2, 22])
    assert found["competitive"].to_list() == pytest.approx([450, -20, -10, 0])
    assert found["change"].sum() == pytest.approx(630)


@given(st.lists(st.tuples(*[st.floats(1, 1e6)] * 4), min_size=1, max_size=6))
def test_the_parts_add_up_to_the_change(rows):
    table = pl.DataFrame(rows, schema=TOY.columns[1:], orient="row").with_columns(industry=pl.lit("x"))
    found = shift_share(table)
    sums = found["national"] + found["mix"] + found["competitive"]
    assert sums.to_list() == pytest.approx(found["change"].to_list(), rel=1e-6, abs=1e-3)


@given(st.lists(st.floats(0.1, 1e6), min_size=1, max_size=20))
def test_concentration_lies_between_all_alike_and_one_alone(amounts):
    assert 1 / len(amounts) - 1e-12 <= hhi(amounts) <= 1 + 1e-12
    assert top_share(amounts) == pytest.approx(1) if len(amounts) <= 5 else top_share(amounts) < 1


def test_amounts_without_shares_are_refused():
    with pytest.raises(EvidenceError, match="no shares"):
        hhi([0.0, 0.0])
    with pytest.raises(EvidenceError, match="no shares"):
        top_share([1.0, -1.0])

"""Deflation by identities."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CoverageError
from analysis.methods.deflation import double_deflation, single_deflation


def amounts(values, prices, start=2021):
    return pl.DataFrame({"year": range(start, start + len(values)), "value": values, "price_growth": prices})


def accounts(outputs, inputs, output_prices, input_prices):
    return pl.DataFrame({
        "year": range(2021, 2021 + len(outputs)), "output": outputs, "inputs": inputs,
        "output_price_growth": output_prices, "input_price_growth": input_prices,
    })  # fmt: skip


def test_a_hand_example():
    """100, 110, 121 with prices +10%, then -5%: volumes 100, 100, 115.789..."""
    found = single_deflation(amounts([100.0, 110.0, 121.0], [0.5, 0.10, -0.05]))
    assert found["real"].to_list() == pytest.approx([100, 100, 110 / 0.95])
    assert found["volume_growth"].to_list() == [None, pytest.approx(0), pytest.approx(1.1 / 0.95 - 1)]


def test_double_deflation_of_a_hand_example():
    """Output 100 to 120 at prices +20%, inputs 60 to 60 at -10%: (100 - 66.67) / 40."""
    found = double_deflation(accounts([100.0, 120.0], [60.0, 60.0], [0.0, 0.2], [0.0, -0.1]))
    assert found["real"].to_list() == pytest.approx([40, 100 - 60 / 0.9])


@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(-0.3, 0.3)), min_size=1, max_size=6), st.floats(0.1, 10))
def test_identities_of_the_chain(rows, factor):
    values, prices = map(list, zip(*rows, strict=True))
    found = single_deflation(amounts(values, prices))
    still = single_deflation(amounts(values, [0.0] * len(values)))
    scaled = single_deflation(amounts([factor * value for value in values], prices))
    assert still["real"].to_list() == pytest.approx(values)
    assert scaled["real"].to_list() == pytest.approx([factor * real for real in found["real"]])


@given(st.lists(st.tuples(st.floats(10, 1e6), st.floats(0.1, 0.8), st.floats(-0.3, 0.3)), min_size=2, max_size=5))
def test_double_is_single_where_both_have_one_price(rows):
    outputs, shares, prices = map(list, zip(*rows, strict=True))
    inputs = [output * share for output, share in zip(outputs, shares, strict=True)]
    both = double_deflation(accounts(outputs, inputs, prices, prices))
    one = single_deflation(amounts([o - i for o, i in zip(outputs, inputs, strict=True)], prices))
    assert both["real"].to_list() == pytest.approx(one["real"].to_list())


def test_a_year_that_is_missing_is_refused():
    gap = amounts([1.0, 2.0, 3.0], [0.0, 0.0, 0.0]).filter(pl.col("year") != 2022)
    with pytest.raises(CoverageError, match="gap"):
        single_deflation(gap)

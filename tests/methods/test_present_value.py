"""Present value and rates of return against numpy-financial and closed forms."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import EvidenceError
from analysis.methods.present_value import modified_rate, npv, rates_of_return, years_from_first


def test_npv_of_gitman():
    """numpy-financial 1.1.0, docstring of npv; Gitman (2003)."""
    assert npv(0.08, [-40_000, 5_000, 8_000, 12_000, 30_000]) == pytest.approx(3065.22267, abs=1e-5)


@pytest.mark.parametrize(
    "flows,rate",
    [
        ([-100, 39, 59, 55, 20], 0.28095),
        ([-100, 0, 0, 74], -0.0955),
        ([-100, 100, 0, -7], -0.0833),
        ([-100, 100, 0, 7], 0.06206),
        ([-5, 10.5, 1, -8, 1], 0.0886),
        ([-150_000, 15_000, 25_000, 35_000, 45_000, 60_000], 0.0524),
    ],
)
def test_internal_rates_of_numpy_financial(flows, rate):
    """numpy-financial 1.1.0, tests of irr: one rate each; where there are several, its one is among ours."""
    assert min(abs(found - rate) for found in rates_of_return(flows)) < 1e-4


@pytest.mark.parametrize("flows", [[1, 2, 3], [-1, -2, -3]])
def test_flows_of_one_sign_have_no_rate(flows):
    assert rates_of_return(flows) == ()
    with pytest.raises(EvidenceError, match="one sign"):
        modified_rate(flows, finance=0.1, reinvest=0.1)


def test_flows_with_two_rates_give_both():
    """-100, 230, -132 is (1 - 1.1 v)(1 - 1.2 v) times -100: 10% and 20%."""
    assert rates_of_return([-100, 230, -132]) == pytest.approx((0.1, 0.2))


def test_modified_rates_of_numpy_financial():
    assert modified_rate([-100, 50, -60, 70], finance=0.1, reinvest=0.12) == pytest.approx(
        -0.03909366594356467, abs=1e-12
    )
    flows = [[-4500, -800, 800, 800, 600], [-120_000, 39_000, 30_000, 21_000, 37_000], [100, 200, -50, 300, -200]]
    rates = list(zip((0.05, 0.08, 0.1), (0.08, 0.1, 0.12), strict=True))
    found = [[modified_rate(one, finance=a, reinvest=b) for a, b in rates] for one in flows]
    assert np.array(found) == pytest.approx(
        np.array([
            [-0.1784449, -0.17328716, -0.1684366],
            [0.04627293, 0.05437856, 0.06252201],
            [0.35712458, 0.40628857, 0.44435295],
        ]), abs=1e-7,
    )  # fmt: skip


def test_two_dates_in_closed_form():
    """1.2^(365/366) - 1: 366 days, actual/365."""
    times = years_from_first([dt.date(2020, 1, 1), dt.date(2021, 1, 1)])
    assert rates_of_return([-1000, 1200], times) == pytest.approx((0.1994023733,), abs=1e-9)


@given(st.floats(-0.5, 3), st.lists(st.floats(1, 1e6), min_size=1, max_size=8))
def test_at_the_rate_of_return_the_present_value_is_zero(rate, inflows):
    paid = -npv(rate, [0, *inflows])
    found = rates_of_return([paid, *inflows])
    assert len(found) == 1
    assert found[0] == pytest.approx(rate, abs=1e-8)

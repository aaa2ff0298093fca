"""Shares of few cases and counts to come."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from analysis.core.errors import EvidenceError
from analysis.methods.proportions import Count, jeffreys, wilson


def test_wilson_of_the_start_rate_of_2015():
    """943 of 1,022 new aid projects started by 31 July 2015; closed form at z = 1.959963984540054."""
    share = wilson(943, 1022)
    assert (share.lower, share.upper) == pytest.approx((0.9046984281, 0.9375369803), abs=1e-9)
    assert share.share == pytest.approx(0.923, abs=5e-4)  # as printed, 92.3%


def test_jeffreys_is_the_posterior_of_half_a_case_each_way():
    share = jeffreys(5, 6, level=80)
    assert beta.cdf([share.lower, share.upper], 5.5, 1.5) == pytest.approx([0.1, 0.9])
    assert jeffreys(0, 3).lower == 0
    assert jeffreys(3, 3).upper == 1


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from((50, 80, 95)))
def test_an_interval_holds_the_share_and_stays_inside(cases, level):
    for share in (wilson(*cases, level=level), jeffreys(*cases, level=level)):
        assert 0 <= share.lower <= share.share + 1e-12
        assert share.share - 1e-12 <= share.upper <= 1


def test_failures_are_the_mirror_of_successes():
    for method in (wilson, jeffreys):
        won, lost = method(3, 11), method(8, 11)
        assert (won.lower, won.upper) == pytest.approx((1 - lost.upper, 1 - lost.lower))


@pytest.mark.parametrize("cases", [(0, 0), (4, 3), (-1, 3)])
def test_what_is_no_share_is_refused(cases):
    with pytest.raises(EvidenceError, match="no share"):
        wilson(*cases)


def test_a_count_has_the_moments_of_its_draws():
    """Mean n m; variance n m (1 - m) (1 + (n - 1) rho), rho = v / (m (1 - m)): the beta-binomial by hand."""
    shares = np.random.default_rng(3).beta(6, 2, 200_000)
    count = Count.of_shares(59, shares)
    assert count.a == pytest.approx(6, rel=0.03)
    assert count.b == pytest.approx(2, rel=0.03)
    low, middle, high = count.interval(80)
    assert low < middle < high <= 59
    drawn = np.random.default_rng(4).binomial(59, shares)
    assert np.mean((drawn >= low) & (drawn <= high)) == pytest.approx(0.8, abs=0.05)
    assert count.chance(59) == pytest.approx(np.mean(drawn == 59), abs=0.01)

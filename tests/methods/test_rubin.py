"""Rubin's rules: an example by hand, their limits, and what they refuse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.core.errors import ParameterError
from analysis.methods.rubin import combine


def test_an_example_by_hand():
    """q = 12, W = 1.5, B = 4, T = 1.5 + 4/3 x 4 = 6.8333; share 0.7805; degrees 2 / 0.7805^2 = 3.2832."""
    found = combine(np.array([[10.0], [12.0], [14.0]]), np.array([[1.0], [1.5], [2.0]]))
    assert found.estimate[0] == pytest.approx(12)
    assert found.std_error[0] ** 2 == pytest.approx(6.833333)
    assert found.missing[0] == pytest.approx(0.780488, abs=1e-6)
    assert found.degrees[0] == pytest.approx(3.283203, abs=1e-5)
    assert found.half_width(95)[0] == pytest.approx(3.0327 * 2.614, rel=0.01)


def test_draws_that_agree_are_one_fit():
    found = combine(np.full((5, 2), 3.0), np.full((5, 2), 4.0))
    assert found.std_error == pytest.approx([2.0, 2.0])
    assert found.missing == pytest.approx([0.0, 0.0])
    assert found.half_width(95) == pytest.approx(2 * norm.ppf(0.975))


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=30), st.floats(0, 10))
def test_the_error_is_never_smaller_than_that_of_a_complete_series(estimates, variance):
    q = np.array(estimates)[:, None]
    found = combine(q, np.full_like(q, variance))
    assert found.std_error[0] >= np.sqrt(variance) - 1e-12
    assert 0 <= found.missing[0] <= 1


def test_one_draw_has_no_spread():
    with pytest.raises(ParameterError, match="need the spread between draws, and there is 1"):
        combine(np.ones((1, 3)), np.ones((1, 3)))

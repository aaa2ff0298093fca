"""Growth carried on: exact cases, the predictive distribution, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.core.errors import EvidenceError
from analysis.methods.counterfactual import carried_growth


def test_growth_without_spread_goes_on_exactly():
    """100, 110, 121: factors 1.1, 1.21, 1.331 of the last year."""
    found = carried_growth([[100.0, 110.0, 121.0]] * 3, 3, seed=1)
    assert found == pytest.approx(np.tile([1.1, 1.21, 1.331], (3, 1)))


def test_the_spread_is_that_of_the_predictive_t_distribution():
    """Of n rates the growth of k years is k g + s sqrt(k + k^2/n) t with n - 1 degrees of freedom, in logs."""
    rates = np.array([0.1, -0.2, 0.3, 0.05, 0.0])
    yearly = np.exp(np.concatenate([[0], np.cumsum(rates)]))
    logs = np.log(carried_growth(np.tile(yearly, (40_000, 1)), 3, seed=4))
    for k in (1, 3):
        half = stats.t(4).ppf(0.9) * rates.std(ddof=1) * np.sqrt(k + k**2 / 5)
        lower, upper = np.quantile(logs[:, k - 1], [0.1, 0.9])
        assert (lower, upper) == pytest.approx((k * rates.mean() - half, k * rates.mean() + half), abs=0.02)


@given(st.floats(0.01, 1e6), st.integers(0, 100))
def test_factors_do_not_depend_on_the_unit(unit, seed):
    yearly = np.random.default_rng(seed).lognormal(size=(5, 6))
    assert carried_growth(unit * yearly, 2, seed=seed) == pytest.approx(carried_growth(yearly, 2, seed=seed))


@pytest.mark.parametrize(
    "yearly, match", [([[1.0, 2.0]], "2 years tell no growth"), ([[1.0, 0.0, 2.0]], "Nothing passed in a year")]
)
def test_years_that_tell_no_growth_are_refused(yearly, match):
    with pytest.raises(EvidenceError, match=match):
        carried_growth(yearly, 1, seed=1)

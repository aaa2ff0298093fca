"""What a figure would be worth: closed form of the linear Gaussian update, properties, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import ParameterError
from analysis.methods.information import narrowing


def normal_pair(correlation: float, draws: int = 4000, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    first, second = np.random.default_rng(seed).standard_normal((2, draws))
    return first, correlation * first + (1 - correlation**2) ** 0.5 * second


@pytest.mark.parametrize("correlation,noise,share", [(0.8, 0, 0.4), (0.6, 0, 0.2), (0.8, 0.75, 0.2316), (0, 0, 0)])
def test_jointly_normal_draws_give_the_gaussian_update(correlation, noise, share):
    """1 - sqrt(1 - r^2 / (1 + s^2)) by hand: 1 - sqrt(1 - 0.64 / 1.5625) = 0.2316; 4,000 draws know r to 0.01."""
    target, said = normal_pair(correlation)
    assert narrowing(target, said[:, None], noise=noise)[0] == pytest.approx(share, abs=0.03)


def test_the_target_itself_says_all_but_its_rounding():
    target, _ = normal_pair(0)
    said = np.column_stack([target, -2 * target])
    assert narrowing(target, said) == pytest.approx([1, 1])
    assert narrowing(target, said[:, :1], noise=1.0)[0] == pytest.approx(1 - 0.5**0.5, abs=0.02)


def test_a_few_wild_draws_do_not_decide():
    """Independent but for 4 draws of 1,000 in which both run away: by covariances the correlation is nearly 1."""
    target, said = np.random.default_rng(2).standard_normal((2, 1000))
    target[:4], said[:4] = 1e3, 1e3
    assert np.corrcoef(target, said)[0, 1] > 0.9
    assert narrowing(target, said[:, None])[0] < 0.01


@given(st.floats(-0.95, 0.95), st.floats(0, 3), st.integers(0, 50))
def test_a_share_lies_between_none_and_all_and_falls_with_the_rounding(correlation, noise, seed):
    target, said = normal_pair(correlation, draws=200, seed=seed)
    share, rounded = (narrowing(target, said[:, None], noise=each)[0] for each in (0.0, noise))
    assert 0 <= rounded <= share <= 1
    assert narrowing(np.exp(target), said[:, None])[0] == pytest.approx(share)


def test_what_is_known_already_or_may_be_nothing_says_nothing():
    target, said = normal_pair(0.5, draws=300)
    nothing = said.copy()
    nothing[0] = -np.inf
    found = narrowing(target, np.column_stack([np.full(300, 2.0), nothing]))
    assert found[0] == 0
    assert np.isnan(found[1])


@pytest.mark.parametrize(
    "target,said,noise",
    [([1, 2, 3], [[1], [2]], 0), ([1, 2], [[1], [2]], 0), ([1, 2, 3], [1, 2, 3], 0), ([1, 2, 3], [[1], [2], [3]], -1),
     ([1, 2, float("inf")], [[1], [2], [3]], 0)],
)  # fmt: skip
def test_draws_that_do_not_belong_together_are_refused(target, said, noise):
    with pytest.raises(ParameterError, match="Give"):
        narrowing(np.array(target, dtype=float), np.array(said, dtype=float), noise=noise)

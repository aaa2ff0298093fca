"""Draws and intervals that make no sense are refused."""

import pytest

from analysis.core.errors import ParameterError
from analysis.core.sampling import Sampling


@pytest.mark.parametrize("levels", [(0,), (80, 100), (-5,)])
def test_a_level_is_a_percent(levels):
    with pytest.raises(ParameterError, match="Use levels from 1 to 99"):
        Sampling(levels=levels)


def test_there_is_at_least_one_draw():
    with pytest.raises(ParameterError, match="The number of draws is 0"):
        Sampling(draws=0)


def test_other_levels_keep_draws_and_seed():
    assert Sampling(draws=7, seed=3).at(50) == Sampling(levels=(50,), draws=7, seed=3)

"""The tail of bounds."""

import numpy as np
import polars as pl
import pytest

from analysis.methods.reconstruction import Overshoot, learn_overshoot


def pairs(*ratios):
    return pl.DataFrame({"bound": [100.0] * len(ratios), "figure": [100.0 * r for r in ratios]})


def test_without_pairs_the_assumption_stands():
    prior = learn_overshoot()
    low, high = np.exp(prior.mean + prior.sd * 1.645 * np.array([-1, 1]))
    assert prior.pairs == 0
    assert 0.001 < low < 0.003
    assert 0.15 < high < 0.3


def test_pairs_pull_towards_what_they_show():
    seen = learn_overshoot(pairs(*[1.001] * 50))
    assert np.exp(seen.mean) == pytest.approx(0.001, rel=0.3)
    assert seen.pairs == 50


def test_the_mean_weighs_four_assumed_pairs():
    """One pair at exp(exp(-1)): mean (4 log 0.02 - 1) / 5."""
    seen = learn_overshoot(pairs(np.exp(np.exp(-1.0))))
    assert seen.mean == pytest.approx((4 * np.log(0.02) - 1) / 5)


def test_a_figure_at_its_bound_teaches_nothing():
    assert learn_overshoot(pairs(1.0)) == learn_overshoot()


def test_no_figure_is_drawn_at_twice_its_bound():
    z = Overshoot(-1.0, 2.0, 0).draw(np.random.default_rng(1), (5000,))
    assert np.exp(np.exp(z)).max() < 2
    assert np.median(z) < -1.0

"""Losses: the noiseless path by hand, Proposition 99, what cannot be told."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import EvidenceError
from analysis.methods.counterfactual import loss, split_conformal
from analysis.methods.system import NEVER, recovered_from
from tests.repository import ROOT

VALUES = json.loads((ROOT / "tests" / "reference" / "counterfactual" / "values.json").read_text(encoding="utf-8"))[
    "published"
]

#: Shut for three months from the third on, then back in four.
PATH = np.array([[100.0, 100, 0, 0, 0, 25, 50, 75, 100, 100]])


def test_tonnes_lost_and_months_to_recover_by_hand():
    """300 while shut, 75 + 50 + 25 on the way back: 450; month 7 from the closure, 4th from the reopening."""
    from_closure = loss(np.full((1, 8), 100.0), PATH[:, 2:])
    assert from_closure.total.tolist() == [450.0]
    # Position 6 of the months from the closure on is the seventh: the first at 100% that stays.
    assert from_closure.recovered.tolist() == [6]
    assert recovered_from(PATH[:, 5:], np.full((1, 5), 100.0)).tolist() == [3]


def test_one_weak_month_at_the_end_undoes_a_recovery():
    assert recovered_from([[100.0, 100, 99]], [[100.0, 100, 100]]).tolist() == [NEVER]
    assert recovered_from([[99.0, 100, 100]], [[100.0, 100, 100]]).tolist() == [1]
    assert recovered_from([[100.0, 100]], [[100.0, 100]]).tolist() == [0]


def test_a_month_in_which_nothing_used_to_pass_is_passed_over():
    assert recovered_from([[0.0, 5, 0]], [[0.0, 5, 0]]).tolist() == [0]


def test_the_cumulative_effect_of_proposition_99():
    """Published series of R Synth: -224.63 packs a head in twelve years, -18.72 a year."""
    observed, without = (np.array([VALUES[name]]) for name in ("prop99_observed", "prop99_counterfactual"))
    found = loss(without, observed)
    assert -found.total[0] == pytest.approx(VALUES["prop99"]["cumulative"], abs=1e-4)
    assert -found.total[0] / 12 == pytest.approx(VALUES["prop99"]["att"], abs=1e-4)


def test_the_split_conformal_band_of_proposition_99_is_the_largest_gap():
    """With 19 gaps and 95% the order statistic is the maximum."""
    half = split_conformal(VALUES["prop99_gaps_before"], alpha=0.05)
    assert half == pytest.approx(VALUES["prop99"]["half_width_95"], abs=1e-6)


def test_too_few_gaps_bear_no_band():
    with pytest.raises(EvidenceError, match="5 gaps bear no band of 95%"):
        split_conformal([1, 2, 3, 4, 5], alpha=0.05)


@pytest.mark.parametrize("shift, verdict", [(5.0, "lost"), (-5.0, "gained"), (0.0, "untold")])
def test_a_loss_is_told_only_where_its_interval_leaves_zero_out(shift, verdict):
    rng = np.random.default_rng(3)
    path = rng.normal(100, 1, (500, 4))
    assert loss(path + shift + rng.normal(0, 1, path.shape), path).verdict == verdict


@given(st.integers(0, 1000), st.floats(0.1, 10))
def test_losses_scale_with_their_unit(seed, factor):
    rng = np.random.default_rng(seed)
    expected, actual = rng.lognormal(size=(40, 6)), rng.lognormal(size=(40, 6))
    one, other = loss(expected, actual), loss(factor * expected, factor * actual)
    assert other.total == pytest.approx(factor * one.total)
    assert other.share == pytest.approx(one.share)

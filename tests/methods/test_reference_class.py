"""What similar cases say of a new one."""

import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from analysis.core.errors import EvidenceError
from analysis.methods.reference_class import leave_one_out, reference_class


def cases(*ratios, kinds=None):
    names = [f"park {at}" for at in range(len(ratios))]
    return pl.DataFrame({"case": names, "kind": kinds or ["zone"] * len(ratios), "ratio": list(map(float, ratios))})


def test_one_kind_is_a_sample_of_log_ratios():
    """Logs -1, 0, 1: mean 0, sd 1; a new one is t with 2 degrees around 0, spread sqrt(4/3)."""
    found = reference_class(cases(np.exp(-1), 1, np.exp(1)))
    low, middle, high = found.interval(80)
    reach = student.ppf(0.9, 2) * np.sqrt(4 / 3)
    assert np.log([low, middle, high]) == pytest.approx([-reach, 0, reach], abs=1e-12)
    assert found.chance(1) == pytest.approx(0.5)
    assert found.chance(high) == pytest.approx(0.1)
    assert found.is_small


def test_kinds_far_apart_keep_their_own_mean():
    """Ten parks near 0.1 and ten near 10: a park of the first kind is nowhere near 1."""
    rng = np.random.default_rng(1)
    low, high = 0.1 * np.exp(0.1 * rng.standard_normal(10)), 10 * np.exp(0.1 * rng.standard_normal(10))
    found = reference_class(cases(*low, *high, kinds=["a"] * 10 + ["b"] * 10))
    assert found.interval(80, kind="a")[1] == pytest.approx(0.1, rel=0.1)
    assert found.interval(80, kind="b")[1] == pytest.approx(10, rel=0.1)
    new = found.interval(80, kind="c")
    assert new[0] < 0.1
    assert new[2] > 10


def test_the_variances_are_those_of_the_analysis_of_variance():
    """Balanced, two kinds of two: logs 0, 2 and 4, 6: MS within 2, MS between 16, between (16 - 2) / 2 = 7."""
    found = reference_class(cases(*np.exp([0, 2, 4, 6]), kinds=["a", "a", "b", "b"]))
    assert (found.within, found.between, found.degrees) == pytest.approx((2, 7, 2))
    assert found.mean == pytest.approx(3)
    assert found.mean_variance == pytest.approx((7 + 1) / 2)
    centre = np.log(found.interval(80, kind="a")[1])
    assert centre == pytest.approx(3 + 7 / 8 * (1 - 3))


def test_kinds_that_do_not_differ_are_one_sample():
    found = reference_class(cases(1, 4, 2, 2, kinds=["a", "a", "b", "b"]))
    assert found.between == 0
    assert found.interval(80, kind="a") == found.interval(80)


@given(st.lists(st.floats(0.01, 100), min_size=3, max_size=8, unique=True), st.floats(0.1, 10))
def test_a_change_of_unit_changes_the_unit_and_nothing_else(ratios, factor):
    one, other = reference_class(cases(*ratios)), reference_class(cases(*(factor * ratio for ratio in ratios)))
    assert other.interval(80) == pytest.approx([factor * end for end in one.interval(80)], rel=1e-6)
    assert other.chance(factor) == pytest.approx(one.chance(1.0), abs=1e-9)


@given(st.lists(st.floats(0.1, 10), min_size=4, max_size=8, unique=True))
def test_a_higher_ratio_is_never_likelier(ratios):
    found = reference_class(cases(*ratios))
    chances = [found.chance(ratio) for ratio in np.geomspace(0.01, 100, 25)]
    assert all(a >= b for a, b in itertools.pairwise(chances))


def test_intervals_hold_their_share_of_new_cases():
    """Six cases of one log-normal, and a seventh: 80% of intervals hold it, within four standard errors."""
    rng = np.random.default_rng(7)
    draws = np.exp(rng.standard_normal((800, 7)))
    inside = 0
    for row in draws:
        low, _, high = reference_class(cases(*row[:6])).interval(80)
        inside += low <= row[6] <= high
    assert inside / 800 == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / 800))


def test_leave_one_out_asks_the_others():
    table = leave_one_out(cases(1, 2, 4, 1000))
    alone = table.row(3, named=True)
    low, middle, high = reference_class(cases(1, 2, 4)).interval(80)
    assert (alone["lower"], alone["median"], alone["upper"]) == pytest.approx((low, middle, high))
    assert not alone["inside"]


@pytest.mark.parametrize(
    "ratios,sentence",
    [((1, 2), "2 cases, too few"), ((1, 2, 0), "not above zero"), ((2, 2, 2), "all ratios|All ratios")],
)
def test_what_is_no_class_is_refused(ratios, sentence):
    with pytest.raises(EvidenceError, match=sentence):
        reference_class(cases(*ratios))

"""Scores: reference values, hand examples, and each one recomputed naively, month by month."""

import json
import math

import numpy as np
import pytest

from analysis.methods import accuracy
from tests.repository import ROOT

REFERENCE = json.loads((ROOT / "tests" / "reference" / "accuracy" / "values.json").read_text(encoding="utf-8"))
RANDOM = np.random.default_rng(11)
HISTORY, ACTUAL, POINT = (RANDOM.gamma(3, 100, n) for n in (48, 12, 12))
PROBABILITIES = np.arange(1, 10) / 10
QUANTILES = np.sort(RANDOM.gamma(3, 100, (12, 9)), axis=1)


def test_crps_of_a_normal_matches_the_closed_form():
    assert accuracy.crps_normal(0, 0, 1) == pytest.approx(REFERENCE["crps_N01_y0"], abs=5e-7)
    assert accuracy.crps_normal(1, 0, 1) == pytest.approx(REFERENCE["crps_N01_y1"], abs=5e-7)
    assert accuracy.crps_normal(20, 10, 10) == pytest.approx(10 * REFERENCE["crps_N01_y1"], abs=5e-6)


def test_crps_of_many_draws_is_that_of_their_distribution():
    draws = np.random.default_rng(1).standard_normal((2, 40000))
    found = accuracy.crps([0, 1], draws)
    # Sampling error of 40,000 draws.
    assert found == pytest.approx([REFERENCE["crps_N01_y0"], REFERENCE["crps_N01_y1"]], abs=0.01)


def test_winkler_matches_the_hand_example():
    assert accuracy.winkler(12, 0, 10, level=95) == pytest.approx(REFERENCE["winkler95_l0_u10_y12"])
    assert accuracy.winkler(5, 0, 10, level=95) == pytest.approx(REFERENCE["winkler95_inside"])


def test_mase_of_hand_example():  # |changes over 2 months| 1, 2, 3: scale 2; errors 1, 3: mean 2
    assert accuracy.mase([11, 7], [10, 10], [0, 0, 1, 2, 4], season=2) == pytest.approx(1.0)


def test_months_without_observation_count_in_no_score():
    history = [0, 0, 1, np.nan, 4]  # changes 1, unknown, 3
    assert accuracy.mase([11, np.nan], [10, 10], history, season=2) == pytest.approx(0.5)
    assert accuracy.coverage([1, 5, np.nan], [0, 0, 0], [2, 2, 2]) == 0.5


def test_repeating_last_year_has_a_mase_of_one_in_sample():
    assert accuracy.mase(HISTORY[12:], HISTORY[:-12], HISTORY, season=12) == pytest.approx(1.0)


def _naive_scale(power):
    changes = [abs(HISTORY[t] - HISTORY[t - 12]) ** power for t in range(12, 48)]
    return sum(changes) / 36


def _naive_loss(y, q, p):
    return 2 * p * (y - q) if y >= q else 2 * (1 - p) * (q - y)


def test_mase_and_rmsse_recomputed_month_by_month():
    errors = [y - f for y, f in zip(ACTUAL, POINT, strict=True)]
    mean_absolute = sum(abs(e) for e in errors) / 12
    assert accuracy.mase(ACTUAL, POINT, HISTORY, season=12) == pytest.approx(mean_absolute / _naive_scale(1))
    mean_square = sum(e * e for e in errors) / 12
    expected = math.sqrt(mean_square / _naive_scale(2))
    assert accuracy.rmsse(ACTUAL, POINT, HISTORY, season=12) == pytest.approx(expected)


def test_quantile_loss_recomputed_month_by_month():
    losses = [
        _naive_loss(y, q, p)
        for y, row in zip(ACTUAL, QUANTILES, strict=True)
        for q, p in zip(row, PROBABILITIES, strict=True)
    ]
    found = accuracy.scaled_quantile_loss(ACTUAL, QUANTILES, PROBABILITIES, HISTORY, season=12)
    assert found == pytest.approx(sum(losses) / len(losses) / _naive_scale(1))
    assert accuracy.quantile_loss(7, 10, 0.5) == pytest.approx(3)  # at the median it is the absolute error


def test_crps_recomputed_pair_by_pair():
    draws = RANDOM.gamma(3, 100, (12, 7))
    for y, row, found in zip(ACTUAL, draws, accuracy.crps(ACTUAL, draws), strict=True):
        distance = sum(abs(x - y) for x in row) / 7
        pairs = sum(abs(a - b) for a in row for b in row) / 49
        assert found == pytest.approx(distance - pairs / 2)


def test_winkler_and_coverage_recomputed_month_by_month():
    low, high = QUANTILES[:, 0], QUANTILES[:, 8]
    found = accuracy.winkler(ACTUAL, low, high, level=80)
    inside = 0
    for y, a, b, score in zip(ACTUAL, low, high, found, strict=True):
        outside = a - y if y < a else y - b if y > b else 0
        inside += outside == 0
        assert score == pytest.approx(b - a + 10 * outside)
    assert accuracy.coverage(ACTUAL, low, high) == pytest.approx(inside / 12)


def test_pit_of_hand_example():
    quantiles = [[10.0, 20.0, 30.0]] * 4
    assert accuracy.pit([20, 25, 5, 99], quantiles, [0.1, 0.5, 0.9]) == pytest.approx([0.5, 0.7, 0.05, 0.95])

"""Minimum-trace projection: toy values, those of hierarchicalforecast, and what must hold for any numbers."""

# ruff: noqa: N803, N806 (letters where the algebra is)

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.reconciliation import couple, project, shrunk_correlation, shrunk_covariance
from tests.repository import ROOT

VALUES = json.loads((ROOT / "tests/reference/reconciliation/values.json").read_text(encoding="utf-8"))
TOY, REGION = VALUES["toy"], VALUES["region"]
S = np.array(REGION["S"], dtype=float)
ERRORS = np.array(REGION["errors"])


def weights(name):
    return {"wls_struct": np.diag(S.sum(axis=1)), "mint_shrink": shrunk_covariance(ERRORS)}[name]


@pytest.mark.parametrize("name,W", [("ols", np.eye(4)), ("wls_struct", np.diag([3.0, 1, 1, 1]))])
def test_the_toy_table(name, W):
    T = np.array(TOY["S"], dtype=float)
    assert (T @ project(T, W, np.array(TOY["base"], float)[:, None])) == pytest.approx(np.array(TOY[name]), abs=1e-6)


def test_the_toy_table_with_variances():
    """Worked by hand: with variances 25, 9, 4, 1 the discrepancy of 10 is shared in proportion to them, 39 in all."""
    T = np.array(TOY["S"], dtype=float)
    W = np.diag([25.0, 9, 4, 1])
    found = T @ project(T, W, np.array([[100.0], [40], [35], [15]]))
    by_hand = [100 - 10 * 25 / 39, 40 + 10 * 9 / 39, 35 + 10 * 4 / 39, 15 + 10 / 39]
    assert found[:, 0] == pytest.approx(by_hand)
    assert found[:, 0] == pytest.approx([93.589744, 42.307692, 36.025641, 15.25641], abs=1e-6)


@pytest.mark.parametrize("name", ["wls_struct", "mint_shrink"])
def test_a_region_of_ports_and_modes_as_hierarchicalforecast_has_it(name):
    found = S @ project(S, weights(name), np.array(REGION["base"], float), nonnegative=False)
    assert found == pytest.approx(np.array(REGION[name]), abs=1e-6)
    assert found.min() < 0


@pytest.mark.parametrize("name", ["wls_struct", "mint_shrink"])
def test_without_negative_parts_as_hierarchicalforecast_has_it(name):
    found = S @ project(S, weights(name), np.array(REGION["base"], float))
    assert found == pytest.approx(np.array(REGION[f"{name}_nonnegative"]), abs=1e-5)  # its solver stops at 1e-6
    assert found.min() >= 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_what_adds_up_is_left_alone_and_the_result_always_adds_up(seed):
    rng = np.random.default_rng(seed)
    parts = rng.gamma(1.0, 10.0, (4, 3))
    root = rng.standard_normal((9, 9))
    W = root @ root.T + np.eye(9)
    assert project(S, W, S @ parts) == pytest.approx(parts, abs=1e-6)
    anything = project(S, W, 50 * rng.standard_normal((9, 3)))
    assert (anything >= 0).all()
    assert project(S, W, S @ anything) == pytest.approx(anything, abs=1e-6)


def test_the_condition_costs_least_at_the_solution():
    """No nonnegative neighbour is nearer to the base forecasts."""
    W, base = weights("mint_shrink"), np.array(REGION["base"], float)[:, 1]
    best = project(S, W, base[:, None])[:, 0]

    def distance(parts):
        return (base - S @ parts) @ np.linalg.solve(W, base - S @ parts)

    for move in np.vstack([np.eye(4), -np.eye(4)]) * 0.01:
        other = np.maximum(best + move, 0)
        assert distance(other) >= distance(best) - 1e-9


def test_correlations_are_shrunk_between_the_sample_and_none():
    found, apart = shrunk_correlation(ERRORS), ~np.eye(9, dtype=bool)
    share = found[apart] / np.corrcoef(ERRORS)[apart]
    assert share == pytest.approx(share[0])
    assert 0 < share[0] < 1
    np.linalg.cholesky(found)


def test_errors_of_sums_of_errors_still_have_an_inverse():
    parts = np.random.default_rng(1).standard_normal((4, 5000))
    np.linalg.cholesky(shrunk_correlation(S @ parts))


def test_a_series_without_errors_is_correlated_with_none():
    errors = np.vstack([ERRORS[:2], np.zeros(36)])
    assert shrunk_correlation(errors)[2].tolist() == [0, 0, 1]


def test_coupled_draws_move_together_and_each_series_keeps_its_paths():
    rng = np.random.default_rng(2)
    paths = np.exp(rng.standard_normal((3, 6, 2000)))
    wanted = np.array([[1, 0.8, -0.5], [0.8, 1, 0], [-0.5, 0, 1]])
    joined = couple(paths, wanted, seed=1)
    ranks = joined.sum(axis=1).argsort(axis=1).argsort(axis=1)
    assert np.corrcoef(ranks) == pytest.approx(wanted, abs=0.05)  # of ranks: a little below that of scores
    for before, after in zip(paths, joined, strict=True):
        assert sorted(map(tuple, before.T)) == sorted(map(tuple, after.T))
    assert (couple(paths, wanted, seed=1) == joined).all()

"""One function that finds the same maximum whatever the last digits of its input."""

import json

import numpy as np
import pytest
from statsmodels.datasets import nile as nile_data
from statsmodels.tsa.statespace.structural import UnobservedComponents

from analysis.core.errors import EvidenceError
from analysis.methods.maximum_likelihood import maximise
from tests.repository import ROOT

NILE = json.loads((ROOT / "tests/reference/structural/values.json").read_text(encoding="utf-8"))["nile"]


def local_level(y, **options):
    return UnobservedComponents(y, "local level", use_exact_diffuse=True, **options)


def nile():
    return nile_data.load_pandas().data["volume"].to_numpy()


def test_nile_reaches_the_published_variances():
    irregular, level = maximise(local_level(nile()))
    assert irregular == pytest.approx(NILE["variance_irregular"], abs=0.5)  # published to whole numbers
    assert level == pytest.approx(NILE["variance_level"], abs=0.1)  # published to one decimal


def test_nile_level_is_that_of_the_book():
    model = local_level(nile())
    smoothed = model.smooth(maximise(model))
    assert model.loglike(maximise(model)) == pytest.approx(NILE["log_likelihood"], abs=1e-6)
    assert smoothed.smoothed_state[0, [0, -1]] == pytest.approx(NILE["smoothed_first_last"], rel=1e-5)


def test_the_likelihood_is_no_larger_anywhere_near():
    model = local_level(nile())
    best = maximise(model)
    peak = model.loglike(best)
    for factor in (0.999, 1.001):
        for place in range(2):
            other = best.copy()
            other[place] *= factor
            assert model.loglike(other) < peak


def test_what_another_processor_would_round_otherwise_moves_no_published_digit():
    """A relative error of 1e-13 in every figure is a thousand times what summing in another order leaves."""
    noise = 1 + 1e-13 * np.random.default_rng(3).standard_normal(100)
    assert maximise(local_level(nile() * noise)) == pytest.approx(maximise(local_level(nile())), rel=1e-8)


def test_a_level_that_does_not_move_has_a_variance_of_exactly_zero():
    y = np.random.default_rng(1).standard_normal(60)
    y[1::2] = -y[::2]  # negative correlation: a moving level can only do harm
    irregular, level = maximise(local_level(y))
    assert level == 0.0
    assert irregular > 0


def test_a_series_without_any_movement_is_refused():
    with pytest.raises(EvidenceError, match="has no maximum in 20 months"):
        maximise(local_level(np.full(20, 3.0)))

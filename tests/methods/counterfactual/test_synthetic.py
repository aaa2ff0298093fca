"""Synthetic control: the Basque Country by pysyncon and R Synth, and properties of an exact minimum."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.counterfactual import simplex_weights, synthetic_control
from tests.repository import ROOT

VALUES = json.loads((ROOT / "tests" / "reference" / "counterfactual" / "values.json").read_text(encoding="utf-8"))
BASQUE, PUBLISHED = VALUES["basque"], VALUES["published"]["basque"]


def basque_weights() -> np.ndarray:
    """Return our weights from the library's predictors and predictor weights."""
    root = np.sqrt(np.array(BASQUE["V"]))
    return simplex_weights(root[:, None] * np.array(BASQUE["X0"]), root * np.array(BASQUE["X1"]))


@pytest.mark.parametrize("donor", ["Cataluna", "Madrid (Comunidad De)"])
def test_the_basque_country_is_cataluna_and_madrid(donor):
    """R Synth has 0.8508 and 0.1492, to within the 0.025 of the library's own test."""
    assert basque_weights()[BASQUE["donors"].index(donor)] == pytest.approx(PUBLISHED[donor], abs=0.025)


def test_our_minimum_is_no_higher_than_the_librarys():
    root = np.sqrt(np.array(BASQUE["V"]))
    donors, treated = root[:, None] * np.array(BASQUE["X0"]), root * np.array(BASQUE["X1"])
    ours, theirs = (float(((treated - donors @ np.asarray(w)) ** 2).sum()) for w in (basque_weights(), BASQUE["W"]))
    assert ours <= theirs + 1e-12


def test_the_basque_effect_from_the_published_weights():
    """Mean gap 1975 to 1997 and its standard error, sd / sqrt(23)."""
    outcomes, years = np.array(BASQUE["outcomes"]), np.array(BASQUE["years"])
    weights = np.array([PUBLISHED.get(donor, 0.0) for donor in BASQUE["donors"]])
    gap = (np.array(BASQUE["treated"]) - outcomes @ weights)[years >= 1975]
    assert gap.mean() == pytest.approx(PUBLISHED["att"], abs=1e-5)
    assert gap.std(ddof=1) / np.sqrt(gap.size) == pytest.approx(PUBLISHED["se"], abs=1e-5)


@pytest.mark.parametrize("study", ["germany", "texas"])
def test_the_effects_of_west_germany_and_texas_from_the_weights_of_pysyncon(study):
    """Mean gap and its standard error; the library's own tests allow 2.5%."""
    made, told = VALUES[study], VALUES["published"][study]
    gap = np.array(made["treated"]) - sum(told["weights"][name] * np.array(y) for name, y in made["donors"].items())
    first, last = told["years"]
    after = gap[(np.array(made["year"]) >= first) & (np.array(made["year"]) <= last)]
    assert after.mean() == pytest.approx(told["att"], rel=1e-3)
    assert after.std(ddof=1) / np.sqrt(after.size) == pytest.approx(told["se"], rel=1e-3)


def test_ten_donors_and_four_years_leave_five_dimensions_open():
    """J - T0 - 1."""
    rng = np.random.default_rng(1)
    found = synthetic_control(rng.normal(size=6), rng.normal(size=(6, 10)), before=4)
    assert found.undetermined == 5


def test_a_mixture_of_donors_is_found_again():
    donors = np.array([[1.0, 5.0, 2.0], [2.0, 3.0, 7.0], [4.0, 1.0, 5.0], [3.0, 3.0, 1.0]])
    assert simplex_weights(donors, donors @ [0.2, 0.5, 0.3]) == pytest.approx(np.array([0.2, 0.5, 0.3]))


@given(st.integers(0, 10_000), st.integers(2, 8), st.integers(2, 12))
def test_weights_are_a_mixture_and_no_other_mixture_fits_better(seed, donors, periods):
    """The conditions of Karush, Kuhn and Tucker, and a hundred other mixtures."""
    rng = np.random.default_rng(seed)
    table, treated = rng.normal(size=(periods, donors)), rng.normal(size=periods)
    w = simplex_weights(table, treated)
    assert w.min() >= 0
    assert w.sum() == pytest.approx(1)
    gradient = table.T @ (table @ w - treated)
    assert gradient[w > 1e-9].max() - gradient.min() <= 1e-6 * max(1.0, np.abs(table.T @ table).max())
    best = ((treated - table @ w) ** 2).sum()
    others = rng.dirichlet(np.ones(donors), 100)
    assert best <= ((treated - others @ table.T) ** 2).sum(axis=1).min() + 1e-9

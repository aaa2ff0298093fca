"""The structural model looking ahead, and fitted to several draws."""

import datetime as dt
import json

import numpy as np
import polars as pl
import pytest
from statsmodels.tsa.statespace.structural import UnobservedComponents

from analysis.core.errors import CoverageError, EvidenceError, ParameterError
from analysis.core.periods import add_months, month_range
from analysis.methods.structural import Intervention, combine_explanations, explain
from tests.repository import ROOT

SEATBELTS = json.loads((ROOT / "tests/reference/structural/values.json").read_text(encoding="utf-8"))["seatbelts"]
LAW = Intervention("law", dt.date(1983, 2, 1))
START = dt.date(1969, 1, 1)


def monthly(figures, start=START):
    return pl.DataFrame({"time_period": month_range(start, add_months(start, len(figures) - 1)), "obs_value": figures})


@pytest.fixture(scope="module")
def fitted():
    return explain(monthly(SEATBELTS["figures"]), interventions=[LAW], drift=False, moving_season=False, horizon=6)


def test_the_forecast_is_that_of_statsmodels_called_by_hand(fitted):
    law = (np.arange(192) >= 169).astype(float)[:, None]
    model = UnobservedComponents(
        np.log(SEATBELTS["figures"]), "local level", seasonal=12, stochastic_seasonal=False, exog=law,
        mle_regression=False, use_exact_diffuse=True,
    )  # fmt: skip
    by_hand = model.smooth(fitted.variances["variance"].to_numpy()).get_forecast(6, exog=np.ones((6, 1)))
    own = fitted.ahead.filter(pl.col("level") == 80)
    assert own["log_mean"].to_list() == pytest.approx(by_hand.predicted_mean.tolist(), rel=1e-5)
    assert own["log_sd"].to_list() == pytest.approx(by_hand.se_mean.tolist(), rel=1e-4)


def test_months_ahead_change_nothing_behind(fitted):
    plain = explain(monthly(SEATBELTS["figures"]), interventions=[LAW], drift=False, moving_season=False)
    assert fitted.components.equals(plain.components)
    assert fitted.effects.equals(plain.effects)
    assert plain.ahead.is_empty()


def test_regressors_must_reach_through_the_months_ahead():
    figures = monthly(SEATBELTS["figures"])
    own = figures.select("time_period", price=pl.int_range(pl.len()).cast(pl.Float64) % 7)
    with pytest.raises(CoverageError, match="say nothing about 1985-01"):
        explain(figures, regressors=own, horizon=1)


def test_an_effect_that_only_begins_ahead_is_refused():
    figures = monthly(SEATBELTS["figures"])
    months = month_range(START, add_months(START, 193))
    own = pl.DataFrame({"time_period": months, "plan": [0.0] * 192 + [1.0, 1.0]})
    with pytest.raises(ParameterError, match="'festival: plan' is the same in every month with a figure"):
        explain(figures, regressors=own, horizon=2)


@pytest.fixture(scope="module")
def drawn():
    """Draws of a path whose season is known and whose level is not: the draws differ by a factor only."""
    rng = np.random.default_rng(6)
    logs = 0.2 * np.sin(np.arange(60) * np.pi / 6) + np.cumsum(0.02 * rng.standard_normal(60))
    factors = rng.normal(0, 0.3, 6)
    fits = [explain(monthly(np.exp(7 + logs + factor).tolist()), horizon=2, drift=False) for factor in factors]
    return factors, fits, combine_explanations(fits)


def test_what_was_never_published_widens_the_level_and_not_the_season(drawn):
    factors, fits, together = drawn
    trend, season = (together.component(name) for name in ("trend", "season"))
    own = fits[0].component("trend")["std_error"].to_numpy()
    between = (1 + 1 / 6) * np.var(factors, ddof=1)
    assert trend["std_error"].to_numpy() == pytest.approx(np.sqrt(own**2 + between), rel=1e-3)
    assert (trend["missing"] > 0.9).all()
    assert season["missing"].to_numpy() == pytest.approx(0, abs=1e-4)
    assert together.draws == 6


def test_components_of_draws_still_add_up_to_the_log_of_the_series(drawn):
    together = drawn[2]
    total = together.components.group_by("time_period").agg(pl.col("value").sum()).sort("time_period")
    assert total["value"].to_numpy() == pytest.approx(together.series["obs_value"].log().to_numpy(), abs=1e-3)


def test_the_forecast_of_draws_is_wider_than_that_of_one(drawn):
    assert (drawn[2].ahead["log_sd"] > drawn[1][0].ahead["log_sd"]).all()


def test_draws_of_different_months_are_refused(drawn):
    other = explain(monthly([*np.exp(np.sin(np.arange(50)))]))
    with pytest.raises(EvidenceError, match="figures in different months"):
        combine_explanations([drawn[1][0], other])

# ruff: noqa: N806 (letters where the algebra is)
"""Structural models: values of the literature, properties, and what they refuse."""

import datetime as dt
import json

import numpy as np
import polars as pl
import pytest
from statsmodels.tsa.statespace.structural import UnobservedComponents

from analysis.core.errors import CoverageError, InputError, ParameterError
from analysis.core.periods import add_months, month_range, parse_month
from analysis.estimates.explained import explain as explain_port
from analysis.methods.structural import Intervention, explain
from tests.evidence import bundled
from tests.repository import ROOT

FESTIVAL = bundled().spring_festival
SEATBELTS = json.loads((ROOT / "tests/reference/structural/values.json").read_text(encoding="utf-8"))["seatbelts"]
LAW = Intervention("law", dt.date(1983, 2, 1))


def monthly(figures, start="1969-01"):
    first = parse_month(start)
    return pl.DataFrame({"time_period": month_range(first, add_months(first, len(figures) - 1)), "obs_value": figures})


@pytest.fixture(scope="module")
def seatbelts():
    return explain(monthly(SEATBELTS["figures"]), interventions=[LAW], drift=False, moving_season=False)


def test_the_seat_belt_law_has_its_published_effect(seatbelts):
    """The published error is that of the outer product of scores; ours, from the smoothed state, is GLS (see below)."""
    row = seatbelts.effects.row(0, named=True)
    assert row["effect"] == "interventions: law"
    assert row["estimate"] == pytest.approx(SEATBELTS["law"], abs=2e-5)
    assert row["percent"] == pytest.approx(SEATBELTS["percent"], abs=0.01)
    assert row["std_error"] == pytest.approx(SEATBELTS["law_std_error"], rel=0.07)
    assert row["z"] == pytest.approx(row["estimate"] / row["std_error"], rel=1e-4)


def test_the_published_standard_error_is_that_of_the_scores():
    logs = np.log(np.array(SEATBELTS["figures"], dtype=float))
    law = (np.arange(192) >= 169).astype(float)
    model = UnobservedComponents(
        logs, "local level", seasonal=12, stochastic_seasonal=False, exog=law, use_exact_diffuse=True
    )
    published = [SEATBELTS["variance_irregular"], SEATBELTS["variance_level"], SEATBELTS["law"]]
    found = model.smooth(published, cov_type="opg")
    assert found.llf == pytest.approx(SEATBELTS["log_likelihood"], abs=1e-6)
    assert found.bse[-1] == pytest.approx(SEATBELTS["law_std_error"], abs=1e-4)


def dense(variances):
    """Return minus the restricted log likelihood of level, season and law, their GLS estimates and standard errors.

    The level is a random walk, so the covariance of two months is its variance times the earlier one's number.
    """
    irregular, level = variances
    month = np.arange(192)
    V = irregular * np.eye(192) + level * np.minimum.outer(month, month)
    X = np.column_stack([np.eye(12)[month % 12], month >= 169]).astype(float)
    y = np.log(np.array(SEATBELTS["figures"], dtype=float))
    information = X.T @ np.linalg.solve(V, X)
    beta = np.linalg.solve(information, X.T @ np.linalg.solve(V, y))
    rest = y - X @ beta
    determinants = np.linalg.slogdet(V)[1] + np.linalg.slogdet(information)[1]
    errors = np.sqrt(np.diagonal(np.linalg.inv(information)))
    return (determinants + rest @ np.linalg.solve(V, rest)) / 2, beta, errors


def test_the_seat_belt_model_is_that_of_dense_least_squares(seatbelts):
    variances = seatbelts.variances["variance"].to_numpy()
    best, beta, errors = dense(variances)
    row = seatbelts.effects.row(0, named=True)
    assert row["estimate"] == pytest.approx(beta[-1], rel=1e-4)
    assert row["std_error"] == pytest.approx(errors[-1], rel=1e-4)
    for factors in ((0.995, 1), (1.005, 1), (1, 0.995), (1, 1.005)):
        assert dense(variances * np.array(factors))[0] > best


def test_components_add_up_to_the_logs(seatbelts):
    total = seatbelts.components.group_by("time_period").agg(pl.col("value").sum()).sort("time_period")
    assert total["value"].to_numpy() == pytest.approx(np.log(SEATBELTS["figures"]), abs=1e-4)


def test_the_season_sums_to_zero_where_it_does_not_move(seatbelts):
    season = seatbelts.component("season")["value"].to_numpy()
    assert season[:12].sum() == pytest.approx(0, abs=1e-5)
    assert season[:12] == pytest.approx(season[-12:], abs=1e-6)


def test_adjusted_figures_have_no_season_left(seatbelts):
    season = seatbelts.component("season")["value"]
    expected = np.array(SEATBELTS["figures"]) / np.exp(season.to_numpy())
    assert seatbelts.adjusted()["obs_value"].to_numpy() == pytest.approx(expected)


def test_a_festival_effect_put_into_a_series_is_found():
    months = month_range(dt.date(2005, 1, 1), dt.date(2019, 12, 1))
    windows = FESTIVAL.windows(months[0], len(months), before=14, during=7, after=14, centred=True)
    rng = np.random.default_rng(5)
    logs = np.cumsum(0.02 * rng.standard_normal(len(months))) + 0.1 * np.sin(np.arange(len(months)) * np.pi / 6)
    logs += -0.19 * windows["during"].to_numpy() + 0.02 * rng.standard_normal(len(months))
    found = explain_port(pl.DataFrame({"ds": months, "y": 1000 * np.exp(logs)}), festival=FESTIVAL, moving_season=False)
    effects = {row["effect"]: row for row in found.effects.iter_rows(named=True)}
    during = effects["festival: during"]
    assert abs(during["estimate"] + 0.19) < 2.5 * during["std_error"]
    assert during["z"] < -3
    assert abs(effects["festival: before"]["z"]) < 3


def test_the_unit_moves_nothing_but_the_trend():
    rng = np.random.default_rng(2)
    figures = np.exp(np.cumsum(0.1 * rng.standard_normal(60)) + 0.1 * rng.standard_normal(60))
    event = [Intervention("stop", dt.date(1971, 3, 1), dt.date(1971, 4, 1))]
    tonnes = explain(monthly(figures), interventions=event, moving_season=False)
    wan = explain(monthly(figures / 1e4), interventions=event, moving_season=False)
    assert wan.effects["estimate"].to_list() == pytest.approx(tonnes.effects["estimate"].to_list(), rel=1e-4)
    assert wan.variances["variance"].to_list() == pytest.approx(tonnes.variances["variance"].to_list(), rel=1e-4)


def test_a_gap_is_bridged_and_not_filled_in_the_adjusted_series(seatbelts):
    figures = [*SEATBELTS["figures"][:100], None, *SEATBELTS["figures"][101:]]
    found = explain(monthly(figures), interventions=[LAW], drift=False, moving_season=False)
    assert found.series["obs_value"].null_count() == 1
    assert found.adjusted()["obs_value"].null_count() == 1
    assert found.component("trend")["value"].null_count() == 0
    law, whole = found.effects["estimate"][0], seatbelts.effects["estimate"][0]
    assert law == pytest.approx(whole, abs=0.01)


def test_zero_has_no_logarithm():
    with pytest.raises(InputError, match=r"works on logarithms, and 1970-01 is 0\. Leave such months out"):
        explain(monthly([5.0] * 12 + [0.0] + [5.0] * 40))


def test_two_years_are_too_short():
    with pytest.raises(CoverageError, match="needs 36 months to tell season from trend, and the series has 24"):
        explain(monthly([5.0 + month % 12 for month in range(24)]))


def test_two_events_in_the_same_months_cannot_be_told_apart():
    second = Intervention("speed limit", dt.date(1983, 2, 1))
    with pytest.raises(ParameterError, match="'interventions: speed limit' is the same in every month"):
        explain(monthly(SEATBELTS["figures"]), interventions=[LAW, second])


def test_an_event_after_the_last_month_cannot_be_measured():
    with pytest.raises(ParameterError, match="'interventions: later'"):
        explain(monthly(SEATBELTS["figures"]), interventions=[Intervention("later", dt.date(1990, 1, 1))])


def test_an_event_cannot_end_before_it_starts():
    with pytest.raises(ParameterError, match=r"ends in 2019-12, before it starts in 2020-01\. Exchange"):
        Intervention("x", dt.date(2020, 1, 1), dt.date(2019, 12, 1))


def test_regressors_must_cover_the_series():
    windows = FESTIVAL.windows(dt.date(1970, 1, 1), 24, before=7, during=7, after=7)
    with pytest.raises(CoverageError, match="say nothing about 1969-01"):
        explain(monthly(SEATBELTS["figures"]), regressors=windows)


@pytest.mark.parametrize(
    "table,error,words",
    [
        (
            {"time_period": ["15 January 2020"], "obs_value": [1.0]},
            InputError,
            "Row 1: time_period is '15 January 2020'",
        ),
        ({"time_period": [dt.date(2020, 1, 1)] * 2, "obs_value": [1.0, 2.0]}, InputError, "2020-01 has more than one"),
        ({"time_period": [dt.date(2020, 1, 1)], "value": [1.0]}, InputError, "needs time_period, obs_value or ds, y"),
        ({"time_period": [dt.date(2020, 1, 1)], "obs_value": [float("inf")]}, InputError, "no finite figure"),
        (
            {"unique_id": ["a", "b"], "ds": [dt.date(2020, 1, 1)] * 2, "y": [1.0, 2.0]},
            InputError,
            r"several series \(a, b\)",
        ),
    ],
)
def test_a_table_that_is_no_monthly_series_is_refused(table, error, words):
    with pytest.raises(error, match=words):
        explain(pl.DataFrame(table))

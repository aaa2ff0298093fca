"""One example for each tuned constant of the engine: it fails when the constant moves by a tenth.

Expectations are worked out by hand from docs/methods/forecasting.md, never from the constants themselves.
"""

# ruff: noqa: N806 (letters where the algebra is)

import re

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, ParameterError
from analysis.core.frequency import QUARTERLY
from analysis.methods import forecasting
from analysis.methods.forecasting import (
    carrying,
    dependence,
    kinds,
    panel,
    past,
    repeats,
    seasons,
    smoothing,
    spread,
    weekdays,
    weights,
)
from analysis.methods.forecasting.learning import sample
from analysis.methods.forecasting.learnt import default_learnt, student_shape
from tests.methods.forecasting.conftest import noisy, series


def test_the_candidates_are_those_of_the_method_page():
    """Level; damping, trend's constant (0.3 of the level's), share of the drift; season: 5 times 3 times 3."""
    candidates = smoothing.constants()
    assert sorted(set(candidates[:, 0])) == [0.08, 0.15, 0.25, 0.4, 0.6]
    trends = set(map(tuple, candidates[candidates[:, 0] == 0.4, 1:4].round(12).tolist()))
    assert trends == {(0.0, 0.0, 0.0), (0.9, 0.12, 0.0), (1.0, 0.0, 0.8)}
    assert sorted(set(candidates[:, 4])) == [0.0, 0.12, 0.55]
    assert len(candidates) == 45


def test_the_drift_is_the_slope_of_the_whole_line_less_two_years():
    """A slope of 0.01 over 96 months counts 72/96; over 24 months nothing. Of quarters two years are eight."""
    line = 0.01 * np.arange(96.0)[None]
    drift = smoothing._drift(line, 24)[0]
    assert (drift[95], drift[23]) == (pytest.approx(0.0075), pytest.approx(0.0, abs=1e-12))
    constant = (smoothing.constants()[:, 3] > 0) & (smoothing.constants()[:, 4] == 0)
    found = smoothing.smooth(line, horizon=4, origins=range(95, 96), season=np.zeros(4), frequency=QUARTERLY)[0]
    steps = np.diff(found[:, constant, 0], axis=0)
    assert steps == pytest.approx(np.full(steps.shape, 0.8 * 0.01 * 88 / 96), rel=1e-3)


def test_a_lone_residual_counts_two_and_a_half_spreads_and_a_run_of_them_more():
    """A residual of 100 spreads on one side: 2.5, then 2.5 (1 + 2), then 2.5 (1 + 4)."""
    run, kept = np.zeros((1, 1)), []
    for _ in range(3):
        residual, run = smoothing._clip(np.full((1, 1), 100.0), np.ones((1, 1)), run)
        kept.append(float(residual[0, 0]))
    assert kept == pytest.approx([2.5, 7.5, 12.5])
    # Just beyond 2.5 spreads a run begins, just below none does.
    assert smoothing._clip(np.full((1, 1), 2.6), np.ones((1, 1)), np.zeros((1, 1)))[1] == 1
    assert smoothing._clip(np.full((1, 1), 2.4), np.ones((1, 1)), np.zeros((1, 1)))[1] == 0


def test_a_smoother_starts_from_the_median_season_of_four_years_and_a_fifth_of_the_panels():
    """January is 0.3 above in one year, 0.6 in three, and 0.9 in later ones; the panel has no season: 4/5 of 0.6."""
    X = np.zeros((1, 96))
    X[0, ::12] = [0.3, 0.6, 0.6, 0.6, 0.9, 0.9, 0.9, 0.9]
    _, season, _ = smoothing._start(X, np.zeros(12), 1)
    january, others = 0.6 * 11 / 12, -0.6 / 12
    assert season[0, 0, 0] - season[1, 0, 0] == pytest.approx(0.8 * (january - others), rel=1e-6)
    # With three years the share of the panel would be a quarter; with five the median would still be 0.6.
    assert smoothing._start(X[:, :36], np.zeros(12), 1)[1][0, 0, 0] == pytest.approx(0.75 * january, rel=1e-6)


def test_the_panels_relative_losses_count_for_six_months():
    """After six months the blend is half and half, and a loss larger by 0.02 (1 + 100 / 12) counts a factor e less."""
    loss = np.array([[[1.0], [1.0], [1.0 + 2 * 0.02 * (1 + 100 / 12)]]])
    weight = weights.weigh(loss, np.array([[6.0]]), np.ones(3))[0, :, 0]
    assert weight[2] / weight[0] == pytest.approx(np.exp(-1.0))


def test_losses_tell_twice_as_much_after_the_first_hundred_months_as_after_none():
    """With 94 and six months the temperature is 0.02 (1 + 100 / 100), for ever after 0.02."""
    loss = np.array([[[1.0], [1.0], [1.02]]])
    long, longest = (weights.weigh(loss, np.array([[count]]), np.ones(3))[0, :, 0] for count in (94.0, 1e9))
    assert longest[2] / longest[0] == pytest.approx(np.exp(-1.0))
    assert long[2] / long[0] == pytest.approx(np.exp(-0.94 / 2))


def test_an_error_five_years_ago_counts_half_in_a_weight():
    """One candidate errs by 1 at the first origin, another always: after 60 more months the first loss has halved.

    Losses are over the mean of both.
    """
    months = 62
    X, F = np.zeros((1, months)), np.zeros((months, 1, 2, 1))
    F[0, :, 0] = F[:, :, 1] = 1.0
    loss, count = weights.past_losses(X, F, range(months), np.ones((months, 1), bool))
    keep = 0.5 ** (1 / 60)
    first = keep**60 / sum(keep**k for k in range(61))
    assert loss[61, :, 0] == pytest.approx([2 * first / (1 + first), 2 / (1 + first)])
    assert count[61, 0] == pytest.approx(sum(keep**k for k in range(61)))
    assert loss[0].tolist() == [[1.0], [1.0]]  # nothing had passed


def test_a_link_of_the_last_error_needs_two_years_of_evidence_and_is_six_tenths_at_most():
    """Errors that never change: after 24 pairs the closest link, 0.6, counts half, and its square two months ahead."""
    errors = np.ones((26, 1))
    moved = carrying.carry(errors, np.zeros((26, 2, 1)))[25, :, 0]
    assert moved == pytest.approx([0.6 * 24 / 48, (0.6 * 24 / 48) ** 2])
    errors[24] = 100.0  # counts as 2.5 usual errors, itself among them
    assert carrying.carry(errors, np.zeros((26, 1, 1)))[25, 0, 0] > 0


def test_widths_beyond_a_year_grow_as_the_panels_errors_did():
    ahead = np.arange(1, 13)
    assert spread.growth(0.1 * ahead**0.3) == pytest.approx(0.3)
    assert spread.growth(0.1 * ahead**1.5) == 1.0
    assert spread.growth(0.1 / ahead) == 0.0
    assert spread.growth(np.where(ahead < 4, 9.0, 0.1 * ahead**0.5)) == pytest.approx(
        0.5
    )  # the first three do not count


def test_a_series_mean_error_is_worth_eight_months_of_the_panels_and_halves_in_four_years():
    """Errors of 1 in one month, then none: at the next origin (1 + 8 * 0.5) / (1 + 8)."""
    e = np.zeros((50, 1, 1))
    e[0] = 1.0
    known = spread.signs(e, np.array([0.5]))
    assert known.own[1, 0, 0] == pytest.approx((1 + 4) / 9)
    keep = 0.5 ** (1 / 48)
    assert known.own[49, 0, 0] == pytest.approx((keep**48 + 4) / (sum(keep**k for k in range(49)) + 8))


def test_recent_errors_are_those_of_three_months():
    e = np.zeros((5, 1, 1))
    e[1] = 0.9
    assert spread.signs(e, np.array([0.5])).recent[4, 0] == pytest.approx(0.3)  # months 1 to 3


def test_a_series_that_never_moved_is_off_by_a_fifth_of_a_percent():
    assert spread.signs(np.zeros((3, 1, 1)), np.zeros(1)).own[2, 0, 0] == pytest.approx(0.002)


def test_errors_beyond_two_and_a_half_logs_are_alike():
    found = spread.errors(np.array([[0.0, 9.0]]), np.zeros((1, 1, 1)), range(1), np.ones((1, 1), bool))
    assert found.item() == pytest.approx(2.5)


def test_the_response_before_anything_is_learnt_counts_for_900_errors():
    """900 errors twice as large as the series' own mean error, with nothing recent: half way from 0.7 to 2."""
    errors, parts = np.full((900, 1, 1), 2.0), np.zeros((900, 1, 1, 3))
    parts[..., 0] = 1.0
    response = spread.fit_response([errors], [parts])
    assert response[0] == pytest.approx([(0.7 + 2.0) / 2, 0.3, 0.3])


def test_a_month_further_ahead_than_a_year_is_as_wide_as_the_panels_growth_makes_it():
    """24 months ahead the interval of a log is 2 to that power times that of 12."""
    found = forecasting.forecast(pl.concat([noisy(f"p{i}", seed=i) for i in range(6)]), horizon=24)
    width = np.log(found.at(80)["upper"] / found.at(80)["lower"]).to_numpy().reshape(6, 24)
    np.testing.assert_allclose(width[:, 23] / width[:, 11], 2 ** spread.growth(found.learnt.error), rtol=0.002)


def test_weekday_effects_of_a_series_are_known_to_half_a_percent_and_the_panels_to_five(monkeypatch):
    """One informative month: the shrinkage is that of a normal prior with these standard deviations."""

    def one_equation(*_):  # information 1 / 0.005^2 about the first kind, which says 0.01
        A = np.zeros((1, weekdays.KINDS, weekdays.KINDS))
        A[0, 0, 0] = 1 / 0.005**2
        return A, 0.01 * A[:, :, 0]

    monkeypatch.setattr(weekdays, "_equations", one_equation)
    none = np.zeros((1, 200)), np.zeros((200, weekdays.KINDS))
    assert weekdays.own_effects(*none, np.zeros(weekdays.KINDS))[0, 0] == pytest.approx(0.005)
    assert weekdays.shared_effects([none])[0] == pytest.approx(0.01 * 0.05**2 / (0.05**2 + 0.005**2))


@pytest.mark.parametrize("empty, silent", [(23, False), (24, True)])
def test_twenty_four_empty_months_are_the_end(empty, silent):
    Y = np.ones((1, 120))
    Y[0, -empty:] = 0
    assert kinds.classify(Y, cycle=12).silent[0] == silent


@pytest.mark.parametrize("empty, intermittent", [(9, False), (10, True)])
def test_a_series_is_intermittent_above_a_quarter_of_the_last_36_months(empty, intermittent):
    Y = np.ones((1, 120))
    Y[0, 84 : 84 + 3 * empty : 3] = 0
    assert kinds.classify(Y, cycle=1).intermittent[0] == intermittent
    Y = np.ones((1, 120))
    Y[0, 48:84:2] = 0  # earlier ones do not count
    assert not kinds.classify(Y, cycle=1).intermittent[0]


@pytest.mark.parametrize("months, closed", [(5, False), (6, True)])
def test_six_empty_months_that_ended_are_a_closure_whose_first_two_are_a_risk(months, closed):
    Y = np.ones((1, 60))
    Y[0, 20 : 20 + months] = 0
    shut, lasting = kinds.closures(Y, np.zeros(Y.shape, bool))
    assert np.flatnonzero(shut[0]).tolist() == (list(range(22, 26)) if closed else [])
    assert lasting[0] == 0


@pytest.mark.parametrize("months, lasting", [(2, 0), (3, 3)])
def test_three_empty_months_at_the_end_are_a_closure_that_lasts(months, lasting):
    Y = np.ones((1, 60))
    Y[0, -months:] = 0
    assert kinds.closures(Y, np.zeros(Y.shape, bool))[1][0] == lasting


def test_a_season_is_closed_if_it_was_empty_for_five_years():
    Y = np.ones((1, 120))
    Y[0, 60::12] = 0
    assert kinds.classify(Y, cycle=12).closed[0].tolist() == [True] + [False] * 11
    Y[0, 60] = 1
    assert not kinds.classify(Y, cycle=12).closed[0].any()
    Y = np.ones((1, 120))
    Y[0, 71::12] = 0  # the December before, five years and a month ago, does not count
    assert kinds.classify(Y, cycle=12).closed[0].tolist() == [False] * 11 + [True]


def test_an_empty_month_is_five_percent_of_the_middle_one_and_half_a_unit_at_least():
    Y = np.array([[100.0] * 59 + [0.0], [4.0] * 59 + [0.0]])
    floor = np.exp(kinds.logarithms(Y, np.zeros(Y.shape, bool))[:, -1])
    assert floor == pytest.approx([5.0, 0.5])


def test_the_recent_months_of_an_intermittent_series_halve_in_a_year():
    value, weight = kinds.occurrences(np.arange(1.0, 61.0))
    assert (value[0], value.size) == (25.0, 36)
    assert weight[-1] / weight[-13] == pytest.approx(2.0)


def test_gaps_are_filled_with_five_years_of_the_own_season_and_one_of_the_panels():
    """January is 1.2 above the rest in each of the last five years, and missing in the last one: 59 months of season.

    The panel has none, so 59/12 years of 1.2 and one of 0 count.
    """
    X = np.zeros((1, 120))
    X[0, 60::12] = 1.2
    X[0, 108] = np.nan
    assert seasons.fill(X, np.zeros(12))[0, 108] == pytest.approx(59 / 12 * 1.2 / (59 / 12 + 1))


def test_months_before_the_last_21_years_and_those_put_before_the_first():
    """252 months are kept, and 72 unobserved ones stand before them."""
    table = panel.read(series("long", np.ones(300)))
    (block,) = table.blocks()
    assert np.isfinite(block.Y[0]).sum() == 252
    assert block.Y.shape[1] == 252 + 72


def test_a_panel_is_forecast_from_its_last_150_months():
    (block,) = panel.read(series("long", np.exp(np.sin(np.arange(250))))).blocks()
    looked = past.look_back(block, default_learnt(12), horizon=3)
    assert len(looked.origins) == 150
    (block,) = panel.read(series("short", np.exp(np.sin(np.arange(60))))).blocks()
    looked = past.look_back(block, default_learnt(12), horizon=3)
    assert len(looked.origins) == 60 - 24  # the first two years are not scored


@pytest.mark.parametrize("months, skipped", [(2, True), (3, False)])
def test_a_series_of_three_months_is_forecast(months, skipped):
    table = pl.concat([noisy("port"), series("new", np.ones(months))])
    assert ("new" in panel.read(table).skipped) == skipped


@pytest.mark.parametrize("observed, skipped", [(11, True), (12, False)])
def test_twelve_of_the_last_24_months_are_enough(observed, skipped):
    values = np.ones(60)
    values[36 : 60 - observed] = np.nan
    assert ("holes" in panel.read(pl.concat([noisy("port"), series("holes", values)])).skipped) == skipped


@pytest.mark.parametrize("options", [{"horizon": 121}, {"horizon": 1, "season": 25}])
def test_ten_years_and_seasons_of_two_are_the_most(options):
    with pytest.raises(ParameterError, match=r"Ask for 1 to (120\.|24, or for 52)"):
        forecasting.forecast(noisy("port"), **options)
    forecasting.forecast(noisy("port"), **{name: value - 1 if value > 1 else value for name, value in options.items()})


def test_three_hundred_series_are_learnt_from():
    assert len(sample(f"s{i}" for i in range(1000))) == 300


def test_the_shape_before_anything_is_learnt_is_students_with_five_degrees():
    """Divided by its mean absolute value, so that this is one; 500 errors later it counts half."""
    from scipy.stats import t

    assert student_shape()[spread.PROBABILITIES == 0.9][0] == pytest.approx(t.ppf(0.9, 5) / t.expect(np.abs, (5,)))
    usual = student_shape()
    tails = t.ppf([0.0025, 0.005, 0.995, 0.9975], 5) / t.expect(np.abs, (5,))
    assert usual[[0, 1, -2, -1]] == pytest.approx(tails)
    shape = spread.fit_shape(np.zeros((500, 1)), usual, evidence=500.0)
    assert shape[0] == pytest.approx(usual / 2)


def test_the_repeats_are_four_of_three_years():
    X = np.log(np.arange(1.0, 61.0))[None]
    found = repeats.repeat(X, horizon=12, origins=range(59, 60), cycle=12)[0, :, :, 0]
    cycles = X[0].reshape(5, 12)[2:]
    season = (cycles - cycles.mean(axis=1, keepdims=True)).mean(axis=0)
    growth = cycles[2, 10] - cycles[1, 10]  # the middle one of the last three months
    by_hand = [cycles[2], (cycles[1] + cycles[2]) / 2, cycles[2] + growth, cycles[2].mean() + season]
    np.testing.assert_allclose(found.T, by_hand, rtol=1e-6)


def test_too_few_errors_leave_the_usual_dependence():
    assert dependence.fit_dependence(np.zeros((10, 12))).tolist() == [0.3, 0.5]


def test_an_empty_panel_is_refused():
    with pytest.raises(CoverageError, match=re.escape("The panel has no rows")):
        panel.read(noisy("port").clear())

"""A park's year from its firms."""

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from analysis.core.errors import CoverageError, EvidenceError
from analysis.core.periods import add_months, month_range
from analysis.core.sampling import Sampling
from analysis.methods.firm_output import chance_of_rest, firm_output

START, MANY = dt.date(2022, 1, 1), Sampling(draws=20_000, seed=1)


def returns(*firms, start=START):
    """Return a table from one list of outputs a firm, by month from `start`; None for a month not returned."""
    rows = [
        (f"firm {at}", add_months(start, month), float(output))
        for at, outputs in enumerate(firms)
        for month, output in enumerate(outputs)
        if output is not None
    ]
    return pl.DataFrame(rows, schema=["firm", "month", "output_cny"], orient="row")


def test_chance_of_the_toy_reference():
    """Three months N(65, 8^2) to bring 725 - 520 = 205: 0.235243."""
    assert chance_of_rest(725 - 520, months=3, mean=65, deviation=8) == pytest.approx(0.235243, abs=5e-7)


def test_predictive_of_estimated_moments_agrees_with_simulation():
    """Posterior draws of variance and mean under the flat prior of Geisser (1993), then the months themselves."""
    mean, deviation, sample, months, needed = 65.0, 8.0, 6, 3, 205.0
    rng = np.random.default_rng(20231130)
    variance = (sample - 1) * deviation**2 / rng.chisquare(sample - 1, 400_000)
    centre = rng.normal(mean, np.sqrt(variance / sample))
    simulated = np.mean(rng.normal(months * centre, np.sqrt(months * variance)) >= needed)
    chance = chance_of_rest(needed, months=months, mean=mean, deviation=deviation, sample=sample)
    assert chance == pytest.approx(simulated, abs=0.004)  # four standard errors of 400,000 draws


@given(st.floats(1, 1e3), st.floats(0.1, 1e3), st.integers(1, 11), st.integers(3, 11))
def test_needing_the_expected_sum_is_a_matter_of_even_chance(mean, deviation, months, sample):
    chance = chance_of_rest(months * mean, months=months, mean=mean, deviation=deviation, sample=sample)
    assert chance == pytest.approx(0.5)


def test_one_firm_with_flat_months_is_a_log_normal_sample():
    """The next month's log is t with n - 1 degrees around the mean of logs, spread s sqrt(1 + 1/n)."""
    outputs = np.exp([0.1, -0.2, 0.3, 0.0, -0.1, 0.2])
    found = firm_output(returns(outputs), until=add_months(START, 6), sampling=MANY)
    logs = np.log(outputs)
    spread = logs.std(ddof=1) * np.sqrt(1 + 1 / 6)
    ends = np.exp(logs.mean() + student.ppf([0.1, 0.5, 0.9], 5) * spread)
    drawn = np.quantile(found.total(add_months(START, 6), add_months(START, 6)), [0.1, 0.5, 0.9])
    assert drawn == pytest.approx(ends, rel=0.02)


def test_a_planted_ramp_up_comes_back():
    """Four old firms and three that start in months 3, 5 and 7, half of full output after four months."""
    rng = np.random.default_rng(3)
    grid = np.arange(18)
    old = [10 * np.exp(0.05 * rng.standard_normal(18)) for _ in range(4)]
    young = []
    for begun in (3, 5, 7):
        ramp = 1 / (1 + np.exp(-(grid - begun - 4) / 1.5))
        young.append(
            [0.0 if month < begun else 40 * ramp[month] * np.exp(0.05 * rng.standard_normal()) for month in grid]
        )
    found = firm_output(returns(*old, *young), until=add_months(START, 23), sampling=MANY)
    assert found.half_age == pytest.approx(4, abs=1)
    assert found.pace == pytest.approx(1.5, abs=0.6)
    assert found.firms["full"].to_list()[4:] == pytest.approx([40, 40, 40], rel=0.1)
    assert found.firms["started"].to_list() == [None] * 4 + [add_months(START, month) for month in (3, 5, 7)]
    ahead = found.total(add_months(START, 18), add_months(START, 18))
    assert np.median(ahead) == pytest.approx(4 * 10 + 3 * 40, rel=0.05)


def test_flat_months_put_a_growing_park_too_low():
    grid = np.arange(9)
    young = 50 / (1 + np.exp(-(grid - 4) / 1.5)) * np.exp(0.02 * np.random.default_rng(1).standard_normal(9))
    table = returns([10, 11, 10, 9, 10, 11, 10, 10, 10, 10], [None, *young])
    found = firm_output(table, until=add_months(START, 11), sampling=MANY)
    flat = float(found.returned.mean()) * 2
    assert np.quantile(found.total(add_months(START, 10), add_months(START, 11)), 0.1) > 1.5 * flat


def test_a_season_is_read_once_the_returns_span_two_years():
    rng = np.random.default_rng(5)
    factor = 1 + 0.5 * np.sin(2 * np.pi * np.arange(12) / 12)
    outputs = [100 * factor[month % 12] * np.exp(0.02 * rng.standard_normal()) for month in range(30)]
    found = firm_output(returns(outputs, outputs), until=add_months(START, 35))
    assert found.season_source == "returns"
    assert found.season / found.season.mean() == pytest.approx(factor / factor.mean(), rel=0.05)
    assert firm_output(returns(outputs[:23]), until=add_months(START, 24)).season_source == "none"
    known = firm_output(returns(outputs[:10]), until=add_months(START, 11), season=factor)
    assert known.season_source == "given"
    ahead = np.median(known.total(add_months(START, 10), add_months(START, 10)))
    assert ahead == pytest.approx(100 * factor[10], rel=0.05)


def test_a_late_firm_is_drawn_and_a_stopped_one_is_not():
    late = returns([10, 11, 10, 9, 10], [5, 5, 6, None, None], [7, 7, 8, 0, 0])
    found = firm_output(late, until=add_months(START, 5))
    assert found.firms["status"].to_list() == ["active", "late", "stopped"]
    assert found.firms["late_months"].to_list() == [0, 2, 0]
    fourth = found.draws[:, 3]
    assert fourth.min() > found.returned[3] == 9
    assert np.median(fourth) - 9 == pytest.approx(5.3, abs=1)


@given(st.lists(st.lists(st.floats(1, 1e3), min_size=4, max_size=4), min_size=1, max_size=4), st.floats(0.01, 100))
def test_a_change_of_unit_changes_the_unit_and_nothing_else(firms, factor):
    one = firm_output(returns(*firms), until=add_months(START, 5))
    other = firm_output(returns(*([factor * output for output in firm] for firm in firms)), until=add_months(START, 5))
    assert np.median(other.draws, axis=0) == pytest.approx(factor * np.median(one.draws, axis=0), rel=1e-6)


def test_what_was_returned_is_known():
    found = firm_output(returns([1, 2, 3], [4, 5, 6]), until=add_months(START, 2))
    assert (found.draws == [5, 7, 9]).all()
    assert found.months == month_range(START, add_months(START, 2))


@pytest.mark.parametrize(
    "table,until,sentence,error",
    [
        (returns([1, 2]), add_months(START, 3), "2 months, too few", EvidenceError),
        (returns([0, 0, 0]), add_months(START, 3), "nothing can be projected", EvidenceError),
        (returns([1, 2, None, 3]), add_months(START, 4), "No firm returned 2022-03", CoverageError),
        (returns([1, 2, 3]), START, "Ask for a later month", CoverageError),
    ],
)
def test_what_cannot_be_projected_is_refused(table, until, sentence, error):
    with pytest.raises(error, match=sentence):
        firm_output(table, until=until)


def test_a_season_of_eleven_months_is_refused():
    with pytest.raises(EvidenceError, match="twelve factors"):
        firm_output(returns([1, 2, 3]), until=add_months(START, 3), season=[1.0] * 11)

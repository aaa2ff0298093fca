"""The park desk: published facts, returns of firms, and the wall between the two."""

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CoverageError, EvidenceError, ParameterError
from analysis.core.reasons import Reason
from analysis.desks import park
from analysis.runtime.folders import data_folder
from analysis.sources import firm_returns
from tests.evidence import bundled

PARK = "kezhou_jiangsu_park"


def panel(*totals: float, illustrative: bool = False, year: int = 2023) -> pl.DataFrame:
    """Return the returns of one firm from January on."""
    months = [dt.date(year, month, 1) for month in range(1, len(totals) + 1)]
    return pl.DataFrame({"firm": "A", "month": months, "output_cny": totals, "illustrative": illustrative})


@pytest.fixture(scope="module")
def statements() -> pl.DataFrame:
    return bundled()


@pytest.fixture(scope="module")
def of_november(statements: pl.DataFrame) -> park.Attainment:
    return park.attainment(statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023)


def test_chance_of_the_toy_reference():
    """Reference values, group target_probability_toy: three months N(65, 8^2) to bring 205."""
    chance = park.chance_of_rest(725 - 520, months=3, mean=65, deviation=8)
    assert chance == pytest.approx(0.235243, abs=5e-7)


def test_predictive_of_estimated_moments_agrees_with_simulation():
    """Posterior draws of variance and mean under the flat prior of Geisser (1993), then the months themselves."""
    mean, deviation, sample, months, needed = 65.0, 8.0, 6, 3, 205.0
    rng = np.random.default_rng(20231130)
    variance = (sample - 1) * deviation**2 / rng.chisquare(sample - 1, 400_000)
    centre = rng.normal(mean, np.sqrt(variance / sample))
    simulated = np.mean(rng.normal(months * centre, np.sqrt(months * variance)) >= needed)
    chance = park.chance_of_rest(needed, months=months, mean=mean, deviation=deviation, sample=sample)
    assert chance == pytest.approx(simulated, abs=0.004)  # four standard errors of 400,000 draws


@given(st.floats(1, 1e3), st.floats(0.1, 1e3), st.integers(1, 11), st.integers(3, 11))
def test_needing_the_expected_sum_is_a_matter_of_even_chance(mean, deviation, months, sample):
    chance = park.chance_of_rest(months * mean, months=months, mean=mean, deviation=deviation, sample=sample)
    assert chance == pytest.approx(0.5)


def test_the_predictive_curve_holds_the_probability_of_the_target():
    """The area under the curve from the target on, and all of it but the outermost 0.2%."""
    done = park.progress(panel(50e6, 70e6, 66e6, 58e6, 61e6, 75e6), year=2023, target_cny=740e6)
    output, density = (done.predictive[name].to_numpy() for name in ("output_cny", "density"))
    assert np.trapezoid(density, output) == pytest.approx(0.998, abs=1e-3)
    fine = np.linspace(740e6, output[-1], 2001)
    assert np.trapezoid(np.interp(fine, output, density), fine) == pytest.approx(done.probability, abs=2e-3)


def test_a_year_that_is_over_has_no_predictive_curve():
    assert park.progress(panel(*[60e6] * 11, 65e6), year=2023, target_cny=725e6).predictive.is_empty()


def test_a_year_that_is_over_is_certain():
    done = park.progress(panel(*[60e6] * 11, 65e6), year=2023, target_cny=725e6)
    assert done.probability == 1
    assert done.required_run_rate is None
    assert park.progress(panel(*[60e6] * 12), year=2023, target_cny=725e6).probability == 0


def test_progress_of_hand_example():
    """Months 50, 60, 70: mean 60, 180 to date, (720 - 180) / 9 = 60 needed, so even odds."""
    done = park.progress(panel(50e6, 60e6, 70e6), year=2023, target_cny=720e6)
    assert done.to_date_cny == 180e6
    assert done.current_run_rate == done.required_run_rate == 60e6
    assert done.probability == pytest.approx(0.5)
    assert done.months["plan_cny"].to_list() == [60e6 * month for month in range(1, 13)]
    assert done.months["cumulative_cny"][-1] == pytest.approx(720e6)
    assert done.months["made"].to_list() == ["returned"] * 3 + ["predicted"] * 9


def test_contributions_add_up_and_hhi_is_the_sum_of_squares():
    two = pl.concat([panel(30.0, 30.0, 30.0), panel(10.0, 10.0, 10.0).with_columns(firm=pl.lit("B"))])
    done = park.progress(two, year=2023, target_cny=500.0)
    assert done.firms["firm"].to_list() == ["A", "B"]
    assert done.firms["share"].to_list() == [0.75, 0.25]
    assert done.hhi == 0.625
    assert done.top_five == 1


def test_illustrative_and_real_rows_never_meet(statements):
    mixed = pl.concat([panel(1.0, 2.0, 3.0), panel(1.0, 2.0, 3.0, illustrative=True).with_columns(firm=pl.lit("B"))])
    with pytest.raises(EvidenceError, match="illustrative and real"):
        park.progress(mixed, year=2023, target_cny=10.0)
    with pytest.raises(EvidenceError, match="illustrative and real"):
        park.only_real(mixed)
    made_up = panel(1.0, 2.0, 3.0, illustrative=True)
    with pytest.raises(ParameterError, match="illustrative"):
        park.attainment(statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023, returns=made_up)


def test_the_bundled_panel_says_that_it_is_illustrative():
    bundled = firm_returns.read(data_folder() / "park_returns_illustrative.csv")
    assert park.only_real(bundled) is None
    assert park.progress(bundled, year=2023, target_cny=725e6).illustrative


@pytest.mark.parametrize("count", [0, 1, 2])
def test_two_months_are_too_few_for_a_spread(count):
    rows = panel(*[1.0] * count) if count else panel(1.0, year=2022)
    with pytest.raises(EvidenceError, match="too few"):
        park.progress(rows, year=2023, target_cny=10.0)


def test_a_gap_in_the_returns_is_refused():
    gap = panel(1.0, 2.0, 3.0, 4.0).filter(pl.col("month") != dt.date(2023, 2, 1))
    with pytest.raises(CoverageError, match="missing months"):
        park.progress(gap, year=2023, target_cny=10.0)


def test_the_target_of_2023_is_the_published_expectation(of_november):
    """Founding document: 725 million yuan expected, 2 billion invested, so 0.36 if met."""
    assert of_november.target_cny == 725e6
    assert of_november.target_id == "2d6d02825d"
    assert of_november.invested_cny == 2e9
    assert of_november.output_per_invested == pytest.approx(0.3625)
    assert of_november.required_run_rate == pytest.approx(725e6 / 12, rel=1e-5)


def test_what_nobody_measured_has_no_probability(of_november):
    assert of_november.probability is None
    assert of_november.current_run_rate is None
    assert of_november.reason == Reason("not_measured")
    assert of_november.later.is_empty()


def test_two_years_later_only_vehicles_were_published(statements):
    later = park.attainment(statements.known(dt.date(2025, 12, 31)), park=PARK, year=2023)
    assert later.probability is None
    assert later.later["statement_id"].to_list() == ["370ef9bff6"]


def test_real_returns_give_a_probability(statements):
    real = park.attainment(
        statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023, returns=panel(50e6, 60e6, 70e6)
    )
    assert 0 < real.probability < 1
    assert real.reason is None
    assert real.current_run_rate == 60e6


def test_before_the_publication_there_is_no_target(statements):
    with pytest.raises(CoverageError, match="expected or targeted"):
        park.attainment(statements.known(dt.date(2023, 11, 7)), park=PARK, year=2023)


def test_a_target_set_by_hand_names_no_statement(statements):
    own = park.attainment(statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023, target_cny=800e6)
    assert own.target_id is None
    assert own.output_per_invested == pytest.approx(0.4)
    with pytest.raises(ParameterError, match="above zero"):
        park.attainment(statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023, target_cny=-1.0)

"""Target attainment: run rates by hand, a probability from evidence, and its honest absence."""

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CoverageError, ParameterError
from analysis.estimates.attainment import Attainment, attain, months_elapsed, run_rates
from analysis.sources import ledger
from tests.evidence import bundled, known
from tests.sources.ledger import ledgers

YEARS = [
    ledgers.row(
        statement_id=f"y{year}", period_start=f"{year}-01-01", period_end=f"{year}-12-31", value=value,
        value_as_published=value, published_on=f"{year + 1}-01-20",
    )
    for year, value in ((2020, 11900), (2021, 12050), (2022, 12010))
]  # fmt: skip
TO_JUNE = ledgers.row(
    statement_id="june", period_start="2023-01-01", period_end="2023-06-30", value=6200, value_as_published=6200,
    published_on="2023-07-20",
)  # fmt: skip


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    return ledger.read(ledgers.write(tmp_path_factory.mktemp("ledger"), *YEARS, TO_JUNE))


@pytest.fixture(scope="module")
def of_september(statements: pl.DataFrame) -> Attainment:
    return attain(known(statements, dt.date(2023, 9, 30)), series="port", year=2023, target=12_000)


def test_run_rates_of_the_toy_reference():
    """Reference values, group target_probability_toy: 520 of 725 after nine months."""
    required, current = run_rates(to_date=520, target=725, elapsed=9)
    assert required == pytest.approx(68.3333, abs=5e-5)
    assert current == pytest.approx(57.7778, abs=5e-5)


@given(st.floats(0, 1e9), st.floats(1, 1e9), st.floats(0.1, 11.9))
def test_keeping_both_rates_to_the_end_of_the_year_meets_the_target(to_date, target, elapsed):
    required, current = run_rates(to_date=to_date, target=target, elapsed=elapsed)
    assert required >= 0
    assert current * elapsed + required * (12 - elapsed) == pytest.approx(max(target, to_date))


def test_a_finished_year_needs_no_rate_and_an_unknown_one_has_none():
    assert run_rates(to_date=500, target=600, elapsed=12) == (None, pytest.approx(500 / 12))
    assert run_rates(to_date=0, target=600, elapsed=0) == (50, None)


def test_half_of_april_is_half_a_month():
    assert months_elapsed(dt.date(2023, 4, 15)) == 3.5
    assert months_elapsed(dt.date(2023, 12, 31)) == 12
    assert months_elapsed(None) == 0


def test_rates_to_date_come_from_the_stated_half_year(of_september):
    assert of_september.known_to == dt.date(2023, 6, 30)
    assert of_september.to_date == pytest.approx(6200, rel=0.001)
    assert of_september.current_run_rate == pytest.approx(6200 / 6, rel=0.001)
    assert of_september.required_run_rate == pytest.approx((12_000 - 6200) / 6, rel=0.001)


def test_a_probability_lies_in_the_middle_of_a_near_target_and_at_the_ends_of_far_ones(statements, of_september):
    assert 0.1 < of_september.probability < 0.95
    easy, hard = (
        attain(known(statements, dt.date(2023, 9, 30)), series="port", year=2023, target=target).probability
        for target in (6_400, 100_000)
    )
    assert easy > 0.99
    assert hard < 0.01
    assert hard > 0
    assert easy < 1
    passed = attain(known(statements, dt.date(2023, 9, 30)), series="port", year=2023, target=6_100)
    assert passed.probability == 1


def test_the_statements_of_the_year_are_named(of_september):
    assert of_september.statement_ids == ("june",)


def test_a_statement_published_later_is_not_used(statements):
    before = attain(known(statements, dt.date(2023, 7, 19)), series="port", year=2023, target=12_000)
    assert before.known_to is None
    assert before.current_run_rate is None
    assert before.required_run_rate == 1000
    assert before.statement_ids == ("y2022",)


def test_intervals_are_ordered_and_nested(of_september):
    (eighty, lower80, upper80), (ninetyfive, lower95, upper95) = of_september.intervals
    assert (eighty, ninetyfive) == (80, 95)
    assert lower95 <= lower80 <= of_september.median <= upper80 <= upper95


def test_the_json_has_every_field_of_the_contract(of_september):
    printed = json.loads(json.dumps(of_september.as_json(), allow_nan=False))
    assert set(printed["interval"]) == {"80", "95"}
    assert printed["run_rate_unit"] == f"{printed['unit']}/month"
    assert printed["reason"] is None
    assert printed["as_of"] == "2023-09-30"


def test_without_evidence_the_probability_is_null_with_a_reason(statements):
    nothing = attain(known(statements, dt.date(2019, 1, 1)), series="port", year=2023, target=12_000).as_json()
    assert nothing["probability"] is None
    assert "published by 2019-01-01" in nothing["reason"]
    assert nothing["required_run_rate"] == 1000
    assert nothing["interval"] == {}


def test_an_expectation_is_no_evidence_of_its_own_fulfilment():
    told = attain(
        bundled().known(dt.date(2025, 12, 31)),
        series="kezhou_jiangsu_park.output_value_cny.total.all",
        year=2023,
        target=725e6,
    )
    assert told.probability is None
    assert told.unit == "CNY"
    assert told.statement_ids == ("2d6d02825d",)


def test_the_same_seed_gives_the_same_answer(statements, of_september):
    again = attain(known(statements, dt.date(2023, 9, 30)), series="port", year=2023, target=12_000)
    assert again == of_september


def test_an_unknown_series_is_named(statements):
    with pytest.raises(CoverageError, match="prot"):
        attain(known(statements, dt.date(2023, 9, 30)), series="prot", year=2023, target=1)


@pytest.mark.parametrize("target", [0, -5, float("nan"), float("inf")])
def test_a_target_must_be_above_zero(statements, target):
    with pytest.raises(ParameterError, match="above zero"):
        attain(known(statements, dt.date(2023, 9, 30)), series="port", year=2023, target=target)


def test_a_ledger_of_growth_alone_has_no_probability(tmp_path: Path):
    line = ledgers.row(measure="yoy_growth", value=0.05, value_as_published="5%")
    told = attain(
        known(ledger.read(ledgers.write(tmp_path, line)), dt.date(2024, 1, 1)), series="port", year=2023, target=1
    )
    assert told.probability is None
    assert told.reason is not None
    assert told.reason.code == "no_level"
    assert told.as_json()["reason"] == str(told.reason)


def test_a_year_of_a_published_zero_reaches_no_target(tmp_path):
    """Two years of 450,000 and 464,000 tonnes, then none: the year is 0, not the 86% that trend would give."""
    rows = [
        ledgers.row(
            statement_id=f"g{year}", period_start=f"{year}-01-01", period_end=f"{year}-12-31", value=value,
            value_as_published=printed, published_on=f"{year + 1}-01-20",
        )
        for year, value, printed in ((2021, 450_000, "45万"), (2022, 464_000, "46.4万"), (2023, 0, "0"))
    ]  # fmt: skip
    found = attain(known(ledger.read(ledgers.write(tmp_path, *rows))), series="port", year=2023, target=400_000)
    assert found.probability == 0.0
    assert (found.mean, found.median, found.to_date, found.current_run_rate) == (0, 0, 0, 0)
    assert found.intervals == ((80, 0, 0), (95, 0, 0))
    assert found.statement_ids == ("g2023",)


def test_months_of_zero_take_part_in_the_sum_of_a_year(tmp_path):
    """Nothing to June and 120,456 to October: the sum to October is all of the four months."""
    months = [("june", "2023-06-30", 0, "2023-07-20"), ("october", "2023-10-31", 120_456, "2023-11-20")]
    rows = [
        ledgers.row(
            statement_id=name, period_start="2023-01-01", period_end=end, value=value, value_as_published=value,
            published_on=published,
        )
        for name, end, value, published in months
    ]  # fmt: skip
    statements = ledger.read(ledgers.write(tmp_path, YEARS[-1], *rows))
    found = attain(known(statements), series="port", year=2023, target=120_000)
    assert found.to_date == pytest.approx(120_456, abs=1)
    assert found.probability == 1.0
    assert found.statement_ids == ("june", "october")


def test_another_offices_count_passes_no_target():
    """203万吨 of January to November 2025 are the carriers' count for Torugart, which differs from the port's own."""
    torugart = bundled().statements.filter(pl.col("place") == "torugart")
    assert torugart.filter(pl.col("period_start") == dt.date(2025, 1, 1), pl.col("value") == 2_030_000).height
    found = attain(
        known(torugart, dt.date(2025, 12, 31)), series="torugart.freight_tonnes.total.road", year=2025, target=2_000_000
    )
    assert 0 < found.probability < 1

"""Surprises: how far is too far among many, and what is said about it."""

import polars as pl
import pytest

from analysis.core.errors import CoverageError
from analysis.desks import audit
from analysis.desks.audit.surprise import threshold
from tests.desks.audit.ledgers import growth, line, read


@pytest.mark.parametrize("count,expected", [(1, 1.95996), (5, 2.57583), (50, 3.29053), (500, 3.89059)])
def test_the_threshold_is_the_normal_quantile_of_bonferroni(count: int, expected: float) -> None:
    # tables of the standard normal: two-sided tails of 0.05, 0.01, 0.001 and 0.0001
    assert threshold(count) == pytest.approx(expected, abs=1e-5)


def test_only_what_is_beyond_the_threshold_surprises_the_greatest_first() -> None:
    statements = read([line(name, 464_000, "46.4万吨", place=name) for name in "abcd"])
    residuals = pl.DataFrame({"statement_id": [*"abcd"], "surprise": [2.3, -2.6, 9.1, None]})
    found = audit.surprises(residuals, statements)
    assert found["statement_ids"].to_list() == ["c", "b"]  # three residuals: beyond 2.394
    assert found["kind"].unique().to_list() == ["surprise"]


def test_the_sentence_names_place_period_what_was_stated_and_what_was_expected() -> None:
    statements = read([line("a", 464_000, "46.4万吨"), growth("g", -0.2)])
    residuals = pl.DataFrame(
        {"statement_id": ["a", "g"], "surprise": [5.25, -4.0], "expected_median": [400_123.4, 0.15]}
    )
    high, low = audit.surprises(residuals, statements)["sentence"]
    assert high == (
        "port.freight_tonnes.total.rail 2022-01-01 to 2022-09-30 level 46.4万吨 is far more than the other statements "
        "allow for, which lead to expect 400,123 tonnes: 5.2 standard deviations. Look at the source of a."
    )
    assert "yoy_growth -20.0% is far less" in low
    assert "expect +15.0%:" in low


def test_the_expected_value_is_optional() -> None:
    residuals = pl.DataFrame({"statement_id": ["a"], "surprise": [5.0], "expected_median": [None]})
    for table in (residuals, residuals.drop("expected_median")):
        (sentence,) = audit.surprises(table, read([line("a", 464_000, "46.4万吨")]))["sentence"]
        assert "allow for: 5.0 standard deviations" in sentence


def test_a_residual_of_another_ledger_is_refused() -> None:
    residuals = pl.DataFrame({"statement_id": ["z"], "surprise": [5.0]})
    with pytest.raises(CoverageError, match="no statement 'z'"):
        audit.surprises(residuals, read([line("a", 1, "1")]))


def test_a_ledger_without_residuals_has_no_surprises() -> None:
    residuals = pl.DataFrame(schema={"statement_id": pl.String, "surprise": pl.Float64})
    assert audit.surprises(residuals, read([line("a", 1, "1")])).is_empty()

"""Implied bases: real cases by hand, and what rounding leaves of a factor."""

import datetime as dt

import polars as pl
import pytest

from analysis.desks import audit
from tests import evidence
from tests.desks.audit.ledgers import growth, line, read

LAST_YEAR = {"period_start": "2021-01-01", "period_end": "2021-09-30"}


@pytest.fixture(scope="module")
def bundled() -> pl.DataFrame:
    return audit.implied_bases(evidence.bundled().known())


def test_the_base_of_alashankou_is_the_same_from_the_total_and_from_its_parts(bundled: pl.DataFrame) -> None:
    # 17.58 Mt at +8.1%; imports 14.671 at +4.2% and exports 2.909 at +33.1%
    nine_months = {"base_start": dt.date(2021, 1, 1), "base_end": dt.date(2021, 9, 30)}
    base = {
        flow: bundled.filter(series_id=f"alashankou.freight_tonnes.{flow}.all", **nine_months).row(0, named=True)
        for flow in ("total", "import", "export")
    }
    assert base["total"]["implied"] == pytest.approx(16.2627e6, abs=50)
    assert base["import"]["implied"] + base["export"]["implied"] == pytest.approx(16.2652e6, abs=50)
    low, high = (base["import"][end] + base["export"][end] for end in ("implied_low", "implied_high"))
    assert low <= base["total"]["implied_high"]
    assert high >= base["total"]["implied_low"]


def test_growth_of_34_9_percent_puts_the_base_where_it_was_computed_by_hand(bundled: pl.DataFrame) -> None:
    # 37.83 bn +- 0.005 at +34.9% +- 0.05: [37.825 / 1.3495, 37.835 / 1.3485] = [28.029, 28.057] bn
    row = bundled.filter(series_id="xinjiang.trade_value_cny.total.all", base_end=dt.date(2021, 3, 31))
    assert row["implied_low"][0] == pytest.approx(28.029e9, abs=0.5e6)
    assert row["implied_high"][0] == pytest.approx(28.057e9, abs=0.5e6)


def test_trade_of_january_and_february_2023_was_revised_by_five_percent(bundled: pl.DataFrame) -> None:
    row = bundled.filter(series_id="xinjiang.trade_value_cny.total.all", base_end=dt.date(2023, 2, 28)).row(
        0, named=True
    )
    assert row["published"] == 44.4e9
    assert row["implied"] == pytest.approx(42.07e9, abs=5e6)
    assert row["factor"] == pytest.approx(42.07 / 44.4, abs=5e-4)
    assert row["verdict"] == "contradicts"


@pytest.mark.parametrize(
    "base,printed,verdict",
    [
        (500_000, "50.0万吨", "agrees"),
        (501_000, "50.1万吨", "agrees"),  # 500.5 at least
        (502_000, "50.2万吨", "revised"),
        (510_000, "51.0万吨", "revised"),
        (520_000, "52.0万吨", "contradicts"),
    ],
)
def test_a_factor_is_judged_after_rounding(base: int, printed: str, verdict: str) -> None:
    # 550 kt +- 0.5 at +10% +- 0.05 imply 499.3 to 500.7 kt
    lines = [line("l", 550_000, "55.0万吨"), growth("g", 0.1), line("b", base, printed, **LAST_YEAR)]
    row = audit.implied_bases(evidence.known(read(lines))).row(0, named=True)
    assert (row["growth_id"], row["level_id"], row["base_id"]) == ("g", "l", "b")
    assert row["implied_low"] == pytest.approx(549_500 / 1.1005)
    assert row["implied_high"] == pytest.approx(550_500 / 1.0995)
    assert row["verdict"] == verdict


def test_a_base_without_a_published_figure_has_no_verdict() -> None:
    row = audit.implied_bases(evidence.known(read([line("l", 550_000, "55.0万吨"), growth("g", 0.1)]))).row(
        0, named=True
    )
    assert row["implied"] == pytest.approx(500_000)
    assert (row["base_id"], row["factor"], row["verdict"]) == (None, None, None)


def test_the_most_exactly_rounded_level_counts_and_bounds_do_not() -> None:
    lines = [
        line("rough", 600_000, "60万吨"),
        line("fine", 604_000, "60.4万吨"),
        line("bound", 600_000, "超60万吨", relation="gt"),
        growth("g", 0.1),
    ]
    assert audit.implied_bases(evidence.known(read(lines)))["level_id"].to_list() == ["fine"]


def test_the_base_of_a_february_in_a_leap_year_ends_with_february() -> None:
    leap = {"period_start": "2024-01-01", "period_end": "2024-02-29"}
    lines = [
        line("l", 550_000, "55.0万吨", **leap),
        growth("g", 0.1, **leap),
        line("b", 500_000, "50.0万吨", period_start="2023-01-01", period_end="2023-02-28"),
    ]
    assert audit.implied_bases(evidence.known(read(lines)))["verdict"].to_list() == ["agrees"]


def test_a_ledger_without_growth_implies_no_base() -> None:
    assert audit.implied_bases(evidence.known(read([line("l", 550_000, "55.0万吨")]))).is_empty()

"""What other parks produced, pair by pair."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import EvidenceError
from analysis.desks.park.peers import peers, yuan_rate
from analysis.methods.reference_class import leave_one_out
from tests.evidence import bundled, evidence

NOVEMBER = dt.date(2023, 11, 30)


@pytest.fixture(scope="module")
def found():
    return peers(bundled().known(NOVEMBER), park="kezhou_jiangsu_park")


def row(found, park, basis="capital"):
    return found.table.filter((pl.col("park") == park) & (pl.col("basis") == basis)).row(0, named=True)


def test_kuqa_is_output_by_capital_of_2010(found):
    """115 by 108, both in 亿元."""
    kuqa = row(found, "kuqa_etdz")
    assert kuqa["ratio"] == pytest.approx(115 / 108)
    assert (kuqa["spread"], kuqa["age"], kuqa["loose"]) == ("year", 6, False)


def test_sales_of_five_years_are_a_year_on_average(found):
    """4.35 billion dollars in five years by 0.9 billion invested: 0.967, whatever the rate."""
    zambia = row(found, "zambia_china_zone")
    assert zambia["ratio"] == pytest.approx(4.35 / 5 / 0.9, rel=1e-3)
    assert (zambia["spread"], zambia["sales"], zambia["loose"]) == ("years", True, True)


def test_a_quarter_is_taken_to_a_year_and_a_plan_of_land_lasts(found):
    """Aksu Textile City: 10.49亿元 in 90 days by 60 square kilometres planned in 2012."""
    aksu = row(found, "aksu_textile_city", "area")
    assert aksu["ratio"] == pytest.approx(1.049e9 * 365.25 / 90 / 60)
    assert aksu["spread"] == "part"


def test_foreign_money_is_converted_at_the_nearest_published_rate(found):
    """Navoi: 3,592.9 billion sum at 10,686.70 a dollar by 402.4 million dollars."""
    navoi = row(found, "navoi_fez")
    assert navoi["ratio"] == pytest.approx(3592.9e9 / 10_686.70 / 402.4e6)
    known = bundled().known(NOVEMBER)
    dollar = yuan_rate(known, "USD", dt.date(2011, 7, 1))
    assert dollar.yuan == pytest.approx(6.4588)
    assert dollar.year == 2011
    assert yuan_rate(known, "CNY", NOVEMBER) == (1.0, (), None)


def test_a_currency_without_a_rate_is_refused():
    rates = evidence(bundled().statements.filter(pl.col("indicator") != "fx_uzs_per_usd"))
    with pytest.raises(EvidenceError, match="fx_uzs_per_usd"):
        yuan_rate(rates.known(NOVEMBER), "UZS", NOVEMBER)


def test_the_park_itself_and_later_figures_are_no_peers(found):
    assert "kezhou_jiangsu_park" not in found.table["park"]
    assert "khonobod_small_zone" not in found.table["park"]
    later = peers(bundled().known(dt.date(2025, 12, 31)), park="kezhou_jiangsu_park")
    assert "khonobod_small_zone" in later.table["park"]


def test_figures_more_than_three_years_apart_are_no_pair():
    """The built area of the Artux park is of 2011, its output of 2023: its planned area stands in for it."""
    later = peers(bundled().known(dt.date(2025, 12, 31)), park="kezhou_jiangsu_park")
    artux = row(later, "artux_industrial_park", "area")
    assert artux["base"] == 19.94
    assert artux["base_on"] == dt.date(2011, 2, 22)


def test_every_peer_stands_in_its_interval_or_is_counted_outside(found):
    table = leave_one_out(found.of("capital").rename({"park": "case"}))
    assert table.height == found.of("capital").height
    assert 0 < table["inside"].sum() < table.height  # benchmarks/reference_class.md has the share

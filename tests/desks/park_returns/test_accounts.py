"""The accounts of a park, by hand and by identity."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import CoverageError
from analysis.desks import park_returns
from analysis.estimates.prices import PriceGrowth, price_growth
from analysis.runtime.folders import data_folder
from analysis.sources import firm_returns
from tests.evidence import bundled

RISE = {2023: PriceGrowth(2023, 0.10, "average", 12, ("x",))}


def returns(*rows: tuple[str, str, float, float | None]) -> pl.DataFrame:
    """Return rows of firm, month, output and inputs, with a tenth of output as wages and one job for each yuan."""
    table = pl.DataFrame(rows, schema=["firm", "month", "output_cny", "inputs_cny"], orient="row")
    return table.with_columns(
        pl.col("month").str.to_date("%Y-%m"), pl.col("inputs_cny").cast(pl.Float64), sales_cny="output_cny",
        exports_cny=pl.lit(0.0), wages_cny=0.1 * pl.col("output_cny"), jobs=pl.lit(2.0), land_mu=pl.lit(5.0),
        investment_cny=pl.lit(10.0), illustrative=pl.lit(False),
    )  # fmt: skip


HAND = returns(
    ("A", "2022-01", 100.0, 60.0), ("A", "2023-01", 132.0, 77.0), ("B", "2023-01", 22.0, None),
    ("C", "2022-01", 10.0, 5.0),
)  # fmt: skip


def test_the_accounts_of_a_hand_example():
    """2022: 110 less 65; 2023: 154 less 77 and half of 22. Prices +10%: 154 / 1.1 = 140, so +27.3%."""
    found = park_returns.accounts(HAND, value_added_ratio=0.5, output_prices=RISE, input_prices={})
    now = found.years.row(1, named=True)
    assert (now["output_cny"], now["inputs_cny"], now["value_added_cny"]) == (154.0, 88.0, 66.0)
    assert now["estimated"] == pytest.approx(11 / 66)
    assert now["invested_cny"] == 40.0
    assert now["output_per_invested"] == pytest.approx(154 / 40)
    assert now["value_added_per_job"] == pytest.approx(66 / 4)
    assert now["output_per_mu"] == pytest.approx(154 / 10)
    assert found.single["real"].to_list() == pytest.approx([110.0, 140.0])
    assert found.single["volume_growth"][1] == pytest.approx(140 / 110 - 1)


def test_inputs_that_rise_less_leave_more_volume():
    same = park_returns.accounts(HAND, value_added_ratio=0.5, output_prices=RISE, input_prices={})
    other = park_returns.accounts(HAND, value_added_ratio=0.5, output_prices=RISE, input_prices={2023: 0.0})
    assert same.double["real"][1] == pytest.approx(66 / 1.1)
    assert other.double["real"][1] == pytest.approx(154 / 1.1 - 88)


def test_firms_enter_and_leave_and_their_points_add_up():
    found = park_returns.accounts(HAND, value_added_ratio=0.5, output_prices=RISE, input_prices={}).contributions
    assert dict(found.select("firm", "kind").iter_rows()) == {"A": "stayed", "B": "entered", "C": "left"}
    assert found["points"].sum() == pytest.approx(154 / 110 - 1)


def test_only_the_months_of_the_last_year_are_compared():
    more = pl.concat([HAND, returns(("A", "2022-02", 500.0, 300.0))])
    found = park_returns.accounts(more, value_added_ratio=0.5, output_prices=RISE, input_prices={})
    assert found.months == 1
    assert found.years["output_cny"].to_list() == [110.0, 154.0]


def test_cash_is_sales_less_inputs_wages_and_investment_by_month():
    found = park_returns.accounts(HAND, value_added_ratio=0.5, output_prices=RISE, input_prices={})
    assert found.flows["month"].to_list() == [dt.date(2022, 1, 31), dt.date(2023, 1, 31)]
    assert found.flows["flow_cny"].to_list() == pytest.approx([110 - 65 - 11 - 20, 154 - 77 - 15.4 - 20])
    assert found.present_value(0.0) == pytest.approx(found.flows["flow_cny"].sum())
    assert found.rates_of_return() == ()


def test_a_year_without_a_price_is_refused():
    with pytest.raises(CoverageError, match="2023"):
        park_returns.accounts(HAND, value_added_ratio=0.5, output_prices={}, input_prices={})


def test_producer_prices_of_2023_are_the_published_average():
    """Down 3.1% in January-November 2023, published on 9 December 2023; before that, nothing for the year."""
    found = price_growth(bundled().known(dt.date(2023, 12, 31)), 2023)
    assert (found.growth, found.how, found.months) == (-0.031, "average", 11)
    of_2022 = price_growth(bundled().known(dt.date(2023, 12, 31)), 2022)
    assert of_2022.how == "months"


def test_the_illustrative_panel_has_accounts_of_three_years():
    panel = firm_returns.read(data_folder() / "park_returns_illustrative.csv")
    known = bundled().known(dt.date(2023, 12, 31))
    prices = park_returns.prices(known, panel)
    found = park_returns.accounts(panel, value_added_ratio=0.367, output_prices=prices, input_prices={})
    assert found.years["year"].to_list() == [2021, 2022, 2023]
    assert found.single["real"][2] == pytest.approx(
        found.years["output_cny"][2] / (1 + prices[2022].growth) / (1 + prices[2023].growth)
    )

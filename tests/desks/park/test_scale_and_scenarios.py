"""The economy around a park, and arithmetic on published facts."""

import datetime as dt

import pytest

from analysis.desks.park.peers import peers
from analysis.desks.park.scale import scale
from analysis.desks.park.scenarios import scenarios
from tests.evidence import bundled

NOVEMBER = dt.date(2023, 11, 30)


@pytest.fixture(scope="module")
def known():
    return bundled().known(NOVEMBER)


def test_the_target_as_value_added_by_another_parks_ratio(known):
    """Yining park, January-August 2023: 13.35 of 36.37亿元; Kezhou's product of 2019: 159.05亿元."""
    found = scale(known, park="kezhou_jiangsu_park", economy="kezhou")
    assert found.ratio.ratio == pytest.approx(13.35 / 36.37)
    assert found.figure("gdp")["year"] == 2019
    assert found.share(725e6, "gdp") == pytest.approx(7.25 * 13.35 / 36.37 / 159.05)


def test_the_location_quotient_of_industry(known):
    """Kezhou 2003: 2.34 of 12.52亿元; Xinjiang 2005: 1,165 of 2,604亿元."""
    found = scale(known, park="kezhou_jiangsu_park", economy="kezhou").quotients
    second = found.row(1, named=True)
    assert second["sector"] == "secondary"
    assert second["quotient"] == pytest.approx((2.34 / 12.52) / (1165 / 2604), rel=1e-3)
    assert (second["year"], second["parent_year"]) == (2003, 2005)


def test_shift_share_adds_up_to_the_growth_of_the_region(known):
    """Xinjiang's three sectors grew from 112 to 814亿元 between 1985 and 1995, as its yearbook prints them."""
    found = scale(known, park="kezhou_jiangsu_park", economy="kezhou")
    assert found.shift_years == (1985, 1995)
    parts = found.shift.select("national", "mix", "competitive").sum_horizontal().to_list()
    assert parts == pytest.approx(found.shift["change"].to_list())
    assert found.shift["change"].sum() == pytest.approx(814e8 - 112e8)


def test_an_economy_of_which_nothing_is_known_has_an_empty_scale(known):
    found = scale(known, park="kezhou_jiangsu_park", economy="nowhere")
    assert found.figures.is_empty()
    assert found.quotients.is_empty()
    assert found.share(725e6, "gdp") is None


def test_the_order_at_the_pace_so_far_and_at_published_prices(known):
    """3,000 vehicles from 1 September to 8 November are 69 days; 868 million dollars for 67,400 cars."""
    found = scenarios(known, park="kezhou_jiangsu_park", port="irkeshtam", mode="road",
                      peers=peers(known, park="kezhou_jiangsu_park"))  # fmt: skip
    assert found.order.pace == pytest.approx(3000 / 69)
    assert found.order.days == pytest.approx(230)
    assert found.unit_values[0].usd == pytest.approx(868e6 / 67_400)


def test_a_port_that_is_shut_loses_its_newest_published_pace(known):
    """Over a million tonnes in January-October 2023 are 304 days."""
    found = scenarios(known, park="kezhou_jiangsu_park", port="irkeshtam", mode="road",
                      peers=peers(known, park="kezhou_jiangsu_park"))  # fmt: skip
    freight = found.shut[0]
    assert (freight.a_day, freight.relation) == (pytest.approx(1e6 / 304), "gt")


def test_the_average_firm_is_a_peers_where_the_park_published_none(known):
    """Aksu Textile City: 10.49亿元 in a quarter of 90 days, 122 firms."""
    found = scenarios(known, park="kezhou_jiangsu_park", port="irkeshtam", mode="road",
                      peers=peers(known, park="kezhou_jiangsu_park"))  # fmt: skip
    assert found.firms.of == "aksu_textile_city"
    assert found.firms.output_cny == pytest.approx(1.049e9 * 365.25 / 90 / 122)


def test_a_park_without_firms_in_the_register_has_no_order(known):
    found = scenarios(known, park="artux_industrial_park", port="", mode="road",
                      peers=peers(known, park="artux_industrial_park"))  # fmt: skip
    assert found.order is None
    assert found.shut == ()

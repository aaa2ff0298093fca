"""The corridor desk: CAREC's figures as printed, the pilot run by hand, and claims against the sums of the legs."""

import datetime as dt
import math

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError
from analysis.core.periods import Edition
from analysis.desks.corridor import corridor, known_legs, pilot_run
from analysis.methods.growth import Range, growth_by_levels
from analysis.pages.words.published_figures import DIRECTIONS, MEASURES, PARAMETERS, leg_words
from analysis.sources.published_figures import corridor_figures, ends
from tests.evidence import bundled

NOVEMBER_2023, END_OF_2025 = dt.date(2023, 11, 30), dt.date(2025, 12, 31)


@pytest.fixture(scope="module")
def of_2025():
    return corridor(bundled(), edition=Edition.of("2025-12"))


def figures(day=END_OF_2025):
    return corridor_figures(bundled().known(day))


def cpmm(leg, measure, mode="road", direction="both", day=END_OF_2025):
    own = figures(day).filter(
        (pl.col("corridor") == "CAREC CPMM national average")
        & (pl.col("leg") == leg)
        & (pl.col("measure") == measure)
        & (pl.col("mode") == mode)
        & (pl.col("direction") == direction)
    )
    return dict(zip(own["period_start"].dt.year().to_list(), own["value"].to_list(), strict=True))


def test_carecs_road_indicators_are_as_printed():
    """CAREC CPMM, annual reports of 2020 and 2022, road transport."""
    assert cpmm("all CAREC corridors", "time_hours") == {2019: 12.2, 2020: 15.1, 2021: 13.6, 2022: 9.9}
    assert cpmm("all CAREC corridors", "speed_with_delay_kmh") == {2021: 21.5, 2022: 23.4}
    assert cpmm("all CAREC corridors", "speed_without_delay_kmh") == {2021: 41.6, 2022: 42.0}


def test_carecs_kyrgyz_indicators_are_as_printed():
    """CAREC CPMM, Kyrgyz Republic, reports of 2020 and 2022 (table 3.9)."""
    country = "Kyrgyz Republic"
    hours = cpmm(country, "time_hours")
    assert {year: hours[year] for year in (2019, 2020, 2021, 2022)} == {2019: 1.6, 2020: 2.1, 2021: 3.7, 2022: 2.8}
    inbound = cpmm(country, "time_hours", direction="inbound")
    assert {year: inbound[year] for year in (2020, 2021, 2022)} == {2020: 2.4, 2021: 2.8, 2022: 3.2}
    assert cpmm(country, "speed_with_delay_kmh") == {2020: 26.9, 2021: 27.0, 2022: 26.5}
    assert cpmm(country, "transport_cost_usd_500km_20t") == {2019: 1122, 2020: 1346, 2021: 2194, 2022: 1888}


def test_services_are_as_printed():
    """Lanzhou 7 to 10 days, 5 saved; Langfang 6,000 km, 41 wagons, 12 days; Wuhan 10 days instead of 20, -30%."""
    lanzhou = figures().filter(pl.col("leg") == "Lanzhou-Kashgar-Irkeshtam-Osh-Tashkent", measure="time_hours")
    assert [ends(row["value"], row["value_as_published"]) for row in lanzhou.iter_rows(named=True)] == [(168, 240)]
    saved = figures().filter((pl.col("leg") == "against Horgos and Alashankou") & (pl.col("unit") == "hours"))
    assert saved["value"].to_list() == [5 * 24]
    langfang = figures().filter(pl.col("leg") == "Langfang-Kashgar-Irkeshtam-Osh-Tashkent")
    assert dict(langfang.select("measure", "value").iter_rows()) == {
        "distance_km": 6000, "time_hours": 12 * 24, "tonnes": 1000, "wagons": 41,
    }  # fmt: skip
    wuhan = figures().filter(pl.col("leg") == "Wuhan-Kashgar-Irkeshtam-Tashkent")
    of_wuhan = {(row["measure"], row["value"], row["status"]) for row in wuhan.iter_rows(named=True)}
    assert {("time_hours", 240, "valid"), ("cost_saved_share", 0.3, "valid")} <= of_wuhan
    assert ("time_hours_before", 480, "doubtful") in of_wuhan


def test_savings_of_the_pilot_road_and_of_the_railway_to_come_are_as_printed():
    """300 to 500 dollars a consignment (2018); the railway 900 km shorter (2025)."""
    dollars = figures().filter((pl.col("measure") == "cost_saved_usd") & (pl.col("leg") == "each consignment"))
    assert [ends(row["value"], row["value_as_published"]) for row in dollars.iter_rows(named=True)] == [(300, 500)]
    railway = figures().filter(pl.col("corridor") == "China-Kyrgyzstan-Uzbekistan railway")
    assert railway.filter(pl.col("measure") == "distance_saved_km")["value"].to_list() == [900]


def test_the_change_of_a_freight_index_and_its_percent_are_one_thing():
    """ERAI, September 2018: 2,783 dollars, 121 fewer than the month before: -4.17% (index1520.com, recomputed)."""
    now, before = Range.exact(2783), Range.exact(2783 + 121)
    assert 100 * growth_by_levels(now, before).value == pytest.approx(-4.17, abs=0.005)


def test_carecs_costs_are_as_printed():
    """Dollars at a border (TFI2), CAREC CPMM: Kyrgyz Republic, road, 2020 to 2022."""
    cost = cpmm("Kyrgyz Republic", "cost_usd")
    assert {year: cost[year] for year in (2020, 2021, 2022)} == {2020: 27, 2021: 23, 2022: 31}


def test_the_pilot_run_leaves_9_to_12_hours_unexplained():
    """920 km in 31 h, 1.5 and 2 h at borders, 50 to 60 km/h in motion: 27.5 h less 18.4 or 15.3 h of driving."""
    run = pilot_run(figures(NOVEMBER_2023))
    assert run.speed_with_stops == pytest.approx(29.677, abs=1e-3)
    assert run.speed_without_borders == pytest.approx(33.455, abs=1e-3)
    assert run.border_hours == (1.5, 2.0)
    assert run.unexplained == pytest.approx((9.1, 12.1667), abs=1e-3)
    assert pilot_run(figures(dt.date(2018, 1, 31))) is None


def test_the_run_of_the_pilot_lies_inside_its_leg():
    """The leg goes from CAREC's speed without stops (at most 52.55 km/h) to that with stops (at least 26.45 km/h)."""
    legs = {each.leg.leg: each.leg for each in known_legs(bundled().known(END_OF_2025))["irkeshtam"]}
    road = legs["kashgar_tashkent_by_irkeshtam"].hours
    assert road.quantile(0.1) == pytest.approx(920 / 52.55)
    assert road.quantile(0.9) == pytest.approx(920 / 26.45)
    assert road.quantile(0.1) < 27.5 < road.quantile(0.9)


def test_before_carec_published_no_way_has_hours():
    """The page of November 2023 knows the pilot run, the plans and the lengths of the ways, and adds up no hours."""
    page = corridor(bundled(), edition=Edition.of("2023-11"))
    assert page.known_ways == ()
    assert page.fastest is None
    assert page.deciding.is_empty()
    verdicts = {(saving.measure, saving.verdict) for saving in page.savings}
    assert {verdict for measure, verdict in verdicts if measure != "distance_saved_km"} == {"unknown"}
    # 1,167 - 920 km outside China, 5,500 - (5,219 + 920) km in all: as later, when the hours are known, too.
    saved = {each.value: (each.median, each.verdict) for each in page.savings if each.measure == "distance_saved_km"}
    assert saved == {295.0: (247.0, "fits"), 500.0: (-639.0, "contradicted")}


def test_hours_of_a_way_are_the_sum_of_its_legs(of_2025):
    """The mean of a sum of log-normals is the sum of exp(m + s^2 / 2)."""
    way = of_2025.way("irkeshtam")
    mean = sum(each.leg.hours.median * math.exp(each.leg.hours.spread**2 / 2) for each in way.legs)
    assert way.hours.mean == pytest.approx(mean, rel=0.02)
    assert np.allclose(way.journey.total, sum(way.journey.hours.values()))


def test_trains_in_china_are_fast_or_slow_on_every_way(of_2025):
    ours, theirs = (of_2025.way(route).journey.hours for route in ("irkeshtam", "horgos"))
    assert np.allclose(ours["lianyungang_kashgar"] / theirs["lianyungang_horgos"], 5219 / 4333)


def test_probabilities_of_being_fastest_add_up_and_trade_off(of_2025):
    assert sum(of_2025.fastest.best.values()) == pytest.approx(1)
    assert of_2025.deciding["share"].sum() == pytest.approx(1, abs=0.02)
    assert of_2025.rival in ("horgos", "alashankou")
    assert of_2025.way("horgos").border_share > of_2025.way("irkeshtam").border_share


def test_dollars_a_tonne_exceed_the_whole_carriage_and_those_a_shipment_are_not_excluded(of_2025):
    """CAREC: 1,122 to 2,194 dollars for 20 t over 500 km, so 920 km cost 103 to 202 dollars a tonne in all."""
    verdicts = {(saving.measure, saving.verdict) for saving in of_2025.savings if "usd" in saving.measure}
    assert verdicts == {("cost_saved_usd", "dearer"), ("cost_saved_usd_per_tonne", "more_than_all")}
    tonne = next(each for each in of_2025.savings if each.measure == "cost_saved_usd_per_tonne")
    assert tonne.doubtful
    assert tonne.lower == pytest.approx(1122 * 920 / 500 / 20, rel=0.02)
    assert tonne.upper == pytest.approx(2194 * 920 / 500 / 20, rel=0.02)


def test_distances_saved_by_hand(of_2025):
    """Outside China 1,167 - 920 km; in all 5,500 - (5,219 + 920) km: the way by Irkeshtam is the longer one."""
    saved = {each.value: (each.median, each.verdict) for each in of_2025.savings if each.measure == "distance_saved_km"}
    assert saved == {295.0: (247.0, "fits"), 500.0: (-639.0, "contradicted")}


def test_a_way_of_ones_own_stands_beside_the_others():
    own = pl.DataFrame(
        {"leg": ["Urumqi to Horgos", "Horgos", "Horgos to Tashkent"], "kind": ["run", "border", "run"],
         "hours_low": [10.0, 5.0, 30.0], "hours_high": [14.0, 50.0, 40.0], "distance_km": [660.0, None, 1200.0]}
    )  # fmt: skip
    page = corridor(bundled(), edition=Edition.of("2025-12"), own_legs=own)
    assert page.way("own").distance_km == 1860
    assert page.way("own").hours is not None
    assert "own" in page.fastest.best


def test_an_unknown_way_is_refused(of_2025):
    with pytest.raises(CoverageError, match="irkeshtam"):
        of_2025.way("khunjerab")


def test_every_figure_of_the_registers_has_words_in_both_languages(of_2025):
    ways, gates = bundled().registers["corridors"], bundled().registers["clearance"]
    assert set(ways["measure"]) <= set(MEASURES)
    assert set(ways["direction"]) <= set(DIRECTIONS)
    assert set(gates["parameter"]) <= set(PARAMETERS)
    shown = [*of_2025.whole["leg"], *of_2025.volumes["leg"], *of_2025.railway["leg"], *(s.leg for s in of_2025.savings)]
    chinese = [leg_words(leg).zh.replace("Shenzhen", "") for leg in shown]
    assert [words for words in chinese if any(sign.isascii() and sign.isalpha() for sign in words)] == []

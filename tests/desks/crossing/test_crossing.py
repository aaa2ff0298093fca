"""The crossing desk: what Irkeshtam clears by its published figures, verdicts on promises, and what is refused."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import CoverageError
from analysis.core.periods import Edition
from analysis.core.reasons import Reason
from analysis.desks.crossing import Figure, Gate, crossing
from analysis.desks.crossing.claims import claims
from analysis.desks.crossing.gate import figures_of, gate
from analysis.desks.crossing.measured import beside_model, border_of_ways, measured
from analysis.desks.crossing.traffic import (
    Traffic,
    figures_a_day,
    first_month_above,
    published_days,
    tonnes_per_vehicle,
)
from analysis.desks.crossing.waiting import what_ifs
from analysis.sources.published_figures import clearance_figures, corridor_figures, ends
from tests.evidence import bundled

NOVEMBER_2023, END_OF_2025 = dt.date(2023, 11, 30), dt.date(2025, 12, 31)


def figure(value, low=None, high=None):
    return Figure(value, low or value, high or value, dt.date(2023, 1, 1), "x")


def known_gate(day, place="irkeshtam"):
    known = bundled().known(day)
    return gate(known, figures_of(known, clearance_figures(known), place), place)


def days_of(place, day):
    return published_days(bundled().known(day), place)


def test_two_scanners_of_three_minutes_clear_960_trucks_in_24_hours():
    """2 x 24 x 60 / 3; the first 22 hours of clearance day and night brought 966, 43.9 an hour."""
    two = Gate(figure(2.0), figure(3.0, 2.5, 3.5), figure(17.5), figure(24.0))
    assert two.capacity() == 960
    assert two.capacity(end="low") == 1152
    assert two.capacity(lanes=1) == 1440
    assert two.minutes_allowed(450, hours=12) == pytest.approx(3.2)
    first_night = days_of("irkeshtam", END_OF_2025)
    assert first_night["a_day"].max() >= 1243
    assert pytest.approx(43.9, abs=0.01) == 966 / 22
    assert two.capacity() / 24 < 966 / 22


def test_the_minutes_count_from_the_day_of_their_publication():
    """China Daily printed "only 3 minutes" on 30 December 2023: the page of November knows the scanners alone."""
    before, after = known_gate(NOVEMBER_2023), known_gate(END_OF_2025)
    assert before.lanes.value == after.lanes.value == 2
    assert before.minutes is None
    assert before.hours.value == 12
    assert before.capacity() is None
    assert (after.minutes.value, after.minutes.low, after.minutes.high) == (3, 2.5, 3.5)
    assert after.by_hand.value == 17.5
    assert after.hours.value == 24


def test_lanes_of_the_post_across_are_called_so():
    found = known_gate(END_OF_2025, "torugart")
    assert found.across
    assert found.lanes.value == 6
    assert found.hours.value == 14  # a truck passes while both sides are open
    assert not known_gate(END_OF_2025).across


def test_what_would_change_the_gate_of_november_2023():
    found = {case.name: case for case in what_ifs(known_gate(NOVEMBER_2023), 450)}
    allowed = {name: round(case.minutes_allowed, 6) for name, case in found.items()}
    assert allowed == {"today": 3.2, "third_lane": 4.8, "day_and_night": 6.4, "both": 9.6}
    assert all(case.capacity is None and case.waiting is None for case in found.values())


def test_by_hand_the_queue_grows():
    """2 lanes, 24 hours, 17.5 minutes: 164.6 a day against 700."""
    by_hand = what_ifs(known_gate(END_OF_2025), 700)[-1]
    assert by_hand.name == "by_hand"
    assert by_hand.growth == pytest.approx(700 - 2 * 24 * 60 / 17.5)
    assert by_hand.to_rail == pytest.approx(1 - 0.8 * 164.571428 / 700)


def test_more_lanes_and_hours_never_lengthen_the_wait():
    cases = {case.name: case for case in what_ifs(Gate(figure(2.0), figure(3.0), None, figure(14.0)), 450)}
    assert cases["third_lane"].waiting[1] < cases["today"].waiting[1]
    assert cases["both"].waiting[1] < cases["day_and_night"].waiting[1] < cases["today"].waiting[1]
    assert cases["today"].waiting[0] <= cases["today"].waiting[1]


def test_the_peak_of_june_2025_was_a_fifth_above_what_came_before():
    """966 in the first 22 hours, 43.9 an hour; 1,243 on the peak day, 20.7% above: 1,029.8 before."""
    days = days_of("irkeshtam", END_OF_2025).filter(pl.col("statement_id") == "3875c4ba09")
    assert days["a_day"].to_list() == [1243]
    assert pytest.approx(1029.8, abs=0.05) == 1243 / 1.207
    note = bundled().statements.row(by_predicate=pl.col("statement_id") == "3875c4ba09", named=True)["note"]
    assert note.startswith("20.7%")


def test_torugart_clears_less_than_its_nominal_capacity():
    """The Kyrgyz side, December 2023: six vehicles at once; the queue before the electronic one was up to 25 km."""
    known = bundled().known(dt.date(2026, 3, 31))
    own = clearance_figures(known).filter(pl.col("port") == "torugart")
    values = dict(own.select("parameter", "value").iter_rows())
    assert (values["vehicles_controlled_at_once"], values["queue_km"]) == (6, 25)


def test_promises_for_horgos_and_their_outcome():
    """750 from July, 1,000 in September 2025 were promised; 650 were admitted in November 2025."""
    known = bundled().known(END_OF_2025)
    figures = figures_of(known, clearance_figures(known), "horgos")
    found = claims(figures, published_days(known, "horgos"))
    promised = found.filter((pl.col("kind") == "promise") & (pl.col("port") == "nur_zholy"))
    assert promised["value"].to_list() == [750, 1000]
    assert promised["passed"].to_list() == [650, 650]
    assert promised["verdict"].to_list() == ["not_kept", "not_kept"]


def test_a_capacity_that_is_exceeded_is_no_limit():
    """The post across was said to clear 100 trucks a day while more than 300 passed (July 2023)."""
    known = bundled().known(NOVEMBER_2023)
    found = claims(figures_of(known, clearance_figures(known), "irkeshtam"), published_days(known, "irkeshtam"))
    row = found.filter(pl.col("parameter") == "checkpoint_capacity_trucks_per_day").row(0, named=True)
    assert (row["value"], row["passed"], row["verdict"]) == (100, 300, "exceeded")


def test_tonnes_by_vehicle_of_2024():
    """930,200 t and 84,523 vehicles, both January to July 2024 (Wuqia county): 11.0 tonnes."""
    last = tonnes_per_vehicle(bundled().known(END_OF_2025), "irkeshtam").row(-1, named=True)
    assert last["ratio"] == pytest.approx(930_200 / 84_523)
    assert last["low"] < last["ratio"] < last["high"]


def test_measured_times_of_torugart():
    """CAREC, 2020 to 2022, out of Kyrgyzstan."""
    known = bundled().known(END_OF_2025)
    hours = measured(corridor_figures(known), "Torugart").filter(pl.col("measure") == "time_hours")
    assert hours["value"].to_list() == [2.4, 25.8, 50.1]
    found = beside_model(hours, known_gate(END_OF_2025, "torugart"), Reason("no_vehicles", day="2025-12-31"), seed=1)
    assert found["reason"].to_list() == ["minutes_not_published"] * 3
    of_2023 = beside_model(hours, known_gate(END_OF_2025), Reason("no_vehicles", day="2025-12-31"), seed=1)
    assert {Reason.read(each).code for each in of_2023["reason"]} == {"gate_of_later_year"}


def test_the_model_speaks_where_gate_and_traffic_are_known():
    months = tuple(dt.date(2024, month, 1) for month in range(1, 13))
    draws = pl.DataFrame({str(month): [380.0, 400.0, 420.0] * 50 for month in months}).to_numpy()
    traffic = Traffic(months, draws, ("x",), dt.date(2024, 12, 1))
    times = pl.DataFrame(
        {
            "measure": ["time_hours"],
            "year": [2024],
            "leg": ["A"],
            "direction": ["both"],
            "value": [9.0],
            "statement_id": ["x"],
        },
        schema_overrides={"year": pl.Int64},
    )
    two = Gate(figure(2.0), figure(3.0, 2.5, 3.5), None, figure(14.0))
    row = beside_model(times, two, traffic, seed=1).row(0, named=True)
    assert row["lower"] < row["median"] < row["upper"] < 9
    assert row["inside"] is False


def test_the_first_full_month_is_the_first_at_even_chance():
    months = tuple(dt.date(2024, month, 1) for month in (10, 11, 12))
    draws = pl.DataFrame([[100, 500, 500], [100, 100, 500], [100, 500, 500]], orient="row").to_numpy().astype(float)
    chances = Traffic(months, draws, (), months[0]).above(400)
    assert chances["probability"].to_list() == pytest.approx([0, 2 / 3, 1])
    assert first_month_above(chances) == dt.date(2024, 11, 1)
    assert first_month_above(chances.filter(pl.col("probability") < 0.5)) is None


@pytest.mark.parametrize(
    "value,printed,expected",
    [
        (17.5, "15 to 20 minutes", (15, 20)),
        (204.0, "7到10天", (168, 240)),
        (400.0, "from $300 to $500", (300, 500)),
        (240.0, "10 days", (228, 252)),
        (168.0, "seven days", (156, 180)),
        (480.0, "20天左右", (456, 504)),
        (0.8, "0.8", (0.75, 0.85)),
    ],
)
def test_the_ends_of_what_is_printed(value, printed, expected):
    assert ends(value, printed) == pytest.approx(expected)


def test_torugart_in_november_2023_says_what_is_not_known():
    page = crossing(bundled(), place="torugart", edition=Edition.of("2023-11"))
    assert page.traffic == Reason("no_vehicles", day=NOVEMBER_2023)
    assert page.capacity is None
    assert page.wait is None
    assert page.what_ifs == ()


def test_a_gate_of_which_nothing_was_published_is_refused():
    with pytest.raises(CoverageError, match="atlantis"):
        crossing(bundled(), place="atlantis", edition=Edition.of("2023-11"))


def test_months_before_the_edition_have_their_chances_too():
    months = tuple(dt.date(2024, month, 1) for month in (10, 11, 12))
    draws = pl.DataFrame([[500, 500, 100], [500, 100, 100]], orient="row").to_numpy().astype(float)
    traffic = Traffic(months, draws, (), months[2])
    before = traffic.above_before(400)
    assert before["time_period"].to_list() == list(months[:2])
    assert before["probability"].to_list() == pytest.approx([1, 0.5])
    assert traffic.above(400)["time_period"].to_list() == [months[2]]


def test_figures_a_day_keep_direction_kind_and_doubt():
    """Torugart by November 2023: 12,200 vehicles of 2002 over 365 days, 7 lorries one way, 160 a doubtful capacity."""
    found = figures_a_day(bundled().known(NOVEMBER_2023), "torugart")
    assert found["a_day"].to_list() == pytest.approx([12_200 / 365, 7, 160])
    assert found["flow"].to_list() == ["total", "inbound", "total"]
    assert found["status"].to_list() == ["valid", "valid", "doubtful"]


def test_the_border_of_the_ways_is_the_slowest_of_the_gate():
    known = bundled().known(END_OF_2025)
    assert border_of_ways(known, "irkeshtam").leg.leg == "irkeshtam_chinese_side"
    assert border_of_ways(known, "karasu") is None

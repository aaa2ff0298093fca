"""Sums of legs, reliability and ranking: closed forms, published indices, hand examples."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CoverageError, EvidenceError, ParameterError
from analysis.core.sampling import Sampling
from analysis.methods.routes import (
    Leg,
    LogNormal,
    deciding_legs,
    journey,
    rank,
    read_legs,
    reliability,
    with_shared_spread,
)

MANY = Sampling(draws=200_000, seed=3)


def leg(name, low, high, kind="run", **more):
    return Leg(name, kind, LogNormal.through(low, high), **more)


def test_planning_time_of_ten_journeys():
    """Ten journeys, free flow 28 hours; percentiles by linear interpolation: closed form."""
    found = reliability(np.array([30, 31, 32, 33, 34, 36, 38, 40, 44, 62]))
    assert found.mean == 38
    assert found.p95 == pytest.approx(53.9, abs=1e-9)
    assert found.buffer_index == pytest.approx(0.4184210526, abs=1e-9)
    assert found.planning_time_index(28) == pytest.approx(1.925, abs=1e-9)


def test_a_buffer_index_of_40_percent_adds_8_minutes_to_20():
    """The worked example of the Ohio-Kentucky-Indiana council's page on travel time reliability."""
    found = reliability(np.array([20.0]))
    assert found.buffer == 0
    twenty = type(found)(mean=20, median=20, p10=20, p90=20, p95=28, buffer_index=0.4)
    assert twenty.buffer == 8


@given(st.floats(0.1, 1e3), st.floats(1, 5))
def test_a_distribution_goes_through_its_ends(low, ratio):
    found = LogNormal.through(low, low * ratio)
    assert found.quantile(0.1) == pytest.approx(low)
    assert found.quantile(0.9) == pytest.approx(low * ratio)
    assert found.median == pytest.approx(low * math.sqrt(ratio))


def test_moments_of_a_sum_are_those_of_its_legs():
    """Mean and variance of independent log-normals add up: exp(m + s^2/2), (exp(s^2) - 1) mean^2."""
    legs = [leg("a", 10, 20), leg("b", 1, 4, "border"), leg("c", 100, 130)]
    total = journey(legs, MANY).total
    mean = sum(each.hours.median * math.exp(each.hours.spread**2 / 2) for each in legs)
    variance = sum(
        (math.exp(each.hours.spread**2) - 1) * (each.hours.median * math.exp(each.hours.spread**2 / 2)) ** 2
        for each in legs
    )
    assert total.mean() == pytest.approx(mean, rel=2e-3)
    assert total.var() == pytest.approx(variance, rel=2e-2)


def test_a_leg_in_common_has_the_same_draws_in_any_order_and_company():
    common, other = leg("common", 10, 20), leg("other", 5, 6)
    alone = journey([common], MANY).hours["common"]
    assert np.array_equal(alone, journey([other, common], MANY).hours["common"])


def test_border_share_and_an_hour_less():
    route = journey([leg("road", 30, 30), leg("gate", 2, 2, "border"), leg("post", 0.5, 0.5, "border")], MANY)
    assert route.border == pytest.approx(2.5)
    assert route.faster_by_an_hour("gate") == pytest.approx(31.5)
    assert route.faster_by_an_hour("post") == pytest.approx(32.0)


def test_the_cost_of_a_way_is_known_only_where_every_leg_has_one():
    priced = Leg("a", "run", LogNormal(10, 0.1), LogNormal(500, 0.0))
    assert journey([priced], MANY).cost == pytest.approx(500)
    assert journey([priced, leg("b", 1, 2)], MANY).cost is None


def test_ranking_of_two_normal_logs_is_a_closed_form():
    """P(A < B) = Phi((log b - log a) / sqrt(s_a^2 + s_b^2)) for medians a, b and spreads s."""
    one, other = LogNormal(10, 0.3), LogNormal(12, 0.4)
    found = rank({name: journey([Leg(name, "run", hours)], MANY).total for name, hours in (("a", one), ("b", other))})
    expected = 0.5 * (1 + math.erf(math.log(1.2) / 0.5 / math.sqrt(2)))
    assert found.best["a"] == pytest.approx(expected, abs=4e-3)
    assert found.beats["a", "b"] + found.beats["b", "a"] == pytest.approx(1)
    assert found.order == ("a", "b")


def test_routes_that_tie_share_the_first_place():
    found = rank({"a": np.array([1.0, 2.0]), "b": np.array([1.0, 3.0])})
    assert found.best == {"a": 0.75, "b": 0.25}


def test_the_leg_that_varies_most_decides_and_a_common_one_does_not():
    common = leg("common", 10, 100)
    one = journey([common, leg("gate", 5, 50, "border")], MANY)
    other = journey([common, leg("ferry", 15, 16)], MANY)
    found = deciding_legs(one, other)
    assert found["leg"].to_list() == ["gate", "ferry"]
    assert found["share"][0] > 0.99
    assert found["share"].sum() == pytest.approx(1)
    assert found["chance_at_low"][0] == 1
    assert found["chance_at_high"][0] == 0


def test_legs_with_the_same_driver_are_fast_or_slow_together():
    """Two runs of 1,000 and 900 km at one speed: what decides is the speed, over the 100 km between them."""
    long, short = (Leg(name, "run", LogNormal.through(km / 80, km / 20), driver="trains") for name, km in
                   (("long", 1000), ("short", 900)))  # fmt: skip
    one, other = journey([long, leg("gate", 1, 3, "border")], MANY), journey([short], MANY)
    assert np.allclose(one.hours["long"] / other.hours["short"], 1000 / 900)
    found = deciding_legs(one, other)
    assert found["leg"].to_list() == ["long", "gate"]
    assert found["share"].sum() == pytest.approx(1)
    assert np.all(one.total > other.total)


@given(st.permutations(["a", "b", "c"]))
def test_the_order_of_legs_changes_nothing(names):
    lengths = {"a": (1, 2), "b": (3, 7), "c": (10, 11)}
    few = Sampling(draws=50)
    straight = journey([leg(name, *lengths[name]) for name in lengths], few).total
    assert np.allclose(journey([leg(name, *lengths[name]) for name in names], few).total, straight)


def test_a_single_figure_has_the_spread_of_the_others():
    wide, wider = leg("a", 10, 20), leg("b", 10, 40)
    exact = Leg("c", "run", LogNormal.through(9.5, 10.5), single=True)
    found = with_shared_spread([wide, wider, exact])
    assert found[2].hours.spread == pytest.approx((wide.hours.spread + wider.hours.spread) / 2)
    assert found[:2] == (wide, wider)
    assert with_shared_spread([exact]) == (exact,)


def test_a_route_of_ones_own_is_a_table():
    table = pl.DataFrame(
        {"leg": ["road", "gate"], "kind": ["run", "border"], "hours_low": [20.0, 2.0], "hours_high": [30.0, 9.0],
         "usd_low": [800.0, None], "usd_high": [900.0, None]}
    )  # fmt: skip
    road, gate = read_legs(table)
    assert road.hours == LogNormal.through(20, 30)
    assert road.usd == LogNormal.through(800, 900)
    assert gate.usd is None
    assert gate.kind == "border"


def test_what_is_no_leg_is_refused():
    with pytest.raises(ParameterError, match="above zero"):
        LogNormal.through(0, 3)
    with pytest.raises(ParameterError, match="run, transfer, border"):
        Leg("a", "ferry", LogNormal(1, 0))
    with pytest.raises(CoverageError, match="hours_high"):
        read_legs(pl.DataFrame({"leg": ["a"], "kind": ["run"], "hours_low": [1.0]}))
    with pytest.raises(EvidenceError, match="the hours of a"):
        journey([Leg("a", "run", None)], MANY)
    with pytest.raises(EvidenceError, match="any leg"):
        journey([], MANY)
    with pytest.raises(CoverageError, match="no route"):
        rank({})
    with pytest.raises(ParameterError, match="no times"):
        reliability(np.array([]))
    with pytest.raises(ParameterError, match="free-flow"):
        reliability(np.array([1.0])).planning_time_index(0)

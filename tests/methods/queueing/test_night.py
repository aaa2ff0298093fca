"""A gate that closes at night, and backlogs without chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.errors import EvidenceError, ParameterError
from analysis.methods.queueing import Station, daily_cycle, fluid_queue, hours_to_clear, steady_state


def test_a_gate_that_never_closes_has_no_night():
    station = Station(service_time=0.05, servers=2)
    cycle = daily_cycle(800, station, open_hours=24)
    assert cycle.waiting == steady_state(800 / 24, station).waiting
    assert cycle.queue_at_closing == cycle.queue_at_opening


def test_without_chance_the_queue_is_the_triangle_of_the_night():
    """Many small trucks make chance small: 24,000 a day, 100 lanes of 3 minutes, 14 hours.

    The night brings 10,000, the day works them off at 2,000 - 1,000 an hour: the mean number waiting is the area of
    triangles of 10 and 10 hours, (10 x 10,000 / 2 + 10 x 10,000 / 2) / 24, their wait that by 1,000 an hour.
    """
    cycle = daily_cycle(24_000, Station(service_time=0.05, servers=100, scatter=0), open_hours=14)
    assert cycle.queue == pytest.approx(100_000 / 24, rel=0.002)
    assert cycle.waiting == pytest.approx(100 / 24, rel=0.002)
    assert cycle.queue_at_opening == pytest.approx(10_000, rel=0.002)


def test_the_queue_of_a_night_is_that_of_hours_without_capacity():
    """The fluid of the same day, hour by hour, repeats itself from closing to closing."""
    queue = fluid_queue([20.0] * 48, ([0.0] * 10 + [40.0] * 14) * 2)
    assert queue[9] == 200
    assert queue[23] == 0
    assert queue[33] == 200
    assert queue[19] == 0


@settings(max_examples=20)
@given(st.floats(0.2, 0.97), st.integers(1, 4), st.floats(8, 23))
def test_longer_hours_and_more_lanes_never_lengthen_the_wait(utilisation, servers, hours):
    station = Station(service_time=0.05, servers=servers)
    arrivals = utilisation * station.capacity_of_day(hours)
    waiting = daily_cycle(arrivals, station, open_hours=hours).waiting
    assert daily_cycle(arrivals, station, open_hours=hours + 1).waiting <= waiting * 1.001
    wider = Station(service_time=0.05, servers=servers + 1)
    assert daily_cycle(arrivals, wider, open_hours=hours).waiting <= waiting * 1.001


def test_near_its_capacity_trucks_stay_overnight():
    station = Station(service_time=0.05, servers=2)
    calm, full = (daily_cycle(trucks, station, open_hours=14) for trucks in (400, 555))
    assert calm.queue_at_closing < 1
    assert full.queue_at_closing > 50


def test_more_than_a_day_can_serve_is_refused():
    with pytest.raises(EvidenceError, match="560 can be served"):
        daily_cycle(560, Station(service_time=0.05, servers=2), open_hours=14)


@pytest.mark.parametrize("hours", [0, 25, -1])
def test_hours_that_no_day_has_are_refused(hours):
    with pytest.raises(ParameterError, match="at most 24"):
        daily_cycle(10, Station(service_time=0.05), open_hours=hours)


def test_a_backlog_of_1250_trucks_lasts_250_hours():
    """Closed form: B / (mu - lambda) with 15 cleared and 10 coming an hour."""
    assert hours_to_clear(1250, capacity=15, arrivals=10) == 250
    assert hours_to_clear(1250, capacity=10, arrivals=10) is None
    assert hours_to_clear(0, capacity=0, arrivals=10) == 0


def test_a_backlog_below_zero_is_refused():
    with pytest.raises(ParameterError, match="zero or more"):
        hours_to_clear(-1, capacity=15, arrivals=10)


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=1, max_size=30), st.floats(0, 100))
def test_a_fluid_queue_is_lindleys_recursion(periods, backlog):
    arrivals, capacity = zip(*periods, strict=True)
    queue, expected = backlog, []
    for come, served in periods:
        queue = max(0.0, queue + come - served)
        expected.append(queue)
    assert np.allclose(fluid_queue(arrivals, capacity, backlog=backlog), expected, atol=1e-9)


def test_periods_of_two_lengths_are_refused():
    with pytest.raises(ParameterError, match="same periods"):
        fluid_queue([1.0], [1.0, 2.0])

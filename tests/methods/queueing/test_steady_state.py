"""Waiting times by formula, against textbooks, the documentation of Ciw, and closed forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import EvidenceError, ParameterError
from analysis.methods.queueing import Station, priority_waits, stages, steady_state
from analysis.methods.queueing.steady_state import delay_probability

EXACT = 1e-9


@pytest.mark.parametrize(
    "servers,delayed,waiting,queue",
    [(3, 0.4444444444, 4.4444444444, 0.8888888889), (4, 0.1739130435, 0.8695652174, 0.1739130435)],
)
def test_three_and_four_lanes_of_the_ciw_tutorial(servers, delayed, waiting, queue):
    """Arrivals 0.2 and services 0.1 a minute (Ciw, tutorial "Getting started", part 4); exact values by Erlang C."""
    state = steady_state(0.2, Station(service_time=10, servers=servers))
    assert state.delay_probability == pytest.approx(delayed, abs=EXACT)
    assert state.waiting == pytest.approx(waiting, abs=EXACT)
    assert state.queue == pytest.approx(queue, abs=EXACT)


def test_one_lane_of_the_ciw_documentation():
    """M/M/1 at 5 and 8 (Ciw, "Simulation practice"): rho / (mu - lambda) = 0.2083; its 25 runs came to 0.2013."""
    waiting = steady_state(5, Station(service_time=1 / 8)).waiting
    assert waiting == pytest.approx(0.2083333333, abs=EXACT)
    assert waiting == pytest.approx(0.201313, abs=0.02)


def test_one_lane_of_a_textbook_at_89_percent():
    """One server, 49 and 55 an hour; printed are 0.8909, 7.2758 and 0.1485: rho^2 / (1 - rho), rho / (mu - lambda)."""
    state = steady_state(49, Station(service_time=1 / 55))
    assert state.utilisation == pytest.approx(0.8909090909, abs=EXACT)
    assert state.queue == pytest.approx(7.2757575758, abs=EXACT)
    assert state.waiting == pytest.approx(0.1484848485, abs=EXACT)


def test_two_lanes_of_the_manual_of_r_queueing():
    """Inputs of its example 10.9 (5 and 10, two servers); the wait of those who wait is s / (c (1 - rho))."""
    state = steady_state(5, Station(service_time=0.1, servers=2))
    assert state.delay_probability == pytest.approx(0.1, abs=EXACT)
    assert state.waiting == pytest.approx(0.0066666667, abs=EXACT)
    assert state.waiting / state.delay_probability == pytest.approx(0.0666666667, abs=EXACT)


def test_two_lanes_of_a_textbook():
    """Two servers at three quarters of their capacity, 3 and 2 an hour: 1.93 wait, for about 39 minutes."""
    state = steady_state(3, Station(service_time=0.5, servers=2))
    assert state.queue == pytest.approx(1.9285714286, abs=EXACT)
    assert 60 * state.waiting == pytest.approx(38.5714285714, abs=1e-8)
    assert state.delay_probability == pytest.approx(0.6428571429, abs=EXACT)


@pytest.mark.parametrize("scatter,waiting", [(0, 2.0), (0.5, 3.0), (1, 4.0), (2, 6.0)])
def test_one_lane_of_any_scatter_is_pollaczek_and_khinchines(scatter, waiting):
    """rho (1 + v) / (2 (1 - rho)) with rho 0.8 and a service of 1."""
    assert steady_state(0.8, Station(service_time=1, scatter=scatter)).waiting == pytest.approx(waiting, abs=EXACT)


@pytest.mark.parametrize("servers,minutes,busy", [(3, 9.5700934579, 0.8888888889), (4, 1.1352549889, 0.6666666667)])
def test_a_fourth_scanner_shortens_the_wait_eightfold(servers, minutes, busy):
    """40 trucks an hour, 15 an hour a scanner: closed form."""
    state = steady_state(40, Station(service_time=1 / 15, servers=servers))
    assert 60 * state.waiting == pytest.approx(minutes, abs=1e-8)
    assert state.utilisation == pytest.approx(busy, abs=EXACT)


def test_two_scanners_for_forty_trucks_have_no_steady_state():
    with pytest.raises(EvidenceError, match="grows without end"):
        steady_state(40, Station(service_time=1 / 15, servers=2))


def test_who_is_served_first_waits_a_fifth_of_the_others():
    """Two classes, 0.2 and 0.6, service 1 (Ciw, tests of its priority classes): 2 and 6 in the system."""
    waits = priority_waits([0.2, 0.6], Station(service_time=1))
    assert waits == pytest.approx((1.0, 5.0), abs=EXACT)
    assert [wait + 1 for wait in waits] == pytest.approx([2.0, 6.0], abs=EXACT)


@given(st.floats(0.05, 0.9), st.floats(0.05, 0.9), st.integers(1, 6), st.floats(0, 2))
def test_priority_moves_waiting_from_one_class_to_another_and_saves_none(first, second, servers, scatter):
    """Kleinrock's conservation law: the wait, weighted by the arrivals, is that of one class."""
    total = first + second
    station = Station(service_time=0.9 * servers / total, servers=servers, scatter=scatter)
    waits = priority_waits([first, second], station)
    together = steady_state(total, station).waiting
    assert (first * waits[0] + second * waits[1]) / total == pytest.approx(together)
    assert waits[0] <= together <= waits[1]


def _cut_off(arrivals, service_rate, servers, places):
    """Return queue, number inside, time inside and share turned away of a queue with an end, from Erlang C.

    Beyond the servers the numbers inside fall off by the utilisation; where there are so many places and no more, the
    same numbers share what is left of the probability.
    """
    load, busy = arrivals / service_rate, arrivals / service_rate / servers
    delayed = delay_probability(load, servers)
    kept = 1 - delayed * busy ** (places - servers + 1)
    waiting = [delayed * (1 - busy) * busy**more / kept for more in range(places - servers + 1)]
    queue, blocked = sum(more * share for more, share in enumerate(waiting)), waiting[-1]
    inside = queue + load * (1 - blocked)
    return queue, inside, inside / (arrivals * (1 - blocked)), blocked


def test_a_queue_with_four_places_for_two_lanes():
    """M/M/2/4, three a minute, half a minute each (a textbook question on tutorsglobe.com); values by closed form."""
    _, inside, time, blocked = _cut_off(3, 2, 2, 4)
    assert inside == pytest.approx(1.7274119448, abs=EXACT)
    assert time == pytest.approx(0.6573426573, abs=EXACT)
    assert blocked == pytest.approx(0.124042879, abs=EXACT)


def test_a_queue_with_twelve_places_for_five_lanes_of_the_manual_of_r_queueing():
    """Inputs of its example 10.11 (Sixto and others, 2004): 8 and 4, five servers, twelve places."""
    queue, inside, time, blocked = _cut_off(8, 4, 5, 12)
    assert inside == pytest.approx(2.0393460648, abs=EXACT)
    assert queue == pytest.approx(0.0394634473, abs=EXACT)
    assert blocked == pytest.approx(5.869125158e-05, abs=1e-12)
    assert time - 1 / 4 == pytest.approx(0.0049332205, abs=EXACT)


def test_lanes_without_a_place_to_wait_of_the_manual_of_r_queueing():
    """Inputs of its example 10.12: 3 and 0.25, fifteen servers and no place: Erlang B."""
    assert _cut_off(3, 0.25, 15, 15)[3] == pytest.approx(0.0857292495, abs=EXACT)


def test_shared_capacity_of_ciws_processor_sharing_is_that_of_three_lanes():
    """Ciw, test_processor_sharing.py: 10 come, each is served at 12 up to three at once, then they share."""
    share = [0.4321329639889196, 0.3601108033240997, 0.1500461680517082, 0.041679491125474505, 0.011577636423742918]
    busy = 10 / 36
    assert share[3] / (1 - busy) == pytest.approx(delay_probability(10 / 12, 3), abs=EXACT)
    assert share[4] == pytest.approx(delay_probability(10 / 12, 3) * (1 - busy) * busy, abs=EXACT)
    inside = steady_state(10, Station(service_time=1 / 12, servers=3)).queue + 10 / 12
    beyond = share[4] / (1 - busy)
    listed = sum(count * chance for count, chance in enumerate(share[:4]))
    assert inside == pytest.approx(listed + beyond * (4 + busy / (1 - busy)), abs=EXACT)


def test_exponential_stages_are_as_if_each_stood_alone():
    """Burke's theorem: what leaves M/M/c is again random."""
    first, second = Station(service_time=0.05, servers=2), Station(service_time=0.06, servers=2)
    assert stages(30, [first, second]) == (steady_state(30, first), steady_state(30, second))


def test_regular_services_before_a_stage_calm_it():
    even, second = Station(service_time=0.05, servers=2, scatter=0), Station(service_time=0.06, servers=2)
    assert stages(30, [even, second])[1].waiting < steady_state(30, second).waiting


@given(st.floats(0.1, 0.97), st.integers(1, 8), st.floats(0, 2))
def test_more_trucks_wait_longer_and_more_lanes_shorter(utilisation, servers, scatter):
    station = Station(service_time=0.1, servers=servers, scatter=scatter)
    arrivals = utilisation * station.capacity
    waiting = steady_state(arrivals, station).waiting
    assert waiting <= steady_state(arrivals * 1.02, station).waiting
    wider = Station(service_time=0.1, servers=servers + 1, scatter=scatter)
    assert steady_state(arrivals, wider).waiting <= waiting


@pytest.mark.parametrize(
    "wrong", [{"service_time": 0}, {"servers": 0}, {"scatter": -1}, {"service_time": float("inf")}]
)
def test_a_station_that_cannot_be_is_refused(wrong):
    with pytest.raises(ParameterError, match="Give"):
        Station(**({"service_time": 1.0} | wrong))


def test_no_arrivals_are_refused():
    with pytest.raises(ParameterError, match="above zero"):
        steady_state(0, Station(service_time=1))

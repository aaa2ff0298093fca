"""Work shared out over processes."""

import multiprocessing
import os
import signal
import threading
import time

import pytest

from analysis.runtime.processes import map_in_processes
from analysis.runtime.signals import hold_back_signals


def square(number):
    return number * number


def fall(_number):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(workers):
    assert list(map_in_processes(square, range(7), workers=workers)) == [0, 1, 4, 9, 16, 25, 36]


def test_a_worker_that_is_gone_is_named_instead_of_waited_for():
    with pytest.raises(ChildProcessError, match="ended before its work"):
        list(map_in_processes(fall, [1, 2], workers=2))


def test_workers_end_with_whoever_stops_reading():
    results = map_in_processes(square, range(1000), workers=2)
    assert next(results) == 0
    results.close()
    assert multiprocessing.active_children() == []


def test_an_interruption_waits_until_the_workers_are_started():
    end = threading.Event()
    takes_signals = threading.Thread(target=end.wait)
    takes_signals.start()
    started = []

    def start():
        with hold_back_signals():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)
            started.append(True)

    with pytest.raises(KeyboardInterrupt):
        start()
    end.set()
    assert started
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

"""Ctrl-C and SIGTERM: the command ends in the same way after both, and its worker processes ignore both."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def treat_termination_as_interruption() -> Iterator[None]:
    """Raise KeyboardInterrupt on SIGTERM too, so that worker processes and temporary files are cleaned up.

    Outside the main thread, where Python handles no signals, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


@contextmanager
def hold_back_signals() -> Iterator[None]:
    """Block Ctrl-C and SIGTERM while processes are started.

    The started processes inherit the block and never see the signals; this process handles them after the block.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    # Python starts its resource tracker with the first process and unblocks both signals then, so start it before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        with _postpone_signals(numbers):
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _postpone_signals(numbers: tuple[signal.Signals, ...]) -> Iterator[None]:
    """Handle signals after the block of a `with` statement.

    The mask of this thread is not enough: a thread of a library may receive the signal, and Python then runs the
    handler in this thread all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []
    previous = {number: signal.signal(number, lambda number, _: received.append(number)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        for postponed in received:
            signal.raise_signal(postponed)


def _interrupt(*_: object) -> None:
    """Raise what Ctrl-C raises."""
    raise KeyboardInterrupt

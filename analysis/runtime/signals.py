"""Ctrl-C and SIGTERM: the command answers both alike, and its workers neither."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def treat_termination_as_interruption() -> Iterator[None]:
    """Let SIGTERM end what runs as Ctrl-C does, so that workers and temporary files go with it.

    Outside the main thread, where Python takes no signals, nothing changes.
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
    """Keep Ctrl-C and SIGTERM from processes started meanwhile, which inherit it for good; this one gets them after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    # The first process that is started brings this one along, which lets both signals through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        with _kept_for_later(numbers):
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _kept_for_later(numbers: tuple[signal.Signals, ...]) -> Iterator[None]:
    """Answer signals at the end: a library's thread may take what this thread blocks, and Python then answers here."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    previous = {number: signal.signal(number, lambda found, _: came.append(found)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        for late in came:
            signal.raise_signal(late)


def _interrupt(*_: object) -> None:
    """Raise what Ctrl-C raises."""
    raise KeyboardInterrupt

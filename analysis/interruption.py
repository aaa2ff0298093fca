"""Ctrl-C and SIGTERM: the command answers both alike, and its workers neither."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def termination_as_interruption() -> Iterator[None]:
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
def signals_held_back() -> Iterator[None]:
    """Keep Ctrl-C and SIGTERM from processes started meanwhile; they inherit it for good."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _interrupt(*_: object) -> None:
    """Raise what Ctrl-C raises."""
    raise KeyboardInterrupt

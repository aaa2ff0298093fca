"""Locks between processes: held by one at a time, and let go by the system when it ends, however it ends."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def hold_lock(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock of a file, which is made if it is missing and stays.

    Raises
    ------
    BlockingIOError
        If another process holds it and `wait` is false.
    OSError
        If the file cannot be made.
    """
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(number, wait=wait)
        yield
    finally:
        os.close(number)


def _lock(number: int, *, wait: bool) -> None:
    """Lock an open file."""
    if fcntl is not None:
        fcntl.flock(number, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    import msvcrt  # type: ignore[unreachable]

    try:
        msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    except OSError as problem:
        raise BlockingIOError(str(problem)) from problem

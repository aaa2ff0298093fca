"""Locks between processes: one process has a lock at a time, and the system frees it when that process ends."""

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
    """Lock a file for the block of a `with` statement; the file is created if it is missing, and stays.

    Parameters
    ----------
    path
        The file whose lock is taken; its content does not matter.
    wait
        Wait while another process has the lock, instead of raising an error.

    Raises
    ------
    BlockingIOError
        If another process has the lock and `wait` is false.
    OSError
        If the file cannot be created.
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

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
def hold_lock(path: Path, *, wait: bool, keep: bool = True) -> Iterator[None]:
    """Lock a file for the block of a `with` statement; the file is created if it is missing.

    Parameters
    ----------
    path
        The file whose lock is taken; its content does not matter.
    wait
        Wait while another process has the lock, instead of raising an error.
    keep
        Leave the file where it is. Without it the file is removed at the end, as beside a user's own file.

    Raises
    ------
    BlockingIOError
        If another process has the lock and `wait` is false.
    OSError
        If the file cannot be created.
    """
    number = _open_locked(path, wait=wait)
    try:
        yield
    finally:
        if not keep:
            with contextlib.suppress(OSError):
                path.unlink()  # while it is locked: who waits for it sees that its file is gone, and takes the next
        os.close(number)


def _open_locked(path: Path, *, wait: bool) -> int:
    """Return the number of the open and locked file; a file that its last holder removed meanwhile is no lock."""
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(number, wait=wait)
            if path.exists() and os.path.samestat(path.stat(), os.fstat(number)):
                return number
        except FileNotFoundError:
            pass  # removed between the two looks at it
        except BaseException:
            os.close(number)
            raise
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

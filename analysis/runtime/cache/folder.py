"""The folder of kept results: files are checked when read, and the least recently used go when it grows too large.

A file that is cut short, altered, or written by another program counts as missing and is replaced. A folder that
cannot be read or written costs time and nothing else: the result is computed again.
"""

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from analysis.runtime import files
from analysis.runtime.cache.codec import Codec, UnknownValueError
from analysis.runtime.locks import hold_lock

#: Environment variable that names the folder; nothing is kept if it is `off`, or unset outside a notebook.
VARIABLE = "SILKPORT_CACHE"

#: Size of the folder in bytes; above it the least recently used results are removed.
LARGEST = 1_000_000_000

_MARK, _SUFFIX = b"silkport-cache-1\n", ".result"
_DIGEST = hashlib.sha256().digest_size

T = TypeVar("T")


def default_folder() -> Path:
    """Return the folder where the platform keeps the caches of a user."""
    return Path(platformdirs.user_cache_path("silkport", appauthor=False, opinion=False))


def recall_or_make(key: str, make: Callable[[], T], codec: Codec) -> T:
    """Return the result that is kept under a key; if there is none, make and keep it.

    A second process that asks for the same key meanwhile waits for the first.

    Parameters
    ----------
    key
        Fingerprint of everything that the result depends on, the code included.
    make
        Computes the result.
    codec
        Knows the classes of the result.

    Raises
    ------
    UnknownValueError
        If the result holds a class that the codec does not list.
    """
    folder = _folder()
    if folder is None:
        return make()
    found: T | None = _read(folder, key, codec)
    if found is not None:
        return found
    with _alone(folder, key):
        found = _read(folder, key, codec)
        if found is None:
            found = make()
            _write(folder, key, found, codec)
    return found


def _folder() -> Path | None:
    """Return the folder, which is created for its user alone if it is missing; None where nothing is to be kept."""
    named = os.environ.get(VARIABLE, "")
    if named == "off" or (not named and not _is_notebook()):
        return None
    folder = Path(named).expanduser() if named else default_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def _is_notebook() -> bool:
    """Return whether this process is the kernel of a notebook, whose cells are run again and again."""
    application = sys.modules.get("ipykernel.kernelapp")
    return application is not None and bool(application.IPKernelApp.initialized())


@contextlib.contextmanager
def _alone(folder: Path, key: str) -> Iterator[None]:
    """Wait until no other process makes the result of a key; do not wait where the folder supports no locks.

    The file of the lock is removed at the end. A process that arrives at that moment may lock a new file of the same
    name beside one that still waits for the old file: both then make the result, and the later one replaces the other.
    """
    path = folder / f"{key}.lock"
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            stack.enter_context(hold_lock(path, wait=True))
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


def _read(folder: Path, key: str, codec: Codec) -> Any:
    """Return the result of a key, or None if there is no undamaged one."""
    path = folder / f"{key}{_SUFFIX}"
    try:
        content = path.read_bytes()
        head = len(_MARK) + _DIGEST
        if not content.startswith(_MARK) or content[len(_MARK) : head] != _checksum(key, content[head:]):
            return None
        found = codec.from_bytes(content[head:])
        os.utime(path)
    except (OSError, UnknownValueError):
        return None
    return found


def _write(folder: Path, key: str, value: object, codec: Codec) -> None:
    """Write the result of a key; leave nothing behind if the folder takes no file.

    Raises
    ------
    UnknownValueError
        If the result holds a class that the codec does not list: then nothing like it would ever be kept.
    """
    content = codec.to_bytes(value)
    with contextlib.suppress(OSError):
        files.replace_all(folder, {f"{key}{_SUFFIX}": _MARK + _checksum(key, content) + content}, mode=0o600)
        files.remove_leftovers(folder)
        _trim(folder)


def _checksum(key: str, content: bytes) -> bytes:
    """Return the checksum of key and result together, so that a renamed file does not count."""
    return hashlib.sha256(key.encode() + content).digest()


def _trim(folder: Path) -> None:
    """Remove the least recently used results until the rest is small enough."""
    results = []
    for path in folder.glob(f"*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            state = path.stat()
            results.append((state.st_mtime, state.st_size, path))
    total = sum(size for _, size, _ in results)
    for _, size, path in sorted(results):
        if total <= LARGEST:
            return
        path.unlink(missing_ok=True)
        total -= size

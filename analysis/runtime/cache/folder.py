"""The folder of kept results: each file whole or absent, checked when read, the oldest removed when it grows too large.

A file that is cut short, altered, or not ours counts as missing and is written anew. Nothing here can make a result
fail: what cannot be kept is made again.
"""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from analysis.runtime import files
from analysis.runtime.cache.codec import Codec, UnknownValueError
from analysis.runtime.locks import hold_lock

#: Names the folder; unset or `off`: nothing is kept.
VARIABLE = "SILKPORT_CACHE"

#: Bytes of all files together above which those that were not used for longest are removed.
LARGEST = 1_000_000_000

_MARK, _SUFFIX = b"silkport-cache-1\n", ".result"
_DIGEST = hashlib.sha256().digest_size

T = TypeVar("T")


def default_folder() -> Path:
    """Return the folder of the user's own caches where the platform keeps them."""
    return Path(platformdirs.user_cache_path("silkport", appauthor=False, opinion=False))


def recall_or_make(key: str, make: Callable[[], T], codec: Codec) -> T:
    """Return what is kept under a key, or make and keep it; a second process that wants the same waits for the first.

    Parameters
    ----------
    key
        Fingerprint of everything that the result depends on, code included.
    make
        Makes the result.
    codec
        Knows the classes of the result.
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
    """Return the folder, made for its user alone if it is missing; None where nothing is to be kept."""
    named = os.environ.get(VARIABLE, "")
    if named in ("", "off"):
        return None
    folder = Path(named).expanduser()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


@contextlib.contextmanager
def _alone(folder: Path, key: str) -> Iterator[None]:
    """Wait until no other process makes the same; go on without waiting where the folder takes no locks.

    The lock's file goes with the lock. Who comes just then may hold one of its own: the same is made twice, and kept
    once.
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
    """Return a result, or None if there is none that is whole and made for this key."""
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
    """Keep a result; where it cannot be written, leave nothing behind."""
    try:
        content = codec.to_bytes(value)
    except UnknownValueError:
        return
    with contextlib.suppress(OSError):
        files.replace_all(folder, {f"{key}{_SUFFIX}": _MARK + _checksum(key, content) + content}, mode=0o600)
        files.remove_leftovers(folder)
        _trim(folder)


def _checksum(key: str, content: bytes) -> bytes:
    """Return the checksum of a result under its key: a file under another's name does not count."""
    return hashlib.sha256(key.encode() + content).digest()


def _trim(folder: Path) -> None:
    """Remove the files that were not used for longest until the rest is small enough."""
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

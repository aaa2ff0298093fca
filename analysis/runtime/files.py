"""Files that appear whole or not at all."""

import contextlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from analysis.core.errors import ReportError

_TEMPORARY = re.compile(r"\.silkport-(\d+)-.+\.tmp")


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files so that each has either its old or its new content, whatever happens meanwhile.

    All contents reach the disk under temporary names first; then they take their places in the order given. Name the
    file last whose presence says that the others are complete.

    Raises
    ------
    ReportError
        If the folder cannot be written; nothing has changed then.
    """
    temporary = {name: folder / f".silkport-{os.getpid()}-{name}.tmp" for name in files}
    try:
        for name, content in files.items():
            _write_through(temporary[name], content)
        for name, path in temporary.items():
            path.replace(folder / name)
    except OSError as problem:
        raise _cannot_write(folder, problem) from problem
    finally:
        for path in temporary.values():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def writable_folder(folder: Path) -> Path:
    """Return the folder, made if it is missing, after removing what killed runs left in it.

    Raises
    ------
    ReportError
        If it cannot be made or written.
    """
    probe = folder / f".silkport-{os.getpid()}-probe.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
        remove_stale(folder)
    except OSError as problem:
        raise _cannot_write(folder, problem) from problem
    return folder


def remove_stale(folder: Path) -> None:
    """Remove the temporary files of processes that have ended."""
    for path in folder.iterdir():
        found = _TEMPORARY.fullmatch(path.name)
        if found and not _is_running(int(found[1])):
            path.unlink(missing_ok=True)


def _write_through(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _is_running(process: int) -> bool:
    """Return whether a process other than this one has the given id."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _cannot_write(folder: Path, problem: OSError) -> ReportError:
    """Return the error for a folder that refuses files."""
    return ReportError(
        f"The folder {folder} cannot be written ({problem.strerror or problem}). "
        "Name one with --out in which you may create files."
    )

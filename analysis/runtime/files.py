"""Files and folders that appear whole or not at all: the one place that writes under temporary names."""

import contextlib
import os
import re
import shutil
import stat
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.core.errors import ReportError

#: The name of a temporary file begins with the id of the process that writes it.
_TEMPORARY = re.compile(r"\.silkport-(\d+)-.+\.tmp")


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that a user asked for, as `replace_all` does.

    Raises
    ------
    ReportError
        If the folder cannot be written; nothing has changed then.
    """
    try:
        replace_all(folder, files)
    except OSError as problem:
        raise _cannot_write(folder, problem) from problem


def replace_all(folder: Path, files: Mapping[str, bytes], *, mode: int | None = None) -> None:
    """Write several files so that each has either its old or its new content, whatever happens meanwhile.

    All contents reach the disk under temporary names first; then they take their places in the order given. Name the
    file last whose presence says that the others are complete.

    Parameters
    ----------
    folder
        Where the files lie; it exists.
    files
        Contents by name.
    mode
        Permissions of files that are new, such as `0o600`; what the system gives if not given. A file that is
        replaced hands its permissions on.

    Raises
    ------
    OSError
        If a file cannot be written; nothing has changed then.
    """
    writer = f"{os.getpid()}-{threading.get_native_id()}"
    temporary = {name: folder / f".silkport-{writer}-{name}.tmp" for name in files}
    try:
        for name, content in files.items():
            _write_through(temporary[name], content, mode=_permissions(folder / name, mode))
        for name, path in temporary.items():
            path.replace(folder / name)
    finally:
        for path in temporary.values():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which takes the place of an absent or empty one at the end, or is gone if anything fails.

    Raises
    ------
    ReportError
        If there are files already, or the folder cannot be written.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        kind = "a file, and a folder is to be written" if folder.is_file() else "a folder that is not empty"
        raise ReportError(f"{folder} is {kind}. Name a folder that is absent with --out.")
    temporary = folder.resolve().parent / f".silkport-{os.getpid()}-{folder.name}"
    try:
        temporary.mkdir(parents=True)
        yield temporary
        for path in temporary.iterdir():
            # Left by a writer, here or on another machine, that was killed: the others have written its files.
            if _TEMPORARY.fullmatch(path.name):
                path.unlink()
        if folder.is_dir():
            folder.rmdir()
        temporary.replace(folder)
    except OSError as problem:
        raise ReportError(
            f"{folder} cannot be written ({problem.strerror or problem}). Name another with --out."
        ) from problem
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def make_writable_folder(folder: Path) -> Path:
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
        remove_leftovers(folder)
    except OSError as problem:
        raise _cannot_write(folder, problem) from problem
    return folder


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of processes that have ended."""
    for path in folder.iterdir():
        name = _TEMPORARY.fullmatch(path.name)
        if name and not _is_running(int(name[1])):
            path.unlink(missing_ok=True)


def _permissions(path: Path, mode: int | None) -> int | None:
    """Return the permissions of a file if it exists, otherwise those meant for a new one."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return mode


def _write_through(path: Path, content: bytes, *, mode: int | None) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as target:
        if mode is not None and mode != stat.S_IMODE(path.stat().st_mode):
            path.chmod(mode)  # before there is content that others should not see
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _is_running(process: int) -> bool:
    """Return whether a process other than this one has the given id."""
    import psutil  # only where a temporary file was found: it loads slowly

    return process != os.getpid() and bool(psutil.pid_exists(process))


def _cannot_write(folder: Path, problem: OSError) -> ReportError:
    """Return the error for a folder that refuses files."""
    return ReportError(
        f"The folder {folder} cannot be written ({problem.strerror or problem}). "
        "Name one with --out in which you may create files."
    )

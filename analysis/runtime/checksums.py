"""Checksums of files, and the commit of the code."""

import hashlib
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analysis.core.errors import ReportError
from analysis.runtime.folders import ROOT


@cache
def code_commit() -> str | None:
    """Return the commit of the code, ending in `+` when tracked files were changed since; None outside a clone."""
    if not (ROOT / ".git").exists():
        return None
    command = ["git", "-C", str(ROOT), "describe", "--always", "--exclude=*", "--abbrev=12", "--dirty=+"]
    try:
        described = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return described.stdout.strip() or None


def sha256(paths: Iterable[Path]) -> str:
    """Return the checksum of files in the order given, names included when there are several."""
    paths = list(paths)
    digest = hashlib.sha256()
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise ReportError(f"The file {path} cannot be read ({problem.strerror}). Restore it.") from problem
        digest.update((f"{path.name}\0{len(content)}\0".encode() if len(paths) > 1 else b"") + content)
    return digest.hexdigest()

"""The fingerprint of the code that makes what is kept between processes."""

import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from analysis.runtime.cache import fingerprint


def code_fingerprint(package: Path, folders: Sequence[str]) -> str:
    """Return the fingerprint of our own files in some folders of the package, and of the numerical packages."""
    files = {
        path.relative_to(package).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted((package / folder).rglob("*.py"))
    }
    packages = {name: version(name) for name in ("numpy", "scipy", "polars")}
    return fingerprint(files, packages, platform.python_version(), platform.machine())

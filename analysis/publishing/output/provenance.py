"""What a page is made from besides its parameters: code, packages and data, each with its checksum."""

import platform
from functools import cache
from importlib.metadata import version
from typing import Any

import analysis
from analysis.runtime.checksums import code_commit, sha256
from analysis.runtime.folders import BUNDLED, BUNDLED_PANEL, PACKAGE, data_folder

_PACKAGES = (
    "altair", "fonttools", "ipykernel", "jinja2", "mistune", "nbclient", "nbformat", "nh3", "numpy", "papermill",
    "polars", "scipy", "vl-convert-python", "xlsxwriter",
)  # fmt: skip


def code_used() -> dict[str, Any]:
    """Return what the code is that makes pages now: `versions` and `code`, as in a manifest."""
    return {"versions": versions(), "code": {"commit": code_commit(), "sha256": code_files()}}


def data() -> dict[str, str]:
    """Return the SHA-256 of each table of the data folder and of the bundled panel, by file, as they are now."""
    folder = data_folder()
    tables = {path.relative_to(folder).as_posix(): sha256([path]) for path in sorted(folder.glob("*.csv"))}
    return tables | {BUNDLED_PANEL.name: sha256([BUNDLED_PANEL])}


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python, Silkport and the packages that shape numbers and pages."""
    own = {"python": platform.python_version(), "silkport": analysis.__version__}
    return own | {package: version(package) for package in _PACKAGES}


@cache
def code_files() -> str:
    """Return a checksum over all files of the package that can change a page."""
    files = (path for path in sorted(PACKAGE.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return sha256(path for path in files if not path.is_relative_to(BUNDLED))

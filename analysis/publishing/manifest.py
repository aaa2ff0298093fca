"""The record beside each page: what it was made from, so that it can be checked and made again."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import analysis
from analysis.errors import ReportError
from analysis.folders import DATA
from analysis.panels import BUNDLED
from analysis.publishing.packs import ROOT, Report

PAGE, NOTEBOOK, MANIFEST, WORKBOOK, TABLE = "html", "ipynb", "json", "xlsx", "csv"
_PACKAGES = (
    "altair", "fonttools", "ipykernel", "jinja2", "mistune", "nbclient", "nbformat", "numpy", "papermill", "polars",
    "scipy", "vl-convert-python", "xlsxwriter",
)  # fmt: skip


def inputs(
    report: Report, *, pack: str, edition: str, parameters: Mapping[str, Any], lang: str = "both"
) -> dict[str, Any]:
    """Return everything that decides what a page says.

    Parameters
    ----------
    report
        The report of the pack.
    pack, edition
        Name of the pack; month of the edition, `YYYY-MM`.
    parameters
        All parameters of the run, defaults included.
    lang
        Languages of the page: `en`, `zh` or `both`.

    Returns
    -------
    dict
        `report`, `pack`, `edition`, `lang`, `notebook` and its checksum, `parameters`, `versions`, `code` (commit and
        checksum of the package's own files) and `data` (SHA-256 by file).
    """
    return {
        "report": report.id,
        "pack": pack,
        "edition": edition,
        "lang": lang,
        "notebook": report.notebook.name,
        "notebook_sha256": sha256([report.notebook]),
        "parameters": dict(parameters),
        **code_used(),
        "data": data(),
    }


def code_used() -> dict[str, Any]:
    """Return what the code is that makes pages now: `versions` and `code`, as in a manifest."""
    return {"versions": versions(), "code": {"commit": commit(), "sha256": code_files()}}


def data() -> dict[str, str]:
    """Return the SHA-256 of each table of the data folder and of the bundled panel, by file, as they are now."""
    tables = {path.relative_to(DATA).as_posix(): sha256([path]) for path in sorted(DATA.glob("*.csv"))}
    return tables | {BUNDLED.name: sha256([BUNDLED])}


def complete(
    used: Mapping[str, Any],
    *,
    record: Mapping[str, Any],
    written: Mapping[str, bytes],
    numbers: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the manifest of a built page: its inputs, the statements behind it, and what was written.

    Parameters
    ----------
    used
        The inputs, as `inputs` returns them.
    record
        The page record.
    written
        Content by name of each file beside the manifest.
    numbers
        The numbers of the page that lead to statements, as `content.Content.numbers`.
    """
    return {
        **used,
        "statement_ids": sorted(record.get("statement_ids", [])),
        "page": {key: value for key, value in record.items() if key != "statement_ids"},
        "numbers": [dict(number) for number in numbers],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in written.items()},
    }


def to_bytes(manifest: Mapping[str, Any]) -> bytes:
    """Return a manifest as the bytes of its file."""
    return (json.dumps(manifest, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def read(folder: Path, report: str) -> dict[str, Any] | None:
    """Return the manifest of a report if its page and notebook are in the folder as they were written, else None."""
    try:
        manifest = json.loads((folder / f"{report}.{MANIFEST}").read_text(encoding="utf-8"))
        whole = all(sha256([folder / name]) == written for name, written in manifest["files"].items())
    except (OSError, ValueError, KeyError, AttributeError):
        return None
    return manifest if whole and manifest.get("report") == report else None


def is_unchanged(manifest: Mapping[str, Any] | None, used: Mapping[str, Any]) -> bool:
    """Return whether a page was made from exactly these inputs."""
    return manifest is not None and all(manifest.get(key) == value for key, value in used.items())


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python, Silkport and the packages that shape numbers and pages."""
    own = {"python": platform.python_version(), "silkport": analysis.__version__}
    return own | {package: version(package) for package in _PACKAGES}


@cache
def commit() -> str | None:
    """Return the commit of the code, ending in `+` when tracked files were changed since; None outside a clone."""
    if not (ROOT / ".git").exists():
        return None
    command = ["git", "-C", str(ROOT), "describe", "--always", "--exclude=*", "--abbrev=12", "--dirty=+"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip() or None


@cache
def code_files() -> str:
    """Return a checksum over all files of the package that can change a page."""
    package = ROOT / "analysis"
    return sha256(path for path in sorted(package.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


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

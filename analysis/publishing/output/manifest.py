"""The record beside each page: what it was made from, so that it can be checked and made again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.core.errors import ReportError
from analysis.runtime.checksums import sha256
from analysis.runtime.json_files import is_texts, read_object

#: What a page record says in words.
_PAGE_TEXTS = ("title", "title_zh", "status", "headline", "headline_zh")

PAGE, NOTEBOOK, MANIFEST, WORKBOOK, TABLE = "html", "ipynb", "json", "xlsx", "csv"


def complete(
    inputs: Mapping[str, Any],
    *,
    record: Mapping[str, Any],
    written: Mapping[str, bytes],
    numbers: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the manifest of a built page: its inputs, the statements behind it, and what was written.

    Parameters
    ----------
    inputs
        The inputs, as `inputs` returns them.
    record
        The page record.
    written
        Content by name of each file beside the manifest.
    numbers
        The numbers of the page that lead to statements, as `content.Content.numbers`.
    """
    return {
        **inputs,
        "statement_ids": sorted(record.get("statement_ids", [])),
        "page": {key: value for key, value in record.items() if key != "statement_ids"},
        "numbers": [dict(number) for number in numbers],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in written.items()},
    }


def to_bytes(manifest: Mapping[str, Any]) -> bytes:
    """Return a manifest as the bytes of its file."""
    return (json.dumps(manifest, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def read(folder: Path, report: str) -> dict[str, Any] | None:
    """Return the manifest of a report if its page and notebook are in the folder as they were written, else None.

    A manifest of another shape than `complete` writes counts as absent, so that its page is built again.
    """
    manifest = read_object(folder / f"{report}.{MANIFEST}")
    if manifest is None or manifest.get("report") != report or not _has_its_shape(manifest, report):
        return None
    try:
        whole = all(sha256([folder / name]) == written for name, written in manifest["files"].items())
    except (ReportError, ValueError):
        return None
    return manifest if whole else None


def _has_its_shape(manifest: Mapping[str, Any], report: str) -> bool:
    """Return whether the files and the page record of a manifest are what the indexes can show."""
    files, page = manifest.get("files"), manifest.get("page")
    if not isinstance(files, dict) or not isinstance(page, dict) or f"{report}.{PAGE}" not in files:
        return False
    texts = all(isinstance(page.get(key), str) for key in _PAGE_TEXTS)
    lists = all(is_texts(page.get(key)) for key in ("withheld", "withheld_zh"))
    coverage = page.get("coverage")
    known = coverage is None or (isinstance(coverage, int | float) and 0 <= coverage <= 1)
    return texts and lists and known and isinstance(page.get("spark"), str | None)


def is_unchanged(manifest: Mapping[str, Any] | None, inputs: Mapping[str, Any]) -> bool:
    """Return whether a page was made from exactly these inputs."""
    return manifest is not None and all(manifest.get(key) == value for key, value in inputs.items())

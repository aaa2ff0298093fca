"""The record beside each page: what it was made from, so that it can be checked and made again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.runtime.checksums import sha256

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
    """Return the manifest of a report if its page and notebook are in the folder as they were written, else None."""
    try:
        manifest = json.loads((folder / f"{report}.{MANIFEST}").read_text(encoding="utf-8"))
        whole = all(sha256([folder / name]) == written for name, written in manifest["files"].items())
    except (OSError, ValueError, KeyError, AttributeError):
        return None
    return manifest if whole and manifest.get("report") == report else None


def is_unchanged(manifest: Mapping[str, Any] | None, inputs: Mapping[str, Any]) -> bool:
    """Return whether a page was made from exactly these inputs."""
    return manifest is not None and all(manifest.get(key) == value for key, value in inputs.items())

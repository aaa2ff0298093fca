"""JSON files that an earlier run left: one that is damaged, or of another shape, counts as absent."""

import json
from pathlib import Path
from typing import Any


def read_object(path: Path) -> dict[str, Any] | None:
    """Return the object that a JSON file holds, or None where there is no such file or it holds anything else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def is_texts(value: object) -> bool:
    """Return whether a value read from JSON is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)

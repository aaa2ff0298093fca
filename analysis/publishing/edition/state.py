"""What a run leaves for the next one: the choices of a run until it has ended, and what its index was built from."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.runtime import files


def state_file(editions: Path, edition: str) -> Path:
    """Return the file that holds the state of an edition, beside its folder."""
    return editions / f".{edition}.json"


def lock_file(editions: Path, edition: str) -> Path:
    """Return the file whose lock a run of an edition holds."""
    return editions / f".{edition}.lock"


def read(editions: Path, edition: str) -> dict[str, Any]:
    """Return the state of an edition; empty if there is none that can be read."""
    try:
        state = json.loads(state_file(editions, edition).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def write(editions: Path, edition: str, state: Mapping[str, Any]) -> None:
    """Write the state of an edition.

    Raises
    ------
    ReportError
        If the folder cannot be written.
    """
    files.write_all(editions, {state_file(editions, edition).name: json.dumps(state, indent=1).encode() + b"\n"})


def interrupted_edition(editions: Path) -> str | None:
    """Return the last edition whose run was broken off, if there is one."""
    editions_left = [each.name[1:-5] for each in editions.glob(".????-??.json")]
    return next((name for name in sorted(editions_left, reverse=True) if "asked" in read(editions, name)), None)

"""What a run leaves for the next one: the choices of a run until it has ended, and what its index was built from."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.core.errors import PeriodError
from analysis.core.periods import parse_month
from analysis.runtime import files
from analysis.runtime.json_files import is_texts, read_object


def state_file(editions: Path, edition: str) -> Path:
    """Return the file that holds the state of an edition, beside its folder."""
    return editions / f".{edition}.json"


def lock_file(editions: Path, edition: str) -> Path:
    """Return the file whose lock a run of an edition holds."""
    return editions / f".{edition}.lock"


def read(editions: Path, edition: str) -> dict[str, Any]:
    """Return the state of an edition; empty if there is none that can be read, or it is of another shape."""
    state = read_object(state_file(editions, edition)) or {}
    return state if "asked" not in state or _are_choices(state["asked"]) else {}


def _are_choices(asked: object) -> bool:
    """Return whether these can be the choices of a run."""
    match asked:
        case {"pack": str(), "only": only, **others}:
            return is_texts(only) and others.get("lang", "both") in ("en", "zh", "both")
    return False


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
    editions_left = [each.name[1:-5] for each in editions.glob(".????-??.json") if _is_month(each.name[1:-5])]
    return next((name for name in sorted(editions_left, reverse=True) if "asked" in read(editions, name)), None)


def _is_month(name: str) -> bool:
    """Return whether the name of a file is that of an edition."""
    try:
        parse_month(name, what="edition")
    except PeriodError:
        return False
    return True

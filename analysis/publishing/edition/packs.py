"""Packs: which notebooks make an edition, and with which parameters."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.core.errors import CoverageError, ParameterError
from analysis.core.suggestions import suggestion
from analysis.runtime import folders

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True)
class Report:
    """One report of a pack: its id, which names its files, the notebook, and what the notebook is given."""

    id: str
    notebook: Path
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Pack:
    """A named list of reports, in the order in which the index shows them."""

    name: str
    title: str
    reports: tuple[Report, ...]
    title_zh: str = ""

    def select(self, only: Sequence[str]) -> tuple[Report, ...]:
        """Return the reports with the given ids, or all of them when none is given.

        Raises
        ------
        CoverageError
            If an id is not in the pack.
        """
        known = [report.id for report in self.reports]
        for wanted in only:
            if wanted not in known:
                raise CoverageError(f"The pack {self.name!r} has no report {wanted!r}. {suggestion(wanted, known)}")
        return tuple(report for report in self.reports if not only or report.id in only)


def load(name: str, *, folder: Path | None = None, notebooks: Path | None = None) -> Pack:
    """Read a pack.

    Parameters
    ----------
    name
        Name of a file `NAME.toml` in `data/packs`: `title`, `title_zh` and a list `report`, each with `id`,
        `notebook` (a file of `notebooks/`) and `parameters`.
    folder, notebooks
        Other folders to take packs and notebooks from.

    Raises
    ------
    CoverageError
        If there is no such pack.
    ParameterError
        If the file is not a pack.
    """
    folder = folder or folders.ROOT / "data" / "packs"
    known = sorted(path.stem for path in folder.glob("*.toml"))
    if name not in known:
        raise CoverageError(f"There is no pack {name!r} in {folder}. {suggestion(name, known)}")
    path = folder / f"{name}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ParameterError(f"The pack {path} is no TOML file in UTF-8 ({problem}). Correct it.") from problem
    reports = tuple(
        _report(entry, path, notebooks or folders.ROOT / "notebooks") for entry in content.get("report", [])
    )
    if not reports:
        raise ParameterError(f"The pack {path} lists no report. Add a [[report]] with id and notebook.")
    _refuse_repeated_ids(reports, path)
    return Pack(name, str(content.get("title", name)), reports, str(content.get("title_zh", "")))


def is_id(text: str) -> bool:
    """Return whether a text may name the files of a report."""
    return _ID.fullmatch(text) is not None and text != "index"


def _report(entry: Mapping[str, Any], path: Path, notebooks: Path) -> Report:
    """Return one report of a pack file."""
    identity, notebook = entry.get("id"), entry.get("notebook")
    if not isinstance(identity, str) or not is_id(identity):
        raise ParameterError(
            f"The pack {path} has a report with id {identity!r}. Use lower-case letters, digits, '-' and '_'."
        )
    if not isinstance(notebook, str) or Path(notebook).name != notebook or not (notebooks / notebook).is_file():
        raise ParameterError(f"Report {identity!r} in {path} names the notebook {notebook!r}, which is not there.")
    return Report(identity, notebooks / notebook, dict(entry.get("parameters", {})))


def _refuse_repeated_ids(reports: Sequence[Report], path: Path) -> None:
    """Refuse a pack in which two reports would write the same files."""
    ids = [report.id for report in reports]
    repeated = sorted({identity for identity in ids if ids.count(identity) > 1})
    if repeated:
        raise ParameterError(
            f"The pack {path} lists {', '.join(repeated)} more than once. Give each report its own id."
        )

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

#: How the file of a pack ends.
_SUFFIX = ".toml"

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")

#: The keys of a pack and of a report in it.
_PACK_KEYS = ("title", "title_zh", "report")
_REPORT_KEYS = ("id", "notebook", "parameters")

#: What the edition decides, so that no pack may.
_OF_THE_EDITION = ("edition", "as_of")


@dataclass(frozen=True)
class Report:
    """One report of a pack: its id, which names its files, the notebook, and what the notebook is given."""

    id: str
    notebook: Path
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Pack:
    """A named list of reports, in the order in which the index shows them; `path` if it lies outside the folder."""

    name: str
    title: str
    reports: tuple[Report, ...]
    title_zh: str = ""
    path: Path | None = None

    @property
    def source(self) -> str:
        """What names the pack on a command line: its name, or the path of a file anywhere."""
        return str(self.path.resolve()) if self.path is not None else self.name

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
        Name of a file `NAME.toml` in `packs` of the data folder, or a path that ends in `.toml`: `title`, `title_zh`
        and a list `report`, each with `id`, `notebook` and `parameters`. A notebook is a file of `notebooks` of the
        data folder, or else a bundled one; for a path, those beside the pack come first.
    folder, notebooks
        Other folders to take packs and notebooks from.

    Raises
    ------
    CoverageError
        If there is no such pack.
    ParameterError
        If the file is not a pack.
    """
    path = _path_of(name, folder or folders.pack_folder())
    anywhere = name.endswith(_SUFFIX)
    places = (notebooks,) if notebooks else folders.notebook_folders()
    places = (path.parent, *places) if anywhere else places
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise ParameterError(f"The pack {path} cannot be read ({problem.strerror}). Restore it.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ParameterError(f"The pack {path} is no TOML file in UTF-8 ({problem}). Correct it.") from problem
    _check_pack(content, path)
    reports = tuple(_report(entry, path, places) for entry in content.get("report", []))
    if not reports:
        raise ParameterError(f"The pack {path} lists no report. Add a [[report]] with id and notebook.")
    _refuse_repeated_ids(reports, path)
    title = content.get("title", path.stem)
    return Pack(path.stem, title, reports, content.get("title_zh", ""), path if anywhere else None)


def _path_of(name: str, folder: Path) -> Path:
    """Return the file of a pack; refuse a name that no file of the folder has, and a path without a file."""
    if name.endswith(_SUFFIX):
        if not Path(name).is_file():
            raise CoverageError(f"There is no pack {name}. Check the path.")
        return Path(name)
    known = sorted(path.stem for path in folder.glob(f"*{_SUFFIX}"))
    if name not in known:
        remedy = suggestion(name, known) if known else "Write one there, or name a file: --pack PATH.toml."
        raise CoverageError(f"There is no pack {name!r} in {folder}. {remedy}")
    return folder / f"{name}{_SUFFIX}"


def is_id(text: str) -> bool:
    """Return whether a text may name the files of a report."""
    return _ID.fullmatch(text) is not None and text != "index"


def _check_pack(content: Mapping[str, Any], path: Path) -> None:
    """Refuse a pack with a key that means nothing, a title that is no text, or reports that are no list of tables."""
    _refuse_unknown_keys(content, _PACK_KEYS, f"The pack {path}")
    for key in ("title", "title_zh"):
        if not isinstance(content.get(key, ""), str):
            raise ParameterError(f"The {key} of the pack {path} is {content[key]!r}. Write a text, in quotes.")
    reports = content.get("report", [])
    if not isinstance(reports, list) or not all(isinstance(entry, dict) for entry in reports):
        raise ParameterError(f"The reports of the pack {path} are no list of tables. Head each with [[report]].")


def _refuse_unknown_keys(table: Mapping[str, Any], known: Sequence[str], what: str) -> None:
    """Refuse a key that would be ignored."""
    for key in table:
        if key not in known:
            raise ParameterError(f"{what} has the key {key!r}, which means nothing. {suggestion(key, known)}")


def _report(entry: Mapping[str, Any], path: Path, places: Sequence[Path]) -> Report:
    """Return one report of a pack file."""
    identity, notebook = entry.get("id"), entry.get("notebook")
    what = f"Report {identity!r} in {path}" if identity else f"A report in {path}"
    _refuse_unknown_keys(entry, _REPORT_KEYS, what)
    if not isinstance(identity, str) or not is_id(identity):
        raise ParameterError(
            f"The pack {path} has a report with id {identity!r}. Use lower-case letters, digits, '-' and '_'."
        )
    plain = isinstance(notebook, str) and Path(notebook).name == notebook
    found = [place / str(notebook) for place in places if plain and (place / str(notebook)).is_file()]
    if not found:
        known = sorted({each.name for place in places for each in place.glob("*.ipynb")})
        remedy, where = suggestion(str(notebook), known), " or ".join(map(str, places))
        raise ParameterError(f"{what} names the notebook {notebook!r}, which is not in {where}. {remedy}")
    return Report(identity, found[0], _parameters(entry.get("parameters", {}), what))


def _parameters(given: Any, what: str) -> dict[str, Any]:
    """Return the parameters of a report; the month and the cut-off are those of the edition."""
    if not isinstance(given, dict):
        raise ParameterError(f'{what} has the parameters {given!r}. Write a table, such as {{ place = "horgos" }}.')
    for name in _OF_THE_EDITION:
        if name in given:
            raise ParameterError(f"{what} gives {name!r}, which is that of the edition. Leave it out.")
    return given


def _refuse_repeated_ids(reports: Sequence[Report], path: Path) -> None:
    """Refuse a pack in which two reports would write the same files."""
    ids = [report.id for report in reports]
    repeated = sorted({identity for identity in ids if ids.count(identity) > 1})
    if repeated:
        raise ParameterError(
            f"The pack {path} lists {', '.join(repeated)} more than once. Give each report its own id."
        )

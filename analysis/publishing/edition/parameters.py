"""What a notebook may be given: the names and types of its `parameters` cell, checked before it runs.

Papermill itself only logs an unknown name, so that a misspelt parameter runs with the default.
"""

import ast
import datetime as dt
import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.core.errors import NotebookError, ParameterError, PeriodError
from analysis.core.periods import parse_date, parse_month
from analysis.core.suggestions import suggestion

_DAY, _MONTH = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}")
_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}
_NOUNS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "list": "a list"}


def defaults(notebook: Path) -> dict[str, Any]:
    """Return the parameters of a notebook with their default values.

    Parameters
    ----------
    notebook
        A notebook with one code cell tagged `parameters` that assigns literals, each optionally annotated with its
        type (`target: float | None = None`).

    Raises
    ------
    ParameterError
        If there is no such cell or it holds anything but assignments of literals.
    """
    return {name: value for name, (value, _) in _declared(notebook).items()}


def check(notebook: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters of a run, defaults included, or refuse those given.

    Parameters
    ----------
    notebook
        The notebook that is to be run.
    given
        Values by name. A text that stands for a month or a day must be an ISO string where the default is one.

    Raises
    ------
    ParameterError
        If a name is not declared by the notebook, or a value has another type than declared.
    """
    declared = _declared(notebook)
    for name, value in given.items():
        if name not in declared:
            raise ParameterError(
                f"The notebook {notebook.name} has no parameter {name!r}. {suggestion(name, declared)}"
            )
        default, types = declared[name]
        _check_plain(notebook, name, value)
        _check_type(notebook, name, value, types)
        _check_period(notebook, name, value, default)
    return {name: given.get(name, value) for name, (value, _) in declared.items()}


def _declared(notebook: Path) -> dict[str, tuple[Any, tuple[str, ...]]]:
    """Return default and accepted types of each parameter, in the order of the cell."""
    tagged = ["".join(cell["source"]) for cell in _cells(notebook) if _is_tagged(cell)]
    if len(tagged) != 1:
        raise NotebookError(
            f"The notebook {notebook.name} has {len(tagged)} cells tagged 'parameters'. Tag exactly one."
        )
    try:
        return dict(_assignment(statement) for statement in ast.parse(tagged[0]).body)
    except (SyntaxError, ValueError) as problem:
        raise NotebookError(
            f"The parameters of {notebook.name} are not all assignments of literals ({problem}). Write NAME = value."
        ) from problem


def _cells(notebook: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook's file, without the cost of loading the notebook machinery."""
    try:
        cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        raise NotebookError(f"The notebook {notebook} cannot be read ({problem!r}). Restore it.") from problem
    if not isinstance(cells, list) or not all(map(_is_cell, cells)):
        raise NotebookError(f"The notebook {notebook} holds cells of another form than notebooks have. Restore it.")
    return cells


def _is_cell(cell: Any) -> bool:
    """Return whether a part of a notebook's file has the form of a cell."""
    match cell:
        case {"cell_type": str(), "metadata": dict(metadata), "source": str() | list() as source}:
            return isinstance(metadata.get("tags", []), list) and all(isinstance(line, str) for line in source)
    return False


def _is_tagged(cell: Mapping[str, Any]) -> bool:
    """Return whether a cell is the code cell of the parameters."""
    return cell["cell_type"] == "code" and "parameters" in cell["metadata"].get("tags", [])


def _assignment(statement: ast.stmt) -> tuple[str, tuple[Any, tuple[str, ...]]]:
    """Return name, default and accepted types of one line of the parameters cell."""
    target: ast.expr
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target, value = statement.target, ast.literal_eval(statement.value)
        types = tuple(part.strip() for part in re.sub(r"\[.*?\]", "", ast.unparse(statement.annotation)).split("|"))
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], ast.literal_eval(statement.value)
        types = ("str", "int", "float", "None") if value is None else (type(value).__name__,)
    else:
        raise ValueError(f"line {statement.lineno} is no assignment of a value")
    if not isinstance(target, ast.Name):
        raise ValueError(f"line {statement.lineno} assigns to something other than a name")
    return target.id, (value, types)


def _check_plain(notebook: Path, name: str, value: Any) -> None:
    """Refuse what a notebook cannot be given as a literal, at any depth: a date without quotes, nan and infinities."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _check_plain(notebook, name, part)
    elif isinstance(value, dt.date | dt.time):
        raise ParameterError(
            f"The parameter {name!r} of {notebook.name} holds the date or time {value.isoformat()}, and periods are "
            f'texts. Write "{value.isoformat()}", in quotes.'
        )
    elif isinstance(value, float) and not math.isfinite(value):
        raise ParameterError(f"The parameter {name!r} of {notebook.name} is {value}. Give a finite number.")


def _check_type(notebook: Path, name: str, value: Any, types: tuple[str, ...]) -> None:
    """Refuse a value of another type than declared; a whole number may stand for a number."""
    accepted = {_TYPES[kind] for kind in types if kind in _TYPES} | ({int} if "float" in types else set())
    if type(value) in accepted or (value is None and "None" in types):
        return
    wanted = " or ".join(_NOUNS.get(kind, kind) for kind in types if kind != "None")
    hint = ' Periods are texts: "2022-10", in quotes.' if "str" in types and isinstance(value, int | float) else ""
    raise ParameterError(
        f"The parameter {name!r} of {notebook.name} takes {wanted}, not {value!r} ({type(value).__name__}).{hint}"
    )


def _check_period(notebook: Path, name: str, value: Any, default: Any) -> None:
    """Refuse a text that is no month or day where the default is one."""
    if not isinstance(value, str) or not isinstance(default, str):
        return
    what = f"parameter {name!r} of {notebook.name}"
    try:
        if _DAY.fullmatch(default):
            parse_date(value, what=what)
        elif _MONTH.fullmatch(default):
            parse_month(value, what=what)
    except PeriodError as problem:
        raise ParameterError(str(problem)) from problem


def edition_parameters(notebook: Path, month: dt.date, last_day: dt.date) -> dict[str, str]:
    """Return what an edition gives to every notebook: its month and its data cut-off.

    Raises
    ------
    ParameterError
        If the notebook does not declare `edition` and `as_of`.
    """
    given = {"edition": f"{month:%Y-%m}", "as_of": last_day.isoformat()}
    missing = sorted(given.keys() - _declared(notebook).keys())
    if missing:
        raise NotebookError(
            f"The notebook {notebook.name} does not declare {' and '.join(missing)}. Add to its parameters cell."
        )
    return given

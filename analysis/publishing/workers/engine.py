"""Notebook runs: papermill with the engine `silkport`, and nothing of the user's own settings."""

import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from papermill import execute_notebook
from papermill.exceptions import PapermillExecutionError

from analysis.core import errors
from analysis.core.errors import ReportError
from analysis.publishing.output.normalise import normalise

NAME = "silkport"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

#: Told how many cells are done, and of how many.
OnCell = Callable[[int, int], None]


def execute(notebook: Path, parameters: Mapping[str, Any], *, on_cell: OnCell | None = None) -> nbformat.NotebookNode:
    """Run a notebook from its first cell and return it normalised.

    Parameters
    ----------
    notebook
        The notebook; it runs in its own folder.
    parameters
        Checked values by name; the notebook's defaults stand for the others.
    on_cell
        Called after each cell.

    Raises
    ------
    ReportError
        If a cell raises an error.
    """
    # Papermill warns of every parameter whose annotation it cannot read; names and types are checked before.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        executed = execute_notebook(
            str(notebook).replace("{", "{{").replace("}", "}}"),
            None,
            parameters=dict(parameters),
            engine_name=NAME,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=str(notebook.parent),
            on_cell=on_cell,
        )
    except PapermillExecutionError as problem:
        raise ReportError(_reason(problem)) from problem
    return normalise(executed)


def _reason(problem: PapermillExecutionError) -> str:
    """Return the error of a failed cell as one sentence."""
    text = _COLOURS.sub("", str(problem.evalue)).strip()
    first = text.splitlines()[0] if text else "no message"
    if hasattr(errors, problem.ename):
        return first
    return f"{problem.ename} in cell {problem.exec_count}: {first}"

"""Papermill's engine `silkport`: notebooks in the warm kernel of the process that calls papermill.

Papermill loads this module through its entry point `papermill.engine`, so `papermill --engine silkport IN OUT` works as
well. What a kernel start and the imports cost is paid once a process; each notebook has a namespace of its own.
"""

from collections.abc import Callable
from typing import Any

import nbformat
from papermill.engines import Engine

from analysis.publishing.workers import shell


class WarmEngine(Engine):  # type: ignore[misc]
    """Runs the cells of a notebook in this process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, on_cell: Callable[[int, int], None] | None = None, **_: object
    ) -> None:
        """Run all cells up to the first that fails; `kernel_name` has no meaning here."""
        del kernel_name
        cells = nb_man.nb.cells
        with shell.fresh_kernel() as run:
            for number, cell in enumerate(cells):
                nb_man.cell_start(cell, number)
                went_well = _run(cell, run)
                if not went_well:
                    nb_man.cell_exception(cell, cell_index=number)
                nb_man.cell_complete(cell, cell_index=number)
                if on_cell is not None:
                    on_cell(number + 1, len(cells))
                if not went_well:
                    break


def _run(cell: nbformat.NotebookNode, run: Callable[[str], tuple[shell.Outputs, int, bool]]) -> bool:
    """Run a code cell, store its outputs in it, and return whether it went well."""
    if cell.cell_type != "code" or not cell.source.strip():
        return True
    cell.outputs, cell.execution_count, went_well = run(cell.source)
    return went_well

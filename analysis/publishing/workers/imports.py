"""What the notebooks of a run import, so that workers can do it before the first report."""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path


def imported_modules(notebooks: Iterable[Path]) -> tuple[str, ...]:
    """Return the modules that the code cells of notebooks import, in the order in which they are met.

    `from a import b` counts as `a` and `a.b`, which need be no module. A cell that is no plain Python, or a notebook
    that cannot be read, imports nothing.
    """
    return tuple(dict.fromkeys(name for notebook in notebooks for name in _modules_of_notebook(notebook)))


def _modules_of_notebook(notebook: Path) -> Iterator[str]:
    """Yield the modules of one notebook."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for source in sources:
        try:
            statements = ast.parse(source).body
        except SyntaxError:
            continue
        for statement in statements:
            if isinstance(statement, ast.Import):
                yield from (alias.name for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                yield statement.module
                yield from (f"{statement.module}.{alias.name}" for alias in statement.names)

"""The notebooks: thin, run, with their outputs stored, and the same outputs in every process."""

import ast
import json
from pathlib import Path

import nbformat
import pytest

from analysis.pages.parts import interactive

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
#: Notebooks that make no page: they show tables, and their user goes on from there.
TOOLS = {"read_bulletins", "your_place"}
LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.Try,
    ast.With, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp,
)  # fmt: skip


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    """Return one sentence for each thing that a notebook of this project must not be."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = [] if 3 <= len(code) <= 20 else [f"has {len(code)} code cells, not 3 to 20"]
    found += [f"cell {place} was not run" for place, cell in enumerate(code) if not cell.execution_count]
    if not any(cell.outputs for cell in code):
        found.append("has no stored outputs")
    for place, cell in enumerate(code):
        tree = ast.parse(cell.source)
        found += [
            f"cell {place} holds logic: {type(node).__name__}" for node in ast.walk(tree) if isinstance(node, LOGIC)
        ]
        found += [f"cell {place} imports {name}" for name in _imports(tree) if name.partition(".")[0] not in ALLOWED]
        found += [f"cell {place} stores a traceback" for output in cell.outputs if output.output_type == "error"]
    tagged = [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        return [*found, f"has {len(tagged)} cells tagged parameters, not one"]
    return found + _parameter_faults(tagged[0].source)


#: Polars is there to show a table whole.
ALLOWED = {"analysis", "polars"}


def _imports(tree: ast.AST) -> list[str]:
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return names + [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def _parameter_faults(source: str) -> list[str]:
    """Return what is not a literal with a comment."""
    found = []
    for node, line in zip(ast.parse(source).body, source.splitlines(), strict=True):
        literal = isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if not literal:
            found.append(f"parameter {line!r} is no literal")
        if "  # " not in line:
            found.append(f"parameter {line!r} has no comment")
    return found


def a_notebook() -> nbformat.NotebookNode:
    """Return a notebook without a fault."""
    cells = [nbformat.v4.new_code_cell(f"analysis.step_{place}") for place in range(7)]
    parameters = nbformat.v4.new_code_cell("year = 2023  # of the target", metadata={"tags": ["parameters"]})
    output = nbformat.v4.new_output("execute_result", {"text/plain": "1"}, execution_count=1)
    notebook = nbformat.v4.new_notebook(cells=[parameters, *cells])
    for place, cell in enumerate(notebook.cells):
        cell.execution_count, cell.outputs = place + 1, [output]
    return notebook


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_thin_run_and_stored(path: Path):
    assert faults(nbformat.read(path, as_version=4)) == []


def test_there_are_notebooks():
    assert {path.stem for path in NOTEBOOKS} >= {"port_outlook", "park_output"}


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem not in TOOLS], ids=lambda path: path.stem)
def test_notebook_shows_one_page_record_and_each_chart_as_drawing_and_view(path: Path):
    data = [output.data for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
            for output in cell.outputs]  # fmt: skip
    assert sum("application/vnd.silkport.page+json" in one for one in data) == 1
    drawn = [one for one in data if "image/svg+xml" in one]
    assert drawn
    assert all(interactive.MIME_TYPE in one for one in drawn)
    assert not any("widget" in mime for one in data for mime in one)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_outputs_hold_no_path_of_a_machine_and_no_address_in_memory(path: Path):
    stored = json.dumps([cell.get("outputs", []) for cell in nbformat.read(path, as_version=4).cells])
    assert " at 0x" not in stored
    assert str(Path(__file__).resolve().parents[1]) not in stored


def test_a_notebook_without_a_fault_has_none():
    assert faults(a_notebook()) == []


@pytest.mark.parametrize("source", ["for x in y: x", "f = lambda: 1", "def f(): ...", "if a: b", "[x for x in y]"])
def test_logic_in_a_cell_is_refused(source):
    notebook = a_notebook()
    notebook.cells[3].source = source
    assert any("holds logic" in fault for fault in faults(notebook))


def test_a_stripped_notebook_is_refused():
    notebook = a_notebook()
    for cell in notebook.cells:
        cell.outputs, cell.execution_count = [], None
    assert "has no stored outputs" in faults(notebook)
    assert "cell 0 was not run" in faults(notebook)


@pytest.mark.parametrize("source", ["year = 2022 + 1  # derived", "day = date(2023, 1, 1)  # call", "year = 2023"])
def test_a_parameter_that_is_no_commented_literal_is_refused(source):
    notebook = a_notebook()
    notebook.cells[0].source = source
    assert any("parameter" in fault for fault in faults(notebook))


def test_another_package_in_a_notebook_is_refused():
    notebook = a_notebook()
    notebook.cells[3].source = "import requests"
    assert "cell 3 imports requests" in faults(notebook)

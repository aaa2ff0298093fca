"""Papermill's engine `silkport`: outputs as a notebook stores them, and nothing left of a report for the next one."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import polars as pl
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from papermill.engines import papermill_engines

from analysis.core.errors import ReportError
from analysis.publishing.workers import imports, shell


@pytest.fixture
def run(tmp_path):
    """Run cells through papermill and return the outputs of each; errors end in the outputs too."""

    def through(*sources: str, engine: str = "silkport"):
        path = tmp_path / "cells.ipynb"
        nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), path)
        target = tmp_path / "executed.ipynb"
        with contextlib.suppress(papermill.PapermillExecutionError):
            papermill.execute_notebook(
                path, target, engine_name=engine, kernel_name="python3", language="python", progress_bar=False
            )
        executed = nbformat.read(target, as_version=4)
        nbformat.validate(executed)
        cells = [cell for cell in executed.cells if cell.cell_type == "code"]
        return [[_plain(output) for output in cell.outputs] for cell in cells]

    return through


def _plain(output):
    kept = {key: value for key, value in output.items() if key not in ("traceback", "metadata")}
    kept.get("data", {}).pop("text/llm+plain", None)
    return kept


CELLS = (
    "print('a', end=''); print('b')\nprint('d')",
    "import sys\nprint('c', file=sys.stderr)",
    "from IPython.display import HTML, Markdown, Image, display\ndisplay(HTML('<b>x</b>')); Markdown('y')",
    "x = 6 * 7\nx",
    "x;",
    "import polars as pl\npl.DataFrame({'tonnes': [1.5, None]})",
    "display(Image(data=b'\\x89PNG\\r\\n\\x1a\\n', format='png'))",
    "handle = display('before', display_id='one')\nhandle.update('after')",
    "from IPython.display import clear_output\nprint('gone'); clear_output(); print('kept')",
    "%env SILKPORT_TEST=7\n_ + 1",
    "import asyncio\nawait asyncio.sleep(0, result='awaited')",
    "def fail():\n    raise ValueError('no bridge')\nfail()",
)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_outputs_are_those_of_a_kernel_of_its_own(run):
    """The reference is papermill's standard engine, which starts a kernel."""
    ours, reference = run(*CELLS), run(*CELLS, engine="nbclient")
    for source, own, other in zip(CELLS, ours, reference, strict=True):
        assert own == other, source
    assert ours[-1][-1]["ename"] == "ValueError"


def test_papermill_finds_the_engine_by_its_entry_point():
    assert papermill_engines.get_engine("silkport").__module__ == "analysis.publishing.workers.warm"


def test_a_report_leaves_nothing_for_the_next(run, tmp_path):
    environment, folder, path = dict(os.environ), Path.cwd(), list(sys.path)
    run(
        "import os, random, sys, warnings\nimport altair as alt, polars as pl\nsecret = 1",
        f"os.environ['LEFT'] = 'behind'; os.chdir({str(tmp_path)!r}); sys.path.append('left')",
        "pl.Config.set_tbl_rows(1); alt.renderers.enable('json'); warnings.simplefilter('error')",
    )
    assert (dict(os.environ), Path.cwd(), sys.path) == (environment, folder, path)
    assert "1\t" not in repr(pl.DataFrame({"a": range(5)}))
    assert "…" not in repr(pl.DataFrame({"a": range(5)}))
    [[error]] = run("secret")
    assert error["ename"] == "NameError"
    [[active]] = run("import altair as alt\nalt.renderers.active")
    assert active["data"]["text/plain"] == "'default'"


def test_a_session_does_not_lend_its_kernel():
    with shell.fresh_kernel() as cell:
        outputs, count, went_well = cell("1 + 1")
        assert (outputs[0].data["text/plain"], count, went_well) == ("2", 1, True)
        with pytest.raises(ReportError, match="plain Python"), shell.fresh_kernel():
            pass


def test_papermill_itself_can_be_told_to_use_the_engine(tmp_path):
    source, target = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("6 * 7")]), source)
    words = ["--engine", "silkport", "--kernel", "python3", "--no-progress-bar", str(source), str(target)]
    subprocess.run([sys.executable, "-m", "papermill", *words], check=True, capture_output=True, timeout=120)
    assert nbformat.read(target, as_version=4).cells[0].outputs[0].data["text/plain"] == "42"


def test_workers_import_what_the_notebooks_import(tmp_path):
    path, damaged = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    cells = ["import polars as pl, json", "%matplotlib inline", "from analysis.pages.port import charts\nx = 1"]
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in cells]), path)
    damaged.write_text("{")
    assert imports.imported_modules([path, damaged, tmp_path / "none.ipynb"]) == (
        "polars", "json", "analysis.pages.port", "analysis.pages.port.charts",
    )  # fmt: skip

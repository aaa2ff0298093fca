"""An edition: pages, notebooks and manifests of all reports, and an index that says what failed."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from analysis.core.errors import CoverageError, ParameterError, PeriodError, ReportError
from analysis.publishing.edition import runner

pytestmark = pytest.mark.usefixtures("without_fonts")

BREAKING = """
[[report]]
id = "broken"
notebook = "small.ipynb"
parameters = { break_now = true, place = "<b>nowhere</b>" }
[[report]]
id = "whole"
notebook = "small.ipynb"
parameters = { headline = "<script>alert(1)</script>超100万吨" }
"""
RUN = """
import os, signal, sys
from pathlib import Path
from analysis.publishing.edition import runner
from analysis.runtime import folders
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background of a shell ignores it
os.environ["SILKPORT_DATA"] = str(folders.data_folder())
folders.ROOT = Path(sys.argv[1])
folders.pack_folder = lambda: folders.ROOT / "data" / "packs"
folders.default_reports = lambda: folders.ROOT / "reports"
runner.report(pack="small", edition="2023-11")
"""


def build(**choices):
    return runner.report(pack="small", edition="2023-11", **choices)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


KINDS = ("html", "xlsx", "csv", "ipynb", "json")


def test_an_edition_holds_pages_notebooks_manifests_and_an_index(edition):
    assert sorted(contents(edition)) == sorted(
        ["index.html", "edition.json", *(f"{name}.{kind}" for name in ("one", "two") for kind in KINDS)]
    )


def test_the_same_report_has_the_same_bytes_and_a_second_run_builds_nothing(project, edition, monkeypatch):
    result = build(workers=1, only=["one"])
    first = contents(result.index.parent)
    assert result == runner.EditionResult(project / "reports" / "2023-11" / "index.html", ("one",), {})
    for name in (f"one.{kind}" for kind in KINDS):
        assert first[name] == (edition / name).read_bytes()
    monkeypatch.setattr(runner, "_build_reports", pytest.fail)
    assert build(only=["one"]) == result
    assert contents(result.index.parent) == first


def test_a_run_builds_again_what_is_missing_or_damaged(project, edition, monkeypatch):
    folder = project / "reports" / "2023-11"
    folder.mkdir(parents=True)
    for path in edition.glob("one.*"):
        shutil.copy(path, folder)
    rebuilt = []
    monkeypatch.setattr(runner, "_build_reports", lambda jobs, *_: rebuilt.extend(job.report.id for job in jobs) or {})
    build()
    assert rebuilt == ["two"]
    (folder / "one.html").write_bytes((folder / "one.html").read_bytes()[:-10])
    build(only=["one"])
    assert rebuilt == ["two", "one"]


def test_a_failing_report_stops_no_other_and_the_index_says_why(pack_of):
    pack_of(BREAKING)
    result = build()
    assert result.built == ("whole",)
    assert result.failed == {"broken": "AssertionError in cell 6: the evidence contradicts itself"}
    assert not list(result.index.parent.glob("broken*"))
    index = result.index.read_text(encoding="utf-8")
    assert "AssertionError in cell 6: the evidence contradicts itself" in index
    assert '<a href="whole.html">' in index
    assert "1 of 2" in index
    assert "&lt;script&gt;alert(1)&lt;/script&gt;超100万吨" in index


def test_the_index_tells_pages_of_an_earlier_run_and_those_not_built_yet(project, edition):
    folder = project / "reports" / "2023-11"
    folder.mkdir(parents=True)
    for path in edition.glob("one.*"):
        shutil.copy(path, folder)
    (project / "notebooks" / "small.ipynb").write_bytes(b"{")
    index = build(only=["one"]).index.read_text(encoding="utf-8")
    assert "cannot be read" in index
    assert "from an earlier run" in index
    assert "Not built yet" in index


def test_the_manifest_names_all_that_the_page_was_made_from(edition):
    manifest = json.loads((edition / "one.json").read_text(encoding="utf-8"))
    assert manifest["notebook"] == "small.ipynb"
    assert re.fullmatch("[0-9a-f]{64}", manifest["notebook_sha256"])
    assert manifest["parameters"]["as_of"] == "2023-11-30"
    assert manifest["parameters"]["target"] is None
    assert manifest["statement_ids"] == ["irk-1", "irk-2"]
    assert manifest["versions"]["polars"]
    assert "commit" in manifest["code"]
    assert all(re.fullmatch("[0-9a-f]{64}", checksum) for checksum in manifest["data"].values())
    assert "statements.csv" in manifest["data"]
    assert manifest["page"]["coverage"] == 0.25
    assert sorted(manifest["files"]) == sorted(f"one.{kind}" for kind in KINDS if kind != "json")
    assert manifest["lang"] == "both"


def test_the_executed_notebook_holds_no_trace_of_its_run(edition):
    notebook = nbformat.read(edition / "one.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
    assert "injected-parameters" in [cell.id for cell in code]
    streams = [output.text for cell in code for output in cell.outputs if output.output_type == "stream"]
    assert streams == ["one\ntwo\n"]


@pytest.mark.parametrize(
    "choices,error",
    [
        ({"edition": "2023.11"}, PeriodError),
        ({"edition": "2023-13"}, PeriodError),
        ({"edition": ""}, PeriodError),
        ({"pack": "none"}, CoverageError),
        ({"only": ["none"]}, CoverageError),
        ({"workers": 0}, ParameterError),
        ({"out": Path("/dev/null/reports")}, ReportError),
    ],
)
def test_wrong_choices_are_refused_and_nothing_is_written(project, choices, error):
    with pytest.raises(error):
        runner.report(**({"pack": "small", "edition": "2023-11"} | choices))
    assert not (project / "reports").exists()


def test_a_pack_with_an_unknown_parameter_runs_nothing(pack_of):
    project = pack_of('[[report]]\nid = "one"\nnotebook = "small.ipynb"\nparameters = { plaec = "irkeshtam" }\n')
    with pytest.raises(ParameterError, match="Did you mean 'place'"):
        build()
    assert not (project / "reports").exists()


@pytest.mark.usefixtures("own_workers")
def test_the_kernel_is_this_interpreter_with_one_thread_and_no_session(project, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "desk.ipynb")
    path = project / "notebooks" / "small.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["kernelspec"] = {"name": "another", "display_name": "Another", "language": "python"}
    notebook.cells[
        -2
    ].source += (
        "\nimport os, sys\nprint([sys.executable, os.environ['OMP_NUM_THREADS'], 'JPY_SESSION_NAME' in os.environ])"
    )
    nbformat.write(notebook, path)
    folder = build(only=["one"]).index.parent
    assert repr([sys.executable, "1", False]) in json.dumps(json.loads((folder / "one.ipynb").read_text()))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_nothing_half_written_and_no_kernel(project, end):
    path = project / "notebooks" / "small.ipynb"
    notebook = nbformat.read(path, as_version=4)
    started = project / "started"
    notebook.cells[1].source += "\nseconds = 60"
    notebook.cells[-1].source = (
        "import os, time, pathlib\n"
        f"pathlib.Path({str(started)!r} + place + str(os.getpid())).touch()\ntime.sleep(seconds)\n"
        + notebook.cells[-1].source
    )
    nbformat.write(notebook, path)
    process = subprocess.Popen([sys.executable, "-c", RUN, str(project)], stderr=subprocess.DEVNULL)
    kernels = _wait_for_kernels(project, 2)
    process.send_signal(end)
    assert process.wait(timeout=60) != 0
    assert contents(project / "reports" / "2023-11") == {}
    deadline = time.monotonic() + 20
    while any(_runs(kernel) for kernel in kernels) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_runs(kernel) for kernel in kernels)


def _wait_for_kernels(project, count):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        kernels = [int(path.name.removeprefix("startedirkeshtam")) for path in project.glob("startedirkeshtam*")]
        if len(kernels) == count:
            return kernels
        time.sleep(0.05)
    raise AssertionError("the kernels did not start")


def _runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_an_unchanged_edition_loads_no_notebook_machinery(project, edition):
    folder = project / "reports" / "2023-11"
    folder.mkdir(parents=True)
    for path in edition.glob("*.*"):
        shutil.copy(path, folder)
    heavy = "('altair', 'scipy', 'statsmodels', 'papermill', 'nbformat', 'jupyter_client')"
    ask = RUN + f"print([name for name in {heavy} if name in sys.modules])"
    asked = subprocess.run([sys.executable, "-c", ask, str(project)], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "[]", asked.stderr


def test_the_index_of_all_editions_lists_each_with_its_pages_and_failures(pack_of):
    project = pack_of(BREAKING)
    for edition in ("2023-11", "2023-12"):
        runner.report(pack="small", edition=edition)
    (project / "reports" / "no-edition").mkdir()
    (project / "reports" / "no-edition" / "edition.json").write_text("{")
    page = (project / "reports" / "index.html").read_text(encoding="utf-8")
    assert page.index("December 2023") < page.index("November 2023")
    for edition in ("2023-11", "2023-12"):
        assert f'<a href="{edition}/whole.html">' in page
        assert f"{edition}/broken.html" not in page
    assert page.count("broken") == 2
    assert "no-edition" not in page


@pytest.mark.usefixtures("project")
def test_another_language_is_another_page():
    english = runner.report(pack="small", edition="2023-11", only=["one"], lang="en").index.parent / "one.html"
    assert 'class="switch"' not in english.read_text(encoding="utf-8")
    runner.report(pack="small", edition="2023-11", only=["one"])
    assert 'class="switch"' in english.read_text(encoding="utf-8")

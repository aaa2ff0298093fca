"""A small notebook, a pack of it and a data folder, so that publishing is tested without any real report."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.pages.parts import fonts
from analysis.publishing.edition import runner
from analysis.publishing.workers import crew
from analysis.publishing.workers.process import Process
from analysis.publishing.workers.warm_pool import WarmPool
from analysis.runtime import folders
from tests.estimates.partitions.conftest import cluster  # noqa: F401

PARAMETERS = """\
edition = "2023-11"  # month of the edition
as_of = "2023-11-30"  # data cut-off
place = "irkeshtam"
target: float | None = None  # tonnes
seed = 1
headline = "About 1.1 million tonnes."
options: dict = {}
break_now = False
"""
LEAD = """\
from IPython.display import HTML, SVG, Markdown, display
from analysis.pages.parts.page_record import PageRecord
display(HTML(f'<ol class="sentences"><li>{place}: <a href="#s-irk-1">1.1 million tonnes</a> by {as_of}.</li></ol>'))
"""
CHART = """\
drawing = '''<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Freight by year" width="620" height="120"
viewBox="0 0 620 120"><defs><clipPath id="clip0"><rect width="600" height="100"/></clipPath></defs>
<g clip-path="url(#clip0)">
<path aria-roledescription="bar" aria-label="2023; 110万吨" fill="#0072b2" d="M10,20h300v60h-300Z"/>
<text x="20" y="96" font-size="12">货运量 2023</text></g></svg>'''
display(SVG(drawing), SVG(drawing))
"""
TABLE = """\
display(HTML('<table><caption>Sources</caption><thead><tr><th>id</th><th class="num">tonnes</th></tr></thead><tbody>'
    '<tr id="s-irk-1"><td>irk-1</td><td class="num">1,100,000</td></tr></tbody></table>'))
print("one"); print("two")
"""
RECORD = """\
assert not break_now, "the evidence contradicts itself"
PageRecord(title="Irkeshtam", title_zh="伊尔克什坦", place=place, edition=edition, as_of=as_of, status="flash",
    coverage=0.25, headline=headline, sentences=("One.",), statement_ids=("irk-2", "irk-1"),
    withheld=("Months are not drawn: the interval is too wide.",), spark=drawing)
"""


def cells() -> list[Any]:
    """Return the cells of the small notebook."""
    parameters = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}, id="parameters")
    lead = new_code_cell(LEAD, metadata={"tags": ["lead"]}, id="lead")
    text = new_markdown_cell("# Freight at a port\n\nWhat passed the gate? 货运\n\n## Chart", id="question")
    detail = new_markdown_cell("### How it was made\n\nBy hand.", metadata={"tags": ["detail"]}, id="detail")
    skipped = new_markdown_cell("Only for the desk.", metadata={"tags": ["skip"]}, id="skipped")
    code = [new_code_cell(source, id=name) for source, name in ((CHART, "chart"), (TABLE, "table"), (RECORD, "record"))]
    return [text, parameters, lead, detail, skipped, *code]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project folder with the small notebook and a pack `small` of two reports."""
    make_project(tmp_path)
    _take_for_root(tmp_path, monkeypatch)
    return tmp_path


@pytest.fixture(scope="session")
def _pool() -> Iterator[WarmPool]:
    """Return the workers of this process; files of other folders may lie between those of this one."""
    pool = WarmPool()
    yield pool
    pool.close()


@pytest.fixture(scope="package", autouse=True)
def _warm_crew(_pool: WarmPool) -> Iterator[None]:
    """Let all runs in this process share their workers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crew, "Process", _pool)
        yield


@pytest.fixture
def without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages that this process renders carry no font: cutting one to the characters of a page takes a second."""
    monkeypatch.setattr(fonts, "subset_css", lambda _: "")


@pytest.fixture
def own_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the runs of a test start workers of their own, as outside tests."""
    monkeypatch.setattr(crew, "Process", Process)


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory, _pool: WarmPool) -> Path:
    """Return the folder of an edition of the pack `small`; tests only read it."""
    root = tmp_path_factory.mktemp("project")
    make_project(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crew, "Process", _pool)
        _take_for_root(root, patch)
        return runner.report(pack="small", edition="2023-11").index.parent


def _take_for_root(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let packs, notebooks and reports lie in a folder, while the evidence stays the bundled one."""
    patch.setenv("SILKPORT_DATA", str(folders.data_folder()))
    patch.setattr(folders, "ROOT", folder)
    patch.setattr(folders, "pack_folder", lambda: folder / "data" / "packs")
    patch.setattr(folders, "default_reports", lambda: folder / "reports")


def make_project(tmp_path: Path) -> None:
    """Write the small notebook and a pack `small` of two reports."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "packs").mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells()), tmp_path / "notebooks" / "small.ipynb")
    write_pack(
        tmp_path, '[[report]]\nid = "one"\nnotebook = "small.ipynb"\n[[report]]\nid = "two"\nnotebook = "small.ipynb"\n'
    )


def write_pack(project: Path, reports: str) -> None:
    """Write the pack `small`."""
    (project / "data" / "packs" / "small.toml").write_text(f'title = "Small pack"\n{reports}', encoding="utf-8")


@pytest.fixture
def pack_of(project: Path) -> Callable[[str], Path]:
    """Return a function that replaces the reports of the pack `small`."""

    def replace(reports: str) -> Path:
        write_pack(project, reports)
        return project

    return replace

"""Cells and programs that go wrong for real, and a run in a process of its own that may be limited or ended."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat

RUN = """
import json, os, signal, sys
from pathlib import Path
from analysis.publishing.edition import runner
from analysis.runtime import folders
from analysis.publishing.workers.limits import Limits
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background of a shell ignores it
os.environ.setdefault("SILKPORT_DATA", str(folders.data_folder()))  # the evidence stays the bundled one
folders.ROOT = Path(sys.argv[1])
folders.pack_folder = lambda: folders.ROOT / "data" / "packs"
folders.default_reports = lambda: folders.ROOT / "reports"
chosen = json.loads(sys.argv[2])
chosen["limits"] = Limits(**chosen.pop("limits", {}))
result = runner.report(**{"pack": "small", "edition": "2023-11"} | chosen)
print(json.dumps([result.built, dict(result.failed)]))
"""


def start(project: Path, **options) -> subprocess.Popen:
    """Start a run of the pack `small`; `chosen` are the choices of `runner.report`, others go to the process."""
    chosen = json.dumps(options.pop("chosen", {}))
    words = [sys.executable, "-c", RUN, str(project), chosen]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def run(project: Path, **options) -> tuple[list[str], dict[str, str]]:
    """Run to the end and return what was built and what failed."""
    process = start(project, **options)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    built, failed = json.loads(out)
    return built, failed


def write_pack(project: Path, poisons: Mapping[str, str], *, notebooks: Mapping[str, str] | None = None) -> None:
    """Let a cell of the small notebook run some code in each report, or let a report use another notebook."""
    path = project / "notebooks" / "small.ipynb"
    notebook = nbformat.read(path, as_version=4)
    if "poison" not in notebook.cells[1].source:
        notebook.cells[1].source += '\npoison = ""'
        notebook.cells[2].source += "\nexec(poison)"
        nbformat.write(notebook, path)
    reports = [
        f'[[report]]\nid = "{name}"\nnotebook = "{(notebooks or {}).get(name, "small.ipynb")}"\n'
        f"parameters = {{ poison = {json.dumps(code)} }}"
        for name, code in poisons.items()
    ]
    (project / "data" / "packs" / "small.toml").write_text("\n".join(reports), encoding="utf-8")


def names(folder: Path) -> list[str]:
    """Return the names of everything in a folder."""
    return sorted(path.name for path in folder.iterdir())

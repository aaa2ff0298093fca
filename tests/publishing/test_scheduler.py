"""A pack on a Dask cluster of real processes: the bytes of one machine, and nothing lost with a worker."""

from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import nbformat
import pytest

from analysis.core.errors import ReportError
from analysis.estimates.partitions import workers
from analysis.publishing.edition import runner
from tests.estimates.partitions.conftest import wait_for

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask's distributed is not installed")

REPORTS = "".join(
    f'[[report]]\nid = "gate-{n}"\nnotebook = "small.ipynb"\nparameters = {{ seed = {n} }}\n' for n in range(6)
)
BROKEN = '[[report]]\nid = "broken"\nnotebook = "small.ipynb"\nparameters = { break_now = true }\n'


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_worker_killed_in_the_middle_costs_nothing_and_the_bytes_are_those_of_one_machine(
    cluster, pack_of, tmp_path
):  # fmt: skip
    project = pack_of(REPORTS + BROKEN)
    slow = nbformat.read(project / "notebooks" / "small.ipynb", as_version=4)
    slow.cells[3].source += "\nimport time\ntime.sleep(0.5)"
    nbformat.write(slow, project / "notebooks" / "small.ipynb")
    first = cluster.worker()
    cluster.worker()
    out = tmp_path / "cluster-reports"
    with ThreadPoolExecutor(1) as asked:
        told = asked.submit(runner.report, pack="small", edition="2023-11", out=out, scheduler=cluster.address)
        wait_for(lambda: told.done() or list(out.glob("2023-11/gate-*.json")), "the first report")
        assert not told.done(), "the run was over before the worker could be killed"
        first.kill()
        there = told.result(timeout=240)
    here = runner.report(pack="small", edition="2023-11", out=tmp_path / "reports")
    assert there.built == here.built
    assert there.failed == here.failed
    assert list(here.failed) == ["broken"]
    assert contents(there.index.parent) == contents(here.index.parent)


def test_a_scheduler_that_does_not_answer_is_named_and_nothing_is_written(project, monkeypatch):
    monkeypatch.setattr(workers, "_PATIENCE", 1)
    with pytest.raises(ReportError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        runner.report(pack="small", edition="2023-11", scheduler="tcp://127.0.0.1:9")
    assert not (project / "reports").exists()


@pytest.mark.usefixtures("project")
def test_a_worker_with_other_data_builds_nothing(cluster, monkeypatch, tmp_path):
    cluster.worker()
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("SILKPORT_DATA", str(tmp_path / "other"))
    told = runner.report(pack="small", edition="2023-11", only=["one"], scheduler=cluster.address)
    assert "has other data. Bring it in line" in told.failed["one"]
    assert sorted(path.name for path in told.index.parent.iterdir()) == ["edition.json", "index.html"]

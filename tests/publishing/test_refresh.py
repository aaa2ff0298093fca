"""Stored outputs are rewritten to the same bytes."""

import nbformat
import pytest

from analysis.core.errors import ReportError
from analysis.publishing.edition import refresh


def test_a_second_refresh_changes_no_byte(project):
    path = project / "notebooks" / "small.ipynb"
    assert refresh.refresh([path]) == (path,)
    first = path.read_bytes()
    assert refresh.refresh([path]) == ()
    assert path.read_bytes() == first
    cells = nbformat.read(path, as_version=4).cells
    assert "injected-parameters" not in [cell.id for cell in cells]
    assert all(cell.execution_count for cell in cells if cell.cell_type == "code")


def test_a_failing_notebook_keeps_its_stored_outputs(project):
    path = project / "notebooks" / "small.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("break_now = False", "break_now = True"), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(ReportError, match="the evidence contradicts itself"):
        refresh.refresh([path])
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]

"""Executed notebooks without what differs from run to run: times, durations, counts, random ids."""

from copy import deepcopy
from typing import Any

import nbformat

from analysis.core.legible import encodable

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
#: What JupyterLab writes of any Python, without the version, so that saving there changes as little as may be.
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
_KEPT_CELL_METADATA = ("tags", "slideshow", "jupyter")


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy of an executed notebook that is the same for every run with the same results.

    Kept are sources, outputs, tags and the ids of cells; an injected cell gets an id of its own. Counts are those of
    a fresh kernel, and chunks of a printed text are joined, since where a stream is cut depends on timing. What no file
    in UTF-8 can hold is written out, such as the bytes of a file name in another encoding. Whole numbers in data are
    written without a point, as a browser writes them, so that a save in JupyterLab changes none.
    """
    copy: nbformat.NotebookNode = deepcopy(notebook)
    copy.metadata = _node({"kernelspec": _KERNEL, "language_info": _LANGUAGE})
    count = 0
    for place, cell in enumerate(copy.cells):
        cell.setdefault("id", f"cell-{place}")
        kept = {key: cell.metadata[key] for key in _KEPT_CELL_METADATA if cell.metadata.get(key)}
        cell.metadata = _node(kept)
        if "injected-parameters" in kept.get("tags", []):
            cell["id"] = "injected-parameters"
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = _join_streams([_output(_plain(output), count) for output in cell.outputs])
    copy.nbformat, copy.nbformat_minor = 4, 5
    return copy


def to_bytes(notebook: nbformat.NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file, after checking it against the notebook format."""
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    return (text.rstrip("\n") + "\n").encode("utf-8")


def _node(content: dict[str, Any]) -> nbformat.NotebookNode:
    """Return a part of a notebook."""
    node: nbformat.NotebookNode = nbformat.from_dict(content)
    return node


def _output(output: nbformat.NotebookNode, count: int) -> nbformat.NotebookNode:
    """Return an output with the count of its cell and nothing that only its session knew."""
    output.pop("transient", None)
    if output.output_type == "execute_result":
        output.execution_count = count
    return output


def _plain(output: Any) -> Any:
    """Return an output, or a part of one, whose texts can be written to a file and whose numbers are a browser's."""
    if isinstance(output, dict):
        return type(output)({key: _plain(value) for key, value in output.items()})
    if isinstance(output, list):
        return [_plain(part) for part in output]
    if isinstance(output, float) and output.is_integer():
        return int(output)
    return encodable(output) if isinstance(output, str) else output


def _join_streams(outputs: list[Any]) -> list[Any]:
    """Return the outputs with neighbouring pieces of the same stream as one."""
    joined: list[Any] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined

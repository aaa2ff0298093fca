"""The files of a report, from its executed notebook."""

from collections.abc import Mapping
from typing import Any

import nbformat

from analysis.errors import ReportError
from analysis.publishing import content, html, manifest, normalise


def files(executed: nbformat.NotebookNode, used: Mapping[str, Any] | None, *, name: str) -> dict[str, bytes]:
    """Return the files of a report by name: executed notebook, page and, last, the manifest.

    Parameters
    ----------
    executed
        The normalised notebook.
    used
        All inputs of the report, as in its manifest; None for the notebook alone.
    name
        Name of the report, which names its files.

    Raises
    ------
    ReportError
        If the notebook shows no page record, or the data changed while it ran.
    """
    notebook = normalise.to_bytes(executed)
    if used is None:
        return {f"{name}.{manifest.NOTEBOOK}": notebook}
    shown = content.read(executed, name=name)
    page = html.page(shown, used)
    if manifest.data() != used["data"]:
        raise ReportError(f"The data changed while {name!r} was made. Build the edition again.")
    made = manifest.complete(used, record=shown.record, page=page, notebook=notebook)
    written = {manifest.NOTEBOOK: notebook, manifest.PAGE: page, manifest.MANIFEST: manifest.to_bytes(made)}
    return {f"{name}.{suffix}": each for suffix, each in written.items()}

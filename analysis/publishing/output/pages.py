"""The files of a report, from its executed notebook: page, workbook, CSV, notebook, and the manifest last."""

from collections.abc import Mapping
from typing import Any

import nbformat

from analysis.publishing.output import content, html, manifest, normalise, workbook

#: What stands beside a page, in the order in which the page names it.
BESIDE = (manifest.WORKBOOK, manifest.TABLE, manifest.NOTEBOOK, manifest.MANIFEST)


def files(executed: nbformat.NotebookNode, used: Mapping[str, Any] | None, *, name: str) -> dict[str, bytes]:
    """Return the files of a report by name; the manifest comes last, its presence says that the others are complete.

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
        If the notebook shows no page record.
    """
    written = {f"{name}.{manifest.NOTEBOOK}": normalise.to_bytes(executed)}
    if used is None:
        return written
    lang = used["lang"]
    shown = content.read(executed, name=name, lang=lang)
    written |= {
        f"{name}.{manifest.WORKBOOK}": workbook.workbook(shown, lang=lang),
        f"{name}.{manifest.TABLE}": workbook.csv(shown, lang=lang),
        f"{name}.{manifest.PAGE}": html.render_page(shown, used, beside=BESIDE),
    }
    complete = manifest.complete(used, record=shown.record, written=written, numbers=shown.numbers)
    return {**written, f"{name}.{manifest.MANIFEST}": manifest.to_bytes(complete)}

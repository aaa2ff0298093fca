"""All files of one report from its executed notebook: page, workbook, CSV, notebook, and the manifest last."""

from collections.abc import Mapping
from typing import Any

import nbformat

from analysis.publishing import content, html, manifest, normalise, workbook

#: What stands beside a page, in the order in which the page names it.
BESIDE = (manifest.WORKBOOK, manifest.TABLE, manifest.NOTEBOOK, manifest.MANIFEST)


def files(executed: nbformat.NotebookNode, used: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files of a report by name; the manifest comes last, its presence says that the others are complete.

    Parameters
    ----------
    executed
        The executed notebook, normalised.
    used
        The inputs of the report, as `manifest.inputs` returns them.
    """
    name, lang = used["report"], used.get("lang", html.BOTH)
    shown = content.read(executed, name=name, lang=lang)
    written = {
        f"{name}.{manifest.NOTEBOOK}": normalise.to_bytes(executed),
        f"{name}.{manifest.WORKBOOK}": workbook.workbook(shown, lang=lang),
        f"{name}.{manifest.TABLE}": workbook.csv(shown, lang=lang),
        f"{name}.{manifest.PAGE}": html.page(shown, used, beside=BESIDE),
    }
    made = manifest.complete(used, record=shown.record, written=written, numbers=shown.numbers)
    return {**written, f"{name}.{manifest.MANIFEST}": manifest.to_bytes(made)}

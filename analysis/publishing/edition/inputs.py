"""What decides what a page says: notebook, parameters, code and data, each with its checksum."""

from collections.abc import Mapping
from typing import Any

from analysis.publishing.edition.packs import Report
from analysis.publishing.output.provenance import code_used, data
from analysis.runtime.checksums import sha256


def inputs(
    report: Report, *, pack: str, edition: str, parameters: Mapping[str, Any], lang: str = "both"
) -> dict[str, Any]:
    """Return everything that decides what a page says.

    Parameters
    ----------
    report
        The report of the pack.
    pack, edition
        Name of the pack; month of the edition, `YYYY-MM`.
    parameters
        All parameters of the run, defaults included.
    lang
        Languages of the page: `en`, `zh` or `both`.

    Returns
    -------
    dict
        `report`, `pack`, `edition`, `lang`, `notebook` and its checksum, `parameters`, `versions`, `code` (commit and
        checksum of the package's own files) and `data` (SHA-256 by file, those named by parameters among them).
    """
    return {
        "report": report.id,
        "pack": pack,
        "edition": edition,
        "lang": lang,
        "notebook": report.notebook.name,
        "notebook_sha256": sha256([report.notebook]),
        "parameters": dict(parameters),
        **code_used(),
        "data": data(parameters),
    }

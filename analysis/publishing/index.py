"""The index of an edition: what each page says in one sentence, what is withheld, and what failed and why."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis.publishing import html, manifest
from analysis.publishing.packs import Pack
from analysis.publishing.sanitise import Sanitiser

NAME = "index.html"


def render(
    pack: Pack, folder: Path, *, edition: str, as_of: str, made: Mapping[str, Any], failed: Mapping[str, str]
) -> bytes:
    """Return the index of the pages that stand in a folder.

    Parameters
    ----------
    pack
        The pack; its order is that of the cards.
    folder
        The edition's folder; pages count only with their whole manifest.
    edition, as_of
        Month of the edition and its data cut-off.
    made
        The inputs of one of the reports, for the version of the code.
    failed
        Reason by id of each report that failed in this run.
    """
    sanitiser = Sanitiser()
    cards = [_card(report.id, folder, failed.get(report.id), sanitiser) for report in pack.reports]
    built = sum(1 for card in cards if card["page"] and not card["failure"])
    return html.index(title=pack.title, edition=edition, cards=cards, built=built, **html.heading(edition, as_of, made))


def _card(report: str, folder: Path, failure: str | None, sanitiser: Sanitiser) -> dict[str, Any]:
    """Return what the index shows of one report."""
    whole = manifest.read(folder, report)
    page = whole["page"] if whole else None
    spark = (
        sanitiser.clean(page["spark"], label=f"Small chart: {page['title']}", boxed=False)
        if page and page.get("spark")
        else ""
    )
    return {
        "id": report,
        "page": page,
        "failure": failure,
        "spark": Markup(spark),
        "coverage": html.percent(page.get("coverage")) if page else "",
    }

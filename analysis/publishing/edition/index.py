"""The index of an edition and that of all editions: what each page says in one sentence, and what failed and why."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis.core.errors import PeriodError
from analysis.core.periods import parse_month
from analysis.pages.words.rounding import coverage_percent
from analysis.publishing.edition.packs import Pack, is_id
from analysis.publishing.output import content, html, manifest
from analysis.publishing.output.sanitise import Sanitiser
from analysis.runtime.json_files import read_object

NAME = "index.html"

#: What the index of all editions reads of each: its month, its cut-off, its reports in order, those that failed.
EDITION = "edition.json"


def render(
    pack: Pack, folder: Path, *, edition: str, as_of: str, inputs: Mapping[str, Any], failed: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the index of the pages that stand in a folder, and the same as data.

    Parameters
    ----------
    pack
        The pack; its order is that of the cards.
    folder
        The edition's folder; pages count only with their whole manifest.
    edition, as_of
        Month of the edition and its data cut-off.
    inputs
        The inputs of one of the reports, for the version of the code and the languages.
    failed
        Reason by id of each report that failed in this run.
    """
    sanitiser = Sanitiser()
    cards = [_report_card(report.id, folder, failed.get(report.id), sanitiser) for report in pack.reports]
    built = sum(1 for card in cards if card["page"] and not card["failure"])
    lang = inputs.get("lang", html.BOTH)
    page = html.render_index(
        title=pack.title,
        title_zh=pack.title_zh,
        edition=edition,
        lang=lang,
        opening=_opening(cards, lang),
        cards=cards,
        built=built,
        **html.version_words(edition, as_of, inputs),
    )
    reports = [report.id for report in pack.reports]
    summary = {"edition": edition, "as_of": as_of, "reports": reports, "failed": dict(failed)}
    return {EDITION: manifest.to_bytes(summary), NAME: page}


def _opening(cards: Sequence[Mapping[str, Any]], lang: str) -> Markup:
    """Return the chart and table of the first page that has an opening, with a link to it; nothing without one."""
    for card in cards:
        if card["page"] and not card["failure"] and card["page"].get("opening"):
            return Markup(content.read_opening(card["page"]["opening"], lang=lang))
    return Markup("")


def render_editions(root: Path, *, lang: str) -> bytes:
    """Return the index of all editions in a folder, the newest first.

    Parameters
    ----------
    root
        The folder that holds a folder `YYYY-MM` of each edition; whatever else is there is left alone.
    lang
        `en`, `zh` or `both`.
    """
    sanitiser = Sanitiser()
    entries = [_edition_entry(path, sanitiser) for path in sorted(root.glob(f"*/{EDITION}"), reverse=True)]
    return html.render_editions(lang=lang, editions=[entry for entry in entries if entry])


def _edition_entry(path: Path, sanitiser: Sanitiser) -> dict[str, Any] | None:
    """Return what the index of all editions shows of one; None where the folder holds none that can be read."""
    summary = read_object(path)
    if summary is None:
        return None
    try:
        parse_month(path.parent.name, what="edition")
        entry: dict[str, Any] = html.edition_dates(str(summary["edition"]), str(summary["as_of"]))
        names, failed = ([str(name) for name in summary[key] if is_id(str(name))] for key in ("reports", "failed"))
    except (KeyError, TypeError, PeriodError):
        return None
    pages = []
    for name in names:
        whole = manifest.read(path.parent, name)
        if whole and name not in failed:
            pages.append({"id": name, "record": whole["page"], "spark": _clean_spark(whole["page"], sanitiser)})
    return entry | {"folder": path.parent.name, "failed": failed, "pages": pages}


def _report_card(report: str, folder: Path, failure: str | None, sanitiser: Sanitiser) -> dict[str, Any]:
    """Return what the index shows of one report."""
    whole = manifest.read(folder, report)
    page = whole["page"] if whole else None
    return {
        "id": report,
        "page": page,
        "failure": failure,
        "spark": _clean_spark(page, sanitiser) if page else "",
        "coverage": coverage_percent(page.get("coverage")) if page else "",
    }


def _clean_spark(page: Mapping[str, Any], sanitiser: Sanitiser) -> Markup:
    """Return the small chart of a page."""
    if not page.get("spark"):
        return Markup("")
    return Markup(sanitiser.clean(page["spark"], label=f"Small chart: {page['title']}", boxed=False))

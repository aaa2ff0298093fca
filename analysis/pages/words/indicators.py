"""What a series counts, in the words of both languages."""

from typing import Any

from analysis.core.errors import CoverageError
from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.pages.words.partners import partner_words
from analysis.pages.words.phrases import MODES
from analysis.sources.evidence import Evidence
from analysis.sources.places import Places

_FLOWS = {"import": Both("imports", "进口"), "export": Both("exports", "出口"), "transit": Both("transit", "过境")}


def indicator_words(indicator: str, evidence: Evidence) -> Both:
    """Return what an indicator counts; one that is not listed is named as the ledger has it."""
    return Both(*evidence.indicators.names(indicator))


def series_words(row: dict[str, Any], evidence: Evidence) -> Both:
    """Return what the series of a statement is: `Horgos, rail freight, imports`; `霍尔果斯铁路过货量（进口）`.

    A partner is named, too: `Xinjiang, trade (Kazakhstan)`; `新疆进出口总额（哈萨克斯坦）`.

    Parameters
    ----------
    row
        A ledger row: `place`, `indicator`, `flow`, `mode`, `partner`, `series_id`; of a minimal ledger the last only.
    evidence
        The data folder whose registers name places and indicators.
    """
    if not row.get("place") or not row.get("indicator"):
        return Both(str(row["series_id"]), str(row["series_id"]))
    name, what = place_words(str(row["place"]), evidence.places), indicator_words(str(row["indicator"]), evidence)
    mode = MODES.get(str(row.get("mode"))) if row.get("mode") != "all" else None
    flow = _FLOWS.get(str(row.get("flow")))
    english = f"{name.en}, {mode.en} {what.en}" if mode else f"{name.en}, {what.en}"
    chinese = _side_by_side(str(name.zh), f"{mode.zh if mode else ''}{what.zh}")
    if row.get("partner"):
        partner = partner_words(str(row["partner"]), evidence.places)
        english, chinese = f"{english} ({partner.en})", f"{chinese}（{partner.zh}）"
    return Both(f"{english}, {flow.en}" if flow else english, f"{chinese}（{flow.zh}）" if flow else chinese)


def _side_by_side(first: str, second: str) -> str:
    """Return two Chinese words as one; where English stands in for both, a space is between them."""
    return f"{first} {second}" if first[-1:].isascii() and second[:1].isascii() else f"{first}{second}"


def place_words(place: str, places: Places) -> Both:
    """Return the name of a place; of a country that only trades, as a partner is called."""
    try:
        return short_name(place, places)
    except CoverageError:
        return partner_words(place, places)

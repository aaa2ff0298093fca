"""The page on which a reader sees bulletins beside the rows that were read from them."""

from collections.abc import Iterator
from typing import Any

from analysis.pages.parts.sources import MEASURES
from analysis.pages.words.bulletins import DOUBT, LEDGER, WHY
from analysis.pages.words.dates import date_words
from analysis.pages.words.indicators import series_words
from analysis.publishing.output.html import render_review
from analysis.sources.bulletins import CONTRADICTS, Bulletin, Proposals
from analysis.sources.evidence import Evidence


def review_page(proposals: Proposals, evidence: Evidence) -> bytes:
    """Return a page with each text, its figures marked, and its rows beside them; it works offline.

    Parameters
    ----------
    proposals
        What was read.
    evidence
        The folder whose registers name places and indicators.
    """
    return render_review(
        bulletins=[_shown(bulletin, proposals, evidence) for bulletin in proposals.bulletins],
        rows=proposals.table.height,
        against=proposals.table.filter(proposals.table["ledger"] == CONTRADICTS).height,
        left_out=sum(len(figures) for figures in proposals.left_out.values()),
    )


def _shown(bulletin: Bulletin, proposals: Proposals, evidence: Evidence) -> dict[str, Any]:
    """Return what the page shows of one bulletin."""
    rows = proposals.table.filter(proposals.table["bulletin_id"] == bulletin.identity).to_dicts()
    left_out = proposals.left_out[bulletin.identity]
    day = date_words(bulletin.published_on)
    return {
        "id": bulletin.identity,
        "title": bulletin.title or bulletin.identity,
        "publisher": bulletin.publisher,
        "lang": "zh-Hans" if bulletin.tongue == "zh" else "en",
        "day": day.en,
        "day_zh": day.zh,
        "pieces": list(_pieces(bulletin, rows, [(figure.span_start, figure.span_end) for figure in left_out])),
        "rows": [_row(row, evidence) for row in rows],
        "left_out": [
            {"words": figure.words, "en": WHY[figure.why].en, "zh": WHY[figure.why].zh} for figure in left_out
        ],
    }


def _pieces(bulletin: Bulletin, rows: list[dict[str, Any]], others: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """Yield the text in pieces: plain, a figure with the numbers of its rows, or a figure that gave none."""
    numbers: dict[tuple[int, int], list[int]] = {span: [] for span in others}
    for row in rows:
        numbers.setdefault((row["span_start"], row["span_end"]), []).append(row["row"])
    position = 0
    for start, end in sorted(numbers):
        if start < position:
            continue
        yield {"text": bulletin.text[position:start], "kind": "", "rows": []}
        kind = "read" if numbers[(start, end)] else "unread"
        yield {"text": bulletin.text[start:end], "kind": kind, "rows": sorted(numbers[(start, end)])}
        position = end
    yield {"text": bulletin.text[position:], "kind": "", "rows": []}


def _row(row: dict[str, Any], evidence: Evidence) -> dict[str, Any]:
    """Return the cells of one row in both languages."""
    name, said = series_words(row, evidence), LEDGER[row["ledger"]]
    doubts = [DOUBT[code] for code in (row["doubts"] or "").split(";") if code]
    return {
        "number": row["row"],
        "series": row["series_id"],
        "partner": row["partner"] or "",
        "name": name.en,
        "name_zh": name.zh,
        "period": f"{row['period_start']} – {row['period_end']}",
        "measure": MEASURES[row["measure"]].en,
        "measure_zh": MEASURES[row["measure"]].zh,
        "relation": {"eq": "=", "approx": "≈", "gt": ">", "lt": "<"}[row["relation"]],
        "value": f"{row['value']:,.12g}",
        "unit": row["unit"],
        "printed": row["value_as_published"],
        "confidence": f"{row['confidence']:.2f}",
        "doubts": "; ".join(str(doubt.en) for doubt in doubts),
        "doubts_zh": "；".join(str(doubt.zh) for doubt in doubts),
        "ledger": said.en,
        "ledger_zh": said.zh,
        "state": row["ledger"],
        "ids": (row["ledger_ids"] or "").replace(";", ", "),
    }

"""The header and index line of the audit, in the words of its sentences."""

import polars as pl

from analysis.core.periods import Edition
from analysis.desks.audit import EvidenceAudit
from analysis.pages.audit.sentences import summary
from analysis.pages.audit.words import port_words
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.cells import Both
from analysis.pages.words.phrases import series


def page_header(audit: EvidenceAudit, *, edition: Edition) -> PageRecord:
    """Return the header of the audit's page."""
    intervals = interval_record(audit.known)
    return PageRecord(
        title="The evidence: what is known, and what is not",
        title_zh="资料审计：已知与未知",
        place=audit.place,
        edition=str(edition),
        as_of=audit.known.as_of.isoformat(),
        statement_ids=tuple(audit.statement_ids()),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(audit), _never(audit)),
    )


def _never(audit: EvidenceAudit) -> tuple[Both, ...]:
    """Name the ports and modes about whose freight no figure was ever published."""
    rows = audit.coverage.filter(pl.col("newest_id").is_null()).select("place", "mode").rows()
    if not rows:
        return ()
    names = series([port_words(place, mode, audit) for place, mode in rows])
    return (Both(f"The age of knowledge of {names.en}: no figure of all freight was ever published.",
                 f"{names.zh}的资料时效：从未公布全部过货量。"),)  # fmt: skip

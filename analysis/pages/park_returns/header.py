"""The header and index line of the page of a park's returns."""

from analysis.core.periods import Edition
from analysis.desks.park_returns import Accounts, Progress
from analysis.pages.park_returns.sentences import summary
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.sources.evidence import Known


def page_header(progress: Progress, accounts: Accounts, *, known: Known, park: str, edition: Edition) -> PageRecord:
    """Return the header; an illustrative panel says so in its title."""
    name, day = short_name(park, known.places), known.as_of
    mark = Both(" (illustrative)", "（示意）") if progress.illustrative else Both("", "")
    intervals = interval_record(None)
    return PageRecord(
        title=f"{name.en}: returns of firms{mark.en}",
        title_zh=f"{name.zh}企业报表{mark.zh}",
        place=park,
        edition=str(edition),
        as_of=day.isoformat(),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(progress, accounts), ()),
    )

"""The header and index line of an aid portfolio's page."""

from analysis.core.periods import Edition
from analysis.desks.aid import AidPortfolio
from analysis.pages.aid.sentences import summary
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.names import short_name


def page_header(aid: AidPortfolio, *, edition: Edition) -> PageRecord:
    """Return the header of an aid portfolio's page."""
    giver, place = (short_name(one, aid.known.places) for one in (aid.plan.partner, aid.plan.place))
    intervals = interval_record(None)
    return PageRecord(
        title=f"Aid of {giver.en} for {place.en}",
        title_zh=f"{giver.zh}援助{place.zh}",
        place=aid.plan.place,
        edition=str(edition),
        as_of=aid.known.as_of.isoformat(),
        statement_ids=tuple(aid.statement_ids()),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(aid), ()),
    )

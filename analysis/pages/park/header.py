"""The header and index line of a park's page, in the words of its sentences."""

from analysis.core.periods import Edition
from analysis.desks.park import ParkOutput
from analysis.pages.park.sentences import summary
from analysis.pages.park.tables.words import OWN_CHANCE
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.pages.words.reasons import reason_words


def page_header(park: ParkOutput, *, edition: Edition) -> PageRecord:
    """Return the header of a park's page; nothing illustrative enters it."""
    attainment = park.attainment
    name, year = short_name(attainment.park, attainment.places), attainment.year
    withheld: tuple[Both, ...] = ()
    if attainment.reason is not None and attainment.target_cny is not None:
        reason = reason_words(attainment.reason)
        withheld = (Both(f"{OWN_CHANCE.en} of {year}, {reason.en}.", f"{OWN_CHANCE.zh}（{year}年），{reason.zh}。"),)
    intervals = interval_record(None)
    return PageRecord(
        title=f"{name.en}: output",
        title_zh=f"{name.zh}总产值",
        place=attainment.park,
        edition=str(edition),
        as_of=attainment.as_of.isoformat(),
        statement_ids=tuple(park.statement_ids()),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(park), withheld),
    )

"""The header and index line of the page on the forecast record, in the words of its sentences."""

from analysis.desks.track_record import ForecastRecord
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.track_record.sentences import summary


def page_header(record: ForecastRecord) -> PageRecord:
    """Return the header of the page on the forecast record, which is about no place."""
    intervals = interval_record(record.known)
    return PageRecord(
        title="Forecast record",
        title_zh="预测记录",
        place="forecast_record",
        edition=str(record.edition),
        as_of=record.as_of.isoformat(),
        statement_ids=tuple(sorted(record.editions["statement_id"])),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(record), ()),
    )

"""The header and index line of monthly tables, in the words of their sentences."""

from analysis.desks.monthly_tables import MonthlyTables
from analysis.pages.monthly_tables.names import subject
from analysis.pages.monthly_tables.sentences import summary
from analysis.pages.monthly_tables.tables import sources
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record


def page_header(tables: MonthlyTables) -> PageRecord:
    """Return the header of a page of monthly tables."""
    about, source = subject(tables), tables.source
    intervals = interval_record(source.known if source.paths else None)
    ids = tuple(anchor.removeprefix("s-") for anchor in sources(tables).anchors)
    title = str(about.en)
    return PageRecord(
        title=f"{title[:1].upper()}{title[1:]}",
        title_zh=str(about.zh),
        place=tables.main,
        edition=str(tables.edition),
        as_of=source.as_of.isoformat(),
        statement_ids=ids,
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(tables), ()),
    )

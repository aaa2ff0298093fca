"""The header and index line of the page of ways."""

from analysis.desks.corridor import Corridor
from analysis.pages.corridor.sentences import summary
from analysis.pages.corridor.words import route_words
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.cells import Both


def page_header(corridor: Corridor) -> PageRecord:
    """Return the header of the page of ways."""
    unknown = [way for way in corridor.ways if way.hours is None]
    withheld = tuple(
        Both(
            f"Hours {route_words(way.route).en}: the hours of a leg were not published.",
            f"{route_words(way.route).zh}的时间：有路段没有公布。",
        )
        for way in unknown
    )
    intervals = interval_record(None)
    return PageRecord(
        title="Jiangsu to Tashkent: the ways",
        title_zh="江苏至塔什干各路线",
        place="jiangsu",
        edition=str(corridor.edition),
        as_of=corridor.known.as_of.isoformat(),
        statement_ids=tuple(corridor.statement_ids()),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(corridor), withheld),
    )

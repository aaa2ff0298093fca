"""The header and index line of a gate's page, in the words of its sentences."""

from analysis.core.reasons import Reason
from analysis.desks.crossing import Crossing
from analysis.pages.crossing.sentences import summary
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.pages.words.reasons import reason_words


def page_header(crossing: Crossing) -> PageRecord:
    """Return the header of a gate's page."""
    name = short_name(crossing.place, crossing.known.places)
    withheld: list[Both] = []
    if crossing.gate.unknown is not None:
        reason = reason_words(crossing.gate.unknown)
        withheld.append(Both(f"Capacity and waiting times: {reason.en}.", f"通关能力与等候时间：{reason.zh}。"))
    if isinstance(crossing.traffic, Reason):
        reason = reason_words(crossing.traffic)
        withheld.append(Both(f"Vehicles by month: {reason.en}.", f"各月车辆数：{reason.zh}。"))
    intervals = interval_record(crossing.known)
    return PageRecord(
        title=f"{name.en}: the crossing",
        title_zh=f"{name.zh}口岸通关能力",
        place=crossing.place,
        edition=str(crossing.edition),
        as_of=crossing.known.as_of.isoformat(),
        statement_ids=tuple(crossing.statement_ids()),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(crossing), tuple(withheld)),
    )

"""The header and index line of the closures page, in the words of its sentences."""

from analysis.core.periods import Edition
from analysis.desks.closures import ClosureImpact
from analysis.desks.port.drawing_rule import WIDEST_RATIO
from analysis.pages.closures.sentences import summary
from analysis.pages.closures.words import impact_words
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import series


def page_header(impact: ClosureImpact, *, edition: Edition) -> PageRecord:
    """Return the header of the closures page."""
    name, intervals = short_name(impact.place, impact.known.places), interval_record(impact.known)
    return PageRecord(
        title=f"{name.en}: what the closures cost",
        title_zh=f"{name.zh}口岸关闭的影响",
        place=impact.place,
        edition=str(edition),
        as_of=impact.as_of.isoformat(),
        statement_ids=tuple(impact.statement_ids()),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(impact), _without(impact)),
    )


def _without(impact: ClosureImpact) -> tuple[Both, ...]:
    """Name the ports of which the year before is not known well enough for a number."""
    names = [impact_words(each, impact) for each in impact.ports if not each.is_measurable]
    if not names:
        return ()
    listed, year = series(names), impact.together.yardstick
    return (
        Both(
            f"The loss of {listed.en}: {year} is not known well enough, its 80% interval spans more than a "
            f"factor of {WIDEST_RATIO}.",
            f"{listed.zh}的损失：{year}年的数字不足，其80%区间上下限之比超过{WIDEST_RATIO}。",
        ),
    )

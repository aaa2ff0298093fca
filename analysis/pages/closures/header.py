"""The header and index line of the closures page, in the words of its sentences."""

from analysis.core.periods import Edition
from analysis.desks.closures import ClosureImpact
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
    """Name the ports without a counterfactual."""
    names = [impact_words(each, impact) for each in impact.ports if each.loss is None]
    if not names:
        return ()
    listed, day = series(names), impact.span[0]
    return (
        Both(
            f"The loss of {listed.en}: no level was published of the time before {day:%Y-%m}.",
            f"{listed.zh}的损失：没有公布过{day.year}年{day.month}月之前的总量。",
        ),
    )

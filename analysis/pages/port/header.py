"""The header and index line of a port's page, in the words of its sentences."""

from analysis.desks.port import Outlook
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.port.charts.spark import spark
from analysis.pages.port.sentences import contradictory_sentences, summary
from analysis.pages.port.traffic import traffic
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import year_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import series


def page_header(outlook: Outlook) -> PageRecord:
    """Return the header of a port's page."""
    name, what = short_name(outlook.place, outlook.places), traffic(outlook).title
    kind = "freight" if traffic(outlook).is_freight else ""
    intervals = interval_record(outlook.known, series_id=outlook.series_id, kind=kind)
    return PageRecord(
        title=f"{name.en}: {what.en}",
        title_zh=f"{name.zh}{what.zh}",
        place=outlook.place,
        edition=f"{outlook.edition:%Y-%m}",
        as_of=outlook.as_of.isoformat(),
        status=outlook.status,
        coverage=round(outlook.coverage, 6),
        statement_ids=tuple(outlook.statement_ids()),
        spark=spark(outlook),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(outlook), (*_uncompared(outlook), *contradictory_sentences(outlook))),
    )


def _uncompared(outlook: Outlook) -> tuple[Both, ...]:
    """Name the years that the edition's is not compared with."""
    missing = [year_words(row["figure_year"]) for row in outlook.chances.to_dicts() if row["probability"] is None]
    if not missing:
        return ()
    years = series(missing)
    return (Both(f"Comparison with {years.en}: not known well enough for that.", f"与{years.zh}的比较：所知不足。"),)

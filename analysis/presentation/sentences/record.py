"""The header and index line of each page, in the words of its sentences."""

from analysis import places
from analysis.freight import Outlook
from analysis.park import Attainment
from analysis.presentation.charts.spark import spark
from analysis.presentation.names import short_name
from analysis.presentation.page import PageRecord
from analysis.presentation.sentences.freight import outlook as outlook_sentences
from analysis.presentation.sentences.park import attainment as park_sentences
from analysis.presentation.words import series

_MODES = {"road": ("road freight", "公路货运"), "rail": ("rail freight", "铁路货运")}


def outlook_record(outlook: Outlook) -> PageRecord:
    """Return the header of a port's page."""
    said = outlook_sentences(outlook).plain()
    en, zh = _MODES.get(outlook.mode, (f"{outlook.mode} freight", "货运"))
    missing = [str(row["figure_year"]) for row in outlook.chances.iter_rows(named=True) if row["probability"] is None]
    return PageRecord(
        title=f"{short_name(outlook.place)}: {en}",
        title_zh=f"{places.names(outlook.place)[1]}{zh}",
        place=outlook.place,
        edition=f"{outlook.edition:%Y-%m}",
        as_of=outlook.as_of.isoformat(),
        status=outlook.status,
        coverage=round(outlook.coverage, 6),
        headline=said[0],
        sentences=said,
        statement_ids=tuple(outlook.statement_ids()),
        withheld=(f"Comparison with {series(missing)}: no full-year figure was published.",) if missing else (),
        spark=spark(outlook),
    )


def park_record(attainment: Attainment, *, edition: str) -> PageRecord:
    """Return the header of a park's page; nothing illustrative enters it."""
    said = park_sentences(attainment).plain()
    reason = (
        () if attainment.reason is None else (f"Probability of the target of {attainment.year}, {attainment.reason}.",)
    )
    return PageRecord(
        title=f"{short_name(attainment.park)}: output",
        title_zh=f"{places.names(attainment.park)[1]}产值",
        place=attainment.park,
        edition=edition,
        as_of=attainment.as_of.isoformat(),
        coverage=None if attainment.probability is not None else 0.0,
        headline=said[0],
        sentences=said,
        statement_ids=tuple(attainment.statement_ids()),
        withheld=reason,
    )

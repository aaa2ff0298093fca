"""The header and index line of a port's page, in the words of its sentences."""

import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.port import Outlook
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.port.charts.spark import spark
from analysis.pages.port.sentences import summary
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import year_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import MODES, series
from analysis.pages.words.reasons import reason_words


def page_header(outlook: Outlook) -> PageRecord:
    """Return the header of a port's page."""
    name, mode = short_name(outlook.place, outlook.places), MODES.get(outlook.mode, Both(outlook.mode, ""))
    return PageRecord(
        title=f"{name.en}: {mode.en} freight",
        title_zh=f"{name.zh}{mode.zh}过货量",
        place=outlook.place,
        edition=f"{outlook.edition:%Y-%m}",
        as_of=outlook.as_of.isoformat(),
        status=outlook.status,
        coverage=round(outlook.coverage, 6),
        statement_ids=tuple(outlook.statement_ids()),
        spark=spark(outlook),
        **header_fields(summary(outlook), (*_uncompared(outlook), *_contradictory(outlook))),
    )


def _uncompared(outlook: Outlook) -> tuple[Both, ...]:
    """Name the years that the edition's is not compared with."""
    missing = [year_words(row["figure_year"]) for row in outlook.chances.to_dicts() if row["probability"] is None]
    if not missing:
        return ()
    years = series(missing)
    return (
        Both(
            f"Comparison with {years.en}: no full-year figure was published.", f"与{years.zh}的比较：没有公布全年数字。"
        ),
    )


def _contradictory(outlook: Outlook) -> tuple[Both, ...]:
    """Name the figures of the port that contradict each other, and are used nowhere on the page."""
    own = outlook.inputs.withheld.filter(pl.col("series_id") == outlook.series_id)
    return tuple(
        Both(f"Statements about the port: {reason.en}.", f"关于该口岸的表述：{reason.zh}，均不采用。")
        for ids in own["statement_ids"].unique(maintain_order=True)
        for reason in [reason_words(Reason("withheld", statements=ids.replace(";", ", ")))]
    )

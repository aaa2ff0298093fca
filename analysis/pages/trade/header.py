"""The header and index line of the trade page, in the words of its sentences."""

import polars as pl

from analysis.core.periods import Edition
from analysis.desks.trade import TradeGrowth
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.trade.sentences import summary
from analysis.pages.trade.words import region_name
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import year_words
from analysis.pages.words.phrases import series


def page_header(trade: TradeGrowth, *, edition: Edition) -> PageRecord:
    """Return the header of the trade page."""
    name, intervals = region_name(trade), interval_record(trade.known)
    return PageRecord(
        title=f"{name.en}: trade growth",
        title_zh=f"{name.zh}进出口增速",
        place=trade.place,
        edition=str(edition),
        as_of=trade.as_of.isoformat(),
        statement_ids=tuple(trade.statement_ids()),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        **header_fields(summary(trade), _uncompared(trade)),
    )


def _uncompared(trade: TradeGrowth) -> tuple[Both, ...]:
    """Name the years that the edition's is not compared with."""
    missing = trade.growth.filter(pl.col("median").is_null())["other"].unique().sort().to_list()
    if not missing:
        return ()
    years = series([year_words(year) for year in missing])
    return (Both(f"Comparison with {years.en}: not known well enough for that.", f"与{years.zh}的比较：所知不足。"),)

"""How well each port's freight is known: completeness of months and years, age of the newest figure, gaps."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import polars as pl

from analysis.core.periods import add_months, month_end, month_range, month_start
from analysis.core.vocabulary import FIGURE_RELATIONS
from analysis.methods.reconstruction.spans import base_span
from analysis.sources.evidence import Known

INDICATOR = "freight_tonnes"

Span = tuple[dt.date, dt.date]

COVERAGE: dict[str, Any] = {
    "place": pl.String, "mode": pl.String, "months": pl.Int64, "years": pl.Int64,
    "newest_id": pl.String, "newest_end": pl.Date, "published_on": pl.Date, "age": pl.Int64,
    "gap_start": pl.Date, "gap_end": pl.Date, "gap_months": pl.Int64,
}  # fmt: skip


class Gap(NamedTuple):
    """A run of months of which nothing was said: first day of the first and last day of the last, and how many."""

    start: dt.date
    end: dt.date
    months: int


def coverage(known: Known, ports: Iterable[tuple[str, str]], *, month: dt.date, first_year: int) -> pl.DataFrame:
    """Return how well the freight of some ports was published.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    ports
        Places and modes.
    month
        First day of the edition's month: months are counted from January of its year up to it.
    first_year
        First of the years that are counted, and in which a gap may begin.

    Returns
    -------
    DataFrame
        One row a port and mode: `place, mode`, `months` (provided, of those elapsed), `years` (provided, of those
        before the edition's), `newest_id`, `newest_end` and `published_on` of the newest figure and its `age` (days
        from `newest_end` to the cut-off; null without a figure), and the longest gap: `gap_start, gap_end, gap_months`
        (null, null and 0 without one).
    """
    freight = known.usable.filter(pl.col("indicator") == INDICATOR)
    wanted = month_range(month.replace(month=1), month)
    rows = []
    for place, mode in ports:
        own = freight.filter((pl.col("place") == place) & (pl.col("mode") == mode))
        figures = own.filter(
            (pl.col("flow") == "total") & (pl.col("measure") == "level") & pl.col("relation").is_in(FIGURE_RELATIONS)
        ).sort("period_end", "available_on", "statement_id")
        spans = set(figures.select("period_start", "period_end").iter_rows())
        row: dict[str, Any] = {"place": place, "mode": mode}
        row["months"] = sum(provided(spans, (each, month_end(each))) for each in wanted)
        row["years"] = sum(
            provided(spans, (dt.date(year, 1, 1), dt.date(year, 12, 31))) for year in range(first_year, month.year)
        )
        if figures.height:
            newest = figures.row(-1, named=True)
            row |= {"newest_id": newest["statement_id"], "newest_end": newest["period_end"]}
            row |= {"published_on": newest["published_on"], "age": (known.as_of - newest["period_end"]).days}
        gap = longest_gap(own, dt.date(first_year, 1, 1), month)
        row |= {"gap_months": 0} if gap is None else dict(zip(("gap_start", "gap_end", "gap_months"), gap, strict=True))
        rows.append(row)
    return pl.DataFrame(rows, schema=COVERAGE)


def provided(spans: set[Span], span: Span) -> bool:
    """Return whether figures about some spans state that of another one: their own, or the difference of two.

    Parameters
    ----------
    spans
        First and last days of the figures.
    span
        The span that is asked for: one month, or one year.
    """
    start, end = span
    before = start - dt.timedelta(days=1)
    return span in spans or any(last == end and first < start and (first, before) in spans for first, last in spans)


def longest_gap(statements: pl.DataFrame, first: dt.date, last: dt.date) -> Gap | None:
    """Return the longest run of months of which no statement speaks, the earliest of several; None without one.

    A growth rate speaks of its own span and of the span that it compares with.

    Parameters
    ----------
    statements
        Rows of the ledger: `measure, period_start, period_end`.
    first, last
        First and last month that are looked at.
    """
    spoken: set[dt.date] = set()
    for measure, start, end in statements.select("measure", "period_start", "period_end").iter_rows():
        for span in ((start, end), base_span(measure, start, end)):
            if span is not None:
                spoken.update(month_range(month_start(span[0]), month_start(span[1])))
    best: tuple[int, dt.date] = (0, first)
    run = 0
    for month in month_range(first, last):
        run = 0 if month in spoken else run + 1
        if run > best[0]:
            best = (run, month)
    if best[0] == 0:
        return None
    return Gap(add_months(best[1], 1 - best[0]), month_end(best[1]), best[0])

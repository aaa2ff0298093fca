"""What the previous edition of a port's page knew, and how its figures moved from edition to edition."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analysis.core.errors import EvidenceError
from analysis.core.path_table import FREQ, significant
from analysis.core.periods import add_months, month_end
from analysis.desks.port.outlook import Outlook
from analysis.estimates import paths
from analysis.estimates.new_statements import gains, new_statements
from analysis.estimates.news import COLUMNS, News, logarithmic_mean, news_of_nothing
from analysis.methods.reconstruction import Posterior
from analysis.sources import ledger

#: Vintages of the triangle, the edition's own included.
VINTAGES = 6

#: Months of the triangle's rows at most.
MONTHS = 6

_SCHEMA: dict[str, Any] = {
    "freq": FREQ,
    "time_period": pl.Date,
    "vintage": pl.Date,
    "known": pl.Int64,
    "estimate": pl.Float64,
}


@dataclass(frozen=True)
class Revisions:
    """How estimates moved with what was published: the revision triangle.

    Attributes
    ----------
    table
        One row a period and vintage: `freq` (A: the edition's year; M: a month that may be drawn), `time_period`,
        `vintage` (the last day of an edition's month), `known` (statements of the series that counted by then),
        `estimate` (median, in the unit of the series; null where no statement of the series counted). The last vintage
        is the page's own; in an earlier one, what was published after it is taken away again, with the gains of
        docs/methods/news.md. A year that zeros make one of nothing has no estimate before they were published.
    """

    table: pl.DataFrame

    @property
    def vintages(self) -> list[dt.date]:
        """The vintages, in order."""
        return self.table["vintage"].unique().sort().to_list()


def evidence_news(outlook: Outlook) -> News:
    """Return what was published since the previous edition, and how it moved the total of the edition's year.

    The earlier estimate is the present one with the new statements taken away again, so nothing remains unexplained;
    `silkport news` fits both days on their own and names the remainder.

    Parameters
    ----------
    outlook
        The edition's outlook.

    Raises
    ------
    EvidenceError
        If the port was closed all year.
    """
    year, since = outlook.edition.year, outlook.edition - dt.timedelta(days=1)
    later, new = _new(outlook, since)
    after = float(outlook.year()["median"])
    if _known_to_be_nothing(outlook) is not None:
        return news_of_nothing(
            outlook.known, later, outlook.series_id,
            before=_earlier(outlook, since), since=since, year=year, unit=outlook.unit,
        )  # fmt: skip
    moved = gains(later, outlook.series_id, dt.date(year, 1, 1), dt.date(year, 12, 31), new)[1]
    origin = _without(after, moved["gain"])
    contribution = significant(moved["gain"].to_numpy() * logarithmic_mean(origin, after))
    return News(
        table=moved.select(*COLUMNS, contribution=pl.Series(contribution), relative=pl.Series(contribution) / origin),
        series_id=outlook.series_id,
        year=year,
        unit=outlook.unit,
        since=since,
        until=outlook.as_of,
        before=origin if _known(outlook, later, since) else None,
        after=after,
        origin=origin,
        remainder=after - origin - float(contribution.sum()),
        gone=(),
    )


def revisions(outlook: Outlook, *, count: int = VINTAGES) -> Revisions:
    """Return the estimates of the edition's year and last drawn months as of the ends of the last months.

    Parameters
    ----------
    outlook
        The edition's outlook.
    count
        How many vintages, the edition's own included.
    """
    vintages = [month_end(add_months(outlook.edition, -back)) for back in reversed(range(1, count))] + [outlook.as_of]
    later, new = _new(outlook, vintages[0])
    rows = []
    nothing_since = _known_to_be_nothing(outlook)
    for freq, first, last, estimate in _periods(outlook):
        if freq == "A" and nothing_since is not None:
            rows += [
                (freq, first, vintage, _known(outlook, later, vintage), 0.0 if vintage >= nothing_since else None)
                for vintage in vintages
            ]
            continue
        moved = gains(later, outlook.series_id, first, last, new)[1].select("known_on", "gain")
        for vintage in vintages:
            known = _known(outlook, later, vintage)
            since = moved.filter(pl.col("known_on") > vintage)["gain"]
            rows.append((freq, first, vintage, known, _without(estimate, since) if known else None))
    return Revisions(pl.DataFrame(rows, schema=_SCHEMA, orient="row"))


def _known_to_be_nothing(outlook: Outlook) -> dt.date | None:
    """Return the day from which published zeros made the edition's year one of nothing; None for any other year."""
    year = outlook.edition.year
    zeros = outlook.reconstruction.zeros_in((dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if not zeros or outlook.reconstruction.year(year).any():
        return None
    known_on = outlook.known.statements.filter(pl.col("statement_id").is_in(zeros))["available_on"].max()
    assert isinstance(known_on, dt.date)
    return known_on


def _earlier(outlook: Outlook, since: dt.date) -> float | None:
    """Return the earlier estimate of the edition's year, from a fit of its own; None where there is none."""
    try:
        path = paths.reconstruct(
            outlook.known.at(since), outlook.series_id, start=outlook.inputs.start, end=outlook.inputs.end
        )
    except EvidenceError:
        return None
    return float(significant(np.median(path.year(outlook.edition.year))))


def _new(outlook: Outlook, since: dt.date) -> tuple[Posterior, pl.DataFrame]:
    """Return the fit behind an outlook, and what became known after a day."""
    later = outlook.fitted()
    before = ledger.evidence(outlook.known.at(since).statements)["statement_id"].to_list()
    return later, new_statements(outlook.known, later, before, since)


def _without(estimate: float, moved: pl.Series) -> float:
    """Return an estimate with what moved it, in logs, taken away again."""
    return float(significant(np.asarray(estimate * np.exp(-moved.to_numpy().sum()))))


def _known(outlook: Outlook, later: Posterior, day: dt.date) -> int:
    """Return how many statements of the series itself counted by a day."""
    behind = later.evidence.filter(pl.col("series_id") == outlook.series_id)["statement_id"]
    return outlook.statements.filter(
        pl.col("statement_id").is_in(behind.implode()) & (pl.col("available_on") <= day)
    ).height


def _periods(outlook: Outlook) -> list[tuple[str, dt.date, dt.date, float]]:
    """Return frequency, first and last day and median of the periods whose estimates the triangle follows."""
    year = outlook.edition.year
    periods = [("A", dt.date(year, 1, 1), dt.date(year, 12, 31), float(outlook.year()["median"]))]
    drawn = outlook.drawn_months(years=1).filter(
        (pl.col("level") == 80) & (pl.col("time_period") <= outlook.edition) & (pl.col("median") > 0)
    )
    for month, median in drawn.sort("time_period").tail(MONTHS).select("time_period", "median").iter_rows():
        periods.append(("M", month, month_end(month), float(median)))
    return periods

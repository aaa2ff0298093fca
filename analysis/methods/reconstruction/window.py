"""The window of a reconstruction: open days of a port by month, and months in which its flow may jump."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.periods import add_months, month_start, months_between
from analysis.methods.reconstruction.spans import base_span


@dataclass(frozen=True)
class Days:
    """The open days of a window: one number a day, months as columns.

    Attributes
    ----------
    start
        First day of the window, the first of a month.
    month
        Column of each day, 0 for the first month.
    share
        Share of each day on which the port is open, 0 to 1.
    """

    start: dt.date
    month: np.ndarray
    share: np.ndarray

    @property
    def months(self) -> int:
        """How many months the window has."""
        return int(self.month[-1]) + 1

    def between(self, start: dt.date, end: dt.date) -> np.ndarray:
        """Return the open days of each month that lie from `start` to `end`, both included."""
        first, last = max((start - self.start).days, 0), max((end - self.start).days + 1, 0)
        return np.bincount(self.month[first:last], weights=self.share[first:last], minlength=self.months)

    def within(self, start: dt.date, end: dt.date) -> "Days":
        """Return the days from `start`, the first of a month, to `end`, the last of one; the window covers both."""
        chosen = slice((start - self.start).days, (end - self.start).days + 1)
        month = self.month[chosen]
        return Days(start, month - month[0], self.share[chosen])

    @property
    def firsts(self) -> tuple[dt.date, ...]:
        """First days of the months."""
        return tuple(add_months(self.start, count) for count in range(self.months))

    @property
    def end(self) -> dt.date:
        """Last day of the window."""
        return self.start + dt.timedelta(days=self.month.size - 1)

    @property
    def open(self) -> np.ndarray:
        """Open days of each month."""
        return np.bincount(self.month, weights=self.share)


def covering_window(evidence: pl.DataFrame, start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """Return the January and December that cover the months from `start` to `end` and all statements with their bases.

    Parameters
    ----------
    evidence
        Statements: `measure, period_start, period_end`.
    start, end
        First and last month of the paths.
    """
    starts, ends = [month_start(start)], [month_start(end)]
    for measure, first, last in evidence.select("measure", "period_start", "period_end").iter_rows():
        base = base_span(measure, first, last) or (first, last)
        starts.append(month_start(min(first, base[0])))
        ends.append(month_start(max(last, base[1])))
    return min(starts).replace(month=1), max(ends).replace(month=12)


def days_in_window(start: dt.date, end: dt.date, open_share: pl.DataFrame | None) -> Days:
    """Return the open days of the months from `start` to `end`, every day open where the calendar is silent.

    Parameters
    ----------
    start, end
        First days of the first and the last month.
    open_share
        Optional calendar: `date`, `share_open` (0 to 1), one row a day.
    """
    count = (add_months(end, 1) - start).days
    share = np.ones(count)
    if open_share is not None:
        offset = (open_share["date"] - start).dt.total_days().to_numpy()
        inside = (offset >= 0) & (offset < count)
        share[offset[inside]] = open_share["share_open"].to_numpy()[inside]
    dates = pl.date_range(start, start + dt.timedelta(days=count - 1), eager=True)
    month = (dates.dt.year().cast(pl.Int64) * 12 + dates.dt.month()).to_numpy()
    return Days(start, month - month[0], share)


def jump_variances(days: Days, regimes: pl.DataFrame | None) -> np.ndarray:
    """Return the variance of a further step of the random walk into each month; zero outside regimes.

    Parameters
    ----------
    days
        The window.
    regimes
        Spans in which the flow may jump: `start`, `end` (days), `jump` (standard deviation, in logs, of a further step
        a month).
    """
    variances = np.zeros(days.months)
    for row in regimes.iter_rows(named=True) if regimes is not None else ():
        first = max(months_between(days.start, row["start"]), 0)
        last = max(months_between(days.start, row["end"]) + 1, 0)
        variances[first:last] = np.maximum(variances[first:last], row["jump"] ** 2)
    return variances

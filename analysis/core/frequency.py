"""How often a table has a figure: every month, quarter or week, and the arithmetic of such periods."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

#: The first Monday of 1970, with which week 0 begins, and its days from 1 January.
_MONDAY, _FIRST_MONDAY = dt.date(1970, 1, 5), 4


@dataclass(frozen=True)
class Frequency:
    """The periods of a table, counted from the first one that begins in 1970.

    Attributes
    ----------
    code
        As `vocabulary.FREQUENCIES` writes it.
    unit
        What a period is called in sentences.
    per_year
        Periods of a year: after these many the season of a year repeats.
    step
        What one period is to polars.
    """

    code: str
    unit: str
    per_year: int
    step: str

    def start(self, day: pl.Expr) -> pl.Expr:
        """Return the first day of the period of each day; a week begins on Monday."""
        return day.dt.truncate(self.step)

    def index(self, start: pl.Expr) -> pl.Expr:
        """Return the number of each period, given its first day."""
        if self.code == "W":
            return (start.cast(pl.Date).cast(pl.Int64) - _FIRST_MONDAY) // 7
        months = (start.dt.year().cast(pl.Int64) - 1970) * 12 + start.dt.month() - 1
        return months * self.per_year // 12

    def number(self, start: dt.date) -> int:
        """Return the number of one period, given its first day."""
        if self.code == "W":
            return (start - _MONDAY).days // 7
        return ((start.year - 1970) * 12 + start.month - 1) * self.per_year // 12

    def first_days(self, index: np.ndarray) -> np.ndarray:
        """Return the first days of periods, given their numbers."""
        if self.code == "W":
            return np.asarray(np.asarray(index) * 7 + _FIRST_MONDAY, "datetime64[D]")
        return np.asarray(np.asarray(index) * (12 // self.per_year), "datetime64[M]").astype("datetime64[D]")

    def add(self, start: dt.date, count: int) -> dt.date:
        """Return the first day of the period so many later."""
        day: dt.date = self.first_days(np.array(self.number(start) + count)).item()
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """Return how many periods `end` begins after `start`."""
        return self.number(end) - self.number(start)

    def periods(self, months: int) -> int:
        """Return the number of periods of so many months, at least one."""
        return max(1, round(months * self.per_year / 12))

    def label(self, start: dt.date) -> str:
        """Return a period as sentences write it: 2023-11, 2023-Q4, or the Monday of its week."""
        if self.code == "Q":
            return f"{start.year}-Q{(start.month + 2) // 3}"
        return f"{start:%Y-%m}" if self.code == "M" else f"{start:%Y-%m-%d}"


MONTHLY = Frequency("M", "month", 12, "1mo")
QUARTERLY = Frequency("Q", "quarter", 4, "1q")
WEEKLY = Frequency("W", "week", 52, "1w")


def frequency_of(season: int) -> Frequency:
    """Return the frequency of a table whose season repeats after so many periods.

    4 stands for quarters and 52 for weeks; every other season is one of months.
    """
    return {4: QUARTERLY, 52: WEEKLY}.get(season, MONTHLY)

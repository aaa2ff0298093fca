"""Days, months and years: reading them from text, and arithmetic on the calendar."""

import datetime as dt
import re
from dataclasses import dataclass

from analysis.core.errors import PeriodError

#: First and last year that a figure can be about. One beyond is mistyped (1022, 20222), or has two digits.
EARLIEST_YEAR, LATEST_YEAR = 1800, 2100

#: First year of a flow: a table of all months since an earlier one would fill the memory.
FIRST_FLOW_YEAR = 1900

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def parse_date(text: str, *, what: str = "date") -> dt.date:
    """Return the day written as `YYYY-MM-DD`.

    Parameters
    ----------
    text
        A day such as `2023-11-30`.
    what
        What the day is, for the error sentence.

    Raises
    ------
    PeriodError
        If the text is not a day of the calendar in that form, or its year is out of reach.
    """
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise PeriodError(f"The {what} {text!r} is no day of the calendar. Write it as YYYY-MM-DD.")
    return _within_reach(day, text, what)


def parse_month(text: str, *, what: str = "month") -> dt.date:
    """Return the first day of the month written as `YYYY-MM`.

    Raises
    ------
    PeriodError
        If the text is not a month in that form (`2023.11` and `2023-13` are not), or its year is out of reach.
    """
    match = _MONTH.fullmatch(text)
    if match is None:
        raise PeriodError(f"The {what} {text!r} is no month. Write it as YYYY-MM, such as 2023-11.")
    if match[1] == "0000":
        raise PeriodError(_beyond(text, what))
    return _within_reach(dt.date(int(match[1]), int(match[2]), 1), text, what)


def _within_reach(day: dt.date, text: str, what: str) -> dt.date:
    """Return a day, unless its year is none that a figure can be about."""
    if EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return day
    raise PeriodError(_beyond(text, what))


def _beyond(text: str, what: str) -> str:
    return f"The {what} {text!r} lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}. Correct its year."


def month_start(day: dt.date) -> dt.date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def month_end(day: dt.date) -> dt.date:
    """Return the last day of the month of a day."""
    return add_months(month_start(day), 1) - dt.timedelta(days=1)


def add_months(month: dt.date, count: int) -> dt.date:
    """Return the first day of the month `count` months after the month of a day."""
    index = month.year * 12 + month.month - 1 + count
    return dt.date(index // 12, index % 12 + 1, 1)


def months_between(start: dt.date, end: dt.date) -> int:
    """Return how many months the month of `end` lies after the month of `start`."""
    return (end.year - start.year) * 12 + end.month - start.month


def month_range(start: dt.date, end: dt.date) -> list[dt.date]:
    """Return the first days of all months from that of `start` to that of `end`, both included."""
    return [add_months(start, count) for count in range(months_between(start, end) + 1)]


def month_span(start: str, end: str, *, what: str = "span") -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the months from one to another, both written as `YYYY-MM`.

    Raises
    ------
    PeriodError
        If one is written wrongly, or the span runs backwards.
    """
    first, last = parse_month(start, what=f"start of the {what}"), parse_month(end, what=f"end of the {what}")
    if last < first:
        raise PeriodError(f"The {what} runs backwards, from {start} to {end}. Swap the two months.")
    return first, month_end(last)


@dataclass(frozen=True)
class Edition:
    """The month of a set of pages, and the last day of publication that counts for them.

    Attributes
    ----------
    month
        First day of the month.
    as_of
        The data cut-off.
    """

    month: dt.date
    as_of: dt.date

    @classmethod
    def of(cls, month: str, as_of: str = "") -> "Edition":
        """Return the edition of a month written as `YYYY-MM`.

        Parameters
        ----------
        month
            The month, such as `2023-11`.
        as_of
            The data cut-off as `YYYY-MM-DD`; the last day of the month if empty.

        Raises
        ------
        PeriodError
            If the month or the day is written wrongly, or the cut-off lies before the month.
        """
        first = parse_month(month, what="edition")
        last = parse_date(as_of, what="as-of date") if as_of else month_end(first)
        if last < first:
            raise PeriodError(
                f"The edition of {month} would use nothing published after {last}, before its month begins. Set an "
                f"as-of date from {first} on, or leave it empty for the month's last day."
            )
        return cls(first, last)

    @property
    def year(self) -> int:
        """The calendar year of the month."""
        return self.month.year

    def __str__(self) -> str:
        """Return the month as `YYYY-MM`."""
        return f"{self.month:%Y-%m}"

"""Spans of time that words name, and the days that they come to (docs/methods/bulletins.md)."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class TimeWords:
    """Words that name a span of time.

    Attributes
    ----------
    start, end
        Their characters in the text.
    kind
        `span` (a span with both ends), `year` (a year and nothing else), `as_of` (up to a day, from 1 January unless
        another beginning is named), `since` (from a day on), `same` (the span spoken of, in another year), `announced`
        (the day on which somebody spoke: no span of a figure), `unknown` (a holiday whose days no word says).
    first, last
        Month and day of both ends; None where the words do not name one.
    year, last_year
        The years of both ends; None where the words leave them to the context. `last_year` is `year` if not given.
    base
        Whether the words name what a figure is compared with.
    """

    start: int
    end: int
    kind: str
    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    year: int | None = None
    last_year: int | None = None
    base: bool = False

    def as_base(self) -> "TimeWords":
        """Return the same words as those of a comparison."""
        return replace(self, base=True)


@dataclass(frozen=True)
class Clock:
    """What the context says of time: the day of publication, the year spoken of, the span of the last figure.

    Attributes
    ----------
    published_on
        The day of publication.
    year
        The last year that the text named; None before there is one.
    as_of
        The last day of a count that the text named; None before there is one.
    span
        The span spoken of; None before there is one.
    """

    published_on: dt.date
    year: int | None = None
    as_of: dt.date | None = None
    span: Days | None = None


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def a_day(year: int, month: int, day: int) -> dt.date:
    """Return a day, the last of its month where the month has no such day; day 0 stands for the last one."""
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day, last) if day else last)


def days(words: TimeWords, clock: Clock) -> Days | None:
    """Return the first and last day of the span that words name; None where the context does not say.

    A span without a year lies in the year spoken of, else in the last one in which it had ended by the publication.
    """
    if words.kind == "same":
        return _same_span(words, clock)
    year = words.year if words.year is not None else _year(words, clock)
    if words.kind == "year":
        return _whole_year(year, clock)
    if words.kind == "since":
        first = a_day(year, *(words.first or (1, 1)))
        end = clock.as_of if clock.as_of and clock.as_of > first else clock.published_on
        return (first, end) if first <= end else None
    last_year = words.last_year or year
    if words.last and words.first and words.last_year is None and (words.last[0], words.last[1] or 31) < words.first:
        last_year = clock.published_on.year
    last = clock.published_on if words.last is None else a_day(last_year, *words.last)
    first = dt.date(last.year, 1, 1) if words.first is None else a_day(year, *words.first)
    named = words.kind == "as_of" and words.year is not None
    month_so_far = (last.year, last.month) == (clock.published_on.year, clock.published_on.month)
    one_month = words.last is not None and not words.last[1] and (words.first or words.last)[0] == words.last[0]
    if one_month and month_so_far and not named:
        last = clock.published_on
    return (first, last) if first <= last else None


def years_before(span: Days, years: int) -> Days:
    """Return the same span so many years earlier; a span that ends with February still does."""
    first, last = span
    month_ends = last == month_end(last.year, last.month)
    return a_day(first.year - years, first.month, first.day), a_day(
        last.year - years, last.month, 0 if month_ends else last.day
    )


def month_before(span: Days) -> Days | None:
    """Return the month before a span that is one month; None for any other span."""
    first, last = span
    if first.day != 1 or last != month_end(first.year, first.month):
        return None
    end = first - dt.timedelta(days=1)
    return end.replace(day=1), end


def _year(words: TimeWords, clock: Clock) -> int:
    """Return the year of words that name none."""
    month, day = words.last or words.first or (1, 1)
    for year in (clock.year, clock.published_on.year):
        if year is not None and a_day(year, month, day or 1) <= clock.published_on:
            return year
    return clock.published_on.year - 1


def _whole_year(year: int, clock: Clock) -> Days:
    """Return the days of a year, up to the last day counted where it is not over."""
    end = dt.date(year, 12, 31)
    if clock.as_of is not None and clock.as_of.year == year:
        end = clock.as_of
    elif year == clock.published_on.year:
        end = clock.published_on
    return dt.date(year, 1, 1), end


def _same_span(words: TimeWords, clock: Clock) -> Days | None:
    """Return the span spoken of, in the year that words name."""
    if clock.span is None:
        return None
    year = clock.span[1].year - 1 if words.year is None else words.year
    return years_before(clock.span, clock.span[1].year - year)

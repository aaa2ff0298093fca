"""Days, months and spans in the words of both languages."""

import calendar
import datetime as dt
from collections.abc import Callable, Mapping

from analysis.core.periods import add_months
from analysis.pages.words.cells import Both

#: Months of a period by its frequency, as `vocabulary.FREQUENCIES` writes it; a week has none.
_MONTHS = {"M": 1, "Q": 3, "A": 12}

_NO_DATE = Both("no date given", "未注明日期")


def date_words(day: dt.date) -> Both:
    """Return a day as `30 November 2023`; `2023年11月30日`."""
    return Both(f"{day.day} {calendar.month_name[day.month]} {day.year}", f"{day.year}年{day.month}月{day.day}日")


def publication_words(day: dt.date | None, precision: str | None = None) -> Both:
    """Return when something was published, as exactly as it is known: `30 November 2023`, `November 2023`, `2023`.

    Parameters
    ----------
    day
        `published_on` of a row; None where no date is given.
    precision
        `published_on_precision` of a row of the ledger. Registers have none: a publication known to the month or the
        year stands in them as its last day, so the last day of a month says no more than the month here, and that of
        a year no more than the year.
    """
    if day is None:
        return _NO_DATE
    if precision is None:
        ends_month = day.day == calendar.monthrange(day.year, day.month)[1]
        precision = "year" if (day.month, day.day) == (12, 31) else "month" if ends_month else "day"
    return _PRECISIONS[precision](day)


def month_words(day: dt.date) -> Both:
    """Return a month as `November 2023`; `2023年11月`."""
    return Both(f"{calendar.month_name[day.month]} {day.year}", f"{day.year}年{day.month}月")


def year_words(year: int) -> Both:
    """Return a year as `2023`; `2023年`."""
    return Both(str(year), f"{year}年")


#: How a day of publication is written by its precision; a day whose year is uncertain is known to about the year.
_PRECISIONS: Mapping[str, Callable[[dt.date], Both]] = {
    "day": date_words,
    "month": month_words,
    "year": lambda day: year_words(day.year),
    "unknown": lambda day: Both(f"about {day.year}", f"约{day.year}年"),
}


def period_words(start: dt.date, freq: str) -> Both:
    """Return the period of a path that begins on a day: `2023`, `October-December 2023`, `November 2023`.

    A week is the Monday with which it begins, `6 November 2023`.
    """
    if freq not in _MONTHS:
        return date_words(start)
    return span_words(start, add_months(start, _MONTHS[freq]) - dt.timedelta(days=1))


def span_words(start: dt.date, end: dt.date) -> Both:
    """Return a period in words: `2014`, `January-October 2023`, `October 2023`, `1 January-28 July 2025`.

    Several whole years are `2011 to 2015`. In Chinese `2014年`, `2023年1-10月`, `2023年10月`, `2025年1月1日至7月28日`,
    `2011至2015年`.
    """
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if whole and start.year == end.year:
        if (start.month, end.month) == (1, 12):
            return year_words(end.year)
        if start.month == end.month:
            return month_words(end)
        return Both(
            f"{calendar.month_name[start.month]}-{calendar.month_name[end.month]} {end.year}",
            f"{end.year}年{start.month}-{end.month}月",
        )
    if start == end:
        return date_words(end)
    last = date_words(end)
    if start.year == end.year:
        return Both(
            f"{start.day} {calendar.month_name[start.month]}-{last.en}",
            f"{start.year}年{start.month}月{start.day}日至{end.month}月{end.day}日",
        )
    if whole and start.month == 1 and end.month == 12:
        return Both(f"{start.year} to {end.year}", f"{start.year}至{end.year}年")
    first = date_words(start)
    return Both(f"{first.en} to {last.en}", f"{first.zh}至{last.zh}")


def same_days_words(start: dt.date, end: dt.date, other: int) -> Both:
    """Return what growth of a span on another year is measured on: `2024`, `2024年` for a whole year.

    Of part of a year it is `the same months of 2022`, `2022年同期`.
    """
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return year_words(other)
    return Both(f"the same months of {other}", f"{other}年同期")

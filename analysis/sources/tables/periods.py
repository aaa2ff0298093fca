"""Periods in titles, headers and labels of tables: years, months, quarters, and spans from January on."""

import datetime as dt
import re
from typing import NamedTuple

from analysis.sources.tables.cells import Cell

#: How names of months begin, in English, Russian and Kyrgyz, Uzbek and Kazakh; a longer beginning stands before.
_MONTHS: tuple[tuple[str, int], ...] = (
    ("jan|янв|yanv|қаңтар", 1), ("feb|фев|fev|ақпан", 2), ("march|mart|mar|март|мар|наурыз", 3),
    ("apr|апр|сәуір", 4), ("may|май|мая|мамыр", 5), ("june|jun|июн|iyun|маусым", 6), ("july|jul|июл|iyul|шілде", 7),
    ("aug|авг|avg|тамыз", 8), ("sep|сен|sent|қыркүйек", 9), ("oct|окт|okt|қазан", 10), ("nov|ноя|noy|қараша", 11),
    ("dec|дек|dek|желтоқсан", 12),
)  # fmt: skip
_STEMS = "|".join(stems for stems, _ in _MONTHS)
_NAME = rf"(?<!\w)(?:{_STEMS})(?:\w{{0,8}})\.?"
_TO = r"\s*(?:-|—|–|－|~|～|至|到|/|to|до)\s*"
_HANZI = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_HANZI_MONTH = "十[一二]?|[一二三四五六七八九]"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_YEAR = r"(?<![\d.,])(?:19|20)\d{2}(?![\d.,]?\d)"

#: The numbers by which spreadsheets count the days from 1954 to 2064.
_SERIALS = range(20_000, 60_000)


class Period(NamedTuple):
    """What a text says of a period.

    Attributes
    ----------
    year
        None where it says none.
    months
        First and last month, None where it says none.
    trouble
        Why its words may mean two things, as the end of a sentence; empty where they do not.
    """

    year: int | None = None
    months: tuple[int, int] | None = None
    trouble: str = ""


def take_period(text: str) -> tuple[Period, str]:
    """Return the period that a text names, and the text without it."""
    trouble = _trouble(text)
    if trouble:
        return Period(trouble=trouble), text
    # A day on which something was printed is no period.
    rest = re.sub(rf"{_YEAR}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日", " ", text)
    if match := re.search(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)", rest):
        return _of(rest, match, int(match[1]), (int(match[2]), int(match[2])))
    if match := re.search(r"(?<!\d)(\d{2})\.(\d{2})\.((?:19|20)\d{2})(?!\d)", rest):
        return _of(rest, match, int(match[3]), (int(match[2]), int(match[2])))
    if match := re.search(
        r"(?<![\d.])((?:19|20)\d{2})\s*[-./]\s*(0?[1-9]|1[0-2])(?![\d.,]|\s*[-—–~至到]\s*\d)(?!月)", rest
    ):
        return _of(rest, match, int(match[1]), (int(match[2]), int(match[2])))
    if match := re.fullmatch(r"\s*((?:19|20)\d{2})(0[1-9]|1[0-2])\s*", rest):
        return _of(rest, match, int(match[1]), (int(match[2]), int(match[2])))
    months, rest = _months(rest)
    years = re.findall(_YEAR, rest)
    rest = re.sub(
        rf"{_YEAR}\s*(?:年度?|г(?:од\w*|\.)?(?!\w)|-?\s?ж(?:ыл\w*|\.)?(?!\w)|-?\s?yil\w*|-?й(?!\w))?", " ", rest
    )
    year = int(years[0]) if len(set(years)) == 1 else None
    return Period(year, months), rest


def period_of_day(cell: Cell) -> Period | None:
    """Return the month of a cell that holds a day, None where it holds none."""
    return None if cell.day is None else Period(cell.day.year, (cell.day.month, cell.day.month))


def serial_month(number: float) -> dt.date | None:
    """Return the day that a bare number of a header may stand for, as spreadsheets count days; None for any other."""
    if number != int(number) or int(number) not in _SERIALS:
        return None
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(number))


def _of(text: str, match: re.Match[str], year: int, months: tuple[int, int]) -> tuple[Period, str]:
    """Return the period of a match and the text without it."""
    rest = text[: match.start()] + " " + text[match.end() :]
    if not 1 <= months[0] <= 12:
        return Period(trouble=f"{match[0].strip()!r} names no month. Write it as 2023-10"), text
    return Period(year, months), rest


def _trouble(text: str) -> str:
    """Return why the words of a period may mean two things."""
    if match := re.search(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{2,4})(?!\d)", text):
        return f"{match[0]!r} may be day and month or month and day"
    if match := re.search(rf"{_NAME}[-’' ]?(\d{{2}})(?![\d.:])\b", text, re.IGNORECASE):
        return f"{match[0]!r} may be a year or a day of the month"
    if match := re.search(r"(?<!\d)(?:19|20)\d{2}[-./](?:00|1[3-9]|[2-9]\d)(?!\d)", text):
        return f"{match[0]!r} names no month"
    years = re.findall(_YEAR, text)
    between = re.search(rf"{_YEAR}\s*年?\s*\d{{1,2}}\s*月?{_TO}{_YEAR}", text)
    if between and len(set(years)) > 1:
        return f"{between[0]!r} spans two years"
    return ""


def _months(text: str) -> tuple[tuple[int, int] | None, str]:
    """Return the months that a text names, and the text without them."""
    number = r"(1[0-2]|0?[1-9])"
    for pattern in (
        rf"(?<!\d){number}\s*月?份?{_TO}{number}\s*月份?",
        rf"({_HANZI_MONTH})\s*月?份?{_TO}({_HANZI_MONTH})\s*月份?",
        rf"({_NAME}){_TO}({_NAME})",
    ):
        if match := re.search(pattern, text, re.IGNORECASE):
            first, last = _number(match[1]), _number(match[2])
            if first <= last:
                return (first, last), text[: match.start()] + " " + text[match.end() :]
    for pattern, length in (
        (
            r"第?\s*([一二三四1-4])\s*季度|(?<!\w)(IV|III|II|I|[1-4])\s*[-–]?\s*(?:й\s*)?(?:квартал\w*|кв\.|chorak\w*|quarter)",
            3,
        ),
        (r"(?<!\w)Q([1-4])(?!\w)", 3),
    ):
        if match := re.search(pattern, text, re.IGNORECASE):
            last = length * _ROMAN[next(group for group in match.groups() if group).lower()]
            return (last - 2, last), text[: match.start()] + " " + text[match.end() :]
    for pattern, months in (
        (r"上半年|первое полугодие|(?:I|1)\s*полугодие|first half|(?<!\w)H1(?!\w)", (1, 6)),
        (r"前三季度", (1, 9)),
        (r"全年|за год|full year|whole year", (1, 12)),
    ):
        if match := re.search(pattern, text, re.IGNORECASE):
            return months, text[: match.start()] + " " + text[match.end() :]
    if match := re.search(rf"(?<!\w){number}\s*(?:месяц\w*|мес\.|months?|oyi?\b)", text, re.IGNORECASE):
        return (1, int(match[1])), text[: match.start()] + " " + text[match.end() :]
    for pattern in (rf"(?<!\d){number}\s*月份?", rf"({_HANZI_MONTH})\s*月份?", rf"({_NAME})"):
        if match := re.search(pattern, text, re.IGNORECASE):
            month = _number(match[1])
            return (month, month), text[: match.start()] + " " + text[match.end() :]
    return None, text


def _number(text: str) -> int:
    """Return the number of a month from digits, Chinese numerals or a name."""
    text = text.strip().lower()
    if text.isdecimal():
        return int(text)
    if text in _HANZI:
        return _HANZI[text]
    return next(month for stems, month in _MONTHS if re.match(stems, text))

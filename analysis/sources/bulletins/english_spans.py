"""English words for spans of time: January to July, the first nine months, as of June 4, fiscal 2014."""

import datetime as dt
import re
from collections.abc import Callable

from analysis.core.periods import FIRST_FLOW_YEAR
from analysis.sources.bulletins.numbers import ENGLISH_WORDS
from analysis.sources.bulletins.spans import TimeWords

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_NAME = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?![a-z])"
)
_COUNTS = "|".join([*(word for word in ENGLISH_WORDS if word != "zero"), r"\d{1,2}"])
_YEAR = r"(?:(?P<year>(?:19|20)\d{2})(?!\d|,\d|\.\d| ?%)|(?P<word>[Tt]his year|[Ll]ast year))"
_OF_YEAR = rf"(?:(?:,)?\s*(?:of|in)?\s*{_YEAR})?"
_TO = r"\s*(?:to|through|until|till|-|–|—|and)\s*"
_M, _M2 = rf"(?P<month>{_NAME})", rf"(?P<month2>{_NAME})"
_D, _D2 = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|,\d|:|%)", r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?!\d|,\d|:|%)"
#: A day before its month: 15 March, 1st of April.
_BRITISH = rf"(?<![\d,.$]){_D}\s+(?:of\s+)?{_M}(?!\s+\d{{1,2}}(?!\d))"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s*)?"
_FISCAL = r"(?:[Ff]iscal|[Ff]inancial)(?: year)?\s*(?:FY\s*)?(?P<year>20\d{2})(?P<split>[-–/](?:20)?\d{2})?"
_SPLIT = r"(?:FY\s*)?(?P<year>20\d{2})(?P<split>[-–/](?:20)?\d{2})(?!\d)"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_Build = Callable[[re.Match[str], dt.date], TimeWords]


#: Words of growth before of, over, from and on, which otherwise name no base.
_GREW_ON = re.compile(
    r"(?:percent|per cent|pct|%|up|down|increase|decrease|rise|growth|drop)\s*(?:more|less|higher|lower)?\s+"
    r"(?:of|over|from|on)(?:\s+the)?\s*$",
    re.IGNORECASE,
)


def english_spans(text: str, published_on: dt.date) -> list[TimeWords]:
    """Return the spans of time that an English text names, in their order; of two that overlap the earlier rule.

    Parameters
    ----------
    text
        A text as `text.folded` returns it.
    published_on
        The day of publication, to which "this year" and "last month" refer.
    """
    found: list[TimeWords] = []
    for pattern, build in _RULES:
        for match in pattern.finditer(text):
            if all(match.end() <= other.start or other.end <= match.start() for other in found):
                words = build(match, published_on)
                if words.year is None or FIRST_FLOW_YEAR <= words.year <= published_on.year + 40:
                    found.append(words)
    return sorted((_compared(text, words) for words in found), key=lambda words: words.start)


def _compared(text: str, words: TimeWords) -> TimeWords:
    """Mark words that name the base of a comparison: than in May, compared to September 2019, below last year."""
    own = re.match(r"(?:than|against|over|on|from|of)\s+", text[words.start : words.end])
    before = text[max(0, words.start - 28) : words.start + (own.end() if own else 0)]
    compared = (
        r"(?:than|compared (?:to|with)|against|versus|vs\.?|over|on|below|above|from|before|of|that of|same period)"
    )
    if (
        words.kind == "same"
        or re.search(r"times (?:the|that|what)\b[^,;.]{0,24}$", before)
        or re.match(r"\s(?:level|figure|total)", text[words.end :])
        or re.search(r"(?:figure|level|volume|total|result|count)s? (?:of|for|in)(?: the)?\s*$", before)
    ):
        return words.as_base()
    if re.search(rf"(?<![a-z]){compared}(?:\s+(?:in|of|during|for|the|that|those|it was))*\s*$", before, re.IGNORECASE):
        loose = re.search(r"(?<![a-z])(?:of|over|from|on)(?:\s+the)?\s*$", before, re.IGNORECASE)
        grows = _GREW_ON.search(before)
        return words if loose and not grows else words.as_base()
    return words


def _month(match: re.Match[str], name: str) -> int:
    return _MONTHS[match[name][:3].lower()]


def _year(match: re.Match[str], published_on: dt.date, suffix: str = "") -> int | None:
    """Return the year that a match names, None if none."""
    groups = match.groupdict()
    if groups.get(f"word{suffix}"):
        word = groups[f"word{suffix}"].lower()
        return published_on.year - (1 if word == "last year" else 0)
    return int(groups[f"year{suffix}"]) if groups.get(f"year{suffix}") else None


def _months(match: re.Match[str], published_on: dt.date) -> TimeWords:
    year = _year(match, published_on)
    groups = match.groupdict()
    first = int(groups["year1"]) if groups.get("year1") else year
    begin, end = (_month(match, "month"), 1), (_month(match, "month2"), 0)
    return TimeWords(match.start(), match.end(), "span", begin, end, first, year)


def _day_span(match: re.Match[str], published_on: dt.date) -> TimeWords:
    first = (_month(match, "month"), int(match["day"]))
    last = (_month(match, "month2") if match.groupdict().get("month2") else first[0], int(match["day2"]))
    return TimeWords(match.start(), match.end(), "span", first, last, _year(match, published_on))


def _one(kind: str) -> _Build:
    """Return what makes time words of a month, or of a month and a day."""

    def build(match: re.Match[str], published_on: dt.date) -> TimeWords:
        month, day = _month(match, "month"), int(match.groupdict().get("day") or 0)
        year = _year(match, published_on)
        if kind == "as_of":
            return TimeWords(match.start(), match.end(), kind, None, (month, day), year)
        last = None if kind == "since" else (month, day)
        return TimeWords(match.start(), match.end(), kind, (month, day or 1), last, year)

    return build


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(ENGLISH_WORDS[text.lower()])


def _first_months(match: re.Match[str], published_on: dt.date) -> TimeWords:
    last = min(max(_number(match["count"]), 1) * (3 if "quarter" in match.group().lower() else 1), 12)
    return TimeWords(match.start(), match.end(), "span", (1, 1), (last, 0), _year(match, published_on))


def _quarter(match: re.Match[str], published_on: dt.date) -> TimeWords:
    quarter = _QUARTERS[match["quarter"].lower()]
    year = _year(match, published_on)
    return TimeWords(match.start(), match.end(), "span", (3 * quarter - 2, 1), (3 * quarter, 0), year)


def _half(match: re.Match[str], published_on: dt.date) -> TimeWords:
    first = 1 if match["half"].lower() in ("first", "1") else 7
    return TimeWords(match.start(), match.end(), "span", (first, 1), (first + 5, 0), _year(match, published_on))


def _kind(kind: str, years: int | None = None) -> _Build:
    def build(match: re.Match[str], published_on: dt.date) -> TimeWords:
        year = _year(match, published_on) if years is None else published_on.year + years
        return TimeWords(match.start(), match.end(), kind, None, None, year)

    return build


def _weekday(match: re.Match[str], published_on: dt.date) -> TimeWords:
    """Return the last such day of the week up to the publication."""
    number = _WEEKDAYS.split("|").index(match["weekday"])
    day = published_on - dt.timedelta(days=(published_on.weekday() - number) % 7)
    return TimeWords(match.start(), match.end(), "as_of", None, (day.month, day.day), day.year)


def _weeks(match: re.Match[str], published_on: dt.date) -> TimeWords:
    month = _month(match, "month")
    return TimeWords(
        match.start(), match.end(), "span", (month, 1), (month, 7 * _number(match["weeks"])), _year(match, published_on)
    )


def _coming_month(match: re.Match[str], published_on: dt.date) -> TimeWords:
    """Return the days up to the end of a month of the year of publication: somebody expects something by then."""
    return TimeWords(match.start(), match.end(), "as_of", None, (_month(match, "month"), 0), published_on.year)


def _last_month(match: re.Match[str], published_on: dt.date) -> TimeWords:
    end = published_on.replace(day=1) - dt.timedelta(days=1)
    return TimeWords(match.start(), match.end(), "span", (end.month, 1), (end.month, 0), end.year)


def _fiscal(match: re.Match[str], _: dt.date) -> TimeWords:
    """Return the American fiscal year, October to September, that carries the number of the year in which it ends."""
    year = int(match["year"])
    return TimeWords(match.start(), match.end(), "span", (10, 1), (9, 30), year - 1, year)


def _split_year(match: re.Match[str], _: dt.date) -> TimeWords:
    """Return a fiscal year across two calendar years: from April in India, from July in Pakistan."""
    year = int(match["year"])
    if _PAKISTANI.search(match.string):
        return TimeWords(match.start(), match.end(), "span", (7, 1), (6, 30), year, year + 1)
    return TimeWords(match.start(), match.end(), "span", (4, 1), (3, 31), year, year + 1)


def _months_of_fiscal(match: re.Match[str], _: dt.date) -> TimeWords:
    """Return some months of a fiscal year across two calendar years: April-January 2021-22."""
    first, last, year = _month(match, "month"), _month(match, "month2"), int(match["year"])
    begin = 7 if _PAKISTANI.search(match.string) else 4
    first_year, last_year = (year if month >= begin else year + 1 for month in (first, last))
    return TimeWords(match.start(), match.end(), "span", (first, 1), (last, 0), first_year, last_year)


def _fiscal_part(match: re.Match[str], _: dt.date) -> TimeWords:
    """Return a half, a quarter or the first months of a fiscal year."""
    groups, year = match.groupdict(), int(match["year"])
    split = groups["split"] is not None
    begin = (7 if _PAKISTANI.search(match.string) else 4) if split else 10
    first_year = year if split else year - 1
    unit = match["unit"].lower()
    months = 6 if unit == "half" else 3 if unit == "quarter" else _number(match["count"])
    skipped = months * ({"second": 1, "third": 2, "fourth": 3}.get(groups["nth"] or "", 0))
    first = first_year * 12 + begin - 1 + skipped
    last = first + months - 1
    begin_end = (first % 12 + 1, 1), (last % 12 + 1, 0)
    return TimeWords(match.start(), match.end(), "span", *begin_end, first // 12, last // 12)


_PAKISTANI = re.compile(r"Pakistan|PKR|Sost|Karachi|Torkham|Chaman|Taftan")

_AS_OF = r"(?:[Aa]s of|[Bb]y|[Uu]p to|[Uu]ntil|[Tt]ill|[Tt]hrough|[Aa]s at)\s+(?:the end of\s+)?"

_START = r"the (?:start|beginning) "
_WEEKDAYS = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
_SAME = r"(?:same|corresponding|previous|prior)(?: period| month| quarter| time| span|)"
_IN = (
    r"(?<![A-Za-z])(?:[Ii]n|[Dd]uring|[Ff]or|[Oo]f|[Bb]y|[Ff]rom|[Aa]gainst|[Ii]n all of|[Tt]han|[Ii]nto|[Oo]ver|[Oo]n)"
)

#: Patterns to what they name; where two match the same words, the earlier one counts.
_RULES: tuple[tuple[re.Pattern[str], _Build], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"(?:[Tt]he )?{_SAME} (?:of|in) {_SPLIT}", lambda match, _: TimeWords(match.start(), match.end(), "same")),
        (rf"(?:[Ff]rom\s+)?{_M}{_TO}{_M2},?\s+(?:of\s+)?{_SPLIT}", _months_of_fiscal),
        *(
            (rf"(?:[Tt]he )?{part} of (?:the )?{year}", _fiscal_part)
            for part in (
                rf"[Ff]irst\s+(?P<nth>)(?P<count>{_COUNTS})\s+(?P<unit>month)s",
                r"(?:(?P<nth>[a-z]+)|First)[ -](?P<unit>half|quarter)",
            )
            for year in (_FISCAL, _SPLIT)
        ),
        (rf"(?:[Ff]rom\s+)?{_M}\s*(?P<year1>\d{{4}}){_TO}{_M2},?\s*(?P<year>\d{{4}})", _months),
        (rf"(?:[Ff]rom\s+)?{_BRITISH}{_TO}{_D2}\s+{_M2}{_OF_YEAR}", _day_span),
        (rf"{_AS_OF}{_WEEKDAY}(?:the )?{_BRITISH}{_OF_YEAR}", _one("as_of")),
        (rf"(?:[Ss]ince|[Ff]rom)\s+{_BRITISH}{_OF_YEAR}(?:\s+on(?:wards?)?)?", _one("since")),
        (rf"{_BRITISH}{_OF_YEAR}", _one("span")),
        (rf"(?:[Ff]rom\s+)?{_M}\s+{_D}{_TO}{_M2}\s+{_D2}{_OF_YEAR}", _day_span),
        (rf"(?:[Ff]rom\s+)?{_M}\s+{_D}{_TO}{_D2}{_OF_YEAR}", _day_span),
        (rf"(?:[Ff]rom\s+)?{_M}{_TO}{_M2}(?!\s+\d{{1,2}}(?!\d))(?: period)?{_OF_YEAR}", _months),
        (rf"(?:[Tt]he )?[Ff]irst (?P<weeks>two|three|2|3) weeks of {_M}{_OF_YEAR}", _weeks),
        (rf"[Bb]y the end of {_M}(?!,? ?\d)", _coming_month),
        (rf"{_AS_OF}{_WEEKDAY}{_M}\s+{_D}{_OF_YEAR}", _one("as_of")),
        (rf"{_AS_OF}(?:late |early |mid-)?{_M}{_OF_YEAR}", _one("as_of")),
        (rf"(?:[Ss]ince|[Ff]rom)\s+(?:{_START}of\s+)?{_M}\s+{_D}{_OF_YEAR}(?:\s+on(?:wards?)?)?", _one("since")),
        (rf"[Ss]ince\s+(?:the (?:start|beginning) of\s+)?{_M}{_OF_YEAR}", _one("since")),
        (r"[Ss]ince the (?:start|beginning) of (?:the year|this year)|[Ss]ince the year began", _kind("year", 0)),
        (rf"[Ss]ince the (?:start|beginning) of {_YEAR}", _kind("year")),
        (rf"[Ss]ince [^,.;]{{4,50}}? in {_M}{_OF_YEAR}", _one("since")),
        (rf"(?:[Aa]s of|[Bb]y|[Uu]p to|[Uu]ntil)\s+(?P<weekday>{_WEEKDAYS})day(?!,? [A-Z])", _weekday),
        (r"[Ss]ince\s+(?P<year>(?:19|20)\d{2})(?!\d)", _kind("since")),
        (r"[Ss]o far this year|[Tt]his year so far|[Yy]ear[ -]to[ -]date", _kind("year", 0)),
        (r"(?:at the start of|beginning of) the year", _kind("year", 0)),
        (rf"(?:[Tt]he\s+)?[Ff]irst\s+(?P<count>{_COUNTS})[ -](?:months|quarters){_OF_YEAR}", _first_months),
        (rf"(?<=the )(?P<count>{_COUNTS})[ -](?:months|quarters)(?:\s+of\s+{_YEAR})?", _first_months),
        (rf"(?:[Ii]n|[Oo]ver|[Dd]uring)\s+(?P<count>{_COUNTS})[ -]months(?:\s+of\s+{_YEAR})?", _first_months),
        (rf"(?P<count>{_COUNTS})-month(?= period| total| figure)(?:\s+of\s+{_YEAR})?", _first_months),
        (rf"(?:[Tt]he\s+)?(?P<quarter>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)[ -]quarter{_OF_YEAR}", _quarter),
        (r"(?<![A-Za-z])Q(?P<quarter>[1-4])", _quarter),
        (rf"(?:[Tt]he\s+)?(?P<half>[Ff]irst|[Ss]econd)[ -](?:half|six months){_OF_YEAR}", _half),
        (rf"(?<![A-Za-z])H(?P<half>[12])(?:\s+(?:of\s+)?{_YEAR})?", _half),
        (r"(?:[Ff]iscal(?: year)?|FY)[\s-]*(?P<year>20\d{2})(?![-/–]\d)", _fiscal),
        (r"(?:(?:[Ff]iscal|[Ff]inancial)(?: year)?\s*|FY\s*)?(?P<year>20\d{2})[-–/](?:20)?\d{2}(?!\d)", _split_year),
        (rf"(?:[Tt]he )?{_SAME}(?: of| in| a)?\s*(?:{_YEAR}|[Yy]ear (?:earlier|ago|before))", _kind("same")),
        (r"(?:[Tt]he |a |one )?year (?:earlier|ago|before|over year|on year)", _kind("same")),
        (r"year-on-year|year-over-year|y/y|yoy|on the year(?! before)|the year(?= earlier| before)", _kind("same")),
        (r"(?:on|over|from|than|in)? ?the (?:previous|preceding|prior) year", _kind("same")),
        (r"[Tt]he same (?:period|month|time)", _kind("same")),
        (rf"{_M}\s+{_D}{_OF_YEAR}", _one("span")),
        (r"[Ll]ast month", _last_month),
        (rf"(?<![A-Za-z]){_M}{_OF_YEAR}(?!\s*[’'])", _one("span")),
        (rf"(?:{_IN}\s+)?(?<![\d,.$-]){_YEAR}(?!-)", _kind("year")),
        (r"(?<![\d,.$-])(?P<year>(?:19|20)\d{2})(?=['’]s)", _kind("year")),
    )
)  # fmt: skip

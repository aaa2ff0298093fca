"""The measure and the days of a level: a total, an average, a peak, a stock or an expectation."""

import datetime as dt
import re

from analysis.sources.bulletins.concepts import STOCKS
from analysis.sources.bulletins.context import Reading, Topic
from analysis.sources.bulletins.rows import Fields, Why
from analysis.sources.bulletins.spans import Days, TimeWords, years_before
from analysis.sources.bulletins.windows import Window

#: Units of totals to the unit of their daily and monthly averages.
_PER_DAY = {
    "vehicles": "vehicles/day", "trains": "trains/day", "persons": "persons/day", "tonnes": "tonne/day",
    "vehicles_exported": "vehicles_exported/day",
}  # fmt: skip
_PER_MONTH = {"trains": "trains/month", "tonnes": "tonne/month", "vehicles_exported": "vehicles_exported/month"}

#: Words right before an English figure with which another one is compared.
_BASE = re.compile(
    r"(?:against|compared (?:to|with)|versus|vs\.?|than|up from|down from|from)(?: the)?\s*$"
    r"|^\s*(?:above|below)(?: the)?\s*$"
    r"|(?:increase|rise|growth|gain|decrease|decline|drop|fall|up|down|more|fewer|less|higher|lower) "
    r"(?:over|on|from)(?: the)?\s*$"
)
_FROM = re.compile(r"(?<![a-z])from(?: the)?\s*$")
_GREW_FROM = re.compile(r"[%a-z] from|(?:increase|decrease|up|down)")

_WAS = re.compile(r"(?:的)?(?:数据)?(?:仅|只|才)?(?:为|是|有)?(?:约|近)?")

_THAT_DAY = re.compile(r"当[日天]")

_AT_THE_END = re.compile(r"[季年期月]末|at the end of the (?:quarter|year|period)")
_MOODS = {"plan": "plan_or_forecast", "expected": "expected", "target": "target"}


def measure_of_mood(mood: str) -> str:
    """Return the measure of a figure about what is to come."""
    return _MOODS[mood]


def dated(window: Window, topic: Topic, reading: Reading, unit: str) -> Fields | Why:
    """Return measure, unit and days of a level, or why it has none.

    Parameters
    ----------
    window
        The figure and the words around it.
    topic
        What is spoken of.
    reading
        The state of reading.
    unit
        The unit of a total.
    """
    if topic.subject in STOCKS and not reading.mood:
        return _stock(window, topic, reading, unit)
    rate = window.rate()
    if topic.span is None and rate == "peak":
        first = dt.date(reading.published_on.year, 1, 1)
        return _fields("daily_peak", unit, (first, reading.as_of or reading.published_on))
    if topic.span is None:
        return Why.NO_PERIOD
    if reading.mood:
        return _fields(measure_of_mood(reading.mood), unit, days_ahead(topic, reading))
    if rate == "daily" and unit in _PER_DAY:
        return _fields("daily_average", _PER_DAY[unit], up_to_publication(topic.span, reading))
    if rate == "monthly" and unit in _PER_MONTH:
        return _fields("monthly_average", _PER_MONTH[unit], up_to_publication(topic.span, reading))
    if _is_peak(window, topic):
        that_day = reading.as_of if _THAT_DAY.search(window.clause_before) else None
        return _fields("daily_peak", unit, (that_day, that_day) if that_day else topic.span)
    base = _years_to_base(window, reading)
    span = topic.span if base is None else years_before(topic.span, base)
    if span[0] == span[1] and reading.language == "zh":
        # A single day is the one on which a total was reached: 10月27日,今年通行的班列突破8000列.
        span = (dt.date(span[1].year, 1, 1), span[1])
    span = up_to_publication(span, reading)
    return Why.FUTURE if span[1] > reading.published_on else _fields("level", unit, span)


def days_ahead(topic: Topic, reading: Reading) -> Days:
    """Return the days of an expectation or a target: the span that is named, else the year of publication."""
    assert topic.span is not None
    if topic.whole_year is None and reading.found.get("span") == "sentence":
        return topic.span
    year = topic.whole_year or max(topic.span[1].year, reading.published_on.year)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def up_to_publication(span: Days, reading: Reading) -> Days:
    """Return the part of a span that was over by the publication: what was counted in it by then."""
    first, last = span
    return (first, reading.published_on) if first <= reading.published_on < last else span


def is_base(window: Window, reading: Reading) -> bool:
    """Return whether an English figure is the one that another one is compared with: against 2.9 million in 2009."""
    if not reading.items:
        return False
    if reading.language == "zh":
        return _chinese_base(window) is not None
    if _FROM.search(window.before) and not _GREW_FROM.search(window.before):
        return not reading.items[-1].level or re.fullmatch(r"\s*from(?: the)?\s*", window.before) is not None
    return _BASE.search(window.before) is not None and not re.search(r"(?:more|less|fewer) than\s*$", window.before)


def _chinese_base(window: Window) -> TimeWords | None:
    """Return the words for an earlier span of which a figure is the level: (去年同期为0.7万人次), 2022年同期为9万吨."""
    for words in window.times(behind=False)[-1:]:
        opened = re.search(r"(?:[(,;]|而|\A)\s*$", window.text[: words.start]) is not None
        if words.kind == "same" and opened and _WAS.fullmatch(window.text[words.end : window.figure.start]):
            return words
    return None


def whole_years(topic: Topic) -> Days | None:
    """Return the span spoken of where it is several calendar years."""
    if topic.span is None or topic.span[0].year == topic.span[1].year:
        return None
    first, last = topic.span
    return topic.span if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) else None


def _fields(measure: str, unit: str, span: Days) -> Fields:
    return {"measure": measure, "unit": unit, "period_start": span[0], "period_end": span[1]}


def _stock(window: Window, topic: Topic, reading: Reading, unit: str) -> Fields:
    """Return what holds at one moment: on the day up to which the sentence counts, else on that of publication."""
    day = reading.published_on
    if topic.span is not None and _AT_THE_END.search(window.before):
        day = topic.span[1]
    elif reading.as_of is not None and reading.found.get("span") == "sentence":
        day = reading.as_of
    return _fields("stock", unit, (day, day))


def _is_peak(window: Window, topic: Topic) -> bool:
    """Return whether a figure is that of one day, by words beside it or by a day and a record behind it."""
    if window.rate() == "peak":
        return True
    if topic.span is None or topic.span[0] != topic.span[1]:
        return False
    rest = window.text[window.figure.end :].split(".")[0]
    record = re.search(r"(?<![a-z])record(?![a-z])", rest) or re.search("单日|最高|峰值", window.after)
    return record is not None or window.has("peak", behind=True)


def _years_to_base(window: Window, reading: Reading) -> int | None:
    """Return how many years earlier the figure is that another one is compared with, None for any other figure."""
    if not is_base(window, reading):
        return None
    chinese = _chinese_base(window)
    for words in [chinese] if chinese is not None else window.times(behind=True):
        if words.year is not None and reading.topic.span is not None:
            return reading.topic.span[1].year - (words.last_year or words.year) or None
    return 1

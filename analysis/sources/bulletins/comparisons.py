"""Rates of growth and shares: what a percent, a multiple or a doubling compares, and with what."""

import re
from dataclasses import replace
from typing import cast

from analysis.sources.bulletins.around import relation
from analysis.sources.bulletins.concepts import EXPORTED, REAL_GROWTH, counted, units_of
from analysis.sources.bulletins.context import Reading, Topic
from analysis.sources.bulletins.dating import days_ahead, measure_of_mood, up_to_publication
from analysis.sources.bulletins.levels import names_no_partner
from analysis.sources.bulletins.rows import Fields, Outcome, Why
from analysis.sources.bulletins.series import series
from analysis.sources.bulletins.shares import share_indicator
from analysis.sources.bulletins.signs import OF_BASE, sign_of
from analysis.sources.bulletins.spans import Clock, TimeWords, days
from analysis.sources.bulletins.windows import Window

__all__ = ["row", "sign_of"]

#: Years of a plan, whose growth is told against the plan before it.
_PLAN_YEARS = 5

_FLIPPED = {"gt": "lt", "lt": "gt"}
#: Bases of a comparison that are no span of the same length a year or a month before.
_NO_MEASURE = re.compile(
    r"[较比](?:平日|平时|日常|节前|假期前|往常|往年|历年|改革前|此前|以往|年初|开通前|前一日|前一天|昨日|计划)|"
    r"\s*(?:more |less |higher |lower )?(?:than|from|over|above) "
    r"(?:usual|normal|average|ordinary days|the plan|planned)"
)
_FROM_LEVEL = re.compile(r"\s*(?:from|against|compared (?:to|with)|than)(?: the)?\s*")


def row(window: Window, topic: Topic, reading: Reading) -> Outcome:
    """Return the row of a rate of growth or a share with its topic, or why there is none."""
    if window.has_in_clause("stop"):
        return Why.NO_FLOW
    sign, shares = sign_of(window, reading)
    if shares:
        return _share(window, topic, reading)
    if sign is None:
        return Why.NO_COMPARISON
    if not topic.places:
        return Why.NO_PLACE
    if topic.span is None:
        return Why.NO_PERIOD
    return _growth(window, _of_several_years(window, topic, reading), reading, sign)


def _growth(window: Window, topic: Topic, reading: Reading, sign: int) -> Outcome:
    """Return the row of a rate of growth with its topic, or why there is none."""
    assert topic.span is not None
    measure = _measure(window, topic, reading)
    if measure is None:
        return Why.OTHER_BASE
    grown = _grown(window, topic, reading)
    if grown is None:
        return Why.NO_SUBJECT
    if names_no_partner(window, topic):
        return Why.NO_PARTNER
    indicator, mode, unit = grown
    fields = series(topic, indicator, mode, reading)
    if isinstance(fields, Why):
        return fields
    value, said = _value(window, sign), relation(window, reading.words)
    start, end = days_ahead(topic, reading) if reading.mood else up_to_publication(topic.span, reading)
    told: Fields = {
        "measure": measure,
        # A fall by more than a fifth is growth below -0.2.
        "relation": _FLIPPED.get(said, said) if value < 0 else said,
        "value": round(value, 10),
        "unit": "fraction",
        "period_start": start,
        "period_end": end,
    }
    return {**fields, **told}, replace(topic, unit=unit)


def _of_several_years(window: Window, topic: Topic, reading: Reading) -> Topic:
    """Return the topic of an average over the years between two figures of the sentence: from the one to the other."""
    spans = [each.span for each in reading.levels() if each.span is not None]
    if len(spans) < 2 or not window.has_in_clause("yearly"):
        return topic
    first, last = min(spans), max(spans)
    return replace(topic, span=(last[0].replace(year=first[0].year + 1), last[1])) if first < last else topic


def _value(window: Window, sign: int) -> float:
    """Return growth as a fraction with its sign; a multiple of the base less one."""
    figure = window.figure
    if figure.unit == "doubling":
        return figure.value
    if figure.unit == "times":
        english = re.search(r"[\u4e00-\u9fff]", window.text[figure.start : figure.end]) is None
        return figure.value - 1 if english or OF_BASE.search(window.before) else sign * figure.value
    return sign * figure.value


def _measure(window: Window, topic: Topic, reading: Reading) -> str | None:
    """Return the measure of growth by its base, None for a base that the ledger has no measure for."""
    if reading.mood:
        return measure_of_mood(reading.mood)
    if _NO_MEASURE.search(window.clause_before) or _NO_MEASURE.match(window.clause_after):
        return None
    if window.has_in_clause("month before"):
        return "mom_growth"
    if window.has_in_clause("yearly"):
        return "avg_annual_growth"
    base = _base_of_next_level(window, reading) or _base(window, reading)
    if base is None:
        return _measure_without_base(topic, reading)
    return "yoy_growth" if base.kind == "same" and base.year is None else _measure_on(base, topic, reading)


def _measure_without_base(topic: Topic, reading: Reading) -> str | None:
    """Return the measure of growth of which no word names the base: last year, unless figures before it name one."""
    assert topic.span is not None
    if topic.span[1].year - topic.span[0].year == _PLAN_YEARS - 1:
        return "growth_vs_prev_plan"
    years = _years_between(reading)
    if years > 1:
        return "growth_vs_2019" if topic.span[1].year - years == 2019 else None
    return "yoy_growth"


def _measure_on(base: TimeWords, topic: Topic, reading: Reading) -> str | None:
    """Return the measure of growth on the span that words name."""
    assert topic.span is not None
    span = days(base, Clock(reading.published_on, topic.span[1].year, None, topic.span))
    if span is None:
        return "yoy_growth"
    years = topic.span[1].year - span[1].year
    if 12 * years + topic.span[1].month - span[1].month == 1 and (span[1] - span[0]).days < 31:
        return "mom_growth"
    if years <= 1:
        return "yoy_growth"
    if years == _PLAN_YEARS:
        return "growth_vs_prev_plan"
    return "growth_vs_2019" if span[1].year == 2019 else None


def _base_of_next_level(window: Window, reading: Reading) -> TimeWords | None:
    """Return the span of a level that growth is told against: down 1.4 percent from $68.9 billion in May 2019."""
    if reading.language != "en" or not _FROM_LEVEL.fullmatch(window.after):
        return None
    behind = window.mentions[window.last + 1 :]
    next_one = next((mention for mention in behind if mention.kind in ("figure", "time")), None)
    return cast(TimeWords, next_one.value) if next_one is not None and next_one.kind == "time" else None


def _base(window: Window, reading: Reading) -> TimeWords | None:
    """Return the words for the base of a comparison: behind an English figure, before a Chinese one."""
    behind = [words for words in window.times(behind=True) if words.base]
    before = [words for words in window.times(behind=False) if words.base]
    if reading.language == "en":
        if behind:
            reading.used_bases.add(behind[0].start)
            return behind[0]
        before = [words for words in before if words.start not in reading.used_bases]
    return before[-1] if before else None


def _years_between(reading: Reading) -> int:
    """Return how many years lie between the last two levels of a sentence that tells of one flow in two years."""
    if len(reading.levels()) < 2 or not reading.items[-1].level:
        return 0
    one, other = reading.levels()[-2:]
    if replace(one, span=None, whole_year=None) != replace(other, span=None, whole_year=None):
        return 0
    return other.span[1].year - one.span[1].year if one.span is not None and other.span is not None else 0


def _grown(window: Window, topic: Topic, reading: Reading) -> tuple[str, str, str] | None:
    """Return the indicator of what grew, the mode that it implies and the unit of its level; None if unknown."""
    subject = topic.subject or ("trade" if topic.flow else "")
    if subject in REAL_GROWTH:
        return REAL_GROWTH[subject], "", topic.unit
    if subject == "trucks" and topic.unit in ("USD", "CNY"):
        subject = "trade"
    if subject == "crossings":
        subject = "vehicles"
    unit = topic.unit or window.unit_ahead(subject) or reading.usual_unit(units_of(subject))
    if subject in ("trade", "freight"):
        subject = "freight" if unit == "tonnes" else "trade"
    found = counted(subject, unit)
    return (found.indicator, found.mode, unit) if found else None


def _share(window: Window, topic: Topic, reading: Reading) -> Outcome:
    """Return the row of a share with its topic, or why there is none."""
    if re.search(r"占|share|made up|account", window.before):
        reading.share_words = window.before
    topic = _part(window, _owner(window, topic, reading), reading)
    indicator = share_indicator(reading.share_words, window.clause_after, topic, bracketed=window.in_brackets)
    if indicator is None:
        return Why.OTHER_WHOLE
    if topic.span is None:
        return Why.NO_PERIOD
    fields = series(topic, indicator, "", reading)
    if isinstance(fields, Why):
        return fields
    start, end = up_to_publication(topic.span, reading)
    told: Fields = {
        "flow": fields["flow"] if topic.subject in EXPORTED else "total",
        "measure": "share",
        "relation": relation(window, reading.words),
        "value": window.figure.value,
        "unit": "fraction",
        "period_start": start,
        "period_end": end,
    }
    return {**fields, **told}, topic


def _owner(window: Window, topic: Topic, reading: Reading) -> Topic:
    """Return the topic of an English share with the place that has the whole: a share of Kazakhstan's trade."""
    if reading.language != "en" or not re.match(r"\s*(?:share )?of\s", window.after):
        return topic
    place = next((mention for mention in window.behind() if mention.kind == "place"), None)
    if place is None or place.value in topic.partners:
        return topic
    reading.consumed.add(place.start)
    partners = topic.partners or tuple(each for each in topic.places if reading.names.kinds.get(each) == "country")
    others = tuple(each for each in partners if each != place.value)
    return replace(topic, places=(cast(str, place.value),), partners=others, subject="trade")


def _part(window: Window, topic: Topic, reading: Reading) -> Topic:
    """Return the topic of the part that an English share names behind it: 80 percent of them new energy vehicles."""
    if not re.match(r"\s*of (?:them|which|these|the total)\s", window.after):
        return topic
    part = next((mention for mention in window.behind() if mention.kind == "subject"), None)
    if part is None:
        return topic
    reading.consumed.add(part.start)
    return replace(topic, subject=cast(tuple[str, str], part.value)[0] or topic.subject)

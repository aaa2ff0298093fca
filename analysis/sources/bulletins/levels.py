"""Levels: what a figure with a unit counts, and the row that it gives."""

import datetime as dt
import re
from dataclasses import replace

from analysis.sources.bulletins.around import relation, without_relation
from analysis.sources.bulletins.concepts import (
    COUNTED,
    MONEY,
    USUAL_SUBJECTS,
    counted,
    is_counted,
    units_of,
)
from analysis.sources.bulletins.context import Reading, Topic
from analysis.sources.bulletins.dating import dated, is_base, whole_years
from analysis.sources.bulletins.figures import Figure
from analysis.sources.bulletins.rows import Outcome, Why
from analysis.sources.bulletins.series import series
from analysis.sources.bulletins.windows import Window

__all__ = ["counts", "is_base", "names_no_partner", "row"]

#: Words of trade between two countries, of which the other one has to be named.
_BILATERAL = re.compile(r"bilateral|two-way|双边|双方贸易")

#: Words right before a figure that tells by how much something changed.
_CHANGED_BY = re.compile(
    r"(?:增加|增长|减少|下降|多|少|净增|增|减|下滑|提高)了?\s*$|"
    r"(?:(?:increase|rise|growth|decrease|decline|drop|fall) of|"
    r"(?:rose|fell|grew|increased|decreased|dropped|declined|up|down|more|less|higher|lower) by)\s*$"
)
_MORE_THAN = re.compile(r"\s*(?:\w+ )?(?:more|fewer|less|higher|lower) than")
_FALL = re.compile(r"减|降|下滑|少|decrease|decline|drop|fall|fell|down|fewer|less")

#: A figure from which a change began: 由1548万吨增至, from 800 to.
_FROM = re.compile(r"(?:由|从)[^,。]{0,10}$|(?<![a-z])from (?:an average of )?$")
_ON_TO = re.compile(r"(?:增|升|提|扩|收窄|降|减|上升|跃)|\s*to\s")
_UP_TO = re.compile(r"(?:增至|增加到|增长到|增长至|升至|达到|降至|减至)$|(?<![a-z])to$")

_PASSED = re.compile(r"首次|首破|突破|大关|for the first time|milestone|record")
_EXPORTED = re.compile(r"export|shipp")

#: What carries goods, to the mode of the trade that it carries.
_CARRIERS = {"trucks": "road", "ships": "water"}

#: Words by which a sentence goes on about what was counted before.
_COUNT_WAS = re.compile(
    r"(?:number|figure|total|count)s? (?:was|were|reached|hit|stood at|came to|rose to|fell to|climbed to|dropped to)"
    r"(?: (?:over|about|nearly|almost|around|more than))?\s*$"
)

#: Subjects of which a plain number never is the count.
_NEVER_PLAIN = ("", "trade", "freight", "gdp", "other goods", "capital invested")


def counts(subject: str, figure: Figure) -> bool:
    """Return whether a subject is counted in the unit of a figure, or in whole things where the figure has no unit."""
    if not figure.unit:
        return is_counted(subject) or subject == "crossings"
    return (subject, figure.unit) in COUNTED or (subject in ("freight", "trade") and figure.unit in ("tonnes", *MONEY))


def names_no_partner(window: Window, topic: Topic) -> bool:
    """Return whether a figure is of trade between two countries of which the other one is not named."""
    return _BILATERAL.search(window.before) is not None and not topic.partners


def row(window: Window, topic: Topic, reading: Reading) -> Outcome:
    """Return the row of a level with its topic, or why there is none."""
    why = _no_level(window, topic, reading)
    if why is not None:
        return why
    spanned = _of_change(window, topic, reading)
    subject = _subject(window, topic, reading)
    if spanned is None:
        return Why.BEGINNING
    if subject is None:
        return Why.NO_SUBJECT if window.figure.unit else Why.NOTHING
    unit = window.figure.unit or units_of(subject)[0]
    found = counted(subject, unit)
    if found is None:
        return Why.NO_SUBJECT
    carried = _CARRIERS.get(topic.subject, "") if subject == "trade" else ""
    topic = replace(spanned, subject=subject, unit=unit, mode=carried or topic.mode)
    times = dated(window, topic, reading, found.unit)
    fields = series(topic, found.indicator, found.mode, reading)
    if isinstance(times, Why) or isinstance(fields, Why):
        return fields if isinstance(fields, Why) else times  # type: ignore[return-value]
    base = is_base(window, reading)
    if times["measure"] == "level" and not base:
        topic = replace(topic, span=(times["period_start"], times["period_end"]))
    if reading.cumulative and reading.since is None and reading.found.get("span") != "sentence":
        return Why.SINCE_OPENING
    reading.change = 0
    said = "eq" if base and reading.language == "en" else relation(window, reading.words)
    if said == "gt" and _is_milestone(window, topic, reading):
        return Why.MILESTONE
    return {**fields, **times, "value": window.figure.value, "relation": said}, topic


def _no_level(window: Window, topic: Topic, reading: Reading) -> Why | None:
    """Return why a figure is no level, None where it may be one."""
    figure = window.figure
    if figure.unit == "money":
        return Why.OTHER_CURRENCY
    if window.has_in_clause("stop"):
        return Why.NO_FLOW if figure.unit else Why.NOTHING
    if window.in_brackets and figure.unit in MONEY and topic.unit in MONEY and figure.unit != topic.unit:
        return Why.CONVERTED
    before = without_relation(window.before, reading.words)
    if _CHANGED_BY.search(before) or _MORE_THAN.match(window.after):
        reading.change = -1 if _FALL.search(before[-24:]) else 1
        return Why.DIFFERENCE
    return None


def _of_change(window: Window, topic: Topic, reading: Reading) -> Topic | None:
    """Return the topic with the year of a figure that a change begins or ends with, None if no word names it."""
    before = without_relation(window.before, reading.words)
    years = whole_years(topic)
    if _FROM.search(before) and _ON_TO.match(window.after):
        named = [words for words in window.times(behind=False) if not words.base and words.kind != "announced"]
        if years is None and not (named and reading.found.get("span") == "sentence"):
            return None
        reading.aside = years
        year = topic.span[0].year if topic.span else reading.published_on.year
        return replace(topic, span=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if years is not None and _UP_TO.search(before.strip()):
        reading.aside = years
        return replace(topic, span=(dt.date(years[1].year, 1, 1), years[1]))
    return topic


def _is_milestone(window: Window, topic: Topic, reading: Reading) -> bool:
    """Return whether a figure is the round number that the exact figure of the same sentence has passed."""
    if not _PASSED.search(window.before + window.clause_after):
        return False
    value = window.figure.value
    return any(_same(item.topic, topic) and 0.8 * item.value <= value <= item.value for item in reading.items)


def _same(one: Topic, other: Topic) -> bool:
    """Return whether two topics count the same, whenever that is."""
    return (one.subject, one.flow, one.unit, one.places) == (other.subject, other.flow, other.unit, other.places)


def _subject(window: Window, topic: Topic, reading: Reading) -> str | None:
    """Return what a figure counts: the subject spoken of if it has the unit, else the usual one of the unit."""
    unit, subject = window.figure.unit, topic.subject
    exported = _EXPORTED.search(window.clause_before + window.clause_after) is not None
    if subject in ("vehicles", "cars") and reading.language == "en" and exported and unit in ("", "vehicles"):
        return "exported cars"
    if not unit:
        return _of_plain_number(window, topic, reading)
    if subject == "trains" and unit == "tonnes" and reading.found.get("subject") == "title":
        return "freight"
    if (subject, unit) in COUNTED:
        return subject
    if names_no_partner(window, topic) or subject == "other goods":
        return None
    if unit in MONEY:
        return _of_money(window, topic)
    if unit == "count":
        return "private trading firms" if subject == "trade of private firms" else None
    written = window.text[window.figure.start : window.figure.end]
    if unit == "persons" and reading.language == "zh" and "人次" not in written:
        return subject if subject in ("persons", "jobs", "new jobs") else None
    return USUAL_SUBJECTS.get(unit)


def _of_money(window: Window, topic: Topic) -> str | None:
    """Return what an amount of money is the value of: trade where goods are spoken of that have none of their own."""
    if not topic.subject:
        said = topic.flow or re.match(
            r"(?:[^.;]|\.\d|U\.S\.)*?(?:traded|sold)(?![a-z])", window.text[window.figure.end :]
        )
        return "trade" if said else None
    return "trade" if topic.subject in ("trade", "freight", "trucks", "ships", "trains", "means of transport") else None


def _of_plain_number(window: Window, topic: Topic, reading: Reading) -> str | None:
    """Return what an English number without a unit word counts; None where nothing says that it counts anything."""
    written = window.text[window.figure.start : window.figure.end]
    if topic.subject in _NEVER_PLAIN or not is_counted(topic.subject):
        return None
    named = (
        reading.found.get("subject") == "sentence"
        or _COUNT_WAS.search(window.before) is not None
        or ("," in written and window.figure.value >= 1000)
    )
    if not named or re.fullmatch(r"(?:19|20)\d\d", written):
        return None
    ordinal = re.search(r"(?:No\.|first|last|top)\s*$", window.before)
    return None if ordinal or re.match(r"\s*(?:-|hours|of the\b)", window.after) else topic.subject

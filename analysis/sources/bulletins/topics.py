"""How mentions change what is spoken of: a place begins a topic, a subject names what is counted."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from analysis.sources.bulletins.concepts import ALL_TRADE, CROSSING, GOODS, GOODS_WITH_VALUES, goes_on
from analysis.sources.bulletins.context import Reading, Topic
from analysis.sources.bulletins.names import UNKNOWN
from analysis.sources.bulletins.spans import TimeWords, days
from analysis.sources.bulletins.words import Mention

#: Words before a place that is only a direction or a distance.
_AWAY = re.compile(r"(?:距离?|离|至|发往|通往|前往|邻近|位于|毗邻)$")

#: What stands between a place and the region in which it lies.
_LIES_IN = re.compile(
    r"\s*(?:[Pp]ort|[Pp]ass|[Ss]tation)?,?\s*(?:in|of|on)\s+(?:the\s+)?(?:[A-Za-z]+\s+){0,2}(?:China['’]s\s+)?"
)

#: Words of trade between two countries.
BILATERAL = re.compile(r"bilateral|two-way|mutual|双边|两国")

#: Words for a value that go the way of the tonnes before them: 进口货物2.64万吨,贸易额2080万美元.
_VALUES_OF_FREIGHT = ("贸易额", "货值", "贸易值", "货物价值")


@dataclass(frozen=True)
class _Taken:
    """A mention on its way into the topic.

    `text` is the text that it stands in, `source` where that is, `before` the words since the mention before it (None
    for the first one), `previous` that mention, and `listed` whether both are members of one list.
    """

    mention: Mention
    text: str
    source: str
    previous: Mention | None
    before: str | None
    listed: bool


def take(reading: Reading, mention: Mention, text: str, previous: Mention | None, source: str) -> None:
    """Let a mention change what is spoken of.

    Parameters
    ----------
    reading
        The state of reading.
    mention
        The mention, no figure.
    text
        The text in which it stands: that of the bulletin, or its title.
    previous
        The mention before it in the sentence.
    source
        Where it was found: `sentence`, `title` or `publisher`.
    """
    before = text[previous.end : mention.start] if previous is not None else None
    listed = before is not None and re.fullmatch(reading.words.separators, before) is not None
    if mention.value == "share":
        reading.in_share = True
    if reading.in_share and mention.kind in ("place", "partner", "country", "subject"):
        return
    _TAKERS[mention.kind](reading, _Taken(mention, text, source, previous, before, listed))


def _take_time(reading: Reading, taken: _Taken) -> None:
    begins_aside = re.search(r"(?:而|由|从|\()$", taken.text[: taken.mention.start]) is not None
    if begins_aside and reading.aside is None and reading.topic.span is not None:
        reading.aside = reading.topic.span
    words = cast(TimeWords, taken.mention.value)
    if words.kind == "year" and reading.aside is not None and re.match(r"\s*:", taken.text[taken.mention.end :]):
        words = replace(words, kind="same")  # (2021: 541,000) is of the same months
        reading.note(taken.source, span=days(words, reading.clock()), whole_year=None)
        return
    reading.take_time(words, taken.source)


def _take_place(reading: Reading, taken: _Taken) -> None:
    """Let a place be the one spoken of, or one more of a list, unless it tells where another one lies."""
    mention, topic = taken.mention, reading.topic
    place, previous = cast(str, mention.value), taken.previous
    places: tuple[str, ...] = (place,)
    if place == UNKNOWN:
        places = ()
    elif taken.listed and previous is not None and previous.kind in ("place", "mode") and _separated(reading, taken):
        places = tuple(dict.fromkeys((*topic.places, place)))
    elif _lies_there(reading, taken, place) or _AWAY.search(taken.text[: mention.start]):
        return
    same = places == topic.places
    keeps_flow = reading.language == "zh" or same or reading.fresh_subject
    keeps_partner = same and reading.found.get("partners") == "sentence"
    reading.note(
        taken.source,
        places=places,
        mode=_mode_of_name(reading, taken),
        partners=topic.partners if keeps_partner else (),
        flow=topic.flow if keeps_flow else "",
    )
    if taken.text[mention.start : mention.end].lower().endswith("freight"):
        reading.note(taken.source, subject="freight", unit="")


def _separated(reading: Reading, taken: _Taken) -> bool:
    """Return whether a sign stands between two places; 新疆霍尔果斯口岸 without one says where the latter lies."""
    return reading.language == "en" or re.search(r"[、,和与及]", taken.before or "") is not None


def _mode_of_name(reading: Reading, taken: _Taken) -> str:
    """Return the mode that the name of a place says, or that was named right before it."""
    written = taken.text[taken.mention.start : taken.mention.end]
    if (
        "铁路口岸" in written
        or re.search(r"(?<!边检)(?<!检查)站$", written)
        or re.match(r"站(?!区)", taken.text[taken.mention.end :])
    ):
        return "rail"
    if "公路口岸" in written:
        return "road"
    return reading.topic.mode if reading.fresh_mode and taken.source == "sentence" else ""


def _lies_there(reading: Reading, taken: _Taken, place: str) -> bool:
    """Return whether a region only says where the place before it lies: Horgos in northwest China's Xinjiang."""
    kinds, previous = reading.names.kinds, taken.previous
    if previous is None or previous.kind != "place" or taken.before is None:
        return False
    if taken.before == "在":
        return True
    if kinds.get(place) not in ("region", "country", "prefecture") or previous.value == place:
        return False
    county = kinds.get(cast(str, previous.value)) in ("prefecture", "county")
    listed = taken.before.strip() == "," and kinds[place] == "region" and county
    return listed or _LIES_IN.fullmatch(taken.before) is not None


def _take_partner(reading: Reading, taken: _Taken) -> None:
    partners: tuple[str, ...] = (cast(str, taken.mention.value),)
    if partners == reading.topic.places:
        return
    if taken.listed and taken.previous is not None and taken.previous.kind == "partner":
        partners = tuple(dict.fromkeys((*reading.topic.partners, *partners)))
    reading.note(taken.source, partners=partners)


def _take_country(reading: Reading, taken: _Taken) -> None:
    """Let a country without a preposition be a partner of trade, and remember it for "these countries"."""
    topic, country = reading.topic, cast(str, taken.mention.value)
    reading.countries = (*reading.countries, country) if taken.listed and reading.countries else (country,)
    if reading.language == "zh":
        opens = re.search(r"(?:^|[。;]|其中,?)\s*$", taken.text[: taken.mention.start]) is not None
        if opens and topic.subject == "trade" and not reading.names.is_port(topic.place):
            reading.note(taken.source, partners=(country,))
    elif not topic.places:
        reading.note(taken.source, places=(country,))
    elif (topic.partners or reading.kind_of_place() in ("country", "region")) and (country,) != topic.places:
        reading.note(taken.source, partners=(country,))


def _take_mode(reading: Reading, taken: _Taken) -> None:
    reading.note(taken.source, mode=cast(str, taken.mention.value))
    reading.fresh_mode = True


def _take_subject_mention(reading: Reading, taken: _Taken) -> None:
    subject, flow = cast(tuple[str, str], taken.mention.value)
    written = taken.text[taken.mention.start : taken.mention.end]
    if written in _VALUES_OF_FREIGHT and _follows_tonnes(reading, taken.mention):
        flow = reading.topic.flow
    bilateral = BILATERAL.search(written) is not None and reading.pair is not None and not reading.topic.partners
    if bilateral and reading.kind_of_place() in ("", "country"):
        place, partner = cast(tuple[str, str], reading.pair)
        reading.note(taken.source, places=(place,), partners=(partner,))
    listed = taken.listed and taken.previous is not None and taken.previous.kind == "subject"
    take_subject(reading, (subject, flow), taken.source, listed=listed)


def _follows_tonnes(reading: Reading, mention: Mention) -> bool:
    """Return whether nothing but a comma stands between a value and tonnes that go one way."""
    last = reading.items[-1] if reading.items else None
    if last is None or not last.level or last.topic.subject != "freight" or last.topic.flow not in ("import", "export"):
        return False
    return reading.text[: mention.start].endswith((",", "、"))


def _take_marker(reading: Reading, taken: _Taken) -> None:
    marker = taken.mention.value
    if marker in ("expected", "target", "plan"):
        reading.mood = marker
    elif marker == "cumulative":
        reading.cumulative = True
    elif marker == "these countries" and reading.countries:
        reading.note(taken.source, partners=reading.countries)


_TAKERS: dict[str, Callable[[Reading, _Taken], None]] = {
    "time": _take_time,
    "place": _take_place,
    "partner": _take_partner,
    "country": _take_country,
    "mode": _take_mode,
    "subject": _take_subject_mention,
    "marker": _take_marker,
}


def take_subject(reading: Reading, value: tuple[str, str], source: str, *, listed: bool) -> None:
    """Let a subject with its direction, or a direction alone, be what is counted.

    Parameters
    ----------
    reading
        The state of reading.
    value
        The subject, empty for a direction alone, and the direction, empty where none is said.
    source
        Where it was found.
    listed
        Whether it stands in a list behind another subject.
    """
    subject, flow = value
    reading.fresh_subject = True
    if subject or len(reading.subjects) < 2:
        reading.subjects = [*reading.subjects, value] if listed and reading.subjects else [value]
    if not subject:
        _take_flow(reading, flow, source)
        return
    old = reading.topic
    subject, flow = _as_meant(reading, subject, flow)
    if not flow and (subject in GOODS or (listed and len(reading.subjects) > 1)):
        flow = old.flow
    reading.note(source, subject=subject, flow=flow, unit="")


def _take_flow(reading: Reading, flow: str, source: str) -> None:
    """Let a direction without a subject be that of what is spoken of, or begin a topic of its own."""
    old = reading.topic
    if len(reading.subjects) > 1:
        return
    exported = old.subject in ("vehicles", "cars", "exported cars") and reading.found.get("subject") == "sentence"
    keeps = (exported and reading.language == "en") or goes_on(old.subject, old.flow, flow)
    reading.note(source, subject=old.subject if keeps else "", flow=flow, unit=old.unit if keeps else "")


def _as_meant(reading: Reading, subject: str, flow: str) -> tuple[str, str]:
    """Return what a subject means after what was spoken of: 交易额 of a market, cargo of trains, 货值 of coal."""
    old = reading.topic
    if subject == "trading":
        return ("border trade" if "互市" in reading.text else "trade"), flow
    if subject == "freight" and old.subject in ("trains", "freight by train") and reading.items and not old.mode:
        return "freight by train", flow
    if subject == ALL_TRADE and old.subject in GOODS_WITH_VALUES and not flow and "货值" in reading.text:
        return old.subject, old.flow
    if subject == "crossings" and (old.subject in CROSSING or old.unit == "tonnes"):
        return old.subject, flow
    return subject, flow


def in_plain_brackets(reading: Reading, mention: Mention, found: Sequence[Mention]) -> bool:
    """Return whether a mention stands in Chinese brackets without a figure, which explain and change no topic."""
    opened = reading.text.rfind("(", 0, mention.start)
    closed = reading.text.find(")", mention.end)
    if reading.language != "zh" or opened < 0 or closed < 0 or ")" in reading.text[opened : mention.start]:
        return False
    return not any(other.kind == "figure" and opened < other.start < closed for other in found)


def return_from_month(reading: Reading, first: Topic | None) -> None:
    """Go back, behind a semicolon, from one month to the span of the sentence that holds it."""
    span = reading.topic.span
    if first is None or first.span is None or span is None or span == first.span:
        return
    inside = first.span[0] <= span[0] and span[1] <= first.span[1]
    if inside and (span[0].year, span[0].month) == (span[1].year, span[1].month):
        reading.topic = replace(reading.topic, span=first.span)

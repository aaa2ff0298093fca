"""Read a bulletin: figure by figure, each with what the words before it, and beside it, speak of."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from analysis.sources.bulletins import comparisons, levels
from analysis.sources.bulletins.confidence import confidence
from analysis.sources.bulletins.context import Item, Reading, Topic
from analysis.sources.bulletins.countries import two_countries
from analysis.sources.bulletins.mentions import mentions
from analysis.sources.bulletins.names import UNKNOWN, Names
from analysis.sources.bulletins.pairing import paired_topics, topics
from analysis.sources.bulletins.rows import Fields, Found, LeftOut, Proposal, Why
from analysis.sources.bulletins.text import Bulletin, folded, sentences
from analysis.sources.bulletins.topics import in_plain_brackets, return_from_month, take, take_subject
from analysis.sources.bulletins.windows import Window
from analysis.sources.bulletins.words import Mention

#: Kinds of mentions in a title that say what a text is about, besides places, subjects and spans.
_ALSO_IN_TITLES = {"en": ("country",), "zh": ()}

#: How a sentence begins that tells of parts of what was told before.
_OF_WHICH = re.compile(r"\s*(?:其中|of which|Of )")


def read(bulletin: Bulletin, names: Names) -> Found:
    """Return the rows that a bulletin gives, and its figures that were not understood.

    Parameters
    ----------
    bulletin
        The text with its day and publisher.
    names
        The places that texts name.
    """
    reading, found = Reading(bulletin, names), Found()
    _read_head(reading)
    every = mentions(reading.text, reading.language, names, bulletin.published_on)
    for start, end in sentences(reading.text):
        _read_sentence(reading, (start, end), [each for each in every if start <= each.start < end], found)
    return found


def _read_head(reading: Reading) -> None:
    """Take place, span and subject from the publisher, the place that was named, and the title."""
    bulletin = reading.bulletin
    for text, source, kinds in (
        (folded(bulletin.publisher), "publisher", ("place",)),
        (folded(bulletin.title), "title", ("place", "subject", "time", *_ALSO_IN_TITLES[reading.language])),
    ):
        for mention in mentions(text, reading.language, reading.names, bulletin.published_on):
            if mention.kind in kinds and mention.value != UNKNOWN:
                take(reading, mention, text, None, source)
    both = two_countries(f"{folded(bulletin.title)} {reading.text}", reading.words)
    if both is not None and reading.names.kinds.get(both[0]) == "country":
        reading.pair = both
    if bulletin.place:
        reading.note("text", places=(bulletin.place,))
    reading.topic = replace(reading.topic, partners=(), flow="", unit="")
    if reading.topic.span is not None and reading.topic.span[0] == reading.topic.span[1]:
        reading.topic = replace(reading.topic, span=None)


def _read_sentence(reading: Reading, bounds: tuple[int, int], every: Sequence[Mention], found: Found) -> None:
    """Read the mentions of one sentence in their order."""
    reading.begin_sentence()
    _look_for_place(reading, every)
    begun = reading.topic
    first: Topic | None = None
    previous: Mention | None = None
    figure: Mention | None = None
    paired: dict[int, Topic] = {}
    is_part = _OF_WHICH.match(reading.text[bounds[0] : bounds[1]]) is not None
    for index, mention in enumerate(every):
        if previous is not None and ";" in reading.text[previous.end : mention.start]:
            reading.mood = ""
            return_from_month(reading, first)
        if _passes_over(reading, mention, every):
            continue
        if mention.kind != "figure":
            take(reading, mention, reading.text, previous, "sentence")
        else:
            window = Window.of(reading.text, bounds, every, index, figure)
            topic = _read_figure(reading, window, paired, found)
            first = topic if first is None and not is_part else first
            figure = mention
        previous = mention
    reading.end_sentence(begun, first)


def _look_for_place(reading: Reading, every: Sequence[Mention]) -> None:
    """Take the first place that a sentence names where nothing named one before."""
    if not reading.topic.places:
        place = next((mention for mention in every if mention.kind == "place"), None)
        if place is not None and place.value != UNKNOWN:
            reading.note("sentence", places=(cast(str, place.value),))


def _passes_over(reading: Reading, mention: Mention, every: Sequence[Mention]) -> bool:
    """Return whether a mention changes nothing: a figure took it, or it stands in brackets that explain."""
    explains = mention.kind in ("subject", "place", "mode") and in_plain_brackets(reading, mention, every)
    return explains or mention.start in reading.consumed


def _read_figure(reading: Reading, window: Window, paired: dict[int, Topic], found: Found) -> Topic | None:
    """Read one figure with all that belongs to it, and return its topic, None where it was not understood."""
    _take_time_beside(reading, window)
    _take_noun_behind(reading, window)
    _take_name_behind(reading, window, paired)
    _take_clause_behind(reading, window)
    if window.index not in paired:
        paired.update(paired_topics(reading, window))
    own = paired.get(window.index)
    read: Topic | None = None
    candidates = topics(reading, window) if own is None else [own]
    for topic in candidates:
        outcome = (comparisons if window.figure.compares else levels).row(window, topic, reading)
        if window.figure.compares:
            reading.comparison = comparisons.sign_of(window, reading)
        if isinstance(outcome, Why):
            _leave_out(reading, window, outcome, found)
            continue
        fields, read = outcome
        _propose(reading, window, fields, found)
        reading.items.append(Item(read, not window.figure.compares, window.figure.value))
        if own is None and len(candidates) == 1 and not levels.is_base(window, reading):
            reading.topic = read
    reading.end_aside()
    reading.fresh_mode = reading.fresh_subject = reading.in_share = False
    reading.subjects = []
    return read


def _take_time_beside(reading: Reading, window: Window) -> None:
    """Let a span that stands behind an English figure be the span spoken of."""
    if reading.language != "en":
        return
    if levels.is_base(window, reading):
        behind = window.mentions[window.index + 1 : window.last]
        reading.consumed |= {mention.start for mention in behind if mention.kind == "time"}
        return
    words = window.time_behind
    if words is None and reading.found.get("span") != "sentence":
        words = window.time_later(anywhere=reading.topic.span is None)
    if words is not None:
        if window.in_brackets and reading.aside is None:
            reading.aside = reading.topic.span
        reading.take_time(words, "sentence")


def _take_noun_behind(reading: Reading, window: Window) -> None:
    """Let a subject that stands right behind a figure be what it counts: 924 trains, 4030列中欧班列."""
    mention = window.noun_behind(reading.language)
    if mention is None:
        return
    subject, flow = cast(tuple[str, str], mention.value)
    if not subject and flow:
        reading.note("sentence", flow=flow)
    elif (subject == "freight" and window.of_goods(mention)) or (subject, reading.topic.subject) == ("persons", "jobs"):
        pass
    elif levels.counts(subject, window.figure):
        # The direction of a verb before the figure holds for its noun: exported 3 million tons of cargo.
        by_verb = reading.language == "en" and reading.fresh_subject and not reading.topic.subject
        said = reading.topic.flow if by_verb else ""
        take_subject(reading, (subject, flow or said), "sentence", listed=False)
    else:
        return
    reading.consumed.add(mention.start)


def _take_name_behind(reading: Reading, window: Window, paired: dict[int, Topic]) -> None:
    """Let a place or partner right behind a level be its own: 316,448 at Agartala, 760万吨走绥芬河口岸."""
    name = window.name_behind(reading.language)
    if name is None or name.value == UNKNOWN or window.figure.compares:
        return
    reading.consumed.add(name.start)
    if reading.language == "zh":
        paired[window.index] = replace(reading.topic, places=(cast(str, name.value),))
    else:
        flow = reading.topic.flow
        take(reading, name, reading.text, None, "sentence")
        reading.note("sentence", flow=flow)


def _take_clause_behind(reading: Reading, window: Window) -> None:
    """Let a place that an English clause names behind its figure be the place spoken of, if the sentence named none."""
    if reading.language != "en" or window.figure.compares:
        return
    behind = window.behind()
    for mention in behind:
        if mention.kind == "place" and reading.found.get("places") != "sentence":
            take(reading, mention, reading.text, None, "sentence")
        by_it = reading.text[mention.start : mention.end].lower().startswith("by ")
        if mention.kind == "mode" and (by_it or any(other.kind == "place" for other in behind)):
            reading.note("sentence", mode=cast(str, mention.value))


def _propose(reading: Reading, window: Window, fields: Fields, found: Found) -> None:
    """Add the row of a figure."""
    sure, doubts = confidence(reading.found)
    figure = window.figure
    words = reading.bulletin.text[figure.start : figure.end]
    found.proposals.append(
        Proposal(
            **fields,
            value_as_published=words,
            span_start=figure.start,
            span_end=figure.end,
            confidence=sure,
            doubts=doubts,
        )
    )


def _leave_out(reading: Reading, window: Window, why: Why, found: Found) -> None:
    """Note a figure that gives no row, but for plain numbers that nothing says to count anything."""
    if why is not Why.NOTHING:
        start, end = window.figure.start, window.figure.end
        found.left_out.append(LeftOut(start, end, reading.bulletin.text[start:end], why))

"""Which topic a figure has: that spoken of, or one of a list that 分别, 均 or "respectively" pairs with figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.sources.bulletins.context import Reading, Topic
from analysis.sources.bulletins.windows import Window

#: What 三次产业 speaks of, in its order.
_SECTORS = ("primary sector", "secondary sector", "tertiary sector")


def paired_topics(reading: Reading, window: Window) -> Mapping[int, Topic]:
    """Return the topic of each figure of the list that begins here, by its place among the mentions."""
    group, said = window.group()
    if len(group) < 2:
        return {}
    if said:
        return dict(zip(group, _antecedents(reading, len(group)), strict=False))
    read = _levels_since_growth(reading)
    pairs = len(read) == len(group) and window.figure.compares and not reading.subjects
    return dict(zip(group, read, strict=True)) if pairs else {}


def topics(reading: Reading, window: Window) -> Sequence[Topic]:
    """Return the topics of a figure outside a list: that spoken of, or every one that 均 or "both" holds together."""
    topic = reading.topic
    if window.has("both"):
        if len(topic.places) > 1:
            return [replace(topic, places=(place,)) for place in topic.places]
        if len(topic.partners) > 1:
            return [replace(topic, partners=(partner,)) for partner in topic.partners]
        if len(reading.levels()) > 1 and window.figure.compares:
            return reading.levels()[-2:]
    return [topic]


def _antecedents(reading: Reading, count: int) -> Sequence[Topic]:
    """Return the topics to which so many figures refer in order: those of a list, or of earlier figures."""
    topic = reading.topic
    if topic.subject == "three sectors" and count == len(_SECTORS):
        return [replace(topic, subject=sector, flow="", unit="") for sector in _SECTORS]
    if len(topic.partners) == count:
        return [replace(topic, partners=(partner,)) for partner in topic.partners]
    if len(topic.places) == count:
        return [replace(topic, places=(place,)) for place in topic.places]
    if len(reading.subjects) == count:
        first = reading.subjects[0][1]
        return [
            replace(topic, subject=subject or topic.subject, flow=flow or first, unit="")
            for subject, flow in reading.subjects
        ]
    if len(reading.levels()) >= count:
        return reading.levels()[-count:]
    return [item.topic for item in reading.items][-count:] if len(reading.items) >= count else []


def _levels_since_growth(reading: Reading) -> list[Topic]:
    """Return the topics of the levels of the sentence behind its last rate of growth."""
    found: list[Topic] = []
    for item in reading.items:
        found = [*found, item.topic] if item.level else []
    return found

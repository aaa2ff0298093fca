"""What a text mentions, in order: spans of time, figures, places, partners, subjects, modes and other words."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import cast

from analysis.sources.bulletins.chinese_spans import chinese_spans
from analysis.sources.bulletins.countries import countries
from analysis.sources.bulletins.english_spans import english_spans
from analysis.sources.bulletins.figures import chinese_figures, english_figures
from analysis.sources.bulletins.names import UNKNOWN, Names
from analysis.sources.bulletins.words import Mention, Words, words_of

#: What may stand between a subject and a word for its direction: 进口的煤炭, imports of coal.
_JOINT = re.compile(
    r"(?:的|量|总量|各类|国际道路|国际|跨境|大宗|了|货物| of | in |[ -]"
    r"| (?:(?:had|have|has) been|were|was|are|is|being) )?"
)

#: Subjects that a more special one beside them replaces.
_GENERAL = ("", "trade", "freight")


def mentions(text: str, language: str, names: Names, published_on: dt.date) -> list[Mention]:
    """Return what a folded text mentions, in order and without overlaps; of two that overlap the earlier table wins.

    Parameters
    ----------
    text
        A text as `text.folded` returns it.
    language
        `zh` or `en`.
    names
        The places that texts name.
    published_on
        The day of publication.

    Returns
    -------
    list of Mention
        Of the kinds `time`, `figure`, `place`, `partner`, `country`, `subject` (value: subject and flow), `mode` and
        `marker`.
    """
    chinese, words = language == "zh", words_of(language)
    spans = chinese_spans(text, published_on) if chinese else english_spans(text, published_on)
    claimed = [False] * len(text)
    found = [*_claim(claimed, (Mention(span.start, span.end, "time", span) for span in spans))]
    # English days and years are plain numbers, and no figures.
    rest = "".join(" " if taken and not chinese else sign for sign, taken in zip(text, claimed, strict=True))
    figures = chinese_figures(rest) if chinese else english_figures(rest)
    found += _claim(claimed, (Mention(each.start, each.end, "figure", each) for each in figures))
    found += _claim(claimed, _named(text, words, names))
    for pattern, kind, value in words.tables:
        found += _claim(claimed, (Mention(m.start(), m.end(), kind, value) for m in pattern.finditer(text)))
    return _with_flows(text, _places_first(sorted(found, key=lambda mention: mention.start)))


def _claim(claimed: list[bool], candidates: Iterable[Mention]) -> Iterable[Mention]:
    """Yield the candidates whose characters nothing else has, and take these."""
    for mention in candidates:
        if mention.end > mention.start and not any(claimed[mention.start : mention.end]):
            claimed[mention.start : mention.end] = [True] * (mention.end - mention.start)
            yield mention


def _named(text: str, words: Words, names: Names) -> list[Mention]:
    """Return the countries of a text and its other places."""
    found = countries(text, words, names)
    taken = [(mention.start, mention.end) for mention in found]
    for match in names.pattern.finditer(text):
        place = names.places[match.group()]
        country = match.group() in words.partners or (words.language == "en" and names.kinds.get(place) == "country")
        if not country and all(match.end() <= start or end <= match.start() for start, end in taken):
            found.append(Mention(match.start(), match.end(), "place", place))
    return [*found, *(Mention(start, end, "place", UNKNOWN) for start, end in names.elsewhere(text))]


def _places_first(ordered: list[Mention]) -> list[Mention]:
    """Let the place of trade between two countries come before its partner, as a place starts a new topic."""
    result = list(ordered)
    for i in range(len(result) - 1):
        one, other = result[i], result[i + 1]
        if one.kind == "partner" and other.kind == "place" and other.start - one.end <= len(" and the "):
            result[i], result[i + 1] = other, one
    return result


def _with_flows(text: str, ordered: list[Mention]) -> list[Mention]:
    """Join a subject with the words for its direction beside it: 进口煤炭, 煤炭进口, imports of coal."""
    joined: list[Mention] = []
    for mention in ordered:
        last = joined[-1] if joined else None
        if last is not None and {last.kind, mention.kind} == {"subject"}:
            merged = _merged(cast(tuple[str, str], last.value), cast(tuple[str, str], mention.value))
            if merged is not None and _JOINT.fullmatch(text[last.end : mention.start]):
                joined[-1] = Mention(last.start, mention.end, "subject", merged)
                continue
        joined.append(mention)
    return joined


def _merged(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str] | None:
    """Return the subject and flow of two mentions side by side, None where they are two subjects."""
    (subject, flow), (other, direction) = first, second
    if flow and direction and flow != direction and "total" not in (flow, direction):
        return None
    joint = direction if not flow or (flow == "total" and direction) else flow
    if subject == "trains" and other == "freight":
        return "freight by train", joint
    if subject in _GENERAL and (not subject or other in ("", subject) or other not in _GENERAL):
        return other or subject, joint
    if other in _GENERAL:
        return (other if subject in ("trade", "freight") and other else subject), joint
    return None

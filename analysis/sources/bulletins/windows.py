"""The words around a figure: since the figure before it, up to the next one, and right behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from analysis.sources.bulletins.concepts import COUNTED
from analysis.sources.bulletins.figures import Figure
from analysis.sources.bulletins.spans import TimeWords
from analysis.sources.bulletins.words import Mention

#: What "freight" and "trade" are also counted in.
_NAMED_FREIGHT = (("trade", "tonnes"), ("freight", "USD"), ("freight", "CNY"))

#: Signs that end a clause.
_CLAUSE = re.compile(r"[,;:。、]|(?<!\d)\.(?!\d)")

#: Words that no noun phrase goes on behind.
_JOINS = re.compile(
    r"\b(?:and|in|from|to|on|by|with|at|while|as|but|whereas|when|than|for|is|was|were|which|more|less)\b"
)


@dataclass(frozen=True)
class Window:
    """A figure and the words around it in its sentence.

    Attributes
    ----------
    figure
        The figure.
    index
        Its place among the mentions of the sentence.
    before, after
        The words since the figure before it, or since the beginning of the sentence; the words to the next figure, or
        to the end of the sentence.
    clause_before, clause_after
        The parts of these that belong to the clause of the figure.
    mentions
        The mentions of the sentence.
    first, last
        The mentions between the figures before and behind are `mentions[first:last]` without the figure itself.
    text
        The whole text.
    """

    figure: Figure
    index: int
    before: str
    after: str
    mentions: Sequence[Mention]
    first: int
    last: int
    text: str

    @classmethod
    def of(
        cls, text: str, bounds: tuple[int, int], found: Sequence[Mention], index: int, previous: Mention | None
    ) -> "Window":
        """Return the window of the figure at a place among the mentions of a sentence.

        Parameters
        ----------
        text
            The whole text.
        bounds
            Start and end of the sentence.
        found
            The mentions of the sentence.
        index
            The place of the figure among them.
        previous
            The figure before it; None for the first one.
        """
        start, end = bounds
        mention = found[index]
        following = next((i for i in range(index + 1, len(found)) if found[i].kind == "figure"), len(found))
        stop = found[following].start if following < len(found) else end
        first = next((i + 1 for i in range(index - 1, -1, -1) if found[i].kind == "figure"), 0)
        begin = previous.end if previous is not None else start
        return cls(
            cast(Figure, mention.value),
            index,
            text[begin : mention.start],
            text[mention.end : stop],
            found,
            first,
            following,
            text,
        )

    @property
    def clause_before(self) -> str:
        """The words of the clause before the figure."""
        return _CLAUSE.split(self.before)[-1]

    @property
    def clause_after(self) -> str:
        """The words of the clause behind the figure."""
        return _CLAUSE.split(self.after)[0]

    @property
    def bracketed(self) -> bool:
        """Whether the figure stands in brackets that open behind the figure before it."""
        return "(" in self.before and ")" not in self.before.rpartition("(")[2] and ")" in self.after[:3]

    @property
    def in_brackets(self) -> bool:
        """Whether the figure stands anywhere inside brackets that open behind the figure before it."""
        return "(" in self.before and ")" not in self.before.rpartition("(")[2]

    def has(self, marker: str, *, behind: bool = False) -> bool:
        """Return whether a marker stands before the figure, or also behind it in its clause."""
        if any(m.kind == "marker" and m.value == marker for m in self.mentions[self.first : self.index]):
            return True
        limit = self.figure.end + len(self.clause_after)
        return behind and any(
            m.kind == "marker" and m.value == marker and m.start <= limit
            for m in self.mentions[self.index + 1 : self.last]
        )

    def has_in_clause(self, marker: str) -> bool:
        """Return whether a marker stands in the clause of the figure."""
        signs = [match.end() for match in _CLAUSE.finditer(self.text, 0, self.figure.start)]
        begin, limit = signs[-1] if signs else 0, self.figure.end + len(self.clause_after)
        return any(
            m.kind == "marker" and m.value == marker and begin <= m.start <= limit for m in self.mentions[: self.last]
        )

    def times(self, *, behind: bool) -> list[TimeWords]:
        """Return the words for spans before the figure, or behind it in its clause."""
        part = self.mentions[self.index + 1 : self.last] if behind else self.mentions[self.first : self.index]
        limit = self.figure.end + len(self.clause_after)
        return [cast(TimeWords, m.value) for m in part if m.kind == "time" and (not behind or m.start <= limit)]

    @property
    def time_behind(self) -> TimeWords | None:
        """The span right behind the figure, with no comma and no other figure between."""
        for words in self.times(behind=True):
            gap = self.text[self.figure.end : words.start]
            if not words.base and words.kind != "announced" and re.fullmatch(r"[^,;:()]{0,60}", gap):
                return words
        return None

    def time_later(self, *, anywhere: bool) -> TimeWords | None:
        """Return the first span behind the figure in its clause, or anywhere in its sentence; none of a comparison."""
        for mention in self.mentions[self.index + 1 :]:
            gap = self.text[self.figure.end : mention.start]
            if re.search(r"[,;]\s", re.sub(r"\([^()]*\)", "", gap)) and not anywhere:
                return None
            if mention.kind == "time" and gap.rstrip().endswith("("):
                continue  # (2021: 541,000) tells of another figure
            if mention.kind == "time" and not re.search(r"(?:from|against|above|below|than)\s[^,;]{0,26}$", gap):
                words = cast(TimeWords, mention.value)
                if not words.base and words.kind != "announced":
                    return words
        return None

    def rate(self) -> str:
        """Return which of daily, monthly and peak the clause says: the nearest word before, else one behind."""
        signs = [match.end() for match in _CLAUSE.finditer(self.text, 0, self.figure.start)]
        begin, limit = signs[-1] if signs else 0, self.figure.end + len(self.clause_after)
        words = [
            m
            for m in self.mentions[: self.last]
            if m.value in ("daily", "monthly", "peak") and begin <= m.start <= limit
        ]
        before = [m for m in words if m.start < self.figure.start]
        found = before[-1:] or words[:1]
        return cast(str, found[0].value) if found else ""

    def unit_ahead(self, subject: str) -> str:
        """Return the unit of the next figure of the sentence if the subject is counted in it, else an empty one."""
        for mention in self.mentions[self.index + 1 :]:
            if mention.kind == "subject" and mention.value[0] not in ("", subject):  # type: ignore[index]
                break
            if mention.kind == "figure":
                unit = cast(Figure, mention.value).unit
                if unit == "money":
                    return unit
                if not unit:
                    return ""
                if (subject, unit) in COUNTED or (subject, unit) in _NAMED_FREIGHT:
                    return unit
        return ""

    def name_behind(self, language: str) -> Mention | None:
        """Return the place or partner right behind the figure that is counted there: 316,448 at Agartala."""
        pattern = (
            r"(?:走|经由?|来自)"
            if language == "zh"
            else (r"\s+(?:of (?:them|which|these)\s+)?(?:went|came|goes)?\s*(?:at|through|via|to|from)\s+(?:the\s+)?")
        )
        for mention in self.mentions[self.index + 1 : self.last]:
            if mention.kind in ("place", "partner"):
                gap = self.text[self.figure.end : mention.start]
                return mention if re.fullmatch(pattern, gap) else None
        return None

    def behind(self) -> list[Mention]:
        """Return the mentions behind the figure in its clause; brackets that follow at once are passed over."""
        rest = self.text[self.figure.end :]
        bracket = re.match(r"\s*\([^()]*\)", rest)
        start = self.figure.end + (bracket.end() if bracket else 0)
        limit = start + len(_CLAUSE.split(self.text[start:])[0])
        return [m for m in self.mentions[self.index + 1 :] if start <= m.start < limit]

    def noun_behind(self, language: str) -> Mention | None:
        """Return the subject right behind the figure, None where there is none."""
        for mention in self.mentions[self.index + 1 : self.last]:
            if mention.kind != "subject":
                continue
            gap = self.text[self.figure.end : mention.start]
            pattern = r"(?:的|次)?" if language == "zh" else r"(?:\s+(?:of\s+)?(?:[A-Za-z()-]+\s+){0,3})?"
            near = re.fullmatch(pattern, gap) is not None
            return mention if near and not _JOINS.search(gap) else None
        return None

    def of_goods(self, noun: Mention) -> bool:
        """Return whether a noun only says that a figure is one of goods: 97,828 TEUs of cargo, $8 bn of freight."""
        gap = self.text[self.figure.end : noun.start]
        return self.figure.unit not in ("", "tonnes") and re.fullmatch(r"\s+(?:worth )?of\s+", gap) is not None

    def group(self) -> tuple[list[int], bool]:
        """Return where the figures of the list are that begins here, and whether "respectively" pairs them."""
        indices = [self.index]
        position = self.figure.end
        for i in range(self.index + 1, len(self.mentions)):
            mention = self.mentions[i]
            gap = self.text[position : mention.start]
            if mention.kind == "figure" and re.fullmatch(
                r"\s*(?:[、,和与及]|以及|,? and |,)?\s*(?:约|近|超|逾|nearly |about |over )?\s*", gap
            ):
                indices.append(i)
                position = mention.end
            elif mention.kind == "marker" and mention.value == "respectively":
                if re.fullmatch(r"\s*,?\s*", gap) and self.text[mention.start : mention.end].isascii():
                    return indices, True
                break
            else:
                break
        return indices, self.has("respectively")

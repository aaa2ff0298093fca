"""What a text speaks of while it is read: place, span, subject, direction, mode and partner."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from analysis.sources.bulletins.names import Names
from analysis.sources.bulletins.spans import Clock, Days, TimeWords, days
from analysis.sources.bulletins.text import Bulletin, folded
from analysis.sources.bulletins.words import Words, words_of


@dataclass(frozen=True)
class Topic:
    """What is spoken of.

    Attributes
    ----------
    places
        The places spoken of; several where a list names them.
    subject
        What is counted, a word of `concepts`; empty before anything is.
    flow
        Its direction as said: import, export, transit, total; empty where nothing was said.
    mode
        The mode that words name; empty where none does.
    partners
        The partners of the trade spoken of; several where a list names them.
    span
        The first and last day spoken of; None before any.
    whole_year
        The year where the words named nothing else.
    unit
        The unit of the last figure of the subject; empty before there is one.
    """

    places: tuple[str, ...] = ()
    subject: str = ""
    flow: str = ""
    mode: str = ""
    partners: tuple[str, ...] = ()
    span: Days | None = None
    whole_year: int | None = None
    unit: str = ""

    @property
    def place(self) -> str:
        """The first place spoken of; empty before any."""
        return self.places[0] if self.places else ""


@dataclass(frozen=True)
class Item:
    """A figure of the sentence that was read: its topic, whether it is a level, and its value."""

    topic: Topic
    level: bool
    value: float


@dataclass
class Reading:
    """The state of reading a text.

    Attributes
    ----------
    bulletin, names
        The text, and the places that it may name.
    topic
        What is spoken of now.
    found
        Part of the topic to where it was found last: `sentence`, `text` (an earlier one), `title` or `publisher`.
    year, as_of
        The last year that the text named, and the last day up to which somebody counted.
    since
        The day from which the sentence counts.
    aside
        The span to go back to after an aside such as (2019年为…).
    mood
        `expected`, `target` or `plan` while the clause speaks of what is to come.
    cumulative
        Whether the sentence counts from an opening whose day it does not tell.
    items
        The figures of the sentence that were read.
    subjects
        The subjects of the list that stands before the next figure, each with its direction.
    countries
        The countries of the last list, for "these countries".
    fresh_mode, fresh_subject
        Whether the mode or the subject was named since the last figure.
    in_share
        Whether the words since the last figure name a whole of which a share follows.
    share_words
        The words that named the last such whole.
    pair
        The two countries of whose trade with each other the text tells; None where it tells of no such trade.
    comparison
        Sign of the last rate of growth of the sentence and whether the figure was a share; None before one.
    change
        Sign of the difference that was the last figure; 0 for any other figure.
    used_bases
        Where the words stand that were the base of a comparison already.
    consumed
        Where the mentions stand that a figure before them has taken.
    """

    bulletin: Bulletin
    names: Names
    topic: Topic = field(default_factory=Topic)
    found: dict[str, str] = field(default_factory=dict)
    year: int | None = None
    as_of: dt.date | None = None
    since: dt.date | None = None
    aside: Days | None = None
    mood: str = ""
    cumulative: bool = False
    items: list[Item] = field(default_factory=list)
    subjects: list[tuple[str, str]] = field(default_factory=list)
    countries: tuple[str, ...] = ()
    fresh_mode: bool = False
    fresh_subject: bool = False
    in_share: bool = False
    share_words: str = ""
    pair: tuple[str, str] | None = None
    comparison: tuple[int | None, bool] | None = None
    change: int = 0
    used_bases: set[int] = field(default_factory=set)
    consumed: set[int] = field(default_factory=set)

    @cached_property
    def text(self) -> str:
        """The text in plain signs."""
        return folded(self.bulletin.text)

    @cached_property
    def language(self) -> str:
        """The language of the text."""
        return self.bulletin.tongue

    @cached_property
    def words(self) -> Words:
        """The tables of the language."""
        return words_of(self.language)

    @property
    def published_on(self) -> dt.date:
        """The day of publication."""
        return self.bulletin.published_on

    def clock(self) -> Clock:
        """Return what the text said of time so far."""
        return Clock(self.published_on, self.year, self.as_of, self.topic.span)

    def note(self, source: str, **parts: object) -> None:
        """Change parts of the topic, and remember where they were found."""
        self.topic = replace(self.topic, **parts)  # type: ignore[arg-type]
        self.found |= dict.fromkeys(parts, source)

    def kind_of_place(self) -> str:
        """Return the kind of the first place spoken of; empty before any."""
        return self.names.kinds.get(self.topic.place, "")

    def levels(self) -> list[Topic]:
        """Return the topics of the levels of the sentence."""
        return [item.topic for item in self.items if item.level]

    def usual_unit(self, units: Sequence[str]) -> str:
        """Return the unit of a subject of which only growth is told: the currency of the text where it has several."""
        if "CNY" in units and "USD" in units:
            dollars = re.search(r"美元|(?:U\.?S\.? )?dollars|\$", self.text)
            yuan = re.search(r"(?<!美)元|yuan|RMB", self.text)
            abroad = self.language == "en" and self.kind_of_place() == "country"
            if (dollars or abroad) and not yuan:
                return "USD"
        return units[0] if units else ""

    def take_time(self, words: TimeWords, source: str) -> None:
        """Let words for a span be the span spoken of; a base of comparison and a day of speaking change nothing."""
        if words.base or words.kind == "announced":
            return
        if words.kind == "unknown":
            self.note(source, span=None, whole_year=None)
            return
        span = days(words, self.clock())
        if span is None:
            return
        if source != "title":
            self.year = span[1].year
            self.as_of = span[1] if words.kind == "as_of" else self.as_of
            self.since = span[0] if words.kind == "since" else self.since
        span = self._span_of_count(words, span)
        whole = (words.year or span[1].year) if words.kind == "year" else None
        self.note(source, span=span, whole_year=whole)

    def _span_of_count(self, words: TimeWords, span: Days) -> Days:
        """Return the span of a count by all words of the sentence: 自4月1日 with 截至9月16日, 10月27日 with 今年."""
        counted = self.topic.span if self.found.get("span") == "sentence" else None
        since = self.since
        if words.kind == "as_of" and since is not None and since < span[1] and since.year == span[1].year:
            return since, span[1]
        if words.kind == "year" and counted is not None and counted[0].year == span[0].year:
            if counted[0] == counted[1]:
                return dt.date(span[0].year, 1, 1), counted[1]
            if counted == (self.since, self.as_of):
                return counted
        return span

    def end_aside(self) -> None:
        """Go back to the span spoken of before an aside."""
        if self.aside is not None:
            self.note("sentence", span=self.aside)
            self.aside = None

    def begin_sentence(self) -> None:
        """Forget what holds for one sentence only."""
        self.found = {part: "text" if source == "sentence" else source for part, source in self.found.items()}
        self.items, self.subjects, self.mood, self.since = [], [], "", None
        self.cumulative = self.fresh_mode = self.fresh_subject = self.in_share = False
        self.comparison = None

    def end_sentence(self, begun: Topic, first: Topic | None) -> None:
        """Let the next sentence go on about what the first figure of this one was about.

        Parameters
        ----------
        begun
            The topic with which the sentence began.
        first
            The topic of its first figure; None where it had none that was read, or only parts of what was told before.
        """
        flows = {item.topic.flow for item in self.items if item.topic.flow}
        if first is not None:
            self.topic = replace(first, flow="" if len(flows) > 1 else first.flow)
        elif begun.subject:
            self.topic = replace(self.topic, subject=begun.subject, flow=begun.flow, unit=begun.unit)
        if self.kind_of_place() != "country":
            self.topic = replace(self.topic, partners=())

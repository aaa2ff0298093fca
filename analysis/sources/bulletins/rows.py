"""Rows of a ledger from figures: what is measured, of whom, when, how sure that is, and why a figure gives none."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict

from analysis.sources.bulletins.context import Topic


class Why(StrEnum):
    """Why a figure gives no row; NOTHING for a number of which nothing says that it counts anything."""

    NOTHING = ""
    NO_PLACE = "no place"
    SEVERAL_PLACES = "several places"
    SEVERAL_PARTNERS = "several partners"
    NO_PARTNER = "no partner"
    NO_PERIOD = "no period"
    NO_SUBJECT = "no subject"
    NO_COMPARISON = "no comparison"
    OTHER_BASE = "other base"
    OTHER_WHOLE = "other whole"
    OTHER_CURRENCY = "other currency"
    CONVERTED = "converted"
    DIFFERENCE = "difference"
    BEGINNING = "beginning"
    MILESTONE = "milestone"
    SINCE_OPENING = "since opening"
    FUTURE = "future"
    NO_FLOW = "no flow"
    UNSURE = "unsure"
    REPEATED = "repeated"
    REFUSED = "refused"


class Fields(TypedDict, total=False):
    """The columns of the ledger that a figure gives."""

    place: str
    indicator: str
    flow: str
    mode: str
    partner: str
    period_start: dt.date
    period_end: dt.date
    measure: str
    relation: str
    value: float
    unit: str


#: What reading a figure comes to: its columns and its topic, or why there is no row.
Outcome = tuple[Fields, Topic] | Why


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A row that a figure of a bulletin gives.

    Attributes
    ----------
    place, indicator, flow, mode, partner, period_start, period_end, measure, relation, value, unit
        The columns of the ledger; `partner` is empty for all partners, growth and shares are fractions.
    value_as_published
        The words of the figure.
    span_start, span_end
        Its characters in the text.
    confidence
        From 0 to 1: how much of the row the sentence of the figure says (`confidence.confidence`).
    doubts
        What was found elsewhere: codes of `confidence.DOUBTS`.
    """

    place: str
    indicator: str
    flow: str
    mode: str
    partner: str
    period_start: dt.date
    period_end: dt.date
    measure: str
    relation: str
    value: float
    unit: str
    value_as_published: str
    span_start: int
    span_end: int
    confidence: float
    doubts: tuple[str, ...] = ()

    @property
    def series_id(self) -> str:
        """The id of the series: its parts, separated by dots."""
        parts = (self.place, self.indicator, self.flow, self.mode, self.partner)
        return ".".join(part for part in parts if part)


@dataclass(frozen=True)
class LeftOut:
    """A figure that gives no row: its characters, its words, and why."""

    span_start: int
    span_end: int
    words: str
    why: Why


@dataclass
class Found:
    """What was read from one bulletin: rows, and figures that were not understood."""

    proposals: list[Proposal] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

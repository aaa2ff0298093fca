"""What a port's page counts, freight or trucks or persons, and how its amounts are written."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from analysis.core import units
from analysis.desks.port import FREIGHT, Outlook
from analysis.pages.parts import axes
from analysis.pages.parts.chart import Look
from analysis.pages.words import quantities, rounding
from analysis.pages.words.cells import Both, Number
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.phrases import MODES
from analysis.pages.words.rounding import WAN


@dataclass(frozen=True)
class Amounts(ABC):
    """How amounts are written in sentences, charts and tables.

    Attributes
    ----------
    axis_words
        The units of a chart's axis, for its title.
    table_unit, scale
        The unit of a table's cells, and how much of the statements' unit one of it is.
    """

    axis_words: Both
    table_unit: Both
    scale: float

    @abstractmethod
    def total(self, value: float, lower: float | None = None, upper: float | None = None) -> Number:
        """Return an amount in words, with all its digits where it was published and has no interval."""

    @abstractmethod
    def interval(self, value: float, lower: float, upper: float) -> Number:
        """Return an interval in words."""

    @abstractmethod
    def label(self, value: float, lower: float, upper: float) -> Number:
        """Return an amount for a label inside a chart."""

    @abstractmethod
    def axis(self, field: str, look: Look, *, values: list[int] | None = None, **options: Any) -> alt.Y:
        """Return a vertical axis of amounts, at certain `values` if given."""

    def cell(self, value: float, lower: float, upper: float) -> Number:
        """Return the bare number of a table's cell."""
        return rounding.in_unit(value, lower, upper, scale=self.scale)

    def cell_interval(self, value: float, lower: float, upper: float) -> Number:
        """Return the bare interval of a table's cell."""
        return rounding.interval_in_unit(value, lower, upper, scale=self.scale)

    def column(self, values: list[float], half_widths: list[float]) -> list[str]:
        """Return the bare numbers of a column, all to the same place (`rounding.column`)."""
        return rounding.column(values, half_widths, scale=self.scale)

    def number(self, words: str, value: float, behind: Sequence[str] = ()) -> Number:
        """Return a number of a column, which both languages print alike."""
        return Number(words, words, (value,), self.scale, tuple(behind))


class _WanTonnes(Amounts):
    """Tonnes at a place that counts in ten thousands: `1.32 million tonnes (132万吨)`; `132万吨`."""

    def total(self, value: float, lower: float | None = None, upper: float | None = None) -> Number:
        return rounding.tonnes(value, lower, upper)

    def interval(self, value: float, lower: float, upper: float) -> Number:
        return rounding.tonnes_interval(value, lower, upper)

    def label(self, value: float, lower: float, upper: float) -> Number:
        return rounding.tonnes_label(value, lower, upper)

    def axis(self, field: str, look: Look, *, values: list[int] | None = None, **options: Any) -> alt.Y:
        return axes.tonnes_axis(field, look, values=values, **options)


class _Tonnes(Amounts):
    """Tonnes at any other place: `1.32 million tonnes`; `1320千吨`."""

    def total(self, value: float, lower: float | None = None, upper: float | None = None) -> Number:
        return quantities.metric_tonnes(value, lower, upper)

    def interval(self, value: float, lower: float, upper: float) -> Number:
        return quantities.metric_tonnes_interval(value, lower, upper)

    def label(self, value: float, lower: float, upper: float) -> Number:
        return quantities.metric_tonnes_label(value, lower, upper)

    def axis(self, field: str, look: Look, *, values: list[int] | None = None, **options: Any) -> alt.Y:
        return axes.metric_tonnes_axis(field, look, values=values, **options)


@dataclass(frozen=True)
class _Counted(Amounts):
    """A number of anything: `168,000 vehicles`; `16.8万辆次`."""

    unit: Both

    def total(self, value: float, lower: float | None = None, upper: float | None = None) -> Number:
        if lower is None or upper is None:
            return quantities.stated_quantity(value, unit=self.unit)
        return quantities.quantity(value, lower, upper, unit=self.unit)

    def interval(self, value: float, lower: float, upper: float) -> Number:
        return quantities.quantity_interval(value, lower, upper, unit=self.unit)

    def label(self, value: float, lower: float, upper: float) -> Number:
        return quantities.quantity(value, lower, upper, unit=Both("", ""))

    def axis(self, field: str, look: Look, *, values: list[int] | None = None, **options: Any) -> alt.Y:
        return axes.amount_axis(field, look, values=values, **options)


@dataclass(frozen=True)
class Traffic:
    """What a port's page counts.

    Attributes
    ----------
    title
        What stands after the port's name: `road freight`, `公路过货量`.
    noun
        The same without a mode, inside a sentence: `freight`, `过货量`.
    subject
        What is said to be put at an amount: `Road freight through Irkeshtam in 2023`.
    amounts
        How amounts are written.
    """

    title: Both
    noun: Both
    amounts: Amounts

    @property
    def is_freight(self) -> bool:
        """Whether the page counts freight."""
        return self.noun == _FREIGHT

    @property
    def heading(self) -> Both:
        """The noun at the head of a sentence: `Freight`, `过货量`."""
        return Both(_capital(str(self.noun.en)), self.noun.zh)

    def subject(self, place: Both, year: int) -> Both:
        """Return what is said to be put at an amount: `Road freight through Irkeshtam in 2023`."""
        english = _capital(str(self.title.en)) if self.is_freight else f"The total of {self.title.en}"
        return Both(f"{english} through {place.en} in {year}", f"{year}年{place.zh}{self.title.zh}")


_FREIGHT = Both("freight", "过货量")

_WAN_TONNES = _WanTonnes(
    Both("million tonnes (Mt)", "万吨"), Both("10,000 tonnes (万吨)", "万吨"), WAN
)  # fmt: skip
_TONNES = _Tonnes(Both("million tonnes (Mt)", "千吨"), Both("thousand tonnes", "千吨"), quantities.THOUSAND)


def traffic(outlook: Outlook) -> Traffic:
    """Return what a page counts, in the words of its place."""
    mode = MODES.get(outlook.mode, Both(outlook.mode, ""))
    if outlook.indicator == FREIGHT:
        amounts = _WAN_TONNES if outlook.places.counts_in_wan(outlook.place) else _TONNES
        return Traffic(Both(f"{mode.en} freight", f"{mode.zh}过货量"), _FREIGHT, amounts)
    noun = indicator_words(outlook.indicator, outlook.known.evidence)
    return Traffic(noun, noun, _counted(outlook.unit))


def _counted(code: str) -> Amounts:
    """Return how amounts of a unit are written that is not tonnes."""
    known = units.UNITS.get(code)
    unit = Both(known.en, known.zh) if known is not None else Both(code, code)
    return _Counted(unit, unit, 1.0, unit)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"

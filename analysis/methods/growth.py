"""Growth from printed figures, with what their rounding leaves open (docs/methods/growth.md)."""

import itertools
from typing import NamedTuple

from analysis.methods.consistency import BASE_REVISION

#: Relative slack of a comparison of two figures, against floating-point noise.
SLACK = 1e-9


class Range(NamedTuple):
    """A value and the least and the most that what was printed of it allows."""

    low: float
    value: float
    high: float

    @classmethod
    def exact(cls, value: float) -> "Range":
        """Return a value of which nothing is open."""
        return cls(value, value, value)

    def overlaps(self, other: "Range") -> bool:
        """Return whether two ranges have a value in common."""
        slack = SLACK * max(map(abs, (*self, *other)))
        return self.low <= other.high + slack and other.low <= self.high + slack


def ratio(above: Range, below: Range) -> Range:
    """Return one positive figure divided by another."""
    return Range(above.low / below.high, above.value / below.value, above.high / below.low)


def growth_by_levels(level: Range, base: Range) -> Range:
    """Return the growth that two printed levels imply, a fraction."""
    return _minus_one(ratio(level, base))


def implied_base(level: Range, growth: Range) -> Range:
    """Return last year's level, as this year's and its growth (a fraction above -1) imply it."""
    return ratio(level, Range(*(1 + rate for rate in growth)))


def average_growth(level: Range, base: Range, *, years: int) -> Range:
    """Return the average growth a year over some years, a fraction."""
    over = ratio(level, base)
    return _minus_one(Range(*(end ** (1 / years) for end in over)))


def contribution(part: Range, part_base: Range, total_base: Range) -> Range:
    """Return what a part adds to the growth of a total: its change as a fraction of the total's base."""
    corners = [
        (level - base) / whole
        for level, base, whole in itertools.product((part.low, part.high), (part_base.low, part_base.high), total_base)
    ]
    return Range(min(corners), (part.value - part_base.value) / total_base.value, max(corners))


def verdict(printed: Range, implied: Range) -> str:
    """Return whether a printed base and an implied one agree: `agrees`, `revised` or `contradicts`."""
    if printed.overlaps(implied):
        return "agrees"
    nearest = max(implied.low / printed.high, printed.low / implied.high)
    return "revised" if nearest <= (1 + BASE_REVISION) * (1 + SLACK) else "contradicts"


def _minus_one(over: Range) -> Range:
    return Range(*(end - 1 for end in over))

"""Contributions to growth in words, in percentage points."""

from analysis.pages.words.cells import Number
from analysis.pages.words.rounding import Amount, amount, with_sign

#: Contributions to growth are printed as if none were known better than so: a third of a percentage point.
_LEAST_POINTS = 0.0035


def points(contribution: float, lower: float, upper: float) -> Number:
    """Return a contribution to growth as a bare number with its sign, in percentage points."""
    words = with_sign(_points(contribution, lower, upper).value)
    return Number(words, words, (contribution,), 0.01)


def points_interval(contribution: float, lower: float, upper: float) -> Number:
    """Return an interval of a contribution, in percentage points: `-3 to +4`; `-3至+4`."""
    words = _points(contribution, lower, upper)
    low, high = with_sign(words.lower), with_sign(words.upper)
    return Number(f"{low} to {high}", f"{low}至{high}", (lower, upper), 0.01)


def _points(contribution: float, lower: float, upper: float) -> Amount:
    """Return a contribution and its interval in percentage points, of open days to no more digits than of freight."""
    middle = 0.0 if abs(contribution) < (upper - lower) / 200 else contribution
    return amount(middle, lower, upper, scale=0.01, least=_LEAST_POINTS if upper > lower else 0.0, change=True)

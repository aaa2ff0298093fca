"""Amounts of anything in words: trucks, containers, wagons."""

from analysis.pages.words.cells import Both, Number
from analysis.pages.words.rounding import MILLION, WAN, amount, without_commas


def quantity(value: float, lower: float, upper: float, *, unit: Both) -> Number:
    """Return an amount of anything: `5.61 million trucks`; `561万辆`, with the digits that its interval bears."""
    words, zh = _counted(value, lower, upper)
    return Number(f"{words[0]} {unit.en}".rstrip(), f"{zh[0]}{unit.zh}", (value,))


def quantity_interval(value: float, lower: float, upper: float, *, unit: Both) -> Number:
    """Return an interval of anything: `5.4 to 5.8 million trucks`; `540万至580万辆`."""
    words, zh = _counted(value, lower, upper)
    return Number(f"{words[1]} {unit.en}".rstrip(), f"{zh[1]}{unit.zh}", (lower, upper))


def _counted(value: float, lower: float, upper: float) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return a number and its interval in words: in millions from a million on, in 万 from 100,000 on."""
    million = max(value, upper) >= MILLION
    words = amount(value, lower, upper, scale=MILLION if million else 1.0)
    suffix = " million" if million else ""
    large = max(value, upper) >= 10 * WAN
    chinese = amount(value, lower, upper, scale=WAN if large else 1.0)
    mark = "万" if large else ""
    middle, low, high = (without_commas(each) for each in (chinese.value, chinese.lower, chinese.upper))
    return (f"{words.value}{suffix}", f"{words.interval}{suffix}"), (f"{middle}{mark}", f"{low}{mark}至{high}{mark}")


def whole(count: int) -> Number:
    """Return a number of things that were counted: `2,550`; `2550`."""
    return Number(f"{count:,}", str(count), (float(count),))

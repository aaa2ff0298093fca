"""Amounts of anything in words: trucks, containers, wagons, and tonnes where nobody counts in ten thousands."""

from analysis.pages.words.cells import Both, Number
from analysis.pages.words.rounding import MILLION, WAN, Amount, amount, as_stated, without_commas

THOUSAND = 1e3


def quantity(value: float, lower: float, upper: float, *, unit: Both) -> Number:
    """Return an amount of anything: `5.61 million trucks`; `561万辆`, with the digits that its interval bears."""
    words, zh = _counted(value, lower, upper)
    return Number(f"{words[0]} {unit.en}".rstrip(), f"{zh[0]}{unit.zh}", (value,))


def quantity_interval(value: float, lower: float, upper: float, *, unit: Both) -> Number:
    """Return an interval of anything: `5.4 to 5.8 million trucks`; `540万至580万辆`."""
    words, zh = _counted(value, lower, upper)
    return Number(f"{words[1]} {unit.en}".rstrip(), f"{zh[1]}{unit.zh}", (lower, upper))


def stated_quantity(value: float, *, unit: Both) -> Number:
    """Return a published amount of anything with all its digits: `166,394 trucks`; `166394辆`."""
    words = as_stated(value)
    return Number(f"{words} {unit.en}".rstrip(), f"{without_commas(words)}{unit.zh}", (value,))


def stated_in_wan(value: float, *, unit: Both) -> Number:
    """Return a published number of things with all its digits: `12,000 jobs`; `1.2万个岗位`, below 1万 in ones."""
    scale, mark = (WAN, "万") if abs(value) >= WAN else (1.0, "")
    chinese = without_commas(as_stated(value, scale=scale))
    return Number(f"{as_stated(value)} {unit.en}".rstrip(), f"{chinese}{mark}{unit.zh}", (value,))


def metric_tonnes(value: float, lower: float | None = None, upper: float | None = None) -> Number:
    """Return a freight total where nobody counts in ten thousands: `1.32 million tonnes`; `1320千吨`.

    Without an interval it was published, and keeps its digits: `12.084 million tonnes`; `12084千吨`.
    """
    if lower is None or upper is None:
        large, thousands = value >= MILLION, value >= THOUSAND
        stated = f"{as_stated(value, scale=MILLION)} million" if large else as_stated(value)
        in_chinese = without_commas(as_stated(value, scale=THOUSAND if thousands else 1.0))
        return Number(f"{stated} tonnes", f"{in_chinese}{'千吨' if thousands else '吨'}", (value,))
    english, chinese, units = _tonnes(value, lower, upper)
    return Number(f"{english.value} {units.en}", f"{without_commas(chinese.value)}{units.zh}", (value,))


def metric_tonnes_interval(value: float, lower: float, upper: float) -> Number:
    """Return an interval of freight: `1.05 to 1.62 million tonnes`; `1050至1620千吨`."""
    english, chinese, units = _tonnes(value, lower, upper)
    low, high = without_commas(chinese.lower), without_commas(chinese.upper)
    return Number(f"{english.interval} {units.en}", f"{low}至{high}{units.zh}", (lower, upper))


def metric_tonnes_label(value: float, lower: float, upper: float) -> Number:
    """Return a freight total for a label inside a chart: `1.24 Mt`, `1240千吨`."""
    english, chinese = (amount(value, lower, upper, scale=scale).value for scale in (MILLION, THOUSAND))
    return Number(f"{english} Mt", f"{without_commas(chinese)}千吨", (value,))


def _tonnes(value: float, lower: float, upper: float) -> tuple[Amount, Amount, Both]:
    """Return a number of tonnes in English and in Chinese, and the units of both."""
    million, thousand = max(value, upper) >= MILLION, max(value, upper) >= THOUSAND
    english = amount(value, lower, upper, scale=MILLION if million else 1.0)
    chinese = amount(value, lower, upper, scale=THOUSAND if thousand else 1.0)
    return english, chinese, Both("million tonnes" if million else "tonnes", "千吨" if thousand else "吨")


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

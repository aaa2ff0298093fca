"""Trade and other large amounts of money in the words of both languages: billions and 亿, yuan and US dollars."""

import math
from dataclasses import dataclass

from analysis.pages.words.cells import Number
from analysis.pages.words.rounding import (
    MILLION,
    WAN,
    YI,
    amount,
    as_stated,
    plain,
    round_to_place,
    significant,
    without_commas,
)

#: A range of one value is printed to so many decimals.
_EXACT_DECIMALS = 4


@dataclass(frozen=True)
class Currency:
    """How a currency is written: before and after an English number, and after a Chinese one."""

    before: str
    after: str
    zh: str


_MONEY = {"CNY": Currency("", " yuan", "元"), "USD": Currency("$", "", "美元")}


def money(value: float, lower: float | None = None, upper: float | None = None, *, currency: str = "CNY") -> Number:
    """Return trade in billions, or millions below one: `393.14 billion yuan (3931.4亿元)`; `$22.7 billion (227亿美元)`.

    Without an interval it was published, and keeps its digits.
    """
    unit, (scale, word), (scale_zh, word_zh) = _MONEY[currency], *_sizes(value)
    if lower is None or upper is None:
        english, chinese = as_stated(significant(value), scale=scale), as_stated(significant(value), scale=scale_zh)
    else:
        english, chinese = (amount(value, lower, upper, scale=each).value for each in (scale, scale_zh))
    chinese = f"{without_commas(chinese)}{word_zh}{unit.zh}"
    return Number(f"{unit.before}{english} {word}{unit.after} ({chinese})", chinese, (value,))


def money_interval(value: float, lower: float, upper: float, *, currency: str = "CNY") -> Number:
    """Return an interval of trade: `487 to 510 billion yuan (4870 to 5100亿元)`; `4870亿至5100亿元`."""
    words = [amount(value, lower, upper, scale=scale) for scale, _ in _sizes(value)]
    return _money_ends(value, [(each.lower, each.upper) for each in words], (lower, upper), currency)


def money_range(lower: float, upper: float, *, currency: str = "CNY") -> Number:
    """Return what rounding leaves open of an amount, to a tenth of it: `28.029 to 28.057 billion yuan`."""
    (scale, _), (scale_zh, _) = _sizes(lower)
    return _money_ends(lower, _open_ends(lower, upper, (scale, scale_zh)), (lower, upper), currency)


def money_in_unit(value: float, lower: float | None = None, upper: float | None = None) -> Number:
    """Return an amount for a table in billions, in Chinese in 亿: `393.14`, `3931.4`; published, with all digits."""
    if lower is None or upper is None:
        english, chinese = (as_stated(significant(value), scale=scale) for scale in (1e9, YI))
    else:
        english, chinese = (amount(value, lower, upper, scale=scale).value for scale in (1e9, YI))
    return Number(english, without_commas(chinese), (value,))


def money_interval_in_unit(value: float, lower: float, upper: float) -> Number:
    """Return an interval of money for such a table: `147.0 to 151.8`; `1470至1518`."""
    english, chinese = (amount(value, lower, upper, scale=scale) for scale in (1e9, YI))
    return Number(english.interval, without_commas(f"{chinese.lower}至{chinese.upper}"), (lower, upper))


def money_range_in_unit(lower: float, upper: float) -> Number:
    """Return what rounding leaves open of an amount, in billions and 亿: `28.029 to 28.057`; `280.29至280.57`."""
    (low, high), (low_zh, high_zh) = _open_ends(lower, upper, (1e9, YI))
    return Number(f"{low} to {high}", without_commas(f"{low_zh}至{high_zh}"), (lower, upper))


def part_of_yuan(value: float, lower: float, upper: float, *, whole: float) -> Number:
    """Return a part of a sum with its interval, for a column of such parts: all to the third digit of the whole.

    `260 million yuan (239 to 267)`; `2.60亿元（2.39亿至2.67亿元）`.
    """
    place, (_, (scale, unit)) = math.floor(math.log10(whole)) - 2, _sizes(whole)
    english, chinese = (
        [round_to_place(end / each, place - round(math.log10(each))) for end in (value, lower, upper)]
        for each in (MILLION, scale)
    )
    middle, low, high = map(without_commas, chinese)
    return Number(
        f"{english[0]} million yuan ({english[1]} to {english[2]})",
        f"{middle}{unit}元（{low}{unit}至{high}{unit}元）",
        (value,),
    )


def _open_ends(lower: float, upper: float, scales: tuple[float, float]) -> list[tuple[str, str]]:
    """Return two ends to a tenth of what lies between them, in each of two units."""
    half, ends = (upper - lower) / 2, []
    for scale in scales:
        place = math.floor(math.log10(half / scale)) - 1 if half > 0 else -_EXACT_DECIMALS
        low, high = (round_to_place(end / scale, place) for end in (lower, upper))
        ends.append((low, high))
    return ends


def _money_ends(size: float, ends: list[tuple[str, str]], values: tuple[float, float], currency: str) -> Number:
    """Return two ends of an amount, written in each language, with their unit."""
    unit, (_, word), (_, word_zh) = _MONEY[currency], *_sizes(size)
    (first, last), (low, high) = ends[0], map(without_commas, ends[1])
    written = f"{unit.before}{first} to {last} {word}{unit.after} ({low} to {high}{word_zh}{unit.zh})"
    return Number(written, f"{low}至{high}{word_zh}{unit.zh}", values)


def _sizes(value: float) -> tuple[tuple[float, str], tuple[float, str]]:
    """Return the unit of size of each language: a billion and 亿, or a million and 万."""
    english = (1e9, "billion") if abs(value) >= 1e9 else (MILLION, "million")
    return english, (YI, "亿") if abs(value) >= YI else (WAN, "万")


def yuan_by_tonne(value: float, lower: float, upper: float, *, currency: str = "CNY") -> Number:
    """Return a value by tonne: `48,600 yuan`, `$3,920`; `4.86万元`."""
    unit, half = _MONEY[currency], (upper - lower) / 2
    english = plain(value, half_width=half)
    scale, word = (WAN, "万") if value >= WAN else (1.0, "")
    chinese = f"{without_commas(plain(value, scale=scale, half_width=half))}{word}{unit.zh}"
    return Number(f"{unit.before}{english}{unit.after}", chinese, (value,))

"""Numbers in the words of both languages, with no more digits than their intervals bear.

No module but this and `money` rounds a number for readers.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from analysis.pages.words.cells import Number
from analysis.pages.words.relations import RELATIONS, relation_in_words

MILLION = 1e6

#: 1亿 is a hundred million.
YI = 1e8

#: 1 万吨 is 10,000 tonnes; a million tonnes are 100 of them.
WAN = 1e4

#: A half-width with leading digits below this is known to two digits, above it to one.
_TWO_DIGITS_UP_TO = 3.55

#: An exact figure is printed with so many significant digits.
_EXACT_DIGITS = 4


@dataclass(frozen=True)
class Amount:
    """A value with its interval in words: `value`, `lower`, `upper` and `interval` ("1.05 to 1.62")."""

    value: str
    lower: str
    upper: str

    @property
    def interval(self) -> str:
        """The interval in words."""
        return f"{self.lower} to {self.upper}"


def amount(
    value: float, lower: float, upper: float, *, scale: float = 1.0, least: float = 0.0, change: bool = False
) -> Amount:
    """Return a value and its interval in words, in units of `scale`.

    Digits follow the half-width (at least `least`) by the rule of the Particle Data Group (Review of Particle Physics,
    introduction, 5.3): two of its digits where they are 10 to 35, else one; of the number two to four are printed. Of a
    `change`, whose zero is a value like any other, all end with the last digit of the largest: -55 to -1.
    """
    half, numbers = max((upper - lower) / 2, least) / scale, [each / scale for each in (value, lower, upper)]
    places = [_last_place(number, half) for number in numbers]
    return Amount(*map(round_to_place, numbers, [max(places)] * 3 if change else places))


def plain(value: float, *, scale: float = 1.0, half_width: float = 0.0) -> str:
    """Return one number in units of `scale`, with thousands commas and without digits that it does not have."""
    words = round_to_place(value / scale, _last_place(value / scale, half_width / scale)) if value else "0"
    return words.rstrip("0").rstrip(".") if "." in words and half_width == 0 else words


def as_stated(value: float, *, scale: float = 1.0) -> str:
    """Return a published value in units of `scale` with all its digits: `12.084`."""
    words = f"{Decimal(repr(float(value))) / Decimal(scale):,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def column(values: list[float], half_widths: list[float], *, scale: float) -> list[str]:
    """Return numbers that add up in one column, all to the same place: that of the narrowest interval."""
    widths = [half / scale for half in half_widths if half > 0]
    largest = max((abs(value) / scale for value in values), default=0.0)
    place = _last_place(largest, min(widths)) if widths else _last_place(largest, 0.0)
    return [round_to_place(value / scale, place) for value in values]


def significant(value: float) -> float:
    """Return a value cut to six significant digits, for the cells of a workbook."""
    return float(f"{value:.6g}")


def tonnes(value: float, lower: float | None = None, upper: float | None = None) -> Number:
    """Return a freight total: `1.32 million tonnes (132万吨)` or `381,000 tonnes (38.1万吨)`; `132万吨`.

    Without an interval it was published, and keeps its digits: `12.084 million tonnes (1208.4万吨)`.
    """
    if lower is None or upper is None:
        english = f"{as_stated(value, scale=MILLION)} million" if value >= MILLION else as_stated(value)
        chinese = f"{without_commas(as_stated(value, scale=WAN))}万吨"
        return Number(f"{english} tonnes ({chinese})", chinese, (value,))
    chinese = f"{without_commas(amount(value, lower, upper, scale=WAN).value)}万吨"
    return Number(f"{_english(value, lower, upper)[0]} ({chinese})", chinese, (value,))


def tonnes_label(value: float, lower: float, upper: float) -> Number:
    """Return a freight total for a label inside a chart: `1.24 Mt`, `124万吨`."""
    english, chinese = (_without_end_zeros(amount(value, lower, upper, scale=scale).value) for scale in (MILLION, WAN))
    return Number(f"{english} Mt", f"{without_commas(chinese)}万吨", (value,))


def tonnes_interval(value: float, lower: float, upper: float) -> Number:
    """Return an interval of freight: `1.05 to 1.62 million tonnes (105 to 162万吨)`; `105万至162万吨`."""
    words = amount(value, lower, upper, scale=WAN)
    lowest, highest = without_commas(words.lower), without_commas(words.upper)
    english = f"{_english(value, lower, upper)[1]} ({lowest} to {highest}万吨)"
    return Number(english, f"{lowest}万至{highest}万吨", (lower, upper))


def tonnes_in_unit(value: float, lower: float, upper: float) -> Number:
    """Return a freight total for a table in million tonnes, in Chinese in 万吨: `1.24`; `124`."""
    english, chinese = (amount(value, lower, upper, scale=scale).value for scale in (MILLION, WAN))
    return Number(english, without_commas(chinese), (value,))


def tonnes_interval_in_unit(value: float, lower: float, upper: float) -> Number:
    """Return an interval of freight for such a table: `1.05 to 1.62`; `105至162`."""
    english, chinese = (amount(value, lower, upper, scale=scale) for scale in (MILLION, WAN))
    return Number(english.interval, without_commas(f"{chinese.lower}至{chinese.upper}"), (lower, upper))


def yuan(value: float) -> Number:
    """Return an amount of money: `725 million yuan (7.25亿元)`; `7.25亿元`, or `4140万元` below 1亿元."""
    chinese = _yuan_zh(value)
    return Number(f"{plain(value, scale=MILLION)} million yuan ({chinese})", chinese, (value,))


def yuan_of(value: float) -> Number:
    """Return a small amount of money with the digits of `yuan`: `85,220 yuan`; `8.522万元`, below 1万 in 元."""
    scale, unit = (WAN, "万元") if abs(value) >= WAN else (1.0, "元")
    return Number(f"{plain(value)} yuan", f"{without_commas(plain(value, scale=scale))}{unit}", (value,))


def yuan_amount(value: float, lower: float, upper: float) -> Number:
    """Return an amount of money to the digits that its interval bears; 亿元 from 1亿 on, below 万元."""
    english = amount(value, lower, upper, scale=MILLION).value
    scale, unit = _yuan_unit(upper)
    chinese = without_commas(amount(value, lower, upper, scale=scale).value)
    return Number(f"{english} million yuan ({chinese}{unit}元)", f"{chinese}{unit}元", (value,))


def yuan_interval(value: float, lower: float, upper: float) -> Number:
    """Return an interval of money: `670 to 790 million yuan (6.7 to 7.9亿元)`; `6.7亿至7.9亿元`, below 1亿 in 万元."""
    scale, unit = _yuan_unit(upper)
    english, chinese = (amount(value, lower, upper, scale=one) for one in (MILLION, scale))
    lowest, highest = without_commas(chinese.lower), without_commas(chinese.upper)
    return Number(
        f"{english.interval} million yuan ({lowest} to {highest}{unit}元)",
        f"{lowest}{unit}至{highest}{unit}元",
        (lower, upper),
    )


def times(value: float, lower: float, upper: float) -> Number:
    """Return how many times one figure is another: `3.9 times (3.6 to 4.1)`; `3.9倍（3.6至4.1）`."""
    words = amount(value, lower, upper)
    return Number(f"{words.value} ({words.interval})", f"{words.value}（{words.lower}至{words.upper}）", (value,))


def share_percent(share: float, lower: float, upper: float) -> Number:
    """Return a share in percent to the digits that its interval bears: `87%`, `86.9%`."""
    words = amount(share, lower, upper, scale=0.01).value
    return Number(f"{words}%", f"{words}%", (share,), 0.01)


def share_interval(share: float, lower: float, upper: float) -> Number:
    """Return an interval of a share in percent: `66 to 70%`; `66%至70%`."""
    words = amount(share, lower, upper, scale=0.01)
    return Number(f"{words.interval}%", f"{words.lower}%至{words.upper}%", (lower, upper), 0.01)


def in_unit(value: float, lower: float, upper: float, *, scale: float) -> Number:
    """Return a bare number for a table in one unit, to the digits that its interval bears."""
    words = amount(value, lower, upper, scale=scale).value
    return Number(words, words, (value,), scale)


def interval_in_unit(value: float, lower: float, upper: float, *, scale: float) -> Number:
    """Return a bare interval for a table in one unit: `105 to 162`; `105至162`."""
    words = amount(value, lower, upper, scale=scale)
    return Number(words.interval, f"{words.lower}至{words.upper}", (lower, upper), scale)


def percent(probability: float) -> Number:
    """Return a probability in percent; never 0% or 100%, which a share of draws cannot prove.

    Below 1% and above 99% the words stand without a value, so that no cell of a workbook holds a 0 or 1 either.
    """
    if probability < 0.01:
        return Number("less than 1%", "不到1%")
    if probability > 0.99:
        return Number("more than 99%", "超过99%")
    return _percent(probability)


def fraction_percent(share: float) -> Number:
    """Return a share in percent, 0% and 100% only where they are exact."""
    if 0 < share < 0.005:
        return Number("under 1%", "不到1%", (share,))
    if 0.995 <= share < 1:
        return Number("over 99%", "超过99%", (share,))
    return _percent(share)


def percents_of_whole(probabilities: Sequence[float]) -> list[Number]:
    """Return probabilities that leave nothing out in percent, so that what is printed adds up to 100.

    Each is cut to a whole percentage, and what is missing goes to those that lost most; the ends are as of `percent`.
    """
    lower = [math.floor(100 * each) for each in probabilities]
    lost = sorted(range(len(lower)), key=lambda place: lower[place] - 100 * probabilities[place])
    for place in lost[: 100 - sum(lower)]:
        lower[place] += 1
    ends = [percent(each) for each in probabilities]
    return [
        Number(f"{whole}%", f"{whole}%", (each,)) if end.values else end
        for whole, each, end in zip(lower, probabilities, ends, strict=True)
    ]


def percent_change(value: float, lower: float, upper: float) -> Number:
    """Return an effect in percent with its 95% interval: `-21% (95%: -29 to -12%)`; `-21%（95%区间：-29%至-12%）`."""
    words = amount(value, lower, upper)
    return Number(
        f"{words.value}% (95%: {words.interval}%)",
        f"{words.value}%（95%区间：{words.lower}%至{words.upper}%）",
        (value, lower, upper),
    )


def percent_to_a_tenth(share: float) -> Number:
    """Return a share in percent to a tenth: `12.3%`."""
    words = f"{100 * share:.1f}%"
    return Number(words, words, (share,), 0.01)


def coverage_percent(share: float | None) -> str:
    """Return the share of a total that figures fix, as whole percent; the ends stand for exactly none and all.

    Nothing is returned where coverage has no meaning.
    """
    if share is None:
        return ""
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else _percent(share).en


def ratio(value: float) -> Number:
    """Return a ratio of two amounts to two decimals, without zeros at its end: `0.36`."""
    words = plain(round(value, 2))
    return Number(words, words, (value,))


def ratio_of_ends(value: float) -> Number:
    """Return the ratio of the ends of an interval: to two decimals below ten, `1.15`, whole from there on, `86`."""
    words = plain(round(value, 2 if value < 10 else 0))
    return Number(words, words, (value,))


def ratio_interval(lower: float, upper: float) -> Number:
    """Return an interval of a ratio to two significant digits: `0.16 to 1.7`; `0.16至1.7`."""
    low, high = (f"{end:.2g}" for end in (lower, upper))
    return Number(f"{low} to {high}", f"{low}至{high}", (lower, upper))


def millions(value: float) -> Number:
    """Return yuan as millions to two decimals, so that the cells of a column add up as printed."""
    words = f"{value / MILLION:,.2f}"
    return Number(words, words, (value,), MILLION)


def dollars(value: float, lower: float | None = None, upper: float | None = None) -> Number:
    """Return an amount of US dollars: `1,658 dollars`; `1658美元`; to the digits that its interval bears."""
    words = as_stated(value) if lower is None or upper is None else amount(value, lower, upper).value
    return Number(f"{words} dollars", f"{without_commas(words)}美元", (value,))


def dollars_interval(value: float, lower: float, upper: float) -> Number:
    """Return an interval of US dollars: `4,100 to 6,300 dollars`; `4100至6300美元`."""
    words = amount(value, lower, upper)
    low, high = without_commas(words.lower), without_commas(words.upper)
    return Number(f"{words.interval} dollars", f"{low}至{high}美元", (lower, upper))


def score(value: float) -> Number:
    """Return a score in three decimals, as tables of forecasting methods print it: `0.749`."""
    words = f"{value:.3f}"
    return Number(words, words, (value,))


def growth(rate: float, lower: float, upper: float) -> Number:
    """Return a growth rate in percent with its sign, to the digits that its interval bears."""
    words = with_sign(amount(rate, lower, upper, scale=0.01, change=True).value)
    return Number(f"{words}%", f"{words}%", (rate,), 0.01)


def growth_as_printed(rate: float) -> Number:
    """Return a published growth rate in percent with its sign and its own digits: `+34.9%`."""
    words = with_sign(as_stated(significant(100 * rate)))
    return Number(f"{words}%", f"{words}%", (rate,), 0.01)


def change(rate: float) -> Number:
    """Return a change in percent to a tenth with its sign, for a table of changes: `+3.2%`."""
    words = f"{with_sign(f'{100 * rate:.1f}')}%"
    return Number(words, words, (rate,), 0.01)


def growth_interval(rate: float, lower: float, upper: float) -> Number:
    """Return an interval of a growth rate in percent: `-3 to +4%`; `-3%至+4%`."""
    words = amount(rate, lower, upper, scale=0.01, change=True)
    low, high = with_sign(words.lower), with_sign(words.upper)
    return Number(f"{low} to {high}%", f"{low}%至{high}%", (lower, upper), 0.01)


def with_sign(words: str) -> str:
    """Return a written number with its sign: plus above zero, none at zero."""
    if not words.strip("-0.,"):
        return words.lstrip("-")
    return words if words.startswith("-") else f"+{words}"


def as_published(value_as_published: str, relation: str, value: float | None = None) -> Number:
    """Return a figure in the publication's own words, with the relation where the words do not carry it."""
    english, chinese = ("", "") if relation_in_words(value_as_published) else RELATIONS.get(relation, ("", ""))
    values = () if value is None else (value,)
    return Number(f"{english}{value_as_published}", f"{chinese}{value_as_published}", values)


def with_relation(number: Number, relation: str) -> Number:
    """Return a number with its relation in words: `over 1 million tonnes (100万吨)`; `超过100万吨`."""
    english, chinese = RELATIONS.get(relation, ("", ""))
    return replace(number, en=f"{english}{number.en}", zh=f"{chinese}{number.zh}")


def whole_percent(share: float) -> int:
    """Return a share as the whole percentage that is printed of it."""
    return round(100 * share)


def _percent(share: float) -> Number:
    words = f"{whole_percent(share)}%"
    return Number(words, words, (share,))


def without_commas(words: str) -> str:
    """Return a number as Chinese print has it: without thousands commas."""
    return words.replace(",", "")


def _without_end_zeros(words: str) -> str:
    return words.rstrip("0").rstrip(".") if "." in words else words


def _yuan_unit(value: float) -> tuple[float, str]:
    """Return the unit that Chinese print has for money of a size: 亿 from 1亿 on, below 万."""
    return (YI, "亿") if abs(value) >= YI else (WAN, "万")


def _yuan_zh(value: float) -> str:
    """Return money in 亿元 from 1亿 on, below in 万元."""
    if abs(value) >= YI:
        return f"{without_commas(plain(value, scale=YI))}亿元"
    return f"{without_commas(plain(value, scale=WAN))}万元"


def _english(value: float, lower: float, upper: float) -> tuple[str, str]:
    """Return a total and its interval in tonnes, in millions from a million on."""
    if max(value, upper) >= MILLION:
        words = amount(value, lower, upper, scale=MILLION)
        return f"{words.value} million tonnes", f"{words.interval} million tonnes"
    words = amount(value, lower, upper)
    return f"{words.value} tonnes", f"{words.interval} tonnes"


def _last_place(value: float, half_width: float) -> int:
    """Return the power of ten of the last digit to print."""
    if value == 0:
        return 0 if half_width <= 0 else math.floor(math.log10(half_width)) - 1
    first = math.floor(math.log10(abs(value)) + 1e-12)
    if half_width <= abs(value) * 1e-9:
        return first - _EXACT_DIGITS + 1
    wanted = math.floor(math.log10(half_width))
    wanted -= half_width / 10.0**wanted < _TWO_DIGITS_UP_TO
    return max(min(wanted, first - 1), first - _EXACT_DIGITS + 1)


def round_to_place(value: float, place: int) -> str:
    """Return a number rounded at a power of ten; decimally, so that one number in two units rounds the same way."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(place), ROUND_HALF_UP)
    return f"{rounded:,.{max(0, -place)}f}"

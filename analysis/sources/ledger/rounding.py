"""How exact a published figure is: the rounding half-width, read from its printed digits.

The stored value resolves what the print leaves open. Every multiplier in use (万, 亿, million, млрд, %, 成)
is a power of ten, so a printed number belongs to the value exactly when their ratio is a power of ten. Of several
numbers that do, the one whose own words state that power counts.
"""

import functools
import itertools
import math
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from analysis.core.vocabulary import AVERAGE_MEASURES, BOUND_RELATIONS
from analysis.sources.ledger.printed_words import Beside, beside, without_other_numbers

_NUMBER = re.compile(r"\d{1,3}(?:[ ,.]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_GROUPS = re.compile(r"\d{1,3}(?:[ ,.]\d{3})+")
_HANZI = re.compile(r"[零〇一二两三四五六七八九十百千点]+")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}

#: A mantissa before 万, million or % is known to its last printed digit, but zeros after the third digit are not.
_KNOWN_DIGITS = 3


class Rounding(NamedTuple):
    """A half-width in the unit of the value, and what it was read from: `printed` text, `value`, or `day`."""

    half_width: float
    source: str


class Printed(NamedTuple):
    """A number as printed: its value, the place of its last printed digit, its digits and trailing zeros.

    `bare` marks a reading that holds only without a multiplier: `150.000` may be 150 thousand, `1.250万` is not.
    `words` are those beside the number.
    """

    number: float
    place: int
    digits: int
    zeros: int
    bare: bool = False
    words: Beside = Beside(None, None)

    def exponent(self, value: float) -> int | None:
        """Return n where value = number * 10**n, or None where there is no such whole n."""
        exponent = _exponent(value, self.number)
        return None if exponent and self.bare else exponent

    def states(self, value: float) -> bool:
        """Return whether the number and its own words are the value; without words, whether the number is."""
        return self.exponent(value) in (self.words.powers or {0})

    def rounds(self, value: float) -> bool:
        """Return whether a value rounds to the number, at a power of ten that the words allow."""
        sizes = [10.0**power for power in self.words.powers or {0} if not (self.bare and power)]
        half = 0.5 * 10.0**self.place * (1 + 1e-9)
        return any(abs(value - self.number * size) <= half * size for size in sizes)


def half_width(value: float, value_as_published: str | None) -> Rounding:
    """Return half the unit of the last digit that a publication states.

    Trailing zeros of a bare integer are unknown digits: `577600` is known to 50, `7066` to 0.5. Before a
    multiplier zeros count, up to three digits: `100万吨` is known to 5,000 tonnes, `12 million` to 500,000,
    `3000万` to 50,000. Decimals always count: `1.20 million` is known to 5,000. A range (`200-300`) is known
    to half its length. Where no printed number belongs to the value, the digits of the value itself are taken.

    Parameters
    ----------
    value
        The figure in its unit; growth and shares as fractions.
    value_as_published
        The words of the publication, in any language; empty where they were not kept.

    Returns
    -------
    Rounding
        The half-width in the unit of the value, above zero, and its source, `printed` or `value`.
    """
    numbers = printed_numbers(value_as_published)
    for read in (_single, pair_half_width, _rounded):
        width = read(abs(value), numbers)
        if width is not None:
            return Rounding(width, "printed")
    if value == 0 and (width := _of_zero(numbers)) is not None:
        return Rounding(width, "printed")
    width = _single(abs(value), written_numbers(value_as_published))
    return Rounding(_from_value(value), "value") if width is None else Rounding(width, "printed")


def half_width_of(value: float, value_as_published: str | None, *, measure: str, relation: str, days: int) -> Rounding:
    """Return how far a statement's total may lie from its figure.

    A milestone ("the 8,000th train on 27 October") is known to one mean day's flow, however round it is. An average
    that something was over or under is a quotient, rounded before it was called so (8,000 trains in 300 days became
    "over 27 a day"): it may be missed by its rounding, at most by that of two digits. All others have their rounding.

    Parameters
    ----------
    value, value_as_published
        As of `half_width`.
    measure, relation
        Of the statement.
    days
        Length of its period in days.
    """
    if relation == "milestone":
        return Rounding(value / days, "day")
    rounding = half_width(value, value_as_published)
    if relation in BOUND_RELATIONS and measure in AVERAGE_MEASURES and value > 0:
        two_digits = 0.05 * 10.0 ** math.floor(math.log10(value))
        return rounding._replace(half_width=min(rounding.half_width, two_digits))
    return rounding


def _of_zero(numbers: tuple[Printed, ...]) -> float | None:
    """Return half the unit of the last digit of a printed zero, as in `0.0万吨`; None where no word counts its tens."""
    zeros = [printed for printed in numbers if printed.number == 0 and len(printed.words.powers or ()) == 1]
    return 0.5 * 10.0 ** (zeros[0].place + max(zeros[0].words.powers or {0})) if zeros else None


@functools.lru_cache(maxsize=4096)
def printed_numbers(value_as_published: str | None) -> tuple[Printed, ...]:
    """Return the numbers in digits that may be the figure, each in every way to read it, with the words beside it.

    Days, months and years are left out, alone and in spans (`1-10月`), so are percentage points and names of roads.
    """
    text = without_other_numbers(_folded(value_as_published or ""))
    return tuple(
        reading._replace(words=beside(text, found.start(), found.end()))
        for found in _NUMBER.finditer(text)
        for reading in _readings(found.group())
    )


def written_numbers(value_as_published: str | None) -> list[Printed]:
    """Return the numbers that are written in Chinese characters, each with the words beside it."""
    text = _folded(value_as_published or "")
    return [
        _hanzi(found.group())._replace(words=beside(text, found.start(), found.end()))
        for found in _HANZI.finditer(text)
    ]


def _folded(text: str) -> str:
    """Return a text with plain spaces and ASCII digits, without the words that look like a number."""
    text = re.sub("percent(?!age)|٪", "%", unicodedata.normalize("NFKC", text))
    text = re.sub(r"百分之(\d[\d.,]*)", r"\1%", text).replace("百分之", "")
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)


def _readings(found: str) -> list[Printed]:
    """Return the ways to read a printed number: with thousands marks, and with a decimal mark."""
    readings = []
    whole = _GROUPS.match(found)
    if whole:
        decimals = found[whole.end() :].lstrip(".,")
        grouped = _number(re.sub(r"\D", "", whole.group()), decimals)
        readings.append(grouped._replace(bare=found.count(".") == 1 and not decimals))
    if found.count(" ") == 0 and len(re.findall(r"[.,]", found)) <= 1:
        integer, _, decimals = found.replace(",", ".").partition(".")
        readings.append(_number(integer, decimals))
    return readings


def _number(integer: str, decimals: str) -> Printed:
    zeros = 0 if decimals else len(integer) - len(integer.rstrip("0"))
    number = float(f"{integer}.{decimals or '0'}")
    return Printed(number, -len(decimals), len(integer.lstrip("0")), zeros if number else 0)


def _exponent(value: float, number: float) -> int | None:
    """Return n where value = number * 10**n, or None where there is no such whole n."""
    if number <= 0 or value <= 0:
        return None
    exponent = round(math.log10(value / number))
    return exponent if math.isclose(value, number * 10.0**exponent, rel_tol=1e-7) else None


def _last_digit(printed: Printed, exponent: int) -> float:
    """Return half the unit of the last known digit of a number that counts tens to the `exponent`."""
    unknown = printed.zeros if exponent == 0 else min(printed.zeros, max(0, printed.digits - _KNOWN_DIGITS))
    return 0.5 * 10.0 ** (printed.place + unknown + exponent)


def _single(value: float, numbers: Sequence[Printed]) -> float | None:
    """Return the half-width of the number that is the value up to a power of ten, best one that its words state."""
    for printed in sorted(numbers, key=lambda printed: not printed.states(value)):
        exponent = printed.exponent(value)
        if exponent is not None:
            return _last_digit(printed, exponent)
    return None


def _rounded(value: float, numbers: Sequence[Printed]) -> float | None:
    """Return the half-width of a printed number that the value, which has more digits, rounds to."""
    for printed in numbers:
        if value and printed.number and printed.rounds(value):
            return _last_digit(printed, round(math.log10(value / printed.number)))
    return None


def pair_half_width(value: float, numbers: Sequence[Printed]) -> float | None:
    """Return the half-width that two printed numbers together give a value: a sum or a range; None if neither does."""
    compound = _compound(value, numbers)
    return _range(value, numbers) if compound is None else compound


def _compound(value: float, numbers: Sequence[Printed]) -> float | None:
    """Return the half-width of two numbers that add up to the value, as in `62万7千` and `2 млрд 125,8 млн`."""
    for first, second in itertools.pairwise(numbers):
        if first.number <= 0 or value <= first.number:
            continue
        scale = 10.0 ** math.floor(math.log10(value / first.number) + 1e-9)
        exponent = _exponent(value - first.number * scale, second.number)
        if exponent is not None and exponent >= 0 and 10.0**exponent < scale:
            return _last_digit(second, exponent)
    return None


def _range(value: float, numbers: Sequence[Printed]) -> float | None:
    """Return half the length of a printed range that has the value inside, as in `200-300` for 250."""
    for first, second in itertools.pairwise(numbers):
        if first.number < second.number <= 3 * first.number:
            for power in second.words.powers or {0}:
                low, high = first.number * 10.0**power, second.number * 10.0**power
                if low < value < high:
                    return (high - low) / 2
    return None


def _hanzi(found: str) -> Printed:
    """Read a number written in Chinese characters, such as 九十八, 一百零八, 一点零四 or 千."""
    integer, _, decimals = found.partition("点")
    total, digit = 0, 0
    for sign in integer:
        if sign in _TENS:
            total, digit = total + (digit or 1) * _TENS[sign], 0
        else:
            digit = _DIGITS[sign]
    fraction = "".join(str(_DIGITS[sign]) for sign in decimals if sign in _DIGITS)
    return _number(str(total + digit), fraction)


def _from_value(value: float) -> float:
    """Return the half-width of the stored digits, noise beyond the twelfth left out; zero to half a percent."""
    if value == 0:
        return 0.005
    exponent = Decimal(f"{value:.12g}").normalize().as_tuple().exponent
    return 0.5 * 10.0 ** int(exponent)

"""A reader of numbers in English and in Chinese text, independent of what writes them."""

import calendar
import re
from collections import Counter

_MONTHS = {name: str(number) for number, name in enumerate(calendar.month_name) if name}
_SCALES = {"": 1.0, "%": 0.01, "千": 1e3, "万": 1e4, "亿": 1e8, "million": 1e6, "billion": 1e9}
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?(千|万|亿|million|billion|%)?")
_RANGE = re.compile(r"([\d.,]+)%?(?: to |至)([+-]?[\d.,]+)( million| billion|%|千|万|亿)")

#: The same number once more in the unit of the other language, or in the words of a publication in another one:
#: `(125万吨)`, `(118 to 136万吨)`, `(超10.2万辆次)`; `（7.96 million）`.
_AGAIN = re.compile(r"\([^()]*[\u3400-\u9fff][^()]*\)|（[^（）]*[A-Za-z]{2}[^（）]*）")


def numbers(text: str) -> Counter[float]:
    """Return the numbers of a text with how often each stands there; names of months count as their numbers."""
    plain = _AGAIN.sub("", text)
    plain = re.sub("|".join(_MONTHS), lambda found: _MONTHS[found[0]], plain)
    plain = _RANGE.sub(r"\1\3 to \2\3", plain)
    return Counter(_value(*found.groups(default="")) for found in _NUMBER.finditer(plain))


def again(text: str) -> Counter[float]:
    """Return the numbers that stand a second time in the other language's unit."""
    return sum((numbers(found[0].strip("()（）")) for found in _AGAIN.finditer(text)), Counter())


def _value(digits: str, scale: str) -> float:
    return float(f"{float(digits.replace(',', '')) * _SCALES[scale]:.6g}")

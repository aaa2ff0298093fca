"""The words beside a printed number: the power of ten that they multiply it by, and what they say is counted."""

import re
from typing import NamedTuple

_NUMBER = r"\d[\d.,]*"

#: Numbers that name a day, a month or a year, count percentage points, or speak of one of several things.
_NOT_A_FIGURE = re.compile(
    rf"(?<![\d.,])\d{{1,4}}(?:\s*[-–—~至到、.]\s*\d{{1,4}})*\s*(?:年|년|个?月|個月|월|日(?!均)|号|號|(?:个|個)?季度)"
    rf"|{_NUMBER}\s*(?:个百分点|個百分點|百分点|percentage[ -]points?|p\.?p\.?(?![a-z])|процентн\w* пункт\w*|п\.\s?п)"
    rf"|\beach\s+{_NUMBER}",
    re.IGNORECASE,
)

#: Names of roads and machines, such as G30 or H986.
_NAME = re.compile(r"(?<![A-Za-z])[A-Z]\d+")

#: Words that round a number or count it, and stand before its multiplier or its unit.
_FILLER = r"(?:[\s+-]|多|余|餘|来|來|几|幾|个|個|以上|左右)*"


def _word(stems: str) -> str:
    """Return a pattern of Latin words that nothing is written on to."""
    return rf"(?:{stems})(?![a-z0-9²³])"


#: Words after a number, the longer before the shorter, to the powers of ten that they may stand for: `m` is a million
#: or a metre, `mt` a million tonnes or a metric ton.
_MULTIPLIERS = tuple(
    (re.compile(f"{_FILLER}(?:{word})", re.IGNORECASE), frozenset(powers))
    for word, powers in (
        (r"%", (-2,)),
        (r"‰", (-3,)),
        (r"per 100(?!\d)", (-2,)),
        (r"(?:проц|prozent|per ?cent|pct|pour cent|por ciento|foiz|фоиз|пайыз|yüzde)\w*", (-2,)),
        (r"成", (-1,)),
        (r"倍|раза?(?!\w)|" + _word("times|fold|-fold"), (0,)),
        (r"(?:千米|千瓦|兆瓦|公里|百分)", (0,)),
        (r"(?:千克|公斤)|" + _word("kg|kilograms?|кг"), (-3, 0)),
        (r"公顷|公頃|" + _word("ha|hectares?|га"), (-2, 0, 4)),
        (r"万亿|萬億|兆|조", (12,)),
        (r"千亿|千億", (11,)),
        (r"百亿|百億", (10,)),
        (r"十亿|十億", (9,)),
        (r"亿|億|억", (8,)),
        (r"千万|千萬", (7,)),
        (r"百万|百萬", (6,)),
        (r"十万|十萬", (5,)),
        (r"万|萬|만", (4,)),
        (r"千|천", (3,)),
        (r"百", (2,)),
        (r"(?:trillion|triliun|трлн|триллион|trilyon|تريليون)\w*", (12,)),
        (r"(?:milliard|miljard|milyar|miliar|mlrd|млрд|миллиард|billion|مليار|میلیارد)\w*|" + _word("bn|mrd"), (9,)),
        (r"mil millones|thousand million", (9,)),
        (r"(?:million|millón|millones|miljoon|milion|milyon|miljon|mln|млн|миллион|مليون|میلیون|juta)\w*", (6,)),
        (_word("mn|mio"), (6,)),
        (_word("crores?"), (7,)),
        (_word("lakhs?"), (5,)),
        (r"(?:thousand|tausend|тыс|тысяч|ming|миң|мың|tuhat|ألف|آلاف|هزار|ribu)\w*|" + _word("bin|kt|mil|mille"), (3,)),
        (_word("k"), (3,)),
        (_word("mt|m"), (0, 6)),
        (_word("gt|b"), (0, 9)),
        (_word("t"), (0, 12)),
    )
)

#: Words of units to what they count, as `counted` names it.
_UNITS = tuple(
    (re.compile(f"{_FILLER}(?:{word})", re.IGNORECASE), counted)
    for word, counted in (
        (r"(?:吨|噸|トン)(?!公里|キロ)", "tonnes"),
        (r"(?:(?:metric )?" + _word("tons?|tonnes?|tonnen|mt|kt") + r")(?![ -]*(?:kilom|km))|тонн\w*", "tonnes"),
        (r"辆|輛|" + _word("trucks?|lorries|vehicles?|cars?") + r"|(?:автомоб|грузовик|машин|фур)\w*", "vehicles"),
        (r"列|" + _word("trains?") + r"|поезд\w*", "trains"),
        (r"美元|美金|" + _word("us ?dollars?|dollars?|usd") + r"|долл\w*", "USD"),
        (r"元|人民币|人民幣|" + _word("yuan|rmb|cny") + r"|юан\w*", "CNY"),
        (r"人(?!民)|" + _word("persons?|people|passengers?|travell?ers?") + r"|человек", "persons"),
        (r"标箱|標箱|标准箱|" + _word("teus?"), "TEU"),
    )
)

_DOLLARS = re.compile(r"(?<![A-Za-z])(?:US ?)?\$\s*$")
_YUAN = re.compile(r"(?:RMB|CNY|人民币|人民幣)\s*$", re.IGNORECASE)


class Beside(NamedTuple):
    """What the words beside a number say of it.

    Attributes
    ----------
    powers
        The powers of ten by which it may be multiplied; None where no word says.
    counted
        What it counts; None where no word says.
    """

    powers: frozenset[int] | None
    counted: str | None


def without_other_numbers(text: str) -> str:
    """Return a text without the numbers that are no figures: days, months, years, roads, percentage points."""
    return _NAME.sub(" ", _NOT_A_FIGURE.sub(" ", text))


def beside(text: str, start: int, end: int) -> Beside:
    """Return what the words around the number at a place of a text say of it."""
    rest, before = text[end:], text[:start]
    powers, length = _multiplier(rest)
    if powers is None and before.rstrip().endswith("%"):
        powers = frozenset({-2})
    counted = next((counted for pattern, counted in _UNITS if pattern.match(rest[length:])), None)
    if counted is None:
        counted = next((counted for pattern, counted in _UNITS if powers and pattern.match(rest)), None)
    if counted is None and _DOLLARS.search(before):
        counted = "USD"
    if counted is None and _YUAN.search(before):
        counted = "CNY"
    return Beside(frozenset({0}) if powers is None and counted else powers, counted)


def stated_powers(text: str) -> frozenset[int]:
    """Return the powers of ten that any word of a text states, wherever it stands, as in `万吨: 46.4`."""
    return frozenset(power for pattern, powers in _MULTIPLIERS if pattern.search(text) for power in powers)


def _multiplier(rest: str) -> tuple[frozenset[int] | None, int]:
    """Return the powers of ten of the words that follow a number, and how long these words are."""
    for pattern, powers in _MULTIPLIERS:
        if match := pattern.match(rest):
            return powers, match.end()
    return None, 0

"""The sign of a rate of growth by the words around it, or that the figure is a share."""

import re

from analysis.sources.bulletins.around import without_relation
from analysis.sources.bulletins.context import Reading
from analysis.sources.bulletins.windows import Window

#: Words that make a multiple one of the base and not a growth: 是去年的3.4倍.
OF_BASE = re.compile(r"(?:是|为|相当于|达到?|增至|增长到|扩大到)[^,。]{0,14}的?$")

#: What may stand between two rates of a list.
_LISTED = re.compile(r"\s*(?:[、,和与及]|以及|,? and |,)?\s*(?:约|近|超|逾|nearly |about |over )?\s*")

Sign = tuple[int | None, bool]

_SHARE: Sign = (None, True)


def sign_of(window: Window, reading: Reading) -> Sign:
    """Return the sign of growth, None where no word gives one, and whether the figure is a share instead."""
    figure = window.figure
    if figure.unit == "flat":
        return 1, False
    if figure.unit == "doubling" and re.match(r"\s*(?:from|in \w+ years)", window.after):
        return None, False  # doubled from one year to another one: no growth on last year
    return (
        _at_once(window, reading)
        or _before(window, reading)
        or _of_multiple(window, reading)
        or _behind(window, reading)
        or _of_list(window, reading)
        or _in_brackets(window, reading)
        or (None, False)
    )


def _at_once(window: Window, reading: Reading) -> Sign | None:
    """Return what a word right behind an English figure says: 1.3 percent below October."""
    match = re.match(r"\s*(?:(above|higher than|more than)|(below|lower than|less than|fewer than))\s", window.after)
    if match is None or reading.language != "en" or window.figure.unit == "times":
        return None
    return (1 if match.group(1) else -1), False


def _before(window: Window, reading: Reading) -> Sign | None:
    """Return what the last word of growth or of a share before the figure says."""
    before = without_relation(window.before, reading.words)
    last, position = None, -1
    for pattern, sign in reading.words.sign_patterns:
        for match in pattern.finditer(before):
            if match.start() >= position:
                last, position = sign, match.start()
    begin = window.figure.start - len(window.before)
    shares = [m.start - begin for m in window.mentions[window.first : window.index] if m.value == "share"]
    if shares and shares[-1] > position:
        return _SHARE
    return None if last is None else (last, False)


def _of_multiple(window: Window, reading: Reading) -> Sign | None:
    """Return growth for a doubling and for a multiple of the base."""
    unit = window.figure.unit
    multiple = unit == "times" and (OF_BASE.search(window.before) is not None or reading.language == "en")
    return (1, False) if unit == "doubling" or multiple else None


def _behind(window: Window, reading: Reading) -> Sign | None:
    """Return what the words of the clause behind the figure say: 3.4 percent above, 5%的增长, of exports."""
    words = window.clause_after
    if reading.language == "zh" and not re.match(r"的?(?:增|涨|降|减|跌|同比|高速)", words):
        words = ""
    signs = [(m.start(), sign) for pattern, sign in reading.words.sign_patterns for m in pattern.finditer(words)]
    if signs:
        return min(signs)[1], False
    limit = window.figure.end + len(window.clause_after)
    shared = any(m.value == "share" and m.start < limit for m in window.mentions[window.index + 1 : window.last])
    return _SHARE if shared or re.match(r"\s*of\s", window.after) else None


def _of_list(window: Window, reading: Reading) -> Sign | None:
    """Return what was said of the figure before in a list, or of the difference of which this is the rate."""
    goes_to = reading.language == "en" and re.match(r"\s*to\s", window.after) is not None
    if (_LISTED.fullmatch(window.before) or goes_to) and reading.comparison is not None:
        return reading.comparison
    if reading.change and re.fullmatch(r"[\s,、(]*(?:or|and|,)?\s*(?:an? )?", window.before):
        return reading.change, False
    return None


def _in_brackets(window: Window, reading: Reading) -> Sign | None:
    """Return that a rate in English brackets behind a figure is its share, or the rate of a difference."""
    opened = window.in_brackets and re.search(r"\(\s*$", window.before) is not None
    if reading.language != "en" or not (window.bracketed or opened):
        return None
    return (reading.change, False) if reading.change else _SHARE

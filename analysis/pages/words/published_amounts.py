"""Published figures in the words of the reader's language, with the publication's own words where those are in another.

`as_published` of `rounding` quotes a publication; a table that is read in two languages takes `published_amount`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.core.units import UNITS
from analysis.pages.words.cells import Number
from analysis.pages.words.relations import RELATIONS, relation_in_words
from analysis.pages.words.rounding import (
    MILLION,
    WAN,
    YI,
    as_published,
    as_stated,
    significant,
    with_relation,
    without_commas,
)

_HAN, _LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{2,}|[$€¥]\d")

#: Letters of a third language.
_OTHER = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af\u0600-\u06ff]")

#: A decimal comma, as a third language has it; of a bare percentage it is all that is foreign.
_DECIMAL_COMMA, _BARE_PERCENT = re.compile(r"\d,\d{1,2}(?!\d)"), re.compile(r"[+\-]?\d+,\d{1,2}\s?%")

#: Words of a publication that tell neither a unit nor a language: digits, sizes, and what `relation` says once more.
_BARE = re.compile(
    r"\b(?:thousand|million|billion|trillion|mn|bn|m|k|over|more|than|nearly|almost|about|around|roughly|some|up|to|"
    r"approximately|exceeded|exceeding|surpassed|under|less|at|least|and|in|total|by|\d{4})\b|"
    r"[\d.,\s+~()\-–—]|[万亿千百余多约近超逾达]|超过|突破|以上|左右",
    re.IGNORECASE,
)  # fmt: skip

#: A relation may stand before words that begin with a number.
_FIRST = re.compile(r"[+$\-]?\d")

#: Two numbers that are the ends of a range: `15 to 20`, `3-5`, `150万吨—200万吨`.
_RANGE = re.compile(
    r"(\d+(?:\.\d+)?)\s*[万亿]?[^\d\s\-–—~至到,，。、]{0,2}\s*(?:[-–—~至到]|to|and)\s*\$?\s*(\d+(?:\.\d+)?)"
)

#: Hours that were printed as days, weeks or months are told as days: where the words name days, or no hours and this
#: many whole days at least.
_DAYS, _HOURS = (
    re.compile(r"天|\bdays?\b", re.IGNORECASE),
    re.compile(r"小[时時]|時間|時|\bhours?\b|час|\uc2dc\uac04", re.I),
)
_HOURS_A_DAY, _SOME_DAYS = 24.0, 3

#: Sizes in which both ends of a range may be printed.
_SIZES = (0.01, 1.0, 1e3, 1e4, 1e6, 1e8, 1e9)

#: Units of money that is written with the sign of the dollar.
_DOLLARS = ("USD", "USD/year", "USD/FEU")

#: Sizes in which an amount is written, from what on, and with how many decimals at most; else it is written out.
_ENGLISH = ((1e9, 1e9, " billion", 4), (MILLION, MILLION, " million", 4))
_CHINESE = ((YI, YI, "亿", 4), (MILLION, WAN, "万", 4), (10 * WAN, WAN, "万", 2))

#: Units that a figure is called by otherwise than in general: persons may be residents, a ratio has no name.
_NAMES = {"persons": ("persons", "人"), "ratio": ("", "")}


def published_amount(printed: str | None, relation: str, value: float, unit: str) -> Number:
    """Return a published figure for a table: `230 million yuan (2.3亿元)`; `2.3亿元`.

    Each language has the figure in its own words with its unit; where the publication speaks another language, or
    leaves the unit out, our words come first, and its own stand in brackets if they say anything more.

    Parameters
    ----------
    printed
        The publication's own words, `value_as_published`; where nobody wrote them down, ours stand alone.
    relation
        `relation` of the row; registers, which have none, say `eq`: what the words themselves say is then told.
    value
        The figure, in `unit`.
    unit
        A unit of `analysis.core.units`.
    """
    printed = printed or ""
    if _BARE_PERCENT.fullmatch(printed):
        printed = re.sub(r"\s", "", printed.replace(",", "."))
    chinese, english = _halves(printed)
    if chinese and english:
        told = [published_amount(half, relation, value, unit) for half in (english, chinese)]
        return Number(told[0].en, told[1].zh, (value,))
    said = relation_in_words(printed)
    own = said if said in ("most", "least") or relation not in RELATIONS else relation
    words = with_relation(_amount(printed, value, unit), own)
    if not printed.strip() or _is_only_the_number(printed, value, unit):
        return words
    quoted, may_quote = as_published(printed, relation, value), bool(said) or _FIRST.match(printed) or own == ""
    return Number(
        quoted.en if may_quote and _is_english(printed) else f"{words.en} ({printed})",
        quoted.zh if may_quote and _is_chinese(printed) else f"{words.zh}（{printed}）",
        (value,),
    )


def _halves(printed: str) -> tuple[str, str]:
    """Return the Chinese and the other half of words that say a figure twice, `超100万吨 / over 1 million tonnes`."""
    halves = sorted(printed.split(" / "), key=lambda words: not _HAN.search(words))
    twice = len(halves) == 2 and bool(_HAN.search(halves[0])) and not _HAN.search(halves[1])
    return (halves[0], halves[1]) if twice else ("", "")


def published_figure(row: Mapping[str, Any]) -> Number:
    """Return the figure of a row of the ledger, or of a register, for a table, with the statement that it leads to.

    Parameters
    ----------
    row
        `value_as_published`, `value`, `unit`, `statement_id`, and `relation` where the row has one.
    """
    relation = row.get("relation") or "eq"
    amount = published_amount(row["value_as_published"], relation, float(row["value"]), row["unit"])
    return amount.cite([row["statement_id"]])


def _is_english(printed: str) -> bool:
    """Return whether words are English, and name what is counted."""
    return not _HAN.search(printed) and _names_a_unit(printed)


def _is_chinese(printed: str) -> bool:
    """Return whether words are Chinese, or signs alone, and name what is counted."""
    return not _LATIN.search(printed) and _names_a_unit(printed)


def _names_a_unit(printed: str) -> bool:
    return not (_OTHER.search(printed) or _DECIMAL_COMMA.search(printed)) and bool(_BARE.sub("", printed))


def _is_only_the_number(printed: str, value: float, unit: str) -> bool:
    """Return whether words are the number and nothing else, written out in full or in millions."""
    found = re.fullmatch(r"\D*?(\d[\d, ]*(?:\.\d+)?)\s*(thousand|million|billion|trillion|[万亿])?\D*", printed)
    if not found or _OTHER.search(printed) or _BARE.sub("", printed):
        return False
    scale = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "万": WAN, "亿": YI}
    number = float(re.sub("[, ]", "", found[1])) * scale.get(found[2] or "", 1.0)
    wanted = 100 * value if unit == "fraction" else value
    return abs(number - wanted) <= 1e-9 * abs(wanted)


def _amount(printed: str, value: float, unit: str) -> Number:
    """Return a value, or the range whose middle it is, with its unit in both languages."""
    if unit == "fraction" and value == 0 and not re.search(r"\d\s*%", printed):
        return Number("the level compared with", "比较期水平", (value,))
    if unit == "fraction":
        ends = _range(printed, 100 * value) or (significant(100 * value),)
        words = " to ".join(as_stated(end) for end in ends)
        return Number(f"{words}%", f"{words.replace(' to ', '%至')}%", (value,))
    names = UNITS.get(unit)
    english, chinese = _NAMES.get(unit) or ((names.en, names.zh) if names else (unit.replace("_", " "), unit))
    if unit == "hours" and _counts_days(printed, value):
        value, english, chinese = value / _HOURS_A_DAY, "days", "天"
    ends = _range(printed, value) or (value,)
    (scale, word), (scale_zh, word_zh) = _size(max(ends), _ENGLISH), _size(max(ends), _CHINESE)
    told = " to ".join(as_stated(end, scale=scale) for end in ends)
    told_zh = "至".join(without_commas(as_stated(end, scale=scale_zh)) for end in ends)
    if told == "1" and not word:
        english = re.sub(r"^([a-z]+)s\b", r"\1", english)
    sign = "$" if unit in _DOLLARS else ""
    rest = english.removeprefix("US dollars") if sign else f" {english}"
    return Number(f"{sign}{told}{word}{rest}".rstrip(), f"{told_zh}{word_zh}{chinese}", (value,))


def _counts_days(printed: str, value: float) -> bool:
    if not _BARE.sub("", printed) or _HOURS.search(printed):
        return False
    days = value / _HOURS_A_DAY
    return bool(_DAYS.search(printed)) or (days >= _SOME_DAYS and days == round(days))


def _range(printed: str, value: float) -> tuple[float, float] | None:
    """Return the ends of a printed range whose middle is the value; None where the words hold no such range."""
    found = _RANGE.search(printed)
    if found is None:
        return None
    low, high = (float(end) for end in found.groups())
    if not 0 < low < high or value <= 0:
        return None
    size = value / ((low + high) / 2)
    if not any(abs(size / each - 1) < 1e-6 for each in _SIZES):
        return None
    return significant(low * size), significant(high * size)


def _size(value: float, sizes: Sequence[tuple[float, float, str, int]]) -> tuple[float, str]:
    """Return the largest size in which a value has few decimals, and its word; one if there is none."""
    for least, scale, word, decimals in sizes:
        share = value / scale
        if abs(value) >= least and abs(round(share, decimals) - share) < 1e-9 * abs(share):
            return scale, word
    return 1.0, ""

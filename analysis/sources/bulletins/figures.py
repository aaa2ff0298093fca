"""Printed figures: a numeral, its multiplier and its unit word, and where they stand."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from analysis.sources.bulletins.numbers import (
    ENGLISH_MULTIPLIERS,
    ENGLISH_WORDS,
    FILLERS,
    HANZI,
    chinese_number,
    english_number,
)


@dataclass(frozen=True)
class Figure:
    """A printed figure.

    Attributes
    ----------
    start, end
        Its characters in the text, from the numeral or the sign of a currency to the unit word.
    value
        The number in the unit; percents, tenths and fractions of a whole as fractions, multiples as printed.
    unit
        What the words beside it count: a unit of the ledger, `transport` (辆(列、架)次), `fraction`, `times`,
        `doubling`, `flat` (持平), `money` of a currency that the ledger lacks, or empty where no word says.
    more
        Whether a word inside it says that it is more: 50余万, 三成多.
    """

    start: int
    end: int
    value: float
    unit: str
    more: bool = False

    @property
    def compares(self) -> bool:
        """Whether it compares: a part of a whole, a multiple, a doubling."""
        return self.unit in ("fraction", "times", "doubling", "flat")


#: Words after a Chinese numeral to the unit that they name; an earlier row wins. Empty: nothing that a ledger keeps.
_CHINESE_UNITS = (
    (r"吨公里|千米|公里|平方米|平方公里|立方米|个?百分点|%个百分点|公顷|公斤|千瓦时|千瓦|亩|号|度|米|斤", ""),
    (r"吨", "tonnes"),
    (r"美元|美金", "USD"),
    (r"(?:泰铢|坚戈|卢布|卢比|欧元|日元|英镑|港元|索姆|苏姆|图格里克|台币)", "money"),
    (r"元人民币|块钱|圆|元", "CNY"),
    (r"%", "percent"),
    (r"‰", "permille"),
    (r"成半", "tenths and a half"),
    (r"成(?![为立员功绩本果交品长熟套效就都])", "tenths"),
    (r"倍", "times"),
    (
        r"列?辆列?架次|架?列辆架?次|(?:辆|列|架|艘|台)\([^()]{1,8}\)次?|(?:辆|列|架|艘)次?(?:[、/](?:辆|列|架|艘)次?)+|辆次\([^()]{1,8}\)",
        "transport",
    ),
    (r"架次|航班|班次", "flights"),
    (r"标准集装箱|标准箱|标箱|个标箱|teu|TEU", "TEU"),
    (r"车皮", "wagons"),
    (r"辆次|辆|台次|车次|台(?!币)", "vehicles"),
    (r"列次|列|趟次|趟", "trains"),
    (r"人次|人(?!民|口|均|工|才|员|家)|名(?=旅客|游客|乘客|外国人)", "persons"),
    (r"[家户](?![庭园])", "count"),
)
_MEASURED = tuple((re.compile(rf"\s*(?:{words})"), unit) for words, unit in _CHINESE_UNITS)

_CHINESE_NUMERAL = (
    rf"(?:\d[\d,]*(?:\.\d+)?|[{HANZI}]+)(?:\s*[{FILLERS}]?\s*[十百千万亿]+(?:\d+[千百](?=[吨元人辆列]))?)*"
)
_CHINESE = re.compile(rf"(?<![A-Za-z\d.])(第)?({_CHINESE_NUMERAL})(\s*[{FILLERS}])?\s*个?")
_PER_HUNDRED = re.compile(rf"百分之([\d.]+|[{HANZI}]+)(多)?")
_FRACTION = re.compile(rf"([{HANZI}]+)分之([{HANZI}]+)(多)?(?!一带)")
_DOUBLING = re.compile(r"翻(?:了)?([一两二三四])番|翻番")
_HALF = re.compile(r"(?:(?<=占)|(?<=近)|(?<=超)|(?<=过))一?半(?![年月径数])")
_FLAT = re.compile(r"持平")

#: What is counted one by one: 一趟班列 speaks of a train and reports none.
_THINGS = ("trains", "vehicles", "count", "persons", "flights")

#: What a numeral is worth beside its unit, and the unit of the row.
_SCALED = {
    "percent": (0.01, "fraction"),
    "permille": (0.001, "fraction"),
    "tenths": (0.1, "fraction"),
    "tenths and a half": (0.1, "fraction"),
}


def chinese_figures(text: str) -> list[Figure]:
    """Return the figures of a folded Chinese text in their order, none that count nothing of a ledger."""
    found = [*_written_fractions(text)]
    taken = [(figure.start, figure.end) for figure in found]
    for match in _CHINESE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        figure = _chinese_figure(text, match)
        if figure is not None:
            found.append(figure)
    return sorted(_with_shared_units(text, found), key=lambda figure: figure.start)


def _written_fractions(text: str) -> list[Figure]:
    """Return the parts of a whole that are written in words: 百分之二十三, 三分之一, 一半, 翻一番, 持平."""
    found = []
    for match in _PER_HUNDRED.finditer(text):
        value = chinese_number(match.group(1)) if not match.group(1)[0].isdigit() else float(match.group(1))
        if value is not None:
            found.append(Figure(match.start(), match.end(), value / 100, "fraction", bool(match.group(2))))
    for match in _FRACTION.finditer(text):
        whole, part = chinese_number(match.group(1)), chinese_number(match.group(2))
        if whole and part and match.group(1) not in ("百", "千", "万"):
            found.append(Figure(match.start(), match.end(), part / whole, "fraction", bool(match.group(3))))
    for match in _DOUBLING.finditer(text):
        times = chinese_number(match.group(1) or "一") or 1.0
        found.append(Figure(match.start(), match.end(), 2.0**times - 1, "doubling"))
    found += [Figure(match.start(), match.end(), 0.5, "fraction") for match in _HALF.finditer(text)]
    found += [Figure(match.start(), match.end(), 0.0, "flat") for match in _FLAT.finditer(text)]
    return found


def _chinese_figure(text: str, match: re.Match[str]) -> Figure | None:
    """Return the figure of a numeral with the unit word behind it, None where the ledger keeps no such unit."""
    ordinal, numeral, filler = match.groups()
    value = chinese_number(numeral)
    measured = next(((m, unit) for pattern, unit in _MEASURED if (m := pattern.match(text, match.end()))), None)
    more = bool(filler) or any(sign in numeral for sign in FILLERS)
    if value is None:
        return None
    if measured is None:
        bare = numeral[0].isdigit() and not ordinal
        return Figure(match.start(2), match.end(2), value, "bare", more) if bare else None
    unit_match, unit = measured
    if not unit or (ordinal and unit != "trains") or (numeral in ("一", "两") and unit in _THINGS):
        return None
    scale, unit = _SCALED.get(unit, (1.0, unit))
    half = 0.05 if "成半" in unit_match.group() else 0.0
    amount = float(f"{value * scale + half:.12g}")
    start = match.start(1) if ordinal else match.start(2)
    trailing = re.compile(r"多(?!个|种|项)").match(text, unit_match.end()) if unit == "fraction" else None
    currency = re.compile(r"(?:美元|USD)\s*$").search(text[:start])
    if currency and unit == "CNY":
        unit = "USD"
    end = trailing.end() if trailing else unit_match.end()
    return Figure(start, end, amount, unit, more or trailing is not None)


def _with_shared_units(text: str, figures: list[Figure]) -> list[Figure]:
    """Give bare numerals the unit of the figure that a list ends in, as in 23.4、56.7万吨; drop the other bare ones."""
    ordered = sorted(figures, key=lambda figure: figure.start)
    kept: list[Figure] = []
    for figure, following in zip_longest(ordered, ordered[1:]):
        if figure.unit != "bare":
            kept.append(figure)
        elif following is not None and following.unit not in ("bare", "flat", "doubling"):
            between = text[figure.end : following.start]
            if re.fullmatch(r"\s*(?:[、和]|及|以及)\s*", between):
                suffix = re.sub(rf"^[\d.,\s]+[{FILLERS}]?", "", text[following.start : following.end])
                scale = chinese_number("1" + suffix) if re.match(r"[十百千万亿]", suffix) else 1.0
                share = 0.01 if following.unit == "fraction" and "%" in suffix else 1.0
                value = round(figure.value * (scale or 1.0) * share, 12)
                kept.append(Figure(figure.start, figure.end, value, following.unit, figure.more))
    return kept


_CURRENCIES = (
    (r"US\s?\$|USD\s?|\$", "USD"),
    (r"RMB\s?|CNY\s?|¥", "CNY"),
    (r"₹|INR\s?|Rs\.?\s?", "INR"),
    (r"฿|THB\s?|Bt\.?\s?(?=\d)", "THB"),
    (r"€|£|C\$|A\$|EUR\s?|GBP\s?|MNT\s?|KZT\s?|PKR\s?", "money"),
)
_MULTIPLIER = "|".join(sorted((word for word in ENGLISH_MULTIPLIERS if len(word) > 1), key=len, reverse=True))
_WORD = "|".join(sorted((word for word in ENGLISH_WORDS if word != "zero"), key=len, reverse=True))

#: Words after an English numeral to the unit that they name; an earlier row wins. Empty: nothing that a ledger keeps.
_ENGLISH_UNITS = (
    (r"percentage[ -]points?|p\.?p\.?(?![a-z])", ""),
    (r"%|percent(?![a-z])|per ?cent(?![a-z])|pct(?![a-z])", "percent"),
    (
        r"(?:points?(?![a-z])|kilomet|km|met(?:er|re)|mile|feet|foot|hour|minute|second|day|week|month|year|acre|hectare|lane|route|line"
        r"|countr|nation|degree|square|cubic|k[Vv]|[MG]W|kWh|°|[ap]\.?m\.?(?![a-z])|officer|worker|machine|bridge|type|kind"
        r"|categor|item|step|region|cit(?:y|ies)|kg|kilogram|litre|liter|axle|mu(?![a-z])|sq|bilateral|time zone)",
        "",
    ),
    (r"(?:metric )?(?:tons?|tonnes?|mt|MT)(?![a-z])(?!-km| kilom)", "tonnes"),
    (r"(?:U\.?S\.? ?|American )?dollars?(?![a-z])|USD(?![a-z])", "USD"),
    (r"(?:Chinese )?yuan(?![a-z])|RMB(?![a-z])|CNY(?![a-z])|renminbi", "CNY"),
    (r"baht(?![a-z])|Baht(?![a-z])|THB(?![a-z])", "THB"),
    (r"(?:tenge|soms?|sums?|rubles?|roubles?|rupees?|euros?|pounds?|tugrik|tugriks|togrogs?|yen)(?![a-z])", "money"),
    (r"(?:TEUs?|twenty-foot equivalent units?|standard containers)(?![a-z])", "TEU"),
    (r"(?:times|-?fold)(?![a-z])", "times"),
)
_ENGLISH_MEASURED = tuple((re.compile(rf"[\s-]*(?:{words})"), unit) for words, unit in _ENGLISH_UNITS)
_ENGLISH = re.compile(
    rf"(?<![A-Za-z\d.,$€£¥])(?<![A-Za-z\d.,%)]-)((?:{'|'.join(words for words, _ in _CURRENCIES)})\s?)?"
    rf"(\d[\d,]*(?:\.\d+)?)(?:[\s-]*({_MULTIPLIER})(?![a-z]))?(?![\d:])"
)
_ENGLISH_WORDED = re.compile(rf"(?<![a-z-])({_WORD})(?![a-z])(?:[\s-]+({_MULTIPLIER})(?![a-z]))?", re.IGNORECASE)
_ENGLISH_FRACTIONS = (
    (re.compile(r"(?<![a-z])(?:one|a) third(?![a-z])|(?<=than a )third"), 1 / 3, "fraction"),
    (re.compile(r"(?<![a-z])(?:one|a) quarter(?= (?:of|more|less|higher))"), 0.25, "fraction"),
    (re.compile(r"(?<![a-z])two thirds(?![a-z])"), 2 / 3, "fraction"),
    (re.compile(r"(?<![a-z])half(?= of (?:the|its|all|total))"), 0.5, "fraction"),
    (re.compile(r"(?<![a-z])doubled(?![a-z])"), 1.0, "doubling"),
    (re.compile(r"(?<![a-z])tripled(?![a-z])"), 2.0, "doubling"),
    (re.compile(r"(?<![a-z])quadrupled(?![a-z])"), 3.0, "doubling"),
)


def english_figures(text: str) -> list[Figure]:
    """Return the figures of an English text in their order; a number without a unit word has an empty unit."""
    found = [
        Figure(match.start(), match.end(), value, unit)
        for pattern, value, unit in _ENGLISH_FRACTIONS
        for match in pattern.finditer(text)
    ]
    for match in _ENGLISH.finditer(text):
        figure = _english_figure(text, match)
        if figure is not None:
            found.append(figure)
    for match in _ENGLISH_WORDED.finditer(text):
        figure = _english_figure(text, match, worded=True)
        if figure is not None and (figure.unit or match.group(2)):
            found.append(figure)
    return sorted(found, key=lambda figure: figure.start)


def _english_figure(text: str, match: re.Match[str], *, worded: bool = False) -> Figure | None:
    """Return the figure of a numeral with the currency before it or the unit word behind it."""
    currency, numeral, multiplier = (None, *match.groups()) if worded else match.groups()
    value = english_number(f"{(numeral or '').rstrip(',')} {multiplier or ''}")
    if value is None:
        return None
    value = float(f"{value:.12g}")
    end = match.end() - (1 if match.group().endswith(",") else 0)
    unit = next((unit for words, unit in _CURRENCIES if currency and re.fullmatch(words, currency.strip())), "")
    if unit:
        return Figure(match.start(), end, value, unit)
    measured = next(((m, unit) for pattern, unit in _ENGLISH_MEASURED if (m := pattern.match(text, end))), None)
    if measured is None:
        return Figure(match.start(), end, value, "")
    unit_match, unit = measured
    if not unit:
        return None
    if unit == "percent":
        return Figure(match.start(), unit_match.end(), round(value / 100, 12), "fraction")
    return Figure(match.start(), unit_match.end(), value, unit)

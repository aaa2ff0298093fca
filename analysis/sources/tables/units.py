"""Units in titles and headers (万吨, млн. долл. США, thousand tonnes): what is counted, and in which tens."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class TableUnit(NamedTuple):
    """A unit of a table.

    Attributes
    ----------
    code
        A unit of the ledger, `fraction`, or the code of a currency that the ledger has not.
    power
        The power of ten by which figures are multiplied.
    words
        How the table writes it; stands behind the figure as published.
    is_index
        Whether 100 stands for the same as a year before: figures are growth plus one hundred.
    """

    code: str
    power: int
    words: str
    is_index: bool = False


_CHINESE_TENS = {
    "": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10,
    "万亿": 12,
}  # fmt: skip

#: Chinese words to units, the longer before the shorter.
_CHINESE = (
    ("美元|美金", "USD"), ("索姆", "KGS"), ("坚戈", "KZT"), ("苏姆", "UZS"), ("卢布", "RUB"),
    ("元人民币|人民币元", "CNY"), ("吨公里", "tonne-km"), ("吨", "tonnes"), ("标准箱|标箱|标准集装箱", "TEU"),
    ("人次", "persons"), ("辆次", "vehicles"), ("架次", "flights"), ("车皮", "wagons"), ("列次", "trains"),
    ("元", "CNY"), ("辆", "vehicles"), ("列", "trains"), ("人", "persons"), ("箱", "TEU"), ("户|家|个", "count"),
)  # fmt: skip

#: Single characters that are units only behind tens, in brackets, behind 单位, or as a whole cell: 班列 is no unit.
_SHORT = frozenset("元辆列人箱户家个")

_TENS = (
    (r"(?:тыс|тысяч\w*|миң|мың|ming|thousand|thous|000s|['’]000|000|k)\b\.?", 3),
    (r"(?:млн|миллион\w*|mln|million\w*|mn|mio)\b\.?", 6),
    (r"(?:млрд|миллиард\w*|mlrd|milliard\w*|billion\w*|bln|bn)\b\.?", 9),
)

#: Latin and Cyrillic words to units.
_WORDS = (
    (r"(?:us\s?\$|u\.?s\.? ?dollars?|usd|dollars?\b|долл\w*\.?(?:\s*сша)?|ақш доллар\w*|aqsh doll\w*\.?|\$)", "USD"),
    (r"(?:cny|rmb|yuan|юан\w*)", "CNY"),
    (r"(?:kgs|сомов|сома?\b|сом\b)", "KGS"),
    (r"(?:kzt|тенге|теңге|tenge)", "KZT"),
    (r"(?:uzs|so[‘'’ʻ]m\w*|сумов|сума?\b|sums?\b)", "UZS"),
    (r"(?:rub\b|рубл\w*|руб\.?)", "RUB"),
    (r"(?:tonne-kilometres|tonne-km|тонно-километр\w*|т-км)", "tonne-km"),
    (r"(?:metric tons?|tonnes?\b|tons?\b|тонн\w*|tonna\w*|т\b\.?|mt\b)", "tonnes"),
    (r"(?:teus?\b|дфэ|двадцатифут\w*)", "TEU"),
    (r"(?:persons?\b|passengers?\b|человек\w*|чел\b\.?|kishi\b|киши\b|адам\b)", "persons"),
    (r"(?:wagons?\b|вагон\w*|vagon\w*)", "wagons"),
    (r"(?:vehicles?\b|trucks?\b|автомобил\w*|автомаш\w*|машин\w*|ед\b\.?|единиц\w*)", "vehicles"),
    (r"(?:trains?\b|поезд\w*)", "trains"),
)

_INDEX = re.compile(
    r"上年(?:同期)?\s*=\s*100|以上年(?:同期)?为\s*100|(?:в|,)\s*(?:%|процент\w*)\s*(?:к|от)\s|в\s*(?:%|процент\w*)\s*к\b|"
    r"темп\w*\s+роста|foizda\b[^,]*nisbatan|previous year\s*=\s*100|o[‘'’ʻ]sish sur[’'ʼ]?ati",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"[%％]|百分比|процент\w*|per ?cent\b|foiz\w*|фоиз\w*|пайыз\w*", re.IGNORECASE)
_UNIT_WORD = re.compile(
    r"(?:计量)?单位\s*[:：]?|(?:единиц\w*|ед\.?)\s*изм\w*\.?\s*:?|\bunits?\s*(?:of measure\w*)?\s*:|"
    r"o[‘'’ʻ]lchov birligi\s*:?",
    re.IGNORECASE,
)


def is_unit_line(text: str) -> bool:
    """Return whether a text announces a unit, such as 单位：万吨."""
    return _UNIT_WORD.search(text) is not None


def is_unit_header(text: str) -> bool:
    """Return whether a header says that its column holds units."""
    return re.fullmatch(
        r"\s*(?:(?:计量)?单\s*位|unit(?:s| of measure\w*)?|(?:единиц\w*|ед\.?)\s*изм\w*\.?|o[‘'’ʻ]lchov birligi)\s*",
        text,
        re.IGNORECASE,
    ) is not None  # fmt: skip


def take_units(text: str) -> tuple[list[TableUnit], str]:
    """Return the units that a text names, in their order, and the text without them."""
    announced = is_unit_line(text)
    rest = _UNIT_WORD.sub(" ", text) if announced else text
    found: list[tuple[int, TableUnit]] = []
    for pattern, index in ((_INDEX, True), (_PERCENT, False)):
        for match in pattern.finditer(rest):
            found.append((match.start(), TableUnit("fraction", -2, "%", index)))
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    for start, end, unit in [*_chinese(rest, announced), *_worded(rest)]:
        if not rest[start:end].isspace():
            found.append((start, unit))
            rest = rest[:start] + " " * (end - start) + rest[end:]
    units = [unit for _, unit in sorted(found, key=lambda each: each[0])]
    merged = [
        unit for unit in units if not (unit.code == "fraction" and not unit.is_index and any(u.is_index for u in units))
    ]
    return list(dict.fromkeys(merged)), rest


def _chinese(text: str, announced: bool) -> Iterator[tuple[int, int, TableUnit]]:
    """Yield the Chinese units of a text with their places."""
    tens = "|".join(sorted(filter(None, _CHINESE_TENS), key=len, reverse=True))
    words = "|".join(words for words, _ in _CHINESE)
    for match in re.finditer(rf"({tens})?({words})", text):
        many, word = match[1] or "", match[2]
        alone = text.strip() == match[0] or announced
        bracketed = bool(re.search(r"[(（\[/、,，]\s*$", text[: match.start()])) and bool(
            re.match(r"\s*[)）\]/、,，]", text[match.end() :])
        )
        if word in _SHORT and not (many or alone or bracketed):
            continue
        code = next(code for pattern, code in _CHINESE if re.fullmatch(pattern, word))
        yield match.start(), match.end(), TableUnit(code, _CHINESE_TENS[many], match[0])


def _worded(text: str) -> Iterator[tuple[int, int, TableUnit]]:
    """Yield the units in Latin and Cyrillic letters of a text with their places: tens before or behind the word."""
    taken: list[tuple[int, int]] = []
    for words, code in _WORDS:
        for match in re.finditer(rf"(?<![\w]){words}", text, re.IGNORECASE):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            start, end, power = match.start(), match.end(), 0
            for tens, exponent in _TENS:
                before = re.search(rf"(?<!\w)(?:{tens})\s*(?:of\s+)?$", text[:start], re.IGNORECASE)
                behind = re.match(rf"\s*,?\s*(?:{tens})", text[end:], re.IGNORECASE)
                if before:
                    start, power = before.start(), exponent
                    break
                if behind:
                    end, power = end + behind.end(), exponent
                    break
            bare = not power and not _stands_as_unit(text, start, end)
            if bare and code in ("vehicles", "trains", "persons", "wagons"):
                continue  # the things themselves: грузовые автомобили
            taken.append((start, end))
            yield start, end, TableUnit(code, power, " ".join(text[start:end].split()))


def _stands_as_unit(text: str, start: int, end: int) -> bool:
    """Return whether words stand as a unit: behind a comma, in brackets, or alone."""
    before, behind = text[:start].rstrip(), text[end:].strip()
    return not before or (before[-1] in ",(（，:;/" and (not behind or behind[0] in ")）,;/"))

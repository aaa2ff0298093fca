"""Number words: digits with multipliers, Chinese numerals, English words, and what they come to."""

import re

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

#: Characters of Chinese numerals, as a class of a regular expression.
HANZI = "零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟萬億"

#: Words that round a number and stand inside it: 60多万, 十余万.
FILLERS = "余多来"

ENGLISH_WORDS = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
ENGLISH_MULTIPLIERS = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "bln": 1e9,
    "b": 1e9, "trillion": 1e12, "trln": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip

_TOKEN = re.compile(rf"\d[\d,]*(?:\.\d+)?|[{HANZI}]")


def chinese_number(text: str) -> float | None:
    """Return the value of digits, Chinese numerals and multipliers as they are mixed in print; None if there is none.

    `7万5千4百` is 75,400, 两千四百五 2,450 (a last digit without its place stands one below the one before it), 10万万
    a milliard, 十余万 100,000.
    """
    text = re.sub(rf"[\s{FILLERS}]", "", text)
    if "点" in text:
        return _with_point(text)
    current: float | None = None
    total, section, place, zero = 0.0, 0.0, 0.0, False
    for token in _TOKEN.findall(text):
        if token in _TENS:
            place = _TENS[token]
            section, current = section + (1.0 if current is None else current) * place, None
        elif token in _MYRIADS:
            place = _MYRIADS[token]
            section += current or 0.0
            if place == 10**8 or not section:
                total, section = (total + section) * place, 0.0
            else:
                total, section = total + section * place, 0.0
            current = None
        elif token in _DIGITS:
            zero = _DIGITS[token] == 0
            follows = bool(current) and not zero and place == 0
            current = (current or 0.0) * 10 * follows + _DIGITS[token]
            place = 0.0 if zero else place
        else:
            current, place = float(token.replace(",", "")), 0.0
    if current is None and not (total or section):
        return None
    last = (current or 0.0) * (place / 10 if place >= 100 and current else 1.0)
    return total + section + last


def _with_point(text: str) -> float | None:
    """Return the value of a numeral with 点, such as 一点零四亿."""
    whole, _, rest = text.partition("点")
    decimals = re.match(r"[零〇一二两三四五六七八九]+", rest)
    if decimals is None:
        return None
    fraction = "".join(str(_DIGITS[sign]) for sign in decimals.group())
    number = float(f"{int(chinese_number(whole) or 0)}.{fraction}")
    for sign in rest[decimals.end() :]:
        number *= _TENS.get(sign) or _MYRIADS.get(sign, 1)
    return number


def english_number(text: str) -> float | None:
    """Return the value of an English numeral with its multiplier, such as `2.4 million` or `four`; None if it is none.

    Commas group thousands, or lakhs and crores as in India (`24,79,180`).
    """
    match = re.fullmatch(r"([\d,.]+|[a-z]+)[\s-]*([a-z]*)", text.strip().lower())
    if match is None:
        return None
    numeral, word = match.groups()
    value = ENGLISH_WORDS.get(numeral)
    if value is None:
        try:
            value = float(numeral.replace(",", ""))
        except ValueError:
            return None
    return value * ENGLISH_MULTIPLIERS.get(word, 1.0)

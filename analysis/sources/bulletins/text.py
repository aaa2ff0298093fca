"""A bulletin: a text with its day, its publisher and its language, and the characters on which rules look."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

#: Signs that end a sentence; a dot does so only before a space and a capital, as others stand in numbers and names.
_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<!\bU\.S)(?<!\bNo)(?<!\bJan)(?<!\bRs)\.(?=\s+[A-Z“\"'(]|\s*$)")

#: Signs of a Chinese text that have a sign of the same meaning and length in a Latin one.
_FOLDED_SIGNS = str.maketrans("，；：（）％【】〔〕～﹣−‑＋～〜", ",;:()%[][]~---+~~")

#: Where and when a report was filed, at its beginning: URUMQI, July 11 (Xinhua) --, 新华社乌鲁木齐3月16日电.
_DATELINE = re.compile(
    r"\A\s*(?:[A-Z][A-Z .,'-]{2,40}, [A-Za-z.]+ \d{1,2} \([A-Za-z ]+\)\s*-+|"
    r"[^。\n]{0,24}?\d{1,2}日(?:电|讯)\s*(?:\([^()]{0,30}\))?)"
)


@dataclass(frozen=True)
class Bulletin:
    """A published text.

    Attributes
    ----------
    identity
        What the bulletin is called in a table of rows.
    publisher
        Who published it.
    published_on
        The day of publication, from which 今年 and "last year" are counted.
    text, title
        The words; spans of rows count characters of `text`.
    language
        `zh` or `en`.
    place
        The place that the text is about where it does not say; empty where that is unknown.
    url
        The address of the page; empty where there is none.
    """

    identity: str
    publisher: str
    published_on: dt.date
    text: str
    title: str = ""
    language: str = ""
    place: str = ""
    url: str = ""

    @cached_property
    def tongue(self) -> str:
        """The language that is named, or the one in which most signs of the text are written."""
        return self.language or language_of(self.text)


def language_of(text: str) -> str:
    """Return `zh` where a text has as many Chinese characters as Latin words, else `en`."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    return "zh" if chinese and chinese >= len(re.findall(r"[A-Za-z]+", text)) else "en"


def folded(text: str) -> str:
    """Return a text of the same length with plain digits, brackets and commas in place of wide ones."""
    signs = []
    for sign in text.translate(_FOLDED_SIGNS):
        plain = unicodedata.normalize("NFKC", sign)
        signs.append(plain if len(plain) == 1 else sign)
    plain = "".join(signs).replace("\u00a0", " ").replace("\u3000", " ")
    return _DATELINE.sub(lambda match: " " * len(match.group()), plain, count=1)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of a folded text, its closing sign included."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if text[start : end.end()].strip():
            found.append((start, end.end()))
        start = end.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found

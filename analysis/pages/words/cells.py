"""Text in two languages, numbers that lead to statements, and links: what sentences and table cells are made of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape

EN, ZH = "en", "zh"
LANGUAGES = (EN, ZH)

#: The tag of each language in HTML.
TAGS = {EN: "en", ZH: "zh-Hans"}

_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


@dataclass(frozen=True)
class Both:
    """The same said in English and in Chinese; each may hold numbers and links, in the order of its language."""

    en: "Cell"
    zh: "Cell"

    def of(self, lang: str) -> "Cell":
        """Return what one language says."""
        return self.zh if lang == ZH else self.en


@dataclass(frozen=True)
class Number:
    """A number of a result as each language prints it.

    Attributes
    ----------
    en, zh
        The number in words, rounded once for both.
    values
        What the words state, in the unit of the result: one value, or the two ends of an interval.
    scale
        What the values are divided by in the unit that the words are in, where a table is in one unit.
    trace
        Ids of the statements that bear on it, the most telling first; none for what no statement says.
    """

    en: str
    zh: str
    values: tuple[float, ...] = ()
    scale: float = 1.0
    trace: tuple[str, ...] = ()

    def of(self, lang: str) -> str:
        """Return the number in the words of one language."""
        return self.zh if lang == ZH else self.en

    def traced(self, ids: Iterable[str]) -> "Number":
        """Return the number with the statements that bear on it."""
        return replace(self, trace=tuple(ids))

    def quoted(self) -> "Number":
        """Return the number in quotation marks: it stands as it was published."""
        return replace(self, en=f'"{self.en}"', zh=f"“{self.zh}”")


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: to a source on the page (`#s-ID`) or to an address with http or https."""

    text: "str | Both"
    href: str

    @classmethod
    def to(cls, statement_id: str, text: "str | Both") -> "Link":
        """Return words that lead to the sources row of a statement."""
        return cls(text, f"#s-{statement_id}")


Part = str | Number | Link | Both
Cell = Part | tuple[Part, ...]


def html(cell: Cell, lang: str | None = None) -> str:
    """Return a cell as HTML: everything escaped, languages marked, only safe addresses linked.

    Parameters
    ----------
    cell
        What to show.
    lang
        The language of what stands around it; None where both languages are shown, each in an element of its own.
        The Chinese one is `hidden`: where no page chooses, such as in a notebook, English is read.
    """
    if isinstance(cell, tuple):
        return "".join(html(part, lang) for part in cell)
    if isinstance(cell, Link):
        shown = html(cell.text, lang)
        safe = cell.href.startswith(("#", "http://", "https://"))
        return f'<a href="{escape(cell.href, quote=True)}">{shown}</a>' if safe else shown
    if isinstance(cell, Number):
        return _number(cell, lang)
    if isinstance(cell, Both):
        return _both(cell, lang)
    words = escape(cell, quote=True)
    return words if lang == ZH else _CHINESE.sub(lambda found: f'<span lang="zh-Hans">{found[0]}</span>', words)


def text(cell: Cell, lang: str = EN) -> str:
    """Return a cell as plain text of one language."""
    if isinstance(cell, tuple):
        return "".join(text(part, lang) for part in cell)
    if isinstance(cell, Both | Number):
        return text(cell.of(lang), lang)
    return text(cell.text, lang) if isinstance(cell, Link) else cell


def numbers(cell: Cell, lang: str = EN) -> Iterator[Number]:
    """Yield the numbers of a cell in the order of one language."""
    if isinstance(cell, tuple):
        for part in cell:
            yield from numbers(part, lang)
    elif isinstance(cell, Both):
        yield from numbers(cell.of(lang), lang)
    elif isinstance(cell, Number):
        yield cell


def joined(*cells: Cell) -> Cell:
    """Return cells one after the other as one."""
    parts: list[Part] = []
    for cell in cells:
        parts += cell if isinstance(cell, tuple) else (cell,)
    return tuple(parts)


def _both(cell: Both, lang: str | None) -> str:
    """Return what the language around says, or both where they differ."""
    if lang is not None:
        return html(cell.of(lang), lang)
    if text(cell.en, EN) == text(cell.zh, ZH):
        return html(cell.en)
    return (
        f'<span class="en" lang="en">{html(cell.en, EN)}</span>'
        f'<span class="zh" lang="zh-Hans" hidden>{html(cell.zh, ZH)}</span>'
    )


def _number(number: Number, lang: str | None) -> str:
    """Return a number with the statements that bear on it, the first of which its link leads to."""
    shown = html(Both(number.en, number.zh), lang)
    if not number.trace:
        return shown
    data = {"trace": " ".join(number.trace), "en": number.en, "zh": number.zh}
    said = "".join(f' data-{name}="{escape(words, quote=True)}"' for name, words in data.items())
    return f'<a class="n" href="#s-{escape(number.trace[0], quote=True)}"{said}>{shown}</a>'

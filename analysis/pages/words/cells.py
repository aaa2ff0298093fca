"""Text in two languages, numbers that lead to statements, and links: what sentences and table cells are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from analysis.core.errors import ReportError

EN, ZH = "en", "zh"
LANGUAGES = (EN, ZH)

#: The tag of each language in HTML.
TAGS = {EN: "en", ZH: "zh-Hans"}


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

    def cite(self, ids: Iterable[str]) -> "Number":
        """Return the number with the statements that bear on it."""
        return replace(self, trace=tuple(ids))


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: to a source on the page (`#s-ID`) or to an address with http or https."""

    text: "str | Both"
    href: str

    @classmethod
    def to(cls, statement_id: str, text: "str | Both") -> "Link":
        """Return words that lead to the sources row of a statement."""
        return cls(text, f"#s-{statement_id}")


#: Significant digits of a number in a notebook's outputs: processors differ in the sixteenth, and outputs must not.
KEPT_DIGITS = 12

Part = str | Number | Link | Both
Cell = Part | tuple[Part, ...]


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


def join_cells(*cells: Cell) -> Cell:
    """Return cells one after the other as one."""
    parts: list[Part] = []
    for cell in cells:
        parts += cell if isinstance(cell, tuple) else (cell,)
    return tuple(parts)


def cell_as_json(cell: Cell) -> Any:
    """Return a cell as plain data for JSON, of which `cell_from_json` makes the same cell again.

    A number becomes its words by language, its values in the unit of the words, and the ids of its statements; text
    in two languages becomes `{"en": ..., "zh": ...}`; a link `{"words": ..., "href": ...}`; several parts a list.
    """
    if isinstance(cell, tuple):
        return [cell_as_json(part) for part in cell]
    if isinstance(cell, Number):
        return {
            "en": cell.en,
            "zh": cell.zh,
            "values": [float(f"{value / cell.scale:.{KEPT_DIGITS}g}") for value in cell.values],
            "trace": list(cell.trace),
        }
    if isinstance(cell, Both):
        return {"en": cell_as_json(cell.en), "zh": cell_as_json(cell.zh)}
    return {"words": cell_as_json(cell.text), "href": cell.href} if isinstance(cell, Link) else cell


def cell_from_json(data: Any) -> Any:
    """Return the cell that `cell_as_json` turned into this data.

    Raises
    ------
    ReportError
        If the data are of another form.
    """
    match data:
        case str():
            return data
        case list():
            return tuple(cell_from_json(part) for part in data)
        case {"en": str(english), "zh": str(chinese), "values": [*values], "trace": [*trace]}:
            return Number(english, chinese, tuple(map(float, values)), trace=tuple(map(str, trace)))
        case {"words": words, "href": str(href)}:
            return Link(cell_from_json(words), href)
        case {"en": english, "zh": chinese}:
            return Both(cell_from_json(english), cell_from_json(chinese))
    raise ReportError(f"The data {data!r:.60} of an output are no cell. Show sentences and tables of `analysis.pages`.")

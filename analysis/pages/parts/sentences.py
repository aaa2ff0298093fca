"""Sentences, headings and notes with numbers that lead to statements: HTML for a browser, data for the page."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.core.errors import ReportError
from analysis.pages.parts import media_types
from analysis.pages.words.cell_html import HtmlWriter
from analysis.pages.words.cells import EN, Cell, cell_as_json, cell_from_json, text


class Passage(ABC):
    """Words that a notebook shows as HTML, as plain text and as the data that its page is made from."""

    @abstractmethod
    def html(self, writer: HtmlWriter) -> str:
        """Return the words as HTML."""

    @abstractmethod
    def as_json(self) -> dict[str, Any]:
        """Return the words as plain data, of which `read_passage` makes the same passage again."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            "text/html": self.html(HtmlWriter()),
            "text/plain": repr(self),
            media_types.SENTENCES: self.as_json(),
        }


@dataclass(frozen=True, repr=False)
class Sentences(Passage):
    """The sentences at the top of a page, each in both languages."""

    items: tuple[Cell, ...]

    def html(self, writer: HtmlWriter) -> str:
        """Return the sentences as a list."""
        return f'<ol class="sentences">{"".join(f"<li>{writer.cell(item)}</li>" for item in self.items)}</ol>'

    def as_json(self) -> dict[str, Any]:
        """Return the sentences as plain data."""
        return {"sentences": [cell_as_json(item) for item in self.items]}

    def __repr__(self) -> str:
        return "\n".join(self.plain())

    def plain(self, lang: str = EN) -> tuple[str, ...]:
        """Return the sentences of one language without links."""
        return tuple(text(item, lang) for item in self.items)


@dataclass(frozen=True, repr=False)
class Heading(Passage):
    """A heading with a paragraph below it, marked where what follows is not real."""

    title: Cell
    words: Cell
    illustrative: bool = False

    def html(self, writer: HtmlWriter) -> str:
        """Return the heading and its paragraph."""
        kind = ' class="illustrative"' if self.illustrative else ""
        return f"<h2{kind}>{writer.cell(self.title)}</h2><p{kind}>{writer.cell(self.words)}</p>"

    def as_json(self) -> dict[str, Any]:
        """Return heading and paragraph as plain data."""
        return {
            "heading": cell_as_json(self.title),
            "words": cell_as_json(self.words),
            "illustrative": self.illustrative,
        }

    def __repr__(self) -> str:
        return f"{text(self.title)}\n{text(self.words)}"


@dataclass(frozen=True, repr=False)
class Note(Passage):
    """A sentence in small print, such as what stands where a chart is not drawn."""

    words: Cell

    def html(self, writer: HtmlWriter) -> str:
        """Return the note as a paragraph."""
        return f'<p class="note">{writer.cell(self.words)}</p>'

    def as_json(self) -> dict[str, Any]:
        """Return the note as plain data."""
        return {"note": cell_as_json(self.words)}

    def __repr__(self) -> str:
        return text(self.words)


def read_passage(data: Mapping[str, Any]) -> Passage:
    """Return the passage that an output carries as data.

    Raises
    ------
    ReportError
        If the data are of another form.
    """
    match data:
        case {"sentences": [*items]}:
            return Sentences(tuple(map(cell_from_json, items)))
        case {"heading": title, "words": words, "illustrative": bool(illustrative)}:
            return Heading(cell_from_json(title), cell_from_json(words), illustrative)
        case {"note": words}:
            return Note(cell_from_json(words))
    raise ReportError("An output carries sentences in a form that no page can show. Show `Sentences`, nothing by hand.")

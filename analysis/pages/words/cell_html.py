"""Cells as HTML: everything escaped, languages marked, only safe addresses linked."""

import re
from html import escape

from analysis.core.legible import legible
from analysis.pages.words.cells import EN, LANGUAGES, TAGS, ZH, Both, Cell, Link, Number, text
from analysis.pages.words.session import language

_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


class HtmlWriter:
    """Writes cells as HTML for a notebook: in both languages, the one `hidden` that the session does not speak.

    A page is written by a subclass, which numbers the numbers, gives tables a box and shows the languages asked for.
    """

    #: The languages that are written, and what marks the one that is not shown.
    languages: tuple[str, ...] = LANGUAGES
    hidden = " hidden"

    #: Rows of a table, and of the table of sources, that are shown before the rest is folded; None for all.
    rows_shown: int | None = None
    sources_shown: int | None = None

    def cell(self, cell: Cell, lang: str | None = None) -> str:
        """Return a cell as HTML.

        Parameters
        ----------
        cell
            What to show.
        lang
            The language of what stands around it; None where each language has an element of its own.
        """
        if isinstance(cell, tuple):
            return "".join(self.cell(part, lang) for part in cell)
        if isinstance(cell, Link):
            return self.link(self.cell(cell.text, lang), cell.href)
        if isinstance(cell, Number):
            return self._number(cell, lang)
        if isinstance(cell, Both):
            return self._both(cell, lang)
        words = escape(legible(cell), quote=False)
        return words if lang == ZH else _CHINESE.sub(lambda run: f'<span lang="{TAGS[ZH]}">{run[0]}</span>', words)

    def link(self, words: str, href: str) -> str:
        """Return words as a link; as words alone where the address is neither on the page nor on the web."""
        safe = href.startswith(("#", "http://", "https://"))
        return f'<a href="{escape(href)}">{words}</a>' if safe else words

    def number_attributes(self, number: Number) -> str:  # noqa: ARG002 - for a page to override
        """Return what else the element of a number carries that leads to statements: nothing in a notebook."""
        return ""

    def anchor(self, name: str) -> str:
        """Return the attribute that names an element, so that links can lead to it."""
        return f' id="{escape(name)}"'

    def boxed_table(self, table: str) -> str:
        """Return a table in what surrounds it: nothing in a notebook."""
        return table

    def fold(self, name: str, content: str) -> str:
        """Return content in a box that a reader opens, and that opens by itself where a link leads into it."""
        return f'<details class="rest"><summary>{name}</summary>\n{content}\n</details>'

    def _both(self, cell: Both, lang: str | None) -> str:
        """Return what the language around says, or each language where they differ."""
        if lang is not None:
            return self.cell(cell.of(lang), lang)
        if text(cell.en, EN) == text(cell.zh, ZH):
            return self.cell(cell.en)
        spoken = language()
        return "".join(
            f'<span class="{each}" lang="{TAGS[each]}"{self.hidden if each != spoken else ""}>'
            f"{self.cell(cell.of(each), each)}</span>"
            for each in self.languages
        )

    def _number(self, number: Number, lang: str | None) -> str:
        """Return a number, as a link to the first of the statements that bear on it."""
        words = self.cell(Both(number.en, number.zh), lang)
        if not number.trace:
            return words
        return f'<a class="n" href="#s-{escape(number.trace[0])}"{self.number_attributes(number)}>{words}</a>'

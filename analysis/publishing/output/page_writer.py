"""Cells as the HTML of a page: its numbers numbered, its tables in boxes, its ids unique, in the chosen languages."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from analysis.pages.words.cell_html import HtmlWriter
from analysis.pages.words.cells import LANGUAGES, Number

_WEB = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)

#: What a table or a chart stands in, so that it scrolls by itself where it is wider than the page.
TABLE_BOX = '<div class="wide" role="group" tabindex="0" aria-label="Table 表格">'
CHART_BOX = '<div class="wide chart" role="group" tabindex="0" aria-label="Chart 图">'


class PageWriter(HtmlWriter):
    """Writes the cells of one page, on which every number that leads to statements has a key: n1, n2, ...

    Parameters
    ----------
    lang
        `en`, `zh` or `both`.

    Attributes
    ----------
    ids
        The ids of the page so far; an element whose id is taken gets none.
    """

    hidden = ""
    rows_shown, sources_shown = 8, 10

    def __init__(self, lang: str = "both") -> None:
        self.languages = LANGUAGES if lang == "both" else (lang,)
        self.ids: set[str] = set()
        self._keys: dict[tuple[str, str, tuple[str, ...]], str] = {}

    def numbers(self) -> Iterator[dict[str, Any]]:
        """Yield the numbers that lead to statements for the manifest, in order; the same number counts once."""
        for (english, chinese, trace), key in self._keys.items():
            yield {"number": key, "en": english, "zh": chinese, "statements": list(trace)}

    def number_attributes(self, number: Number) -> str:
        """Return the key of a number and the ids of the statements that bear on it, for the script of the page."""
        key = self._keys.setdefault((number.en, number.zh, number.trace), f"n{len(self._keys) + 1}")
        return f' data-n="{key}" data-trace="{escape(" ".join(number.trace))}"'

    def link(self, words: str, href: str) -> str:
        """Return words as a link within the page, or to the web without telling where the reader comes from."""
        if href.startswith("#"):
            return f'<a href="{escape(href)}">{words}</a>'
        return f'<a href="{escape(href)}" rel="noopener noreferrer">{words}</a>' if _WEB.fullmatch(href) else words

    def anchor(self, name: str) -> str:
        """Return the attribute that names an element, or nothing where the page has that id already."""
        return f' id="{escape(name)}"' if self.take_id(name) else ""

    def take_id(self, name: str) -> bool:
        """Return whether an id is still free on the page, and count it as taken."""
        free = bool(name) and name not in self.ids
        self.ids.add(name)
        return free

    def boxed_table(self, table: str) -> str:
        """Return a table in a box that scrolls."""
        return f"{TABLE_BOX}{table}</div>"

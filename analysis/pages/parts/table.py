"""A finished table: text, numbers and links in two languages, for a browser, a workbook and a reader of plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from unicodedata import east_asian_width

from analysis.pages.parts.page_record import TABLE_MIME
from analysis.pages.words.cells import LANGUAGES, Both, Cell, Link, Number, html, joined, text

_NOT_REAL = Both("ILLUSTRATIVE, not real: ", "示意数据，并非真实：")


@dataclass(frozen=True)
class Table:
    """A table ready to be read.

    Attributes
    ----------
    caption
        What it shows, with the unit.
    columns
        Headings; one that starts with `#` is of numbers and is set to the right, without the sign.
    rows
        Cells: text, numbers, links, or several of them.
    notes
        Sentences below it.
    total
        Whether the last row is the total.
    illustrative
        Whether it holds figures that are not real; it then says so in its caption, its class and its rows.
    anchors
        Ids of the rows, in their order; empty for none.
    name
        A short name, for the sheet of a workbook.
    """

    caption: Cell
    columns: tuple[str | Both, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Cell, ...] = ()
    total: bool = False
    illustrative: bool = False
    anchors: tuple[str, ...] = ()
    name: str | Both = "Table"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Show the table as HTML and as text, and as JSON to the page and workbook that are made from it."""
        return {"text/html": self._repr_html_(), "text/plain": repr(self), TABLE_MIME: self.as_json()}

    def _repr_html_(self) -> str:
        heads = "".join(
            f'<th scope="col"{_class(name)}>{html(_heading(name))}</th>' for name in self.columns
        )  # fmt: skip
        body = "".join(self._row(place, row) for place, row in enumerate(self.rows))
        kind = ' class="illustrative"' if self.illustrative else ' class="sources"' if self.anchors else ""
        notes = "".join(f'<p class="note">{html(note)}</p>' for note in self.notes)
        caption = f"<caption>{html(self._title())}</caption>"
        return f"<table{kind}>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def __repr__(self) -> str:
        grid = [tuple(text(_heading(name)) for name in self.columns), *(tuple(map(text, row)) for row in self.rows)]
        widths = [max(map(_width, cells)) for cells in zip(*grid, strict=True)]
        lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in grid]
        return "\n".join([text(self._title()), *lines, *map(text, self.notes)])

    def as_json(self) -> dict[str, Any]:
        """Return the table as plain data: words by language, the values of its numbers and what bears on them."""
        return {
            "name": _words(self.name),
            "caption": _words(self._title()),
            "columns": [_words(_heading(name)) | {"number": _is_number(name)} for name in self.columns],
            "rows": [[_cell(cell) for cell in row] for row in self.rows],
            "notes": [_words(note) for note in self.notes],
            "ids": list(self.anchors),
        }

    def _title(self) -> Cell:
        return joined(_NOT_REAL, self.caption) if self.illustrative else self.caption

    def _row(self, place: int, row: Sequence[Cell]) -> str:
        anchor = f' id="{escape(self.anchors[place], quote=True)}"' if self.anchors else ""
        kind = ' class="total"' if self.total and place == len(self.rows) - 1 else ""
        cells = "".join(f"<td{_class(name)}>{html(cell)}</td>" for name, cell in zip(self.columns, row, strict=True))
        return f"<tr{anchor}{kind}>{cells}</tr>"


def _words(cell: Cell) -> dict[str, Any]:
    """Return what each language says."""
    return {lang: text(cell, lang) for lang in LANGUAGES}


def _cell(cell: Cell) -> dict[str, Any]:
    """Return the words of a cell and, where it is one number, its values in the unit that the words are in."""
    found = _words(cell)
    if isinstance(cell, Number) and cell.values:
        found["values"] = [value / cell.scale for value in cell.values]
    if isinstance(cell, Number) and cell.trace:
        found["trace"] = list(cell.trace)
    if isinstance(cell, Link) and not cell.href.startswith("#"):
        found["href"] = cell.href
    return found


def _is_number(name: str | Both) -> bool:
    return text(name).startswith("#")


def _heading(name: str | Both) -> str | Both:
    """Return a column's heading without the sign of numbers."""
    return (
        Both(*(text(name, lang).removeprefix("#") for lang in LANGUAGES))
        if isinstance(name, Both)
        else name[_is_number(name) :]
    )


def _class(name: str | Both) -> str:
    return ' class="num"' if _is_number(name) else ""


def _width(words: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in words)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))

"""A finished table: text and links only, shown as HTML to a browser and as aligned text to everything else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: to a source on the page (`#s-ID`) or to an address with http or https."""

    text: str
    href: str

    @classmethod
    def to(cls, statement_id: str, text: str) -> "Link":
        """Return words that lead to the sources row of a statement."""
        return cls(text, f"#s-{statement_id}")


Part = str | Link
Cell = Part | tuple[Part, ...]


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
        Cells: text, links, or several of them.
    notes
        Sentences below it.
    total
        Whether the last row is the total.
    illustrative
        Whether it holds figures that are not real; it then says so in its caption, its class and its rows.
    anchors
        Ids of the rows, in their order; empty for none.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    total: bool = False
    illustrative: bool = False
    anchors: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        heads = "".join(f'<th scope="col"{_class(name)}>{html(name.lstrip("#"))}</th>' for name in self.columns)
        body = "".join(self._row(place, row) for place, row in enumerate(self.rows))
        kind = ' class="illustrative"' if self.illustrative else ""
        notes = "".join(f'<p class="note">{html(note)}</p>' for note in self.notes)
        caption = f"<caption>{html(self._title())}</caption>"
        return f"<table{kind}>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def __repr__(self) -> str:
        grid = [tuple(name.lstrip("#") for name in self.columns), *([text(cell) for cell in row] for row in self.rows)]
        widths = [max(map(_width, cells)) for cells in zip(*grid, strict=True)]
        lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in grid]
        return "\n".join([self._title(), *lines, *self.notes])

    def _title(self) -> str:
        return f"ILLUSTRATIVE, not real: {self.caption}" if self.illustrative else self.caption

    def _row(self, place: int, row: Sequence[Cell]) -> str:
        anchor = f' id="{escape(self.anchors[place], quote=True)}"' if self.anchors else ""
        kind = ' class="total"' if self.total and place == len(self.rows) - 1 else ""
        cells = "".join(f"<td{_class(name)}>{html(cell)}</td>" for name, cell in zip(self.columns, row, strict=True))
        return f"<tr{anchor}{kind}>{cells}</tr>"


def html(cell: Cell) -> str:
    """Return text and links as HTML: everything escaped, Chinese runs marked as such, only safe addresses linked."""
    if isinstance(cell, tuple):
        return "".join(html(part) for part in cell)
    if isinstance(cell, Link):
        if not cell.href.startswith(("#", "http://", "https://")):
            return html(cell.text)
        return f'<a href="{escape(cell.href, quote=True)}">{html(cell.text)}</a>'
    return _CHINESE.sub(lambda found: f'<span lang="zh-Hans">{found[0]}</span>', escape(cell, quote=True))


def text(cell: Cell) -> str:
    """Return text and links as plain text."""
    if isinstance(cell, tuple):
        return "".join(text(part) for part in cell)
    return cell.text if isinstance(cell, Link) else cell


def _class(name: str) -> str:
    return ' class="num"' if name.startswith("#") else ""


def _width(words: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in words)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))

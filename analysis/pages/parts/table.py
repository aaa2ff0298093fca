"""A finished table: text, numbers and links in two languages, for a browser, a workbook and a reader of plain text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

from analysis.core.errors import ReportError
from analysis.pages.parts import media_types
from analysis.pages.words.cell_html import HtmlWriter
from analysis.pages.words.cells import LANGUAGES, Both, Cell, cell_as_json, cell_from_json, join_cells, text

_NOT_REAL = Both("ILLUSTRATIVE, not real: ", "示意数据，并非真实：")

#: So many rows beyond those that a page shows are not worth a fold.
_FEW_MORE = 2

#: Words in a cell of numbers, other than the "to" of an interval and the unit behind a number.
_WORDS = re.compile(r"[A-Za-z]{3,}|[\u3400-\u9fff]{3,}")

#: Characters of a number from which on a phone breaks it into lines, a number and its interval.
_LONG = 12

#: A year or a month in the first column of a table that runs through time.
_PERIOD = re.compile(r"[12]\d{3}(-\d{2})?")


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

    @property
    def title(self) -> Cell:
        """The caption, which says so where the table is not real."""
        return join_cells(_NOT_REAL, self.caption) if self.illustrative else self.caption

    def html(self, writer: HtmlWriter) -> str:
        """Return the table and its notes as HTML."""
        rows = [self._row(place, row, writer) for place, row in enumerate(self.rows)]
        shown, rest = self._split(rows, writer.sources_shown if self.anchors else writer.rows_shown)
        notes = "".join(f'<p class="note">{writer.cell(note)}</p>' for note in self.notes)
        caption = f"<caption>{writer.cell(self.title)}</caption>"
        folded = ""
        if rest:
            folded = writer.fold(
                writer.cell(self._rest_words(len(rest))), writer.boxed_table(self._table(rest, writer))
            )
        return f"{writer.boxed_table(self._table(shown, writer, caption))}{folded}{notes}"

    def as_json(self) -> dict[str, Any]:
        """Return the table as plain data, of which `from_json` makes the same table again."""
        return {
            "name": cell_as_json(self.name),
            "caption": cell_as_json(self.caption),
            "columns": [cell_as_json(heading(name)) for name in self.columns],
            "numeric": [is_numeric(name) for name in self.columns],
            "rows": [[cell_as_json(cell) for cell in row] for row in self.rows],
            "notes": [cell_as_json(note) for note in self.notes],
            "anchors": list(self.anchors),
            "total": self.total,
            "illustrative": self.illustrative,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Table":
        """Return the table that an output carries as data.

        Raises
        ------
        ReportError
            If the data are of another form.
        """
        try:
            return cls(
                name=cell_from_json(data["name"]),
                caption=cell_from_json(data["caption"]),
                columns=tuple(map(_column, data["columns"], data["numeric"])),
                rows=tuple(tuple(map(cell_from_json, row)) for row in data["rows"]),
                notes=tuple(map(cell_from_json, data["notes"])),
                anchors=tuple(map(str, data["anchors"])),
                total=bool(data["total"]),
                illustrative=bool(data["illustrative"]),
            )
        except (KeyError, TypeError) as problem:
            raise ReportError("An output carries a table in a form that no page can show. Show a `Table`.") from problem

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Show the table as HTML and as text, and as data to the page and workbook that are made from it."""
        return {"text/html": self.html(HtmlWriter()), "text/plain": repr(self), media_types.TABLE: self.as_json()}

    def __repr__(self) -> str:
        grid = [tuple(text(heading(name)) for name in self.columns), *(tuple(map(text, row)) for row in self.rows)]
        widths = [max(map(_width, cells)) for cells in zip(*grid, strict=True)]
        lines = ["  ".join(map(_pad, row, widths)).rstrip() for row in grid]
        return "\n".join([text(self.title), *lines, *map(text, self.notes)])

    def _table(self, rows: Sequence[str], writer: HtmlWriter, caption: str = "") -> str:
        """Return a table of some of the rows, with all headings."""
        heads = "".join(
            f'<th scope="col"{_class(name)}>{writer.cell(heading(name))}</th>' for name in self.columns
        )  # fmt: skip
        kind = ' class="illustrative"' if self.illustrative else ' class="sources"' if self.anchors else ""
        return f"<table{kind}>{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _split(self, rows: Sequence[str], most: int | None) -> tuple[Sequence[str], Sequence[str]]:
        """Return the rows that are shown, the total and the newest period among them, and those that are folded."""
        if most is None or len(rows) <= most + (0 if self.anchors else _FEW_MORE):
            return rows, ()
        total = rows[-1:] if self.total else ()
        body = rows[: len(rows) - len(total)]
        most -= len(total)
        if self._runs_forward():
            return [*body[-most:], *total], body[:-most]
        return [*body[:most], *total], body[most:]

    def _runs_forward(self) -> bool:
        """Return whether the rows are years or months from the oldest to the newest."""
        periods = [text(row[0]) for row in (self.rows[:-1] if self.total else self.rows)]
        return all(map(_PERIOD.fullmatch, periods)) and periods == sorted(periods) and periods[0] < periods[-1]

    def _rest_words(self, count: int) -> Both:
        """Return what the folded rows are called."""
        if self.anchors:
            return Both(f"{count} more statement{'s' * (count > 1)}", f"其余{count}条")
        if self._runs_forward():
            return Both(f"{count} earlier row{'s' * (count > 1)}", f"此前{count}行")
        return Both(f"{count} more row{'s' * (count > 1)}", f"其余{count}行")

    def _row(self, place: int, row: Sequence[Cell], writer: HtmlWriter) -> str:
        anchor = writer.anchor(self.anchors[place]) if self.anchors else ""
        kind = ' class="total"' if self.total and place == len(self.rows) - 1 else ""
        cells = "".join(
            f"<td{_class(name, cell)}>{writer.cell(cell)}</td>" for name, cell in zip(self.columns, row, strict=True)
        )
        return f"<tr{anchor}{kind}>{cells}</tr>"


def is_numeric(name: str | Both) -> bool:
    """Return whether a column is one of numbers."""
    return text(name).startswith("#")


def heading(name: str | Both) -> str | Both:
    """Return a column's heading without the sign of numbers."""
    if isinstance(name, Both):
        return Both(*(text(name, lang).removeprefix("#") for lang in LANGUAGES))
    return name.removeprefix("#")


def _column(words: Any, numeric: bool) -> str | Both:
    """Return a column's heading with the sign of numbers where it has one."""
    name: str | Both = cell_from_json(words)
    if not numeric:
        return name
    return Both(*(f"#{text(name, lang)}" for lang in LANGUAGES)) if isinstance(name, Both) else f"#{name}"


def _class(name: str | Both, cell: Cell = "") -> str:
    """Return the class of a cell of numbers; one that holds words, too, may be broken into lines."""
    if not is_numeric(name):
        return ""
    shown = [text(cell, lang) for lang in LANGUAGES]
    if any(map(_WORDS.search, shown)):
        return ' class="num words"'
    return ' class="num long"' if max(map(len, shown)) > _LONG else ' class="num"'


def _width(words: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in words)


def _pad(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))

"""The tables of a page as a workbook and as CSV: numbers as numbers, text as text, never a formula."""

import csv as writer
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import xlsxwriter

from analysis.core.legible import legible
from analysis.core.spreadsheets import harmless
from analysis.pages.parts.table import Table, heading, is_numeric
from analysis.pages.words.cells import Both, Cell, Link, Number, text
from analysis.pages.words.rounding import significant

if TYPE_CHECKING:
    from analysis.publishing.output.content import Content

#: Excel refuses these in the name of a sheet, and more than so many UTF-16 units; XML refuses the others anywhere.
_REFUSED = re.compile(r"[\[\]:*?/\\]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 31

#: Excel holds no more characters in a cell.
_CELL = 32_767

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

#: A workbook says when it was made; the same inputs give the same bytes.
_CREATED = dt.datetime(2000, 1, 1)

_FORMATS = {
    "title": {"bold": True, "font_size": 13},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"},
}

_LOWER, _UPPER = Both("lower", "下限"), Both("upper", "上限")
_TABLE, _NOTES, _NOTE, _NOT_SHOWN = (
    Both("Table", "表"),
    Both("Notes", "说明"),
    Both("Note", "说明"),
    Both("Not shown", "未列出"),
)


def workbook(content: "Content", *, lang: str) -> bytes:
    """Return the tables as a workbook, one a sheet: title in A1, one header row, no merged cells; then notes.

    Parameters
    ----------
    content
        What the page shows.
    lang
        `en`, `zh` or `both`.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        title = _say(Both(content.record.get("title", ""), content.record.get("title_zh", "")), lang)
        book.set_properties({"title": title, "created": _CREATED})
        formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
        taken: set[str] = set()
        for table in content.tables:
            sheet = book.add_worksheet(_sheet_name(_say(table.name, lang, " "), taken))
            _write_sheet(sheet, _say(table.title, lang), list(_grid(table, lang)), formats)
        sheet = book.add_worksheet(_sheet_name(_say(_NOTES, lang, " "), taken))
        head: list[Any] = [_say(_TABLE, lang), _say(_NOTE, lang)]
        _write_sheet(sheet, title, [head, *_notes(content, lang)], formats)
    return target.getvalue()


def csv(content: "Content", *, lang: str) -> bytes:
    """Return the cells of all tables as CSV with a byte order mark, one row a value.

    Columns: `table`, `row` (number), `item` (its first cell), `column`, `text`, `value` (a number, or empty) and
    `statement_ids`. Text that a spreadsheet would take for a formula starts with an apostrophe.
    """
    target = io.StringIO()
    out = writer.writer(target, lineterminator="\r\n")
    out.writerow(["table", "row", "item", "column", "text", "value", "statement_ids"])
    for table in content.tables:
        name = _say(table.title, lang)
        for place, row in enumerate(table.rows, start=1):
            item = _say(row[0], lang) if row else ""
            for column, cell in zip(table.columns, row, strict=True):
                trace = cell.trace if isinstance(cell, Number) else ()
                for suffix, value in _values(cell, lang):
                    head = f"{_say(heading(column), lang)}{suffix}"
                    words = [harmless(part) for part in (name, item, head, _say(cell, lang))]
                    number = "" if value is None else repr(value)
                    out.writerow([words[0], place, *words[1:], number, legible(" ".join(trace))])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")


def _numbers(cell: Cell) -> list[float]:
    """Return the values of a cell that is one number, in the unit of its words; none of any other cell."""
    return [significant(value / cell.scale) for value in cell.values] if isinstance(cell, Number) else []


def _values(cell: Cell, lang: str) -> list[tuple[str, float | None]]:
    """Return the values of a cell, each with what its column is called beside others; None for text."""
    values = _numbers(cell)
    if len(values) == 2:
        return [(f", {_say(end, lang)}", value) for end, value in zip((_LOWER, _UPPER), values, strict=True)]
    return [("", values[0] if values else None)]


def _grid(table: Table, lang: str) -> Iterator[list[str | float | None]]:
    """Yield the header row and the rows of a table; a column of intervals becomes two."""
    columns = range(len(table.columns))
    pairs = [any(len(_numbers(row[at])) == 2 for row in table.rows) for at in columns]
    heads: list[str | float | None] = []
    for at in columns:
        name = _say(heading(table.columns[at]), lang)
        heads += [f"{name}, {_say(_LOWER, lang)}", f"{name}, {_say(_UPPER, lang)}"] if pairs[at] else [name]
    yield heads
    for row in table.rows:
        cells: list[str | float | None] = []
        for at in columns:
            values = _numbers(row[at])
            if pairs[at]:
                cells += values if len(values) == 2 else [_say(row[at], lang), None]
            elif values and is_numeric(table.columns[at]):
                cells.append(values[0])
            else:
                cells.append(_address(row[at]) or _say(row[at], lang))
        yield cells


def _address(cell: Cell) -> str:
    """Return the address on the web that a cell leads to; nothing for other cells."""
    return cell.href if isinstance(cell, Link) and not cell.href.startswith("#") else ""


def _notes(content: "Content", lang: str) -> Iterator[list[Any]]:
    """Yield what stands below the tables, and what the page leaves out."""
    for table in content.tables:
        for note in table.notes:
            yield [_say(table.name, lang, " "), _say(note, lang)]
    withheld = content.record.get("withheld", ())
    chinese = content.record.get("withheld_zh") or withheld
    for english, other in zip(withheld, chinese, strict=True):
        yield [_say(_NOT_SHOWN, lang), _say(Both(english, other), lang)]


def _write_sheet(sheet: Any, title: str, grid: Sequence[Sequence[Any]], formats: Mapping[str, Any]) -> None:
    """Write a title in A1, the header in the third row and the rows below it."""
    sheet.write_string(0, 0, _legal(title), formats["title"])
    for at, row in enumerate(grid, start=2):
        for column, cell in enumerate(row):
            if isinstance(cell, float):
                sheet.write_number(at, column, cell)
            elif cell:
                sheet.write_string(at, column, _legal(str(cell)), *([formats["head"]] if at == 2 else []))
    for column in range(len(grid[0])):
        longest = max((_width(row[column]) for row in grid[1:] if column < len(row)), default=8)
        sheet.set_column(column, column, min(60, max(10, longest + 2)))
    sheet.freeze_panes(3, 1)


def _width(cell: object) -> int:
    text = "" if cell is None else str(cell)
    return sum(2 if sign > "\u2e80" else 1 for sign in text)


def _say(words: Cell, lang: str, between: str = " / ") -> str:
    """Return words in the language of the page, or in both, as a reader should see them."""
    english, chinese = legible(text(words, "en")), legible(text(words, "zh"))
    if lang != "both":
        return (chinese or english) if lang == "zh" else english
    return english if english == chinese or not chinese else f"{english}{between}{chinese}"


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts and no other sheet has, in whatever case."""
    plain = "".join(sign for sign in _REFUSED.sub(" ", _legal(name)) if sign.isprintable())
    unique, count = _cut(plain, _LONGEST), 1
    while unique.casefold() in taken or unique.casefold() == "history":
        count += 1
        unique = f"{_cut(plain, _LONGEST - len(str(count)) - 1)} {count}"
    taken.add(unique.casefold())
    return unique


def _cut(name: str, longest: int) -> str:
    """Return a name of at most so many UTF-16 units, without spaces and apostrophes at its ends."""
    name = name.strip(" '")
    while len(name.encode("utf-16-le")) > 2 * longest:
        name = name[:-1]
    return name.strip(" '") or "Table"


def _legal(text: str) -> str:
    """Return text without what XML cannot hold, as long as a cell may be."""
    return _NO_XML.sub("", legible(text))[:_CELL]

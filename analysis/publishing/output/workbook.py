"""The tables of a page as a workbook and as CSV: numbers as numbers, text as text, never a formula."""

import csv as writer
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from analysis.publishing.output.content import Content

#: Excel refuses these in the name of a sheet, and more than so many UTF-16 units; XML refuses the others anywhere.
_REFUSED = re.compile(r"[\[\]:*?/\\]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 31

#: A cell that starts so is read as a formula when a CSV file is opened.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: Excel holds no more characters in a cell.
_CELL = 32_767

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

#: A workbook says when it was made; the same inputs give the same bytes.
_MADE = dt.datetime(2000, 1, 1)

_FORMATS = {
    "title": {"bold": True, "font_size": 13},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"},
}

_LOWER, _UPPER = {"en": "lower", "zh": "下限"}, {"en": "upper", "zh": "上限"}


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
        title = _say({"en": content.record.get("title", ""), "zh": content.record.get("title_zh", "")}, lang)
        book.set_properties({"title": title, "created": _MADE})
        formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
        taken: set[str] = set()
        for table in content.tables:
            sheet = book.add_worksheet(_sheet_name(_say(table["name"], lang, " "), taken))
            _write_sheet(sheet, _say(table["caption"], lang), list(_grid(table, lang)), formats)
        sheet = book.add_worksheet(_sheet_name(_say({"en": "Notes", "zh": "说明"}, lang, " "), taken))
        head: list[Any] = [_say({"en": "Table", "zh": "表"}, lang), _say({"en": "Note", "zh": "说明"}, lang)]
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
        name = _say(table["caption"], lang)
        for place, row in enumerate(table["rows"], start=1):
            item = _say(row[0], lang) if row else ""
            for column, cell in zip(table["columns"], row, strict=True):
                for suffix, value in _values(cell, lang):
                    heading = f"{_say(column, lang)}{suffix}"
                    words = [_harmless(text) for text in (name, item, heading, _say(cell, lang))]
                    number = "" if value is None else repr(value)
                    out.writerow([words[0], place, *words[1:], number, " ".join(cell.get("trace", []))])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")


def _values(cell: Mapping[str, Any], lang: str) -> list[tuple[str, float | None]]:
    """Return the values of a cell, each with what its column is called beside others; None for text."""
    values = cell.get("values", [])
    if len(values) == 2:
        return [(f", {_say(end, lang)}", _six(value)) for end, value in zip((_LOWER, _UPPER), values, strict=True)]
    return [("", _six(values[0]) if values else None)]


def _grid(table: Mapping[str, Any], lang: str) -> Iterator[list[str | float | None]]:
    """Yield the header row and the rows of a table; a column of intervals becomes two."""
    columns = range(len(table["columns"]))
    pairs = [any(len(row[at].get("values", [])) == 2 for row in table["rows"]) for at in columns]
    heads: list[str | float | None] = []
    for at in columns:
        name = _say(table["columns"][at], lang)
        heads += [f"{name}, {_say(_LOWER, lang)}", f"{name}, {_say(_UPPER, lang)}"] if pairs[at] else [name]
    yield heads
    for row in table["rows"]:
        cells: list[str | float | None] = []
        for at in columns:
            values = [_six(value) for value in row[at].get("values", [])]
            if pairs[at]:
                cells += values if len(values) == 2 else [_say(row[at], lang), None]
            else:
                numeric = values and table["columns"][at]["number"]
                cells.append(values[0] if numeric else row[at].get("href") or _say(row[at], lang))
        yield cells


def _notes(content: "Content", lang: str) -> Iterator[list[Any]]:
    """Yield what stands below the tables, and what the page leaves out."""
    for table in content.tables:
        for note in table["notes"]:
            yield [_say(table["name"], lang, " "), _say(note, lang)]
    withheld = content.record.get("withheld", ())
    chinese = content.record.get("withheld_zh") or withheld
    for pair in zip(withheld, chinese, strict=True):
        yield [_say({"en": "Not shown", "zh": "未列出"}, lang), _say(dict(zip(("en", "zh"), pair, strict=True)), lang)]


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


def _say(words: Mapping[str, Any], lang: str, between: str = " / ") -> str:
    """Return words in the language of the page, or in both."""
    english, chinese = str(words.get("en", "")), str(words.get("zh", ""))
    if lang != "both":
        return (chinese or english) if lang == "zh" else english
    return english if english == chinese or not chinese else f"{english}{between}{chinese}"


def _six(value: float) -> float:
    """Return a value cut to six significant digits, like every value that leaves the methods."""
    return float(f"{value:.6g}")


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts and no other sheet has, in whatever case."""
    plain = "".join(sign for sign in _REFUSED.sub(" ", _legal(name)) if sign.isprintable())
    found, count = _cut(plain, _LONGEST), 1
    while found.casefold() in taken or found.casefold() == "history":
        count += 1
        found = f"{_cut(plain, _LONGEST - len(str(count)) - 1)} {count}"
    taken.add(found.casefold())
    return found


def _cut(name: str, longest: int) -> str:
    """Return a name of at most so many UTF-16 units, without spaces and apostrophes at its ends."""
    name = name.strip(" '")
    while len(name.encode("utf-16-le")) > 2 * longest:
        name = name[:-1]
    return name.strip(" '") or "Table"


def _legal(text: str) -> str:
    """Return text without what XML cannot hold, as long as a cell may be."""
    return _NO_XML.sub("", text)[:_CELL]


def _harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text

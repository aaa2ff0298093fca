"""Sheets of workbooks (XLSX) as grids of cells; a damaged or hostile file ends in a sentence."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from analysis.core.errors import InputError
from analysis.sources.csv_tables import read_bytes
from analysis.sources.tables.cells import Cell, Grid

#: Bytes that a workbook may have when it is unpacked, and cells of one sheet: an official table has far fewer.
_UNPACKED, _CELLS = 200_000_000, 100_000

#: How formats show numbers: decimals behind the point of the first section, a percent sign.
_DECIMALS = re.compile(r"[0#]\.(0+)")

#: What a workbook says where a formula failed.
_FAILED = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!")

#: First bytes of the old binary format, and of a workbook that a password locks.
_COMPOUND = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path, sheet: str = "") -> tuple[Grid, list[str]]:
    """Return the sheet of a workbook that holds its table, and notes about what was not read.

    Parameters
    ----------
    path
        A workbook in the format of Excel 2007 and later.
    sheet
        The name of the sheet; the only visible one that is not empty if not given.

    Raises
    ------
    InputError
        If the file is no such workbook, has no such sheet, or several sheets with cells and none was named.
    """
    raw = read_bytes(path)
    has_formulas = _check_package(path, raw)
    book = _load(path, raw, values=True)
    formulas = _load(path, raw, values=False) if has_formulas else None
    chosen, notes = _sheet(path, book, sheet)
    return _grid(path, book[chosen], formulas[chosen] if formulas is not None else None), notes


def _check_package(path: Path, raw: bytes) -> bool:
    """Refuse what is no workbook or too large, and return whether any sheet has formulas."""
    if raw.startswith(_COMPOUND):
        raise InputError(
            f"{path} is in the format of Excel 97, or locked by a password. Save it as .xlsx without a password."
        )
    contents = _unpack(path, raw)
    sheets = [name for name in contents if name.startswith("xl/worksheets/")]
    if not sheets or "xl/workbook.xml" not in contents:
        raise InputError(f"{path} holds no workbook. Save the table again as .xlsx or as CSV.")
    if any(b"<!DOCTYPE" in content or b"<!ENTITY" in content for content in contents.values()):
        raise InputError(f"{path} declares entities of XML, which no spreadsheet program writes. Save it again.")
    return any(re.search(rb"<f[ >/]", contents[name]) for name in sheets)


def _unpack(path: Path, raw: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook in XML by their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            size = sum(member.file_size for member in package.infolist())
            names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            contents = {name: package.read(name) for name in names} if size <= _UNPACKED else {}
    except Exception:  # a damaged package ends in any error of zipfile and zlib
        raise InputError(f"{path} is no workbook, or is damaged. Save it again as .xlsx, or as CSV.") from None
    if size > _UNPACKED:
        raise InputError(
            f"{path} unpacks to {size // 1_000_000} MB, more than any official table. Save the sheet as CSV."
        )
    return contents


def _load(path: Path, raw: bytes, *, values: bool) -> Any:
    """Return a workbook with what its formulas came to, or with the formulas."""
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that no table needs
            return openpyxl.load_workbook(io.BytesIO(raw), data_only=values)
    except Exception as problem:  # a damaged part ends in any error of the parser
        fact = (str(problem).splitlines() or [type(problem).__name__])[0]
        raise InputError(f"{path} cannot be read as a workbook ({fact}). Save it again as .xlsx, or as CSV.") from None


def _sheet(path: Path, book: Any, named: str) -> tuple[str, list[str]]:
    """Return the name of the sheet to read, and notes about hidden ones."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    filled = [name for name, sheet in sheets.items() if any(cell.value is not None for cell in sheet._cells.values())]
    if named:
        if named not in sheets:
            raise InputError(f"{path} has no sheet {named!r}. Name one of {', '.join(sheets) or 'none'} with --sheet.")
        return named, []
    visible = [name for name in filled if sheets[name].sheet_state == "visible"]
    hidden = [name for name in filled if name not in visible]
    if not visible:
        more = f"; the hidden sheet {hidden[0]!r} does. Name it with --sheet" if hidden else ". Fill one in"
        raise InputError(f"{path}: no visible sheet holds a cell{more}.")
    if len(visible) > 1:
        names = ", ".join(repr(name) for name in visible)
        raise InputError(f"{path} has {len(visible)} sheets with cells, {names}. Name one with --sheet.")
    return visible[0], [f"{path}: the hidden sheet {name!r} was not read." for name in hidden]


def _grid(path: Path, sheet: Any, formulas: Any) -> Grid:
    """Return the cells of a sheet."""
    if len(sheet._cells) > _CELLS:
        raise InputError(f"{path}: sheet {sheet.title!r} has more than {_CELLS} cells. Save the table alone as CSV.")
    merged = {}
    for area in sheet.merged_cells.ranges:
        merged[area.min_row, area.min_col] = (area.max_col - area.min_col + 1, area.max_row - area.min_row + 1)
    cells = {}
    for place, cell in sheet._cells.items():
        formula = formulas._cells.get(place) if formulas is not None else None
        found = _cell(cell, formula, *merged.get(place, (1, 1)))
        if found is not None:
            cells[place] = found
    rows = {number for number, each in sheet.row_dimensions.items() if each.hidden}
    return Grid(f"{path}, sheet {sheet.title!r}", cells, frozenset(rows), frozenset(_hidden_columns(sheet)))


def _hidden_columns(sheet: Any) -> set[int]:
    """Return the hidden columns; one entry of a sheet may stand for a row of them."""
    hidden = set()
    for each in sheet.column_dimensions.values():
        if each.hidden:
            hidden |= set(range(each.min, min(each.max, each.min + 16_384) + 1))
    return hidden


def _cell(cell: Any, formula: Any, width: int, height: int) -> Cell | None:
    """Return a cell as a reader sees it, None for an empty one."""
    value, row, column = cell.value, cell.row, cell.column
    if value is None or (isinstance(value, str) and not value.strip()):
        if formula is not None and formula.data_type == "f":
            trouble = "holds a formula whose result is not kept in the file. Open and save it once, or paste values"
            return Cell(row, column, "", trouble=trouble, width=width, height=height)
        return None
    if isinstance(value, dt.datetime | dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return Cell(row, column, f"{day:%Y-%m-%d}", day=day, width=width, height=height)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return Cell(row, column, str(value), width=width, height=height)
    if isinstance(value, str):
        text = value.strip()
        trouble = f"holds the error {text}. Correct its formula" if text in _FAILED else ""
        return Cell(row, column, text, trouble=trouble, width=width, height=height)
    return Cell(row, column, _shown(float(value), cell.number_format or ""), float(value), width=width, height=height)


def _shown(value: float, form: str) -> str:
    """Return a number with all its digits, and at least the decimals that its format shows; percentages as such."""
    section = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form.split(";")[0])
    percent = "%" in section
    # Twelve digits: a sum in a spreadsheet leaves noise beyond the fifteenth.
    plain = f"{value * 100 if percent else value:.12g}"
    if "e" in plain:
        plain = f"{float(plain):.0f}" if abs(value) >= 1 else f"{float(plain):.15f}".rstrip("0")
    decimals = len(match[1]) if (match := _DECIMALS.search(section)) else 0
    printed = len(plain.partition(".")[2])
    if decimals > printed:
        plain += ("." if not printed else "") + "0" * (decimals - printed)
    return f"{plain}%" if percent else plain

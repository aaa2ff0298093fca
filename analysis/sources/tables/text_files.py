"""Tables in text files (CSV, TSV) as grids of cells: any sign between cells, any house encoding."""

import csv
import io
from collections import Counter
from pathlib import Path

from analysis.core.errors import InputError
from analysis.sources.csv_tables import decode
from analysis.sources.tables.cells import Cell, Grid

#: Signs between cells, the surest first: commas also stand in numbers and sentences.
_SEPARATORS = ("\t", ";", "|", ",")

#: First lines by which the sign between cells is told.
_HEAD = 200

#: Cells of a file that are read: an official table has far fewer.
_CELLS = 100_000


def read_text_file(path: Path, encoding: str | None = None) -> Grid:
    """Return the cells of a text file.

    Raises
    ------
    InputError
        If the file is empty, in an unknown encoding, no table, or far larger than one.
    """
    text = decode(path, encoding=encoding).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"{path} is empty. Give a file with a table.")
    separator = _separator(path, text)
    cells: dict[tuple[int, int], Cell] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        line = 1
        for row in reader:
            for column, words in enumerate(row, start=1):
                if words.strip():
                    cells[line, column] = Cell(line, column, words.strip())
            line = reader.line_num + 1
            if len(cells) > _CELLS:
                raise InputError(f"{path} has more than {_CELLS} cells. Give one table of a publication.")
    except csv.Error as problem:
        raise InputError(f"{path}:{reader.line_num} is no CSV ({problem}). Check its quotation marks.") from None
    return Grid(str(path), cells)


def _separator(path: Path, text: str) -> str:
    """Return the sign between cells: the one that cuts most lines into one and the same number of cells."""
    lines = [line for line in text.splitlines()[:_HEAD] if line.strip()]
    best, most = "", 0
    for sign in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        except csv.Error:
            continue
        count = max(widths.values(), default=0)
        if count > most:
            best, most = sign, count
    if not best:
        raise InputError(f"{path} has one column only. Save the table with commas, semicolons or tabs between cells.")
    return best

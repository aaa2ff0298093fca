"""The cells of a table as a spreadsheet shows them: text, numbers and days, each with its address."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.core.errors import ParameterError

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty.

    Attributes
    ----------
    row, column
        Its place, from 1 on.
    text
        What a reader sees, without blanks around it: a number with its printed decimals, a percentage with its sign.
    number
        The number that a workbook holds; None in text files and for text.
    day
        The day or moment that a workbook holds, None for anything else.
    trouble
        Why the cell cannot be read, as the end of a sentence; empty where it can.
    width, height
        Columns and rows that the cell covers; more than one where cells are merged.
    """

    row: int
    column: int
    text: str
    number: float | None = None
    day: dt.date | None = None
    trouble: str = ""
    width: int = 1
    height: int = 1

    @property
    def address(self) -> str:
        """The name of the cell, such as `D7`."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet of a workbook, or a text file with one row a line.

    Attributes
    ----------
    name
        How sentences name it: the file, and the sheet of a workbook.
    cells
        The cells that are not empty, by row and column.
    hidden_rows, hidden_columns
        What a reader of the sheet does not see.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def row(self, number: int) -> list[Cell]:
        """Return the cells of a row from left to right."""
        return self._by_row.get(number, [])

    def covering(self, row: int, column: int) -> Cell | None:
        """Return the cell of a place, or the merged one that covers it; None for an empty place."""
        own = self.cells.get((row, column))
        if own is not None:
            return own
        for cell in self._merged:
            inside = cell.row <= row < cell.row + cell.height
            if inside and cell.column <= column < cell.column + cell.width:
                return cell
        return None

    @property
    def is_merged(self) -> bool:
        """Whether any cell covers several places."""
        return bool(self._merged)

    @cached_property
    def _merged(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.width > 1 or cell.height > 1]

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self:
            rows.setdefault(cell.row, []).append(cell)
        return rows

    @cached_property
    def rows(self) -> list[int]:
        """The rows that hold a cell, ascending."""
        return sorted({row for row, _ in self.cells})

    @cached_property
    def columns(self) -> list[int]:
        """The columns that hold a cell, ascending."""
        return sorted({column for _, column in self.cells})

    def __iter__(self) -> Iterator[Cell]:
        """Iterate over the cells, row by row."""
        return (self.cells[place] for place in sorted(self.cells))

    def within(self, block: tuple[int, int, int, int]) -> "Grid":
        """Return the cells of a block: its first row and column, its last row and column."""
        top, left, bottom, right = block
        kept = {
            (row, column): cell
            for (row, column), cell in self.cells.items()
            if top <= row <= bottom and left <= column <= right
        }
        return Grid(self.name, kept, self.hidden_rows, self.hidden_columns)


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def parse_block(text: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row and last column of a block such as `A3:F18`.

    Raises
    ------
    ParameterError
        If the text names no block.
    """
    first, _, last = text.upper().partition(":")
    corners = [_REFERENCE.fullmatch(corner) for corner in (first, last)]
    if corners[0] is None or corners[1] is None:
        raise ParameterError(f"The block {text!r} is none. Name two corners, such as A3:F18.")
    (left, top), (right, bottom) = ((column_number(match[1]), int(match[2])) for match in corners if match)
    if top > bottom or left > right:
        raise ParameterError(f"The block {text!r} runs backwards. Name its upper left corner first.")
    return top, left, bottom, right

"""Where in a grid the titles, headers, labels and figures of a table stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.core.errors import InputError
from analysis.sources.tables.cells import Cell, Grid, column_letters
from analysis.sources.tables.numbers import is_missing, looks_like_number
from analysis.sources.tables.periods import Period, period_of_day, serial_month, take_period
from analysis.sources.tables.units import is_unit_header, is_unit_line

#: Headers of columns that number the rows, and of columns whose plain numbers are years or months.
_NUMBERING = frozenset({"序号", "编号", "№", "no", "no.", "n", "п/п", "№ п/п", "n/n", "#", "行次", "t/r"})
_YEARS = frozenset({"年", "年份", "年度", "year", "год", "годы", "yil", "жыл"})
_MONTHS = frozenset({"月", "月份", "month", "месяц", "месяцы", "oy", "ай"})

_DATES = frozenset({"日期", "时间", "时期", "date", "period", "дата", "период", "sana"})

#: Years that a table can be about, as plain numbers of a header or a label.
_YEAR_SPAN = range(1949, 2101)


@dataclass(frozen=True)
class Layout:
    """The parts of a table.

    Attributes
    ----------
    grid
        The cells.
    titles
        The cells over the table, and those that announce its unit.
    headers
        Figure column to the cells over it, from the outer to the inner one; a merged cell stands over each of its
        columns.
    labels
        Row of figures to the cells that name it: those of a section over it first, then its own from left to right.
    units
        Row of figures to the cell of a column of units.
    figures
        The cells that hold figures, or say that there is none, row by row.
    notes
        The cells under the table.
    kinds
        Label column to what its plain numbers are: `year`, `month` or nothing.
    """

    grid: Grid
    titles: tuple[Cell, ...]
    headers: Mapping[int, tuple[Cell, ...]]
    labels: Mapping[int, tuple[Cell, ...]]
    units: Mapping[int, Cell]
    figures: tuple[Cell, ...]
    notes: tuple[Cell, ...]
    kinds: Mapping[int, str]


def lay_out(grid: Grid, *, skipped_rows: frozenset[int], skipped_columns: frozenset[int]) -> Layout:
    """Return the parts of the table of a grid.

    Parameters
    ----------
    grid
        A sheet or a text file.
    skipped_rows, skipped_columns
        What the user leaves out.

    Raises
    ------
    InputError
        If there are no figures, or no header over them; if a hidden row or column holds figures; if a second table
        follows the first.
    """
    grid = _without(grid, skipped_rows)
    if not grid.cells:
        raise InputError(f"{grid.name} holds no cell. Give a sheet or file with a table.")
    top = _first_row_of_figures(grid)
    columns = [column for column in grid.columns if column not in skipped_columns]
    labels = _label_columns(grid, top, columns)
    figure_columns = [column for column in columns if column not in labels]
    last = _last_row(grid, top, labels, figure_columns)
    header_rows, sections = _header_rows(grid, top, figure_columns)
    _check_headers(grid, header_rows, labels, figure_columns)
    _check_hidden(grid, top, last, figure_columns)
    _check_second_table(grid, top, last, figure_columns)
    numbered = _column_numbers(grid, header_rows, figure_columns)
    names = {column: _words_over(grid, header_rows, column) for column in labels}
    kinds, unused, unit_column = _label_kinds(names)
    headers = {
        column: tuple(cell for cell in _over(grid, [row for row in header_rows if row not in numbered], column))
        for column in figure_columns
    }
    used = [column for column in labels if column not in unused and column != unit_column]
    return Layout(
        grid,
        tuple(cell for cell in grid if cell.row < top and cell.row not in {*header_rows, *sections}),
        headers,
        _labels(grid, [*sections, *(row for row in grid.rows if top <= row <= last)], used, figure_columns),
        {row: grid.cells[row, unit_column] for row in grid.rows if (row, unit_column) in grid.cells},
        tuple(cell for row in grid.rows if top <= row <= last for cell in _cells_of(grid, row, figure_columns)),
        tuple(cell for cell in grid if cell.row > last),
        kinds,
    )


def _without(grid: Grid, rows: frozenset[int]) -> Grid:
    kept = {place: cell for place, cell in grid.cells.items() if place[0] not in rows}
    return Grid(grid.name, kept, grid.hidden_rows, grid.hidden_columns)


def is_figure(cell: Cell) -> bool:
    """Return whether a cell holds a figure that is no year, no month and no day."""
    return looks_like_number(cell) and not _is_year(cell)


def _is_year(cell: Cell) -> bool:
    return cell.text.isdecimal() and len(cell.text) == 4 and int(cell.text) in _YEAR_SPAN


def _is_period(cell: Cell) -> bool:
    """Return whether a cell names a period."""
    if period_of_day(cell) is not None or _is_year(cell):
        return True
    period, rest = take_period(cell.text)
    return period != Period() and not rest.strip(" .年г")


def _first_row_of_figures(grid: Grid) -> int:
    """Return the first row of figures: numbers that count neither columns nor months."""
    for row in grid.rows:
        cells = grid.row(row)
        figures = [cell for cell in cells if is_figure(cell) or (cell.trouble and len(cells) > 1)]
        if not figures or _counts(cells) or (len(cells) == 1 and len(grid.columns) > 1):
            continue
        return row
    raise InputError(f"{grid.name} holds no row of figures. Name the sheet or the block with --sheet or --block.")


def _counts(cells: Sequence[Cell]) -> bool:
    """Return whether the numbers of a row only count: 1, 2, 3, ... as under a header, or as months."""
    numbers = [cell.text for cell in cells if looks_like_number(cell)]
    if len(numbers) < 3 or not all(text.isdecimal() and len(text) <= 2 for text in numbers):
        return False
    values = [int(text) for text in numbers]
    return values == list(range(values[0], values[0] + len(values))) and values[0] in (0, 1, 2)


def _label_columns(grid: Grid, top: int, columns: Sequence[int]) -> list[int]:
    """Return the columns before the first one that holds figures."""
    body = [row for row in grid.rows if row >= top]
    labels: list[int] = []
    for column in columns:
        cells = [grid.cells[row, column] for row in body if (row, column) in grid.cells]
        heading = [cell.text.strip().lower() for cell in grid if cell.column == column and cell.row < top]
        figures = [cell for cell in cells if is_figure(cell) or cell.trouble]
        named = any(text in _NUMBERING or is_unit_header(text) for text in heading) or (
            any(text in _YEARS | _MONTHS | _DATES for text in heading) and all(_counts_time(cell) for cell in figures)
        )
        serial = _counts_down(figures) and column == columns[0]
        if named or serial or (len(figures) * 2 < len(cells) and not all(is_missing(cell) for cell in cells)):
            labels.append(column)
        elif cells:
            return labels
    raise InputError(f"{grid.name} has no column of figures beside its labels. Name the block with --block.")


def _counts_time(cell: Cell) -> bool:
    """Return whether a plain number can be a month, or a day as spreadsheets count them."""
    return cell.text.isdecimal() and (1 <= int(cell.text) <= 12 or serial_month(float(cell.text)) is not None)


def _counts_down(cells: Sequence[Cell]) -> bool:
    """Return whether a column numbers its rows."""
    values = [cell.text for cell in cells]
    return len(values) > 2 and values == [str(number) for number in range(1, len(values) + 1)]


def _figures(grid: Grid, row: int, columns: Sequence[int]) -> list[Cell]:
    """Return the cells of a row in the figure columns, none where not one of them is a figure or says there is none."""
    cells = [grid.cells[row, column] for column in columns if (row, column) in grid.cells]
    figures = [cell for cell in cells if looks_like_number(cell) or is_missing(cell) or cell.trouble]
    return cells if figures else []


def _last_row(grid: Grid, top: int, labels: Sequence[int], columns: Sequence[int]) -> int:
    """Return the last row of the table: the last one of figures, or one right below that has a label and words."""
    last = max(row for row in grid.rows if row >= top and _figures(grid, row, columns))
    while _cells_of(grid, last + 1, columns) and any((last + 1, column) in grid.cells for column in labels):
        last += 1
    return last


def _check_headers(grid: Grid, rows: Sequence[int], labels: Sequence[int], columns: Sequence[int]) -> None:
    """Refuse a row over the figures that names a period as their labels do, and holds words in place of figures."""
    for row in rows[1:]:
        named = next((cell for cell in _cells_of(grid, row, labels) if _is_period(cell) and cell.width == 1), None)
        words = _cells_of(grid, row, columns)
        if named is not None and words and not any(_is_period(cell) for cell in words):
            raise InputError(
                f"{grid.name}: {words[0].address} ({words[0].text!r}) is no figure, and {named.address} "
                f"({named.text!r}) names its period. Correct it, or leave the row out with --skip {row}."
            )


def _cells_of(grid: Grid, row: int, columns: Sequence[int]) -> list[Cell]:
    """Return the cells of a row among the figures: those that are none are named by who reads them."""
    return [grid.cells[row, column] for column in columns if (row, column) in grid.cells]


def _header_rows(grid: Grid, top: int, columns: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the rows over the figures that name their columns, and those below them that begin a section."""
    found: list[int] = []
    sections: list[int] = []
    for row in reversed([row for row in grid.rows if row < top]):
        cells = grid.row(row)
        inner = [cell for cell in cells if cell.column + cell.width > columns[0]]
        alone = len(cells) == 1
        if not inner and not found:
            sections.append(row)
            continue
        covers_labels = any(cell.column < columns[0] and cell.column + cell.width > columns[0] for cell in cells)
        if not inner or covers_labels or (alone and is_unit_line(cells[0].text)):
            break
        if alone and len(columns) > 1 and cells[0].width == 1 and not _is_period(cells[0]):
            break
        found.append(row)
    if not found:
        first = column_letters(columns[0])
        raise InputError(
            f"{grid.name}: nothing over {first}{top} says what column {first} holds. Add a row of headers, or name the "
            "block with --block."
        )
    return sorted(found), sorted(sections)


def _column_numbers(grid: Grid, header_rows: Sequence[int], columns: Sequence[int]) -> set[int]:
    """Return the header rows that only count the columns; twelve numbers beside a word for month are months."""
    numbered = set()
    for row in header_rows:
        cells = grid.row(row)
        outside = [cell.text.strip().lower() for cell in cells if cell.column < columns[0]]
        if _counts(cells) and not any(text in _MONTHS for text in outside):
            numbered.add(row)
    return numbered if len(numbered) < len(header_rows) else set()


def _over(grid: Grid, rows: Sequence[int], column: int) -> list[Cell]:
    """Return the header cells over a column, each once; a merged cell stands over all that it covers."""
    found: list[Cell] = []
    for row in rows:
        own = grid.covering(row, column)
        covering = [own] if own is not None else _carried(grid, rows, row, column)
        found += [cell for cell in covering if cell not in found]
    return found


def _carried(grid: Grid, rows: Sequence[int], row: int, column: int) -> list[Cell]:
    """Return the header that goes on to the right over an empty cell, as text files keep a merged one.

    It does so only over a row below that has a cell here, and in no merged table: there each cell says how far it
    reaches.
    """
    if row == rows[-1] or grid.is_merged:
        return []
    if not any((below, column) in grid.cells for below in rows if below > row):
        return []
    before = [cell for cell in grid.row(row) if cell.column < column]
    return before[-1:]


def _words_over(grid: Grid, rows: Sequence[int], column: int) -> str:
    return " ".join(cell.text.strip().lower() for cell in _over(grid, rows, column))


def _label_kinds(names: Mapping[int, str]) -> tuple[dict[int, str], set[int], int]:
    """Return what plain numbers of label columns are, the columns that count rows, and that of units (0: none)."""
    kinds, unused, unit_column = {}, set(), 0
    for column, name in names.items():
        if name in _NUMBERING:
            unused.add(column)
        elif is_unit_header(name):
            unit_column = column
        else:
            kinds[column] = "year" if name in _YEARS else "month" if name in _MONTHS else ""
    return kinds, unused, unit_column


def _labels(
    grid: Grid, rows: Sequence[int], columns: Sequence[int], figure_columns: Sequence[int]
) -> dict[int, tuple[Cell, ...]]:
    """Return the labels of each row of figures; a row of words alone stands over those that follow."""
    labels: dict[int, tuple[Cell, ...]] = {}
    section: tuple[Cell, ...] = ()
    above: dict[int, Cell] = {}
    for row in rows:
        own = [cell for column in columns if (cell := grid.covering(row, column)) is not None]
        own = list(dict.fromkeys(own))
        if not _cells_of(grid, row, figure_columns):
            section, above = tuple(grid.row(row)), {}
            continue
        filled = {cell.column for cell in own}
        # 2023 stands once beside its months: an empty cell before a filled one repeats the cell above it.
        repeated = [above[column] for column in columns if column not in filled and column in above and own]
        rightmost = max(filled, default=0)
        own = sorted([*own, *(cell for cell in repeated if cell.column < rightmost)], key=lambda cell: cell.column)
        above |= {cell.column: cell for cell in own}
        labels[row] = (*section, *own)
    return labels


def _check_hidden(grid: Grid, top: int, last: int, columns: Sequence[int]) -> None:
    """Refuse figures that a reader of the sheet does not see."""
    for cell in grid:
        if not (top <= cell.row <= last and cell.column in columns and is_figure(cell)):
            continue
        if cell.column in grid.hidden_columns:
            letters = column_letters(cell.column)
            raise InputError(
                f"{grid.name}: {cell.address} holds a figure in the hidden column {letters}. Show the column, or leave "
                f"it out with --skip {letters}."
            )
        if cell.row in grid.hidden_rows:
            raise InputError(
                f"{grid.name}: {cell.address} holds a figure in the hidden row {cell.row}. Show the row, or leave it "
                f"out with --skip {cell.row}."
            )


def _check_second_table(grid: Grid, top: int, last: int, columns: Sequence[int]) -> None:
    """Refuse a second header among the figures."""
    for row in [row for row in grid.rows if top < row <= last]:
        words = [
            cell
            for cell in grid.row(row)
            if cell.column in columns and not (looks_like_number(cell) or is_missing(cell) or cell.trouble)
        ]
        if len(words) > 1 and not _figures(grid, row, columns):
            block = f"A1:{column_letters(grid.columns[-1])}{row - 1}"
            raise InputError(
                f"{grid.name}: {words[0].address} ({words[0].text!r}) begins a second table. Name one of them with "
                f"--block, such as {block}."
            )

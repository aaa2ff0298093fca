"""Figures of a table with all that its titles, headers and labels say of each."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from analysis.core.errors import InputError
from analysis.sources.bulletins.concepts import MONEY, USUAL_SUBJECTS
from analysis.sources.tables.cells import Cell, column_letters
from analysis.sources.tables.layout import Layout
from analysis.sources.tables.numbers import decimal_sign, is_missing, printed
from analysis.sources.tables.periods import period_of_day, serial_month
from analysis.sources.tables.resolving import GROWTH, resolved_period, resolved_units
from analysis.sources.tables.units import TableUnit
from analysis.sources.tables.words import Meaning, Reader

#: Measures of levels; what is neither level nor growth is left out and named.
LEVELS = ("", "year before")

#: What row and column may not say differently.
_COMPARED = ("year", "months", "flag", "measure", "place", "partner", "flow", "mode", "indicator", "series")

#: Subjects that a narrower one on the other side makes more precise: freight of coal.
_WIDE = ("trade", "freight")

#: Currencies of tables; `concepts.MONEY` are those of the ledger.
_CURRENCIES = (*MONEY, "KGS", "KZT", "UZS", "RUB")


@dataclass(frozen=True)
class Figure:
    """A figure and what it means.

    Attributes
    ----------
    cell
        Where it stands.
    meaning
        What titles, headers, labels and the user say of it.
    start, end
        First and last day of its period.
    measure
        `level`, `yoy_growth` or `mom_growth`.
    value
        In the unit, growth as a fraction.
    unit
        `fraction` for growth; a unit of the ledger or the code of a currency.
    level_unit
        The unit of the level that growth is growth of; empty where nothing says.
    words
        The figure as published, with the words of its unit.
    """

    cell: Cell
    meaning: Meaning
    start: dt.date
    end: dt.date
    measure: str
    value: float
    unit: str
    level_unit: str
    words: str

    @property
    def subject(self) -> str:
        """What is counted, a word of `concepts`; what its unit usually counts where no word says."""
        unit = self.level_unit or self.unit
        if self.meaning.subject:
            return self.meaning.subject
        return "trade" if unit in _CURRENCIES else USUAL_SUBJECTS.get(unit, "")

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two figures speak of one quantity."""
        meaning = self.meaning
        return (
            meaning.series, meaning.place, meaning.partner, meaning.indicator or self.subject, meaning.flow,
            meaning.mode, meaning.rest, meaning.total, self.start, self.end, self.measure, self.level_unit,
        )  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What was read from a table.

    Attributes
    ----------
    layout
        Its parts.
    figures
        Its figures, row by row.
    columns
        Figure column to what its headers and the titles say together.
    table
        What the titles and the user say of all figures.
    left_out
        Sentences about what was not taken, and why.
    """

    layout: Layout
    figures: tuple[Figure, ...]
    columns: Mapping[int, Meaning]
    table: Meaning
    left_out: tuple[str, ...]


@dataclass
class _Work:
    """A table while it is read."""

    layout: Layout
    reader: Reader
    said: Mapping[str, Meaning]
    decimal: str
    left_out: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.layout.grid.name


def read_figures(
    layout: Layout, reader: Reader, *, said: Mapping[str, Meaning] | None = None, decimal: str = ""
) -> Reading:
    """Return the figures of a table.

    Parameters
    ----------
    layout
        The parts of the table.
    reader
        Reader of its words.
    said
        What the user says, by column letters, row number or `table`: it takes the place of the words there.
    decimal
        The decimal sign of text; found if empty.

    Raises
    ------
    InputError
        If anything may mean two things or is missing; the sentence names the cell, the fact and the option that says
        it.
    """
    work = _Work(layout, reader, said or {}, decimal_sign(layout.grid, decimal))
    table = _table_meaning(work)
    columns = _column_meanings(work)
    rows = {row: _row_meaning(work, row, labels) for row, labels in layout.labels.items()}
    _note_totals_of_periods(work, rows, columns)
    dated = any(meaning.months or meaning.year for meaning in rows.values())
    figures = []
    for cell in layout.figures:
        row, column = rows.get(cell.row), columns[cell.column]
        if row is None or (row.total and dated and not (row.months or row.year or column.months or column.year)):
            continue
        figure = _figure(work, cell, row, column, table)
        figures += [figure] if figure is not None else []
    if not figures and not work.left_out:
        raise InputError(f"{work.name} gives no figure. Name the block of the table with --block.")
    return Reading(layout, _each_once(work, figures), columns, table, tuple(dict.fromkeys(work.left_out)))


def _table_meaning(work: _Work) -> Meaning:
    """Return what the user and the titles say of all figures; units of several titles stand side by side."""
    meaning = work.said.get("table", Meaning())
    units: list[TableUnit] = []
    years = set()
    for cell in work.layout.titles:
        found = work.reader.read(cell.text, is_title=True)
        units += found.units
        years |= {found.year} - {None}
        meaning = meaning.over(replace(found, units=(), measure="", trouble=""))
    if len(years) > 1 and work.said.get("table", Meaning()).year is None:
        meaning = replace(meaning, year=None)
    return replace(meaning, units=meaning.units or tuple(dict.fromkeys(units)))


def _column_meanings(work: _Work) -> dict[int, Meaning]:
    """Return what the headers of each figure column say; a rate of growth also says what the column before it does."""
    meanings: dict[int, Meaning] = {}
    level: Meaning | None = None
    for column, cells in work.layout.headers.items():
        letters = column_letters(column)
        meaning = work.said.get(letters)
        if meaning is None:
            if not cells:
                raise InputError(
                    f"{work.name}: nothing stands over column {letters}. Say what it holds with --say {letters}=WORDS, "
                    f"or leave it out with --skip {letters}."
                )
            meaning = Meaning()
            for cell in cells:
                meaning = _header_cell(work, cell, letters).over(meaning)
        if meaning.measure in GROWTH or meaning.measure == "year before":
            meaning = _beside(meaning, level)
        elif meaning.measure == "" and not _is_rate(meaning):
            level = meaning
        meanings[column] = meaning
    return meanings


def _header_cell(work: _Work, cell: Cell, letters: str) -> Meaning:
    """Return what one header cell says."""
    day = period_of_day(cell)
    if day is not None:
        return Meaning(year=day.year, months=day.months)
    if cell.text.isdecimal() and int(cell.text) <= 12:
        return Meaning(months=(int(cell.text), int(cell.text)))
    return _words_of(work, cell, letters)


def _beside(growth: Meaning, level: Meaning | None) -> Meaning:
    """Return what a rate of growth says, filled up by the level column before it, which it is the growth of."""
    if level is None:
        return growth
    names = ("year", "months", "flag", "place", "partner", "subject", "flow", "mode", "indicator", "series")
    taken = {name: getattr(level, name) for name in names if not getattr(growth, name)}
    rest = tuple(dict.fromkeys([*level.rest, *growth.rest]))
    units = (*growth.units, *(unit for unit in level.units if unit.code != "fraction"))
    return replace(growth, **taken, rest=rest, units=units)


def _is_rate(meaning: Meaning) -> bool:
    return bool(meaning.units) and all(unit.code == "fraction" for unit in meaning.units)


def _row_meaning(work: _Work, row: int, labels: Iterable[Cell]) -> Meaning:
    """Return what the labels of a row, its unit and the sections over it say."""
    meaning = work.said.get(str(row))
    if meaning is None:
        meaning = Meaning()
        for cell in labels:
            meaning = _label(work, cell, row).over(meaning)
        if not any(cell.row == row for cell in labels) and not meaning.months:
            raise InputError(
                f"{work.name}: row {row} has figures and no label. Say what they are with --say {row}=WORDS, or leave "
                f"them out with --skip {row}."
            )
    unit = work.layout.units.get(row)
    if unit is not None and not meaning.units:
        meaning = replace(meaning, units=work.reader.read(f"单位:{unit.text}").units)
    return meaning


def _label(work: _Work, cell: Cell, row: int) -> Meaning:
    """Return what one label says; plain numbers are years or months where their column says so."""
    day = period_of_day(cell)
    if day is not None:
        return Meaning(year=day.year, months=day.months)
    kind = work.layout.kinds.get(cell.column, "")
    if cell.text.isdecimal() and kind and int(cell.text) <= 2100:
        number = int(cell.text)
        return Meaning(year=number) if kind == "year" else Meaning(months=(number, number))
    return _words_of(work, cell, str(row))


def _words_of(work: _Work, cell: Cell, place: str) -> Meaning:
    """Return what the words of a header or label say; a number that may be a day, and a doubt, are refused.

    `place` is the row or column as `--say` names it.
    """
    serial = serial_month(float(cell.text)) if cell.text.isdecimal() else None
    if serial is not None:
        raise InputError(
            f"{work.name}: {cell.address} ({cell.text}) may be the day {serial} as spreadsheets count days. Format it "
            f"as a date, or say --say {place}={serial:%Y-%m}."
        )
    meaning = work.reader.read(cell.text)
    if meaning.trouble:
        raise InputError(f"{work.name}: {cell.address}: {meaning.trouble}. Say it with --say {place}=2023-10.")
    return meaning


def _note_totals_of_periods(work: _Work, rows: Mapping[int, Meaning], columns: Mapping[int, Meaning]) -> None:
    """Name the totals over the periods of the rows: they say nothing that their parts do not."""
    if any(meaning.months or meaning.year for meaning in columns.values()):
        return
    for row, meaning in rows.items():
        dated = any(other.months or other.year for other in rows.values())
        if meaning.total and dated and not (meaning.months or meaning.year):
            work.left_out.append(f"{work.name}: row {row} adds up the periods of the others, and was not taken.")


def _figure(work: _Work, cell: Cell, row: Meaning, column: Meaning, table: Meaning) -> Figure | None:
    """Return one figure, None where there is none."""
    if cell.trouble:
        raise InputError(f"{work.name}: {cell.address} {cell.trouble}.")
    if is_missing(cell):
        return None
    found = printed(cell, work.decimal)
    if found is None:
        raise InputError(
            f"{work.name}: {cell.address} ({cell.text!r}) is no figure, and the cells around it are. Correct it, or "
            f"leave it out with --skip {cell.row} or --skip {column_letters(cell.column)}."
        )
    if cell.width > 1 or cell.height > 1:
        raise InputError(
            f"{work.name}: {cell.address} ({cell.text!r}) is one figure for {cell.width * cell.height} merged cells. "
            "Unmerge them, or leave the row or column out with --skip."
        )
    meaning = _together(work, cell, row, column).over(replace(table, units=()))
    measure = meaning.measure
    if measure not in (*LEVELS, *GROWTH):
        letters = column_letters(cell.column)
        work.left_out.append(f"{work.name}: column {letters} holds a {measure}, which is not imported.")
        return None
    start, end = resolved_period(work.name, cell, meaning, titled=not (row.months or column.months))
    unit, level_unit = resolved_units(work.name, cell, meaning, table, is_percent=found.percent)
    number = found.number - 100 if unit.is_index else found.number
    value = float(f"{number * 10.0**unit.power:.12g}")
    words = f"{found.text}{'' if not unit.words or _sticks(unit.words) else ' '}{unit.words}"
    said = measure if measure in GROWTH else "level"
    return Figure(cell, meaning, start, end, said, value, unit.code, level_unit, words.strip())


def _sticks(words: str) -> bool:
    """Return whether the words of a unit stand right behind a number: Chinese ones and the percent sign."""
    return not words[0].isalpha() or (not words[0].isascii() and "\u4e00" <= words[0] <= "\u9fff")


def _together(work: _Work, cell: Cell, row: Meaning, column: Meaning) -> Meaning:
    """Return what row and column say together, unless they contradict each other."""
    for name in _COMPARED:
        own, other = getattr(row, name), getattr(column, name)
        if own and other and own != other and not (name == "months" and _narrows(own, other)):
            raise InputError(
                f"{work.name}: of {cell.address} the row says {name} {_span_words(own)} and the column "
                f"{_span_words(other)}. Say which with --say {cell.row}=WORDS or --say "
                f"{column_letters(cell.column)}=WORDS."
            )
    if row.subject and column.subject and row.subject != column.subject:
        if row.subject in _WIDE and column.subject not in _WIDE:
            row = replace(row, subject=column.subject)
        elif not (column.subject in _WIDE and row.subject not in _WIDE):
            raise InputError(
                f"{work.name}: of {cell.address} the row speaks of {row.subject} and the column of {column.subject}. "
                f"Say which with --say {cell.row}=WORDS or --say {column_letters(cell.column)}=WORDS."
            )
    return replace(row.over(column), units=column.units or row.units)


def _narrows(months: tuple[int, int], span: tuple[int, int]) -> bool:
    """Return whether one of two spans is a month of the other, as 10月 is of 1-10月."""
    return False if months[0] == 1 and span[0] == 1 else months == span


def _span_words(value: object) -> str:
    """Return a span of months, or whatever else a header says, as a sentence names it."""
    if isinstance(value, tuple):
        return f"{value[0]}-{value[1]}" if value[0] != value[1] else str(value[0])
    return str(value)


def _each_once(work: _Work, figures: list[Figure]) -> tuple[Figure, ...]:
    """Return the figures, each quantity once; two figures of one quantity are refused if they differ."""
    firsts: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        first = firsts.setdefault(figure.key, figure)
        if first is figure:
            continue
        if first.value != figure.value:
            raise InputError(
                f"{work.name}: {first.cell.address} ({first.cell.text!r}) and {figure.cell.address} "
                f"({figure.cell.text!r}) say the same of two figures: {described(figure)}. Tell them apart with "
                f"--say {column_letters(figure.cell.column)}=WORDS or --say {figure.cell.row}=WORDS, or leave one out "
                "with --skip."
            )
        work.left_out.append(f"{work.name}: {figure.cell.address} repeats {first.cell.address}, and was not taken.")
    return tuple(firsts.values())


def described(figure: Figure) -> str:
    """Return what a figure means, as a sentence names it."""
    meaning = figure.meaning
    parts = [
        meaning.series or meaning.place, meaning.partner, meaning.indicator or figure.subject, meaning.flow,
        meaning.mode, *meaning.rest, "total" if meaning.total else "", f"{figure.start} to {figure.end}",
        figure.measure,
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)

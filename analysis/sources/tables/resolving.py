"""The period and the unit of one figure, from all that is said of it; what is missing is asked for by its cell."""

import datetime as dt

from analysis.core.errors import InputError
from analysis.core.periods import month_end
from analysis.sources.bulletins.concepts import counted
from analysis.sources.tables.cells import Cell, column_letters
from analysis.sources.tables.units import TableUnit
from analysis.sources.tables.words import Meaning

#: Measures of rates of growth.
GROWTH = ("yoy_growth", "mom_growth")


def resolved_period(name: str, cell: Cell, meaning: Meaning, *, titled: bool) -> tuple[dt.date, dt.date]:
    """Return first and last day of the period of a figure; `titled` where a title says the months.

    A title of January to October stands over columns of October; a row of January and February does not.
    """
    if meaning.year is None:
        raise InputError(
            f"{name}: nothing says the year of {cell.address} ({cell.text!r}). Say it with --say table=2023."
        )
    year = meaning.year - (meaning.measure == "year before")
    first, last = meaning.months or (1, 12)
    if meaning.months is None and meaning.flag:
        raise InputError(
            f"{name}: nothing says the month of {cell.address} ({cell.text!r}), of which its column holds the "
            f"{meaning.flag} figure. Say it with --say table={meaning.year}-10."
        )
    if not 1 <= first <= last <= 12:
        raise InputError(f"{name}: the months of {cell.address}, {first} to {last}, are none. Correct its label.")
    if meaning.flag == "cumulative":
        first = 1
    elif meaning.flag == "month" and titled:
        first = last
    return dt.date(year, first, 1), month_end(dt.date(year, last, 1))


def resolved_units(
    name: str, cell: Cell, meaning: Meaning, table: Meaning, *, is_percent: bool
) -> tuple[TableUnit, str]:
    """Return the unit of a figure, and that of the level whose growth it is."""
    letters = column_letters(cell.column)
    own = [unit for unit in meaning.units if unit.code != "fraction"]
    levels = own or [unit for unit in table.units if unit.code != "fraction"]
    rates = [unit for unit in meaning.units if unit.code == "fraction"]
    if meaning.measure in GROWTH:
        rates = rates or ([TableUnit("fraction", -2, "%")] if is_percent else [])
        rates = rates or [unit for unit in table.units if unit.code == "fraction"]
        if not rates:
            raise InputError(
                f"{name}: nothing says whether the growth in {cell.address} ({cell.text!r}) is in percent. Say "
                f"--say '{letters}=WORDS %', or unit=fraction in place of the sign."
            )
        fitting = _fitting(levels, meaning)
        return rates[0], fitting[0].code if len(fitting) == 1 else ""
    if is_percent or (rates and not own):
        raise InputError(
            f"{name}: {cell.address} ({cell.text!r}) is a percentage, and nothing says of what. Say "
            f"--say '{letters}=同比 %' or year-on-year, or leave it out with --skip {letters}."
        )
    chosen = _fitting(levels, meaning)
    if len(chosen) != 1:
        fact = f"may be {' or '.join(unit.words for unit in chosen)}" if chosen else "is nowhere to be found"
        raise InputError(
            f"{name}: the unit of {cell.address} ({cell.text!r}) {fact}. Say it with --say table=万吨, or with "
            f"--say {letters}=WORDS for its column."
        )
    return chosen[0], chosen[0].code


def _fitting(units: list[TableUnit], meaning: Meaning) -> list[TableUnit]:
    """Return the units that a figure can have: of several those in which its subject is counted."""
    if len(units) < 2 or not meaning.subject:
        return units
    fitting = [unit for unit in units if counted(meaning.subject, unit.code) is not None]
    return fitting or units

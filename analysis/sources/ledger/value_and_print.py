"""Is a value what its printed words say? What they contradict is refused, what they leave open the audit names."""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from analysis.core import units
from analysis.core.vocabulary import EXPECTATION_MEASURES, LEVEL_MEASURES
from analysis.sources.csv_tables import BadRow
from analysis.sources.ledger.printed_words import stated_powers
from analysis.sources.ledger.rounding import Printed, pair_half_width, printed_numbers, written_numbers

Row = dict[str, Any]

#: What a unit counts, where printed words can say so; the words for other units are not read.
_COUNTED = {
    "tonnes": "tonnes", "vehicles": "vehicles", "vehicles_exported": "vehicles", "trains": "trains",
    "CNY": "CNY", "USD": "USD", "persons": "persons", "TEU": "TEU", "fraction": "a share",
}  # fmt: skip

#: Words that state a figure of nothing without a digit.
_NOTHING = ("零", "zero", "nil", "none", "нол", "нул")

_REMEDY = "Correct one of the two, or mark the row mis-entered, source wrong or doubtful."


def contradicted_values(table: pl.DataFrame) -> Iterator[BadRow]:
    """Yield a sentence for each valid row whose value, or whose unit, its printed words contradict.

    A row that another one supersedes is left as it is: it was corrected already.
    """
    rows = table.filter(
        (pl.col("status") == "valid")
        & ~pl.col("statement_id").is_in(table["supersedes"].drop_nulls().implode())
        & pl.col("value").is_not_null()
        & pl.col("value_as_published").is_not_null()
    )
    for row in rows.iter_rows(named=True):
        sentence = _contradiction(row)
        if sentence:
            yield BadRow(row["line"], sentence)


def mixed_units(table: pl.DataFrame) -> Iterator[BadRow]:
    """Yield a sentence for each row that counts something else than the first row of its series does."""
    measured = pl.col("measure").is_in([*LEVEL_MEASURES, *EXPECTATION_MEASURES])
    known = pl.col("unit").is_in([code for code in units.UNITS if code not in units.FRACTIONS])
    rows = table.filter(measured & known & (pl.col("status") == "valid"))
    firsts: dict[str, Row] = {}
    for row in rows.select("line", "series_id", "unit").iter_rows(named=True):
        first = firsts.setdefault(row["series_id"], row)
        if units.unit_of_total(first["unit"]) != units.unit_of_total(row["unit"]):
            yield BadRow(
                row["line"],
                f"unit {row['unit']!r} stands in a series that counts {first['unit']} on line {first['line']}. "
                "Give what is counted otherwise a series of its own.",
            )


def unexplained_powers(statements: pl.DataFrame) -> list[str]:
    """Return a sentence for each valid row whose print shows the digits of the value but no word for its power of ten.

    "46.4" beside 464,000 may stand in a table whose header says 万吨, and "12" beside 0.12 in one of percentages: the
    row is read, and the audit names it.
    """
    rows = statements.filter((pl.col("status") == "valid") & pl.col("value_as_published").is_not_null())
    return [
        f"{row['statement_id']}: no word of {row['value_as_published']!r} says why its value is {row['value']:.15g}. "
        "Add the multiplier or the percent sign as it was published."
        for row in rows.iter_rows(named=True)
        if _lacks_words(row)
    ]


def _contradiction(row: Row) -> str | None:
    """Return what the printed words of a row contradict, None where they explain it or say nothing."""
    value, printed = row["value"], row["value_as_published"]
    numbers = printed_numbers(printed)
    if not numbers or _is_written(value, printed):
        return None
    belonging = _belonging(row, numbers)
    if not belonging:
        stated = _stated(numbers, value)
        fact = f", which says {stated}" if stated else ""
        return f"value {value:.15g} is not what value_as_published {printed!r} says{fact}. {_REMEDY}"
    counted = _COUNTED.get(units.unit_of_total(row["unit"])) if row["unit"] in units.UNITS else None
    words = {number.words.counted for number in belonging}
    if counted and None not in words and counted not in words:
        return f"unit {row['unit']!r} is not what value_as_published {printed!r} counts. {_REMEDY}"
    return None


def _belonging(row: Row, numbers: Sequence[Printed]) -> list[Printed]:
    """Return the printed numbers that can be the value, as far as the words beside them allow it."""
    value = abs(row["value"])
    fitting = [number for number in numbers if _fits(number, value)]
    if "growth" in row["measure"]:  # "112% of last year's", "2.3 times as much"
        compared = [number for number in numbers if number.words.powers is not None]
        fitting += [number for number in compared if number.rounds(1 + row["value"])]
    if fitting or any(number.exponent(value) is not None for number in numbers):
        return fitting
    return [] if pair_half_width(value, numbers) is None else list(numbers)


def _fits(number: Printed, value: float) -> bool:
    """Return whether a printed number can be a value; without words beside it any power of ten may be meant."""
    return number.rounds(value) or (number.words.powers is None and number.exponent(value) is not None)


def _is_written(value: float, printed: str) -> bool:
    """Return whether the value is written out in Chinese characters, or is nothing and said to be."""
    if value == 0:
        return any(word in printed.lower() for word in _NOTHING)
    return any(number.states(abs(value)) for number in written_numbers(printed))


def _stated(numbers: Sequence[Printed], value: float) -> str | None:
    """Return in digits what the printed number most like the value says, None where no word gives its power of ten."""
    like = [number for number in numbers if number.exponent(abs(value)) is not None] or list(numbers)
    stated = [number.number * 10.0**power for number in like for power in number.words.powers or ()]
    return f"{stated[0]:.12g}" if len(stated) == 1 else None


def _lacks_words(row: Row) -> bool:
    """Return whether only a number without words can be the value, and a power of ten away from it."""
    value = abs(row["value"])
    numbers = printed_numbers(row["value_as_published"])
    if not numbers or _is_written(row["value"], row["value_as_published"]):
        return False
    elsewhere = stated_powers(row["value_as_published"])
    fitting = [number for number in _belonging(row, numbers) if number.exponent(value) is not None]
    powers = [number.exponent(value) for number in fitting if number.words.powers is None]
    return bool(fitting) and len(powers) == len(fitting) and not ({0} | elsewhere) & set(powers)

"""A panel by month, quarter or week: checked on entry, then cut into blocks, matrices of series by periods."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, InputError
from analysis.core.frequency import MONTHLY, WEEKLY, Frequency
from analysis.core.periods import EARLIEST_YEAR, LATEST_YEAR
from analysis.methods.forecasting.settings import LEAD, LEAD_YEARS, MEMORY, MEMORY_OF_WEEKS, Array

#: Names of the three columns that a panel may have: ours, and those of Nixtla's libraries.
LAYOUTS = (("series_id", "time_period", "obs_value"), ("unique_id", "ds", "y"))

#: Characters without width that web pages leave beside a name; they are no blanks of Unicode.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"

#: How a period may be written in text, and which years there are.
_WRITTEN, _QUARTER = r"^\d{4}-\d{1,2}(-\d{1,2})?$", r"^(\d{4})-?Q([1-4])$"
FORMS = {"M": "YYYY-MM-DD or YYYY-MM", "Q": "YYYY-MM-DD, YYYY-MM or YYYY-Q1", "W": "YYYY-MM-DD"}
_YEARS = f"with a year from {EARLIEST_YEAR} to {LATEST_YEAR}"

#: What else may be meant where a period stands twice.
_OTHER_SEASONS = {
    "M": ", or give the season of weeks, 52",
    "Q": ", or give the season of months, 12",
    "W": "; add up the days of a week",
}

#: Fewest observed periods of a series, and fewest months' worth within the last 24 months if it is that old; a series
#: with fewer is skipped with a sentence.
FEWEST, FEWEST_RECENT, RECENT = 3, 12, 24


@dataclass(frozen=True)
class Block:
    """Series that end in the same period.

    Attributes
    ----------
    ids
        Their names.
    Y
        Series by periods, NaN where nothing was observed; the last column is the last period of each.
    end
        Number of the period of the last column.
    frequency
        Its periods: months, quarters or weeks.
    """

    ids: tuple[str, ...]
    Y: Array
    end: int
    frequency: Frequency = MONTHLY

    @property
    def start(self) -> int:
        """Number of the period of the first column."""
        return self.end - int(self.Y.shape[1]) + 1


@dataclass(frozen=True)
class Panel:
    """A checked panel.

    Attributes
    ----------
    table
        `series_id`, `time_period` (first day), `obs_value` (finite, at least 0), sorted, no null.
    skipped
        Series without enough periods, each with the sentence that says so.
    frequency
        Its periods: months, quarters or weeks.
    """

    table: pl.DataFrame
    skipped: dict[str, str]
    frequency: Frequency = MONTHLY

    def ids(self) -> list[str]:
        """Return the names of the series that can be forecast, in order."""
        return self.table["series_id"].unique(maintain_order=True).to_list()

    def select(self, ids: list[str]) -> "Panel":
        """Return the panel of some series."""
        chosen = pl.col("series_id").is_in(pl.Series(ids, dtype=pl.String).implode())
        return replace(self, table=self.table.filter(chosen), skipped={})

    def without(self, ids: list[str]) -> "Panel":
        """Return the panel without some series."""
        left_out = pl.col("series_id").is_in(pl.Series(ids, dtype=pl.String).implode())
        return replace(self, table=self.table.filter(~left_out))

    def blocks(self, *, size: int = 100) -> Iterator[Block]:
        """Yield the series by their last period, so many at a time: memory does not grow with the panel."""
        numbered = self.table.select("series_id", "obs_value", period=self.frequency.index(pl.col("time_period")))
        ends = numbered.group_by("series_id", maintain_order=True).agg(pl.col("period").max().alias("end"))
        counted = ends.with_columns(part=pl.int_range(pl.len()).over("end") // size)
        joined = numbered.join(counted, on="series_id", how="left", maintain_order="left", validate="m:1")
        parts = joined.partition_by("end", "part", as_dict=True, maintain_order=True)
        for (end, _), part in sorted(parts.items()):
            yield _block(part, int(end), self.frequency)


def read(table: pl.DataFrame, *, frequency: Frequency = MONTHLY) -> Panel:
    """Check a panel and bring it into one layout.

    Parameters
    ----------
    table
        `series_id, time_period, obs_value` or `unique_id, ds, y`: one row a series and period, any order; a period that
        is absent or null was not observed. Dates stand for their month, quarter or week.
    frequency
        The periods of the table.

    Raises
    ------
    InputError
        If a column is absent, a period cannot be read or stands twice, or a value is negative or not finite.
    CoverageError
        If no series has enough periods.
    """
    renamed = rows(table, frequency=frequency)
    _refuse_values(renamed, frequency)
    known = renamed.drop_nulls("obs_value").sort("series_id", "time_period")
    skipped = _too_thin(renamed, known, frequency)
    kept = known.filter(~pl.col("series_id").is_in(pl.Series(list(skipped), dtype=pl.String).implode()))
    if kept.is_empty():
        nothing = f"The panel has no rows. Give a {frequency.unit} and a value a row."
        raise CoverageError(next(iter(skipped.values()), nothing))
    return Panel(kept.select("series_id", "time_period", "obs_value"), skipped, frequency)


def rows(table: pl.DataFrame, *, frequency: Frequency = MONTHLY) -> pl.DataFrame:
    """Return the three columns under our names, typed."""
    layout = next((names for names in LAYOUTS if set(names) <= set(table.columns)), None)
    if layout is None:
        raise InputError(
            f"The panel has the columns {', '.join(table.columns)}, but needs {', '.join(LAYOUTS[0])} or "
            f"{', '.join(LAYOUTS[1])}. Rename them."
        )
    renamed = table.select(pl.col(old).alias(new) for old, new in zip(layout, LAYOUTS[0], strict=True)).with_row_index(
        "row", offset=1
    )
    typed = renamed.with_columns(
        id_text(renamed.schema["series_id"]).alias("series_id"),
        frequency.start(days(renamed.schema["time_period"])).alias("parsed"),
        numbers(renamed.schema["obs_value"]).alias("number"),
    )
    for bad, what, remedy in (
        (pl.col("series_id").is_null(), "series_id", "Name the series in text"),
        (pl.col("parsed").is_null(), "time_period", f"Write {frequency.unit}s as {FORMS[frequency.code]}, {_YEARS}"),
        (
            pl.col("number").is_null() & pl.col("obs_value").is_not_null(),
            "obs_value",
            f"Write plain digits with a decimal point; leave a {frequency.unit} without a figure empty or out",
        ),
    ):
        _refuse(typed.filter(bad), what, remedy)
    return typed.select("row", "series_id", time_period="parsed", obs_value="number")


def id_text(kind: pl.DataType, column: str = "series_id") -> pl.Expr:
    """Return the ids of a column of this type as text without blanks around it, null where there is none."""
    name = pl.col(column)
    if kind.is_nested():
        return pl.lit(None, pl.String)
    if isinstance(kind, pl.Binary):
        # A cast would end with an error of polars where the bytes are no text.
        name = name.map_elements(lambda raw: raw.decode(errors="ignore"), return_dtype=pl.String)
    text = name.cast(pl.String, strict=False).str.strip_chars().str.strip_chars(_INVISIBLE).str.strip_chars()
    return pl.when(text != "").then(text)


def months(kind: pl.DataType) -> pl.Expr:
    """Return the first day of the month of each `time_period` of this type, null where it names none."""
    return MONTHLY.start(days(kind))


def days(kind: pl.DataType) -> pl.Expr:
    """Return the day that each `time_period` of this type names, null where it names none; the first of a month.

    A moment with a time zone belongs to the day that its zone had. Years of two digits are none.
    """
    period = pl.col("time_period")
    if isinstance(kind, pl.String | pl.Categorical | pl.Enum):
        text = period.cast(pl.String).str.strip_chars()
        quarter = text.str.extract(_QUARTER, 2).cast(pl.Int64)
        first = text.str.extract(_QUARTER, 1) + "-" + (3 * quarter - 2).cast(pl.String) + "-1"
        text = pl.when(text.str.contains(_WRITTEN)).then(text).otherwise(first)
        day = pl.coalesce(text.str.to_date("%Y-%m-%d", strict=False), (text + "-01").str.to_date(strict=False))
    elif isinstance(kind, pl.Date | pl.Datetime):
        day = period.dt.date()
    else:
        day = pl.lit(None, pl.Date)
    return pl.when(day.dt.year().is_between(EARLIEST_YEAR, LATEST_YEAR)).then(day)


def numbers(kind: pl.DataType) -> pl.Expr:
    """Return each `obs_value` of this type as a number, null where it is none."""
    value = pl.col("obs_value")
    if kind.is_nested() or kind.is_temporal() or isinstance(kind, pl.Binary):
        return pl.lit(None, pl.Float64)
    if isinstance(kind, pl.Categorical | pl.Enum | pl.String):
        value = value.cast(pl.String).str.strip_chars()
    return value.cast(pl.Float64, strict=False)


def _refuse(bad: pl.DataFrame, what: str, remedy: str) -> None:
    """Raise if any row is left, and name the first one."""
    if not bad.is_empty():
        first = bad.row(0, named=True)
        cell = first[what]
        raise InputError(f"Row {first['row']}: {what} is {'empty' if cell is None else repr(str(cell))}. {remedy}.")


def _refuse_values(rows: pl.DataFrame, frequency: Frequency) -> None:
    """Raise if a value cannot be a flow, or a period stands twice."""
    value = pl.col("obs_value")
    bad = rows.filter(value.is_not_null() & (~value.is_finite() | (value < 0)))
    if not bad.is_empty():
        row, series, month, number = bad.row(0)
        kind = "below zero" if number < 0 and np.isfinite(number) else "no finite number"
        raise InputError(
            f"Row {row}: {series} is {number:g} in {frequency.label(month)}, which is {kind}. Correct it, or leave the "
            f"{frequency.unit} out."
        )
    twice = rows.filter(pl.struct("series_id", "time_period").is_duplicated()).sort("series_id", "time_period", "row")
    if not twice.is_empty():
        first, second = twice.row(0, named=True), twice.row(1, named=True)
        raise InputError(
            f"Row {second['row']}: {second['series_id']} has {frequency.label(second['time_period'])} twice (also row "
            f"{first['row']}). Keep one value a {frequency.unit}{_OTHER_SEASONS[frequency.code]}."
        )


def _too_thin(renamed: pl.DataFrame, rows: pl.DataFrame, frequency: Frequency) -> dict[str, str]:
    """Return the series that have too few periods, with the reason."""
    recent, fewest, units = frequency.periods(RECENT), frequency.periods(FEWEST_RECENT), f"{frequency.unit}s"
    period, numbered = pl.col("period"), rows.with_columns(period=frequency.index(pl.col("time_period")))
    counted = numbered.group_by("series_id").agg(
        pl.len().alias("n"),
        (period.max() - period.min()).alias("age"),
        pl.col("time_period").max().alias("last"),
        (period > period.max() - recent).sum().alias("recent"),
    )
    every = renamed.select("series_id").unique().join(counted, on="series_id", how="left").sort("series_id")
    reasons = {}
    for name, n, age, end, late in every.iter_rows():
        if (n or 0) < FEWEST:
            reasons[name] = f"{name} has {n or 0} observed {units}; a forecast needs at least {FEWEST}. Add {units}."
        elif late < fewest and age >= recent:
            reasons[name] = (
                f"{name} has only {late} of its last {recent} {units}, up to {frequency.label(end)}; a forecast needs "
                f"at least {fewest}. Fill the gaps or leave the series out{_hint(n, age, frequency)}."
            )
    return reasons


def _hint(observed: int, age: int, frequency: Frequency) -> str:
    """Return what else may be meant where every third month has a figure."""
    return ", or give the season of quarters, 4" if frequency is MONTHLY and age == 3 * (observed - 1) else ""


def _block(part: pl.DataFrame, end: int, frequency: Frequency) -> Block:
    """Return the matrix of some series that end in the same period."""
    ids = part["series_id"].unique(maintain_order=True)
    row = part["series_id"].rle_id().to_numpy()
    age = end - part["period"].to_numpy()
    kept = age < frequency.periods(MEMORY_OF_WEEKS if frequency is WEEKLY else MEMORY)
    months = int(age[kept].max()) + 1 + (LEAD if frequency is MONTHLY else LEAD_YEARS * frequency.per_year)
    Y = np.full((len(ids), months), np.nan)
    Y[row[kept], months - 1 - age[kept]] = part["obs_value"].to_numpy()[kept]
    return Block(tuple(ids), Y, end, frequency)

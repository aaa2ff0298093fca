"""A panel by month, quarter or week: checked on entry, then cut into blocks, matrices of series by periods."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analysis.core import observations
from analysis.core.errors import CoverageError, InputError
from analysis.core.frequency import MONTHLY, WEEKLY, Frequency
from analysis.methods.forecasting.settings import LEAD, LEAD_YEARS, MEMORY, MEMORY_OF_WEEKS, Array

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
    renamed = observations.read_rows(table, frequency=frequency)
    _refuse_values(renamed, frequency)
    known = renamed.drop_nulls("obs_value").sort("series_id", "time_period")
    skipped = _too_thin(renamed, known, frequency)
    kept = known.filter(~pl.col("series_id").is_in(pl.Series(list(skipped), dtype=pl.String).implode()))
    if kept.is_empty():
        nothing = f"The panel has no rows. Give a {frequency.unit} and a value a row."
        raise CoverageError(next(iter(skipped.values()), nothing))
    return Panel(kept.select("series_id", "time_period", "obs_value"), skipped, frequency)


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

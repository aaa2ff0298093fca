"""A monthly panel: checked on entry, then cut into blocks, matrices of series by months."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core import observations
from analysis.core.errors import CoverageError, InputError
from analysis.methods.forecasting.settings import LEAD, MEMORY, Array

#: Fewest observed months of a series, and fewest within its last 24 if it is that old; a series with fewer is skipped
#: with a sentence.
FEWEST, FEWEST_RECENT = 3, 12


@dataclass(frozen=True)
class Block:
    """Series that end in the same month.

    Attributes
    ----------
    ids
        Their names.
    Y
        Series by months, NaN where nothing was observed; the last column is the last month of each.
    end
        Months from January 1970 to the last column.
    """

    ids: tuple[str, ...]
    Y: Array
    end: int

    @property
    def start(self) -> int:
        """Months from January 1970 to the first column."""
        return self.end - int(self.Y.shape[1]) + 1


@dataclass(frozen=True)
class Panel:
    """A checked panel.

    Attributes
    ----------
    table
        `series_id`, `time_period` (first day), `obs_value` (finite, at least 0), sorted, no null.
    skipped
        Series without enough months, each with the sentence that says so.
    """

    table: pl.DataFrame
    skipped: dict[str, str]

    def ids(self) -> list[str]:
        """Return the names of the series that can be forecast, in order."""
        return self.table["series_id"].unique(maintain_order=True).to_list()

    def select(self, ids: list[str]) -> "Panel":
        """Return the panel of some series."""
        return Panel(self.table.filter(pl.col("series_id").is_in(pl.Series(ids, dtype=pl.String).implode())), {})

    def without(self, ids: list[str]) -> "Panel":
        """Return the panel without some series."""
        return Panel(
            self.table.filter(~pl.col("series_id").is_in(pl.Series(ids, dtype=pl.String).implode())), self.skipped
        )

    def blocks(self, *, size: int = 200) -> Iterator[Block]:
        """Yield the series by their last month, so many at a time: memory does not grow with the panel."""
        month = pl.col("time_period")
        numbered = self.table.select(
            "series_id", "obs_value", month=(month.dt.year().cast(pl.Int64) - 1970) * 12 + month.dt.month() - 1
        )
        ends = numbered.group_by("series_id", maintain_order=True).agg(pl.col("month").max().alias("end"))
        counted = ends.with_columns(part=pl.int_range(pl.len()).over("end") // size)
        joined = numbered.join(counted, on="series_id", how="left", maintain_order="left", validate="m:1")
        parts = joined.partition_by("end", "part", as_dict=True, maintain_order=True)
        for (end, _), part in sorted(parts.items()):
            yield _block(part, int(end))


def read(table: pl.DataFrame) -> Panel:
    """Check a panel and bring it into one layout.

    Parameters
    ----------
    table
        `series_id, time_period, obs_value` or `unique_id, ds, y`: one row a series and month, any order; a month that
        is absent or null was not observed. Dates stand for their month.

    Raises
    ------
    InputError
        If a column is absent, a month cannot be read or stands twice, or a value is negative or not finite.
    CoverageError
        If no series has enough months.
    """
    renamed = observations.read_rows(table)
    _refuse_values(renamed)
    rows = renamed.drop_nulls("obs_value").sort("series_id", "time_period")
    skipped = _too_thin(renamed, rows)
    kept = rows.filter(~pl.col("series_id").is_in(pl.Series(list(skipped), dtype=pl.String).implode()))
    if kept.is_empty():
        raise CoverageError(next(iter(skipped.values()), "The panel has no rows. Give a month and a value a row."))
    return Panel(kept.select("series_id", "time_period", "obs_value"), skipped)


def _refuse_values(rows: pl.DataFrame) -> None:
    """Raise if a value cannot be a flow, or a month stands twice."""
    value = pl.col("obs_value")
    bad = rows.filter(value.is_not_null() & (~value.is_finite() | (value < 0)))
    if not bad.is_empty():
        row, series, month, number = bad.row(0)
        kind = "below zero" if number < 0 and np.isfinite(number) else "no finite number"
        raise InputError(
            f"Row {row}: {series} is {number:g} in {month:%Y-%m}, which is {kind}. Correct it, or leave the month out."
        )
    twice = rows.filter(pl.struct("series_id", "time_period").is_duplicated()).sort("series_id", "time_period", "row")
    if not twice.is_empty():
        first, second = twice.row(0, named=True), twice.row(1, named=True)
        raise InputError(
            f"Row {second['row']}: {second['series_id']} has {second['time_period']:%Y-%m} twice (also row "
            f"{first['row']}). Keep one value a month."
        )


def _too_thin(renamed: pl.DataFrame, rows: pl.DataFrame) -> dict[str, str]:
    """Return the series that have too few months, with the reason."""
    last = pl.col("time_period").max()
    recent = pl.col("time_period") > last.dt.offset_by("-24mo")
    counted = rows.group_by("series_id").agg(
        pl.len().alias("n"),
        pl.col("time_period").min().alias("first"),
        last.alias("last"),
        recent.sum().alias("recent"),
    )
    every = renamed.select("series_id").unique().join(counted, on="series_id", how="left").sort("series_id")
    reasons = {}
    for name, n, first, end, late in every.iter_rows():
        if (n or 0) < FEWEST:
            reasons[name] = f"{name} has {n or 0} observed months; a forecast needs at least {FEWEST}. Add months."
        elif late < FEWEST_RECENT and first <= _two_years_before(end):
            reasons[name] = (
                f"{name} has only {late} of its last 24 months, up to {end:%Y-%m}; a forecast needs at least "
                f"{FEWEST_RECENT}. Fill the gaps or leave the series out."
            )
    return reasons


def _two_years_before(end: dt.date) -> dt.date:
    """Return the same month two years before."""
    return end.replace(year=end.year - 2)


def _block(part: pl.DataFrame, end: int) -> Block:
    """Return the matrix of some series that end in the same month."""
    ids = part["series_id"].unique(maintain_order=True)
    row = part["series_id"].rle_id().to_numpy()
    age = end - part["month"].to_numpy()
    kept = age < MEMORY
    months = int(age[kept].max()) + 1 + LEAD
    Y = np.full((len(ids), months), np.nan)
    Y[row[kept], months - 1 - age[kept]] = part["obs_value"].to_numpy()[kept]
    return Block(tuple(ids), Y, end)

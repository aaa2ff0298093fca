"""Published figures that the reconstruction was not shown, and whether its intervals held them."""

import datetime as dt

import polars as pl

from analysis.core.vocabulary import LEVEL_MEASURES
from analysis.sources.evidence import Known
from analysis.sources.registers import HELD_OUT

#: What says which series a figure belongs to.
SERIES = ("series_id", "place", "indicator", "flow", "mode")

#: From what was known on the day before a figure was published; from everything published since.
VARIANTS = ("nowcast", "smoothed")


#: Kinds of flows by which the record is kept.
KINDS = ("freight", "trains", "vehicles", "trade", "persons", "other")

#: How many other figures within a year a series has: the first and the last of each class of the record, None for open.
OWN_FIGURES = ((0, 0), (1, 2), (3, 5), (6, None))


def held_out(known: Known) -> pl.DataFrame:
    """Return how well the figures of a ledger were reconstructed without them.

    Trying all takes minutes, so `benchmarks/leave_out.py --record data/held_out.csv` does it and this reads the result.

    Parameters
    ----------
    known
        What had been published by a day; figures that were not are left out.

    Returns
    -------
    DataFrame
        `statement_id`, `SERIES`, `variant` (one of `VARIANTS`); `kind` of flow (`KINDS`); `own_figures`, how many other
        figures its series had within a year; `inside80`, `inside95`, whether the figure lay inside the interval (0 or
        1); `width80`, the width of the interval, and `error` of the median, as shares of the figure; `baseline`, the
        error of the year before times the growth of the year to date (null where there is none).
    """
    table, series = known.evidence.registers[HELD_OUT.name], known.statements.select("statement_id", *SERIES)
    return table.join(series, on="statement_id", how="inner", maintain_order="left", validate="m:1")


def own_figures(known: Known, series_id: str) -> int:
    """Return how many figures a series has whose periods end within the year before the cut-off."""
    recent = (pl.col("period_end") > known.as_of - dt.timedelta(days=366)) & (pl.col("period_end") <= known.as_of)
    figure = pl.col("measure").is_in(LEVEL_MEASURES) & pl.col("relation").is_in(["eq", "approx"])
    return known.usable.filter(pl.col("series_id") == series_id, figure, recent).height


def with_own_figures(held: pl.DataFrame, count: int) -> pl.DataFrame:
    """Return the rows of the class of `OWN_FIGURES` in which a series with so many other figures lies."""
    first, last = next(each for each in OWN_FIGURES if each[0] <= count and (each[1] is None or count <= each[1]))
    inside = pl.col("own_figures") >= first
    return held.filter(inside if last is None else inside & (pl.col("own_figures") <= last))


def coverage(held: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Summarise what `held_out` returns.

    Parameters
    ----------
    held
        Rows of `held_out`.
    keys
        Columns to summarise by, such as `variant` and `series_id`.

    Returns
    -------
    DataFrame
        The keys, `n`; `inside80`, `inside95`, means; `width80`, `error`, `baseline`, medians. Sorted by the keys.
    """
    return (
        held.group_by(keys)
        .agg(
            pl.len().alias("n"),
            pl.col("inside80", "inside95").mean(),
            pl.col("width80", "error", "baseline").median(),
        )
        .sort(keys)
    )

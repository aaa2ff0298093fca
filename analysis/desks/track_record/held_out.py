"""Published figures that the reconstruction was not shown, and whether its intervals held them."""

import polars as pl

from analysis.sources.evidence import Known
from analysis.sources.registers import HELD_OUT

#: What says which series a figure belongs to.
SERIES = ("series_id", "place", "indicator", "flow", "mode")

#: From what was known on the day before a figure was published; from everything published since.
VARIANTS = ("nowcast", "smoothed")


def held_out(known: Known) -> pl.DataFrame:
    """Return how well the figures of a ledger were reconstructed without them.

    Trying all takes minutes, so `benchmarks/held_out.py --out data/held_out.csv` does it and this reads what it wrote.

    Parameters
    ----------
    known
        What had been published by a day; figures that were not are left out.

    Returns
    -------
    DataFrame
        `statement_id`, `SERIES`, `variant` (one of `VARIANTS`); `inside80`, `inside95`, how much of the figure's
        rounding lies inside the interval (0 to 1); `width80`, the width of the interval, and `error` of the median, as
        shares of the figure; `baseline`, that of the year before times the growth of the year to date (null where
        there is none).
    """
    table, series = known.evidence.registers[HELD_OUT.name], known.statements.select("statement_id", *SERIES)
    return table.join(series, on="statement_id", how="inner", maintain_order="left", validate="m:1")


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

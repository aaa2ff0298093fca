"""Days on which a port was and will be open, where a calendar is given."""

import numpy as np
import polars as pl

from analysis.errors import InputError
from analysis.forecasting.panel import Block
from analysis.forecasting.settings import Array


def shares(open_days: pl.DataFrame) -> dict[str, tuple[Array, Array]]:
    """Return months since January 1970 and shares by series.

    Parameters
    ----------
    open_days
        `series_id`, `time_period`, `share_open` from 0 to 1.

    Raises
    ------
    InputError
        If a column is absent or a share is none.
    """
    missing = [name for name in ("series_id", "time_period", "share_open") if name not in open_days.columns]
    if missing:
        raise InputError(f"The table of open days lacks {', '.join(missing)}. Add them.")
    share = pl.col("share_open")
    bad = open_days.filter(~share.is_between(0, 1).fill_null(False))
    if not bad.is_empty():
        row = bad.row(0, named=True)
        raise InputError(
            f"The table of open days has {row['share_open']} for {row['series_id']} in {row['time_period']:%Y-%m}. "
            "Give a share from 0 to 1."
        )
    month = pl.col("time_period")
    numbered = open_days.select(
        "series_id", "share_open", month=(month.dt.year().cast(pl.Int64) - 1970) * 12 + month.dt.month() - 1
    )
    parts = numbered.partition_by("series_id", as_dict=True)
    return {str(name): (part["month"].to_numpy(), part["share_open"].to_numpy()) for (name,), part in parts.items()}


def of_block(block: Block, shares: dict[str, tuple[Array, Array]], *, horizon: int) -> Array:
    """Return the open shares of a block, series by month through the horizon."""
    months = block.Y.shape[1] + horizon
    out = np.ones((len(block.ids), months))
    for place, name in enumerate(block.ids):
        if name in shares:
            month, share = shares[name]
            column = month - block.start
            inside = (column >= 0) & (column < months)
            out[place, column[inside].astype(int)] = share[inside]
    return out

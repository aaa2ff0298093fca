"""Days on which a port was and will be open, where a calendar is given."""

import numpy as np
import polars as pl

from analysis.core.errors import InputError
from analysis.core.frequency import MONTHLY, Frequency
from analysis.core.observations import FORMS, days, id_text
from analysis.methods.forecasting.panel import Block
from analysis.methods.forecasting.settings import Array


def checked_open_days(open_days: pl.DataFrame, frequency: Frequency = MONTHLY) -> pl.DataFrame:
    """Return open days with first days of periods, typed.

    Parameters
    ----------
    open_days
        `series_id`, `time_period`, `share_open` from 0 to 1: one row a series and period.
    frequency
        Its periods.

    Returns
    -------
    DataFrame
        The same columns: text, date, number.

    Raises
    ------
    InputError
        If a column is absent, a month cannot be read or stands twice, or a share is none.
    """
    missing = [name for name in ("series_id", "time_period", "share_open") if name not in open_days.columns]
    if missing:
        raise InputError(f"The table of open days lacks {', '.join(missing)}. Add them.")
    share = pl.col("share_open").cast(pl.Float64, strict=False)
    first = frequency.start(days(open_days.schema["time_period"]))
    typed = open_days.select(id_text(open_days.schema["series_id"]), "time_period", share_open=share, first=first)
    for bad, what, remedy in (
        (pl.col("series_id").is_null(), "no name", "Name the series"),
        (pl.col("first").is_null(), f"no {frequency.unit} that can be read", f"Write {FORMS[frequency.code]}"),
        (~pl.col("share_open").is_between(0, 1).fill_null(False), "no share from 0 to 1", "Correct it"),
        (pl.struct("series_id", "first").is_duplicated(), f"the {frequency.unit} twice", "Keep one"),
    ):
        wrong = typed.filter(bad)
        if not wrong.is_empty():
            name, period, value, _ = wrong.row(0)
            raise InputError(f"Open days of {name} in {period}, {value}, have {what}. {remedy}.")
    return typed.select("series_id", time_period="first", share_open="share_open")


def open_shares(open_days: pl.DataFrame, frequency: Frequency = MONTHLY) -> dict[str, tuple[Array, Array]]:
    """Return numbers of periods and shares by series; parameters and errors as of `checked_open_days`."""
    numbered = checked_open_days(open_days, frequency).select(
        "series_id", "share_open", period=frequency.index(pl.col("time_period"))
    )
    parts = numbered.partition_by("series_id", as_dict=True)
    return {str(name): (part["period"].to_numpy(), part["share_open"].to_numpy()) for (name,), part in parts.items()}


def block_shares(block: Block, shares: dict[str, tuple[Array, Array]], *, horizon: int) -> Array:
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

"""How prices of a year changed on the year before, from published rates (docs/methods/deflation.md)."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import EvidenceError
from analysis.sources.evidence import Known

#: China's producer prices: the price index of industry that the ledger has.
PRODUCER_PRICES = "china.ppi_yoy.total.all"


@dataclass(frozen=True)
class PriceGrowth:
    """The change of prices of some months of a year on the same months of the year before.

    Attributes
    ----------
    year
        The year.
    growth
        A fraction.
    how
        `average`: published for January to a month of the year, or all of it; `months`: the mean of published months.
    months
        How many months it covers.
    ids
        The statements behind it.
    """

    year: int
    growth: float
    how: str
    months: int
    ids: tuple[str, ...]


def price_growth(known: Known, year: int, *, series: str = PRODUCER_PRICES) -> PriceGrowth:
    """Return the change of prices in a year: the longest published average from January on, else the mean of months.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    year
        The year.
    series
        A series of growth on the year before.

    Raises
    ------
    EvidenceError
        If nothing was published for the year.
    """
    own = known.statements.filter(
        (pl.col("series_id") == series)
        & (pl.col("measure") == "yoy_growth")
        & (pl.col("status") == "valid")
        & (pl.col("period_end").dt.year() == year)
    ).sort("period_end", "available_on", "statement_id")
    averages = own.filter(
        (pl.col("period_start") == dt.date(year, 1, 1)) & (pl.col("period_end") > dt.date(year, 1, 31))
    )
    if averages.height:
        row = averages.row(-1, named=True)
        return PriceGrowth(year, row["value"], "average", row["period_end"].month, (row["statement_id"],))
    months = own.unique("period_end", keep="last", maintain_order=True)
    if months.is_empty():
        raise EvidenceError(
            f"No change of {series} in {year} was published by {known.as_of}. Ask for another year, or add a statement."
        )
    growth = float(months["value"].mean())  # type: ignore[arg-type]
    return PriceGrowth(year, growth, "months", months.height, tuple(months["statement_id"]))

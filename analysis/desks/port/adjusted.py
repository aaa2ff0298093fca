"""Freight a day of opening without season and festival, as an index of the last year with a stated total."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.path_table import significant
from analysis.core.periods import month_end
from analysis.desks.port.comparisons import full_years
from analysis.desks.port.outlook import Outlook
from analysis.methods.reconstruction.adjusted import adjusted_rates

LEVELS = (80, 95)

_SCHEMA = {
    "time_period": pl.Date,
    "level": pl.Int64,
    "median": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "drawn": pl.Boolean,
    "reason": pl.String,
}


@dataclass(frozen=True)
class AdjustedIndex:
    """The index of one port.

    Attributes
    ----------
    base_year
        The last year with a stated total above zero, up to the edition's; None where there is none.
    base_ids
        The statements of that total.
    table
        One row a month and level: `time_period, level, median, lower, upper` (base year = 100), `drawn`, `reason` (as
        in `Outlook.months`). Months without an open day are left out; empty without a base year.
    behind
        The statements of the base year's total, and those that bear on the last month that may be drawn, up to the
        edition's, relative to that year.
    """

    base_year: int | None
    base_ids: list[str]
    table: pl.DataFrame
    behind: list[str]

    def drawn(self, *, years: int, until: dt.date) -> pl.DataFrame:
        """Return the rows that may be drawn, of so many years up to a month."""
        recent = pl.col("time_period").dt.year() > until.year - years
        return self.table.filter(pl.col("drawn") & recent & (pl.col("time_period") <= until))


def adjusted_index(outlook: Outlook) -> AdjustedIndex:
    """Return freight a day of opening without season and festival; docs/methods/adjustment.md.

    Parameters
    ----------
    outlook
        The edition's outlook.
    """
    figures = full_years(outlook.published).filter((pl.col("year") <= outlook.edition.year) & (pl.col("value") > 0))
    base = figures["year"].max()
    if not isinstance(base, int):
        return AdjustedIndex(None, [], pl.DataFrame(schema=_SCHEMA), [])
    path = outlook.reconstruction
    index = index_of(adjusted_rates(outlook.fitted(), path), np.array([month.year == base for month in path.months]))
    rows = pl.concat(_summary(path.months, index, level) for level in LEVELS)
    verdict = outlook.months.select("time_period", "level", "drawn", "reason")
    table = rows.join(verdict, on=["time_period", "level"], how="inner", validate="1:1").sort("time_period", "level")
    ids = figures.filter(pl.col("year") == base)["statement_id"].to_list()
    last = table.filter(pl.col("drawn") & (pl.col("time_period") <= outlook.edition))["time_period"].max()
    behind = _bears_on(outlook, last, base) if isinstance(last, dt.date) else []
    return AdjustedIndex(base, ids, table.select(_SCHEMA.keys()), [*ids, *(one for one in behind if one not in ids)])


def index_of(rates: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Return rates, draws by months, relative to the mean of those of the base year in the same draw, times 100."""
    index: np.ndarray = 100 * rates / np.nanmean(rates[:, base], axis=1, keepdims=True)
    return index


def _bears_on(outlook: Outlook, month: dt.date, base: int) -> list[str]:
    """Return the statements that bear on a month relative to a year."""
    return outlook.bears_on(month, month_end(month), against=(dt.date(base, 1, 1), dt.date(base, 12, 31)))


def _summary(months: tuple[dt.date, ...], index: np.ndarray, level: int) -> pl.DataFrame:
    """Return median and interval of the months with an open day."""
    known = np.isfinite(index).all(axis=0)
    tails = [0.5, 0.5 - level / 200, 0.5 + level / 200]
    middle, lower, upper = significant(np.quantile(index[:, known], tails, axis=0))
    shown = [month for month, here in zip(months, known, strict=True) if here]
    columns = {"time_period": shown, "level": [level] * len(shown), "median": middle, "lower": lower, "upper": upper}
    return pl.DataFrame(columns, schema_overrides={"level": pl.Int64})

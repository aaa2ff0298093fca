"""What editions of earlier months said of figures that were published after them."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.core.path_table import significant
from analysis.core.periods import month_end
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling
from analysis.estimates import kept_fits
from analysis.estimates.inputs import inputs
from analysis.estimates.paths import YEARS_SHOWN
from analysis.methods.reconstruction import Reconstruction
from analysis.sources import ledger
from analysis.sources.evidence import Known

#: Bounds of the 80 and 95% intervals, as shares of the draws below them.
_BOUNDS = {"lower95": 0.025, "lower80": 0.1, "median": 0.5, "upper80": 0.9, "upper95": 0.975}

_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "edition": pl.Date,
    "series_id": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "statement_id": pl.String,
    **dict.fromkeys(("actual", "baseline", *_BOUNDS), pl.Float64),
}

SCHEMA = pl.Schema(_COLUMNS)


def editions(
    known: Known,
    *,
    series: Sequence[str],
    months: Sequence[dt.date],
    sampling: Sampling = DEFAULT_SAMPLING,
) -> pl.DataFrame:
    """Compare earlier editions with what was published later about the rest of their year.

    An edition is made again from the statements that were public by its month's last day, by today's method: it is the
    record of the method, not of the pages that were printed.

    Parameters
    ----------
    known
        What had been published by the day of the record.
    series
        Whose totals.
    months
        Months of the editions.
    sampling
        Draws and their seed; the intervals are always of 80 and 95%.

    Returns
    -------
    DataFrame
        `SCHEMA`: one row an edition and later figure since 1 January of its year, in the unit of the series. `baseline`
        carries the pace of the newest such figure that the edition knew on, day by day; null where it knew none.
    """
    rows = []
    for month in months:
        then = known.at(month_end(month))
        later = _later(known, series, then.as_of)
        if later.is_empty():
            continue
        start, end = dt.date(month.year - YEARS_SHOWN + 1, 1, 1), dt.date(month.year, 12, 31)
        results = kept_fits.paths(inputs(then, series=series, start=start, end=end), series, sampling)
        for row in later.iter_rows(named=True):
            path = results[row["series_id"]]
            if isinstance(path, Reconstruction):
                pace = _pace(_sums_to_date(then, row["series_id"]), row)
                rows.append({"edition": month, **row, **_interval(path, row), "baseline": pace})
    return pl.DataFrame(rows, schema=SCHEMA)


def _later(known: Known, series: Sequence[str], as_of: dt.date) -> pl.DataFrame:
    """Return the exact figures since 1 January that came out after an edition and reach beyond it, the last of each."""
    year = dt.date(as_of.year, 1, 1)
    chosen = _totals(ledger.evidence(known.statements), series, year).filter(
        (pl.col("available_on") > as_of)
        & (pl.col("period_end") > as_of)
        & (pl.col("period_end") <= dt.date(as_of.year, 12, 31))
    )
    last = chosen.sort("available_on", "statement_id").unique(["series_id", "period_end"], keep="last")
    return last.sort("series_id", "period_end").select(
        "series_id", "period_start", "period_end", pl.col("value").alias("actual"), "statement_id"
    )


def _sums_to_date(then: Known, series_id: str) -> pl.DataFrame:
    """Return the figures since 1 January that an edition knew, the longest period last."""
    return _totals(ledger.evidence(then.statements), [series_id], dt.date(then.as_of.year, 1, 1)).sort("period_end")


def _totals(evidence: pl.DataFrame, series: Sequence[str], year: dt.date) -> pl.DataFrame:
    return evidence.filter(
        pl.col("series_id").is_in(list(series))
        & (pl.col("measure") == "level")
        & (pl.col("relation") == "eq")
        & (pl.col("period_start") == year)
    )


def _interval(path: Reconstruction, row: dict[str, dt.date]) -> dict[str, float]:
    """Return the median and the bounds of the sum over the days of a later figure."""
    total = path.total(row["period_start"], row["period_end"])
    bounds = significant(np.quantile(total, list(_BOUNDS.values())))
    return dict(zip(_BOUNDS, map(float, bounds), strict=True))


def _pace(known: pl.DataFrame, row: dict[str, dt.date]) -> float | None:
    """Return what comes of carrying the pace of the newest known figure on through the days of a later one."""
    if known.is_empty():
        return None
    newest = known.row(-1, named=True)
    days = (newest["period_end"] - newest["period_start"]).days + 1
    wanted = (row["period_end"] - row["period_start"]).days + 1
    return float(significant(np.array([newest["value"] / days * wanted]))[0])

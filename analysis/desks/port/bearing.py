"""Which statements of other series bear on a port's total of a year, and which are of its own family."""

import datetime as dt

import polars as pl

from analysis.core.vocabulary import GROWTH_MEASURES, LEVEL_MEASURES
from analysis.methods.reconstruction import Reconstruction
from analysis.sources.evidence import Known


def bearing(known: Known, path: Reconstruction, year: int) -> pl.DataFrame:
    """Return the statements about some of a year, of any series, that bear on its total."""
    ids = path.bearing_statements(dt.date(year, 1, 1), dt.date(year, 12, 31))
    return known.counted.filter(pl.col("statement_id").is_in(ids) & _about(year)).sort("period_end", "statement_id")


def related(known: Known, path: Reconstruction, *, place: str, mode: str, year: int) -> pl.DataFrame:
    """Return what was published of a year about the same place and activity in other series, or bears on its total.

    Parameters
    ----------
    known
        What was known by the data cut-off.
    path
        The reconstruction of the series.
    place, mode
        The port, and `road` or `rail`.
    year
        The year in question.

    Returns
    -------
    pl.DataFrame
        Rows of the ledger with `count`, by the end of their periods: sums, averages and growth, neither reprints nor
        rows that are not valid.
    """
    indicators = known.evidence.indicators
    own = known.counted.filter(pl.col("series_id") == path.series_id)["indicator"]
    activities = {indicators.activity(one) for one in own.unique()} - {None}
    family = [name for name, row in indicators.rows.items() if row.activity in activities]
    of_place = (
        (pl.col("place") == place)
        & pl.col("indicator").is_in(family)
        & pl.col("mode").is_in([mode, "all"])
        & pl.col("measure").is_in([*LEVEL_MEASURES, *GROWTH_MEASURES])
        & (pl.col("status") == "valid")
        & (pl.col("same_as").fill_null("") == "")
    )
    ids = bearing(known, path, year)["statement_id"].to_list()
    found = known.counted.filter((of_place | pl.col("statement_id").is_in(ids)) & _about(year))
    return found.filter(pl.col("series_id") != path.series_id).sort("period_end", "available_on", "statement_id")


def _about(year: int) -> pl.Expr:
    """Return whether the period of a statement has days in a year."""
    return (pl.col("period_start").dt.year() <= year) & (pl.col("period_end").dt.year() >= year)

"""What proposed statements would do to the estimates of their years (docs/methods/news.md)."""

import datetime as dt

import polars as pl

from analysis.core.errors import SilkportError
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling
from analysis.estimates.news import news
from analysis.sources.evidence import Evidence


def effects(evidence: Evidence, grown: pl.DataFrame, *, sampling: Sampling = DEFAULT_SAMPLING) -> pl.DataFrame:
    """Return how the estimate of each year's total would move with the statements that a ledger gained.

    Parameters
    ----------
    evidence
        A data folder's ledger and registers, before.
    grown
        The ledger with the new statements, as `ledger.grown` returns it.
    sampling
        Draws behind each estimate, and their seed.

    Returns
    -------
    DataFrame
        One row a series and year that gained a level or growth: `series_id, year, before, after` (medians of the
        year's total in `unit`, null where nothing could be estimated), `unit`, and `why`, the sentence of an estimate
        that cannot be made.
    """
    old = set(evidence.statements["statement_id"])
    gained = grown.filter(~pl.col("statement_id").is_in(list(old)) & pl.col("measure").is_in(_MOVING))
    flows = evidence.indicators.monthly_flows(gained.select("series_id", "indicator").unique(maintain_order=True))
    later = evidence.with_statements(grown)
    asked = (
        gained.filter(pl.col("series_id").is_in(flows))
        .group_by("series_id", year=pl.col("period_end").dt.year(), maintain_order=True)
        .agg(pl.col("available_on").max())
    )
    rows = [_effect(later, series_id, year, day, sampling) for series_id, year, day in asked.iter_rows()]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


_MOVING = ("level", "daily_average", "monthly_average", "yoy_growth")
_SCHEMA = pl.Schema(
    {
        "series_id": pl.String, "year": pl.Int32, "before": pl.Float64, "after": pl.Float64, "unit": pl.String,
        "why": pl.String,
    }
)  # fmt: skip


def _effect(
    evidence: Evidence, series_id: str, year: int, day: dt.date, sampling: Sampling
) -> tuple[str, int, float | None, float | None, str | None, str | None]:
    """Return one row of `effects`: the estimates on the eve of the newest statement and on its day."""
    try:
        moved = news(evidence, series_id, since=day - dt.timedelta(days=1), until=day, year=year, sampling=sampling)
    except SilkportError as problem:
        return series_id, year, None, None, None, str(problem)
    return series_id, year, moved.before, moved.after, moved.unit, None

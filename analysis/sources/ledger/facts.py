"""The facts of a ledger: each measured figure once, with the rows that repeat it."""

import datetime as dt

import polars as pl

from analysis.core.vocabulary import EXPECTATION_MEASURES, FACT_COLUMNS
from analysis.sources import ledger
from analysis.sources.ledger.intervals import with_intervals


def facts(statements: pl.DataFrame, *, as_of: dt.date = dt.date.max) -> pl.DataFrame:
    """Return the valid, current statements about what happened, each with the row that stands for it.

    Expectations, plans and targets are gone, so are superseded rows, and repeats of a row that is doubtful or wrong
    at its source. Of rows that repeat one another (`same_as`, or the same figure) the original stands for all, else the
    earliest.

    Parameters
    ----------
    statements
        A ledger as `ledger.read` returns it.
    as_of
        The last day of publication that counts.

    Returns
    -------
    DataFrame
        The rows with `fact`, the id of the row that stands for them, and `low` and `high`, what they leave possible
        (`intervals.with_intervals`); in the order of the ledger.
    """
    rows = ledger.as_of(statements.with_columns(original=_originals(statements)), as_of)
    tainted = statements.filter(pl.col("status").is_in(["doubtful", "source wrong"]))["statement_id"]
    measured = rows.filter(
        (pl.col("status") == "valid")
        & ~pl.col("measure").is_in(EXPECTATION_MEASURES)
        & ~pl.col("original").is_in(tainted.implode())
    )
    return (
        measured.sort(pl.col("original") != pl.col("statement_id"), "available_on", "line")
        .with_columns(fact=pl.col("statement_id").first().over("original"))
        .with_columns(fact=pl.col("fact").first().over(FACT_COLUMNS))
        .with_columns(fact=pl.col("fact").first().over("original"))
        .sort("line")
        .drop("original")
        .pipe(with_intervals)
    )


def _originals(statements: pl.DataFrame) -> pl.Series:
    """Return the id of the row that each row repeats, through any chain of repeats; its own id if none."""
    repeated = dict(statements.filter(pl.col("same_as").is_not_null()).select("statement_id", "same_as").iter_rows())
    originals = statements["statement_id"]
    while originals.is_in(list(repeated)).any():
        originals = originals.replace(repeated)
    return originals

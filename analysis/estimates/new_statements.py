"""What became known between two days, and what each statement added to a total (docs/methods/news.md)."""

import datetime as dt

import polars as pl

from analysis.core.vocabulary import GROWTH_MEASURES
from analysis.methods.reconstruction import Posterior
from analysis.methods.reconstruction.gain import gain
from analysis.sources.evidence import Known
from analysis.sources.ledger.facts import facts

#: What makes two rows figures for the same thing.
SAME = ["series_id", "period_start", "period_end", "measure", "relation"]


def new_statements(known: Known, later: Posterior, used: list[str], since: dt.date) -> pl.DataFrame:
    """Return the statements of a fit that tell something new, in order of publication.

    Parameters
    ----------
    known
        What had been published by the later day.
    later
        The fit of that day.
    used
        Statements that were known before.
    since
        New is what became available after this day.

    Returns
    -------
    DataFrame
        Rows of the ledger with `known_on`, the first day of the fact; `revises`, the row known before that one
        replaces; and `revision`, how much the figure grew by that, in logs. Both are null for a new fact.
    """
    known_on = pl.col("available_on").min().over("fact")
    statements = known.evidence.statements
    first = facts(statements, as_of=known.as_of).select("statement_id", known_on=known_on)
    base = pl.col("measure").is_in(GROWTH_MEASURES).cast(pl.Float64)
    # From or to a zero a figure has not grown by any factor: the later one is a new fact.
    former = statements.filter(pl.col("statement_id").is_in(used), pl.col("value") + base > 0)
    former = former.select(*SAME, supersedes="statement_id", old="value")
    return (
        later.evidence.join(first, on="statement_id", how="left", validate="1:1")
        .filter(pl.col("known_on") > since)
        .join(former, on=["supersedes", *SAME], how="left", validate="m:1")
        .with_columns(old=pl.when(pl.col("value") + base > 0).then("old"))
        .with_columns(
            revises=pl.when(pl.col("old").is_not_null()).then("supersedes"),
            revision=((pl.col("value") + base) / (pl.col("old") + base)).log(),
        )
        .sort("known_on", "statement_id")
    )


def gains(
    later: Posterior, series_id: str, start: dt.date, end: dt.date, new: pl.DataFrame
) -> tuple[float, pl.DataFrame]:
    """Return the log of a total at the later mode, and what each new statement adds to it.

    Parameters
    ----------
    later, series_id, start, end
        The fit, and whose total from which day to which.
    new
        As `new_statements` returns it; the result is the same table with `gain`, in logs.

    Raises
    ------
    EvidenceError
        If no day of the total was open.
    """
    found = gain(
        later,
        series_id,
        start=start,
        end=end,
        new=new.filter(pl.col("revises").is_null())["statement_id"].to_list(),
        revised=dict(new.drop_nulls("revises").select("statement_id", "revision").iter_rows()),
    )
    return found.log_total, new.join(found.table, on="statement_id", how="inner", validate="1:1", maintain_order="left")

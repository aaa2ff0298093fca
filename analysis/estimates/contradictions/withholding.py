"""Which statements no estimate may use, as they contradict one another and nobody has said which is right."""

from collections.abc import Collection

import polars as pl

from analysis.core.reasons import Reason
from analysis.estimates.contradictions.finding import contradicting
from analysis.sources.evidence import Known
from analysis.sources.ledger.facts import facts
from analysis.sources.registers import KNOWN_CONFLICTS


def withheld(known: Known, *, series: Collection[str] | None = None) -> pl.DataFrame:
    """Return the statements that no estimate may use, as a contradiction about them is not resolved.

    Parameters
    ----------
    known
        What had been published by a day.
    series
        Series that are to be judged together with all that shares a flow with them; every series if not given.

    Returns
    -------
    DataFrame
        As `unresolved` returns it: what the register lists as withheld, and what is found and not listed.
    """
    register = known.evidence.registers[KNOWN_CONFLICTS.name]
    listed = register.filter("withheld").select("kind", "statement_ids", sentence="note")
    return unresolved(known, pl.concat([listed, contradicting(known, series=series)]))


def unresolved(known: Known, found: pl.DataFrame) -> pl.DataFrame:
    """Return the statements of contradictions that are not resolved, and all that repeat them.

    Parameters
    ----------
    known
        What had been published by the day.
    found
        Contradictions: `kind`, `statement_ids`, `sentence`. Those that the register of known conflicts lists as not
        withheld are left out; of those that it lists its note counts.

    Returns
    -------
    DataFrame
        One row a statement: `statement_id`, `series_id`, `reason` (what is known about it, or what was found) and
        `statement_ids`, those of the contradiction, joined by `;`.
    """
    register = known.evidence.registers[KNOWN_CONFLICTS.name]
    members = (
        found.join(register, on=["kind", "statement_ids"], how="left", validate="m:1", maintain_order="left")
        .filter(pl.col("withheld").fill_null(value=True))
        .select(
            pl.col("statement_ids").str.split(";").alias("fact"),
            "statement_ids",
            reason=pl.coalesce("note", "sentence"),
        )
        .explode("fact")
        .unique("fact", keep="first", maintain_order=True)
    )
    repeats = facts(known.evidence.statements, as_of=known.as_of).select("statement_id", "series_id", "fact")
    return members.join(repeats, on="fact", how="inner", validate="1:m", maintain_order="left_right").select(
        "statement_id", "series_id", "reason", "statement_ids"
    )


def about(statements: pl.DataFrame, series: Collection[str]) -> list[str]:
    """Return a sentence for each contradiction that touches some series, or any series if none is named.

    Parameters
    ----------
    statements
        As `withheld` returns them.
    series
        Names of series.
    """
    touching = statements.filter(pl.col("series_id").is_in(list(series))) if series else statements
    return [
        f"No estimate uses {', '.join(ids.split(';'))}: {reason}"
        for ids, reason in touching.select("statement_ids", "reason").unique(maintain_order=True).iter_rows()
    ]


def no_evidence(statements: pl.DataFrame, series_id: str, reason: Reason) -> Reason:
    """Return why a series has no path: its contradictory statements if there are any, else the reason given."""
    own = statements.filter(pl.col("series_id") == series_id)["statement_id"]
    if own.is_empty():
        return reason
    return Reason("all_withheld", series=series_id, statements=", ".join(own.sort()))

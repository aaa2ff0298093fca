"""Contradictions that are known: the statements that the register of them keeps from every estimate."""

import polars as pl


def withheld(known_conflicts: pl.DataFrame) -> pl.DataFrame:
    """Return the statements that no estimate may use, as a known contradiction about them is not resolved.

    Parameters
    ----------
    known_conflicts
        The register `registers.KNOWN_CONFLICTS`.

    Returns
    -------
    DataFrame
        `statement_id`, `reason`.
    """
    return (
        known_conflicts.filter("withheld")
        .select(pl.col("statement_ids").str.split(";").alias("statement_id"), reason="note")
        .explode("statement_id", empty_as_null=True)
        .unique("statement_id", keep="first", maintain_order=True)
    )

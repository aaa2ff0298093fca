"""Contradictions that are known: the register of them, and the statements that it keeps from every estimate."""

from pathlib import Path

import polars as pl

from analysis.core.errors import RegisterError
from analysis.sources import csv_tables

KNOWN = pl.Schema({"kind": pl.String, "statement_ids": pl.String, "withheld": pl.Boolean, "note": pl.String})


def known_conflicts(path: str | Path | None = None) -> pl.DataFrame:
    """Return the list of known contradictions.

    Parameters
    ----------
    path
        The list; the bundled `known_conflicts.csv` if not given.

    Returns
    -------
    DataFrame
        `kind`, `statement_ids` (joined by `;`), `withheld` (whether its figures are kept from every estimate and
        page) and `note`, the reason.

    Raises
    ------
    RegisterError
        If the list is unreadable.
    """
    return csv_tables.read_table(
        path or csv_tables.DATA / "known_conflicts.csv",
        KNOWN,
        key=("kind", "statement_ids"),
        required=("withheld", "note"),
        error=RegisterError,
    )


def withheld() -> pl.DataFrame:
    """Return the statements that no estimate may use, as a known contradiction about them is not resolved.

    Returns
    -------
    DataFrame
        `statement_id`, `reason`.
    """
    listed = known_conflicts().filter("withheld")
    return (
        listed.select(pl.col("statement_ids").str.split(";").alias("statement_id"), reason="note")
        .explode("statement_id")
        .unique("statement_id", keep="first", maintain_order=True)
    )

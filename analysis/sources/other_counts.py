"""Figures of another count: the same flow as another office counts it, more or less of it than the others do."""

import polars as pl

from analysis.core.errors import RegisterError
from analysis.sources import csv_tables

OTHER_COUNTS = pl.Schema(dict.fromkeys(("statement_id", "count", "note"), pl.String))


def with_counts(evidence: pl.DataFrame) -> pl.DataFrame:
    """Say which figures another office counted than the rest of their series.

    Growth rates compare like with like, so only levels and averages can have another count.

    Parameters
    ----------
    evidence
        Statements: `statement_id`.

    Returns
    -------
    DataFrame
        The statements with `count`: whose count it is, such as carriers; null for that of the series.

    Raises
    ------
    RegisterError
        If data/other_counts.csv breaks its schema.
    """
    path = csv_tables.DATA / "other_counts.csv"
    register = csv_tables.read_table(
        path, OTHER_COUNTS, key=("statement_id",), required=tuple(OTHER_COUNTS), error=RegisterError
    )
    return evidence.join(register.drop("note"), on="statement_id", how="left", maintain_order="left", validate="m:1")

"""Figures of another count: the same flow as another office counts it, more or less of it than the others do."""

import polars as pl


def with_counts(statements: pl.DataFrame, other_counts: pl.DataFrame) -> pl.DataFrame:
    """Say which figures another office counted than the rest of their series.

    Growth rates compare like with like, so only levels and averages can have another count.

    Parameters
    ----------
    statements
        Statements: `statement_id`.
    other_counts
        The register `registers.OTHER_COUNTS`.

    Returns
    -------
    DataFrame
        The statements with `count`: whose count it is, such as carriers; null for that of the series.
    """
    counts = other_counts.select("statement_id", "count")
    return statements.join(counts, on="statement_id", how="left", maintain_order="left", validate="m:1")

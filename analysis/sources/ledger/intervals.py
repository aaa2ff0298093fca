"""What a statement leaves possible, as an interval on its own scale."""

import math

import polars as pl

#: Half-width of "about" relative to the figure, where the printed digits are finer.
APPROXIMATE = 0.05


def with_intervals(statements: pl.DataFrame) -> pl.DataFrame:
    """Add `low` and `high`, the values that each statement leaves possible, in its own unit.

    An exact figure leaves its rounding, "about" five percent or its rounding, whichever is wider; "over N"
    leaves everything from N on, "under N" everything up to N.

    Parameters
    ----------
    statements
        Rows of a ledger with `value`, `half_width` and `relation`.
    """
    relation, value = pl.col("relation"), pl.col("value")
    about = pl.max_horizontal(pl.col("half_width"), APPROXIMATE * value.abs())
    width = pl.when(relation == "approx").then(about).otherwise(pl.col("half_width"))
    return statements.with_columns(
        low=pl.when(relation == "gt").then(value).when(relation == "lt").then(-math.inf).otherwise(value - width),
        high=pl.when(relation == "lt").then(value).when(relation == "gt").then(math.inf).otherwise(value + width),
    )

"""What a statement leaves possible, as an interval on its own scale."""

import math

import polars as pl

from analysis.core.vocabulary import AVERAGE_MEASURES

#: Half-width of "about" relative to the figure, where the printed digits are finer.
APPROXIMATE = 0.05


def with_intervals(statements: pl.DataFrame) -> pl.DataFrame:
    """Add `low` and `high`, the values that each statement leaves possible, in its own unit.

    An exact figure leaves its rounding, a milestone a mean day's flow (both are `half_width`), "about" five percent or
    its rounding, whichever is wider; "over N" leaves everything from N on, "under N" everything up to N,
    the rounding of an average granted.

    Parameters
    ----------
    statements
        Rows of a ledger with `value`, `half_width`, `measure` and `relation`.
    """
    relation, value, half_width = pl.col("relation"), pl.col("value"), pl.col("half_width")
    about = pl.max_horizontal(half_width, APPROXIMATE * value.abs())
    width = pl.when(relation == "approx").then(about).otherwise(half_width)
    slack = pl.when(pl.col("measure").is_in(AVERAGE_MEASURES)).then(half_width).otherwise(0.0)
    below = pl.when(relation == "gt").then(slack).when(relation == "lt").then(math.inf).otherwise(width)
    above = pl.when(relation == "lt").then(slack).when(relation == "gt").then(math.inf).otherwise(width)
    return statements.with_columns(low=value - below, high=value + above)

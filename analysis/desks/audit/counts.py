"""How much was published: statements by place, year and publisher, distinct ones and repeats."""

import polars as pl

from analysis.core.vocabulary import EXPECTATION_MEASURES
from analysis.sources.evidence import Known

#: Publishers and places that are listed one by one; the others are counted together.
LISTED = 15


def read_by(known: Known) -> pl.DataFrame:
    """Return all rows that a reader had on the day, of any status, with `year` (of the period's end) and `kind`.

    `kind` is `distinct`, or `repeat` for a row with `same_as`.
    """
    statements = known.evidence.statements
    return statements.filter(pl.col("available_on") <= known.as_of).with_columns(
        year=pl.col("period_end").dt.year().cast(pl.Int64),
        kind=pl.when(pl.col("same_as").is_null()).then(pl.lit("distinct")).otherwise(pl.lit("repeat")),
    )


def counts(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    """Return how many statements there are of each place, year or publisher.

    Parameters
    ----------
    rows
        As `read_by` returns them.
    by
        `place`, `year` or `publisher`.

    Returns
    -------
    DataFrame
        One row a value of `by`, most statements first (years: newest first): `statements, distinct, repeats,
        expectations` (plans, targets and expectations among them), `set_aside` (doubtful or wrong at their source).
    """
    order: tuple[list[str], list[bool]] = (["year"], [True]) if by == "year" else (["statements", by], [True, False])
    return (
        rows.group_by(by)
        .agg(
            statements=pl.len().cast(pl.Int64),
            distinct=(pl.col("kind") == "distinct").sum().cast(pl.Int64),
            repeats=(pl.col("kind") == "repeat").sum().cast(pl.Int64),
            expectations=pl.col("measure").is_in(EXPECTATION_MEASURES).sum().cast(pl.Int64),
            set_aside=pl.col("status").is_in(["doubtful", "source wrong"]).sum().cast(pl.Int64),
        )
        .sort(*order[:1], descending=order[1])
    )


def with_rest(table: pl.DataFrame, by: str, *, listed: int = LISTED) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the first rows of a table of counts, and one row with the sum of the others and their number.

    Returns
    -------
    tuple of DataFrame
        The first rows; and a table without rows, or with one: `values` (how many there are) and the sums.
    """
    rest = table.slice(listed)
    numbers = [name for name in table.columns if name != by]
    if rest.is_empty():
        return table, pl.DataFrame(schema={"values": pl.Int64} | dict.fromkeys(numbers, pl.Int64))
    return table.head(listed), rest.select(pl.len().cast(pl.Int64).alias("values"), pl.col(numbers).sum())

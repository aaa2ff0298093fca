"""Statements that cannot all be true, and how that is said."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl

from analysis.core.vocabulary import QUANTITY_COLUMNS
from analysis.sources.ledger.statement_words import Row, statement_words

#: Relative slack of a comparison of two figures, against floating-point noise.
SLACK = 1e-9


class Conflict(NamedTuple):
    """A contradiction: its kind, the ids of the conflicting statements in order, and the sentence."""

    kind: str
    statement_ids: tuple[str, ...]
    sentence: str


def disagreeing(rows: pl.DataFrame) -> Iterator[Conflict]:
    """Find figures of one series, period and measure that exclude each other.

    A conflict holds all figures of a quantity that exclude some other one: of 100.0, 100.1 and 109.0 no figure is
    left, as nothing says which office is right.

    Parameters
    ----------
    rows
        Rows of a ledger with `low` and `high`; any measure, flows or not.
    """
    spans = rows.with_columns(
        top=pl.col("low").max().over(QUANTITY_COLUMNS), bottom=pl.col("high").min().over(QUANTITY_COLUMNS)
    )
    excluded = spans.filter(_above(pl.col("low"), pl.col("bottom")) | _above(pl.col("top"), pl.col("high")))
    for _, group in excluded.group_by(QUANTITY_COLUMNS, maintain_order=True):
        members = group.drop("top", "bottom").sort("low", "high", "statement_id").to_dicts()
        yield conflict("same figure", members, "exclude each other" if len(members) == 2 else "cannot all be true")


def _above(low: pl.Expr, high: pl.Expr) -> pl.Expr:
    """Return whether a lower end lies above an upper one by more than the noise of the arithmetic."""
    return low > high + SLACK * pl.max_horizontal(low.abs(), high.abs())


def conflict(kind: str, rows: Sequence[Row], fact: str) -> Conflict:
    """Return the contradiction of some rows: what they say, what is wrong with it, and the remedy."""
    ids = tuple(sorted(row["statement_id"] for row in rows))
    spoken = [
        statement_words(row)
        for row in sorted(rows, key=lambda row: (row["period_start"], row["measure"], row["series_id"]))
    ]
    return Conflict(
        kind, ids, f"{', '.join(spoken[:-1])} and {spoken[-1]} {fact}. Look at the sources of {', '.join(ids)}."
    )

"""Statements that cannot all be true, and how that is said."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl

from analysis.core.vocabulary import QUANTITY_COLUMNS
from analysis.sources.ledger.wording import Row, said

#: Relative slack of a comparison of two figures, against floating-point noise.
SLACK = 1e-9


class Conflict(NamedTuple):
    """A contradiction: its kind, the ids of the conflicting statements in order, and the sentence."""

    kind: str
    statement_ids: tuple[str, ...]
    sentence: str


def disagreeing(rows: pl.DataFrame) -> Iterator[Conflict]:
    """Find pairs of figures of one series, period and measure that exclude each other, each row in one pair at most.

    Parameters
    ----------
    rows
        Rows of a ledger with `low` and `high`; any measure, flows or not.
    """
    for _, group in rows.group_by(QUANTITY_COLUMNS, maintain_order=True):
        left = sorted(group.iter_rows(named=True), key=lambda row: row["statement_id"])
        while len(left) > 1:
            top, bottom = max(left, key=lambda row: row["low"]), min(left, key=lambda row: row["high"])
            if top["low"] <= bottom["high"] + SLACK * max(abs(top["low"]), abs(bottom["high"])):
                break
            yield conflict("same figure", [bottom, top], "exclude each other")
            left = [row for row in left if row not in (top, bottom)]


def conflict(kind: str, rows: Sequence[Row], fact: str) -> Conflict:
    """Return the contradiction of some rows: what they say, what is wrong with it, and the remedy."""
    ids = tuple(sorted(row["statement_id"] for row in rows))
    spoken = [
        said(row) for row in sorted(rows, key=lambda row: (row["period_start"], row["measure"], row["series_id"]))
    ]
    return Conflict(
        kind, ids, f"{', '.join(spoken[:-1])} and {spoken[-1]} {fact}. Look at the sources of {', '.join(ids)}."
    )

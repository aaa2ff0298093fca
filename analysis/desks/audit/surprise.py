"""Statements that their neighbours did not expect: leave-one-out residuals beyond what chance explains."""

from statistics import NormalDist
from typing import Any

import polars as pl

from analysis.core.errors import CoverageError
from analysis.sources.ledger.statement_words import statement_words

#: The probability of raising any false alarm in a ledger without one.
FALSE_ALARM = 0.05


def threshold(count: int, *, false_alarm: float = FALSE_ALARM) -> float:
    """Return the size beyond which one of many standardised residuals is more than chance.

    Bonferroni's bound for two tails, true however the residuals depend on one another: 3.9 for 500, 4.2 for
    2,000 statements. With a fixed 2 a sound ledger of 2,000 would raise ninety alarms.

    Parameters
    ----------
    count
        How many residuals are looked at.
    false_alarm
        The probability of any alarm where all residuals are standard normal.
    """
    return NormalDist().inv_cdf(1 - false_alarm / (2 * max(count, 1)))


def surprises(residuals: pl.DataFrame, statements: pl.DataFrame, *, false_alarm: float = FALSE_ALARM) -> pl.DataFrame:
    """Return the statements that all others together did not expect.

    A surprise is no contradiction: it says where to look, and proves nothing.

    Parameters
    ----------
    residuals
        One row a statement: `statement_id` and `surprise`, the standardised leave-one-out residual, positive where more
        was stated than expected; null where there is none. Optional: `expected_median`, the median that the other
        statements led to expect, in the unit of the statement.
    statements
        The ledger that they come from.
    false_alarm
        The probability of any alarm where all residuals are standard normal.

    Returns
    -------
    DataFrame
        `kind` (`surprise`), `statement_ids` (one id) and `sentence`; the greatest surprise first.

    Raises
    ------
    CoverageError
        If a residual is of a statement that the ledger does not have.
    """
    strangers = residuals.filter(~pl.col("statement_id").is_in(statements["statement_id"].implode()))["statement_id"]
    if strangers.len():
        raise CoverageError(f"The ledger has no statement {strangers[0]!r}. Give the ledger that the residuals are of.")
    judged = residuals.filter(pl.col("surprise").is_not_nan())
    beyond = judged.filter(pl.col("surprise").abs() > threshold(judged.height, false_alarm=false_alarm))
    ordered = beyond.sort(pl.col("surprise").abs(), "statement_id", descending=[True, False])
    rows = ordered.join(statements, on="statement_id", how="left", validate="1:1", maintain_order="left")
    found = [(row["statement_id"], _sentence(row)) for row in rows.iter_rows(named=True)]
    return pl.DataFrame(
        [("surprise", statement_id, sentence) for statement_id, sentence in found],
        schema={"kind": pl.String, "statement_ids": pl.String, "sentence": pl.String},
        orient="row",
    )


def _sentence(row: dict[str, Any]) -> str:
    side = "more" if row["surprise"] > 0 else "less"
    expected = row.get("expected_median")
    instead = "" if expected is None else f", which lead to expect {_figure(expected, row['unit'])}"
    far = f"{abs(row['surprise']):.1f} standard deviations"
    return (
        f"{statement_words(row)} is far {side} than the other statements allow for{instead}: {far}. "
        f"Look at the source of {row['statement_id']}."
    )


def _figure(value: float, unit: str) -> str:
    return f"{value:+.1%}" if unit == "fraction" else f"{value:,.0f} {unit}".removesuffix(" 1")

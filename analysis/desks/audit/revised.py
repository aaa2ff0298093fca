"""How published figures were revised later, as the next year's growth implies it."""

from typing import Any

import numpy as np
import polars as pl

from analysis.methods.quality import revisions
from analysis.sources.evidence import Known

REVISED: dict[str, Any] = {
    "indicator": pl.String, "pairs": pl.Int64, "revised": pl.Int64, "contradicting": pl.Int64,
    "mean": pl.Float64, "mean_absolute": pl.Float64, "relative": pl.Float64,
}  # fmt: skip


def revision_table(known: Known, bases: pl.DataFrame) -> pl.DataFrame:
    """Return revision statistics of the bases that growth implies, by indicator and over all.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    bases
        As `bases.implied_bases` returns them.

    Returns
    -------
    DataFrame
        One row an indicator with a published base, most pairs first, then one with `indicator` null for all: `pairs`
        (agreeing or revised), `revised` (of these, beyond rounding), `contradicting` (beyond `BASE_REVISION`, in no
        mean), `mean` and `mean_absolute` of implied over published less one, fractions, and `relative` (RMAR; null over
        all, whose units differ).
    """
    names = known.evidence.statements.select("statement_id", "indicator")
    judged = bases.drop_nulls("verdict").join(
        names, left_on="growth_id", right_on="statement_id", how="left", validate="m:1", maintain_order="left"
    )
    found = [
        _row(indicator, judged.filter(pl.col("indicator") == indicator))
        for indicator in judged["indicator"].drop_nulls().unique().sort()
    ]
    table = pl.DataFrame(found, schema=REVISED).sort("pairs", "indicator", descending=[True, False])
    if judged.is_empty():
        return table
    return pl.concat([table, pl.DataFrame([_row(None, judged) | {"relative": None}], schema=REVISED)])


def _row(indicator: str | None, judged: pl.DataFrame) -> dict[str, object]:
    usual = judged.filter(pl.col("verdict") != "contradicts")
    row: dict[str, object] = {
        "indicator": indicator,
        "pairs": usual.height,
        "revised": usual.filter(pl.col("verdict") == "revised").height,
        "contradicting": judged.height - usual.height,
    }
    if usual.is_empty():
        return row
    first, last = usual["published"].to_numpy(), usual["implied"].to_numpy()
    relative = revisions(np.ones(len(first)), last / first)
    return row | {
        "mean": relative.mean,
        "mean_absolute": relative.mean_absolute,
        "relative": revisions(first, last).relative,
    }

"""Bounds that another statement contradicts: excluded by rule, never softened."""

from typing import Any

import polars as pl

from analysis.core.reasons import Reason


def contradicted(evidence: pl.DataFrame) -> dict[str, Reason]:
    """Return the bounds that a figure for a longer or shorter span contradicts, with the reason.

    "Over 1 million to October" is contradicted by a rounded figure below it for a span that holds those ten months,
    "under 1 million" by a figure above it for a span within them. A figure of another count contradicts nothing.

    Parameters
    ----------
    evidence
        Statements of any number of series: `statement_id, series_id, period_start, period_end, measure, relation,
        value, half_width, count`.
    """
    found = {}
    levels = evidence.filter(pl.col("measure") == "level")
    for table in levels.partition_by("series_id", "count", maintain_order=True):
        figures = list(table.filter(pl.col("relation") == "eq").iter_rows(named=True))
        for bound in table.filter(pl.col("relation").is_in(["gt", "lt"])).iter_rows(named=True):
            for figure in figures:
                if _contradicts(bound, figure):
                    found[bound["statement_id"]] = Reason("contradicted", statement=figure["statement_id"])
    return found


def _contradicts(bound: dict[str, Any], figure: dict[str, Any]) -> bool:
    """Return whether a figure cannot be true together with a bound, its rounding granted."""
    outer, inner = (figure, bound) if bound["relation"] == "gt" else (bound, figure)
    if outer["period_start"] > inner["period_start"] or outer["period_end"] < inner["period_end"]:
        return False
    if bound["relation"] == "gt":
        return bool(figure["value"] + figure["half_width"] < bound["value"])
    return bool(figure["value"] - figure["half_width"] > bound["value"])

"""Bounds ("over one million") against the figures published for the same flow."""

import polars as pl


def without_contradicted(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows without the bounds that a figure of the same series excludes.

    "Over N" in a period cannot be where a period that holds it had less than N, "under N" cannot be where a
    period inside it had more. Such a bound is a case for the audit; it is left out rather than softened.

    Parameters
    ----------
    rows
        Evidence, each fact once.
    """
    levels = rows.filter(pl.col("measure") == "level")
    bounds = levels.filter(pl.col("relation").is_in(["gt", "lt"]))
    figures = levels.filter(pl.col("relation") == "eq").select(
        "series_id", "unit", "half_width", first="period_start", last="period_end", figure="value"
    )
    over = (
        (pl.col("relation") == "gt")
        & (pl.col("first") <= pl.col("period_start"))
        & (pl.col("last") >= pl.col("period_end"))
        & (pl.col("figure") + pl.col("half_width_right") < pl.col("value"))
    )
    under = (
        (pl.col("relation") == "lt")
        & (pl.col("first") >= pl.col("period_start"))
        & (pl.col("last") <= pl.col("period_end"))
        & (pl.col("figure") - pl.col("half_width_right") > pl.col("value"))
    )
    contradicted = bounds.join(figures, on=["series_id", "unit"], how="inner", validate="m:m").filter(over | under)
    return rows.filter(~pl.col("statement_id").is_in(contradicted["statement_id"].implode()))


def pair(levels: pl.DataFrame) -> pl.DataFrame:
    """Return each lower bound beside the most exactly rounded figure of its series and period.

    Parameters
    ----------
    levels
        Rows of measure `level`, each fact once; figures below their bound are left out.
    """
    period = ["series_id", "period_start", "period_end", "unit"]
    bounds = levels.filter(pl.col("relation") == "gt").select(*period, bound="value")
    figures = levels.filter(pl.col("relation") == "eq").select(*period, "half_width", figure="value")
    return (
        bounds.join(figures, on=period, how="inner", validate="m:m", maintain_order="left_right")
        .filter(pl.col("figure") >= pl.col("bound"))
        .sort("half_width", maintain_order=True)
        .unique([*period, "bound"], keep="first", maintain_order=True)
        .sort("series_id", "period_start", "period_end", "bound")
        .select("series_id", "period_start", "period_end", "bound", "figure")
    )

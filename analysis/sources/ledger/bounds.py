"""Bounds ("over one million") beside the figures published for the same flow and span."""

import polars as pl


def pair(levels: pl.DataFrame) -> pl.DataFrame:
    """Return each lower bound beside the most exactly rounded figure of its series and period.

    Parameters
    ----------
    levels
        Rows of measure `level`, each fact once; bounds at zero and figures below their bound are left out.
    """
    period = ["series_id", "period_start", "period_end", "unit"]
    bounds = levels.filter((pl.col("relation") == "gt") & (pl.col("value") > 0)).select(*period, bound="value")
    figures = levels.filter(pl.col("relation") == "eq").select(*period, "half_width", figure="value")
    return (
        bounds.join(figures, on=period, how="inner", validate="m:m", maintain_order="left_right")
        .filter(pl.col("figure") >= pl.col("bound"))
        .sort("half_width", maintain_order=True)
        .unique([*period, "bound"], keep="first", maintain_order=True)
        .sort("series_id", "period_start", "period_end", "bound")
        .select("series_id", "period_start", "period_end", "bound", "figure")
    )

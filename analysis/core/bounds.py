"""Bounds ("over one million") that a published figure excludes: the one definition, for sources and methods alike."""

import polars as pl

from analysis.core.vocabulary import FIGURE_RELATIONS

#: Relations whose figure has an error that its half-width tells; "about" says less.
_EXACT = [relation for relation in FIGURE_RELATIONS if relation != "approx"]

#: Columns in which a bound and a figure must agree to be about the same flow; a table without one of them has one kind.
_SAME_FLOW = ("series_id", "unit", "count")


def contradicted_bounds(statements: pl.DataFrame) -> dict[str, str]:
    """Return the bounds that a figure excludes: `statement_id` of the bound to that of the figure, the last of several.

    "Over 1 million to October" cannot be where a span that holds those ten months had less than that, "under 1 million"
    cannot be where a span inside its own had more; the figure's half-width (its rounding, or a milestone's day) is
    granted. A figure of another count (another railway's, say) excludes nothing. Such a bound is a case for the audit:
    it is left out, never softened.

    Parameters
    ----------
    statements
        `statement_id, series_id, unit, period_start, period_end, measure, relation, value, half_width`, and `count`
        where statements of several counts are compared; only rows of measure `level` are read.
    """
    levels = statements.filter(pl.col("measure") == "level")
    same_flow = [name for name in _SAME_FLOW if name in statements.columns]
    figures = levels.filter(pl.col("relation").is_in(_EXACT)).select(
        *same_flow,
        figure_id="statement_id",
        first="period_start",
        last="period_end",
        least=pl.col("value") - pl.col("half_width"),
        most=pl.col("value") + pl.col("half_width"),
    )
    below_lower_bound = (
        (pl.col("relation") == "gt")
        & (pl.col("first") <= pl.col("period_start"))
        & (pl.col("last") >= pl.col("period_end"))
        & (pl.col("most") < pl.col("value"))
    )
    above_upper_bound = (
        (pl.col("relation") == "lt")
        & (pl.col("first") >= pl.col("period_start"))
        & (pl.col("last") <= pl.col("period_end"))
        & (pl.col("least") > pl.col("value"))
    )
    pairs = (
        levels.filter(pl.col("relation").is_in(["gt", "lt"]))
        .join(figures, on=same_flow, how="inner", nulls_equal=True, validate="m:m", maintain_order="left_right")
        .filter(below_lower_bound | above_upper_bound)
    )
    return dict(pairs.select("statement_id", "figure_id").iter_rows())

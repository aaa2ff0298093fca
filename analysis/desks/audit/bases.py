"""Implied bases: what this year's figure and its growth say about last year's, beside what was published then."""

import polars as pl

from analysis.core.vocabulary import FIGURE_RELATIONS
from analysis.estimates.contradictions.conflicts import SLACK
from analysis.methods.consistency import BASE_REVISION
from analysis.methods.reconstruction.spans import base_span
from analysis.sources.evidence import Known
from analysis.sources.ledger.facts import facts

_SPAN = ["period_start", "period_end"]
_BASE = ["base_start", "base_end"]
_NUMBERS = [f"{name}{end}" for name in ("implied", "published", "factor") for end in ("", "_low", "_high")]
_COLUMNS = ["series_id", *_BASE, "growth_id", "level_id", "base_id", *_NUMBERS, "verdict"]


def implied_bases(known: Known) -> pl.DataFrame:
    """Return the base that each growth rate on last year implies, and the published one where there is one.

    A level in [a, b] with growth in [g, h] implies a base in [a / (1 + h), b / (1 + g)]. Of several levels of one
    period the most exactly rounded counts; bounds ("over") do not. What is no sum over months, or grows at constant
    prices (gross product, value added), is left out.

    Parameters
    ----------
    known
        What had been published by a day.

    Returns
    -------
    DataFrame
        One row a growth rate with a level: `series_id`, `base_start`, `base_end` (days); ids `growth_id, level_id,
        base_id`; `implied`, `published` (null without one) and `factor` (implied over published), each with `_low` and
        `_high`, in the level's unit; `verdict`: agrees, revised (by at most `BASE_REVISION`) or contradicts.
    """
    statements = known.evidence.statements
    flows = known.evidence.indicators.monthly_flows(statements)
    stated = facts(statements, as_of=known.as_of).filter(
        (pl.col("fact") == pl.col("statement_id"))
        & pl.col("series_id").is_in(flows)
        & pl.col("relation").is_in(FIGURE_RELATIONS)
    )
    levels = (
        stated.filter(pl.col("measure") == "level")
        .sort(pl.col("high") - pl.col("low"), "line")
        .unique(["series_id", *_SPAN], keep="first", maintain_order=True)
    )
    level = levels.select("series_id", *_SPAN, level_id="statement_id", level="value", least="low", most="high")
    names = {"base_start": "period_start", "base_end": "period_end", "base_id": "statement_id"}
    published = levels.select("series_id", **names, published="value", published_low="low", published_high="high")
    return (
        _growth(stated)
        .join(level, on=["series_id", *_SPAN], how="inner", validate="m:1", maintain_order="left")
        .join(published, on=["series_id", *_BASE], how="left", validate="m:1", maintain_order="left")
        .with_columns(
            implied=pl.col("level") / (1 + pl.col("value")),
            implied_low=pl.col("least") / (1 + pl.col("high")),
            implied_high=pl.col("most") / (1 + pl.max_horizontal(pl.col("low"), SLACK - 1)),
        )
        .with_columns(
            factor=pl.col("implied") / pl.col("published"),
            factor_low=pl.col("implied_low") / pl.col("published_high"),
            factor_high=pl.col("implied_high") / pl.max_horizontal(pl.col("published_low"), SLACK),
        )
        .with_columns(verdict=_verdict())
        .select(_COLUMNS)
    )


def _growth(stated: pl.DataFrame) -> pl.DataFrame:
    """Return the growth rates on last year, with the span that each compares with."""
    growth = stated.filter((pl.col("measure") == "yoy_growth") & (pl.col("value") > -1)).sort("line")
    spans = [base_span("yoy_growth", *span) for span in growth.select(_SPAN).iter_rows()]
    base = [pl.Series(name, [span[i] for span in spans if span], dtype=pl.Date) for i, name in enumerate(_BASE)]
    return growth.rename({"statement_id": "growth_id"}).with_columns(base)


def _verdict() -> pl.Expr:
    """Return what a factor says: nothing beyond rounding, a usual revision, or a contradiction."""

    def apart(limit: float) -> pl.Expr:
        return (pl.col("factor_low") > limit * (1 + SLACK)) | (pl.col("factor_high") < (1 - SLACK) / limit)

    return (
        pl.when(pl.col("base_id").is_null())
        .then(pl.lit(None, dtype=pl.String))
        .when(apart(1 + BASE_REVISION))
        .then(pl.lit("contradicts"))
        .when(apart(1.0))
        .then(pl.lit("revised"))
        .otherwise(pl.lit("agrees"))
    )

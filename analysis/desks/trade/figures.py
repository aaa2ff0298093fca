"""The printed figures that the desk compares: each fact once, levels of a span, and what rounding leaves open."""

import datetime as dt
from typing import Any

import polars as pl

from analysis.core.vocabulary import EXPECTATION_MEASURES
from analysis.methods.growth import Range
from analysis.sources import ledger
from analysis.sources.evidence import Known
from analysis.sources.ledger.facts import facts

#: Relations of a figure that states a quantity; a bound ("over") does not.
STATED = ("eq", "approx")

SPAN = ("period_start", "period_end")

Row = dict[str, Any]


def stated_facts(known: Known) -> pl.DataFrame:
    """Return each stated figure known by the day once, with `low` and `high`; none that is withheld as contradicted."""
    rows = facts(known.evidence.statements, as_of=known.as_of)
    usable = known.usable["statement_id"]
    return rows.filter(
        (pl.col("fact") == pl.col("statement_id"))
        & pl.col("relation").is_in(STATED)
        & pl.col("statement_id").is_in(usable.implode())
    )


def levels(stated: pl.DataFrame) -> pl.DataFrame:
    """Return the levels above zero, of several of one series and span the most exactly rounded one."""
    width = pl.col("high") - pl.col("low")
    return (
        stated.filter((pl.col("measure") == "level") & (pl.col("low") > 0))
        .sort(width, "available_on", "line")
        .unique(["series_id", *SPAN], keep="first", maintain_order=True)
        .sort("period_end", "period_start", "series_id")
    )


def growth_rates(stated: pl.DataFrame) -> pl.DataFrame:
    """Return the growth rates on the same days of the year before: exact ones before "about", then the first print."""
    return (
        stated.filter((pl.col("measure") == "yoy_growth") & (pl.col("low") > -1))
        .sort(pl.col("relation") != "eq", "available_on", "line")
        .unique(["series_id", *SPAN], keep="first", maintain_order=True)
    )


def by_span(rows: pl.DataFrame) -> dict[tuple[str, dt.date, dt.date], Row]:
    """Return rows by series, first and last day."""
    return {(row["series_id"], row["period_start"], row["period_end"]): row for row in rows.iter_rows(named=True)}


def range_of(row: Row) -> Range:
    """Return what a statement leaves possible."""
    return Range(row["low"], row["value"], row["high"])


def expectations(known: Known, *, place: str, indicator: str, year: int) -> pl.DataFrame:
    """Return the valid targets and expectations of a whole year, the earliest first."""
    rows = ledger.as_of(known.evidence.statements, known.as_of)
    return rows.filter(
        (pl.col("place") == place)
        & (pl.col("indicator") == indicator)
        & pl.col("measure").is_in(EXPECTATION_MEASURES)
        & (pl.col("status") == "valid")
        & (pl.col("period_start") == dt.date(year, 1, 1))
        & (pl.col("period_end") == dt.date(year, 12, 31))
    ).sort("available_on", "statement_id")

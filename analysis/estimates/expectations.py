"""What became of published expectations: true, missed, or no outcome in the ledger (docs/methods/expectations.md)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.core.vocabulary import EXPECTATION_MEASURES
from analysis.methods.proportions import Share, jeffreys
from analysis.sources.evidence import Known

MET, MISSED, SILENT = "met", "missed", "silent"

#: An expectation is judged once so many days have passed since its period: until then its outcome is not late.
SPOKEN_OF = dt.timedelta(days=90)

#: What an expectation may be about: sums, and rates of growth. Plans of aid and of capacities are judged elsewhere.
_KINDS = ("flow", "account")
_GROWTH = ("gdp_real_growth", "trade_value_cny_growth")


@dataclass(frozen=True, eq=False)
class Expectations:
    """Expectations whose period is over, and what was published of it.

    Attributes
    ----------
    table
        One row an expectation, in the order of publication: `statement_id`, `series_id`, `place`, `indicator`,
        `period_start`, `period_end`, `expected`, `relation`, `value_as_published`, `unit`, `outcome_id`,
        `outcome`, `outcome_relation`, `outcome_as_published` (null where nothing was published) and `verdict` (`met`,
        `missed` or `silent`).
    """

    table: pl.DataFrame

    def count(self, verdict: str) -> int:
        """Return how many expectations have a verdict."""
        return self.table.filter(pl.col("verdict") == verdict).height

    @property
    def known(self) -> Share | None:
        """Share of those with a known outcome that were met, with its 80% interval; None where none is known."""
        met, missed = self.count(MET), self.count(MISSED)
        return jeffreys(met, met + missed, level=80) if met + missed else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Share met if every silent one was missed, and if every one was met; None where there is no expectation."""
        if self.table.is_empty():
            return None
        met, silent, all_ = self.count(MET), self.count(SILENT), self.table.height
        return met / all_, (met + silent) / all_


def expectations(known: Known) -> Expectations:
    """Return the expectations of flows whose period was over 90 days before the cut-off, with what was published of it.

    An expectation is met where a published sum inside its period reaches it, or that of the whole period does within
    the rounding of both; missed where the whole period was published and did not; silent where neither was. The same
    figure for the same period counts once, when it was first published. Growth is judged by growth.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    """
    statements = known.counted.filter(pl.col("status") == "valid")
    indicators = [*known.evidence.indicators.of_kind(*_KINDS), *_GROWTH]
    asked = (
        statements.filter(
            pl.col("measure").is_in(EXPECTATION_MEASURES)
            & pl.col("indicator").is_in(indicators)
            & ~pl.col("indicator").str.starts_with("aid_")
            & (pl.col("period_end") <= known.as_of - SPOKEN_OF)
            & (pl.col("period_end") > pl.col("period_start"))
        )
        .sort("available_on", "statement_id")
        .unique(["series_id", "period_start", "period_end", "value"], keep="first", maintain_order=True)
    )
    facts = statements.filter(
        pl.col("measure").is_in(("level", "yoy_growth", "daily_average")) & pl.col("count").is_null()
    )
    rows = [_judged(row, facts) for row in asked.iter_rows(named=True)]
    return Expectations(pl.DataFrame(rows, schema=_SCHEMA, orient="row"))


_SCHEMA = {
    "statement_id": pl.String, "series_id": pl.String, "place": pl.String, "indicator": pl.String,
    "period_start": pl.Date, "period_end": pl.Date, "expected": pl.Float64, "relation": pl.String,
    "value_as_published": pl.String, "unit": pl.String, "outcome_id": pl.String, "outcome": pl.Float64,
    "outcome_relation": pl.String, "outcome_as_published": pl.String, "verdict": pl.String,
}  # fmt: skip


def _judged(row: dict[str, Any], facts: pl.DataFrame) -> tuple[Any, ...]:
    """Return an expectation with the figure that decides it."""
    measure = "yoy_growth" if row["unit"] == "fraction" else "daily_average" if "/" in row["unit"] else "level"
    series = (row["series_id"], row["series_id"].replace("_growth.", "."))
    own = facts.filter(
        pl.col("series_id").is_in(series)
        & (pl.col("measure") == measure)
        & (pl.col("period_start") >= row["period_start"])
        & (pl.col("period_end") <= row["period_end"])
    ).sort("period_end", "available_on", descending=True)
    whole = (pl.col("period_start") == row["period_start"]) & (pl.col("period_end") == row["period_end"])
    own = own if measure == "level" else own.filter(whole)
    rounded = pl.col("value") + pl.col("half_width") >= row["value"] - row["half_width"]
    reaches = (pl.col("value") >= row["value"]) | (whole & rounded)
    reached = own.filter(reaches & pl.col("relation").is_in(_REACHES))
    missed = own.filter(whole & (pl.col("relation") != "gt"))
    verdict, found = (MET, reached) if len(reached) else (MISSED, missed) if len(missed) else (SILENT, None)
    outcome = (None, None, None, None) if found is None else _outcome(found.row(0, named=True))
    names = ("statement_id", "series_id", "place", "indicator", "period_start", "period_end", "value", "relation",
             "value_as_published", "unit")  # fmt: skip
    return (*(row[name] for name in names), *outcome, verdict)


#: Relations of a figure that can reach an expectation.
_REACHES = ("eq", "approx", "gt")


def _outcome(row: dict[str, Any]) -> tuple[str, float, str, str | None]:
    return row["statement_id"], float(row["value"]), row["relation"], row["value_as_published"]

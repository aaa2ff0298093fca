"""Figures of a ledger that may be left out: which they are, what gives them away, and what is known beside them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from plain_methods import sum_by_ratio

from analysis.core.vocabulary import LEVEL_MEASURES
from analysis.methods.reconstruction import Posterior
from analysis.sources.evidence import Known

#: Rows of one place and period end that were published within so many days tell the same story.
SAME_BULLETIN = dt.timedelta(days=3)

#: From everything published since; from what was out the day before.
VARIANTS = ("smoothed", "nowcast")


def figures(known: Known) -> pl.DataFrame:
    """Return the first print of each exact level of a monthly flow over a month to a year."""
    statements = known.statements
    flows = known.evidence.indicators.monthly_flows(statements)
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days()
    return (
        statements.filter(
            pl.col("series_id").is_in(flows),
            pl.col("measure") == "level",
            pl.col("relation") == "eq",
            pl.col("status") == "valid",
            pl.col("value") > 0,
            days.is_between(24, 366),
        )
        .sort("available_on", "half_width", "line")
        .unique(["series_id", "period_start", "period_end"], keep="first", maintain_order=True)
        .sort("line")
    )


def giveaways(statements: pl.DataFrame, figure: dict[str, Any]) -> set[str]:
    """Return the statements that give a figure away, itself among them."""
    same_sum = (
        (pl.col("series_id") == figure["series_id"])
        & pl.col("measure").is_in(LEVEL_MEASURES)
        & (pl.col("period_start") == figure["period_start"])
        & (pl.col("period_end") == figure["period_end"])
    )
    same_bulletin = (
        (pl.col("place") == figure["place"])
        & (pl.col("period_end") == figure["period_end"])
        & pl.col("available_on").is_between(
            figure["available_on"] - SAME_BULLETIN, figure["available_on"] + SAME_BULLETIN
        )
    )
    original = pl.coalesce("same_as", "statement_id")
    told = statements.filter(same_sum | same_bulletin).select(original).to_series()
    return set(statements.filter(original.is_in(told.implode()))["statement_id"])


@dataclass(frozen=True)
class Target:
    """A figure to predict: its row, its position among the statements of the fit, and those that give it away."""

    row: dict[str, Any]
    position: int
    group: np.ndarray


class Statements:
    """The statements of a fit in the order of its families, and from which day each is known."""

    def __init__(self, known: Known, posterior: Posterior) -> None:
        tables = [family.equations.table for family in posterior.system.families]
        self.ids = [name for table in tables for name in table["statement_id"]]
        self.position = {name: j for j, name in enumerate(self.ids)}
        rows = {row["statement_id"]: row for row in known.statements.iter_rows(named=True)}
        self.rows = [rows[name] for name in self.ids]
        self.available = np.array([day.toordinal() for day in _earliest_prints(known.statements, self.ids)])

    def targets(self, known: Known) -> list[Target]:
        """Return the figures that the fit uses, in themselves or through a reprint."""
        found = []
        for row in figures(known).iter_rows(named=True):
            position = self.position.get(row["statement_id"], self.position.get(row["same_as"]))
            if position is None:
                continue
            group = {self.position[name] for name in giveaways(known.statements, row) if name in self.position}
            found.append(Target(row, position, np.array(sorted(group | {position}))))
        return found


def _earliest_prints(statements: pl.DataFrame, ids: list[str]) -> list[dt.date]:
    """Return the day on which each statement, or the earliest row that states the same, became available."""
    valid = statements.filter(pl.col("status") != "mis-entered").with_columns(
        original=pl.coalesce("same_as", "statement_id")
    )
    fact = ["series_id", "period_start", "period_end", "measure", "relation", "value"]
    by_original = dict(valid.group_by("original").agg(pl.col("available_on").min()).iter_rows())
    by_fact = {row[:-1]: row[-1] for row in valid.group_by(fact).agg(pl.col("available_on").min()).iter_rows()}
    rows = {row["statement_id"]: row for row in statements.iter_rows(named=True)}
    return [
        min(
            rows[name]["available_on"],
            by_original.get(rows[name]["same_as"] or name, rows[name]["available_on"]),
            by_fact.get(tuple(rows[name][column] for column in fact), rows[name]["available_on"]),
        )
        for name in ids
    ]


def described(known: Known, posterior: Posterior, statements: Statements, targets: list[Target]) -> pl.DataFrame:
    """Return what was known about each target beside it, by variant."""
    system = posterior.system
    position = {part.part_id: i for i, part in enumerate(system.parts)}
    grouped = {part for node in system.nodes for part in node.parts}
    own: dict[str, list[int]] = {}
    for j, row in enumerate(statements.rows):
        if row["measure"] in LEVEL_MEASURES and row["relation"] in ("eq", "approx"):
            own.setdefault(row["series_id"], []).append(j)
    rows = []
    for target in targets:
        row = target.row
        others = np.setdiff1d(own.get(row["series_id"], []), target.group).astype(int)
        gaps = np.array([abs((statements.rows[j]["period_end"] - row["period_end"]).days) for j in others])
        before = statements.available[others] < row["available_on"].toordinal()
        for variant in VARIANTS:
            counted = gaps if variant == "smoothed" else gaps[before]
            rows.append(
                {
                    "statement_id": row["statement_id"],
                    "series_id": row["series_id"],
                    "place": row["place"],
                    "variant": variant,
                    "kind": kind(row["indicator"], row["unit"]),
                    "own_figures": int((counted <= 366).sum()),
                    "any_own": bool(counted.size),
                    "months_to_nearest": float(counted.min()) / 30.4 if counted.size else None,
                    "grouped": any(position[part] in grouped for part in posterior.parts[row["series_id"]]),
                    "from_2020": row["period_end"].year >= 2020,
                    "unfinished": row["available_on"].year == row["period_end"].year,
                }
                | plain_errors(known, row, variant)
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def kind(indicator: str, unit: str) -> str:
    """Return the kind of a flow: freight, trains, vehicles, trade, persons, or other."""
    if "trade_value" in indicator:
        return "trade"
    if indicator.endswith("freight_tonnes"):
        return "freight"
    if "trains" in indicator:
        return "trains"
    if indicator in ("vehicles", "freight_trucks"):
        return "vehicles"
    return "persons" if unit == "persons" else "other"


def plain_errors(known: Known, row: dict[str, Any], variant: str) -> dict[str, float | None]:
    """Return the errors of two plain rules: last year's span, and that times the newest growth of the year to date."""
    day = row["available_on"] - dt.timedelta(days=1) if variant == "nowcast" else known.as_of
    rest = known.at(day).statements.filter(~pl.col("statement_id").is_in(list(giveaways(known.statements, row))))
    values = {}
    for name, growth in (("last_year", False), ("last_year_growth", True)):
        value = sum_by_ratio(rest, row["series_id"], row["period_start"], row["period_end"], growth=growth)
        values[name] = abs(value / row["value"] - 1) if np.isfinite(value) else None
    return values

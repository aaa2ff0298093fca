"""Probabilities of passing other figures: each only where that figure was itself published."""

from typing import Any

import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.core.vocabulary import EXPECTATION_MEASURES
from analysis.desks.port.drawing_rule import SURE
from analysis.methods.reconstruction import Reconstruction

SCHEMA: dict[str, Any] = {
    "question": pl.String,
    "figure": pl.String,
    "figure_year": pl.Int64,
    "value": pl.Float64,
    "probability": pl.Float64,
    "reason": pl.String,
    "statement_ids": pl.List(pl.String),
}

#: The last full year before the epidemic closed the ports.
NORMAL_YEAR = 2019


def chances(
    path: Reconstruction, own: pl.DataFrame, published: pl.DataFrame, *, year: int, target: float | None
) -> pl.DataFrame:
    """Return the probability that a year passes last year, 2019, the highest published year, a target.

    Parameters
    ----------
    path
        The reconstruction, which covers the year.
    own
        All statements of the series that are known: targets and expectations are read from here.
    published
        Figures as in `Outlook.published`.
    year
        The year in question.
    target
        A total to pass, in the unit of the path; None for none.

    Returns
    -------
    pl.DataFrame
        One row a comparison: `question` (`last_year, normal_year, record, target, expected`), `figure` (the other
        figure in words), `figure_year`, `value`, `probability` (null where not computed) and then `reason`.
    """
    full = published.filter((pl.col("kind") == "year") & pl.col("used") & pl.col("relation").is_in(SURE))
    rows = [_against_year(path, full, "last_year", year, year - 1)]
    if year - 1 > NORMAL_YEAR:
        rows.append(_against_year(path, full, "normal_year", year, NORMAL_YEAR))
    rows.extend(_against_record(path, full, year))
    if target:
        rows.append(_row("target", "the target set for this page", year, target, path.year(year) >= target, []))
    rows.extend(_against_expectations(path, own, year))
    return pl.DataFrame(rows, schema=SCHEMA)


def _against_year(path: Reconstruction, full: pl.DataFrame, question: str, year: int, other: int) -> dict[str, Any]:
    """Compare draw by draw with another year's total, if that total was published."""
    figures = full.filter(pl.col("year") == other)
    name = f"the total of {other}"
    if figures.is_empty():
        row = _row(question, name, other, None, None, [])
        return row | {"reason": Reason("no_full_year", year=other).written}
    passed = path.year(year) > path.year(other)
    return _row(question, name, other, figures["value"][-1], passed, figures["statement_id"].to_list())


def _against_record(path: Reconstruction, full: pl.DataFrame, year: int) -> list[dict[str, Any]]:
    """Compare with the highest full year published before, unless that is last year or the normal year."""
    before = full.filter(pl.col("year") < year).sort("value")
    if before.is_empty():
        return []
    best = before.row(-1, named=True)
    if best["year"] in (year - 1, NORMAL_YEAR):
        return []
    name = f"the highest full year published, {best['year']}"
    passed = path.year(year) > path.year(best["year"])
    return [_row("record", name, best["year"], best["value"], passed, [best["statement_id"]])]


def _against_expectations(path: Reconstruction, own: pl.DataFrame, year: int) -> list[dict[str, Any]]:
    """Compare with every target or expectation published for the whole year."""
    expected = own.filter(
        pl.col("measure").is_in(EXPECTATION_MEASURES)
        & (pl.col("status") == "valid")
        & (pl.col("period_start").dt.year() == year)
        & (pl.col("period_start").dt.ordinal_day() == 1)
        & (pl.col("period_end").dt.year() == year)
        & (pl.col("period_end").dt.month() == 12)
        & (pl.col("period_end").dt.day() == 31)
    ).unique("value", keep="first", maintain_order=True)
    return [
        _row("expected", f"a published expectation for {year}", year, row["value"],
             path.year(year) >= row["value"], [row["statement_id"]])
        for row in expected.iter_rows(named=True)
    ]  # fmt: skip


def _row(
    question: str, figure: str, year: int, value: float | None, passed: np.ndarray | None, ids: list[str]
) -> dict[str, Any]:
    probability = None if passed is None else float(np.mean(passed))
    return {
        "question": question, "figure": figure, "figure_year": year, "value": value,
        "probability": probability, "reason": None, "statement_ids": ids,
    }  # fmt: skip

"""Probabilities of passing other figures, draw by draw: published ones, and years that are known well enough."""

from typing import Any

import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.core.vocabulary import EXPECTATION_MEASURES, FIGURE_RELATIONS
from analysis.methods.reconstruction import Reconstruction

SCHEMA: dict[str, Any] = {
    "question": pl.String,
    "figure": pl.String,
    "figure_year": pl.Int64,
    "base": pl.String,
    "value": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "probability": pl.Float64,
    "reason": pl.String,
    "statement_ids": pl.List(pl.String),
}

#: The last full year before the epidemic closed the ports.
NORMAL_YEAR = 2019

#: Another year is compared with when the upper end of its total's 80% interval is at most so many times the lower end.
WIDEST_BASE = 1.5


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
        figure in words), `figure_year`, `base` (`published`; `estimated`: the year's own median; empty where nothing
        is computed), `value`, `lower, upper` (80% of an estimated value, else null), `probability` (null where not
        computed) and then `reason`, `statement_ids` (of a published value).
    """
    full = full_years(published)
    rows = [_against_year(path, full, "last_year", year, year - 1)]
    if year - 1 > NORMAL_YEAR:
        rows.append(_against_year(path, full, "normal_year", year, NORMAL_YEAR))
    rows.extend(_against_record(path, full, year))
    if target:
        rows.append(_row("target", "the target set for this page", year, target, path.year(year) >= target, []))
    rows.extend(_against_expectations(path, own, year))
    return pl.DataFrame(rows, schema=SCHEMA)


def full_years(published: pl.DataFrame) -> pl.DataFrame:
    """Return the full-year figures that were used, in the count of the series itself."""
    return published.filter(
        (pl.col("kind") == "year")
        & pl.col("used")
        & pl.col("relation").is_in(FIGURE_RELATIONS)
        & pl.col("count").is_null()
    )


def is_comparable(path: Reconstruction, other: int) -> bool:
    """Return whether another year's total is known well enough to compare with, draw by draw."""
    lower, upper = _interval(path, other)
    return upper <= WIDEST_BASE * lower


def _interval(path: Reconstruction, year: int) -> tuple[float, float]:
    """Return the 80% interval of a year's total."""
    lower, upper = np.quantile(path.year(year), [0.1, 0.9])
    return float(lower), float(upper)


def _against_year(path: Reconstruction, full: pl.DataFrame, question: str, year: int, other: int) -> dict[str, Any]:
    """Compare draw by draw with another year's total, as published or else as estimated."""
    figures = full.filter(pl.col("year") == other)
    name = f"the total of {other}"
    passed = path.year(year) > path.year(other)
    if len(figures):
        return _row(question, name, other, _finest(figures), passed, figures["statement_id"].to_list())
    if not is_comparable(path, other):
        row = _row(question, name, other, None, None, [])
        return row | {"base": "", "reason": Reason("wide_base", year=other).written}
    lower, upper = _interval(path, other)
    row = _row(question, name, other, float(np.median(path.year(other))), passed, [])
    return row | {"base": "estimated", "lower": lower, "upper": upper}


def _finest(figures: pl.DataFrame) -> float:
    """Return the value that states most digits: 12,084,000 rather than 12,100,000."""
    values: list[float] = figures["value"].to_list()
    return max(values, key=lambda value: len(f"{value:.0f}".rstrip("0")))


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
    figures = before.filter(pl.col("year") == best["year"])
    return [_row("record", name, best["year"], _finest(figures), passed, figures["statement_id"].to_list())]


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
        "question": question, "figure": figure, "figure_year": year, "base": "published", "value": value,
        "lower": None, "upper": None, "probability": probability, "reason": None, "statement_ids": ids,
    }  # fmt: skip

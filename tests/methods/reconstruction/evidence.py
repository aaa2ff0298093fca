"""Statements for tests, in the columns that a reconstruction reads."""

import datetime as dt
from typing import Any

import polars as pl

SCHEMA = {
    "statement_id": pl.String,
    "series_id": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "measure": pl.String,
    "relation": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "half_width": pl.Float64,
    "count": pl.String,
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def statement(
    start: str, end: str, value: float, measure: str = "level", relation: str = "eq", series: str = "port", **other: Any
) -> dict[str, Any]:
    """One statement; its rounding is a thousandth of its value unless given."""
    name = f"{series}:{start}:{end}:{measure}:{relation}"
    unit = "1" if "growth" in measure or measure == "share" else "tonnes"
    row = {"statement_id": name, "series_id": series, "unit": unit, "half_width": abs(value) / 1000}
    return (
        row
        | {"period_start": day(start), "period_end": day(end), "measure": measure, "relation": relation}
        | {"value": float(value)}
        | other
    )


def year(
    series: str, number: int, value: float, measure: str = "level", relation: str = "eq", **other: Any
) -> dict[str, Any]:
    """One statement about a whole year."""
    return statement(f"{number}-01-01", f"{number}-12-31", value, measure, relation, series, **other)


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    """Statements as a table, with `base_id` where one names the series that a share is a share of."""
    shares = {"base_id": pl.String} if any("base_id" in row for row in rows) else {}
    return pl.DataFrame(list(rows), schema=SCHEMA | shares)


#: A port with two full years, a year to date, a growth rate and a bound.
PORT = table(
    statement("2021-01-01", "2021-12-31", 120_000),
    statement("2022-01-01", "2022-06-30", 70_000),
    statement("2022-01-01", "2022-12-31", 150_000),
    statement("2023-01-01", "2023-06-30", 0.2, "yoy_growth", half_width=0.005),
    statement("2023-01-01", "2023-10-31", 140_000, relation="gt", half_width=5_000),
)

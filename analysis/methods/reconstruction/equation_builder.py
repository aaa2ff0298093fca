"""The equation builder: rows of a ledger as observation equations, with open days, log figures and errors."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from analysis.core.periods import month_end, months_between
from analysis.core.reasons import Reason
from analysis.core.vocabulary import AVERAGE_MEASURES
from analysis.methods.reconstruction.equations import PartTerms, StatementEquations
from analysis.methods.reconstruction.spans import base_span
from analysis.methods.reconstruction.window import Days

#: Standard deviation, in logs, of the error of a figure called "about": the middle of the 2 to 5% met in the ledger.
APPROXIMATE_SD = 0.03

#: Standard deviation, in logs, of one day around the mean of its month: a figure for n days of a month of m says what
#: the month's rate is only up to `DAY_SD sqrt(1/n - 1/m)`. Whole months have no such error.
DAY_SD = 0.3

#: Smallest standard deviation of a statement, in logs: keeps the linear systems invertible where a figure is printed to
#: seven digits or more. Also that of bounds, whose error is their overshoot.
LEAST_NOISE = 1e-6


def build_equations(
    evidence: pl.DataFrame, parts: Mapping[str, tuple[str, ...]], days: Mapping[str, Days]
) -> tuple[StatementEquations, tuple[str, ...], dict[str, Reason]]:
    """Build the observation equations of the statements of one family.

    Parameters
    ----------
    evidence
        Statements of one family: `statement_id, series_id, base_id` (the series that a share is a share of, else
        null), `period_start, period_end, measure, relation, value, half_width, count`.
    parts
        The parts of each series, whose sum it is.
    days
        The open days of each part, over a window that holds every statement.

    Returns
    -------
    StatementEquations
        Those of the statements that can be used.
    tuple of str
        The parts that they involve, in the order of their terms.
    dict
        `statement_id` to the reason why it cannot be used.
    """
    unused: dict[str, Reason] = {}
    kept: list[int] = []
    sums: list[tuple[dict[str, np.ndarray], dict[str, np.ndarray]]] = []
    figures: list[tuple[float, float]] = []
    for index, row in enumerate(evidence.iter_rows(named=True)):
        N, M = _spans(row, parts, days)
        if not _any_open(N) or (M and not _any_open(M)):
            unused[row["statement_id"]] = Reason("always_closed")
            continue
        if _size(row) <= 0:
            unused[row["statement_id"]] = Reason("not_positive")
            continue
        figures.append(_log_figure(row, max(float(open_days.sum()) for open_days in N.values())))
        kept.append(index)
        sums.append((N, M))
    touched = tuple(sorted({part for N, M in sums for part in (*N, *M)}))
    terms = tuple(_terms_of_part(part, sums, days[part].months) for part in touched)
    return _assemble(evidence[kept], terms, figures), touched, unused


def _spans(
    row: dict[str, Any], parts: Mapping[str, tuple[str, ...]], days: Mapping[str, Days]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the open days by part and month of the stated span, and of the base span, if there is one."""
    start, end = row["period_start"], row["period_end"]
    N = {part: days[part].between(start, end) for part in parts[row["series_id"]]}
    if row["measure"] == "share":
        return N, {part: days[part].between(start, end) for part in parts[row["base_id"]]}
    base = base_span(row["measure"], start, end)
    return N, {part: days[part].between(*base) for part in parts[row["series_id"]]} if base else {}


def _any_open(spans: dict[str, np.ndarray]) -> bool:
    """Return whether any part was open on any day of a span."""
    return any(open_days.any() for open_days in spans.values())


def _size(row: dict[str, Any]) -> float:
    """Return the figure whose log a statement gives: 1 + growth for growth, the figure itself for others."""
    return float(row["value"] + (base_span(row["measure"], row["period_start"], row["period_end"]) is not None))


def _stated_size(row: dict[str, Any]) -> float:
    """Return the figure whose log the equation states: a bound on an average leaves room for its rounding."""
    slack = row["half_width"] if row["measure"] in AVERAGE_MEASURES else 0.0
    return _size(row) - float({"gt": slack, "lt": -slack}.get(row["relation"], 0.0))


def _log_figure(row: dict[str, Any], open_days: float) -> tuple[float, float]:
    """Return the log of a statement's figure as a sum over its span, and its rounding error in logs.

    A milestone is known to one day's flow: of a span whose days were not all open, to that of an open day.
    """
    start, end = row["period_start"], row["period_end"]
    growth = base_span(row["measure"], start, end) is not None
    ratio = growth or row["measure"] == "share"
    size = _stated_size(row)
    days, months = (end - start).days + 1, months_between(start, end) + 1
    times = {"daily_average": days, "monthly_average": months}.get(row["measure"], 1)
    day = days / open_days if row["relation"] == "milestone" else 1.0
    noise = row["half_width"] * day / size / 3**0.5
    about = APPROXIMATE_SD if row["relation"] == "approx" or (ratio and row["relation"] != "eq") else 0.0
    by_day = DAY_SD * max(1 / days - 1 / month_end(start).day, 0.0) ** 0.5
    return float(np.log(size * times)), max(float(np.hypot(np.hypot(noise, about), by_day)), LEAST_NOISE)


def _terms_of_part(
    part: str, sums: list[tuple[dict[str, np.ndarray], dict[str, np.ndarray]]], months: int
) -> PartTerms:
    """Collect the terms of one part."""
    rows = [j for j, (N, M) in enumerate(sums) if part in N or part in M]
    absent = np.zeros(months)
    return PartTerms(
        np.array(rows, dtype=int),
        np.array([sums[j][0].get(part, absent) for j in rows], dtype=float).reshape(-1, months),
        np.array([sums[j][1].get(part, absent) for j in rows], dtype=float).reshape(-1, months),
    )


def _assemble(
    table: pl.DataFrame, terms: tuple[PartTerms, ...], figures: list[tuple[float, float]]
) -> StatementEquations:
    """Stack the equations; a ratio is never a bound (growth "over 50%" is taken as about 50%)."""
    bases = [base_span(*row) for row in table.select("measure", "period_start", "period_end").iter_rows()]
    growth = np.array([base is not None for base in bases], dtype=bool)
    ratio = growth | (table["measure"] == "share").to_numpy()
    sign = table["relation"].replace_strict({"gt": 1, "lt": -1}, default=0, return_dtype=pl.Int64).to_numpy()
    y, noise = np.array(figures, dtype=float).reshape(-1, 2).T
    return StatementEquations(
        table=table,
        terms=terms,
        y=y,
        noise=np.where((sign != 0) & ~ratio, LEAST_NOISE, noise),
        growth=growth,
        ratio=ratio,
        sign=np.where(ratio, 0, sign),
        counts=_counts(table, ratio),
        bases=_indicator_columns(
            [base and (series, base[0].year) for series, base in zip(table["series_id"], bases, strict=True)]
        ),
        months_compared=np.array([months_between(*base) + 1 if base else 1 for base in bases], dtype=float),
    )


def _counts(table: pl.DataFrame, ratio: np.ndarray) -> np.ndarray:
    """Return which levels are by each other count; ratios compare a count with itself."""
    counted = table.select("series_id", "count").rows()
    return _indicator_columns(
        [None if is_ratio or key[1] is None else key for key, is_ratio in zip(counted, ratio, strict=True)]
    )


def _indicator_columns(groups: list[Any]) -> np.ndarray:
    """Return an indicator column for each group of rows: rows by groups, 0 or 1; None belongs to no group."""
    names = sorted({group for group in groups if group is not None})
    member = [[group == name for name in names] for group in groups]
    return np.array(member, dtype=float).reshape(len(groups), len(names))

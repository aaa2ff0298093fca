"""Statements read as rows of the operator: which days they speak of, what figure, how exact."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from analysis.core.periods import month_end, months_between
from analysis.core.reasons import Reason
from analysis.methods.reconstruction.spans import base_span
from analysis.methods.reconstruction.stated import Operator, Touch
from analysis.methods.reconstruction.window import Days

#: Relative standard deviation of a figure called "about": the middle of the 2 to 5% met in practice.
ABOUT = 0.03

#: How much one day differs from the mean of its month, in logs; so a few days say little about a month.
DAILY = 0.3

#: Keeps the statement system invertible where a figure is printed to seven digits or more.
LEAST_NOISE = 1e-6


def operator_of(
    evidence: pl.DataFrame, parts: Mapping[str, tuple[str, ...]], days: Mapping[str, Days]
) -> tuple[Operator, tuple[str, ...], dict[str, Reason]]:
    """Turn statements into rows of the operator.

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
    Operator
        The statements that can be used.
    tuple of str
        The parts that they touch, in the order of the operator's.
    dict
        `statement_id` to the reason why it cannot be used.
    """
    unused: dict[str, Reason] = {}
    kept: list[int] = []
    sums: list[tuple[dict[str, np.ndarray], dict[str, np.ndarray]]] = []
    figures: list[tuple[float, float]] = []
    for index, row in enumerate(evidence.iter_rows(named=True)):
        N, M = _spans(row, parts, days)
        if not _open(N) or (M and not _open(M)):
            unused[row["statement_id"]] = Reason("always_closed")
            continue
        if _size(row) <= 0:
            unused[row["statement_id"]] = Reason("not_positive")
            continue
        figures.append(_log_figure(row))
        kept.append(index)
        sums.append((N, M))
    touched = tuple(sorted({part for N, M in sums for part in (*N, *M)}))
    touches = tuple(_touch(part, sums, days[part].months) for part in touched)
    return _assemble(evidence[kept], touches, figures), touched, unused


def _spans(
    row: dict[str, Any], parts: Mapping[str, tuple[str, ...]], days: Mapping[str, Days]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the open days by part and month of the stated span, and of the one compared with, if any."""
    start, end = row["period_start"], row["period_end"]
    N = {part: days[part].between(start, end) for part in parts[row["series_id"]]}
    if row["measure"] == "share":
        return N, {part: days[part].between(start, end) for part in parts[row["base_id"]]}
    base = base_span(row["measure"], start, end)
    return N, {part: days[part].between(*base) for part in parts[row["series_id"]]} if base else {}


def _open(spans: dict[str, np.ndarray]) -> bool:
    return any(open_days.any() for open_days in spans.values())


def _size(row: dict[str, Any]) -> float:
    """Return the figure whose log a statement gives: 1 + growth for growth, the figure itself for others."""
    return float(row["value"] + (base_span(row["measure"], row["period_start"], row["period_end"]) is not None))


def _log_figure(row: dict[str, Any]) -> tuple[float, float]:
    """Return the log of a statement's figure as a sum over its span, and its rounding error in logs."""
    start, end = row["period_start"], row["period_end"]
    growth = base_span(row["measure"], start, end) is not None
    ratio = growth or row["measure"] == "share"
    size = _size(row)
    days, months = (end - start).days + 1, months_between(start, end) + 1
    times = {"daily_average": days, "monthly_average": months}.get(row["measure"], 1)
    noise = row["half_width"] / size / 3**0.5
    about = ABOUT if row["relation"] == "approx" or (ratio and row["relation"] != "eq") else 0.0
    by_day = DAILY * max(1 / days - 1 / month_end(start).day, 0.0) ** 0.5
    return float(np.log(size * times)), max(float(np.hypot(np.hypot(noise, about), by_day)), LEAST_NOISE)


def _touch(part: str, sums: list[tuple[dict[str, np.ndarray], dict[str, np.ndarray]]], months: int) -> Touch:
    """Collect the statements that a part enters."""
    rows = [j for j, (N, M) in enumerate(sums) if part in N or part in M]
    silent = np.zeros(months)
    return Touch(
        np.array(rows, dtype=int),
        np.array([sums[j][0].get(part, silent) for j in rows], dtype=float).reshape(-1, months),
        np.array([sums[j][1].get(part, silent) for j in rows], dtype=float).reshape(-1, months),
    )


def _assemble(table: pl.DataFrame, touches: tuple[Touch, ...], figures: list[tuple[float, float]]) -> Operator:
    """Stack the rows; a ratio is never a bound (a growth "over 50%" is taken as about that)."""
    bases = [base_span(*row) for row in table.select("measure", "period_start", "period_end").iter_rows()]
    growth = np.array([base is not None for base in bases], dtype=bool)
    ratio = growth | (table["measure"] == "share").to_numpy()
    sign = table["relation"].replace_strict({"gt": 1, "lt": -1}, default=0, return_dtype=pl.Int64).to_numpy()
    y, noise = np.array(figures, dtype=float).reshape(-1, 2).T
    return Operator(
        table=table,
        touches=touches,
        y=y,
        noise=np.where((sign != 0) & ~ratio, LEAST_NOISE, noise),
        growth=growth,
        ratio=ratio,
        sign=np.where(ratio, 0, sign),
        counts=_counts(table, ratio),
        bases=_members(
            [base and (series, base[0].year) for series, base in zip(table["series_id"], bases, strict=True)]
        ),
        months_compared=np.array([months_between(*base) + 1 if base else 1 for base in bases], dtype=float),
    )


def _counts(table: pl.DataFrame, ratio: np.ndarray) -> np.ndarray:
    """Return which levels each other count made; ratios compare a count with itself."""
    counted = table.select("series_id", "count").rows()
    return _members([None if is_ratio or key[1] is None else key for key, is_ratio in zip(counted, ratio, strict=True)])


def _members(groups: list[Any]) -> np.ndarray:
    """Return which rows belong to each group: rows by groups, 0 or 1; None belongs to none."""
    names = sorted({group for group in groups if group is not None})
    member = [[group == name for name in names] for group in groups]
    return np.array(member, dtype=float).reshape(len(groups), len(names))

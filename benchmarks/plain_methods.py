"""Two plain ways to spread published totals over months: the baselines of the reconstruction."""

import numpy as np
import polars as pl


def stated_sums(ledger: pl.DataFrame, series_id: str, first: int, months: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the figures for whole months as rows of 0 and 1, and their values."""
    rows, values = [], []
    figures = ledger.filter(
        (pl.col("series_id") == series_id) & (pl.col("measure") == "level") & (pl.col("relation") == "eq")
    )
    for start, end, value in figures.select("period_start", "period_end", "value").iter_rows():
        picked = np.zeros(months)
        picked[(start.year - first) * 12 + start.month - 1 : (end.year - first) * 12 + end.month] = 1
        rows.append(picked)
        values.append(value)
    return np.array(rows).reshape(-1, months), np.array(values)


def even_spread(sums: np.ndarray, values: np.ndarray, months: int) -> np.ndarray:
    """Spread the differences of a year's cumulatives evenly; fill the rest linearly."""
    estimate = np.full(months, np.nan)
    for base in range(0, months, 12):
        year = slice(base, base + 12)
        to_date = [
            (int(s[year].sum()), v) for s, v in zip(sums, values, strict=True) if s[base] and s[year].sum() == s.sum()
        ]
        done, total = 0, 0.0
        for length, value in sorted(to_date):
            if length > done:
                estimate[base + done : base + length] = max(value - total, 0) / (length - done)
                done, total = length, value
    known = np.flatnonzero(np.isfinite(estimate))
    return np.interp(np.arange(months), known, estimate[known]) if known.size else estimate


def smooth(sums: np.ndarray, values: np.ndarray, months: int) -> np.ndarray:
    """Return the smoothest path (squared first differences) that meets every sum: Boot, Feibes and Lisman (1967)."""
    if not len(values):
        return np.full(months, np.nan)
    weight = 1e4 / np.maximum(values, 1)
    scale = values.mean()
    system = np.vstack([np.diff(np.eye(months), axis=0) / max(scale, 1), sums * weight[:, None] / scale])
    target = np.concatenate([np.zeros(months - 1), values * weight / scale])
    return np.maximum(np.linalg.lstsq(system, target, rcond=None)[0], 0)


def year_by_ratio(monthly: np.ndarray, year: int, month: int) -> float:
    """Return the year to date times last year's ratio of the year to the same months."""
    base = year * 12
    before = monthly[base - 12 : base]
    return float(monthly[base : base + month].sum() * before.sum() / max(before[:month].sum(), 1e-9))

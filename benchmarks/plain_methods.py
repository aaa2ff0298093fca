"""Plain ways to spread published totals over months, and to tell a sum from the year before: baselines."""

import datetime as dt

import numpy as np
import polars as pl

from analysis.core.periods import add_months, month_end


def stated_sums(ledger: pl.DataFrame, series_id: str, first: int, months: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the figures for whole months as rows of 0 and 1, and their values."""
    rows, values = [], []
    figures = ledger.filter(
        (pl.col("series_id") == series_id) & (pl.col("measure") == "level") & (pl.col("relation") == "eq")
        & (pl.col("period_start").dt.day() == 1) & (pl.col("period_end") == pl.col("period_end").dt.month_end())
    )  # fmt: skip
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
    path: np.ndarray = np.maximum(np.linalg.lstsq(system, target, rcond=None)[0], 0)
    return path


def year_by_ratio(monthly: np.ndarray, year: int, month: int) -> float:
    """Return the year to date times last year's ratio of the year to the same months."""
    base = year * 12
    before = monthly[base - 12 : base]
    return float(monthly[base : base + month].sum() * before.sum() / max(before[:month].sum(), 1e-9))


def year_by_shares(monthly: np.ndarray, year: int, month: int, years: int = 4) -> float:
    """Return the year to date over its median share in the years before; last year's total where no month is known."""
    before = monthly[: year * 12].reshape(-1, 12)[-years:]
    if not month:
        return float(before[-1].sum())
    share = np.median(before[:, :month].sum(axis=1) / before.sum(axis=1))
    return float(monthly[year * 12 :][:month].sum() / share)


def sum_by_ratio(known: pl.DataFrame, series_id: str, start: dt.date, end: dt.date, *, growth: bool = True) -> float:
    """Return the sum of the same days a year before, even-spread, times the growth since if `growth`.

    The growth is that of the nearest stated year to date, or else the latest stated. Not a number without any figure
    for whole months.
    """
    figures = known.filter((pl.col("series_id") == series_id) & (pl.col("measure") == "level"))
    years = [day.year for day in (*figures["period_start"], *figures["period_end"], start, end)]
    first, months = min(years) - 1, 12 * (max(years) - min(years) + 2)
    sums, values = stated_sums(known, series_id, first, months)
    monthly = even_spread(sums, values, months)
    last_year = float(np.roll(monthly, 12) @ _days(start, end, first, months))
    if not growth:
        return last_year
    january, month = 12 * (end.year - first), end.month
    to_date = [int(row.sum()) for row in sums if row[january] and row.sum() == row[january : january + 12].sum()]
    if to_date:
        part = slice(january, january + min(to_date, key=lambda length: abs(length - month)))
        factor = monthly[part].sum() / monthly[part.start - 12 : part.stop - 12].sum()
    else:
        stated = known.filter((pl.col("series_id") == series_id) & (pl.col("measure") == "yoy_growth"))
        factor = 1 + sum(stated.sort("period_end", "available_on")["value"].tail(1))
    return last_year * factor


def _days(start: dt.date, end: dt.date, first: int, months: int) -> np.ndarray:
    """Return the share of each month's days that lie from `start` to `end`."""
    firsts = [add_months(dt.date(first, 1, 1), count) for count in range(months)]
    shares = [
        max((min(end, month_end(month)) - max(start, month)).days + 1, 0) / month_end(month).day for month in firsts
    ]
    return np.array(shares)

"""How each month and year of a reconstruction was made."""

import datetime as dt

import numpy as np
import polars as pl

from analysis.observations import FREQ, OBS_STATUS
from analysis.periods import month_end
from analysis.reconstruction.operator import Operator
from analysis.reconstruction.window import Days


def periods_of(days: Days, operator: Operator, start: dt.date, end: dt.date) -> tuple[pl.DataFrame, np.ndarray]:
    """Return the months from `start` to `end` and the years that they touch, their status, and the sums that make them.

    A period is `closed` without an open day, `reported` where a figure for just this span was published, `derived`
    where it is a sum or difference of published figures, `forecast` where nothing about it was published yet (a
    month that ends, a year that begins after the last stated day), otherwise `estimated`.

    Returns
    -------
    pl.DataFrame
        `freq, time_period, obs_status`.
    np.ndarray
        Open days of each period, periods by months.
    """
    months = np.diag(days.open)
    years = months.reshape(-1, 12, days.months).sum(axis=1)
    sums = np.concatenate([months, years])
    table = operator.table
    figures = (
        table["measure"].is_in(["level", "daily_average", "monthly_average"]) & (table["relation"] == "eq")
    ).to_numpy()
    stated = operator.N[figures]
    last = max(table["period_end"], default=days.start)
    starts = [*days.firsts, *days.firsts[::12]]
    freq = ["M"] * days.months + ["A"] * (days.months // 12)
    unstated = [
        start > last or (kind == "M" and month_end(start) > last) for start, kind in zip(starts, freq, strict=True)
    ]
    status = np.select(
        [
            sums.sum(axis=1) == 0,
            (sums[:, None, :] == stated[None]).all(axis=2).any(axis=1),
            _fixed(stated, sums),
            np.array(unstated),
        ],
        ["closed", "reported", "derived", "forecast"],
        default="estimated",
    )
    frame = pl.DataFrame(
        {"freq": pl.Series(freq, dtype=FREQ), "time_period": starts, "obs_status": pl.Series(status, dtype=OBS_STATUS)}
    )
    asked = [
        start.year <= day.year <= end.year if kind == "A" else start.replace(day=1) <= day <= end
        for kind, day in zip(freq, starts, strict=True)
    ]
    return frame.filter(pl.Series(asked)), sums[asked]


def _fixed(stated: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return which spans are sums and differences of stated ones.

    Parameters
    ----------
    stated
        Stated sums, statements by months.
    wanted
        Spans asked about, spans by months.
    """
    if not stated.size:
        return np.zeros(len(wanted), dtype=bool)
    _, singular, basis = np.linalg.svd(stated, full_matrices=False)
    basis = basis[singular > 1e-9 * singular[0]]
    rest = wanted - wanted @ basis.T @ basis
    return np.asarray(np.linalg.norm(rest, axis=1) < 1e-6 * np.maximum(np.linalg.norm(wanted, axis=1), 1e-12))

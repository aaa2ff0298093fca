"""How each month and year of a reconstruction was made."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.path_table import FREQ, OBS_STATUS
from analysis.core.periods import month_end
from analysis.methods.reconstruction.spans import LEVELS
from analysis.methods.reconstruction.stated import Operator
from analysis.methods.reconstruction.window import Days


@dataclass(frozen=True)
class Figures:
    """The published figures of a family, as sums over the months of all its parts.

    Attributes
    ----------
    sums
        The sums that a figure states, as bytes of their rows.
    basis
        Orthonormal rows that span them.
    """

    sums: frozenset[bytes]
    basis: np.ndarray

    @classmethod
    def of(cls, operator: Operator) -> "Figures":
        """Collect the exact levels and averages of a family, by the count of their series."""
        table = operator.table
        exact = (table["measure"].is_in(LEVELS) & (table["relation"] == "eq")).to_numpy()
        exact &= ~operator.counts.any(axis=1)
        stated = np.zeros((exact.size, len(operator.touches), operator.touches[0].N.shape[1]))
        for part, touch in enumerate(operator.touches):
            stated[touch.rows, part] = touch.N
        rows = stated[exact].reshape(int(exact.sum()), stated[0].size)
        if not rows.size:
            return cls(frozenset(), np.zeros((0, stated[0].size)))
        # Only the months that some figure speaks of matter: a region has thousands of others.
        _, singular, basis = np.linalg.svd(rows, full_matrices=False)
        return cls(frozenset(row.tobytes() for row in rows), basis[singular > 1e-9 * singular[0]])

    def state(self, sums: np.ndarray) -> np.ndarray:
        """Return which sums a figure states directly."""
        return np.array([row.tobytes() in self.sums for row in sums])

    def fix(self, sums: np.ndarray) -> np.ndarray:
        """Return which sums are sums and differences of stated ones."""
        rest = sums - sums @ self.basis.T @ self.basis
        return np.asarray(np.linalg.norm(rest, axis=1) < 1e-6 * np.maximum(np.linalg.norm(sums, axis=1), 1e-12))


def periods_of(
    days: tuple[Days, ...], places: tuple[int, ...], operator: Operator, figures: Figures, start: dt.date, end: dt.date
) -> tuple[pl.DataFrame, np.ndarray]:
    """Return the months from `start` to `end` and the years that they touch, their status, and which months make them.

    A period is `closed` without an open day, `reported` where a figure for just this span was published, `derived`
    where it is a sum or difference of published figures, `forecast` where nothing about it was published yet (a
    month that ends, a year that begins after the last stated day), otherwise `estimated`.

    Parameters
    ----------
    days, places
        Open days of each part of the series, and its position among the family's parts.
    operator, figures
        The family's statements.
    start, end
        First and last month asked for.

    Returns
    -------
    pl.DataFrame
        `freq, time_period, obs_status`.
    np.ndarray
        Which months each period sums, periods by months.
    """
    months = days[0].months
    chosen = np.concatenate([np.eye(months), np.eye(months).reshape(-1, 12, months).sum(axis=1)])
    starts = [*days[0].firsts, *days[0].firsts[::12]]
    freq = ["M"] * months + ["A"] * (months // 12)
    asked = np.array(
        [
            start.year <= day.year <= end.year if kind == "A" else start.replace(day=1) <= day <= end
            for kind, day in zip(freq, starts, strict=True)
        ]
    )
    chosen, periods = (
        chosen[asked],
        [pair for pair, is_asked in zip(zip(freq, starts, strict=True), asked, strict=True) if is_asked],
    )
    by_part = np.zeros((len(chosen), len(operator.touches), months))
    for each, place in zip(days, places, strict=True):
        by_part[:, place] = chosen * each.open
    sums = by_part.reshape(len(chosen), len(operator.touches) * months)
    last = _last_stated(operator, places, days[0].start)
    unstated = [day > last or (kind == "M" and month_end(day) > last) for kind, day in periods]
    status = np.select(
        [sums.sum(axis=1) == 0, figures.state(sums), figures.fix(sums), np.array(unstated)],
        ["closed", "reported", "derived", "forecast"],
        default="estimated",
    )
    frame = pl.DataFrame(
        {
            "freq": pl.Series([kind for kind, _ in periods], dtype=FREQ),
            "time_period": [day for _, day in periods],
            "obs_status": pl.Series(status, dtype=OBS_STATUS),
        }
    )
    return frame, chosen


def _last_stated(operator: Operator, places: tuple[int, ...], default: dt.date) -> dt.date:
    """Return the last day of which something was said about one of the parts."""
    rows = np.unique(np.concatenate([operator.touches[place].rows for place in places]))
    return max(operator.table["period_end"].gather(rows), default=default)

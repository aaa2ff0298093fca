"""The status of each month and year: reported, derived, estimated, forecast or closed."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.path_table import FREQ, OBS_STATUS
from analysis.core.periods import month_end
from analysis.core.vocabulary import LEVEL_MEASURES
from analysis.methods.reconstruction.equations import StatementEquations
from analysis.methods.reconstruction.window import Days


@dataclass(frozen=True)
class PublishedSums:
    """The sums over months of a family's parts for which a figure was published.

    Attributes
    ----------
    sums
        The sums themselves, as bytes of their rows (open days by the months of all parts).
    basis
        Orthonormal rows that span them.
    """

    sums: frozenset[bytes]
    basis: np.ndarray

    @classmethod
    def collect(cls, equations: StatementEquations) -> "PublishedSums":
        """Collect the exact levels and averages of a family; those of another count state another sum."""
        table = equations.table
        exact = (table["measure"].is_in(LEVEL_MEASURES) & (table["relation"] == "eq")).to_numpy()
        exact &= ~equations.counts.any(axis=1)
        stated = np.zeros((exact.size, len(equations.terms), equations.terms[0].N.shape[1]))
        for part, term in enumerate(equations.terms):
            stated[term.rows, part] = term.N
        rows = stated[exact].reshape(int(exact.sum()), stated[0].size)
        if not rows.size:
            return cls(frozenset(), np.zeros((0, stated[0].size)))
        # The reduced decomposition: a region has thousands of months that no figure involves.
        _, singular, basis = np.linalg.svd(rows, full_matrices=False)
        return cls(frozenset(row.tobytes() for row in rows), basis[singular > 1e-9 * singular[0]])

    def states(self, sums: np.ndarray) -> np.ndarray:
        """Return which of these sums a figure states directly."""
        return np.array([row.tobytes() in self.sums for row in sums])

    def fixes(self, sums: np.ndarray) -> np.ndarray:
        """Return which of these sums are sums and differences of published ones."""
        rest = sums - sums @ self.basis.T @ self.basis
        return np.asarray(np.linalg.norm(rest, axis=1) < 1e-6 * np.maximum(np.linalg.norm(sums, axis=1), 1e-12))


def periods_with_status(
    days: tuple[Days, ...],
    places: tuple[int, ...],
    equations: StatementEquations,
    figures: PublishedSums,
    start: dt.date,
    end: dt.date,
) -> tuple[pl.DataFrame, np.ndarray]:
    """Return the months from `start` to `end` and the years that they touch, their status, and which months make them.

    A period is `closed` without an open day, `reported` where a figure for just this span was published, `derived`
    where it is a sum or difference of published figures, `forecast` where nothing about it was published yet (a
    month that ends, a year that begins after the last stated day), otherwise `estimated`.

    Parameters
    ----------
    days, places
        Open days of each part of the series, and its position among the family's parts.
    equations, figures
        The family's statements.
    start, end
        First and last month to return.

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
    inside = np.array(
        [
            start.year <= day.year <= end.year if kind == "A" else start.replace(day=1) <= day <= end
            for kind, day in zip(freq, starts, strict=True)
        ]
    )
    chosen, periods = (
        chosen[inside],
        [pair for pair, is_inside in zip(zip(freq, starts, strict=True), inside, strict=True) if is_inside],
    )
    by_part = np.zeros((len(chosen), len(equations.terms), months))
    for each, place in zip(days, places, strict=True):
        by_part[:, place] = chosen * each.open
    sums = by_part.reshape(len(chosen), len(equations.terms) * months)
    last = _last_stated(equations, places, days[0].start)
    unstated = [day > last or (kind == "M" and month_end(day) > last) for kind, day in periods]
    status = np.select(
        [sums.sum(axis=1) == 0, figures.states(sums), figures.fixes(sums), np.array(unstated)],
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


def _last_stated(equations: StatementEquations, places: tuple[int, ...], default: dt.date) -> dt.date:
    """Return the last day that a statement about one of the parts covers."""
    rows = np.unique(np.concatenate([equations.terms[place].rows for place in places]))
    return max(equations.table["period_end"].gather(rows), default=default)

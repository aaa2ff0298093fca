"""The status of each month and year: reported, derived, estimated, forecast or closed."""

import datetime as dt
import itertools
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
    *,
    zeros: pl.DataFrame,
) -> tuple[pl.DataFrame, np.ndarray]:
    """Return the months from `start` to `end` and the years that they touch, their status, and which months make them.

    A period is `closed` without an open day unless a zero was published about it, `reported` where a figure for just
    this span was published, `derived` where it is a sum or difference of published figures, `forecast` where nothing
    about it was published yet (a month that ends, a year that begins after the last stated day), otherwise `estimated`.

    Parameters
    ----------
    days, places
        Open days of each part of the series, and its position among the family's parts.
    equations, figures
        The family's statements.
    start, end
        First and last month to return.
    zeros
        The published zeros about the series: `period_start, period_end, whole` (whether a figure for all of it).

    Returns
    -------
    pl.DataFrame
        `freq, time_period, obs_status`.
    np.ndarray
        Which months each period sums, periods by months.
    """
    months = days[0].months
    periods, chosen = _periods(days[0], start, end)
    by_part = np.zeros((len(chosen), len(equations.terms), months))
    for each, place in zip(days, places, strict=True):
        by_part[:, place] = chosen * each.open
    sums = by_part.reshape(len(chosen), len(equations.terms) * months)
    last = max([_last_stated(equations, places, days[0].start), *zeros["period_end"]])
    unstated = [day > last or (kind == "M" and month_end(day) > last) for kind, day in periods]
    nothing = sums.sum(axis=1) == 0
    stated = figures.states(sums)
    if zeros.height:
        # With its other months closed a sum is that of one month, but what was printed is the sum.
        printed = set(equations.table.select("period_start", "period_end").iter_rows())
        stated &= np.array([_span(*period) in printed for period in periods], dtype=bool)
    status = np.select(
        [nothing, stated, figures.fixes(sums), np.array(unstated)],
        ["closed", "reported", "derived", "forecast"],
        default="estimated",
    )
    status = np.where(nothing, _status_of_nothing(periods, zeros), status)
    return _as_table(periods, status), chosen


def periods_of_zeros(
    days: tuple[Days, ...], zeros: pl.DataFrame, start: dt.date, end: dt.date
) -> tuple[pl.DataFrame, np.ndarray]:
    """Return what `periods_with_status` does, of a series that zeros and closures leave without an open day."""
    periods, chosen = _periods(days[0], start, end)
    return _as_table(periods, _status_of_nothing(periods, zeros)), chosen


def with_status_of_sum(
    periods: pl.DataFrame, statuses: list[list[str]], nothing: np.ndarray, zeros: pl.DataFrame
) -> pl.DataFrame:
    """Return periods with the status of the sum of several parts that no figure states.

    Parameters
    ----------
    periods
        `freq, time_period`.
    statuses
        The status of each part in each period.
    nothing
        In which periods no part had an open day.
    zeros
        As in `periods_with_status`.
    """
    known = {"reported", "derived", "closed"}
    of_sum = [
        "derived" if set(parts) <= known else "forecast" if "forecast" in parts else "estimated"
        for parts in zip(*statuses, strict=True)
    ]
    pairs = list(periods.select(pl.col("freq").cast(pl.String), "time_period").iter_rows())
    return _as_table(pairs, np.where(nothing, _status_of_nothing(pairs, zeros), of_sum))


def _periods(days: Days, start: dt.date, end: dt.date) -> tuple[list[tuple[str, dt.date]], np.ndarray]:
    """Return the months from `start` to `end` and the years that they touch, and which months each sums."""
    months = days.months
    chosen = np.concatenate([np.eye(months), np.eye(months).reshape(-1, 12, months).sum(axis=1)])
    freq = ["M"] * months + ["A"] * (months // 12)
    periods = list(zip(freq, [*days.firsts, *days.firsts[::12]], strict=True))
    inside = [
        start.year <= day.year <= end.year if kind == "A" else start.replace(day=1) <= day <= end
        for kind, day in periods
    ]
    return list(itertools.compress(periods, inside)), chosen[inside]


def _span(kind: str, day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a month or year."""
    return day, day.replace(month=12, day=31) if kind == "A" else month_end(day)


def _status_of_nothing(periods: list[tuple[str, dt.date]], zeros: pl.DataFrame) -> np.ndarray:
    """Return the status of periods without an open day: that of the zeros about them, else `closed`."""
    spans = list(zeros.select("period_start", "period_end").iter_rows())
    whole = set(zeros.filter("whole").select("period_start", "period_end").iter_rows())
    status = []
    for period in periods:
        first, last = _span(*period)
        touched = any(start <= last and first <= end for start, end in spans)
        status.append("reported" if (first, last) in whole else "derived" if touched else "closed")
    return np.array(status)


def _as_table(periods: list[tuple[str, dt.date]], status: np.ndarray) -> pl.DataFrame:
    """Return periods with their status as `freq, time_period, obs_status`."""
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "freq": FREQ,
        "time_period": pl.Date,
        "obs_status": OBS_STATUS,
    }
    rows = [(kind, day, made) for (kind, day), made in zip(periods, status, strict=True)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _last_stated(equations: StatementEquations, places: tuple[int, ...], default: dt.date) -> dt.date:
    """Return the last day that a statement about one of the parts covers."""
    rows = np.unique(np.concatenate([equations.terms[place].rows for place in places]))
    return max(equations.table["period_end"].gather(rows), default=default)

"""Kinds of series by their zeros: closed seasons, closures, silent and intermittent series."""

from dataclasses import dataclass

import numpy as np

from analysis.core.frequency import MONTHLY, Frequency
from analysis.methods.forecasting.settings import Array

# Months stand for as many quarters or weeks as make them up, at least one.

#: Empty months at the end after which a series is silent (forecast by zeros), and the share of empty months, outside
#: closures, above which it is intermittent (forecast by the distribution of its recent months).
SILENT_MONTHS, INTERMITTENT_SHARE = 24, 0.25

#: Last months read for closed seasons, and for intermittent series; and months after which one of the latter counts
#: half.
SEASON_MEMORY, RECENT_MONTHS, HALF_LIFE = 60, 36, 12.0

#: Empty months in a row that make a closure: one that has ended, and one that lasts to the end. The first `RISK_MONTHS`
#: of each count as errors of a forecast, and so as a risk in its widths; the others count as not observed.
ENDED_MONTHS, LASTING_MONTHS, RISK_MONTHS = 6, 3, 2

#: Months of the cycle in a row that a series never has, from which they are a closed season. One or two are rather
#: published together with a neighbour, as January and February are in China.
ABSENT_MONTHS = 3

#: An empty month of a running series is taken as this share of its median month, at least half a unit (or half the
#: median where that is less): logarithms need a floor.
FLOOR_SHARE, FLOOR = 0.05, 0.5


@dataclass(frozen=True)
class Kinds:
    """What kind of series each is.

    Attributes
    ----------
    closed
        Series by month of the cycle (counted from column 0): nothing ever passes then.
    silent
        Nothing passed in the last `SILENT_MONTHS` months, or ever.
    intermittent
        Too many months are empty for a level and a season.
    shut
        Series by month: inside a closure, or in a closed season.
    shut_for
        Months for which a closure has lasted; 0 if the series is open.
    """

    closed: np.ndarray
    silent: np.ndarray
    intermittent: np.ndarray
    shut: np.ndarray
    shut_for: np.ndarray


def classify(Y: Array, *, cycle: int, frequency: Frequency = MONTHLY) -> Kinds:
    """Return the kind of each series, by its empty periods.

    A month of the cycle is closed if it was empty in each of the last five years and observed in two of them at least,
    while the rest of the cycle is not empty more often than `INTERMITTENT_SHARE`; or if it is one of `ABSENT_MONTHS` in
    a row, or more, that have no figure in any of these years.
    """
    months = Y.shape[1]
    of_cycle = np.arange(months) % cycle
    late = np.arange(months) >= months - frequency.periods(SEASON_MEMORY)
    empty, observed = Y == 0, np.isfinite(Y)
    closed: np.ndarray = np.zeros((len(Y), cycle), bool)
    if cycle > 1:
        for m in range(cycle):
            which = late & (of_cycle == m)
            closed[:, m] = (empty[:, which].sum(axis=1) == observed[:, which].sum(axis=1)) & (
                observed[:, which].sum(axis=1) >= 2
            )
    silent = ~np.asarray((Y[:, -frequency.periods(SILENT_MONTHS) :] > 0).any(axis=1))
    open_share = _share_empty(Y, closed[:, of_cycle], late)
    closed = closed & (open_share <= INTERMITTENT_SHARE)[:, None] & ~silent[:, None]
    absent = never_observed(Y, cycle=cycle, frequency=frequency)
    closed |= long_absences(absent, frequency.periods(ABSENT_MONTHS)) & ~silent[:, None]
    season = closed[:, of_cycle]
    shut, shut_for = closures(Y, season, frequency)
    recent = np.arange(months) >= months - frequency.periods(RECENT_MONTHS)
    intermittent = (_share_empty(Y, season | shut, recent) > INTERMITTENT_SHARE) & ~silent
    shut[intermittent | silent] = False
    return Kinds(closed, silent, intermittent, shut | season, np.where(intermittent | silent, 0, shut_for))


def never_observed(Y: Array, *, cycle: int, frequency: Frequency = MONTHLY) -> np.ndarray:
    """Return which months of the cycle have no figure in any of the last five years, two of them at least.

    Series by month of the cycle (counted from column 0). Years before a series' first figure do not count.
    """
    months = Y.shape[1]
    observed = np.isfinite(Y)
    begun = np.maximum.accumulate(observed, axis=1) & (np.arange(months) >= months - frequency.periods(SEASON_MEMORY))
    absent = np.zeros((len(Y), cycle), bool)
    for m in range(cycle if cycle > 1 else 0):
        which = np.arange(months) % cycle == m
        absent[:, m] = (begun[:, which].sum(axis=1) >= 2) & ~(observed & begun)[:, which].any(axis=1)
    return absent


def long_absences(absent: np.ndarray, length: int = ABSENT_MONTHS) -> np.ndarray:
    """Return the periods that lie in a run of `length` absent ones or more, around the turn of the cycle too."""
    ends = np.logical_and.reduce([np.roll(absent, step, axis=1) for step in range(length)])
    return np.asarray(np.logical_or.reduce([np.roll(ends, -step, axis=1) for step in range(length)]))


def closures(Y: Array, season: np.ndarray, frequency: Frequency = MONTHLY) -> tuple[np.ndarray, np.ndarray]:
    """Return the months inside closures, but for the first `RISK_MONTHS` of each, and how long one lasts at the end.

    Parameters
    ----------
    Y
        Series by months, NaN where nothing was observed.
    season
        Months of the closed season, which neither make a closure nor end one.
    """
    shut, lasting = np.zeros(Y.shape, bool), np.zeros(len(Y), int)
    shortest, ended, risk = (frequency.periods(months) for months in (LASTING_MONTHS, ENDED_MONTHS, RISK_MONTHS))
    for row in np.flatnonzero(((Y == 0) & ~season).sum(axis=1) >= shortest):
        columns = np.flatnonzero(np.isfinite(Y[row]) & ~season[row])
        empty = np.concatenate([[False], Y[row, columns] == 0, [False]])
        starts, ends = np.flatnonzero(empty[1:] & ~empty[:-1]), np.flatnonzero(~empty[1:] & empty[:-1])
        for start, end in zip(starts, ends, strict=True):
            last = end == columns.size
            if start and end - start >= (shortest if last else ended):
                shut[row, columns[start + risk : end]] = True
                lasting[row] = end - start if last else 0
    return shut, lasting


def logarithms(Y: Array, shut: np.ndarray, frequency: Frequency = MONTHLY) -> Array:
    """Return logarithms with empty months at the floor; NaN where nothing was observed or the port was shut."""
    late = Y[:, -frequency.periods(SEASON_MEMORY) :]
    positive = np.where(late > 0, late, np.nan)
    middle = np.array([np.nanmedian(row) if np.isfinite(row).any() else 1.0 for row in positive])
    floor = np.maximum(FLOOR_SHARE * middle, np.minimum(FLOOR, middle / 2))
    return np.where(shut, np.nan, np.log(np.maximum(Y, floor[:, None])))


def occurrences(Y: Array, frequency: Frequency = MONTHLY) -> tuple[Array, Array]:
    """Return the recent months of a series, ascending, and their weights: the distribution of each month to come."""
    recent = Y[-frequency.periods(RECENT_MONTHS) :]
    half_life = HALF_LIFE * frequency.per_year / 12
    weight = np.where(np.isfinite(recent), 0.5 ** (np.arange(recent.size)[::-1] / half_life), 0.0)
    order = np.argsort(np.nan_to_num(recent), kind="stable")
    return np.nan_to_num(recent)[order], (weight / weight.sum())[order]


def _share_empty(Y: Array, closed: np.ndarray, when: np.ndarray) -> Array:
    """Return the share of empty months among those observed outside the closed season."""
    counted = np.isfinite(Y) & ~closed & when
    return np.asarray(((Y == 0) & counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1))

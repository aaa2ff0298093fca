"""The effect of the weekdays and of Easter on a period: estimated over all series, adapted to each."""

import numpy as np

from analysis.core.frequency import MONTHLY, WEEKLY, Frequency
from analysis.methods.forecasting.settings import Array

#: Standard deviation, in logs, of a series' own effect of one more day of a kind around the panel's: half a percent.
OWN_SD = 0.005

#: Number of regressors: Mondays to Sundays, and Easter.
KINDS = 8

#: Standard deviation, in logs, of the panel's effect of one more day of a kind around none.
PANEL_SD = 0.05

#: Share of the four days before Easter that usually fall into March; the others fall into April.
_EASTER_IN_MARCH = 0.25

#: Last periods of changes that are read, and rounds of reweighting.
_PERIODS, _ROUNDS = 144, 20


def regressors(start: int, count: int, frequency: Frequency = MONTHLY) -> Array:
    """Return Mondays to Sundays of each period, less the mean of that month or quarter over 28 years; and Easter.

    Periods are counted as `frequency` does. All weeks have the same days.
    """
    first = frequency.first_days(np.arange(start, start + count + 1))
    if frequency is WEEKLY:
        return np.column_stack([np.zeros((count, 7)), _easter(first)])
    per_year = frequency.per_year
    cycle = frequency.first_days(np.arange(30 * per_year, 58 * per_year + 1))
    usual_days = _days(cycle).reshape(28, per_year, 7).mean(axis=0)
    usual_easter = np.zeros(per_year)
    usual_easter[[2 * per_year // 12, 3 * per_year // 12]] = _EASTER_IN_MARCH, 1 - _EASTER_IN_MARCH
    of_year = np.arange(start, start + count) % per_year
    return np.column_stack([_days(first) - usual_days[of_year], _easter(first) - usual_easter[of_year]])


def shared_effects(panels: list[tuple[Array, Array]], *, per_year: int = 12) -> Array:
    """Estimate the effects that all series share from changes over a year, free of slow movement, robustly.

    Parameters
    ----------
    panels
        Logarithms, series by periods, NaN where nothing was observed; and the regressors of these periods.
    per_year
        Periods of a year.
    """
    effects: Array = np.zeros(KINDS)
    changes = [_changes(X, R, per_year) for X, R in panels]
    for _ in range(_ROUNDS):
        A, c = np.eye(KINDS) / PANEL_SD**2, np.zeros(KINDS)
        for y, Q, spread in changes:
            of_series, target = _equations(y, Q, spread, np.tile(effects, (len(y), 1)))
            A, c = A + of_series.sum(axis=0), c + target.sum(axis=0)
        effects = np.linalg.solve(A, c)
    return effects


def own_effects(X: Array, R: Array, common: Array, *, per_year: int = 12) -> Array:
    """Estimate the effects of each series, shrunk to the common ones; series by kind."""
    y, Q, spread = _changes(X, R, per_year)
    own = np.tile(common, (len(X), 1))
    ridge = np.eye(KINDS) / OWN_SD**2
    for _ in range(_ROUNDS):
        A, c = _equations(y, Q, spread, own)
        own = np.linalg.solve(A + ridge, (c + common / OWN_SD**2)[..., None])[..., 0]
    return own


def month_effects(own: Array, R: Array) -> Array:
    """Return the effect of each month's weekdays: series by months, in logs."""
    return np.asarray(sum(own[:, kind, None] * R[:, kind] for kind in range(KINDS)))


def _equations(y: Array, Q: Array, spread: Array, own: Array) -> tuple[Array, Array]:
    """Return the normal equations of each series, large residuals counting by their size instead of its square."""
    weight = np.isfinite(y) / np.maximum(np.abs(np.nan_to_num(y) - month_effects(own, Q) / spread), 0.3)
    squares = (Q[:, :, None] * Q[:, None, :]).reshape(len(Q), -1)
    # Series by series: the sums of one large product would depend on which series stand beside it.
    A = np.array([row @ squares for row in weight / spread**2]).reshape(len(y), KINDS, KINDS)
    c = np.array([row @ Q for row in weight * np.nan_to_num(y) / spread]).reshape(len(y), KINDS)
    return A, c


def _changes(X: Array, R: Array, year: int) -> tuple[Array, Array, Array]:
    """Return changes over a year less those of the neighbouring periods, in spreads of each series."""
    short = max(0, _PERIODS + year - X.shape[1])
    X, R = np.pad(X, ((0, 0), (short, 0)), constant_values=np.nan), np.pad(R, ((short, 0), (0, 0)))
    D, Q = (X[:, year:] - X[:, :-year])[:, -_PERIODS:], (R[year:] - R[:-year])[-_PERIODS:]
    D, Q = D[:, 1:-1] - (D[:, :-2] + D[:, 2:]) / 2, Q[1:-1] - (Q[:-2] + Q[2:]) / 2
    spread = np.full((len(X), 1), 0.1)
    some = np.isfinite(D).any(axis=1)
    spread[some, 0] = np.nanmedian(np.abs(D[some]), axis=1)
    spread += 0.01
    return D / spread, Q, spread


def _days(first: np.ndarray) -> Array:
    """Count the Mondays, Tuesdays, ... from each first day to the next one."""
    length, weekday = np.diff(first).astype(int), (first[:-1].astype(int) + 3) % 7
    more = ((np.arange(7) - weekday[:, None]) % 7) < (length % 7)[:, None]
    return np.asarray(length[:, None] // 7 + more, float)


def _easter(first: np.ndarray) -> Array:
    """Return the share of the four days before Easter Sunday from each first day to the next one."""
    out = np.zeros(first.size - 1)
    years = first[[0, -1]].astype("datetime64[Y]").astype(int) + 1970
    for year in range(years[0], years[1] + 1):
        place = np.searchsorted(first, _easter_sunday(year) - np.arange(1, 5), side="right") - 1
        inside = place[(place >= 0) & (place < out.size)]
        np.add.at(out, inside, 0.25)
    return out


def _easter_sunday(year: int) -> np.datetime64:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    day = (h + m - 7 * n + 33 * month + 19) % 32
    return np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "D")

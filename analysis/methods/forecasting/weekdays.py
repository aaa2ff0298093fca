"""The effect of the weekdays and of Easter on a month: estimated over all series, adapted to each."""

import numpy as np

from analysis.methods.forecasting.settings import Array

#: Standard deviation, in logs, of a series' own effect of one more day of a kind around the panel's: half a percent.
OWN_SD = 0.005

#: Number of regressors: Mondays to Sundays, and Easter.
KINDS = 8

#: Standard deviation, in logs, of the panel's effect of one more day of a kind around none.
PANEL_SD = 0.05

#: Last months of changes that are read, and rounds of reweighting.
_MONTHS, _ROUNDS = 144, 20


def regressors(start: int, months: int) -> Array:
    """Return Mondays to Sundays of each month, less the mean of that calendar month over 28 years; and Easter.

    Months are counted from January 1970.
    """
    month = np.datetime64(start, "M") + np.arange(months)
    cycle = np.datetime64("2000-01", "M") + np.arange(336)
    usual = _days(cycle).reshape(28, 12, 7).mean(axis=0)
    return np.column_stack([_days(month) - usual[month.astype(int) % 12], _easter(month)])


def shared_effects(panels: list[tuple[Array, Array]]) -> Array:
    """Estimate the effects that all series share from changes over a year, free of slow movement, robustly.

    Parameters
    ----------
    panels
        Logarithms, series by months, NaN where nothing was observed; and the regressors of these months.
    """
    effects: Array = np.zeros(KINDS)
    changes = [_changes(X, R) for X, R in panels]
    for _ in range(_ROUNDS):
        A, c = np.eye(KINDS) / PANEL_SD**2, np.zeros(KINDS)
        for y, Q, spread in changes:
            of_series, target = _equations(y, Q, spread, np.tile(effects, (len(y), 1)))
            A, c = A + of_series.sum(axis=0), c + target.sum(axis=0)
        effects = np.linalg.solve(A, c)
    return effects


def own_effects(X: Array, R: Array, common: Array) -> Array:
    """Estimate the effects of each series, shrunk to the common ones; series by kind."""
    y, Q, spread = _changes(X, R)
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


def _changes(X: Array, R: Array) -> tuple[Array, Array, Array]:
    """Return changes over twelve months less those of the neighbouring months, in spreads of each series."""
    short = max(0, _MONTHS + 12 - X.shape[1])
    X, R = np.pad(X, ((0, 0), (short, 0)), constant_values=np.nan), np.pad(R, ((short, 0), (0, 0)))
    D, Q = (X[:, 12:] - X[:, :-12])[:, -_MONTHS:], (R[12:] - R[:-12])[-_MONTHS:]
    D, Q = D[:, 1:-1] - (D[:, :-2] + D[:, 2:]) / 2, Q[1:-1] - (Q[:-2] + Q[2:]) / 2
    spread = np.full((len(X), 1), 0.1)
    some = np.isfinite(D).any(axis=1)
    spread[some, 0] = np.nanmedian(np.abs(D[some]), axis=1)
    spread += 0.01
    return D / spread, Q, spread


def _days(month: np.ndarray) -> Array:
    """Count the Mondays, Tuesdays, ... of each month."""
    first = month.astype("datetime64[D]")
    length = ((month + 1).astype("datetime64[D]") - first).astype(int)
    weekday = (first.astype(int) + 3) % 7
    more = ((np.arange(7) - weekday[:, None]) % 7) < (length - 28)[:, None]
    return np.asarray(4.0 + more)


def _easter(month: np.ndarray) -> Array:
    """Return the share of the four days before Easter Sunday in each March and April, less a usual one."""
    out = np.zeros(month.size)
    for place, one in enumerate(month):
        of_year = int(one.astype(int)) % 12
        if of_year in (2, 3):
            before = _easter_sunday(int(one.astype(int)) // 12 + 1970) - np.arange(1, 5)
            out[place] = (before.astype("datetime64[M]") == one).mean() - (0.25 if of_year == 2 else 0.75)
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

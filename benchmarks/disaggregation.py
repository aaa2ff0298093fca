"""The disaggregation of official statistics: Denton-Cholette and Chow-Lin, over benchmarks of unequal spans.

A benchmark is a stated sum of months. Offices state the year to date, so the spans are of any length and may nest,
while libraries take whole years, quarters and months. Both methods meet every benchmark exactly, and fill by
themselves what no benchmark covers. Month 0 is a January.

References
----------
Denton (1971), JASA 66, 99-102, as modified by Cholette (1984), Survey Methodology 10, 35-49.
Chow and Lin (1971), Review of Economics and Statistics 53, 372-375.
"""

# ruff: noqa: N803, N806 (letters where the algebra is)

from collections.abc import Iterable

import numpy as np
import statsmodels.api as sm  # type: ignore[import-untyped]
from scipy.linalg import orth, toeplitz
from scipy.optimize import minimize_scalar

#: Above this the residuals of Chow-Lin are a random walk to every digit that matters, and their variance has no bound.
MOST_PERSISTENT = 0.999


def denton_cholette(y: np.ndarray, x: np.ndarray, C: np.ndarray) -> np.ndarray:
    """Minimise sum_t (z_t/x_t - z_{t-1}/x_{t-1})^2 subject to C z = y.

    Parameters
    ----------
    y
        Benchmarks.
    x
        Indicator by months, positive; its unit is irrelevant.
    C
        Benchmarks by months, 1 where a month belongs to a benchmark; rows linearly independent.

    Returns
    -------
    ndarray
        Months in the unit of the benchmarks; not a number without any benchmark.
    """
    n, m = x.size, y.size
    if not m:
        return np.full(n, np.nan)
    D = np.diff(np.eye(n), axis=0) / x
    system = np.block([[D.T @ D, C.T], [C, np.zeros((m, m))]])
    z: np.ndarray = np.linalg.solve(system, np.concatenate([np.zeros(n), y]))[:n]
    return z


def chow_lin(y: np.ndarray, X: np.ndarray, C: np.ndarray, *, rho: float | None = None) -> np.ndarray:
    """Return X b + V C'(C V C')^-1 (y - C X b): the regression y = C (X b + u) and its residuals, V_ij = rho^|i-j|.

    Parameters
    ----------
    y, C
        As for `denton_cholette`.
    X
        Months by regressors, with a constant where one is wanted: over whole years it is a season's double.
    rho
        Autocorrelation of the monthly residuals; by maximum likelihood, not below 0, where not given.

    Returns
    -------
    ndarray
        Months in the unit of the benchmarks; not a number with too few benchmarks for the regressors and a variance.
    """
    if y.size <= X.shape[1]:
        return np.full(len(X), np.nan)

    def covariance(rho: float) -> np.ndarray:
        V: np.ndarray = toeplitz(rho ** np.arange(len(X)))
        return V

    def regression(V: np.ndarray) -> sm.regression.linear_model.RegressionResults:
        return sm.GLS(y, C @ X, sigma=C @ V @ C.T).fit()

    if rho is None:
        rho = minimize_scalar(lambda rho: -regression(covariance(rho)).llf, bounds=(0, MOST_PERSISTENT)).x
    V = covariance(rho)
    fit = regression(V)
    z: np.ndarray = X @ fit.params + V @ C.T @ np.linalg.solve(C @ V @ C.T, fit.resid)
    return z


def benchmarks(sums: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the stated sums without those that shorter ones imply, which rounding makes contradict them.

    Parameters
    ----------
    sums
        Figures by months, 1 where a month belongs to a figure.
    values
        The figures.

    Returns
    -------
    tuple
        Rows of `sums` that are linearly independent, the shortest span first, and their values.
    """
    kept: list[int] = []
    for row in np.argsort(sums.sum(axis=1), kind="stable"):
        if np.linalg.matrix_rank(sums[[*kept, row]]) > len(kept):
            kept.append(row)
    return sums[kept], values[kept]


def pooled_season(figures: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Return the share of each month in its year, from what the statements of all series say about parts of years.

    A part of a year divided by the year's total is the sum of its months' shares and of noise, which is equal and
    independent by months but for adding up to nothing over the year. A Huber regression over every year whose total
    is stated keeps the odd year of one series from counting more than others. Months that no figure tells apart
    share alike.

    Parameters
    ----------
    figures
        `sums` and `values` of each series, as `benchmarks` takes them; at least one states a year and a part of it.
    """
    M = np.eye(12) - 1 / 12
    rows, shares = [], []
    for sums, values in figures:
        for january in range(0, sums.shape[1], 12):
            C, y = _within_year(sums, values, january)
            if len(y) > 1 and C[-1].all():
                C, y = C[:-1], y[:-1] / y[-1]
                L = np.linalg.cholesky(C @ M @ C.T)
                rows.append(np.linalg.solve(L, C @ M))
                shares.append(np.linalg.solve(L, y - C.mean(axis=1)))
    A = np.vstack(rows)
    told_apart = orth(A.T)
    season: np.ndarray = 1 / 12 + told_apart @ sm.RLM(np.concatenate(shares), A @ told_apart).fit().params
    return season


def _within_year(sums: np.ndarray, values: np.ndarray, january: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the benchmarks of one year, by its twelve months; the year's total comes last where it is stated."""
    year = sums[:, january : january + 12]
    inside = year.any(axis=1) & (year.sum(axis=1) == sums.sum(axis=1))
    return benchmarks(year[inside], values[inside])

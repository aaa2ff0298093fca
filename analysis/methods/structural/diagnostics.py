"""Tests of the standardised one-step errors of a model, which should be independent standard normals."""

import numpy as np
import polars as pl
from scipy import stats

from analysis.core.path_table import significant

#: Lags of the Ljung-Box test, in months: two years, or a third of the errors where that is less.
LAGS = 24


def diagnostics(errors: np.ndarray) -> pl.DataFrame:
    """Return three tests of errors that should be independent standard normals.

    Parameters
    ----------
    errors
        In order of time, months without one left out.

    Returns
    -------
    DataFrame
        `test, statistic, p_value`; a small p-value says that the model misses something.
    """
    lags = min(LAGS, len(errors) // 3)
    rows = [
        (f"no correlation left up to lag {lags} (Ljung-Box)", *_ljung_box(errors, lags)),
        ("normal (Jarque-Bera)", *_jarque_bera(errors)),
        ("same spread in the last third as in the first (F)", *_variance_ratio(errors)),
    ]
    table = pl.DataFrame(rows, schema={"test": pl.String, "statistic": pl.Float64, "p_value": pl.Float64}, orient="row")
    return table.with_columns(pl.Series(name, significant(table[name].to_numpy())) for name in ("statistic", "p_value"))


def _ljung_box(e: np.ndarray, lags: int) -> tuple[float, float]:
    """Return n (n+2) sum_k r_k^2 / (n-k) and its p-value."""
    n, centred = len(e), e - e.mean()
    r = np.array([centred[lag:] @ centred[:-lag] for lag in range(1, lags + 1)]) / (centred @ centred)
    q = n * (n + 2) * float(np.sum(r**2 / (n - np.arange(1, lags + 1))))
    return q, float(stats.chi2.sf(q, lags))


def _jarque_bera(e: np.ndarray) -> tuple[float, float]:
    """Return the statistic of skewness and kurtosis, and its p-value."""
    test = stats.jarque_bera(e)
    return float(test.statistic), float(test.pvalue)


def _variance_ratio(e: np.ndarray) -> tuple[float, float]:
    """Return the ratio of the sums of squares of the last and the first third, and its two-sided p-value."""
    third = len(e) // 3
    ratio = float(np.sum(e[-third:] ** 2) / np.sum(e[:third] ** 2))
    return ratio, 2 * float(min(stats.f.cdf(ratio, third, third), stats.f.sf(ratio, third, third)))

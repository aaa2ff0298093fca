"""A random walk with drift: how far a flow would have gone on as it had before (docs/methods/closures.md)."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.core.errors import EvidenceError

#: Years that growth is taken from, at least: two growth rates, of which one is left for their spread.
FEWEST_YEARS = 3


def carried_growth(yearly: ArrayLike, ahead: int, *, seed: int) -> np.ndarray:
    """Return by how much a flow would have grown in the years after, as it grew before.

    Per draw the logarithms of the yearly totals are a random walk with drift. With *n* growth rates of mean g and
    variance s² the growth of *k* years is predicted with mean k g and variance σ² (k + k²/n), which holds what comes
    and what is not known of the drift; σ² is drawn from (n - 1) s² over chi-squared with n - 1 degrees of freedom.

    Parameters
    ----------
    yearly
        Draws by years before, the last of them the year that is carried on; above zero.
    ahead
        How many years.
    seed
        Of the draws.

    Returns
    -------
    ndarray
        Draws by years ahead: factors of the last year's total.

    Raises
    ------
    EvidenceError
        If there are fewer than `FEWEST_YEARS` years, or nothing passed in one of them.
    """
    totals = np.asarray(yearly, dtype=float)
    if totals.shape[1] < FEWEST_YEARS:
        raise EvidenceError(f"{totals.shape[1]} years tell no growth and its spread. Take at least {FEWEST_YEARS}.")
    if not (totals > 0).all():
        raise EvidenceError("Nothing passed in a year before, so that no growth follows from it. Take later years.")
    rng = np.random.default_rng(seed)
    rates = np.diff(np.log(totals), axis=1)
    count, n = rates.shape
    spread = np.sqrt(rates.var(axis=1, ddof=1) * (n - 1) / rng.chisquare(n - 1, count))
    drift = rates.mean(axis=1) + rng.normal(size=count) * spread / np.sqrt(n)
    shocks = rng.normal(size=(count, ahead)).cumsum(axis=1)
    factors: np.ndarray = np.exp(np.arange(1, ahead + 1) * drift[:, None] + spread[:, None] * shocks)
    return factors

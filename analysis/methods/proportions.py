"""Shares of a few cases: intervals for k of n, and counts still to come (docs/methods/proportions.md)."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta, betabinom, norm

from analysis.core.errors import EvidenceError


@dataclass(frozen=True)
class Share:
    """A share of cases with its interval.

    Attributes
    ----------
    cases, of
        k and n.
    share, lower, upper
        k/n and the ends of its interval, 0 to 1.
    """

    cases: int
    of: int
    share: float
    lower: float
    upper: float


def wilson(cases: int, of: int, *, level: float = 95) -> Share:
    """Return k/n with the interval of Wilson (1927), which stays inside 0 to 1 and is right on average for small n.

    `centre = (k + z^2/2) / (n + z^2)`, `reach = z sqrt(k (n - k) / n + z^2/4) / (n + z^2)`.

    Parameters
    ----------
    cases, of
        k successes of n cases.
    level
        Nominal coverage in percent.

    Raises
    ------
    EvidenceError
        If there is no case, or more successes than cases.
    """
    k, n = _counted(cases, of)
    z = float(norm.ppf(0.5 + level / 200))
    centre = (k + z**2 / 2) / (n + z**2)
    reach = z * np.sqrt(k * (n - k) / n + z**2 / 4) / (n + z**2)
    return Share(k, n, k / n, max(0.0, float(centre - reach)), min(1.0, float(centre + reach)))


def jeffreys(cases: int, of: int, *, level: float = 95) -> Share:
    """Return k/n with the central interval of the posterior Beta(k + 1/2, n - k + 1/2) (Jeffreys 1946).

    Its lower end is 0 for no success and its upper end 1 for no failure, as Brown, Cai and DasGupta (2001) advise.
    Errors as of `wilson`.
    """
    k, n = _counted(cases, of)
    low, high = (float(beta.ppf(p, k + 0.5, n - k + 0.5)) for p in (0.5 - level / 200, 0.5 + level / 200))
    return Share(k, n, k / n, 0.0 if k == 0 else low, 1.0 if k == n else high)


@dataclass(frozen=True)
class Count:
    """How many of n cases will be done: a beta-binomial distribution.

    Attributes
    ----------
    of
        n.
    a, b
        Parameters of the Beta distribution of each case's probability; infinite for a probability that is certain.
    """

    of: int
    a: float
    b: float

    @classmethod
    def of_shares(cls, of: int, shares: np.ndarray) -> "Count":
        """Return the count whose probability has the mean and the variance of these draws.

        The moments of Beta(a, b): `mean = a / (a + b)`, `variance = mean (1 - mean) / (a + b + 1)`.
        """
        mean, variance = float(np.mean(shares)), float(np.var(shares))
        size = mean * (1 - mean) / variance - 1 if variance > 0 else np.inf
        return cls(of, mean * size, (1 - mean) * size)

    def interval(self, level: float) -> tuple[int, int, int]:
        """Return the lower end, the median and the upper end of the count."""
        low, middle, high = (
            int(betabinom.ppf(p, self.of, self.a, self.b)) for p in (0.5 - level / 200, 0.5, 0.5 + level / 200)
        )
        return low, middle, high

    def chance(self, least: int) -> float:
        """Return the probability that at least so many are done."""
        return float(betabinom.sf(least - 1, self.of, self.a, self.b))


def _counted(cases: int, of: int) -> tuple[int, int]:
    if not 0 <= cases <= of or of == 0:
        raise EvidenceError(f"{cases} of {of} cases are no share. Count at least one case, and no more successes.")
    return cases, of

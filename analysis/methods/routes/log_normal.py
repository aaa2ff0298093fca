"""Log-normal distributions through the ends of what was printed."""

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from analysis.core.errors import ParameterError


@dataclass(frozen=True)
class LogNormal:
    """A quantity whose logarithm is normal.

    Attributes
    ----------
    median
        Half of it lies above; in the unit of the quantity, above zero.
    spread
        Standard deviation of its natural logarithm; 0 for a quantity without chance.
    """

    median: float
    spread: float

    @classmethod
    def through(cls, low: float, high: float, *, level: int = 80) -> "LogNormal":
        """Return the distribution whose interval of a level, in percent, is low to high.

        Raises
        ------
        ParameterError
            If the ends are not above zero, or the wrong way round.
        """
        if not (math.isfinite(high) and 0 < low <= high):
            raise ParameterError(
                f"A quantity of {low:g} to {high:g} has no log-normal distribution. Give a low end above zero and a "
                "high end not below it."
            )
        score = NormalDist().inv_cdf(0.5 + level / 200)
        return cls(math.sqrt(low * high), math.log(high / low) / (2 * score))

    @property
    def mean(self) -> float:
        """The mean: above the median by half the variance of the logarithm."""
        return self.median * math.exp(self.spread**2 / 2)

    @property
    def variance(self) -> float:
        """The variance, in the unit squared."""
        return self.mean**2 * math.expm1(self.spread**2)

    def at_least(self, spread: float) -> "LogNormal":
        """Return the same median with a spread that is not below another one."""
        return replace(self, spread=max(self.spread, spread))

    def quantile(self, share: float) -> float:
        """Return the value below which a share of the distribution lies."""
        return self.median * math.exp(self.spread * NormalDist().inv_cdf(share))

    def draw(self, generator: np.random.Generator, draws: int) -> np.ndarray:
        """Return independent draws."""
        drawn: np.ndarray = self.median * np.exp(self.spread * generator.standard_normal(draws))
        return drawn

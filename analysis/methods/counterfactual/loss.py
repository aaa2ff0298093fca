"""Losses by draw: a counterfactual less the path that happened."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.core.errors import EvidenceError
from analysis.methods.system import NEVER, recovered_from

#: The interval that decides whether a loss can be told, percent.
LEVEL = 80


@dataclass(frozen=True)
class Loss:
    """What did not pass, by draw, in the unit of the flows; positive where less passed than would have.

    Attributes
    ----------
    total
        Draws of the sum over all months.
    share
        Draws of the sum as a fraction of what would have passed.
    months
        Draws by months.
    recovered
        The position of the first month from which each draw stays at or above the counterfactual; `system.NEVER` where
        its last month is below.
    """

    total: np.ndarray
    share: np.ndarray
    months: np.ndarray
    recovered: np.ndarray

    @property
    def verdict(self) -> str:
        """`lost`, `gained` or `untold`: whether the interval of `LEVEL` percent leaves zero out."""
        tail = (1 - LEVEL / 100) / 2
        lower, upper = np.quantile(self.total, [tail, 1 - tail])
        return "lost" if lower > 0 else "gained" if upper < 0 else "untold"

    @property
    def chance_of_recovery(self) -> float:
        """Share of draws that are back and stay."""
        return float(np.mean(self.recovered != NEVER))

    def months_to_recover(self) -> tuple[int, int, int] | None:
        """Return lower end, median and upper end (80%) of the months to recover; None where most draws never do."""
        if self.chance_of_recovery <= 0.5:
            return None
        never = self.months.shape[1] + 1
        counted = np.where(self.recovered == NEVER, never, self.recovered)
        lower, median, upper = np.quantile(counted, [0.1, 0.5, 0.9], method="inverted_cdf")
        return int(lower), int(median), int(upper)


def loss(counterfactual: ArrayLike, path: ArrayLike, *, seed: int = 1) -> Loss:
    """Compare what would have passed with what did, draw by draw.

    Parameters
    ----------
    counterfactual, path
        Draws by months of the same months; of the one with more draws as many are taken as the other has.
    seed
        Of the random pairing of draws.
    """
    expected, actual = np.asarray(counterfactual, dtype=float), np.asarray(path, dtype=float)
    count = min(len(expected), len(actual))
    pairs = np.random.default_rng(seed).permutation(len(expected))[:count]
    expected, actual = expected[pairs], actual[:count]
    gap = expected - actual
    return Loss(
        total=gap.sum(axis=1),
        share=gap.sum(axis=1) / expected.sum(axis=1),
        months=gap,
        recovered=recovered_from(actual, expected),
    )


def split_conformal(gaps: ArrayLike, *, alpha: float) -> float:
    """Return the half width of a split-conformal band: the ceil((n + 1)(1 - alpha))-th smallest absolute gap.

    Raises
    ------
    EvidenceError
        If there are too few gaps for such a level.
    """
    sizes = np.sort(np.abs(np.asarray(gaps, dtype=float)))
    place = math.ceil((sizes.size + 1) * (1 - alpha))
    if place > sizes.size:
        raise EvidenceError(
            f"{sizes.size} gaps bear no band of {1 - alpha:.0%}. Take at least {math.ceil(1 / alpha) - 1} periods."
        )
    return float(sizes[place - 1])

"""Losses by draw: what would have passed less what did."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.core.errors import EvidenceError
from analysis.methods.system import NEVER, recovered_from

#: A loss is called where at least this share of the draws has one, a gain where at least this share has none.
CERTAIN = 0.95


@dataclass(frozen=True)
class Loss:
    """What did not pass, by draw, in the unit of the flows; positive where less passed than would have.

    Attributes
    ----------
    total
        Draws of the sum over all months.
    share
        Draws of the sum as a fraction of what would have passed.
    recovered
        The position of the first month from which each draw stays at or above what would have passed; `system.NEVER`
        where its last month is below.
    months
        How many months were compared.
    """

    total: np.ndarray
    share: np.ndarray
    recovered: np.ndarray
    months: int

    @property
    def chance(self) -> float:
        """Share of the draws in which less passed than would have."""
        return float(np.mean(self.total > 0))

    @property
    def verdict(self) -> str:
        """`lost`, `gained` or `untold`: whether `CERTAIN` of the draws agree."""
        return "lost" if self.chance >= CERTAIN else "gained" if self.chance <= 1 - CERTAIN else "untold"

    @property
    def chance_of_recovery(self) -> float:
        """Share of draws that are back and stay."""
        return float(np.mean(self.recovered != NEVER))

    def months_to_recover(self) -> tuple[int, int, int] | None:
        """Return lower end, median and upper end (80%) of the months to recover; None where most draws never do.

        Counted from the first month compared: 1 where that month itself is back, and the months compared plus one for
        a draw that never is.
        """
        if self.chance_of_recovery <= 0.5:
            return None
        counted = np.where(self.recovered == NEVER, self.months, self.recovered) + 1
        lower, median, upper = np.quantile(counted, [0.1, 0.5, 0.9], method="inverted_cdf")
        return int(lower), int(median), int(upper)


def loss(counterfactual: ArrayLike, path: ArrayLike) -> Loss:
    """Compare what would have passed with what did, draw by draw.

    Parameters
    ----------
    counterfactual, path
        The same draws by the same months.
    """
    expected, actual = np.asarray(counterfactual, dtype=float), np.asarray(path, dtype=float)
    total = (expected - actual).sum(axis=1)
    return Loss(
        total=total,
        share=total / expected.sum(axis=1),
        recovered=recovered_from(actual, expected),
        months=expected.shape[1],
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

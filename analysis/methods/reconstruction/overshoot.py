"""The overshoot: how far a figure lies beyond the bound that was named for it ("over 1 million tonnes")."""

from dataclasses import dataclass

import numpy as np
import polars as pl

#: Before any pair is seen the figure is taken to lie about 2% beyond its bound, nine times in ten between 0.2 and 20%
#: (mean and standard deviation of the log of the log excess); this counts as much as `PRIOR_PAIRS` observed pairs.
PRIOR_MEAN, PRIOR_SD, PRIOR_PAIRS = float(np.log(0.02)), 1.4, 4.0

#: Largest log overshoot drawn, a figure twice its bound; larger ones are drawn again. Nobody names a bound for a figure
#: twice as large: a rounder one would lie between.
LARGEST_LOG_OVERSHOOT = float(np.log(np.log(2.0)))


@dataclass(frozen=True)
class Overshoot:
    """Distribution of `z`, where log figure = log bound + exp(z), z ~ N(mean, sd^2).

    Attributes
    ----------
    mean, sd
        Mean and predictive standard deviation of `z`.
    pairs
        How many pairs of a bound and its figure it was learnt from.
    """

    mean: float
    sd: float
    pairs: int

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
        """Return draws of `z`, those of figures beyond twice the bound drawn again."""
        z = rng.normal(self.mean, self.sd, shape)
        while (beyond := z > LARGEST_LOG_OVERSHOOT).any():
            z[beyond] = rng.normal(self.mean, self.sd, int(beyond.sum()))
        return z


def learn_overshoot(pairs: pl.DataFrame | None = None) -> Overshoot:
    """Learn the tail of bounds from pairs of a bound and the figure published for the same period.

    Parameters
    ----------
    pairs
        One row a pair: `bound`, `figure`, in one unit. A pair whose figure does not exceed its bound teaches nothing.

    Returns
    -------
    Overshoot
        Posterior mean of `z` and its predictive standard deviation, shrunk to the prior (normal, inverse gamma).
    """
    z = np.empty(0)
    if pairs is not None:
        ratio = (pairs["figure"] / pairs["bound"]).to_numpy()
        z = np.log(np.log(ratio[ratio > 1]))
    n, weight = z.size, PRIOR_PAIRS
    if not n:
        return Overshoot(PRIOR_MEAN, PRIOR_SD * float(np.sqrt(1 + 1 / weight)), 0)
    mean = (weight * PRIOR_MEAN + z.sum()) / (weight + n)
    drift = weight * n / (weight + n) * (z.mean() - PRIOR_MEAN) ** 2
    variance = (weight * PRIOR_SD**2 + ((z - z.mean()) ** 2).sum() + drift) / (weight + n)
    return Overshoot(float(mean), float(np.sqrt(variance * (1 + 1 / (weight + n)))), n)

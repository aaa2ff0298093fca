"""The prior of a log daily rate: a sum of components, each a fixed shape times a variance."""

from dataclasses import dataclass

import numpy as np

#: Prior standard deviation of the first month's level around the crude centre, the median stated rate: a factor of
#: seven either way at two standard deviations.
DIFFUSE = 1.0

#: Correlation of the seasonal pattern of one year with that of the next.
SEASON_MEMORY = 0.96

#: Correlation of the short run from month to month, and persistence of the slope.
SHORT_RUN, DAMPING = 0.5, 0.8

#: The components, in the order of their shapes and scales.
COMPONENTS = ("level", "trend", "season", "short_run", "festival")


@dataclass(frozen=True)
class Scale:
    """Log-normal prior of the standard deviations of the components: `log sd ~ N(log median, spread^2)`.

    Attributes
    ----------
    median
        Monthly standard deviations in logs, in the order of `COMPONENTS`; the festival's is the effect, in logs, of a
        month that lies in the festival's window as a whole.
    spread
        Standard deviations of their logarithms.
    """

    median: tuple[float, ...]
    spread: tuple[float, ...]

    @property
    def mean(self) -> np.ndarray:
        """Means of the log standard deviations."""
        return np.log(self.median)

    @property
    def precision(self) -> np.ndarray:
        """Precisions of the log standard deviations."""
        return np.asarray(self.spread) ** -2.0


#: A flow on its own; one beside other indicators of its port, as a log ratio to their common activity; what the flows
#: of a port, of a kind of port, of a region have in common. All was chosen on simulated bulletins of US border
#: crossings, other ones than those of benchmarks/reconstruction.md; the medians of the first three were then moved
#: towards what benchmarks/prior_sizes.py learns from the bundled ledger, without the flows that are held out. Sizes are
#: pooled, so that sixty calm series are not taken for restless ones. An activity's slope stays weak.
SCALES = {
    "flow": Scale((0.05, 0.004, 0.085, 0.1, 0.05), (0.6, 0.7, 0.23, 0.44, 0.5)),
    "ratio": Scale((0.035, 0.001, 0.05, 0.07, 0.03), (0.6, 0.7, 0.5, 0.5, 0.5)),
    "activity": Scale((0.045, 0.005, 0.09, 0.12, 0.05), (0.6, 0.3, 0.23, 0.44, 0.5)),
    "kind": Scale((0.01, 0.0004, 0.06, 0.02, 0.05), (0.3, 0.5, 0.2, 0.3, 0.5)),
    "region": Scale((0.0076, 0.0002, 0.07, 0.03, 0.05), (0.3, 0.5, 0.2, 0.3, 0.5)),
}

#: The silent revision of the base of a growth rate, over `joint.REVISED_MONTHS` months. The ledger has some 28 pairs to
#: learn it from (docs/methods/reconstruction.md), and publishers differ.
REVISION = Scale((0.006,), (0.35,))


@dataclass(frozen=True)
class Shapes:
    """Covariance shapes that every path of a window shares, months by months.

    Attributes
    ----------
    trend, season, short_run, festival
        As in docs/methods/reconstruction.md, each with variance one (the trend: of its slope).
    """

    trend: np.ndarray
    season: np.ndarray
    short_run: np.ndarray
    festival: np.ndarray

    @property
    def months(self) -> int:
        """Length of the window."""
        return len(self.trend)

    def stack(self, inflation: np.ndarray) -> np.ndarray:
        """Return all shapes in the order of `COMPONENTS`, the level's variance inflated month by month."""
        return np.stack([_level(inflation), self.trend, self.season, self.short_run, self.festival])


def shapes_of(months: int, festival: np.ndarray | None = None) -> Shapes:
    """Return the shapes of a window that begins in January.

    Parameters
    ----------
    months
        Length of the window.
    festival
        Centred shares of the festival's windows, months by windows; without it no path has a festival.
    """
    return Shapes(
        _trend(months),
        _season(months),
        _short_run(months),
        np.zeros((months, months)) if festival is None else festival @ festival.T,
    )


def covariance(theta: np.ndarray, stack: np.ndarray) -> np.ndarray:
    """Return `sum_i exp(2 theta_i) C_i`."""
    summed: np.ndarray = np.tensordot(np.exp(2 * theta), stack, axes=1)
    return summed


def spread(K: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return `H K H'`: only the months of which a row speaks cost anything."""
    spoken = np.flatnonzero(H.any(axis=0))
    inside = H[:, spoken]
    covariance: np.ndarray = inside @ K[np.ix_(spoken, spoken)] @ inside.T
    return covariance


def root(K: np.ndarray) -> np.ndarray:
    """Return a Cholesky factor of a covariance that may be singular."""
    return np.linalg.cholesky(K + 1e-9 * np.trace(K) / len(K) * np.eye(len(K)))


def _level(inflation: np.ndarray) -> np.ndarray:
    """Random walk from the first month: Cov(t, s) = sum of the variances of steps up to min(t, s)."""
    steps = np.cumsum(np.concatenate([[0.0], inflation[1:]]))
    walk: np.ndarray = np.minimum.outer(steps, steps)
    return walk


def _trend(months: int) -> np.ndarray:
    """Sum of a damped slope: slope_t = DAMPING slope_(t-1) + e_t, from zero."""
    lag = np.subtract.outer(np.arange(months), np.arange(months))
    path = np.cumsum(np.tril(DAMPING ** np.abs(lag)), axis=0)
    path[:, 0] = 0.0
    return path @ path.T


def _season(months: int) -> np.ndarray:
    """Twelve effects summing to zero (variance 1 each) that fade into new ones over the years."""
    lag = np.subtract.outer(np.arange(months), np.arange(months))
    return (np.where(lag % 12 == 0, 12.0, 0.0) - 1.0) / 11.0 * SEASON_MEMORY ** (np.abs(lag) / 12)


def _short_run(months: int) -> np.ndarray:
    """First-order autoregression with variance 1."""
    return SHORT_RUN ** np.abs(np.subtract.outer(np.arange(months), np.arange(months)))

"""The prior of a path of log daily rates: a sum of Gaussian components, each a fixed covariance times a variance."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri

#: Prior standard deviation, in logs, of the first month around the crude centre, the median stated rate: a factor of
#: seven either way at two standard deviations, wide enough that the statements decide.
DIFFUSE = 1.0

#: Correlation of the seasonal pattern of one year with that of the next: a season half forgotten after 17 years.
SEASON_MEMORY = 0.96

#: Correlation of the short run with that of the month before, and of the trend's slope likewise: half is gone after one
#: month, and after three.
SHORT_RUN, DAMPING = 0.5, 0.8

#: The components, in the order of their shapes and of their standard deviations.
COMPONENTS = ("random_walk", "trend", "season", "short_run", "festival", "growth")


@dataclass(frozen=True)
class ScalePrior:
    """Log-normal prior of the standard deviations of the components: `log sd ~ N(log median, log_sd^2)`.

    Attributes
    ----------
    median
        Monthly standard deviations in logs, in the order of `COMPONENTS`; the festival's is the effect, in logs, of a
        month that lies in the festival's window as a whole.
    log_sd
        Standard deviations of their logarithms.
    """

    median: tuple[float, ...]
    log_sd: tuple[float, ...]

    @property
    def mean(self) -> np.ndarray:
        """Means of the log standard deviations."""
        return np.log(self.median)

    @property
    def precision(self) -> np.ndarray:
        """Precisions of the log standard deviations."""
        return np.asarray(self.log_sd) ** -2.0


#: Priors of the sizes, by what a path belongs to: a flow of its own (`flow`), or one that is known to share no
#: movement with others (`alone`: persons, cars, retail sales); a flow beside other indicators of its port, as a log
#: ratio to their common activity (`ratio`); what the flows of a port (`activity`), of a kind of port (`kind`) or of a
#: region (`region`) have in common. Those of `flow`, `kind` and `region` were chosen on simulated bulletins of US
#: border crossings, others than those of benchmarks/reconstruction.md; those of `ratio`, `activity` and `alone` on
#: figures of the bundled ledger that were left out (benchmarks/leave_out.py). Sizes of one sort are pooled
#: (`fisher_scoring.POOLED_LOG_SD`), so that sixty calm series are not taken for restless ones.
SCALE_PRIORS = {
    "flow": ScalePrior((0.05, 0.004, 0.085, 0.1, 0.05, 0.05), (0.6, 0.7, 0.23, 0.44, 0.5, 0.5)),
    "alone": ScalePrior((0.2, 0.01, 0.085, 0.25, 0.05, 0.15), (1.0, 0.7, 0.23, 0.88, 0.5, 0.8)),
    "ratio": ScalePrior((0.04, 0.001, 0.05, 0.08, 0.03, 0.03), (0.8, 0.7, 0.5, 0.8, 0.5, 0.5)),
    "activity": ScalePrior((0.04, 0.005, 0.09, 0.1, 0.05, 0.05), (0.8, 0.3, 0.4, 0.8, 0.5, 0.5)),
    "kind": ScalePrior((0.01, 0.0004, 0.06, 0.02, 0.05, 0.08), (0.3, 0.5, 0.2, 0.3, 0.5, 0.5)),
    "region": ScalePrior((0.0076, 0.0002, 0.07, 0.03, 0.05, 0.08), (0.3, 0.5, 0.2, 0.3, 0.5, 0.5)),
}

#: Prior of the silent revision, in logs, of the base of a growth rate over `joint_gaussian.REVISED_MONTHS` months:
#: 0.6%. The ledger has some 28 pairs to learn it from (docs/methods/reconstruction.md), and publishers differ.
REVISION_PRIOR = ScalePrior((0.006,), (0.35,))


@dataclass(frozen=True)
class Shapes:
    """Covariances of the components at variance one, months by months: the same for every path of a window.

    Attributes
    ----------
    random_walk, trend, season, short_run, festival, growth
        As in docs/methods/reconstruction.md; the trend has variance one in the steps of its slope, growth in logs a
        year.
    """

    random_walk: np.ndarray
    trend: np.ndarray
    season: np.ndarray
    short_run: np.ndarray
    festival: np.ndarray
    growth: np.ndarray

    @property
    def months(self) -> int:
        """Length of the window."""
        return len(self.trend)

    def stack(self, columns: np.ndarray | None = None, *, festive: bool = True) -> np.ndarray:
        """Return all shapes in the order of `COMPONENTS`.

        Parameters
        ----------
        columns
            Only these months of the second axis; all if not given.
        festive
            Whether the festival moves the path.
        """
        stacked = self._stacks[festive]
        return stacked if columns is None else stacked[:, :, columns]

    def covariance(
        self, theta: np.ndarray, jumps: np.ndarray, columns: np.ndarray | None = None, *, festive: bool = True
    ) -> np.ndarray:
        """Return `sum_i exp(2 theta_i) C_i` of the shapes, and what jumps add.

        Parameters
        ----------
        theta
            Log standard deviations of the components.
        jumps
            Variance of a further step of the random walk into each month; there is no step into the first.
        columns, festive
            As in `stack`.
        """
        chosen = slice(None) if columns is None else columns
        summed: np.ndarray = np.zeros_like(self.trend[:, chosen])
        for size, shape in zip(np.exp(2 * theta), self._shapes(festive=festive), strict=True):
            summed += size * shape[:, chosen]
        return summed + _random_walk(jumps, chosen) if jumps.any() else summed

    @cached_property
    def _stacks(self) -> dict[bool, np.ndarray]:
        """All shapes by whether the festival moves the path."""
        return {festive: np.stack(self._shapes(festive=festive)) for festive in (False, True)}

    def _shapes(self, *, festive: bool) -> tuple[np.ndarray, ...]:
        """Return the shapes in the order of `COMPONENTS`."""
        festival = self.festival if festive else np.zeros_like(self.festival)
        return self.random_walk, self.trend, self.season, self.short_run, festival, self.growth


def prior_shapes(months: int, festival: np.ndarray | None = None) -> Shapes:
    """Return the shapes of a window that begins in January.

    Parameters
    ----------
    months
        Length of the window.
    festival
        Centred shares of the festival's windows, months by windows; without it no path has a festival.
    """
    return Shapes(
        _random_walk(np.ones(months)),
        _trend(months),
        _season(months),
        _short_run(months),
        np.zeros((months, months)) if festival is None else festival @ festival.T,
        _growth(months),
    )


def covariance(theta: np.ndarray, stack: np.ndarray) -> np.ndarray:
    """Return `sum_i exp(2 theta_i) C_i`."""
    summed: np.ndarray = np.tensordot(np.exp(2 * theta), stack, axes=1)
    return summed


def projected_covariance(K: np.ndarray, H: np.ndarray) -> np.ndarray:
    """Return `H K H'`, the covariance of `H x`; months in which all rows of `H` are zero cost nothing."""
    involved = np.flatnonzero(H.any(axis=0))
    inside = H[:, involved]
    covariance: np.ndarray = inside @ K[np.ix_(involved, involved)] @ inside.T
    return covariance


def cholesky_factor(K: np.ndarray) -> np.ndarray:
    """Return a Cholesky factor of a covariance that may be singular: a billionth of its mean variance is added."""
    return np.linalg.cholesky(K + 1e-9 * np.trace(K) / len(K) * np.eye(len(K)))


def symmetric_inverse(S: np.ndarray) -> np.ndarray:
    """Return the inverse of a covariance by its Cholesky factor, or by elimination where it is barely singular."""
    factor, failed = dpotrf(S, lower=True)
    if not failed:
        lower, _ = dpotri(factor, lower=True)
        whole: np.ndarray = lower + lower.T  # the upper triangle of the factor holds zeros
        whole[np.diag_indices_from(whole)] /= 2
        return whole
    inverse = np.linalg.inv(S)
    symmetric: np.ndarray = (inverse + inverse.T) / 2
    return symmetric


def _random_walk(variances: np.ndarray, columns: np.ndarray | slice = slice(None)) -> np.ndarray:
    """Random walk from the first month: Cov(t, s) = sum of the variances of steps up to min(t, s), for months `s`."""
    steps = np.cumsum(np.concatenate([[0.0], variances[1:]]))
    walk: np.ndarray = np.minimum.outer(steps, steps[columns])
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


def _growth(months: int) -> np.ndarray:
    """Constant slope of one a year, around the middle of the window."""
    years = (np.arange(months) - months / 2) / 12
    line: np.ndarray = np.outer(years, years)
    return line


def _short_run(months: int) -> np.ndarray:
    """First-order autoregression with variance 1."""
    return SHORT_RUN ** np.abs(np.subtract.outer(np.arange(months), np.arange(months)))

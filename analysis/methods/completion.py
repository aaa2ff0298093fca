"""How far a plan is at each share of its term: a curve with a band, from plans of the past.

The model stands in docs/methods/completion.md.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import stdtr, stdtrit

from analysis.core.errors import EvidenceError
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling

#: A plan counts as carried out from this share on: half a printed percent below all of it.
COMPLETE = 0.995

#: A share below exp(-exp(6)) is none, whatever the digits.
_FLOOR = 6.0

#: Fewer plans than this give no curve with a band.
LEAST_PLANS = 3


@dataclass(frozen=True, eq=False)
class CompletionCurve:
    """Share of a plan that is done, by the share of its term that has passed.

    `-log(-log share) = a + b elapsed + plan`, Gompertz's curve; `plan` is what sets one plan apart from the next.

    Attributes
    ----------
    points
        What it was fitted to: `plan`, `elapsed`, `share`.
    coefficients
        a and b.
    covariance
        Of a and b, in units of `variance`.
    variance
        Of a point around the curve.
    degrees
        Degrees of freedom: the number of plans less two, as points of one plan share its fate.
    """

    points: pl.DataFrame
    coefficients: np.ndarray
    covariance: np.ndarray
    variance: float
    degrees: int

    @property
    def plans(self) -> int:
        """Number of plans behind the curve."""
        return self.points["plan"].n_unique()

    def interval(self, elapsed: float, level: float) -> tuple[float, float, float]:
        """Return lower end, median and upper end of a new plan's share, when so much of its term has passed."""
        centre, spread = self._prediction(elapsed)
        reach = float(stdtrit(self.degrees, 0.5 + level / 200)) * spread
        return _share(centre - reach), _share(centre), _share(centre + reach)

    def chance(self, elapsed: float, share: float = COMPLETE) -> float:
        """Return the probability that a new plan has reached a share by then."""
        centre, spread = self._prediction(elapsed)
        return float(stdtr(self.degrees, (centre - float(_height(np.array(share)))) / spread))

    def draws(self, elapsed: float, sampling: Sampling = DEFAULT_SAMPLING) -> np.ndarray:
        """Return draws of a new plan's share when so much of its term has passed."""
        a, b = self._plans_to_come(sampling)
        return np.exp(-np.exp(np.minimum(-(a + b * elapsed), _FLOOR)))

    def terms_needed(self, share: float = COMPLETE, sampling: Sampling = DEFAULT_SAMPLING) -> np.ndarray:
        """Return draws of the time at which a new plan reaches a share, in terms: 1 is the end of its term.

        Infinite in a draw whose curve never gets there.
        """
        a, b = self._plans_to_come(sampling)
        with np.errstate(divide="ignore"):
            return np.where(b > 0, np.maximum((float(_height(np.array(share))) - a) / b, 0.0), np.inf)

    def _prediction(self, elapsed: float) -> tuple[float, float]:
        x = np.array([1.0, elapsed])
        return float(x @ self.coefficients), float(np.sqrt(self.variance * (1 + x @ self.covariance @ x)))

    def _plans_to_come(self, sampling: Sampling) -> tuple[np.ndarray, np.ndarray]:
        """Return draws of a and b of a new plan: variance, curve and what sets the plan apart, in this order."""
        rng = np.random.default_rng(sampling.seed)
        sizes = np.sqrt(self.variance * self.degrees / rng.chisquare(self.degrees, sampling.draws))
        root = np.linalg.cholesky(self.covariance)
        curve = self.coefficients[:, None] + sizes * (root @ rng.standard_normal((2, sampling.draws)))
        return curve[0] + sizes * rng.standard_normal(sampling.draws), curve[1]


def completion_curve(points: pl.DataFrame) -> CompletionCurve:
    """Fit the curve of completion to plans of the past by least squares on the scale of Gompertz.

    Parameters
    ----------
    points
        `plan` (whose points belong together), `elapsed` (share of the plan's term that had passed, above 0), `share`
        (of the plan that was done, 0 to 1; more counts as all of it).

    Raises
    ------
    EvidenceError
        If there are fewer than three plans, no two times, or the shares do not rise with time.
    """
    table = points.select("plan", "elapsed", "share")
    plans = table["plan"].n_unique()
    if plans < LEAST_PLANS or table["elapsed"].n_unique() < 2:
        raise EvidenceError(
            f"The points come from {plans} plans, too few for a curve with a band. "
            f"Give at least {LEAST_PLANS}, at two times."
        )
    x = np.column_stack([np.ones(table.height), table["elapsed"].to_numpy()])
    y = _height(table["share"].to_numpy())
    covariance = np.linalg.inv(x.T @ x)
    coefficients = covariance @ x.T @ y
    if coefficients[1] <= 0:
        raise EvidenceError("The shares done do not rise with time, so they are no curve of completion. Check them.")
    errors = y - x @ coefficients
    return CompletionCurve(table, coefficients, covariance, float(errors @ errors) / (table.height - 2), plans - 2)


def leave_one_plan_out(points: pl.DataFrame, *, level: float = 80) -> pl.DataFrame:
    """Return what the other plans say of each point.

    Parameters
    ----------
    points
        As `completion_curve` takes them; at least four plans.
    level
        Nominal coverage in percent.

    Returns
    -------
    DataFrame
        `plan`, `elapsed`, `share`, `lower`, `median`, `upper` (from the other plans), `inside`.
    """
    rows = []
    for plan, elapsed, share in points.select("plan", "elapsed", "share").iter_rows():
        lower, median, upper = completion_curve(points.filter(pl.col("plan") != plan)).interval(elapsed, level)
        rows.append((plan, elapsed, share, lower, median, upper, lower <= min(share, COMPLETE) <= upper))
    return pl.DataFrame(rows, schema=["plan", "elapsed", "share", "lower", "median", "upper", "inside"], orient="row")


def _height(share: np.ndarray) -> np.ndarray:
    """Return the place of a share on the scale of Gompertz; none and all stand half a percent inside."""
    return np.asarray(-np.log(-np.log(np.clip(share, 1 - COMPLETE, COMPLETE))))


def _share(height: float) -> float:
    return float(np.exp(-np.exp(min(-height, _FLOOR))))

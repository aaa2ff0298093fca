"""What the series of a panel share, as one value that travels as JSON: with it, a series is forecast by itself."""

from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np

from analysis.core.errors import ParameterError
from analysis.core.frequency import Frequency, frequency_of
from analysis.methods.forecasting import repeats, smoothing, weekdays
from analysis.methods.forecasting.settings import LEARNT_HORIZON, Array
from analysis.methods.forecasting.spread import PRIOR_RESPONSE, PROBABILITIES


@dataclass(frozen=True)
class Learnt:
    """What the series of a panel have in common.

    Attributes
    ----------
    cycle
        Months after which the season repeats.
    season
        Typical deviation from the year by period of the cycle, counted from the first of 1970, on the log scale.
    days
        Effect of one more Monday, ..., Sunday, and of the days before Easter.
    losses
        Relative error of each candidate.
    error
        Typical mean absolute error by months ahead, on the log scale.
    response
        By months ahead: how the expected error depends on own spread, recent errors and the panel's surprise.
    shape
        By months ahead: quantiles of standardised errors at `spread.PROBABILITIES`, the median zero.
    dependence
        Weights of what all months ahead share and of a random walk in their correlation.
    surprise
        The panel's recent errors over the usual ones, by number of the period.
    """

    cycle: int
    season: Array
    days: Array
    losses: Array
    error: Array
    response: Array
    shape: Array
    dependence: Array
    surprise: dict[int, float]

    def as_json(self) -> dict[str, Any]:
        """Return plain lists and numbers, to store or to send; `from_json` reads them back to the last digit."""
        values = asdict(self)
        plain = {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in values.items()}
        return plain | {"surprise": {str(month): value for month, value in self.surprise.items()}}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Learnt":
        """Return the object that `as_json` wrote.

        Raises
        ------
        ParameterError
            If something is missing, or another version learnt it.
        """
        missing = [field.name for field in fields(cls) if field.name not in stored]
        if missing:
            raise ParameterError(f"What was learnt of the panel lacks {', '.join(missing)}. Learn it again.")
        arrays = {field.name: np.array(stored[field.name], float) for field in fields(cls) if field.type is Array}
        if arrays["losses"].size != _candidates():
            raise ParameterError(
                f"What was learnt of the panel is about {arrays['losses'].size} candidates, and this version has "
                f"{_candidates()}. Learn it again."
            )
        surprise = {int(month): float(value) for month, value in stored["surprise"].items()}
        return cls(cycle=int(stored["cycle"]), surprise=surprise, **arrays)

    @property
    def frequency(self) -> Frequency:
        """The periods of the panel: months, quarters or weeks."""
        return frequency_of(self.cycle)

    def season_from(self, start: int) -> Array:
        """Return the season with the month `start` (since January 1970) first."""
        return np.roll(self.season, -(start % self.cycle))

    def surprise_at(self, months: range) -> Array:
        """Return the panel's surprise at the end of each month; one where it is not known."""
        return np.array([self.surprise.get(month, 1.0) for month in months])


def default_learnt(cycle: int) -> Learnt:
    """Return what is assumed of a panel too small to learn from: no season, all candidates alike, usual widths."""
    horizons = np.arange(1, LEARNT_HORIZON + 1)
    return Learnt(
        cycle=cycle,
        season=np.zeros(cycle),
        days=np.zeros(weekdays.KINDS),
        losses=np.ones(_candidates()),
        error=0.09 + 0.01 * horizons,
        response=np.tile(PRIOR_RESPONSE, (LEARNT_HORIZON, 1)),
        shape=np.tile(student_shape(), (LEARNT_HORIZON, 1)),
        dependence=np.array([0.3, 0.5]),
        surprise={},
    )


def _candidates() -> int:
    """Return how many candidates there are."""
    return len(smoothing.constants()) + repeats.COUNT


@lru_cache(maxsize=1)
def student_shape() -> Array:
    """Return the quantiles of Student's t with five degrees of freedom, its mean absolute value one."""
    # Imported here because a worker that only applies what was learnt starts sooner without it.
    from scipy.special import gamma, stdtrit

    mean_size = 2 * np.sqrt(5) * gamma(3) / (np.sqrt(np.pi) * 4 * gamma(2.5))
    return np.asarray(stdtrit(5, PROBABILITIES) / mean_size)

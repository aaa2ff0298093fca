"""How sure a journey is: planning time, buffer, probability of arriving in time."""

from dataclasses import dataclass

import numpy as np

from analysis.core.errors import ParameterError


@dataclass(frozen=True)
class Reliability:
    """How long a journey takes and how much of that is reserve; times in the unit of the sample.

    Attributes
    ----------
    mean, median
        Of the times.
    p10, p90, p95
        Quantiles of the times, by linear interpolation; the last is the planning time.
    buffer_index
        (p95 - mean) / mean: the share of the mean that one has to add to be in time 19 times of 20.
    """

    mean: float
    median: float
    p10: float
    p90: float
    p95: float
    buffer_index: float

    @property
    def buffer(self) -> float:
        """Time to add to the mean."""
        return self.buffer_index * self.mean

    def planning_time_index(self, free_flow: float) -> float:
        """Return planning time over the time of a journey that nothing delays.

        Raises
        ------
        ParameterError
            If that time is not above zero.
        """
        if free_flow <= 0:
            raise ParameterError(f"A free-flow time of {free_flow:g} means nothing. Give a time above zero.")
        return self.p95 / free_flow


def reliability(times: np.ndarray) -> Reliability:
    """Return how sure a journey of which there is a sample of times is.

    Raises
    ------
    ParameterError
        If the sample is empty.
    """
    if len(times) == 0:
        raise ParameterError("There are no times of the journey. Give a sample of at least one.")
    p10, median, p90, p95 = (float(each) for each in np.quantile(times, [0.1, 0.5, 0.9, 0.95]))
    mean = float(np.mean(times))
    return Reliability(mean, median, p10, p90, p95, (p95 - mean) / mean)

"""Rubin's rules: one estimate from the fits to several draws of what was not observed."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from analysis.core.errors import ParameterError


@dataclass(frozen=True)
class Combined:
    """Estimates from several completed data sets.

    Attributes
    ----------
    estimate, std_error
        The mean of the estimates, and the root of their total variance.
    missing
        Share of that variance that comes from what was not observed, 0 to 1; 0 where there is no variance at all.
    degrees
        Degrees of freedom of Student's t; infinite where the draws agree.
    """

    estimate: np.ndarray
    std_error: np.ndarray
    missing: np.ndarray
    degrees: np.ndarray

    def half_width(self, level: float) -> np.ndarray:
        """Return half the width of the interval of a level in percent."""
        return np.asarray(student.ppf(0.5 + level / 200, self.degrees) * self.std_error)


def combine(estimates: np.ndarray, variances: np.ndarray) -> Combined:
    """Combine estimates by the rules of Rubin (1987).

    q = mean(q_i), W = mean(u_i), B = var(q_i), T = W + (1 + 1/m) B.

    Parameters
    ----------
    estimates, variances
        One row a draw: the estimates q_i from it and their variances u_i.

    Raises
    ------
    ParameterError
        If there are fewer than two draws.

    References
    ----------
    Rubin, D. B. (1987), Multiple imputation for nonresponse in surveys, Wiley.
    """
    m = len(estimates)
    if m < 2:
        raise ParameterError(f"Rubin's rules need the spread between draws, and there is {m}. Give at least 2.")
    within = variances.mean(axis=0)
    between = (1 + 1 / m) * estimates.var(axis=0, ddof=1)
    total = within + between
    share = np.divide(between, total, out=np.zeros_like(total), where=total > 0)
    degrees = np.divide(m - 1, share**2, out=np.full_like(total, np.inf), where=share > 0)
    return Combined(estimates.mean(axis=0), np.sqrt(total), share, degrees)

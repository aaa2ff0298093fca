"""The observation equations: each statement of a family as the log of a sum of its paths, or of a ratio of two sums."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from analysis.methods.reconstruction.cells import Cells


@dataclass(frozen=True)
class PartTerms:
    """The terms of one part in the equations of its family.

    Attributes
    ----------
    rows
        The equations that the part enters, by their position.
    N, M
        Open days of the part in each month of the stated span, and of the base span (rows by months).
    """

    rows: np.ndarray
    N: np.ndarray
    M: np.ndarray


@dataclass(frozen=True)
class StatementEquations:
    """The statements of a family as functions of the log daily rates `x` of its parts.

    Statement j says `h_j(x) = log(sum_p N_pj exp(x_p)) - log(sum_p M_pj exp(x_p))`, where the second term stands for
    ratios only; `h_j = y_j + error`, or `h_j = y_j + sign_j exp(z_j)` for a bound.

    Attributes
    ----------
    table
        The statements, one an equation.
    terms
        Where each part enters, in the order of the family's parts.
    y
        Log of the stated figure (of 1 + growth for growth).
    noise
        Standard deviation of the rounding error, in logs; as good as zero for a bound, which is named, not rounded.
    growth, ratio
        Which statements are growth rates; which are ratios of any kind, shares too.
    sign
        1 for "over", -1 for "under", 0 otherwise.
    counts
        Which levels are by another count than that of their series, one column a count (0 or 1).
    bases
        Which growth rates have the same base year of the same series, one column each (0 or 1).
    months_compared
        Months of the base span of each growth rate; 1 for other statements.
    """

    table: pl.DataFrame
    terms: tuple[PartTerms, ...]
    y: np.ndarray
    noise: np.ndarray
    growth: np.ndarray
    ratio: np.ndarray
    sign: np.ndarray
    counts: np.ndarray
    bases: np.ndarray
    months_compared: np.ndarray

    @cached_property
    def months(self) -> np.ndarray:
        """Positions of the months that any equation involves."""
        days = sum((term.N.sum(axis=0) + term.M.sum(axis=0) for term in self.terms), np.zeros(1))
        return np.flatnonzero(days)

    @cached_property
    def within_months(self) -> "StatementEquations":
        """The same equations as functions of these months alone."""
        terms = (PartTerms(each.rows, each.N[:, self.months], each.M[:, self.months]) for each in self.terms)
        return replace(self, terms=tuple(terms))

    @cached_property
    def stated_days(self) -> np.ndarray:
        """The open days of the stated spans, statements by the months of all parts end to end."""
        return self._end_to_end([term.N for term in self.terms])

    @cached_property
    def base_days(self) -> np.ndarray:
        """The open days of the base spans, ratios by the months of all parts end to end."""
        days: np.ndarray = self._end_to_end([term.M for term in self.terms])[self.ratio]
        return days

    @cached_property
    def cells(self) -> tuple[Cells, ...]:
        """The cells of each part's months."""
        months = self.terms[0].N.shape[1]
        own = [slice(part * months, (part + 1) * months) for part in range(len(self.terms))]
        return tuple(Cells.of(self.stated_days[:, each], self.base_days[:, each]) for each in own)

    def _end_to_end(self, days: list[np.ndarray]) -> np.ndarray:
        """Return the open days of all parts side by side: statements by the months of all parts."""
        whole: np.ndarray = np.zeros((self.y.size, len(self.terms) * self.terms[0].N.shape[1]))
        for part, (term, own) in enumerate(zip(self.terms, days, strict=True)):
            whole[term.rows, part * own.shape[1] : (part + 1) * own.shape[1]] = own
        return whole

    def at(self, x: np.ndarray) -> "EquationValues":
        """Evaluate the statements at paths `x`, log daily rates, draws by parts by months."""
        flat = x.reshape(len(x), -1)
        centre = flat.mean(axis=1, keepdims=True)
        rate = np.exp(flat - centre)
        return EquationValues(
            self, rate, rate @ self.stated_days.T, rate @ self.base_days.T, np.where(self.ratio, 0.0, centre)
        )

    def h(self, x: np.ndarray) -> np.ndarray:
        """Return the stated logs at paths `x` (draws by parts by months), draws by statements."""
        return self.at(x).h

    def linearise(self, x: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return `h` at one path (parts by months), and its derivatives by each part (rows of its terms by months)."""
        values = self.at(x[None])
        base = np.ones(self.y.size)
        base[self.ratio] = values.base_sum[0]
        rate = values.rate.reshape(x.shape)
        derivatives = [
            (term.N / values.stated_sum[0, term.rows, None] - term.M / base[term.rows, None]) * rate[part]
            for part, term in enumerate(self.terms)
        ]
        return values.h[0], derivatives


@dataclass(frozen=True)
class EquationValues:
    """The equations evaluated at a batch of paths.

    Attributes
    ----------
    equations
        The equations.
    rate
        Daily rates up to a factor a draw, draws by the months of all parts end to end.
    stated_sum, base_sum
        The sums `sum_p N_pj exp(x_p)` with these rates, draws by statements, and `sum_p M_pj exp(x_p)`, draws by
        ratios.
    shift
        Log of that factor, zero for ratios.
    """

    equations: StatementEquations
    rate: np.ndarray
    stated_sum: np.ndarray
    base_sum: np.ndarray
    shift: np.ndarray

    @property
    def h(self) -> np.ndarray:
        """EquationValues logs, draws by statements."""
        logs: np.ndarray = np.log(self.stated_sum) + self.shift
        logs[:, self.equations.ratio] -= np.log(self.base_sum)
        return logs

    def derivative_along(self, v: np.ndarray) -> np.ndarray:
        """Return `H v` for directions `v` (draws by parts by months), draws by statements."""
        moved = self.rate * v.reshape(len(v), -1)
        product: np.ndarray = moved @ self.equations.stated_days.T
        product /= self.stated_sum
        product[:, self.equations.ratio] -= moved @ self.equations.base_days.T / self.base_sum
        return product

    def derivative_transposed(self, w: np.ndarray) -> np.ndarray:
        """Return `H' w` for weights `w` (draws by statements), draws by parts by months."""
        product: np.ndarray = (w / self.stated_sum) @ self.equations.stated_days
        product -= (w[:, self.equations.ratio] / self.base_sum) @ self.equations.base_days
        product *= self.rate
        return product.reshape(len(w), len(self.equations.terms), -1)

    def derivatives_by_cell(self, draws: slice, part: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the derivatives by the logs of one part's cells, and the share of each month in its cell.

        They are draws by statements by cells, and draws by the cells' months.
        """
        equations, months = self.equations, self.rate.shape[1] // len(self.equations.terms)
        cells = equations.cells[part]
        sums, shares = cells.volumes(self.rate[draws, part * months : (part + 1) * months])
        slope: np.ndarray = cells.stated / self.stated_sum[draws][:, :, None]
        slope[:, equations.ratio] -= cells.base / self.base_sum[draws][:, :, None]
        slope *= sums[:, None]
        return slope, shares

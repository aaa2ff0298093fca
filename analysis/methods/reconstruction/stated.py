"""What the statements of a family of flows say about their monthly paths, as rows of weights and logarithms."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl


@dataclass(frozen=True)
class Touch:
    """The statements that touch one part.

    Attributes
    ----------
    rows
        Which of the family's statements, in their order.
    N, M
        Open days of the part in each month of the stated span, and of the span compared with (rows by months).
    """

    rows: np.ndarray
    N: np.ndarray
    M: np.ndarray


@dataclass(frozen=True)
class Operator:
    """The statements of a family as functions of the log daily rates `x` of its parts.

    Statement j says `h_j(x) = log(sum_p N_pj exp(x_p)) - log(sum_p M_pj exp(x_p))`, where the second term stands for
    ratios only; `h_j = y_j + error`, or `h_j = y_j + sign_j exp(z_j)` for a bound.

    Attributes
    ----------
    table
        The statements that enter, in the order of the rows below.
    touches
        One a part, in the order of the family's parts.
    y
        Log of the stated figure (of 1 + growth for growth).
    noise
        Standard deviation of the rounding error, in logs; a bound is named, not rounded.
    growth, ratio
        Which statements are growth rates; which are ratios of any kind, shares too.
    sign
        1 for "over", -1 for "under", 0 otherwise.
    counts
        Which levels each other count than that of their series made (statements by counts, 0 or 1).
    bases
        Which growth rates compare with each year of a series (statements by years, 0 or 1).
    months_compared
        How many months each growth rate compares with; 1 for other statements.
    """

    table: pl.DataFrame
    touches: tuple[Touch, ...]
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
        """The months of which a statement speaks, of any part, as positions."""
        days = sum((touch.N.sum(axis=0) + touch.M.sum(axis=0) for touch in self.touches), np.zeros(1))
        return np.flatnonzero(days)

    @cached_property
    def within_months(self) -> "Operator":
        """The same statements as functions of these months alone."""
        touches = (Touch(each.rows, each.N[:, self.months], each.M[:, self.months]) for each in self.touches)
        return replace(self, touches=tuple(touches))

    @cached_property
    def stated_days(self) -> np.ndarray:
        """The open days of the stated spans, statements by the months of all parts end to end."""
        return self._together([touch.N for touch in self.touches])

    @cached_property
    def base_days(self) -> np.ndarray:
        """The open days of the spans compared with, ratios by the months of all parts end to end."""
        days: np.ndarray = self._together([touch.M for touch in self.touches])[self.ratio]
        return days

    def _together(self, days: list[np.ndarray]) -> np.ndarray:
        """Return the rows of all parts side by side."""
        whole: np.ndarray = np.zeros((self.y.size, len(self.touches) * self.touches[0].N.shape[1]))
        for part, (touch, own) in enumerate(zip(self.touches, days, strict=True)):
            whole[touch.rows, part * own.shape[1] : (part + 1) * own.shape[1]] = own
        return whole

    def at(self, x: np.ndarray) -> "Stated":
        """Evaluate the statements at paths `x`, log daily rates, draws by parts by months."""
        flat = x.reshape(len(x), -1)
        centre = flat.mean(axis=1, keepdims=True)
        rate = np.exp(flat - centre)
        return Stated(self, rate, rate @ self.stated_days.T, rate @ self.base_days.T, np.where(self.ratio, 0.0, centre))

    def h(self, x: np.ndarray) -> np.ndarray:
        """Return the stated logs at paths `x` (draws by parts by months), draws by statements."""
        return self.at(x).h

    def linear(self, x: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return `h` (statements) and, for each part, its rows of the derivative (rows by months) at one path."""
        stated = self.at(x[None])
        base = np.ones(self.y.size)
        base[self.ratio] = stated.base[0]
        rate = stated.rate.reshape(x.shape)
        dense = [
            (touch.N / stated.stated[0, touch.rows, None] - touch.M / base[touch.rows, None]) * rate[part]
            for part, touch in enumerate(self.touches)
        ]
        return stated.h[0], dense


@dataclass(frozen=True)
class Stated:
    """The statements evaluated at a batch of paths.

    Attributes
    ----------
    operator
        The statements.
    rate
        Daily rates up to a factor a draw, draws by the months of all parts end to end.
    stated, base
        The sums `sum_p N_pj exp(x_p)` with these rates, draws by statements, and `sum_p M_pj exp(x_p)`, draws by
        ratios.
    shift
        Log of that factor, zero for ratios.
    """

    operator: Operator
    rate: np.ndarray
    stated: np.ndarray
    base: np.ndarray
    shift: np.ndarray

    @property
    def h(self) -> np.ndarray:
        """Stated logs, draws by statements."""
        logs: np.ndarray = np.log(self.stated) + self.shift
        logs[:, self.operator.ratio] -= np.log(self.base)
        return logs

    def along(self, v: np.ndarray) -> np.ndarray:
        """Return `H v` for directions `v` (draws by parts by months), draws by statements."""
        moved = self.rate * v.reshape(len(v), -1)
        product: np.ndarray = moved @ self.operator.stated_days.T
        product /= self.stated
        product[:, self.operator.ratio] -= moved @ self.operator.base_days.T / self.base
        return product

    def back(self, w: np.ndarray) -> np.ndarray:
        """Return `H' w` for weights `w` (draws by statements), draws by parts by months."""
        product: np.ndarray = (w / self.stated) @ self.operator.stated_days
        product -= (w[:, self.operator.ratio] / self.base) @ self.operator.base_days
        product *= self.rate
        return product.reshape(len(w), len(self.operator.touches), -1)

    def slopes(self, draws: slice, part: int) -> np.ndarray:
        """Return the derivatives `H` by one part for some draws, draws by statements by months."""
        operator, months = self.operator, self.rate.shape[1] // len(self.operator.touches)
        own = slice(part * months, (part + 1) * months)
        slope: np.ndarray = operator.stated_days[:, own] / self.stated[draws][:, :, None]
        if operator.ratio.any():
            slope[:, operator.ratio] -= operator.base_days[:, own] / self.base[draws][:, :, None]
        slope *= self.rate[draws, own][:, None]
        return slope

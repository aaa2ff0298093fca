"""What the statements of a family of flows say about their monthly paths, as rows of weights and logarithms."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl


class Block(NamedTuple):
    """The run of a part's statements that touch one year.

    `rows` among the part's, `months` of the year, `N` and `M` for these; `reach`, the month before which every year
    begins whose run starts before this one ends.
    """

    rows: slice
    months: slice
    N: np.ndarray
    M: np.ndarray
    reach: int


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

    @cached_property
    def compared(self) -> bool:
        """Whether the part is something that others are compared with."""
        return bool(self.M.any())

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The statements by the years that they touch: one or two out of many, which keeps the algebra small.

        In the order of their periods the statements of a year stand together, but for those of long spans.
        """
        runs = []
        for first in range(0, self.N.shape[1], 12):
            months = slice(first, first + 12)
            rows = np.flatnonzero((self.N[:, months] + self.M[:, months]).any(axis=1))
            if rows.size:
                runs.append((slice(int(rows[0]), int(rows[-1]) + 1), months))
        return tuple(
            Block(run, months, self.N[run, months], self.M[run, months], _reach(run, runs)) for run, months in runs
        )


def _reach(run: slice, runs: list[tuple[slice, slice]]) -> int:
    """Return the end of the last year whose run of statements starts before this one ends."""
    return max(int(months.stop) for other, months in runs if other.start < run.stop)


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
    """

    table: pl.DataFrame
    touches: tuple[Touch, ...]
    y: np.ndarray
    noise: np.ndarray
    growth: np.ndarray
    ratio: np.ndarray
    sign: np.ndarray

    def at(self, x: np.ndarray) -> "Stated":
        """Evaluate the statements at paths `x`, log daily rates, draws by parts by months."""
        centre = x.mean(axis=(1, 2), keepdims=True)
        rate = np.exp(x - centre)
        stated, base = np.zeros((2, len(x), self.y.size))
        base[:, ~self.ratio] = 1.0
        for part, touch in enumerate(self.touches):
            stated[:, touch.rows] += rate[:, part] @ touch.N.T
            if touch.compared:
                base[:, touch.rows] += rate[:, part] @ touch.M.T
        return Stated(self, rate, stated, base, np.where(self.ratio, 0.0, centre[:, 0]))

    def h(self, x: np.ndarray) -> np.ndarray:
        """Return the stated logs at paths `x` (draws by parts by months), draws by statements."""
        return self.at(x).h

    def linear(self, x: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return `h` (statements) and, for each part, its rows of the derivative (rows by months) at one path."""
        stated = self.at(x[None])
        dense = []
        for part, touch in enumerate(self.touches):
            slope = touch.N / stated.stated[0, touch.rows, None] - touch.M / stated.base[0, touch.rows, None]
            dense.append(slope * stated.rate[0, part])
        return stated.h[0], dense


@dataclass(frozen=True)
class Stated:
    """The statements evaluated at a batch of paths.

    Attributes
    ----------
    operator
        The statements.
    rate
        Daily rates up to a factor a draw, draws by parts by months.
    stated, base
        The sums `sum_p N_pj exp(x_p)` and `sum_p M_pj exp(x_p)` with these rates, draws by statements.
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
        logs: np.ndarray = np.log(self.stated) - np.log(self.base) + self.shift
        return logs

    def along(self, v: np.ndarray) -> np.ndarray:
        """Return `H v` for directions `v` (draws by parts by months), draws by statements."""
        product = np.zeros_like(self.stated)
        moved = self.rate * v
        for part, touch in enumerate(self.operator.touches):
            rows = touch.rows
            product[:, rows] += moved[:, part] @ touch.N.T / self.stated[:, rows]
            if touch.compared:
                product[:, rows] -= moved[:, part] @ touch.M.T / self.base[:, rows]
        return product

    def back(self, w: np.ndarray) -> np.ndarray:
        """Return `H' w` for weights `w` (draws by statements), draws by parts by months."""
        product = np.empty_like(self.rate)
        for part, touch in enumerate(self.operator.touches):
            rows = touch.rows
            product[:, part] = (w[:, rows] / self.stated[:, rows]) @ touch.N
            if touch.compared:
                product[:, part] -= (w[:, rows] / self.base[:, rows]) @ touch.M
        product *= self.rate
        return product

    def slopes(self, part: int, draws: np.ndarray) -> list[np.ndarray]:
        """Return the derivatives of `h` by one part for some draws, block by block: draws by statements by months."""
        found, touch = [], self.operator.touches[part]
        stated, base = self.stated[np.ix_(draws, touch.rows)], self.base[np.ix_(draws, touch.rows)]
        rate = self.rate[draws, part]
        for block in touch.blocks:
            slope = block.N / stated[:, block.rows, None]
            if block.M.any():
                slope -= block.M / base[:, block.rows, None]
            slope *= rate[:, None, block.months]
            found.append(slope)
        return found

"""What each statement says about the monthly path, as rows of weights and logarithms."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from analysis.errors import EvidenceError
from analysis.periods import months_between
from analysis.reconstruction.window import Days, year_before

#: Relative standard deviation of a figure called "about": the middle of the 2 to 5% met in practice.
ABOUT = 0.03

#: Keeps the statement system invertible where a figure is printed to seven digits or more.
LEAST_NOISE = 1e-6


class Block(NamedTuple):
    """The run of statements that touch one year.

    `rows` of the operator, `months` of the year, `N` and `M` for these; `reach`, the month before which every year
    begins whose run starts before this one ends.
    """

    rows: slice
    months: slice
    N: np.ndarray
    M: np.ndarray
    reach: int


def _reach(run: slice, runs: list[tuple[slice, slice]]) -> int:
    """Return the end of the last year whose run of statements starts before this one ends."""
    return max(int(months.stop) for other, months in runs if other.start < run.stop)


@dataclass(frozen=True)
class Operator:
    """The statements of one series as functions of the log daily rate `x` (one value a month).

    Statement j says `h_j(x) = log(N_j exp(x)) - log(M_j exp(x))`, where the second term stands for growth only;
    `h_j = y_j + error`, or `h_j = y_j + sign_j exp(z_j)` for a bound.

    Attributes
    ----------
    table
        The statements that enter, in the order of the rows below.
    N, M
        Days of each month in the stated span, and in the same span a year before (statements by months).
    y
        Log of the stated figure (of 1 + growth for growth).
    noise
        Standard deviation of the rounding error, in logs; a bound is named, not rounded.
    growth
        Which statements are growth rates.
    sign
        1 for "over", -1 for "under", 0 otherwise.
    """

    table: pl.DataFrame
    N: np.ndarray
    M: np.ndarray
    y: np.ndarray
    noise: np.ndarray
    growth: np.ndarray
    sign: np.ndarray

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

    def h(self, x: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return the stated logs `h` and their derivatives at paths `x`.

        Parameters
        ----------
        x
            Log daily rates, draws by months.

        Returns
        -------
        np.ndarray
            Draws by statements.
        list of np.ndarray
            For each block, draws by its statements by its months.
        """
        centre = x.mean(axis=1, keepdims=True)
        rate = np.exp(x - centre)
        stated = np.zeros((len(x), self.y.size))
        base = np.broadcast_to(~self.growth, stated.shape).astype(float)
        for block in self.blocks:
            stated[:, block.rows] += rate[:, block.months] @ block.N.T
            base[:, block.rows] += rate[:, block.months] @ block.M.T
        h = np.log(stated) - np.log(base) + np.where(self.growth, 0.0, centre)
        H = []
        for block in self.blocks:
            slope = block.N / stated[:, block.rows, None]
            if block.M.any():
                slope -= block.M / base[:, block.rows, None]
            slope *= rate[:, None, block.months]
            H.append(slope)
        return h, H

    def linear(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return `h` (statements) and the full derivative `H` (statements by months) at one path."""
        h, parts = self.h(x[None])
        H = np.zeros_like(self.N)
        for block, part in zip(self.blocks, parts, strict=True):
            H[block.rows, block.months] = part[0]
        return h[0], H


def _log_figure(row: dict[str, Any], days: int) -> tuple[float, float]:
    """Return the log of a statement's figure as a sum over its span, and its rounding error in logs."""
    value, half_width = row["value"], row["half_width"]
    size = 1 + value if row["measure"] == "yoy_growth" else value
    if size <= 0:
        raise EvidenceError("the figure is zero or less, and the method works on logarithms")
    months = months_between(row["period_start"], row["period_end"]) + 1
    times = {"daily_average": days, "monthly_average": months}.get(row["measure"], 1)
    return float(np.log(size * times)), half_width / size / 3**0.5


def operator_of(evidence: pl.DataFrame, days: Days) -> tuple[Operator, dict[str, str]]:
    """Turn statements into rows of the operator.

    Parameters
    ----------
    evidence
        Statements of one series: `statement_id, period_start, period_end, measure, relation, value, half_width`.
    days
        The open days of a window that holds every statement.

    Returns
    -------
    Operator
        The statements that can be used.
    dict
        `statement_id` to the reason why it cannot.
    """
    columns: dict[str, list[Any]] = {name: [] for name in ("N", "M", "y", "noise")}
    unused: dict[str, str] = {}
    kept: list[int] = []
    for index, row in enumerate(evidence.iter_rows(named=True)):
        start, end = row["period_start"], row["period_end"]
        open_days = days.between(start, end)
        growth = row["measure"] == "yoy_growth"
        base_days = days.between(year_before(start), year_before(end)) if growth else np.zeros(days.months)
        if not open_days.any() or (growth and not base_days.any()):
            unused[row["statement_id"]] = "the port was closed throughout the stated period"
            continue
        try:
            y, noise = _log_figure(row, (end - start).days + 1)
        except EvidenceError as error:
            unused[row["statement_id"]] = str(error)
            continue
        about = ABOUT if row["relation"] == "approx" else 0.0
        values = (open_days, base_days, y, max(float(np.hypot(noise, about)), LEAST_NOISE))
        for name, value in zip(columns, values, strict=True):
            columns[name].append(value)
        kept.append(index)
    table = evidence[kept]
    return _assemble(table, columns, days.months), unused


def _assemble(table: pl.DataFrame, columns: dict[str, list[Any]], months: int) -> Operator:
    """Stack the rows; growth is never a bound (a growth "over 50%" is taken as about that)."""
    growth = (table["measure"] == "yoy_growth").to_numpy()
    sign = table["relation"].replace_strict({"gt": 1, "lt": -1}, default=0, return_dtype=pl.Int64).to_numpy()
    noise = np.asarray(columns["noise"], dtype=float)
    return Operator(
        table=table,
        N=np.asarray(columns["N"], dtype=float).reshape(-1, months),
        M=np.asarray(columns["M"], dtype=float).reshape(-1, months),
        y=np.asarray(columns["y"], dtype=float),
        noise=np.where(sign == 0, noise, np.where(growth, np.hypot(noise, ABOUT), LEAST_NOISE)),
        growth=growth,
        sign=np.where(growth, 0, sign),
    )

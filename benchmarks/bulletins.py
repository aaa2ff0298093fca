"""Turn complete monthly series into the kind of published statements that a port desk really gets.

A ground truth exists for such a ledger, so a reconstruction of it can be scored. The rules follow how customs, border
and commerce offices publish: January-to-month cumulatives, full years, year-on-year growth, now and then a single
month, "exceeded N" lower bounds, mid-month cut-offs, rounded figures, and months about which nothing is said.
"""

import datetime as dt
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from analysis.core.periods import month_end


def exponent(value: float) -> int:
    """Return the power of ten of the first significant digit."""
    return math.floor(math.log10(value))


def rounded(value: float, digits: int) -> float:
    """Round to significant digits, as a bulletin does."""
    step = 10.0 ** (exponent(value) - digits + 1)
    return round(value / step) * step


def rounded_down(value: float, digits: int) -> float:
    """Cut to significant digits, as a bound is named."""
    step = 10.0 ** (exponent(value) - digits + 1)
    return math.floor(value / step) * step


def in_wan(value: float, digits: int) -> str:
    """Write a figure of so many significant digits in units of 10,000: 34480 is '3.448万'."""
    return f"{value / 1e4:.{max(0, digits + 3 - exponent(value))}f}万"


@dataclass
class Office:
    """One publisher about one series: `y` holds its months from January of `first` on."""

    series_id: str
    y: np.ndarray
    first: int
    rng: np.random.Generator
    rows: list[dict[str, object]] = field(default_factory=list)

    def say(self, start: dt.date, end: dt.date, measure: str, relation: str, value: float, text: str, lag: int) -> None:
        """Publish a statement `lag` days after its period."""
        row = {"statement_id": f"{self.series_id}#{len(self.rows):03d}", "series_id": self.series_id}
        row |= {"period_start": start, "period_end": end, "measure": measure, "relation": relation, "value": value}
        row |= {"unit": "1", "value_as_published": text, "publisher": "simulated"}
        self.rows.append(row | {"published_on": end + dt.timedelta(days=int(lag))})

    def year(self, year: int) -> None:
        """Publish what is said about one year."""
        for month in self._cut_offs():
            self._to_date(year, month)
        if self.rng.random() < 0.3:
            self._single_month(year)
        if self.rng.random() < 0.15:
            self._mid_month(year)

    def _cut_offs(self) -> list[int]:
        """Months whose cumulative is published: most full years, up to two others, at times January-February."""
        ends = {12} if self.rng.random() < 0.7 else set()
        ends |= {int(m) for m in self.rng.choice([3, 5, 6, 9, 10, 11], size=self.rng.integers(0, 3), replace=False)}
        return sorted(ends | ({2} if self.rng.random() < 0.25 else set()))

    def _to_date(self, year: int, month: int) -> None:
        base = (year - self.first) * 12
        total = float(self.y[base : base + month].sum())
        start, end = dt.date(year, 1, 1), month_end(dt.date(year, month, 1))
        style = self.rng.random()
        digits = 2 if self.rng.random() < 0.8 else 1
        bound = rounded_down(total, digits)
        if style < 0.12 and month != 2 and total <= 1.15 * bound:
            self.say(start, end, "level", "gt", bound, "超" + in_wan(bound, digits), self.rng.integers(5, 25))
        else:
            digits = 3 if self.rng.random() < 0.7 else 4
            figure = rounded(total, digits)
            self.say(start, end, "level", "eq", figure, in_wan(figure, digits), self.rng.integers(5, 40))
        if year > self.first and self.rng.random() < 0.5:
            growth = round(total / float(self.y[base - 12 : base - 12 + month].sum()) - 1, 3)
            self.say(start, end, "yoy_growth", "eq", growth, f"{growth:+.1%}", self.rng.integers(5, 40))

    def _single_month(self, year: int) -> None:
        month = int(self.rng.integers(3, 13))
        figure = rounded(float(self.y[(year - self.first) * 12 + month - 1]), 3)
        first = dt.date(year, month, 1)
        self.say(first, month_end(first), "level", "eq", figure, in_wan(figure, 3), 15)

    def _mid_month(self, year: int) -> None:
        month, day = int(self.rng.integers(3, 12)), int(self.rng.integers(8, 24))
        base, last = (year - self.first) * 12, month_end(dt.date(year, month, 1)).day
        total = self.y[base : base + month - 1].sum() + day / last * self.y[base + month - 1]
        figure = rounded(float(total), 3)
        end = dt.date(year, month, day)
        self.say(dt.date(year, 1, 1), end, "level", "approx", figure, "约" + in_wan(figure, 3), 3)


def write_ledger(series: dict[str, np.ndarray], path: Path, *, first: int, last: int, seed: int) -> pl.DataFrame:
    """Publish statements about every series, write them as a ledger, and return it.

    Parameters
    ----------
    series
        Positive monthly flows from January of `first` to December of `last`, by id.
    path
        Where the CSV goes: the columns of a minimal ledger.
    first, last
        Years.
    seed
        Of all chance.
    """
    rng = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for name, y in sorted(series.items()):
        office = Office(name, y, first, rng)
        for year in range(first, last + 1):
            office.year(year)
        rows += office.rows
    ledger = pl.DataFrame(rows, schema_overrides={"value": pl.Float64}, infer_schema_length=None)
    ledger.write_csv(path)
    return ledger

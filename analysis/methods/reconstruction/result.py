"""The result for one series: its path with intervals, the draws behind it, and how each statement fits."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError
from analysis.core.path_table import PATH_SCHEMA, significant
from analysis.core.shown import Shown, count
from analysis.methods.reconstruction.bearing import Bearing, Span
from analysis.methods.reconstruction.window import Days


@dataclass(frozen=True, repr=False)
class Reconstruction(Shown):
    """The months and years of one series, estimated from the statements.

    Attributes
    ----------
    series_id, unit
        The series, and the unit of every flow below.
    path
        `path_table.PATH_SCHEMA`: one row a month or year of the window and level; flows a month or a year.
    days
        The open days of each part over the inner window, which covers every statement, in whole years.
    rates
        Draws of the flow a day of opening, draws by parts by months of the inner window; at most as many as were drawn,
        as a draw that satisfies not every statement is left out. A flow has one part, or several whose sum it is.
    fit
        One row a statement: `statement_id, measure, relation, value, median, lower, upper` (80%; null for shares, whose
        whole is another series), `used`, `reason` (`Reason.written`, or empty).
    hyperparameters
        Monthly standard deviations in logs, and the tail of bounds.
    zeros
        The published zeros that close days of the series: `zeros.COLUMNS` and `whole`, whether a figure for all of it.
    bearing
        What the removal of each statement does to the path; None unless `removal.with_bearing` added it.
    """

    series_id: str
    unit: str
    path: pl.DataFrame
    days: tuple[Days, ...]
    rates: np.ndarray
    fit: pl.DataFrame
    hyperparameters: dict[str, float]
    zeros: pl.DataFrame
    bearing: Bearing | None = None

    def at(self, level: int, freq: str = "M") -> pl.DataFrame:
        """Return the path of one interval level and frequency, e.g. `path.at(80, "A")`; months if not said."""
        return self.path.filter((pl.col("level") == level) & (pl.col("freq") == freq))

    def describe(self) -> str:
        """Return `Reconstruction of gate.tonnes (tonnes), 2012-01 to 2023-12, from 17 statements`."""
        months = self.at(int(self.path["level"][0]))["time_period"] if len(self.path) else pl.Series([], dtype=pl.Date)
        span = f", {months[0]:%Y-%m} to {months[-1]:%Y-%m}" if len(months) else ""
        used = int(self.fit["used"].sum())
        return f"Reconstruction of {self.series_id} ({self.unit}){span}, from {count(used, 'statement', 'statements')}"

    def preview(self) -> pl.DataFrame:
        """Return the years at the narrowest level."""
        return self.path.filter((pl.col("freq") == "A") & (pl.col("level") == pl.col("level").min()))

    @property
    def months(self) -> tuple[dt.date, ...]:
        """First days of the months of the inner window."""
        return self.days[0].firsts

    @property
    def draws(self) -> np.ndarray:
        """Draws of the monthly flows, draws by months of the inner window."""
        return monthly_flows(self.rates, self.days)

    def total(self, start: dt.date, end: dt.date) -> np.ndarray:
        """Return draws of the sum from `start` to `end`, both included; part of a month counts by its open days.

        Raises
        ------
        CoverageError
            If the span leaves the inner window.
        """
        first, last = self.days[0].start, self.days[0].end
        if start < first or end > last:
            raise CoverageError(
                f"{self.series_id} was reconstructed from {first} to {last}, which does not cover {start} to {end}. "
                "Ask for a longer window."
            )
        inside = np.stack([days.between(start, end) for days in self.days])
        total: np.ndarray = np.einsum("dpm,pm->d", self.rates, inside)
        return total

    def year(self, year: int) -> np.ndarray:
        """Return draws of the total of one calendar year."""
        return self.total(dt.date(year, 1, 1), dt.date(year, 12, 31))

    def bearing_statements(
        self, start: dt.date, end: dt.date, *, against: tuple[dt.date, dt.date] | None = None
    ) -> list[str]:
        """Return the statements that bear on a total, or on its ratio to another one, as `bearing.Bearing`.

        The zeros published about the spans come first. Of a span in which no day was open nothing else is named, nor
        for a path without its `bearing`.
        """
        zeros = self.zeros_in((start, end), *([] if against is None else [against]))
        above = self.total(start, end)
        below = np.ones_like(above) if against is None else self.total(*against)
        if self.bearing is None or not (above > 0).all() or not (below > 0).all():
            return zeros
        lower, upper = np.quantile(np.log(above / below), [0.1, 0.9])
        half_width = float(upper - lower) / 2
        if against is None:
            return zeros + self.bearing.on_total(start, end, half_width=half_width)
        return zeros + self.bearing.on_ratio(Span(start, end), Span(*against), half_width=half_width)

    def zeros_in(self, *spans: tuple[dt.date, dt.date]) -> list[str]:
        """Return the published zeros that close days of some spans."""
        rows = self.zeros.select("statement_id", "period_start", "period_end").iter_rows()
        return [name for name, start, end in rows if any(start <= last and first <= end for first, last in spans)]


def monthly_flows(rates: np.ndarray, days: tuple[Days, ...]) -> np.ndarray:
    """Return draws of the monthly flows, draws by months, from rates of each part (draws by parts by months)."""
    flows: np.ndarray = np.einsum("dpm,pm->dm", rates, np.stack([each.open for each in days]))
    return flows


def summarise(series_id: str, periods: pl.DataFrame, draws: np.ndarray, levels: tuple[int, ...]) -> pl.DataFrame:
    """Return mean, median and intervals of draws as a path, cut to six significant digits.

    Parameters
    ----------
    periods
        `freq, time_period, obs_status`, one row a column of `draws`.
    draws
        Draws by periods.
    levels
        Interval levels in percent.
    """
    tails = [(1 - level / 100) / 2 for level in levels]
    median, *bounds = np.quantile(draws, [0.5, *tails, *(1 - tail for tail in tails)], axis=0)
    middle = {"mean": significant(draws.mean(axis=0)), "median": significant(median)}
    parts = []
    for level, lower, upper in zip(levels, bounds[: len(levels)], bounds[len(levels) :], strict=True):
        parts.append(
            periods.with_columns(
                pl.lit(series_id).alias("series_id"),
                pl.lit(level, dtype=pl.Int64).alias("level"),
                *(pl.Series(name, values) for name, values in middle.items()),
                pl.Series("lower", significant(lower)),
                pl.Series("upper", significant(upper)),
            )
        )
    return pl.concat(parts).select(pl.col(name).cast(dtype) for name, dtype in PATH_SCHEMA.items())

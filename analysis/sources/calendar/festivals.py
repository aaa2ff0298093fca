"""The Spring Festival: which share of the days before, during and after it falls into each month."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import CoverageError, ParameterError, RegisterError
from analysis.core.periods import add_months, month_start
from analysis.sources.registers import SPRING_FESTIVAL

WINDOWS = ("before", "during", "after")


@dataclass(frozen=True)
class SpringFestival:
    """The first day of the Spring Festival by year; without years nothing is known of it."""

    first_days: Mapping[int, dt.date]

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> "SpringFestival":
        """Return the festivals of the registers of a folder, by the name of each register.

        Raises
        ------
        RegisterError
            If a year is left out, or a day lies in another year.
        """
        table = tables[SPRING_FESTIVAL.name].sort("year")
        gaps = table.filter((pl.col("year").diff() > 1) | (pl.col("first_day").dt.year() != pl.col("year")))
        if not gaps.is_empty():
            raise RegisterError(
                f"{SPRING_FESTIVAL.file} breaks off before {gaps['year'][0]} or dates its festival into another year. "
                "Give each year one row with its own day."
            )
        return cls(dict(table.select("year", "first_day").iter_rows()))

    def windows(
        self, start: dt.date, months: int, *, before: int, during: int, after: int, centred: bool = False
    ) -> pl.DataFrame:
        """Return the Spring Festival regressors of a span of months.

        Each window is a run of days: `before` days that end on the eve of the festival's first day, `during` days from
        the first day on, and `after` days behind them. A regressor is the share of the window's days that fall into a
        month, so it sums to 1 over the months around each festival.

        Parameters
        ----------
        start
            A day of the first month.
        months
            How many months.
        before, during, after
            Lengths of the windows in days, 0 for none.
        centred
            Whether to subtract the mean of the calendar month over all years of the register, so that a
            regressor is no part of the season.

        Returns
        -------
        DataFrame
            `time_period` (first day of the month), `before`, `during`, `after`.

        Raises
        ------
        ParameterError
            If a length or the number of months is negative.
        CoverageError
            If a month may hold a part of the window of a festival that is not in the register.

        References
        ----------
        Bell, W. R. and Hillmer, S. C. (1983), Modeling time series with calendar variation, JASA 78, 526-534.
        """
        if min(before, during, after, months) < 0:
            raise ParameterError(
                f"The windows of the Spring Festival have {before}, {during} and {after} days over {months} months. "
                "Use 0 or more of each."
            )
        periods = [add_months(month_start(start), count) for count in range(months)]
        self._check_covered(periods, before, during + after)
        shares = self._shares(before, during, after)
        means = self._means(before, during, after) if centred else {}
        columns = {
            window: [shares.get((window, month), 0.0) - means.get((window, month.month), 0.0) for month in periods]
            for window in WINDOWS
        }
        schema = pl.Schema({"time_period": pl.Date, **dict.fromkeys(WINDOWS, pl.Float64)})
        return pl.DataFrame({"time_period": periods, **columns}, schema=schema)

    def _check_covered(self, periods: list[dt.date], before: int, behind: int) -> None:
        """Refuse months that a festival before the first or after the last of the register could reach."""
        years = list(self.first_days)
        for month in periods[:1] + periods[-1:]:
            reach = [(month - dt.timedelta(days=behind)).year, (add_months(month, 1) + dt.timedelta(days=before)).year]
            if reach[0] < min(years) or reach[1] > max(years):
                raise CoverageError(
                    f"{month:%Y-%m} lies outside {min(years)} to {max(years)}, the years of {SPRING_FESTIVAL.file}. "
                    "Add years to it or shorten the span."
                )

    def _shares(self, before: int, during: int, after: int) -> dict[tuple[str, dt.date], float]:
        """Return the share of each window's days by month, for the months that have any."""
        lengths = {"before": (-before, 0), "during": (0, during), "after": (during, during + after)}
        days = Counter(
            (window, month_start(first + dt.timedelta(days=day)))
            for first in self.first_days.values()
            for window, span in lengths.items()
            for day in range(*span)
        )
        return {key: count / (lengths[key[0]][1] - lengths[key[0]][0]) for key, count in days.items()}

    def _means(self, before: int, during: int, after: int) -> dict[tuple[str, int], float]:
        """Return the mean share of each window by calendar month, over all festivals of the register."""
        means: dict[tuple[str, int], float] = defaultdict(float)
        for (window, month), share in self._shares(before, during, after).items():
            means[window, month.month] += share / len(self.first_days)
        return dict(means)

"""The result: forecasts of a panel with intervals, draws if any were made, and the series that were skipped."""

from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from analysis.core.shown import Shown, count
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.notes import ENDED
from analysis.methods.forecasting.settings import Array

#: Last months of each series that a forecast carries, to be drawn before its own.
HISTORY = 48


@dataclass(frozen=True, repr=False)
class Forecast(Shown):
    """A forecast of many series.

    Attributes
    ----------
    table
        `path_table.PATH_SCHEMA`: one row a series, month ahead and level; in the unit of the panel.
    learnt
        What the panel shares.
    skipped
        `series_id` to the sentence that says why there is no forecast.
    notes
        Sentences that a reader has to know: series that ended early, seasons without figures, open days not used.
    effects
        Of the regressors of a scenario: `series_id`, `regressor`, `effect` (change of the logarithm with one unit
        more), `standard_error`; empty without a scenario.
    ended
        Series that end before the panel's last month, as `notes.ended` counts them.
    draws
        `series_id` to draws by months ahead; empty unless a number of draws was given.
    history
        `series_id, time_period, obs_value`: the last years of each series, for the chart.
    """

    table: pl.DataFrame
    learnt: Learnt
    skipped: dict[str, str] = field(default_factory=dict)
    draws: dict[str, Array] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    effects: pl.DataFrame = field(default_factory=pl.DataFrame)
    ended: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ENDED))
    history: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(
            schema={"series_id": pl.String, "time_period": pl.Date, "obs_value": pl.Float64}
        )
    )

    def after(self, table: pl.DataFrame) -> "Forecast":
        """Return the forecast with the last years of a panel's table as its history."""
        recent = pl.col("time_period") > pl.col("time_period").max().over("series_id").dt.offset_by(f"-{HISTORY}mo")
        return replace(self, history=table.filter(recent))

    def at(self, level: int) -> pl.DataFrame:
        """Return the rows of one interval level, e.g. `forecast.at(80)`."""
        return self.table.filter(pl.col("level") == level)

    def describe(self) -> str:
        """Return `Forecast of 73 series, 12 months from 2025-03 to 2026-02, levels 80, 95%; 2 without one`."""
        ids, periods = self.table["series_id"].n_unique(), self.table["time_period"].sort()
        ahead = self.table.group_by("series_id").agg(pl.col("time_period").n_unique())["time_period"].max()
        if not isinstance(ahead, int):
            return f"Forecast of no series; {len(self.skipped)} without one"
        levels = ", ".join(map(str, self.table["level"].unique().sort()))
        without = f"; {len(self.skipped)} without one" if self.skipped else ""
        frequency = self.learnt.frequency
        span = f"{frequency.label(periods[0])} to {frequency.label(periods[-1])}"
        steps = count(ahead, frequency.unit, f"{frequency.unit}s")
        return f"Forecast of {ids:,} series, {steps}, {span}, levels {levels}%{without}"

    def preview(self) -> pl.DataFrame:
        """Return the rows of the narrowest level."""
        return self.table.filter(pl.col("level") == pl.col("level").min())

    def total(self, series_id: str) -> np.ndarray:
        """Return the draws of the sum over the months ahead of one series."""
        return np.asarray(self.draws[series_id].sum(axis=1))

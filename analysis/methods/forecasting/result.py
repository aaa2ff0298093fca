"""The result: forecasts of a panel with intervals, draws if any were made, and the series that were skipped."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.notes import ENDED
from analysis.methods.forecasting.settings import Array


@dataclass(frozen=True)
class Forecast:
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
    """

    table: pl.DataFrame
    learnt: Learnt
    skipped: dict[str, str] = field(default_factory=dict)
    draws: dict[str, Array] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    effects: pl.DataFrame = field(default_factory=pl.DataFrame)
    ended: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ENDED))

    def at(self, level: int) -> pl.DataFrame:
        """Return the rows of one interval level, e.g. `forecast.at(80)`."""
        return self.table.filter(pl.col("level") == level)

    def total(self, series_id: str) -> np.ndarray:
        """Return the draws of the sum over the months ahead of one series."""
        return np.asarray(self.draws[series_id].sum(axis=1))

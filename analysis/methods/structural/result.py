"""Interventions, which a structural model measures, and the explanation that it returns."""

import datetime as dt
from dataclasses import dataclass, field

import polars as pl
from scipy.special import ndtri

from analysis.core.errors import ParameterError
from analysis.core.shown import Shown, count
from analysis.methods.structural.ahead import AHEAD


@dataclass(frozen=True)
class Intervention:
    """Something that happened, whose effect on the log of a series is to be measured.

    Attributes
    ----------
    name
        As it stands in the table of effects.
    start
        First day of the first month concerned.
    end
        First day of the last one; None for a shift that lasts.
    """

    name: str
    start: dt.date
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ParameterError(
                f"The intervention {self.name!r} ends in {self.end:%Y-%m}, before it starts in {self.start:%Y-%m}. "
                "Exchange the two."
            )


@dataclass(frozen=True, repr=False)
class Explanation(Shown):
    """A structural model of one monthly series, fitted on the log scale.

    Attributes
    ----------
    components
        `time_period, component, value, std_error`, in logs: `trend` (the level of the log), `season`, one a group of
        regressors (`festival`), `interventions`, and `irregular`, which has no standard error. They add up to the log
        of the figure in each month that has one.
    effects
        One row a regressor: `effect, estimate, std_error, z, percent, lower, upper`. The estimate is in logs; `percent`
        is 100 (exp(estimate) - 1), with its 95% interval.
    variances
        `component, variance`: monthly, of the log; exactly 0 for a component that does not move.
    diagnostics
        `test, statistic, p_value`, of the standardised one-step errors; a small p-value: the model misses something.
    series
        `time_period, obs_value`; null where there was no figure.
    log_likelihood
        Exact diffuse log likelihood with all constants, of the logs.
    ahead
        `ahead.AHEAD`: the months ahead, one row a month and level, in the unit of the series; empty without a horizon.
    draws
        Number of draws of a reconstructed path that were fitted and combined; 0 for one series of figures.
    """

    components: pl.DataFrame
    effects: pl.DataFrame
    variances: pl.DataFrame
    diagnostics: pl.DataFrame
    series: pl.DataFrame
    log_likelihood: float
    ahead: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=AHEAD))
    draws: int = 0

    def at(self, level: int) -> pl.DataFrame:
        """Return the components with their interval of one level: `lower, upper`, in logs."""
        half = float(ndtri(0.5 + level / 200)) * pl.col("std_error")
        return self.components.with_columns(lower=pl.col("value") - half, upper=pl.col("value") + half)

    def describe(self) -> str:
        """Return `Structural model of 144 months to 2025-02: trend, season and 1 effect`."""
        months, last = self.series["obs_value"].count(), self.series["time_period"][-1]
        names = ", ".join(self.components["component"].unique(maintain_order=True).to_list()[:-1])
        of_draws = f", {self.draws} draws combined" if self.draws else ""
        return f"Structural model of {count(months, 'month', 'months')} to {last:%Y-%m}: {names}{of_draws}"

    def preview(self) -> pl.DataFrame:
        """Return the effects, or the variances where there is none."""
        return self.effects if len(self.effects) else self.variances

    def component(self, name: str) -> pl.DataFrame:
        """Return `time_period, value, std_error` of one component."""
        return self.components.filter(pl.col("component") == name).drop("component")

    def adjusted(self) -> pl.DataFrame:
        """Return the series without season and regressors other than interventions: `time_period, obs_value`.

        Months without a figure stay null: adjusting what was not observed would be circular.
        """
        kept = ("trend", "interventions", "irregular")
        taken = self.components.filter(~pl.col("component").is_in(kept))
        out = taken.group_by("time_period").agg(pl.col("value").sum())
        joined = self.series.join(out, on="time_period", how="left", maintain_order="left", validate="1:1")
        return joined.select("time_period", obs_value=pl.col("obs_value") / pl.col("value").fill_null(0.0).exp())

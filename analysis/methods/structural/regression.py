"""Regressors of a monthly model: events and columns of one's own, month by month, and the effects that they have."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, ParameterError
from analysis.core.path_table import significant
from analysis.methods.structural.result import Intervention

#: The 97.5% quantile of the standard normal distribution, for two-sided 95% intervals.
NORMAL_95 = 1.959964


def regressor_columns(
    months: pl.DataFrame, interventions: Sequence[Intervention], regressors: pl.DataFrame | None, group: str
) -> pl.DataFrame:
    """Return the regressors of every month, their columns named `group: name`.

    Parameters
    ----------
    months
        `time_period`, `obs_value`; null where there is no figure, and in the months ahead.
    interventions
        Events: 1 in their months, 0 elsewhere.
    regressors
        `time_period` and one column a regressor, for every month; a column named `group: name` keeps its own group.
    group
        The group of the other columns.

    Raises
    ------
    CoverageError
        If a month lacks a regressor.
    ParameterError
        If no month with a figure distinguishes an effect from the level or from the effects before it.
    """
    period = pl.col("time_period")
    table = months.select("time_period")
    if regressors is not None:
        table = table.join(regressors, on="time_period", how="left", maintain_order="left", validate="1:1")
        absent = table.filter(pl.any_horizontal(pl.all().is_null()))
        if len(absent):
            raise CoverageError(
                f"The regressors say nothing about {absent['time_period'][0]:%Y-%m}. "
                "Give a row for every month of the series, and of the months ahead."
            )
        plain = [name for name in table.columns if name != "time_period" and ": " not in name]
        table = table.rename({name: f"{group}: {name}" for name in plain})
    for event in interventions:
        during = (period >= event.start) & (period <= event.end if event.end else pl.lit(value=True))
        table = table.with_columns(during.cast(pl.Float64).alias(f"interventions: {event.name}"))
    _refuse_indistinguishable(table, months)
    return table


def effects_table(names: Sequence[str], estimates: np.ndarray, std_errors: np.ndarray) -> pl.DataFrame:
    """Return effects with their percent and its 95% interval, as `Explanation.effects` has them."""
    half = NORMAL_95 * std_errors
    percent = {
        name: significant(100 * np.expm1(value))
        for name, value in (("percent", estimates), ("lower", estimates - half), ("upper", estimates + half))
    }
    z = significant(estimates / std_errors)
    schema = ("effect", "estimate", "std_error", "z", "percent", "lower", "upper")
    columns = {"estimate": cut(estimates), "std_error": cut(std_errors), "z": z, **percent}
    table = pl.DataFrame({"effect": list(names), **columns})
    return table.select(schema).cast({"effect": pl.String, **dict.fromkeys(schema[1:], pl.Float64)})


def cut(values: np.ndarray) -> np.ndarray:
    """Cut values to the digits that hold on every processor; below 1e-12 only rounding is left, and they are zero."""
    return significant(np.where(np.abs(values) < 1e-12, 0.0, values))


def _refuse_indistinguishable(table: pl.DataFrame, months: pl.DataFrame) -> None:
    """Refuse an effect that no month with a figure distinguishes from the level or from the effects before it."""
    known = table.filter(months["obs_value"].is_not_null()).drop("time_period")
    X = np.column_stack([np.ones(len(known)), known.to_numpy()])
    for count, name in enumerate(known.columns, start=2):
        if np.linalg.matrix_rank(X[:, :count]) < count:
            raise ParameterError(
                f"The effect {name!r} is the same in every month with a figure, or a sum of the effects before it. "
                "Leave it out or change its months."
            )

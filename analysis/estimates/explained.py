"""The desk's structural model of one port: the method, with the Spring Festival of the calendar."""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from analysis.core import monthly
from analysis.methods.structural import Explanation, Intervention
from analysis.methods.structural import explain as explain_series
from analysis.sources.calendar import SpringFestival

#: Days before, during and after the Spring Festival, as the customs statistics of China are usually adjusted for it.
FESTIVAL_WINDOW = {"before": 14, "during": 7, "after": 14}


def explain(
    series: pl.DataFrame,
    *,
    interventions: Sequence[Intervention] = (),
    festival: SpringFestival | None = None,
    regressors: pl.DataFrame | None = None,
    drift: bool = True,
    moving_season: bool = True,
    season: int = 12,
    horizon: int = 0,
) -> Explanation:
    """Split the figures of one port into trend, season, Spring Festival and what happened.

    Parameters
    ----------
    series
        `time_period`, `obs_value`, or `ds` and `y`: one monthly series above zero; gaps are bridged.
    interventions
        What happened, and whose effect is wanted.
    festival
        The Spring Festival of the place's calendar (`Evidence.spring_festival`), which then has effects before, during
        and after it, beside the season; none if not given.
    regressors
        `time_period` and a column a regressor of one's own, through the horizon.
    drift, moving_season, season, horizon
        As in `structural.explain`.

    Raises
    ------
    InputError, PeriodError, CoverageError, ParameterError, EvidenceError
        As `structural.explain` does.
    """
    months = monthly.make_gaps_explicit(series)
    windows = None
    if festival is not None:
        windows = festival_windows(festival, months["time_period"][0], len(months) + horizon)
    return explain_series(
        months,
        interventions=interventions,
        regressors=join_regressors(windows, regressors),
        drift=drift,
        moving_season=moving_season,
        season=season,
        horizon=horizon,
    )


def festival_windows(festival: SpringFestival, start: dt.date, months: int) -> pl.DataFrame:
    """Return the Spring Festival regressors of so many months, centred: `time_period, festival: before, ...`."""
    windows = festival.windows(start, months, **FESTIVAL_WINDOW, centred=True)
    return windows.rename({name: f"festival: {name}" for name in FESTIVAL_WINDOW})


def join_regressors(*tables: pl.DataFrame | None) -> pl.DataFrame | None:
    """Return tables of regressors side by side, month by month; columns without a group are of one's own.

    Parameters
    ----------
    tables
        `time_period` and a column a regressor, named `group: name` or plainly; None for none.
    """
    given = [table for table in tables if table is not None]
    if not given:
        return None
    joined = given[0].select("time_period")
    for table in given:
        joined = joined.join(table, on="time_period", how="full", coalesce=True, validate="1:1")
    plain = [name for name in joined.columns if name != "time_period" and ": " not in name]
    return joined.rename({name: f"regressors: {name}" for name in plain}).sort("time_period")

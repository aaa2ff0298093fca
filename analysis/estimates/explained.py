"""The desk's structural model of one port: the method, with the Spring Festival of the calendar."""

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
    drift: bool = True,
    moving_season: bool = True,
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
    drift, moving_season
        As in `structural.explain`.

    Raises
    ------
    InputError, PeriodError, CoverageError, ParameterError, EvidenceError
        As `structural.explain` does.
    """
    months = monthly.make_gaps_explicit(series)
    windows = None
    if festival is not None:
        windows = festival.windows(months["time_period"][0], len(months), **FESTIVAL_WINDOW, centred=True)
    return explain_series(
        months, interventions=interventions, regressors=windows, drift=drift, moving_season=moving_season
    )

"""The structural model of one monthly series, through statsmodels: specify, estimate, smooth, read off."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from analysis.core import monthly
from analysis.core.errors import CoverageError, ParameterError
from analysis.core.path_table import significant
from analysis.methods.maximum_likelihood import maximise
from analysis.methods.structural.ahead import filtered_ahead, with_months_ahead
from analysis.methods.structural.diagnostics import diagnostics
from analysis.methods.structural.regression import cut, effects_table, regressor_columns
from analysis.methods.structural.result import Explanation, Intervention

#: Fewest seasons with figures: with fewer a season cannot be told from the level, and the series is refused.
FEWEST_SEASONS = 3

_VARIANCES = {"sigma2.irregular": "irregular", "sigma2.level": "trend", "sigma2.seasonal": "season"}


def explain(
    series: pl.DataFrame,
    *,
    interventions: Sequence[Intervention] = (),
    regressors: pl.DataFrame | None = None,
    group: str = "festival",
    drift: bool = True,
    moving_season: bool = True,
    season: int = 12,
    horizon: int = 0,
    levels: Sequence[int] = (80, 95),
) -> Explanation:
    """Split one monthly series into trend, season and effects with standard errors, on the log scale.

    Parameters
    ----------
    series
        As `monthly.make_gaps_explicit` takes it; above zero. Months without a figure are gaps that the model bridges.
    interventions
        Events whose effects are to be estimated.
    regressors
        `time_period` and one column a regressor, for every month of the series and of the horizon: the Spring Festival
        windows of `SpringFestival.windows`, centred, for instance.
    group
        Name of the component that the regressors make up together; a column named `group: name` says its own.
    drift, moving_season
        Whether the level has a constant monthly drift; whether the season may change slowly.
    season, horizon, levels
        Months after which the season repeats; months ahead that are forecast; interval levels in percent.

    Raises
    ------
    InputError, PeriodError
        If the table is no single monthly series of figures above zero.
    CoverageError
        If the series is shorter than `FEWEST_SEASONS` seasons, or a month lacks a regressor.
    ParameterError, EvidenceError
        If the data cannot tell the effects apart, or an option is out of range; if the likelihood has no maximum.

    References
    ----------
    Harvey, A. C. (1989), Forecasting, structural time series models and the Kalman filter, Cambridge.
    Durbin, J. and Koopman, S. J. (2012), Time series analysis by state space methods, 2nd ed., Oxford.
    """
    months = monthly.make_gaps_explicit(series)
    monthly.refuse_non_positive(
        months, what="The structural model", remedy="Leave such months out as gaps, or name the closure as one."
    )
    require_seasons(months, season, what="The structural model")
    whole = with_months_ahead(months, horizon)
    columns = regressor_columns(whole, interventions, regressors, group)
    options: dict[str, Any] = {"drift": drift, "moving_season": moving_season, "season": season}
    variances = maximise(_model(months, columns.head(len(months)), **options))
    results = _model(whole, columns, **options).smooth(variances)
    ahead = filtered_ahead(results, whole, horizon=horizon, levels=levels)
    return _explanation(results, months, columns.head(len(months)), variances, ahead)


def require_seasons(months: pl.DataFrame, season: int, *, what: str) -> None:
    """Refuse a season that is none, or a series of too few of them.

    Raises
    ------
    ParameterError, CoverageError
        If the season is shorter than two months; if fewer than `FEWEST_SEASONS` of them have figures.
    """
    if season < 2:
        raise ParameterError(f"{what} has a season of {season} months. Give at least 2.")
    count = months["obs_value"].count()
    if count < season * FEWEST_SEASONS:
        raise CoverageError(
            f"{what} needs {season * FEWEST_SEASONS} months to tell season from trend, and the series has "
            f"{count}. Give a longer one."
        )


def _model(months: pl.DataFrame, columns: pl.DataFrame, *, drift: bool, moving_season: bool, season: int) -> Any:
    """Return the model of the logs: local level, dummy season, effects as states, exact diffuse start."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents  # only here: statsmodels loads slowly

    X = columns.drop("time_period").to_numpy()
    return UnobservedComponents(
        np.log(months["obs_value"].to_numpy()),
        level="local linear deterministic trend" if drift else "local level",
        seasonal=season,
        stochastic_seasonal=moving_season,
        exog=X if X.shape[1] else None,
        mle_regression=False,
        use_exact_diffuse=True,
    )


def _explanation(
    results: Any, months: pl.DataFrame, columns: pl.DataFrame, variances: np.ndarray, ahead: pl.DataFrame
) -> Explanation:
    """Return the tables of a smoothed model: components, effects, variances, diagnostics."""
    states, count = list(results.model.state_names), len(months)
    mean, cov = results.smoothed_state[:, :count], results.smoothed_state_cov[:, :, :count]
    X = columns.drop("time_period")
    betas = slice(len(states) - X.width, len(states))
    season = states.index("seasonal")
    parts = {
        "trend": (mean[0], np.sqrt(cov[0, 0])),
        "season": (mean[season], np.sqrt(np.maximum(cov[season, season], 0.0))),
    }
    for name in dict.fromkeys(column.partition(": ")[0] for column in X.columns):
        part = np.where([column.startswith(f"{name}: ") for column in X.columns], X.to_numpy(), 0.0)
        spread = np.einsum("ti,ij,tj->t", part, cov[betas, betas, -1], part)
        parts[name] = (part @ mean[betas, -1], np.sqrt(spread))
    rest = np.log(months["obs_value"].to_numpy()) - sum(value for value, _ in parts.values())
    parts["irregular"] = (rest, np.full(len(rest), np.nan))
    names = [_VARIANCES[name] for name in results.model.param_names]
    return Explanation(
        components=pl.concat(_component(months, name, *part) for name, part in parts.items()),
        effects=effects_table(X.columns, mean[betas, -1], np.sqrt(np.diagonal(cov[betas, betas, -1]))),
        variances=pl.DataFrame({"component": names, "variance": significant(variances)}),
        diagnostics=diagnostics(standardised_errors(results)),
        series=months,
        log_likelihood=float(significant(np.array([results.llf]))[0]),
        ahead=ahead,
    )


def _component(months: pl.DataFrame, name: str, value: np.ndarray, std_error: np.ndarray) -> pl.DataFrame:
    """Return the rows of one component; null where it has no value or no standard error."""
    table = months.select("time_period", component=pl.lit(name))
    return table.with_columns(
        pl.Series("value", cut(value)).fill_nan(None), pl.Series("std_error", cut(std_error)).fill_nan(None)
    )


def standardised_errors(results: Any) -> np.ndarray:
    """Return the standardised one-step errors of the months whose forecast had a finite variance.

    An effect that starts late keeps the filter diffuse until then, but only in its own direction: the months before
    it are forecast as well as any other.
    """
    filtered = results.filter_results
    variance = filtered.forecasts_error_cov[0, 0]
    kept = (filtered.forecasts_error_diffuse_cov[0, 0] == 0) & (variance > 0) & ~np.isnan(results.model.endog[:, 0])
    return np.asarray(filtered.forecasts_error[0, kept] / np.sqrt(variance[kept]))

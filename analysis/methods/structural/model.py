"""The structural model of one monthly series, through statsmodels: specify, estimate, smooth, read off."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from analysis.core import monthly
from analysis.core.errors import CoverageError, ParameterError
from analysis.core.path_table import significant
from analysis.methods.maximum_likelihood import maximise
from analysis.methods.structural.diagnostics import diagnostics
from analysis.methods.structural.result import Explanation, Intervention

#: Fewest years with figures: with fewer a season of twelve months cannot be told from the level, and the series is
#: refused.
FEWEST_YEARS = 3

#: The 97.5% quantile of the standard normal distribution, for two-sided 95% intervals.
_NORMAL_95 = 1.959964

_VARIANCES = {"sigma2.irregular": "irregular", "sigma2.level": "trend", "sigma2.seasonal": "season"}


def explain(
    series: pl.DataFrame,
    *,
    interventions: Sequence[Intervention] = (),
    regressors: pl.DataFrame | None = None,
    group: str = "festival",
    drift: bool = True,
    moving_season: bool = True,
) -> Explanation:
    """Split one monthly series into trend, season and effects with standard errors, on the log scale.

    Parameters
    ----------
    series
        `time_period`, `obs_value`, as `monthly.make_gaps_explicit` takes it; above zero. Months without a figure are
        gaps that the model bridges.
    interventions
        Events whose effects are to be estimated.
    regressors
        `time_period` and one column a regressor, for every month of the series: the Spring Festival windows of
        `SpringFestival.windows`, centred, for instance.
    group
        Name of the component that the regressors make up together.
    drift
        Whether the level has a constant monthly drift.
    moving_season
        Whether the season may change slowly.

    Raises
    ------
    InputError, PeriodError
        If the table is no single monthly series of figures above zero.
    CoverageError
        If the series is shorter than `FEWEST_YEARS` years, or a month lacks a regressor.
    ParameterError, EvidenceError
        If the data cannot tell the effects apart; if the likelihood has no maximum.

    References
    ----------
    Harvey, A. C. (1989), Forecasting, structural time series models and the Kalman filter, Cambridge.
    Durbin, J. and Koopman, S. J. (2012), Time series analysis by state space methods, 2nd ed., Oxford.
    """
    months = monthly.make_gaps_explicit(series)
    monthly.refuse_non_positive(
        months, what="The structural model", remedy="Leave such months out as gaps, or name the closure as one."
    )
    if months["obs_value"].count() < 12 * FEWEST_YEARS:
        raise CoverageError(
            f"The structural model needs {12 * FEWEST_YEARS} months to tell season from trend, and the series has "
            f"{months['obs_value'].count()}. Give a longer one."
        )
    columns = _columns(months, interventions, regressors, group)
    model = _model(months, columns, drift=drift, moving_season=moving_season)
    variances = maximise(model)
    return _explanation(model.smooth(variances), months, columns, variances)


def _columns(
    months: pl.DataFrame, interventions: Sequence[Intervention], regressors: pl.DataFrame | None, group: str
) -> pl.DataFrame:
    """Return the regressors of every month, their columns named `group: name`."""
    period = pl.col("time_period")
    table = months.select("time_period")
    if regressors is not None:
        table = table.join(regressors, on="time_period", how="left", maintain_order="left", validate="1:1")
        absent = table.filter(pl.any_horizontal(pl.all().is_null()))
        if len(absent):
            raise CoverageError(
                f"The regressors say nothing about {absent['time_period'][0]:%Y-%m}. "
                "Give a row for every month of the series."
            )
        table = table.rename({name: f"{group}: {name}" for name in table.columns if name != "time_period"})
    for event in interventions:
        during = (period >= event.start) & (period <= event.end if event.end else pl.lit(value=True))
        table = table.with_columns(during.cast(pl.Float64).alias(f"interventions: {event.name}"))
    _refuse_indistinguishable(table, months)
    return table


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


def _model(months: pl.DataFrame, columns: pl.DataFrame, *, drift: bool, moving_season: bool) -> Any:
    """Return the model of the logs: local level, dummy season, effects as states, exact diffuse start."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents  # only here: statsmodels loads slowly

    X = columns.drop("time_period").to_numpy()
    return UnobservedComponents(
        np.log(months["obs_value"].to_numpy()),
        level="local linear deterministic trend" if drift else "local level",
        seasonal=12,
        stochastic_seasonal=moving_season,
        exog=X if X.shape[1] else None,
        mle_regression=False,
        use_exact_diffuse=True,
    )


def _explanation(results: Any, months: pl.DataFrame, columns: pl.DataFrame, variances: np.ndarray) -> Explanation:
    """Return the tables of a smoothed model: components, effects, variances, diagnostics."""
    states = list(results.model.state_names)
    mean, cov = results.smoothed_state, results.smoothed_state_cov
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
        effects=_effects(X.columns, mean[betas, -1], np.sqrt(np.diagonal(cov[betas, betas, -1]))),
        variances=pl.DataFrame({"component": names, "variance": significant(variances)}),
        diagnostics=diagnostics(_errors(results)),
        series=months,
        log_likelihood=float(significant(np.array([results.llf]))[0]),
    )


def _component(months: pl.DataFrame, name: str, value: np.ndarray, std_error: np.ndarray) -> pl.DataFrame:
    """Return the rows of one component; null where it has no value or no standard error."""
    table = months.select("time_period", component=pl.lit(name))
    return table.with_columns(
        pl.Series("value", _cut(value)).fill_nan(None), pl.Series("std_error", _cut(std_error)).fill_nan(None)
    )


def _cut(values: np.ndarray) -> np.ndarray:
    """Cut values to the digits that hold on every processor; below 1e-12 only rounding is left, and they are zero."""
    return significant(np.where(np.abs(values) < 1e-12, 0.0, values))


def _effects(names: Sequence[str], estimates: np.ndarray, std_errors: np.ndarray) -> pl.DataFrame:
    """Return the effects with their percent and its 95% interval."""
    b, se = _cut(estimates), _cut(std_errors)
    half = _NORMAL_95 * std_errors
    percent = {
        name: significant(100 * np.expm1(value))
        for name, value in (("percent", estimates), ("lower", estimates - half), ("upper", estimates + half))
    }
    z = significant(estimates / std_errors)
    schema = ("effect", "estimate", "std_error", "z", "percent", "lower", "upper")
    table = pl.DataFrame({"effect": list(names), "estimate": b, "std_error": se, "z": z, **percent})
    return table.select(schema).cast({"effect": pl.String, **dict.fromkeys(schema[1:], pl.Float64)})


def _errors(results: Any) -> np.ndarray:
    """Return the standardised one-step errors of the months whose forecast had a finite variance.

    An effect that starts late keeps the filter diffuse until then, but only in its own direction: the months before
    it are forecast as well as any other.
    """
    filtered = results.filter_results
    variance = filtered.forecasts_error_cov[0, 0]
    kept = (filtered.forecasts_error_diffuse_cov[0, 0] == 0) & (variance > 0) & ~np.isnan(results.model.endog[:, 0])
    return np.asarray(filtered.forecasts_error[0, kept] / np.sqrt(variance[kept]))

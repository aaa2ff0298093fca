"""The airline model of Box and Jenkins with regressors, by statsmodels' SARIMAX: a second opinion on a forecast."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analysis.core import monthly
from analysis.core.errors import ParameterError
from analysis.core.path_table import significant
from analysis.methods.maximum_likelihood import maximise_within
from analysis.methods.structural import Intervention
from analysis.methods.structural.ahead import filtered_ahead, with_months_ahead
from analysis.methods.structural.diagnostics import diagnostics
from analysis.methods.structural.model import require_seasons, standardised_errors
from analysis.methods.structural.regression import effects_table, regressor_columns

#: Largest coefficient of either kind: at 1 trend or season would not move at all, and the likelihood is flat.
LARGEST = 0.98

#: Where the search starts: coefficients that monthly series of trade often have.
_START = (0.4, 0.6)


@dataclass(frozen=True)
class Airline:
    """An airline model of one monthly series, fitted on the log scale.

    Attributes
    ----------
    coefficients
        `name, value, std_error`: `theta`, `Theta` (moving averages of a month and of a season; positive as Box and
        Jenkins write them) and `sigma` (of the log); no standard error at a bound.
    effects
        As in `structural.Explanation`.
    diagnostics
        As in `structural.Explanation`, of the one-step errors.
    ahead
        `structural.ahead.AHEAD`: the months ahead, in the unit of the series; empty without a horizon.
    log_likelihood
        Exact log likelihood of the differenced logs.
    """

    coefficients: pl.DataFrame
    effects: pl.DataFrame
    diagnostics: pl.DataFrame
    ahead: pl.DataFrame
    log_likelihood: float


def airline(
    series: pl.DataFrame,
    *,
    interventions: Sequence[Intervention] = (),
    regressors: pl.DataFrame | None = None,
    group: str = "festival",
    season: int = 12,
    horizon: int = 0,
    levels: Sequence[int] = (80, 95),
) -> Airline:
    """Fit (1 - B)(1 - B^s)(log y - x'b) = (1 - theta B)(1 - Theta B^s) e to one monthly series and look ahead.

    Parameters
    ----------
    series, interventions, regressors, group, season, horizon, levels
        As for `structural.explain`.

    Raises
    ------
    InputError, PeriodError, CoverageError, ParameterError, EvidenceError
        As `structural.explain` does.

    References
    ----------
    Box, G. E. P. and Jenkins, G. M. (1976), Time series analysis: forecasting and control, Holden-Day.
    """
    months = monthly.make_gaps_explicit(series)
    monthly.refuse_non_positive(months, what="The airline model", remedy="Leave such months out as gaps.")
    require_seasons(months, season, what="The airline model")
    whole = with_months_ahead(months, horizon)
    columns = regressor_columns(whole, interventions, regressors, group)
    # Differencing leaves the likelihood as it is where no month is missing, and halves the states.
    differenced = months["obs_value"].null_count() == 0
    fitted = _model(months, columns.head(len(months)), season, differenced=differenced)
    unit = _unit(months, season)
    x, errors = maximise_within(
        _loglike_of(fitted, unit),
        np.array([*_START, 1.0]),
        lower=np.array([-LARGEST, -LARGEST, 0.01]),
        upper=np.array([LARGEST, LARGEST, 100.0]),
    )
    results = _model(whole, columns, season, differenced=False).smooth(_parameters(x, unit))
    return Airline(
        coefficients=_coefficients(x, errors, unit),
        effects=_effects(results, columns.columns[1:]),
        diagnostics=diagnostics(standardised_errors(results)),
        ahead=filtered_ahead(results, whole, horizon=horizon, levels=levels),
        log_likelihood=float(significant(np.array([_loglike_of(fitted, unit)(x)]))[0]),
    )


def _model(months: pl.DataFrame, columns: pl.DataFrame, season: int, *, differenced: bool) -> Any:
    """Return the model of the logs, effects as states with an exact diffuse start."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX  # only here: statsmodels loads slowly

    X = columns.drop("time_period").to_numpy()
    if differenced and X.shape[1]:
        _refuse_differenced_away(X, columns.columns[1:], season)
    return SARIMAX(
        np.log(months["obs_value"].to_numpy()),
        order=(0, 1, 1),
        seasonal_order=(0, 1, 1, season),
        exog=X if X.shape[1] else None,
        mle_regression=False,
        simple_differencing=differenced,
        use_exact_diffuse=True,
    )


def _refuse_differenced_away(X: np.ndarray, names: Sequence[str], season: int) -> None:
    """Refuse an effect that is a trend or a season, which differences take away."""
    once = np.diff(X, axis=0)
    rest = once[season:] - once[:-season]
    for count, name in enumerate(names, start=1):
        if np.linalg.matrix_rank(rest[:, :count]) < count:
            raise ParameterError(
                f"The effect {name!r} is a straight line or the same in every year, which the airline model takes for "
                "trend or season. Leave it out."
            )


def _unit(months: pl.DataFrame, season: int) -> float:
    """Return the standard deviation of the differenced logs, in which sigma is searched for."""
    logs = np.log(months["obs_value"].to_numpy().astype(float))
    once = np.diff(logs)
    spread = float(np.nanstd(once[season:] - once[:-season]))
    return spread if spread > 0 else 1.0


def _parameters(x: np.ndarray, unit: float) -> np.ndarray:
    """Return the parameters as statsmodels takes them: signs of moving averages reversed, a variance."""
    return np.array([-x[0], -x[1], (unit * x[2]) ** 2])


def _loglike_of(model: Any, unit: float) -> Callable[[np.ndarray], float]:
    """Return the log likelihood by theta, Theta and sigma in units."""
    return lambda x: float(model.loglike(_parameters(x, unit)))


def _coefficients(x: np.ndarray, errors: np.ndarray, unit: float) -> pl.DataFrame:
    """Return the coefficients with their standard errors."""
    scale = np.array([1.0, 1.0, unit])
    table = pl.DataFrame({"name": ["theta", "Theta", "sigma"], "value": significant(x * scale)})
    return table.with_columns(pl.Series("std_error", significant(errors * scale)).fill_nan(None))


def _effects(results: Any, names: Sequence[str]) -> pl.DataFrame:
    """Return the effects, which are the last states."""
    places = slice(results.smoothed_state.shape[0] - len(names), results.smoothed_state.shape[0])
    spread = np.diagonal(results.smoothed_state_cov[places, places, -1])
    return effects_table(names, results.smoothed_state[places, -1], np.sqrt(spread))

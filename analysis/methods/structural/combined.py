"""The structural models of several draws of a reconstructed path, combined by Rubin's rules."""

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from analysis.core.errors import EvidenceError
from analysis.core.path_table import significant
from analysis.methods.rubin import combine
from analysis.methods.structural.ahead import lognormal
from analysis.methods.structural.regression import cut, effects_table
from analysis.methods.structural.result import Explanation


def combine_explanations(explanations: Sequence[Explanation]) -> Explanation:
    """Combine structural models of draws of one path into one, whose errors know what was never published.

    Parameters
    ----------
    explanations
        One a draw, of the same months, effects and horizon.

    Returns
    -------
    Explanation
        Components and effects by Rubin's rules, with `missing`, the share of their variance that comes from what was
        not observed; variances as means; of the tests the medians; the series is the geometric mean of the draws.

    Raises
    ------
    ParameterError
        If there are fewer than two draws.
    EvidenceError
        If the draws are of different months or effects.
    """
    first = explanations[0]
    if any(each.components.height != first.components.height for each in explanations):
        raise EvidenceError("The draws have figures in different months. Draw them from one reconstruction.")
    values = _stack(explanations, lambda each: each.components["value"])
    errors = _stack(explanations, lambda each: each.components["std_error"])
    together = combine(values, errors**2)
    effects = combine(
        _stack(explanations, lambda each: each.effects["estimate"]),
        _stack(explanations, lambda each: each.effects["std_error"]) ** 2,
    )
    logs = _stack(explanations, lambda each: each.series["obs_value"].log())
    return Explanation(
        components=first.components.with_columns(
            _column("value", together.estimate), _column("std_error", together.std_error),
            _column("missing", together.missing),
        ),
        effects=effects_table(first.effects["effect"].to_list(), effects.estimate, effects.std_error).with_columns(
            _column("missing", effects.missing)
        ),
        variances=_mean_of(explanations, lambda each: each.variances, "variance", np.mean),
        diagnostics=_mean_of(explanations, lambda each: each.diagnostics, "p_value", np.median).with_columns(
            statistic=_mean_of(explanations, lambda each: each.diagnostics, "statistic", np.median)["statistic"]
        ),
        series=first.series.with_columns(_column("obs_value", np.exp(logs.mean(axis=0)))),
        log_likelihood=float(significant(np.array([np.mean([each.log_likelihood for each in explanations])]))[0]),
        ahead=_ahead(explanations),
        draws=len(explanations),
    )  # fmt: skip


def _ahead(explanations: Sequence[Explanation]) -> pl.DataFrame:
    """Return the forecasts of the draws as one: mean and total variance of the log."""
    first = explanations[0].ahead
    if first.is_empty():
        return first
    levels = first["level"].unique().sort().to_list()
    rows = [each.ahead.filter(pl.col("level") == levels[0]) for each in explanations]
    means = np.stack([each["log_mean"].to_numpy() for each in rows])
    spreads = np.stack([each["log_sd"].to_numpy() for each in rows])
    together = combine(means, spreads**2)
    return lognormal(rows[0]["time_period"][0], together.estimate, together.std_error, levels)


def _stack(explanations: Sequence[Explanation], column: Callable[[Explanation], pl.Series]) -> np.ndarray:
    """Return a column of all draws, one row a draw; NaN where there is none."""
    return np.stack([column(each).cast(pl.Float64).to_numpy() for each in explanations])


def _column(name: str, values: np.ndarray) -> pl.Series:
    return pl.Series(name, cut(values)).fill_nan(None)


def _mean_of(
    explanations: Sequence[Explanation],
    table: Callable[[Explanation], pl.DataFrame],
    column: str,
    middle: Callable[..., np.ndarray],
) -> pl.DataFrame:
    """Return a table of the first draw with the middle of a column over all draws."""
    values = _stack(explanations, lambda each: table(each)[column])
    return table(explanations[0]).with_columns(pl.Series(column, significant(middle(values, axis=0))))

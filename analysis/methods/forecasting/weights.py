"""Weights of the candidates: by their past errors on the series, shrunk to those over the panel."""

import numpy as np

from analysis.methods.forecasting.settings import Array

#: Months after which an error counts half in a candidate's loss.
HALF_LIFE = 60.0

#: Relative loss, in units of the median candidate's, by which a candidate's weight falls by a factor e.
TEMPERATURE = 0.05

#: Number of months that the panel's relative losses count for beside a series' own.
PANEL_EVIDENCE = 6.0


def past_losses(X: Array, F: Array, origins: range) -> tuple[Array, Array]:
    """Return what could be known of each candidate's error at each origin.

    Parameters
    ----------
    X
        Logarithms, series by months; NaN where nothing was observed.
    F
        Forecasts of the candidates, origins by horizon by candidate by series.
    origins
        Columns that are the last known month.

    Returns
    -------
    tuple
        Origins by candidate by series: mean absolute error of forecasts whose month had passed by then, over every
        second horizon, later ones counting more; and origins by series: the discounted number of months behind it.
    """
    total = np.zeros((F.shape[0], *F.shape[2:]))
    count = np.zeros((F.shape[0], F.shape[3]))
    horizons = range(0, F.shape[1], 2)
    keep = 0.5 ** (1 / HALF_LIFE)
    for h in horizons:
        step = h + 1
        summed, observed = np.zeros(F.shape[2:]), np.zeros(F.shape[3])
        for place in range(step, len(origins)):
            actual = X[:, origins[place]]
            known = np.isfinite(actual) & np.isfinite(F[place - step, h]).all(axis=0)
            error = np.abs(F[place - step, h] - actual)
            summed = keep * summed + np.where(known, error, 0.0)
            observed = keep * observed + known
            total[place] += summed / np.maximum(observed, 1e-9)
            count[place] += observed / len(horizons)
    return total / len(horizons), count


def relative(loss: Array) -> Array:
    """Return losses over the middle candidate's."""
    return loss / np.maximum(np.median(loss, axis=-2, keepdims=True), 1e-9)


def weigh(loss: Array, count: Array, panel: Array) -> Array:
    """Return weights that sum to one over the candidates.

    Parameters
    ----------
    loss, count
        As `past_losses` returns them.
    panel
        The panel's relative loss of each candidate.
    """
    share = (count / (count + PANEL_EVIDENCE))[:, None, :]
    blend = share * relative(loss) + (1 - share) * panel[:, None]
    weight = np.exp(-(blend - blend.min(axis=1, keepdims=True)) / TEMPERATURE)
    return np.asarray(weight / sum_over_candidates(weight)[:, None])


def sum_over_candidates(values: Array) -> Array:
    """Return the sum over the second last axis, in the same order whatever the other axes hold."""
    total = np.zeros(values[..., 0, :].shape)
    for candidate in range(values.shape[-2]):
        total += values[..., candidate, :]
    return total

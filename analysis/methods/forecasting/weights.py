"""Weights of the candidates: by their past errors on the series, shrunk to those over the panel."""

import numpy as np

from analysis.methods.forecasting.settings import Array

#: Months after which an error counts half in a candidate's loss.
HALF_LIFE = 60.0

#: Relative loss, in units of the median candidate's, by which the weight of a candidate falls by a factor e where the
#: past is long, and the number of months at which it is twice that: what the candidates of a short series lost says
#: little of what they will lose, so their weights differ less.
TEMPERATURE, CHANCE = 0.02, 100.0

#: Number of months that the panel's relative losses count for beside a series' own.
PANEL_EVIDENCE = 6.0


def past_losses(X: Array, F: Array, origins: range, scored: np.ndarray) -> tuple[Array, Array]:
    """Return what could be known of each candidate's error at each origin.

    Parameters
    ----------
    X
        Logarithms, series by months; NaN where nothing was observed.
    F
        Forecasts of the candidates, origins by horizon by candidate by series.
    origins
        Columns that are the last known month.
    scored
        Origins by series: whether forecasts from there count.

    Returns
    -------
    tuple
        Origins by candidate by series: mean absolute error of forecasts whose month had passed by then, later ones
        counting more, over that of all candidates at the same horizon, mean over every second horizon (one where
        nothing had passed); and origins by series: the discounted number of months behind it.
    """
    total = np.zeros((F.shape[0], *F.shape[2:]))
    count = np.zeros((F.shape[0], F.shape[3]))
    horizons = range(0, F.shape[1], 2)
    for h in horizons:
        step = h + 1
        total[:step] += 1.0
        actual = X[:, origins[step:]].T
        known = np.isfinite(actual) & scored[:-step]
        error = np.abs(F[:-step, h] - np.where(known, actual, 0.0)[:, None])
        mean_error, observed = _discounted(error * known[:, None]), _discounted(known.astype(float))
        usual = sum_over_candidates(mean_error) / F.shape[2]
        mean_error /= np.maximum(usual, 1e-9)[:, None]
        total[step:] += np.where(observed[:, None] > 0, mean_error, 1.0)
        count[step:] += observed / len(horizons)
    return total / len(horizons), count


def _discounted(values: Array) -> Array:
    """Return at each origin the sum of all values up to it, earlier ones counting less."""
    keep = 0.5 ** (1 / HALF_LIFE)
    for place in range(1, len(values)):
        values[place] += keep * values[place - 1]
    return values


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
    temperature = TEMPERATURE * (1 + CHANCE / (count + PANEL_EVIDENCE))[:, None, :]
    weight = np.exp(-(blend - blend.min(axis=1, keepdims=True)) / temperature)
    return np.asarray(weight / sum_over_candidates(weight)[:, None])


def combine(F: Array, weight: Array) -> Array:
    """Return the weighted sum of the candidates' forecasts: origins by horizon by series."""
    total = np.zeros((*F.shape[:2], F.shape[3]))
    for candidate in range(F.shape[2]):
        total += F[:, :, candidate] * weight[:, None, candidate]
    return total


def sum_over_candidates(values: Array) -> Array:
    """Return the sum over the second last axis, in the same order whatever the other axes hold."""
    total = np.zeros(values[..., 0, :].shape)
    for candidate in range(values.shape[-2]):
        total += values[..., candidate, :]
    return total

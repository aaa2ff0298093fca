"""Scores of forecasts, each as its formula reads; errors are actual less forecast, so positive means too low."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

Array = NDArray[np.floating]


def seasonal_scale(history: ArrayLike, *, season: int) -> float:
    """Return the mean absolute change over a season, which MASE and scaled losses are divided by.

    Months that were not observed are NaN and count in no change.
    """
    return float(np.nanmean(np.abs(_changes(history, season))))


def mase(actual: ArrayLike, forecast: ArrayLike, history: ArrayLike, *, season: int) -> float:
    """Return the mean absolute scaled error of Hyndman and Koehler (2006); 1.0 is as good as repeating last year."""
    return float(np.nanmean(np.abs(_array(actual) - _array(forecast))) / seasonal_scale(history, season=season))


def rmsse(actual: ArrayLike, forecast: ArrayLike, history: ArrayLike, *, season: int) -> float:
    """Return the root mean squared scaled error, scaled by the squared changes over a season in the history."""
    scale = np.nanmean(_changes(history, season) ** 2)
    return float(np.sqrt(np.nanmean((_array(actual) - _array(forecast)) ** 2) / scale))


def quantile_loss(actual: ArrayLike, quantile: ArrayLike, probability: ArrayLike) -> Array:
    """Return twice the quantile (pinball) loss, so that at the median it is the absolute error."""
    error, p = _array(actual) - _array(quantile), _array(probability)
    return np.asarray(2 * np.maximum(p * error, (p - 1) * error))


def scaled_quantile_loss(
    actual: ArrayLike, quantiles: ArrayLike, probabilities: ArrayLike, history: ArrayLike, *, season: int
) -> float:
    """Return the mean quantile loss over months and probabilities, scaled as MASE is.

    `quantiles` has one row a month and one column a probability.
    """
    loss = quantile_loss(_array(actual)[:, None], quantiles, probabilities)
    return float(np.nanmean(loss) / seasonal_scale(history, season=season))


def crps(actual: ArrayLike, draws: ArrayLike) -> Array:
    """Return the continuous ranked probability score of draws, E|X - y| - E|X - X'| / 2, one a month.

    `draws` has one row a month. In the unit of the series; 0 is best.
    """
    y, x = _array(actual), np.sort(_array(draws), axis=-1)
    n = x.shape[-1]
    spread = (x * (2 * np.arange(1, n + 1) - n - 1)).sum(axis=-1) * 2 / n**2
    return np.asarray(np.abs(x - y[..., None]).mean(axis=-1) - spread / 2)


def crps_normal(actual: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Array:
    """Return the continuous ranked probability score of a normal distribution (Gneiting and Raftery 2007)."""
    z = (_array(actual) - _array(mean)) / _array(sd)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(_array(sd) * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def winkler(actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, level: float) -> Array:
    """Return the interval score of Winkler (1972): the width, and 2/alpha times what lies outside.

    `level` in percent; alpha = 1 - level / 100.
    """
    y, low, high = _array(actual), _array(lower), _array(upper)
    outside = np.maximum(low - y, 0) + np.maximum(y - high, 0)
    return np.asarray(high - low + 2 / (1 - level / 100) * outside)


def coverage(actual: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> float:
    """Return the share of actual values inside the intervals, bounds included; NaN counts in neither."""
    y = _array(actual)
    known = np.isfinite(y)
    return float(((_array(lower) <= y) & (y <= _array(upper)))[known].mean())


def pit(actual: ArrayLike, quantiles: ArrayLike, probabilities: ArrayLike) -> Array:
    """Return the probability integral transform: the probability that the forecast gave to less than the outcome.

    `quantiles` has one row a month. Between the probabilities the distribution is linear; an outcome beyond them gets
    half of the outer probability. Calibrated forecasts give a uniform distribution.
    """
    p = _array(probabilities)
    rows = zip(_array(actual), _array(quantiles), strict=True)
    return np.array([np.interp(y, q, p, left=p[0] / 2, right=(1 + p[-1]) / 2) for y, q in rows])


def _changes(history: ArrayLike, season: int) -> Array:
    """Return the changes over a season."""
    values = _array(history)
    return np.asarray(values[season:] - values[:-season])


def _array(values: ArrayLike) -> Array:
    """Return values as an array of floating-point numbers."""
    return np.asarray(values, dtype=float)

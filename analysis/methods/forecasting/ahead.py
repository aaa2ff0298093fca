"""The forecasts of one block, and the options that they were made by."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.forecasting.settings import Array


@dataclass(frozen=True)
class Ahead:
    """Forecasts of a block.

    Attributes
    ----------
    quantiles
        Series by month ahead by probability, not decreasing.
    mean
        Series by month ahead.
    closed
        Series by month ahead: whether the port is closed, so that nothing passes.
    draws
        Series by draw by month ahead, or None.
    """

    quantiles: Array
    mean: Array
    closed: np.ndarray
    draws: Array | None


@dataclass(frozen=True)
class Options:
    """Options of a forecast: months ahead, probabilities of its quantiles, number of draws or None, and their seed."""

    horizon: int
    probabilities: Array
    draws: int | None
    seed: int

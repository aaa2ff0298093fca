"""What the error of the last month says of the months to come: it dies away as the errors of the series have done."""

import numpy as np

from analysis.methods.forecasting.settings import Array

#: Number of pairs of successive errors that no link between them is worth.
EVIDENCE = 24.0

#: The closest link, and the number of usual errors up to which an error counts.
CLOSEST, CLIP = 0.6, 2.5


def carry(errors: Array, combined: Array) -> Array:
    """Return the combined forecasts, each moved by what is left of the error that was last known there.

    Parameters
    ----------
    errors
        Actual less forecast one month ahead, origins by series; NaN where unknown. It is known one origin later.
    combined
        Logarithms of the combined forecasts, origins by horizon by series.
    """
    out = combined.copy()
    ahead = np.arange(1, combined.shape[1] + 1)[:, None]
    size, count, product, square, pairs, before = (np.zeros(errors.shape[1]) for _ in range(6))
    known_before = np.zeros(errors.shape[1], bool)
    for place in range(1, len(errors)):
        known = np.isfinite(errors[place - 1])
        last = np.nan_to_num(errors[place - 1])
        size, count = size + np.abs(last), count + known
        bound = CLIP * size / np.maximum(count, 1.0)
        last = np.clip(last, -bound, bound)
        product, square, pairs = product + before * last, square + before**2, pairs + (known & known_before)
        link = np.clip(product / np.maximum(square, 1e-12), -CLOSEST, CLOSEST) * pairs / (pairs + EVIDENCE)
        out[place] += link**ahead * last
        before, known_before = last, known
    return out

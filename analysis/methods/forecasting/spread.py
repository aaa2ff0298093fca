"""Widths: the expected size of errors by months ahead, from past ones and recent surprise, and their distribution."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.forecasting.settings import Array

#: Probabilities at which the quantiles of the standardised errors are kept; between them lines are drawn, and beyond
#: them the outermost quantile holds.
PROBABILITIES = np.concatenate([[0.0025, 0.005], np.arange(1, 100) / 100, [0.995, 0.9975]])

#: Months after which an error counts half in a series' own mean error, and number of months that the panel's mean error
#: counts for beside it.
HALF_LIFE, PANEL_EVIDENCE = 48.0, 8.0

#: Smallest mean absolute error, in logs: a series that never moved is not taken to be certain.
SMALLEST_ERROR = 0.002

#: Coefficients of the expected error before anything is learnt (of the series' own mean error, of its recent errors, of
#: the panel's surprise), and the number of errors that they count for.
PRIOR_RESPONSE, PRIOR_RESPONSE_ERRORS = (0.7, 0.3, 0.3), 900.0

#: Last months whose one-month errors are the recent ones, and the largest error, in logs, that is told from larger
#: ones.
RECENT_MONTHS, LARGEST_ERROR = 3, 2.5


@dataclass(frozen=True)
class Signs:
    """Signs, at each origin, of the size of the errors to come.

    Attributes
    ----------
    own
        Origins by horizon by series: the series' own mean absolute error at that horizon, shrunk to the panel's.
    recent
        Origins by series: mean absolute error of the last one-month forecasts.
    has_recent
        Origins by series: whether there was such an error.
    """

    own: Array
    recent: Array
    has_recent: np.ndarray


def errors(X: Array, combined: Array, origins: range, scored: np.ndarray) -> Array:
    """Return actual less forecast of every past forecast that is scored, NaN where the month is not known."""
    out = np.full(combined.shape, np.nan)
    for h in range(combined.shape[1]):
        columns = np.arange(origins.start, origins.stop) + h + 1
        inside = columns < X.shape[1]
        out[inside, h] = np.where(scored[inside], X[:, columns[inside]].T - combined[inside, h], np.nan)
    return np.asarray(np.clip(out, -LARGEST_ERROR, LARGEST_ERROR))


def signs(e: Array, panel: Array) -> Signs:
    """Return the signs at each origin: an error counts from the month in which its outcome was known.

    Parameters
    ----------
    e
        Errors, origins by horizon by series.
    panel
        Mean absolute error of the panel by horizon.
    """
    size = np.abs(e)
    keep = 0.5 ** (1 / HALF_LIFE)
    own = np.empty(e.shape)
    for h in range(e.shape[1]):
        total, count = np.zeros(e.shape[2]), np.zeros(e.shape[2])
        for place in range(len(e)):
            if place > h:
                late = size[place - h - 1, h]
                known = np.isfinite(late)
                total = keep * total + np.where(known, late, 0.0)
                count = keep * count + known
            shrunk = (total + PANEL_EVIDENCE * panel[h]) / (count + PANEL_EVIDENCE)
            own[place, h] = np.maximum(shrunk, SMALLEST_ERROR)
    recent = own[:, 0].copy()
    has_recent = np.zeros(recent.shape, bool)
    for place in range(1, len(e)):
        last = size[max(0, place - RECENT_MONTHS) : place, 0]
        known = np.isfinite(last)
        mean = np.nan_to_num(last).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        has_recent[place] = known.any(axis=0)
        recent[place] = np.where(has_recent[place], mean, recent[place])
    return Signs(own, recent, has_recent)


def predictors(known: Signs, state: Array) -> Array:
    """Return the predictors of the size of errors: origins by horizon by series by predictor.

    Parameters
    ----------
    known
        As `signs` returns it.
    state
        The panel's surprise at each origin: one in usual months.
    """
    own = known.own
    recent = np.broadcast_to(known.recent[:, None], own.shape)
    return np.stack([own, recent, own * np.maximum(state - 1, 0.0)[:, None, None]], axis=-1)


def expected_size(parts: Array, response: Array) -> Array:
    """Return the expected absolute error: origins by horizon by series."""
    # Term by term: the sum of a matrix product depends on its shape, and so on which series stand in a block.
    return np.asarray(sum(parts[..., k] * response[:, k, None] for k in range(response.shape[1])))


def growth(error: Array) -> float:
    """Return the power of the months ahead with which the panel's mean absolute error grows, from a third of them on.

    It is 0.5 for a random walk; 0 and 1, a slope that was missed, are the bounds.

    Parameters
    ----------
    error
        Mean absolute error by months ahead.
    """
    ahead = np.log(np.arange(1, error.size + 1))[error.size // 3 - 1 :]
    size = np.log(error)[error.size // 3 - 1 :]
    slope = ((ahead - ahead.mean()) * size).sum() / ((ahead - ahead.mean()) ** 2).sum()
    return float(np.clip(slope, 0.0, 1.0))


def fit_response(errors: list[Array], parts: list[Array]) -> Array:
    """Learn how the expected size of an error depends on its parts, by horizon: non-negative least squares.

    Each row is divided by the series' own spread, so that large and small series count alike.
    """
    # Imported here because a worker that only applies what was learnt starts sooner without it.
    from scipy.optimize import nnls

    horizon, kinds = errors[0].shape[1], len(PRIOR_RESPONSE)
    out = np.empty((horizon, kinds))
    for h in range(horizon):
        near = slice(max(0, h - 1), min(horizon, h + 2))
        A, c = PRIOR_RESPONSE_ERRORS * np.eye(kinds), PRIOR_RESPONSE_ERRORS * np.array(PRIOR_RESPONSE)
        for e, part in zip(errors, parts, strict=True):
            known = np.isfinite(e[:, near])
            of_rows = part[:, near][known]
            rows = of_rows / of_rows[:, :1]
            A += rows.T @ rows
            c += rows.T @ np.minimum(np.abs(e[:, near][known]) / of_rows[:, 0], 8.0)
        root = np.linalg.cholesky(A)
        out[h] = nnls(root.T, np.linalg.solve(root, c))[0]
    return out


def fit_shape(z: Array, usual: Array, *, evidence: float) -> Array:
    """Return quantiles of standardised errors by horizon, the median zero.

    Parameters
    ----------
    z
        Standardised errors, cases by horizon; NaN where unknown. Neighbouring horizons are taken together.
    usual
        Quantiles before anything is learnt, worth `evidence` errors.
    """
    rows = []
    for h in range(z.shape[1]):
        near = z[:, max(0, h - 1) : h + 2]
        near = near[np.isfinite(near)]
        own = np.quantile(near, PROBABILITIES) if near.size else usual
        row = (near.size * own + evidence * usual) / (near.size + evidence)
        rows.append(row - row[PROBABILITIES.size // 2])
    return np.array(rows)

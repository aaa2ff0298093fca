"""How wide: past errors by months ahead, the series' own spread, and how surprising the last months were."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.forecasting.settings import Array

#: Probabilities at which the shape of the standardised errors is kept.
PROBABILITIES = np.concatenate([[0.0025, 0.005], np.arange(1, 100) / 100, [0.995, 0.9975]])

#: Months after which an error counts half in a series' own spread, and months that the panel's spread is worth.
HALF_LIFE, PANEL_EVIDENCE = 48.0, 8.0

#: Smallest mean absolute error on the log scale, so that a constant is not taken to be certain.
SMALLEST = 0.002

#: The expected error before anything is learnt: shares of own spread, of recent errors, of the panel's surprise; the
#: months of evidence that these shares are worth.
PARTS, PARTS_EVIDENCE = (0.7, 0.3, 0.3), 900.0

#: Months whose errors say whether something has just happened, and the largest error that counts (log scale).
RECENT, LARGEST = 3, 2.5


@dataclass(frozen=True)
class Signs:
    """What is known at each origin of the size of the errors to come.

    Attributes
    ----------
    own
        Origins by horizon by series: the series' own mean absolute error at that horizon, shrunk to the panel's.
    recent
        Origins by series: mean absolute error of the last one-month forecasts.
    seen
        Origins by series: whether there was such an error.
    """

    own: Array
    recent: Array
    seen: np.ndarray


def errors(X: Array, combined: Array, origins: range) -> Array:
    """Return actual less forecast of every past forecast, NaN where the month is unknown or yet to come."""
    out = np.full(combined.shape, np.nan)
    for h in range(combined.shape[1]):
        columns = np.arange(origins.start, origins.stop) + h + 1
        inside = columns < X.shape[1]
        out[inside, h] = X[:, columns[inside]].T - combined[inside, h]
    return np.asarray(np.clip(out, -LARGEST, LARGEST))


def signs(e: Array, panel: Array) -> Signs:
    """Return what was known at each origin: an error counts from the month in which it could be seen.

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
            own[place, h] = np.maximum(shrunk, SMALLEST)
    recent = own[:, 0].copy()
    seen = np.zeros(recent.shape, bool)
    for place in range(1, len(e)):
        last = size[max(0, place - RECENT) : place, 0]
        known = np.isfinite(last)
        mean = np.nan_to_num(last).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        seen[place] = known.any(axis=0)
        recent[place] = np.where(seen[place], mean, recent[place])
    return Signs(own, recent, seen)


def features(known: Signs, state: Array) -> Array:
    """Return what the expected size of an error is a sum of: origins by horizon by series by kind.

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


def expected(parts: Array, response: Array) -> Array:
    """Return the expected absolute error: origins by horizon by series."""
    # Term by term: the sum of a matrix product depends on its shape, and so on which series stand in a block.
    return np.asarray(sum(parts[..., k] * response[:, k, None] for k in range(response.shape[1])))


def response(errors: list[Array], parts: list[Array]) -> Array:
    """Learn how the expected size of an error depends on its parts, by horizon: non-negative least squares.

    Each row is divided by the series' own spread, so that large and small series count alike.
    """
    # Imported here because a worker that only applies what was learnt starts sooner without it.
    from scipy.optimize import nnls

    horizon, kinds = errors[0].shape[1], len(PARTS)
    out = np.empty((horizon, kinds))
    for h in range(horizon):
        near = slice(max(0, h - 1), min(horizon, h + 2))
        A, c = PARTS_EVIDENCE * np.eye(kinds), PARTS_EVIDENCE * np.array(PARTS)
        for e, part in zip(errors, parts, strict=True):
            known = np.isfinite(e[:, near])
            of_rows = part[:, near][known]
            rows = of_rows / of_rows[:, :1]
            A += rows.T @ rows
            c += rows.T @ np.minimum(np.abs(e[:, near][known]) / of_rows[:, 0], 8.0)
        root = np.linalg.cholesky(A)
        out[h] = nnls(root.T, np.linalg.solve(root, c))[0]
    return out


def shape(z: Array, usual: Array, *, evidence: float) -> Array:
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
        found = np.quantile(near, PROBABILITIES) if near.size else usual
        row = (near.size * found + evidence * usual) / (near.size + evidence)
        rows.append(row - row[PROBABILITIES.size // 2])
    return np.array(rows)

"""Synthetic control: donors weighted so that they follow a flow before its closure, by exact least squares."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

#: Gradients that differ by less, relative to the size of the problem, are equal.
SLACK = 1e-10


@dataclass(frozen=True)
class Synthetic:
    """A synthetic control.

    Attributes
    ----------
    weights
        One number a donor: at least zero, adding up to one.
    before, after
        Actual less synthetic, by period, before the closure and from it on.
    undetermined
        Dimension of the set of weights that fit perfectly before; 0 where the weights are determined.
    """

    weights: np.ndarray
    before: np.ndarray
    after: np.ndarray
    undetermined: int

    @property
    def effect(self) -> float:
        """Mean of actual less synthetic from the closure on."""
        return float(self.after.mean())


def synthetic_control(treated: ArrayLike, donors: ArrayLike, *, before: int) -> Synthetic:
    """Return the synthetic control of a series.

    Parameters
    ----------
    treated
        The series by period.
    donors
        Periods by donors.
    before
        How many of the periods lie before the closure; the weights are fitted to these.
    """
    actual, others = np.asarray(treated, dtype=float), np.asarray(donors, dtype=float)
    weights = simplex_weights(others[:before], actual[:before])
    gap = actual - others @ weights
    return Synthetic(weights, gap[:before], gap[before:], max(0, others.shape[1] - before - 1))


def simplex_weights(X: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Minimise |y - X w|^2 subject to w >= 0 and sum(w) = 1, exactly, by active sets.

    On the face of the simplex that the active set leaves free the minimum is a linear system; a donor that would turn
    negative leaves on the way there, and the one whose gradient promises most enters, until none does.
    """
    A, b = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    w = np.zeros(A.shape[1])
    free = [int(np.argmin(((A - b[:, None]) ** 2).sum(axis=0)))]
    w[free] = 1.0
    scale = float(np.abs(A.T @ A).max())
    for _ in range(100 * A.shape[1]):
        w, free = _to_minimum(A, b, w, free)
        gradient = A.T @ (A @ w - b)
        promise = gradient[free].min() - gradient
        promise[free] = 0.0
        entering = int(np.argmax(promise))
        if promise[entering] <= SLACK * scale:
            return w
        free = sorted([*free, entering])
    return w


def _to_minimum(A: np.ndarray, b: np.ndarray, w: np.ndarray, free: list[int]) -> tuple[np.ndarray, list[int]]:
    """Move to the minimum over a face of the simplex, dropping the donors that reach zero on the way."""
    while True:
        target = np.zeros_like(w)
        target[free] = _on_face(A[:, free], b)
        if (target[free] >= 0).all():
            return target, free
        falling = [i for i in free if target[i] < 0]
        step = min(w[i] / (w[i] - target[i]) for i in falling)
        w = w + step * (target - w)
        free = [i for i in free if w[i] > SLACK or target[i] >= 0]
        w[[i for i in range(w.size) if i not in free]] = 0.0


def _on_face(A: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Minimise |b - A w|^2 subject to sum(w) = 1."""
    k = A.shape[1]
    system = np.block([[A.T @ A, np.ones((k, 1))], [np.ones((1, k)), np.zeros((1, 1))]])
    solved: np.ndarray = np.linalg.lstsq(system, np.append(A.T @ b, 1.0), rcond=None)[0][:k]
    return solved

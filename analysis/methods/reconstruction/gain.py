"""The gain of each statement: what it adds to the log of a total, one statement after the other (Kalman gains)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.linalg import solve_triangular

from analysis.core.errors import EvidenceError
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.posterior import Posterior
from analysis.methods.reconstruction.prior import projected_covariance

#: The log of a total as a function of the paths: position of a part to the derivative by its log daily rates (months).
Gradient = Mapping[int, np.ndarray]


@dataclass(frozen=True)
class Gain:
    """The log of a total at the mode, and what statements added to it.

    Attributes
    ----------
    log_total
        Log of the total at the mode, in the unit of the series.
    table
        `statement_id`, `gain` (in logs): each statement that was used; zero where nothing about it is new.
    """

    log_total: float
    table: pl.DataFrame


def gain(
    posterior: Posterior,
    series_id: str,
    *,
    start: dt.date,
    end: dt.date,
    new: Sequence[str],
    revised: Mapping[str, float] | None = None,
) -> Gain:
    """Return by how much new statements, and revisions of earlier ones, moved the log of a total.

    Parameters
    ----------
    posterior
        The joint fit of all statements.
    series_id, start, end
        The series, first and last day of the total.
    new
        The new statements in the order in which they became known, as `statement_id`; ones that were not used are
        left out. All others were known before.
    revised
        `statement_id` of statements known before with another figure, to the growth of that figure in logs.

    Raises
    ------
    EvidenceError
        If no day of the total was open, or nothing passed: nothing can move it.
    """
    names = pl.concat([family.equations.table["statement_id"] for family in posterior.system.families])
    position = {name: j for j, name in enumerate(names)}
    order = np.array([position[name] for name in new if name in position], dtype=int)
    revision = np.array([(revised or {}).get(name, 0.0) for name in names])
    log_total, gradient = _log_total(posterior, series_id, start, end)
    gains = contributions(posterior.mode.joint, gradient, order, revision=revision)
    return Gain(log_total, pl.DataFrame({"statement_id": names, "gain": gains}))


def contributions(joint: JointGaussian, gradient: Gradient, new: np.ndarray, *, revision: np.ndarray) -> np.ndarray:
    """Return what each statement adds to the mean of a linear function `g` of the paths, given those before it.

    With the statements known before in front, `S = Cov(d) = L L'`, innovations `v = L^-1 d` and gains
    `k = L^-1 Cov(d, g)`, a new statement adds `k_j v_j`; a revision adds its size times the weight `S^-1 Cov(d, g)`
    among the statements known before.

    Parameters
    ----------
    joint
        The linearised statements, in the order of the families.
    gradient
        `g`; a part that is not listed has no weight.
    new
        Positions of the new statements, in their order.
    revision
        By how much each `d` was revised, zero for the new ones.

    Returns
    -------
    np.ndarray
        One number a statement, in the unit of `g`.
    """
    S, c = _covariances(joint, gradient)
    d = np.concatenate([linear.d for linear in joint.linear])
    known = np.setdiff1d(np.arange(d.size), new)
    order = np.concatenate([known, new])
    L = np.linalg.cholesky(S[np.ix_(order, order)])
    v, k = solve_triangular(L, np.column_stack([d, c])[order], lower=True).T
    weights = solve_triangular(L[: known.size, : known.size], k[: known.size], lower=True, trans="T")
    gains = np.empty_like(d)
    gains[known] = weights * revision[known]
    gains[new] = (k * v)[known.size :]
    return gains


def _log_total(posterior: Posterior, series_id: str, start: dt.date, end: dt.date) -> tuple[float, Gradient]:
    """Return the log of a total at the mode, and its derivative by the log daily rates of the parts."""
    flows = {}
    for part_id in posterior.parts[series_id]:
        position = next(i for i, part in enumerate(posterior.system.parts) if part.part_id == part_id)
        open_days = posterior.system.parts[position].days.between(start, end)
        flows[position] = open_days * np.exp(posterior.mode.x[position])
    total = sum(float(flow.sum()) for flow in flows.values())
    if total == 0:
        raise EvidenceError(
            f"Nothing of {series_id} passed from {start} to {end}, so nothing moves its total. Ask for another period."
        )
    return float(np.log(total)), {position: flow / total for position, flow in flows.items()}


def statement_covariance(joint: JointGaussian) -> np.ndarray:
    """Return `Cov(d)` of all linearised statements, in the order of the families."""
    return _covariances(joint, {})[0]


def _covariances(joint: JointGaussian, gradient: Gradient) -> tuple[np.ndarray, np.ndarray]:
    """Return `Cov(d)` of all statements and `Cov(d, g)`, in the order of the families."""
    system, months = joint.system, joint.system.shapes.months
    starts = np.cumsum([0, *(linear.d.size for linear in joint.linear)])
    derivatives = [joint.part_derivatives(part, dict(enumerate(starts))) for part in range(len(system.parts))]
    S = np.diag(np.concatenate([joint.error_variance(f) for f in range(len(system.families))]))
    for f, start in enumerate(starts[:-1]):
        S[start : starts[f + 1], start : starts[f + 1]] += joint.common_covariance(f)
    c = np.zeros(len(S))
    for part, (rows, H) in enumerate(derivatives):
        stated, columns = system.stated_months[part], joint.own_columns(part)
        inside = H[:, stated]
        S[np.ix_(rows, rows)] += inside @ columns[stated] @ inside.T
        if part in gradient:
            c[rows] += inside @ (columns.T @ gradient[part])
    for K, node in zip(joint.node_covariances, system.nodes, strict=True):
        G, a = np.zeros((len(S), months)), np.zeros(months)
        for part in node.parts:
            rows, H = derivatives[part]
            G[rows] += H
            a += gradient.get(part, 0.0)
        rows = np.flatnonzero(G.any(axis=1))
        inside = G[rows]
        S[np.ix_(rows, rows)] += projected_covariance(K, inside)
        c[rows] += inside @ (K @ a)
    return S, c

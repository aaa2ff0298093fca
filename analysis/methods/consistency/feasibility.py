"""Can inequalities hold together, and which small set of their owners cannot? (docs/methods/contradictions.md)."""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from analysis.methods.consistency.inequalities import Inequalities

#: A miss below this share of the figures is noise of the arithmetic.
TOLERANCE = 1e-6

#: Weights below this in a proof are noise of the solver; all weights of a proof add up to one.
LEAST_WEIGHT = 1e-9


def miss(system: Inequalities) -> float:
    """Return by which share every figure would have to give way for all inequalities to hold; 0 if they do.

    The smallest t with `coefficients @ flow <= limits + t` for some flow of at least zero.
    """
    return _relaxed(system)[0]


def conflicting(system: Inequalities, statements: np.ndarray) -> np.ndarray | None:
    """Return a set of statements that cannot all hold and of which none can be left out; None if all can hold.

    The statements that carry the proof of the clearest miss come first; then a smaller set is looked for among the
    statements without one of these at a time, until there is none.
    """
    found = _clearest(system, statements)
    while found is not None:
        others = (_clearest(system, statements[statements != member]) for member in found)
        smaller = min((other for other in others if other is not None), key=len, default=found)
        if len(smaller) >= len(found):
            break
        found = smaller
    return found


def ratio(system: Inequalities, above: sparse.csr_array, below: sparse.csr_array) -> tuple[float, float]:
    """Return the least and the greatest ratio of two sums that the inequalities leave possible.

    A fractional programme (Charnes and Cooper 1962): all flows are scaled so that the sum below is one.

    Parameters
    ----------
    system
        Inequalities that can hold together.
    above, below
        One row each: the sums, over the same unknowns as the inequalities.
    """
    rows = sparse.hstack([system.coefficients, -system.limits[:, None]], format="csr")
    one = sparse.hstack([below, np.zeros((1, 1))], format="csr")
    cost = np.append(above.toarray().ravel(), 0.0)
    least, most = (
        linprog(sign * cost, A_ub=rows, b_ub=np.zeros(rows.shape[0]), A_eq=one, b_eq=[1.0], method="highs")
        for sign in (1.0, -1.0)
    )
    return float(least.fun) if least.success else np.inf, float(-most.fun) if most.success else np.inf


def _clearest(system: Inequalities, statements: np.ndarray) -> np.ndarray | None:
    """Return the statements that carry the proof of the clearest miss, none of them superfluous; None if all hold."""
    least, proof = _relaxed(system.of(statements))
    if least <= TOLERANCE:
        return None
    found = proof if miss(system.of(proof)) > TOLERANCE else statements
    for member in found:
        rest = found[found != member]
        if miss(system.of(rest)) > TOLERANCE:
            found = rest
    return found


def _relaxed(system: Inequalities) -> tuple[float, np.ndarray]:
    """Return the miss, and the statements whose inequalities carry its proof.

    The proof are the weights of the dual, which add up to one: weighted and added up, the inequalities deny
    themselves by just the miss (Farkas' lemma).
    """
    if not system.limits.size:
        return 0.0, np.array([], dtype=int)
    flows = _lean(system.coefficients)
    relaxed = sparse.hstack([flows, -np.ones((system.limits.size, 1))], format="csr")
    cost = np.append(np.zeros(flows.shape[1]), 1.0)
    solved = linprog(cost, A_ub=relaxed, b_ub=system.limits, method="highs")
    return float(solved.fun), np.unique(system.owner[-solved.ineqlin.marginals > LEAST_WEIGHT])


def _lean(coefficients: sparse.csr_array) -> sparse.csr_array:
    """Return the columns that differ from one another: flows that stand in the same sums are one."""
    columns = sparse.csc_array(coefficients)
    columns.sort_indices()
    slices = [slice(*ends) for ends in zip(columns.indptr[:-1], columns.indptr[1:], strict=True)]
    told = {(columns.indices[s].tobytes(), columns.data[s].tobytes()): j for j, s in enumerate(slices)}
    return sparse.csr_array(columns[:, sorted(told.values())])

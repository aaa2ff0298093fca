"""The linear systems `H K H' + R` by which the steps of a descent correct the multipliers of the statements.

A draw's own system follows its derivatives at every step; the common one is near those of all draws of a set.
"""

from dataclasses import dataclass

import numpy as np

from analysis.methods.reconstruction.equations import EquationValues, StatementEquations
from analysis.methods.reconstruction.family_problem import DrawTargets, FamilyProblem

#: Draws whose own systems are built at once, which bounds the memory.
SYSTEMS_AT_ONCE = 128


@dataclass(frozen=True)
class CommonSystem:
    """One linear system a set, near those of all its draws: that of the linearisation at the mode.

    Attributes
    ----------
    inverse
        The inverse of `H K H' + R`, sets by statements by statements.
    diagonal
        The variance of errors and overshoots in its diagonal, which differs from draw to draw; sets by statements.
    """

    inverse: np.ndarray
    diagonal: np.ndarray

    def correction(
        self,
        values: EquationValues,  # noqa: ARG002 - as in the draws' own systems
        missed: np.ndarray,
        diagonal: np.ndarray,
        aim: DrawTargets,
    ) -> np.ndarray:
        """Return the correction of the multipliers by the system of the set with each draw's own diagonal."""
        correction, change = np.empty_like(missed), diagonal - self.diagonal[aim.sets]
        rows = np.flatnonzero((change != 0).any(axis=0))
        for number, draws in aim.draws_by_set:
            correction[draws] = missed[draws] @ self.inverse[number]
        if rows.size:
            # Woodbury's identity in the few rows whose diagonal differs.
            inner = np.eye(rows.size) + change[:, rows, None] * self.inverse[:, rows[:, None], rows][aim.sets]
            excess = np.linalg.solve(inner, (change[:, rows] * correction[:, rows])[..., None])[..., 0]
            for number, draws in aim.draws_by_set:
                correction[draws] -= excess[draws] @ self.inverse[number, rows]
        return correction


@dataclass(frozen=True)
class OwnSystems:
    """Each draw's own linear system.

    Attributes
    ----------
    K
        Prior covariances of the log daily rates, one array a part: sets by months by months, the months cell by cell.
    """

    K: tuple[np.ndarray, ...]

    @classmethod
    def of(cls, equations: StatementEquations, problem: FamilyProblem) -> "OwnSystems":
        """Return the systems of a family."""
        order = [cells.months for cells in equations.cells]
        return cls(tuple(K[:, months[:, None], months] for K, months in zip(problem.K, order, strict=True)))

    def correction(
        self, values: EquationValues, missed: np.ndarray, diagonal: np.ndarray, aim: DrawTargets
    ) -> np.ndarray:
        """Return the correction of the multipliers by each draw's own system."""
        correction, on_diagonal = np.empty_like(missed), np.arange(missed.shape[1])
        for first in range(0, len(missed), SYSTEMS_AT_ONCE):
            some = slice(first, first + SYSTEMS_AT_ONCE)
            S = np.zeros((*missed[some].shape, missed.shape[1]))
            for part, (cells, K) in enumerate(zip(values.equations.cells, self.K, strict=True)):
                H, shares = values.derivatives_by_cell(some, part)
                for number, own in aim.select(some).draws_by_set:
                    S[own] += H[own] @ cells.covariances(shares[own], K[number]) @ H[own].transpose(0, 2, 1)
            S[:, on_diagonal, on_diagonal] += diagonal[some]
            correction[some] = np.linalg.solve(S, missed[some, :, None])[..., 0]
        return correction

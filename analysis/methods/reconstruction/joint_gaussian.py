"""The joint Gaussian: all paths and linearised statements, solved in blocks that Woodbury's identity joins.

A block's statements have the covariance `S_b` of what the block alone knows: own paths, activities, errors. What all
blocks share enters through whitened coordinates u ~ N(0, I): `d_b = A_b u + e_b`, `Cov(e_b) = S_b`. With
`Lambda = I + sum_b A_b' S_b^-1 A_b` the inverse of the whole covariance is `S^-1 - S^-1 A Lambda^-1 A' S^-1`, and the
cost grows with the number of blocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from analysis.methods.reconstruction.hyperparameters import Hyperparameters
from analysis.methods.reconstruction.linearised import Linearised
from analysis.methods.reconstruction.prior import (
    DIFFUSE,
    cholesky_factor,
    projected_covariance,
    symmetric_inverse,
)
from analysis.methods.reconstruction.structure import System, nodes_of_parts

#: Standard deviation, in logs, of the error of a tie (a statement about parts of several homes): what two publishers
#: count as one total agrees to about one percent.
TIE_ERROR = 0.01

#: Standard deviation, in logs, of the ratio of another count to that of the series: two railways of one border differ
#: by 10 to 13%. The ratio is the same in all statements by one count.
COUNT_OFFSET_SD = 0.1

#: Months over which `prior.REVISION_PRIOR` states the size of a base revision.
REVISED_MONTHS = 6.0

#: Share of the revision variance of a growth rate over `REVISED_MONTHS` months that all rates with the same base year
#: have in common. The rest is independent by month, so that over n months its standard deviation falls with 1/n
#: (docs/methods/reconstruction.md).
SHARED_REVISION = 0.5


@dataclass(frozen=True)
class Block:
    """Families that share a part or an activity, and the algebra of their statements.

    Attributes
    ----------
    families, offsets
        Its families, and where the rows of each begin and end among those of the block.
    inverse
        `S_b^-1`.
    columns
        Which shared coordinates its statements depend on.
    A, W, information
        What they say about these, `S_b^-1 A_b`, and `A_b' S_b^-1 A_b`.
    nodes
        For each node that it involves, which of its statements, and their derivatives by the node's path (statements
        by months).
    """

    families: tuple[int, ...]
    offsets: tuple[int, ...]
    inverse: np.ndarray
    columns: np.ndarray
    A: np.ndarray
    W: np.ndarray
    information: np.ndarray
    nodes: dict[int, tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class PathEvidence:
    """What linearised statements say about one path.

    Attributes
    ----------
    H
        Their derivatives by the path: statements by months.
    months
        Which months these are; the statements do not involve the others.
    w, V
        `S^-1 d` and `S^-1` of the statements.
    """

    H: np.ndarray
    months: np.ndarray
    w: np.ndarray
    V: np.ndarray

    @cached_property
    def score(self) -> np.ndarray:
        """`H' S^-1 d`, by months."""
        score: np.ndarray = self.H.T @ self.w
        return score

    @cached_property
    def information(self) -> np.ndarray:
        """`H' S^-1 H`, months by months."""
        information: np.ndarray = self.H.T @ self.V @ self.H
        return information

    def quadratic_forms(self, shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return `H C H'`, `S^-1 d` and `S^-1`, or `C`, `H' S^-1 d` and `H' S^-1 H` if the months are fewer.

        Parameters
        ----------
        shapes
            Covariances `C` of components of the path: components by months by months.
        """
        if len(self.H) < self.months.size:
            return self.H @ shapes @ self.H.T, self.w, self.V
        return shapes, self.score, self.information


class JointGaussian:
    """The joint Gaussian posterior of all paths at given hyperparameters and linearisation."""

    def __init__(
        self, system: System, theta: Hyperparameters, linear: list[Linearised], *, like: "JointGaussian | None" = None
    ) -> None:
        """Factorise the covariance of all statements.

        Parameters
        ----------
        system, theta, linear
            The model; its hyperparameters; the linearised statements of each family.
        like
            A posterior of the same system: its covariances and blocks are used again where the hyperparameters and
            linearisations are the same objects.
        """
        self.system, self.theta, self.linear = system, theta, linear
        like = like if like is not None and like.theta is theta else None
        self._own_columns: dict[int, np.ndarray] = like._own_columns if like else {}
        self.node_covariances: list[np.ndarray]
        self.node_roots: dict[int, np.ndarray]
        if like:
            self.node_covariances, self.node_roots = like.node_covariances, like.node_roots
        else:
            self.node_covariances = [
                system.shapes.covariance(sizes, node.jumps, festive=node.festive)
                for node, sizes in zip(system.nodes, theta.node, strict=True)
            ]
            self.node_roots = {i: cholesky_factor(self.node_covariances[i]) for i in system.wide_nodes}
        months = system.shapes.months
        self.shared_slices = {i: slice(k * months, (k + 1) * months) for k, i in enumerate(self.node_roots)}
        members = nodes_of_parts(system)
        self.blocks: list[Block] = [
            like.blocks[i]
            if like and all(linear[f] is like.linear[f] for f in families)
            else self._block(families, members)
            for i, families in enumerate(system.blocks)
        ]
        self.precision = np.eye(months * len(self.node_roots))
        for block in self.blocks:
            self.precision[np.ix_(block.columns, block.columns)] += block.information
        self._factor = cho_factor(self.precision) if len(self.precision) else None
        self._inverses: dict[tuple[int, ...], np.ndarray] = {}

    @cached_property
    def shared_covariance(self) -> np.ndarray:
        """`Lambda^-1`, the posterior covariance of the shared coordinates."""
        inverse: np.ndarray = np.linalg.inv(self.precision)
        return inverse

    def own_covariance(self, part: int) -> np.ndarray:
        """Return the prior covariance of a part's own path, months by months."""
        return self._own(part) + DIFFUSE**2

    def own_columns(self, part: int) -> np.ndarray:
        """Return the prior covariance of a part's own path with its stated months: months by stated months."""
        if part not in self._own_columns:
            self._own_columns[part] = self._own(part, self.system.stated_months[part]) + DIFFUSE**2
        return self._own_columns[part]

    def _own(self, part: int, columns: np.ndarray | None = None) -> np.ndarray:
        """Return the covariance of the components of a part's own path."""
        which = self.system.parts[part]
        return self.system.shapes.covariance(self.theta.own[part], which.jumps, columns, festive=which.festive)

    def own_stack(self, part: int, columns: np.ndarray | None = None) -> np.ndarray:
        """Return the component shapes of a part's own path, as `Shapes.stack`."""
        return self.system.shapes.stack(columns, festive=self.system.parts[part].festive)

    def node_stack(self, node: int) -> np.ndarray:
        """Return the component shapes of a node's path: components by months by months."""
        return self.system.shapes.stack(festive=self.system.nodes[node].festive)

    def error_variance(self, family: int) -> np.ndarray:
        """Return the variance of each statement's error: rounding, own base revision, tempering, tie, overshoot."""
        linear = self.linear[family]
        loose = TIE_ERROR**2 if self.system.families[family].tie else 0.0
        variance: np.ndarray = self.noise_variance(family) + linear.temper**2 + loose + linear.excess**2 * linear.z_var
        return variance

    def noise_variance(self, family: int) -> np.ndarray:
        """Return the variance of each statement's rounding and of the part of a base revision that is its own."""
        variance: np.ndarray = self.system.families[family].equations.noise ** 2 + self.own_revision_variance(family)
        return variance

    def own_revision_variance(self, family: int) -> np.ndarray:
        """Return the variance of the part of each statement's base revision that it shares with no other."""
        own: np.ndarray = np.exp(2 * self.theta.revision[family]) * np.diagonal(
            self.revision_covariance(family, shared=0.0)
        )
        return own

    def revision_covariance(self, family: int, *, shared: float = SHARED_REVISION) -> np.ndarray:
        """Return the covariance of base revisions, over the variance of one of `REVISED_MONTHS` months."""
        equations = self.system.families[family].equations
        size = np.where(equations.growth, np.sqrt(self.linear[family].revised), 0.0)
        own = np.diag((1 - SHARED_REVISION) * (REVISED_MONTHS / equations.months_compared) ** 2)
        covariance: np.ndarray = size[:, None] * (shared * equations.bases @ equations.bases.T + own) * size
        return covariance

    def common_loadings(self, family: int) -> np.ndarray:
        """Return the loadings of the errors that statements have in common: statements by independent standard normals.

        These are the offset of another count from that of the series, and the revision of the base year.
        """
        equations = self.system.families[family].equations
        revised = np.exp(self.theta.revision[family]) * np.sqrt(SHARED_REVISION * self.linear[family].revised)
        return np.hstack([COUNT_OFFSET_SD * equations.counts, revised[:, None] * equations.bases])

    def common_covariance(self, family: int) -> np.ndarray:
        """Return the covariance of the errors that statements have in common."""
        common = self.common_loadings(family)
        covariance: np.ndarray = common @ common.T
        return covariance

    def _block(self, families: tuple[int, ...], members: list[list[int]]) -> Block:
        """Assemble and invert a block."""
        offsets = tuple(int(o) for o in np.cumsum([0, *(self.linear[f].d.size for f in families)]))
        size, months = offsets[-1], self.system.shapes.months
        S, pieces = np.zeros((size, size)), dict[int, list[tuple[np.ndarray, np.ndarray]]]()
        for f, offset in zip(families, offsets[:-1], strict=True):
            diagonal = np.arange(offset, offset + self.linear[f].d.size)
            S[diagonal, diagonal] += self.error_variance(f)
            S[np.ix_(diagonal, diagonal)] += self.common_covariance(f)
        place = dict(zip(families, offsets[:-1], strict=True))
        for part in sorted({part for f in families for part in self.system.families[f].parts}):
            rows, H = self.part_derivatives(part, place)
            stated = self.system.stated_months[part]
            inside = H[:, stated]
            S[np.ix_(rows, rows)] += inside @ self.own_columns(part)[stated] @ inside.T
            for node in members[part]:
                pieces.setdefault(node, []).append((rows, H))
        nodes = {node: _summed_rows(pieces[node]) for node in sorted(pieces)}
        for node, (rows, G) in nodes.items():
            if node not in self.node_roots:
                S[np.ix_(rows, rows)] += projected_covariance(self.node_covariances[node], G)
        inverse = symmetric_inverse(S)
        wide = [node for node in self.node_roots if node in nodes]
        everywhere = np.arange(months * len(self.node_roots))
        columns = np.concatenate([everywhere[:0], *(everywhere[self.shared_slices[node]] for node in wide)])
        A = np.zeros((size, columns.size))
        for k, node in enumerate(wide):
            rows, G = nodes[node]
            A[rows, k * months : (k + 1) * months] = G @ self.node_roots[node]
        W = inverse @ A
        return Block(families, offsets, inverse, columns, A, W, W.T @ A, nodes)

    def multipliers(self, d: list[np.ndarray]) -> list[np.ndarray]:
        """Return `w = S^-1 d` by family, for deviations by family (statements, or statements by draws)."""
        if not d:
            return []
        stacked = [np.concatenate([d[f] for f in block.families]) for block in self.blocks]
        projected = np.zeros((len(self.precision), *d[0].shape[1:]))
        for block, part in zip(self.blocks, stacked, strict=True):
            projected[block.columns] += block.W.T @ part
        shared = cho_solve(self._factor, projected) if self._factor else projected
        multipliers: list[np.ndarray] = [np.empty(0)] * len(d)
        for block, part in zip(self.blocks, stacked, strict=True):
            w = block.inverse @ part - block.W @ shared[block.columns]
            for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
                multipliers[f] = w[start:stop]
        return multipliers

    def node_scores(self, w: list[np.ndarray]) -> list[np.ndarray]:
        """Return `G' w` for each node: months, or months by draws."""
        scores = [np.zeros((self.system.shapes.months, *w[0].shape[1:])) for _ in self.node_covariances] if w else []
        for block in self.blocks:
            stacked = np.concatenate([w[f] for f in block.families])
            for node, (rows, G) in block.nodes.items():
                scores[node] += G.T @ stacked[rows]
        return scores

    def node_updates(self, w: list[np.ndarray]) -> list[np.ndarray]:
        """Return `K G' w`, the posterior mean of each node's path: months, or months by draws."""
        return [K @ score for K, score in zip(self.node_covariances, self.node_scores(w), strict=True)]

    def node_evidence(self, node: int, w: list[np.ndarray]) -> "PathEvidence":
        """Return what all statements say about a node's path."""
        if node in self.node_roots:
            inverse_root = np.linalg.inv(self.node_roots[node])
            own = self.shared_covariance[self.shared_slices[node], self.shared_slices[node]]
            V = inverse_root.T @ (np.eye(len(own)) - own) @ inverse_root
            months = np.arange(len(V))
            return PathEvidence(np.eye(len(V)), months, self.node_scores(w)[node], V)
        block = next(block for block in self.blocks if node in block.nodes)
        rows, G = block.nodes[node]
        stated = np.flatnonzero(G.any(axis=0))
        stacked = np.concatenate([w[f] for f in block.families])[rows]
        return PathEvidence(G[:, stated], stated, stacked, self.inverse_covariance(block)[np.ix_(rows, rows)])

    def part_evidence(self, part: int, block: Block, w: list[np.ndarray]) -> "PathEvidence":
        """Return what the statements of its block say about a part's own path."""
        rows, H = self.part_derivatives(part, dict(zip(block.families, block.offsets[:-1], strict=True)))
        stated = self.system.stated_months[part]
        stacked = np.concatenate([w[f] for f in block.families])[rows]
        return PathEvidence(H[:, stated], stated, stacked, self.inverse_covariance(block)[np.ix_(rows, rows)])

    def part_derivatives(self, part: int, place: Mapping[int, int]) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of a block that involve a part, and their derivatives by its path (statements by months).

        Parameters
        ----------
        part
            Position of the part.
        place
            First row of each family of the block.
        """
        places = self.system.families_of_part[part]
        rows = [place[f] + self.system.families[f].equations.terms[position].rows for f, position in places]
        return np.concatenate(rows), np.concatenate([self.linear[f].H[position] for f, position in places])

    def part_update(self, part: int, w: list[np.ndarray], *, ties: bool | None = None) -> np.ndarray:
        """Return `K H' w`, the posterior mean of a part's own path: months, or months by draws.

        Parameters
        ----------
        part
            Position of the part.
        w
            Multipliers by family.
        ties
            Count only the statements of ties, or only the others; all if not given.
        """
        families, stated = self.system.families, self.system.stated_months[part]
        score = np.zeros((stated.size, *w[0].shape[1:]))
        for f, position in self.system.families_of_part[part]:
            if ties is None or families[f].tie == ties:
                score += self.linear[f].H[position][:, stated].T @ w[f][families[f].equations.terms[position].rows]
        update: np.ndarray = self.own_columns(part) @ score
        return update

    def log_determinant(self) -> float:
        """Return the log determinant of the whole covariance of the statements."""
        blocks = sum(float(np.linalg.slogdet(block.inverse)[1]) for block in self.blocks)
        return float(np.linalg.slogdet(self.precision)[1]) - blocks

    def inverse_covariance(self, block: Block) -> np.ndarray:
        """Return the block's part of the inverse of the whole covariance."""
        if not block.columns.size:
            return block.inverse
        if block.families not in self._inverses:
            shared = self.shared_covariance[np.ix_(block.columns, block.columns)]
            self._inverses[block.families] = block.inverse - block.W @ shared @ block.W.T
        return self._inverses[block.families]


def _summed_rows(pieces: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """Add up derivatives by statement: the rows of all pieces, sorted, and the sum of what each piece has for them."""
    rows = np.unique(np.concatenate([rows for rows, _ in pieces]))
    G = np.zeros((rows.size, pieces[0][1].shape[1]))
    for own, H in pieces:
        G[np.searchsorted(rows, own)] += H
    return rows, G

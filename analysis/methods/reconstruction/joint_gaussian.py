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
from analysis.methods.reconstruction.prior import DIFFUSE, cholesky_factor, covariance, projected_covariance
from analysis.methods.reconstruction.structure import SHARED_TIERS, System, nodes_of_parts

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
    reach
        For each node that it terms, what its statements say about the node's path (statements by months).
    """

    families: tuple[int, ...]
    offsets: tuple[int, ...]
    inverse: np.ndarray
    columns: np.ndarray
    A: np.ndarray
    W: np.ndarray
    information: np.ndarray
    node_derivatives: dict[int, np.ndarray]


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
        self._own: dict[int, np.ndarray] = like._own if like else {}
        self.node_covariances: list[np.ndarray]
        self.node_roots: dict[int, np.ndarray]
        if like:
            self.node_covariances, self.node_roots = like.node_covariances, like.node_roots
        else:
            self.node_covariances = [covariance(sizes, system.stack) for sizes in theta.node]
            self.node_roots = {
                i: cholesky_factor(K)
                for i, K in enumerate(self.node_covariances)
                if system.nodes[i].tier in SHARED_TIERS
            }
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
        """Return the prior covariance of a part's own path."""
        if part not in self._own:
            self._own[part] = covariance(self.theta.own[part], self.system.parts[part].stack) + DIFFUSE**2
        return self._own[part]

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
        S, derivatives = np.zeros((size, size)), dict[int, np.ndarray]()
        for f, offset in zip(families, offsets[:-1], strict=True):
            diagonal = np.arange(offset, offset + self.linear[f].d.size)
            S[diagonal, diagonal] += self.error_variance(f)
            S[np.ix_(diagonal, diagonal)] += self.common_covariance(f)
        place = dict(zip(families, offsets[:-1], strict=True))
        for part in sorted({part for f in families for part in self.system.families[f].parts}):
            rows, H = self.part_derivatives(part, place)
            S[np.ix_(rows, rows)] += projected_covariance(self.own_covariance(part), H)
            for node in members[part]:
                derivatives.setdefault(node, np.zeros((size, months)))[rows] += H
        for node, G in derivatives.items():
            if node not in self.node_roots:
                S += projected_covariance(self.node_covariances[node], G)
        inverse = np.linalg.inv(S)
        inverse = (inverse + inverse.T) / 2
        wide = [node for node in self.node_roots if node in derivatives]
        everywhere = np.arange(months * len(self.node_roots))
        columns = np.concatenate([everywhere[:0], *(everywhere[self.shared_slices[node]] for node in wide)])
        A = np.hstack([np.zeros((size, 0)), *(derivatives[node] @ self.node_roots[node] for node in wide)])
        W = inverse @ A
        return Block(families, offsets, inverse, columns, A, W, W.T @ A, derivatives)

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
            for node, G in block.node_derivatives.items():
                scores[node] += G.T @ stacked
        return scores

    def node_updates(self, w: list[np.ndarray]) -> list[np.ndarray]:
        """Return `K G' w`, the posterior mean of each node's path: months, or months by draws."""
        return [K @ score for K, score in zip(self.node_covariances, self.node_scores(w), strict=True)]

    def node_information(self, node: int) -> np.ndarray:
        """Return `G' S^-1 G` of a node's path, over all blocks: months by months."""
        if node in self.node_roots:
            inverse_root = np.linalg.inv(self.node_roots[node])
            own = self.shared_covariance[self.shared_slices[node], self.shared_slices[node]]
            information: np.ndarray = inverse_root.T @ (np.eye(len(own)) - own) @ inverse_root
            return information
        block = next(block for block in self.blocks if node in block.node_derivatives)
        local: np.ndarray = (
            block.node_derivatives[node].T @ self.inverse_covariance(block) @ block.node_derivatives[node]
        )
        return local

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
        families = self.system.families
        score = np.zeros((self.system.shapes.months, *w[0].shape[1:]))
        for f, position in self.system.families_of_part[part]:
            if ties is None or families[f].tie == ties:
                score += self.linear[f].H[position].T @ w[f][families[f].equations.terms[position].rows]
        update: np.ndarray = self.own_covariance(part) @ score
        return update

    def log_determinant(self) -> float:
        """Return the log determinant of the whole covariance of the statements."""
        blocks = sum(float(np.linalg.slogdet(block.inverse)[1]) for block in self.blocks)
        return float(np.linalg.slogdet(self.precision)[1]) - blocks

    def inverse_covariance(self, block: Block) -> np.ndarray:
        """Return the block's part of the inverse of the whole covariance."""
        if block.families not in self._inverses:
            shared = self.shared_covariance[np.ix_(block.columns, block.columns)]
            self._inverses[block.families] = block.inverse - block.W @ shared @ block.W.T
        return self._inverses[block.families]

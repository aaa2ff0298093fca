"""The statements of all families at once, linearised: blocks dense in their statements, joined by Woodbury's identity.

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

from analysis.methods.reconstruction.linearised import Linearised, Theta
from analysis.methods.reconstruction.prior import DIFFUSE, covariance, root, spread
from analysis.methods.reconstruction.structure import GLOBAL, System, memberships

#: How nearly a statement that ties several homes binds, in logs: the scopes of their publishers agree about so well.
TIE_ERROR = 0.01

#: Standard deviation, in logs, of what another count has more or less: two railways of one border differ by 10 to 13%.
OFFSET = 0.1

#: Of the variance of base revisions of so many months this share is common to all rates on the same year; the rest is
#: what moved from month to month since, which a sum of n months feels by 1/n (docs/methods/reconstruction.md).
REVISED_MONTHS, SHARED_REVISION = 6.0, 0.5


@dataclass(frozen=True)
class Block:
    """A block and its algebra.

    Attributes
    ----------
    families, offsets
        Its families, and where the statements of each begin and end.
    inverse
        `S_b^-1`.
    columns
        Which shared coordinates its statements depend on.
    A, W, information
        What they say about these, `S_b^-1 A_b`, and `A_b' S_b^-1 A_b`.
    reach
        For each node that it touches, what its statements say about the node's path (statements by months).
    """

    families: tuple[int, ...]
    offsets: tuple[int, ...]
    inverse: np.ndarray
    columns: np.ndarray
    A: np.ndarray
    W: np.ndarray
    information: np.ndarray
    reach: dict[int, np.ndarray]


class Joint:
    """The joint posterior at given hyperparameters and linearisation."""

    def __init__(self, system: System, theta: Theta, linear: list[Linearised], *, like: "Joint | None" = None) -> None:
        """Work out the algebra.

        Parameters
        ----------
        system, theta, linear
            What is reconstructed, its hyperparameters, its statements as linear functions.
        like
            A posterior of the same system whose covariances and blocks serve again where the hyperparameters and
            linearisations are the same objects.
        """
        self.system, self.theta, self.linear = system, theta, linear
        like = like if like is not None and like.theta is theta else None
        self._own: dict[int, np.ndarray] = like._own if like else {}
        self.nodes: list[np.ndarray]
        self.roots: dict[int, np.ndarray]
        if like:
            self.nodes, self.roots = like.nodes, like.roots
        else:
            self.nodes = [covariance(sizes, system.stack) for sizes in theta.node]
            self.roots = {i: root(K) for i, K in enumerate(self.nodes) if system.nodes[i].level in GLOBAL}
        months = system.shapes.months
        self.place = {i: slice(k * months, (k + 1) * months) for k, i in enumerate(self.roots)}
        members = memberships(system)
        self.blocks: list[Block] = [
            like.blocks[i]
            if like and all(linear[f] is like.linear[f] for f in families)
            else self._block(families, members)
            for i, families in enumerate(system.blocks)
        ]
        self.precision = np.eye(months * len(self.roots))
        for block in self.blocks:
            self.precision[np.ix_(block.columns, block.columns)] += block.information
        self._factor = cho_factor(self.precision) if len(self.precision) else None
        self._inverses: dict[tuple[int, ...], np.ndarray] = {}

    @cached_property
    def shared(self) -> np.ndarray:
        """`Lambda^-1`, the posterior covariance of the shared coordinates."""
        inverse: np.ndarray = np.linalg.inv(self.precision)
        return inverse

    def own(self, part: int) -> np.ndarray:
        """Return the prior covariance of a part's own path."""
        if part not in self._own:
            self._own[part] = covariance(self.theta.own[part], self.system.parts[part].stack) + DIFFUSE**2
        return self._own[part]

    def errors(self, family: int) -> np.ndarray:
        """Return the variance of each statement's error: rounding, base revision, a tie's looseness, overshoot."""
        linear = self.linear[family]
        loose = TIE_ERROR**2 if self.system.families[family].tie else 0.0
        variance: np.ndarray = self.noise(family) + linear.temper**2 + loose + linear.excess**2 * linear.z_var
        return variance

    def noise(self, family: int) -> np.ndarray:
        """Return the variance of each statement's rounding, and of what is its own of a base revision."""
        variance: np.ndarray = self.system.families[family].operator.noise ** 2 + self.own_revision(family)
        return variance

    def own_revision(self, family: int) -> np.ndarray:
        """Return the variance of what is each statement's own of a base revision."""
        own: np.ndarray = np.exp(2 * self.theta.revision[family]) * np.diagonal(self.revision(family, shared=0.0))
        return own

    def revision(self, family: int, *, shared: float = SHARED_REVISION) -> np.ndarray:
        """Return the covariance of base revisions, in units of their variance over `REVISED_MONTHS` months."""
        operator = self.system.families[family].operator
        size = np.where(operator.growth, np.sqrt(self.linear[family].revised), 0.0)
        own = np.diag((1 - SHARED_REVISION) * (REVISED_MONTHS / operator.months_compared) ** 2)
        covariance: np.ndarray = size[:, None] * (shared * operator.bases @ operator.bases.T + own) * size
        return covariance

    def common(self, family: int) -> np.ndarray:
        """Return what statements have in common beside the flows, statements by independent standard normals.

        What another count holds more or less than that of the series, and the revision of the year compared with.
        """
        operator = self.system.families[family].operator
        revised = np.exp(self.theta.revision[family]) * np.sqrt(SHARED_REVISION * self.linear[family].revised)
        return np.hstack([OFFSET * operator.counts, revised[:, None] * operator.bases])

    def offsets(self, family: int) -> np.ndarray:
        """Return the covariance of what statements have in common."""
        common = self.common(family)
        covariance: np.ndarray = common @ common.T
        return covariance

    def _block(self, families: tuple[int, ...], members: list[list[int]]) -> Block:
        """Assemble and invert a block."""
        offsets = tuple(int(o) for o in np.cumsum([0, *(self.linear[f].d.size for f in families)]))
        size, months = offsets[-1], self.system.shapes.months
        S, reach = np.zeros((size, size)), dict[int, np.ndarray]()
        for f, offset in zip(families, offsets[:-1], strict=True):
            diagonal = np.arange(offset, offset + self.linear[f].d.size)
            S[diagonal, diagonal] += self.errors(f)
            S[np.ix_(diagonal, diagonal)] += self.offsets(f)
        place = dict(zip(families, offsets[:-1], strict=True))
        for part in sorted({part for f in families for part in self.system.families[f].parts}):
            rows, H = self.about_part(part, place)
            S[np.ix_(rows, rows)] += spread(self.own(part), H)
            for node in members[part]:
                reach.setdefault(node, np.zeros((size, months)))[rows] += H
        for node, G in reach.items():
            if node not in self.roots:
                S += spread(self.nodes[node], G)
        inverse = np.linalg.inv(S)
        inverse = (inverse + inverse.T) / 2
        wide = [node for node in self.roots if node in reach]
        everywhere = np.arange(months * len(self.roots))
        columns = np.concatenate([everywhere[:0], *(everywhere[self.place[node]] for node in wide)])
        A = np.hstack([np.zeros((size, 0)), *(reach[node] @ self.roots[node] for node in wide)])
        W = inverse @ A
        return Block(families, offsets, inverse, columns, A, W, W.T @ A, reach)

    def weights(self, d: list[np.ndarray]) -> list[np.ndarray]:
        """Return `S^-1 d` by family, for deviations by family (statements, or statements by draws)."""
        if not d:
            return []
        stacked = [np.concatenate([d[f] for f in block.families]) for block in self.blocks]
        said = np.zeros((len(self.precision), *d[0].shape[1:]))
        for block, part in zip(self.blocks, stacked, strict=True):
            said[block.columns] += block.W.T @ part
        shared = cho_solve(self._factor, said) if self._factor else said
        found: list[np.ndarray] = [np.empty(0)] * len(d)
        for block, part in zip(self.blocks, stacked, strict=True):
            w = block.inverse @ part - block.W @ shared[block.columns]
            for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
                found[f] = w[start:stop]
        return found

    def about_nodes(self, w: list[np.ndarray]) -> list[np.ndarray]:
        """Return `G' w` for each node: months, or months by draws."""
        found = [np.zeros((self.system.shapes.months, *w[0].shape[1:])) for _ in self.nodes] if w else []
        for block in self.blocks:
            stacked = np.concatenate([w[f] for f in block.families])
            for node, G in block.reach.items():
                found[node] += G.T @ stacked
        return found

    def node_updates(self, w: list[np.ndarray]) -> list[np.ndarray]:
        """Return what the weights say about each node's path: months, or months by draws."""
        return [K @ seen for K, seen in zip(self.nodes, self.about_nodes(w), strict=True)]

    def node_information(self, node: int) -> np.ndarray:
        """Return `G' S^-1 G` of a node's path, over all blocks: months by months."""
        if node in self.roots:
            inverse_root = np.linalg.inv(self.roots[node])
            own = self.shared[self.place[node], self.place[node]]
            information: np.ndarray = inverse_root.T @ (np.eye(len(own)) - own) @ inverse_root
            return information
        block = next(block for block in self.blocks if node in block.reach)
        local: np.ndarray = block.reach[node].T @ self.inverse(block) @ block.reach[node]
        return local

    def about_part(self, part: int, place: Mapping[int, int]) -> tuple[np.ndarray, np.ndarray]:
        """Return which statements of a block touch a part, and their derivatives (statements by months).

        Parameters
        ----------
        part
            Position of the part.
        place
            Where the statements of each family of the block begin.
        """
        touching = self.system.touching[part]
        rows = [place[f] + self.system.families[f].operator.touches[position].rows for f, position in touching]
        return np.concatenate(rows), np.concatenate([self.linear[f].H[position] for f, position in touching])

    def own_update(self, part: int, w: list[np.ndarray], *, ties: bool | None = None) -> np.ndarray:
        """Return what the weights say about a part's own path: months, or months by draws.

        Parameters
        ----------
        part
            Position of the part.
        w
            Weights by family.
        ties
            Only those of ties, or only those of others; all if not given.
        """
        families = self.system.families
        said = np.zeros((self.system.shapes.months, *w[0].shape[1:]))
        for f, position in self.system.touching[part]:
            if ties is None or families[f].tie == ties:
                said += self.linear[f].H[position].T @ w[f][families[f].operator.touches[position].rows]
        update: np.ndarray = self.own(part) @ said
        return update

    def log_determinant(self) -> float:
        """Return the log determinant of the whole covariance of the statements."""
        blocks = sum(float(np.linalg.slogdet(block.inverse)[1]) for block in self.blocks)
        return float(np.linalg.slogdet(self.precision)[1]) - blocks

    def inverse(self, block: Block) -> np.ndarray:
        """Return the block's part of the inverse of the whole covariance."""
        if block.families not in self._inverses:
            shared = self.shared[np.ix_(block.columns, block.columns)]
            self._inverses[block.families] = block.inverse - block.W @ shared @ block.W.T
        return self._inverses[block.families]

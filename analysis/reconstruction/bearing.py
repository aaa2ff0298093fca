"""Which statements a total rests on: how far the mode moves when each of them is taken away."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.reconstruction.joint import Joint
from analysis.reconstruction.window import Days

if TYPE_CHECKING:
    from analysis.reconstruction.posterior import Posterior

#: A statement bears on a number that its removal moves by more than this share of the 80% half-width.
LEAST_SHARE = 0.05

#: At most so many statements are named for one number.
MOST = 10

#: Moves of the mode below this, in logs, are noise of the solution.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Span:
    """The total from one day to another, both included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Bearing:
    """What the removal of each statement does to the path of one series, linearised at the mode.

    Attributes
    ----------
    statement_ids, own, spans
        The statements of the whole fit; whether each is one of the series itself; the period of each.
    moves
        By how much the log daily rates move without the statement: statements by parts by months.
    rates
        Daily rates at the mode, parts by months.
    days
        Open days of each part.
    """

    statement_ids: tuple[str, ...]
    own: np.ndarray
    spans: tuple[Span, ...]
    moves: np.ndarray
    rates: np.ndarray
    days: tuple[Days, ...]

    def on(self, start: dt.date, end: dt.date, *, half_width: float) -> list[str]:
        """Return the statements that bear on a total, at most `MOST`.

        First those of the series itself about just this period, then those whose removal moves the total by more
        than `LEAST_SHARE` of its half-width; within each, the ones that move it most come first.

        Parameters
        ----------
        start, end
            First and last day of the total.
        half_width
            Half of the 80% interval of the log of the total.
        """
        return self._named(self._moved(start, end), [Span(start, end)], half_width)

    def on_ratio(self, above: Span, below: Span, *, half_width: float) -> list[str]:
        """Return the statements that bear on a ratio of two totals, such as a growth rate; parameters as in `on`."""
        moved = self._moved(above.start, above.end) - self._moved(below.start, below.end)
        return self._named(moved, [above, below], half_width)

    def _moved(self, start: dt.date, end: dt.date) -> np.ndarray:
        """Return by how much the log of a total moves without each statement; nothing moves one without open days."""
        flows = np.stack([days.between(start, end) for days in self.days]) * self.rates
        total = float(flows.sum())
        moved: np.ndarray = np.tensordot(self.moves, flows / total, axes=2) if total > 0 else np.zeros(len(self.moves))
        return moved

    def _named(self, moved: np.ndarray, about: list[Span], half_width: float) -> list[str]:
        """Return the statements to name, in order."""
        size = np.abs(moved)
        same = self.own & np.array([span in about for span in self.spans], dtype=bool)
        bears = same | (size > max(LEAST_SHARE * half_width, _NOTHING))
        if not bears.any():
            # So wide an interval that nothing moves it by much: then what moves it most is what it rests on.
            bears = (size > _NOTHING) & (size == size.max(initial=0.0))
        order = sorted(np.flatnonzero(bears), key=lambda j: (not same[j], -size[j], self.statement_ids[j]))
        return [self.statement_ids[j] for j in order[:MOST]]


def bearing(posterior: "Posterior", series_id: str) -> Bearing:
    """Return what the removal of each statement does to the path of a series.

    With `w = S^-1 d` and `C = Cov(d, x)` the mode is `m + C' w`; without statement j it moves by
    `-(S^-1 C)_j w_j / (S^-1)_jj`.

    Parameters
    ----------
    posterior
        What is known about all flows together.
    series_id
        The series; it must have a path.
    """
    system, joint = posterior.system, posterior.fitted.joint
    positions = {part.part_id: i for i, part in enumerate(system.parts)}
    members = [positions[part] for part in posterior.parts[series_id]]
    own = set(posterior.evidence.filter(posterior.evidence["series_id"] == series_id)["statement_id"])
    ids, spans = [], []
    for family in system.families:
        table = family.operator.table
        ids += table["statement_id"].to_list()
        spans += [Span(*pair) for pair in table.select("period_start", "period_end").iter_rows()]
    moves = np.stack([_moves(joint, part, posterior.fitted.w) for part in members], axis=1)
    felt = np.abs(moves).max(axis=(1, 2), initial=0.0) > _NOTHING
    felt |= np.array([name in own for name in ids], dtype=bool)
    kept = np.flatnonzero(felt)
    return Bearing(
        statement_ids=tuple(ids[j] for j in kept),
        own=np.array([ids[j] in own for j in kept], dtype=bool),
        spans=tuple(spans[j] for j in kept),
        moves=moves[kept],
        rates=np.exp(posterior.fitted.x[members]),
        days=tuple(system.parts[part].days for part in members),
    )


def _moves(joint: Joint, part: int, w: list[np.ndarray]) -> np.ndarray:
    """Return how a part's log rates move without each statement: statements by months, in the order of the families."""
    weighed = joint.weights(_shared(joint, part))
    diagonal = [np.empty(0)] * len(w)
    for block in joint.blocks:
        own = np.diagonal(joint.inverse(block))
        for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
            diagonal[f] = own[start:stop]
    alone = [np.zeros((0, joint.system.shapes.months))]
    return -np.concatenate(alone + [P * (v / p)[:, None] for P, v, p in zip(weighed, w, diagonal, strict=True)])


def _shared(joint: Joint, part: int) -> list[np.ndarray]:
    """Return `Cov(d, x)` of a part by family: statements by months."""
    system, months = joint.system, joint.system.shapes.months
    found = [np.zeros((linear.d.size, months)) for linear in joint.linear]
    K = joint.own(part)
    for f, position in system.touching[part]:
        found[f][system.families[f].operator.touches[position].rows] += joint.linear[f].H[position] @ K
    above = {i: K for i, (node, K) in enumerate(zip(system.nodes, joint.nodes, strict=True)) if part in node.parts}
    for block in joint.blocks:
        for node in above.keys() & block.reach.keys():
            told = block.reach[node] @ above[node]
            for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
                found[f] += told[start:stop]
    return found

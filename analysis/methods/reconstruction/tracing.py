"""What the removal of each statement does to a path, linearised at the mode of the joint fit."""

from dataclasses import replace

import numpy as np

from analysis.methods.reconstruction.bearing import NOTHING, Bearing, Span
from analysis.methods.reconstruction.linear_system import Joint
from analysis.methods.reconstruction.posterior import Posterior
from analysis.methods.reconstruction.result import Reconstruction


def traced(posterior: Posterior, path: Reconstruction) -> Reconstruction:
    """Return a path together with what the removal of each statement does to it."""
    return replace(path, bearing=bearing(posterior, path.series_id))


def bearing(posterior: Posterior, series_id: str) -> Bearing:
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
    felt = np.abs(moves).max(axis=(1, 2), initial=0.0) > NOTHING
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

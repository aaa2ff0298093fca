"""The removal of each statement in turn: how far the mode of a path moves without it, in the linearised system."""

from dataclasses import replace

import numpy as np

from analysis.methods.reconstruction.bearing import NOISE, Bearing, Span
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.posterior import Posterior
from analysis.methods.reconstruction.result import Reconstruction


def with_bearing(posterior: Posterior, path: Reconstruction) -> Reconstruction:
    """Return a path together with what the removal of each statement does to it; one of zeros alone rests on these."""
    if path.series_id in posterior.skipped:
        return path
    return replace(path, bearing=removal_moves(posterior, path.series_id))


def removal_moves(posterior: Posterior, series_id: str) -> Bearing:
    """Return what the removal of each statement does to the path of a series.

    With `w = S^-1 d` and `C = Cov(d, x)` the mode is `m + C' w`; without statement j it moves by
    `-(S^-1 C)_j w_j / (S^-1)_jj`.

    Parameters
    ----------
    posterior
        The joint fit.
    series_id
        A series that has a path.
    """
    system, joint = posterior.system, posterior.mode.joint
    positions = {part.part_id: i for i, part in enumerate(system.parts)}
    members = [positions[part] for part in posterior.parts[series_id]]
    own = set(posterior.evidence.filter(posterior.evidence["series_id"] == series_id)["statement_id"])
    ids, spans = [], []
    for family in system.families:
        table = family.equations.table
        ids += table["statement_id"].to_list()
        spans += [Span(*pair) for pair in table.select("period_start", "period_end").iter_rows()]
    moves = np.stack([_moves(joint, part, posterior.mode.w) for part in members], axis=1)
    kept = np.abs(moves).max(axis=(1, 2), initial=0.0) > NOISE
    kept |= np.array([name in own for name in ids], dtype=bool)
    rows = np.flatnonzero(kept)
    return Bearing(
        statement_ids=tuple(ids[j] for j in rows),
        own=np.array([ids[j] in own for j in rows], dtype=bool),
        spans=tuple(spans[j] for j in rows),
        moves=moves[rows],
        rates=np.exp(posterior.mode.x[members]),
        days=tuple(system.parts[part].days for part in members),
    )


def _moves(joint: JointGaussian, part: int, w: list[np.ndarray]) -> np.ndarray:
    """Return by how much a part's log rates move without each statement: statements by months, family by family."""
    covariances = joint.multipliers(_covariance_with_path(joint, part))
    diagonal = [np.empty(0)] * len(w)
    for block in joint.blocks:
        own = np.diagonal(joint.inverse_covariance(block))
        for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
            diagonal[f] = own[start:stop]
    alone = [np.zeros((0, joint.system.shapes.months))]
    return -np.concatenate(alone + [P * (v / p)[:, None] for P, v, p in zip(covariances, w, diagonal, strict=True)])


def _covariance_with_path(joint: JointGaussian, part: int) -> list[np.ndarray]:
    """Return `Cov(d, x)` of a part by family: statements by months."""
    system, months = joint.system, joint.system.shapes.months
    covariances = [np.zeros((linear.d.size, months)) for linear in joint.linear]
    K = joint.own_covariance(part)
    for f, position in system.families_of_part[part]:
        covariances[f][system.families[f].equations.terms[position].rows] += joint.linear[f].H[position] @ K
    above = {
        i: K for i, (node, K) in enumerate(zip(system.nodes, joint.node_covariances, strict=True)) if part in node.parts
    }
    for block in joint.blocks:
        through_nodes = np.zeros((block.offsets[-1], months))
        for node in sorted(above.keys() & block.nodes.keys()):
            rows, G = block.nodes[node]
            through_nodes[rows] += G @ above[node]
        if through_nodes.any():
            for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
                covariances[f] += through_nodes[start:stop]
    return covariances

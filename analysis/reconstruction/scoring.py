"""Steps of Fisher scoring: standard deviations climb the marginal likelihood of the linearised statements."""

import numpy as np

from analysis.reconstruction.joint import Joint
from analysis.reconstruction.linearised import Theta
from analysis.reconstruction.prior import REVISION, SCALES, Scale
from analysis.reconstruction.system import System

#: A log standard deviation moves by this at most in one step.
LARGEST_SCORE = 0.5

#: How well the prior median of a standard deviation is known, in logs: how far the pooled one may move from it.
POOLED_SPREAD = 0.5


def score(joint: Joint, w: list[np.ndarray]) -> tuple[Theta, list[np.ndarray]]:
    """Make one step of Fisher scoring on `-log|S|/2 - d'S^-1 d/2 + log prior`; also return each part's covariance."""
    system, theta = joint.system, joint.theta
    own, revision = theta.own.copy(), theta.revision.copy()
    covariances = [np.empty(0)] * len(system.parts)
    pooled = {kind: _pooled(system, own, kind) for kind in {part.scale for part in system.parts}}
    for block in joint.blocks:
        V = joint.inverse(block)
        place = dict(zip(block.families, block.offsets[:-1], strict=True))
        stacked = np.concatenate([w[f] for f in block.families])
        for part in sorted({part for f in block.families for part in system.families[f].parts}):
            rows, H = joint.about_part(part, place)
            shapes = np.stack([H @ shape @ H.T for shape in system.parts[part].stack])
            scale = system.parts[part].scale
            step, covariances[part] = _step(
                own[part], shapes, stacked[rows], V[np.ix_(rows, rows)], pooled[scale], SCALES[scale]
            )
            own[part] += step
        for f, offset, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
            seen = V[offset:stop, offset:stop]
            step, _ = _step(revision[f : f + 1], joint.revision(f)[None], w[f], seen, REVISION.mean, REVISION)
            revision[f] += step[0]
    return Theta(own, _score_nodes(joint, w), revision), covariances


def _pooled(system: System, own: np.ndarray, kind: str) -> np.ndarray:
    """Return the mean log standard deviations of a kind of part, shrunk to the prior's."""
    scale = SCALES[kind]
    members = own[[part.scale == kind for part in system.parts]]
    weight = POOLED_SPREAD**-2
    mean: np.ndarray = (weight * scale.mean + scale.precision * members.sum(axis=0)) / (
        weight + scale.precision * len(members)
    )
    return mean


def _step(
    theta: np.ndarray, shapes: np.ndarray, w: np.ndarray, V: np.ndarray, mean: np.ndarray, scale: Scale
) -> tuple[np.ndarray, np.ndarray]:
    """Return the step of Fisher scoring for some standard deviations, and their covariance.

    Parameters
    ----------
    theta
        Log standard deviations now.
    shapes
        What each contributes to the covariance of the statements, at variance one.
    w, V
        `S^-1 d` and `S^-1` of the statements.
    mean, scale
        Prior means and precisions.
    """
    slopes = 2 * np.exp(2 * theta)[:, None, None] * shapes
    G = V @ slopes
    gradient = 0.5 * (np.einsum("n,inm,m->i", w, slopes, w) - np.trace(G, axis1=1, axis2=2))
    gradient -= scale.precision * (theta - mean)
    information = 0.5 * np.einsum("inm,jmn->ij", G, G) + np.diag(scale.precision)
    covariance = np.linalg.inv(information)
    return np.clip(covariance @ gradient, -LARGEST_SCORE, LARGEST_SCORE), covariance


def _score_nodes(joint: Joint, w: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Make one step for the standard deviations of the nodes, which all nodes of a level share."""
    system, about = joint.system, joint.about_nodes(w)
    found = dict(joint.theta.node)
    for level, theta in joint.theta.node.items():
        members = [i for i, node in enumerate(system.nodes) if node.level == level]
        if not members:
            continue
        scale, size = SCALES[level], len(theta)
        gradient, information = -scale.precision * (theta - scale.mean), np.diag(scale.precision)
        for node in members:
            s, J = about[node], joint.node_information(node)
            slopes = 2 * np.exp(2 * theta)[:, None, None] * system.stack
            G = J @ slopes
            gradient += 0.5 * (np.einsum("n,inm,m->i", s, slopes, s) - np.trace(G, axis1=1, axis2=2))
            information = information + 0.5 * np.einsum("inm,jmn->ij", G, G)
        step = np.linalg.solve(information + 1e-9 * np.eye(size), gradient)
        found[level] = theta + np.clip(step, -LARGEST_SCORE, LARGEST_SCORE)
    return found

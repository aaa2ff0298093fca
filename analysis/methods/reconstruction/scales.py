"""Steps of Fisher scoring: standard deviations climb the marginal likelihood of the linearised statements."""

from collections.abc import Mapping

import numpy as np

from analysis.methods.reconstruction.linear_system import Joint
from analysis.methods.reconstruction.linearised import Spread, Theta
from analysis.methods.reconstruction.prior import REVISION, SCALES, Scale

#: A log standard deviation moves by this at most in one step.
LARGEST_SCORE = 0.5

#: How well the prior median of a standard deviation is known, in logs: how far the pooled one may move from it.
POOLED_SPREAD = 0.5


def score(joint: Joint, w: list[np.ndarray]) -> tuple[Theta, Spread]:
    """Make one step of Fisher scoring on `-log|S|/2 - d'S^-1 d/2 + log prior`; also return how well all is known."""
    system, theta = joint.system, joint.theta
    own, revision = theta.own.copy(), theta.revision.copy()
    covariances, variances = [np.empty(0)] * len(system.parts), np.empty(len(system.families))
    pooled = _pooled(own, SCALES, [part.scale for part in system.parts])
    usual = _pooled(revision[:, None], {"revision": REVISION}, ["revision"] * len(revision))
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
            step, known = _step(revision[f : f + 1], joint.revision(f)[None], w[f], seen, usual["revision"], REVISION)
            revision[f], variances[f] = revision[f] + step[0], known[0, 0]
    node, about_nodes = _score_nodes(joint, w)
    return Theta(own, node, revision), Spread(covariances, about_nodes, variances)


def _score_nodes(joint: Joint, w: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Make one step for the standard deviations of the nodes; also return their covariances."""
    system, theta = joint.system, joint.theta.node.copy()
    pooled = _pooled(theta, SCALES, [node.level for node in system.nodes])
    covariances = []
    for i, (node, seen) in enumerate(zip(system.nodes, joint.about_nodes(w), strict=True)):
        V = joint.node_information(i)
        step, covariance = _step(theta[i], system.stack, seen, V, pooled[node.level], SCALES[node.level])
        theta[i] += step
        covariances.append(covariance)
    return theta, covariances


def _pooled(theta: np.ndarray, scales: Mapping[str, Scale], kinds: list[str]) -> dict[str, np.ndarray]:
    """Return the mean log standard deviations of each kind, shrunk to the prior's."""
    weight, found = POOLED_SPREAD**-2, {}
    for kind in set(kinds):
        scale, members = scales[kind], theta[[each == kind for each in kinds]]
        found[kind] = (weight * scale.mean + scale.precision * members.sum(axis=0)) / (
            weight + scale.precision * len(members)
        )
    return found


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

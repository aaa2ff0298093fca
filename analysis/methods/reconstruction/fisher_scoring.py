"""Fisher scoring: steps of the hyperparameters up the marginal likelihood of the linearised statements."""

from collections.abc import Mapping

import numpy as np

from analysis.methods.reconstruction.hyperparameters import HyperparameterCovariance, Hyperparameters
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.prior import REVISION_PRIOR, SCALE_PRIORS, ScalePrior

#: Largest change of a log standard deviation in one step; longer steps are cut to this, as the likelihood is only
#: locally a parabola.
LARGEST_SCORING_STEP = 0.5

#: Standard deviation, in logs, of the pooled size of one sort of path around its prior median: how far the mean of all
#: regions may move from what was chosen in advance.
POOLED_LOG_SD = 0.5


def scoring_step(joint: JointGaussian, w: list[np.ndarray]) -> tuple[Hyperparameters, HyperparameterCovariance]:
    """Return the hyperparameters after one step on `-log|S|/2 - d'S^-1 d/2 + log prior`, and their covariance."""
    system, theta = joint.system, joint.theta
    own, revision = theta.own.copy(), theta.revision.copy()
    covariances, variances = [np.empty(0)] * len(system.parts), np.empty(len(system.families))
    pooled = _pooled(own, SCALE_PRIORS, [part.scale for part in system.parts])
    pooled_revision = _pooled(revision[:, None], {"revision": REVISION_PRIOR}, ["revision"] * len(revision))
    for block in joint.blocks:
        V = joint.inverse_covariance(block)
        place = dict(zip(block.families, block.offsets[:-1], strict=True))
        stacked = np.concatenate([w[f] for f in block.families])
        for part in sorted({part for f in block.families for part in system.families[f].parts}):
            rows, H = joint.part_derivatives(part, place)
            shapes = np.stack([H @ shape @ H.T for shape in system.parts[part].stack])
            scale = system.parts[part].scale
            step, covariances[part] = _step(
                own[part], shapes, stacked[rows], V[np.ix_(rows, rows)], pooled[scale], SCALE_PRIORS[scale]
            )
            own[part] += step
        for f, offset, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
            V_f, shape = V[offset:stop, offset:stop], joint.revision_covariance(f)[None]
            step, variance = _step(revision[f : f + 1], shape, w[f], V_f, pooled_revision["revision"], REVISION_PRIOR)
            revision[f], variances[f] = revision[f] + step[0], variance[0, 0]
    node, node_covariances = _scoring_step_of_nodes(joint, w)
    return Hyperparameters(own, node, revision), HyperparameterCovariance(covariances, node_covariances, variances)


def _scoring_step_of_nodes(joint: JointGaussian, w: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the log standard deviations of the nodes after one step, and their covariances."""
    system, theta = joint.system, joint.theta.node.copy()
    pooled = _pooled(theta, SCALE_PRIORS, [node.tier for node in system.nodes])
    covariances = []
    for i, (node, score) in enumerate(zip(system.nodes, joint.node_scores(w), strict=True)):
        V = joint.node_information(i)
        step, covariance = _step(theta[i], system.stack, score, V, pooled[node.tier], SCALE_PRIORS[node.tier])
        theta[i] += step
        covariances.append(covariance)
    return theta, covariances


def _pooled(theta: np.ndarray, scales: Mapping[str, ScalePrior], kinds: list[str]) -> dict[str, np.ndarray]:
    """Return the mean log standard deviations of each sort of path, shrunk to the prior's."""
    weight, means = POOLED_LOG_SD**-2, {}
    for kind in set(kinds):
        scale, members = scales[kind], theta[[each == kind for each in kinds]]
        means[kind] = (weight * scale.mean + scale.precision * members.sum(axis=0)) / (
            weight + scale.precision * len(members)
        )
    return means


def _step(
    theta: np.ndarray, shapes: np.ndarray, w: np.ndarray, V: np.ndarray, mean: np.ndarray, scale: ScalePrior
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
    return np.clip(covariance @ gradient, -LARGEST_SCORING_STEP, LARGEST_SCORING_STEP), covariance

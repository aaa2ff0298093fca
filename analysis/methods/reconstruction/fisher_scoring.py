"""Fisher scoring: steps of the hyperparameters up the marginal likelihood of the linearised statements."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.reconstruction.hyperparameters import HyperparameterCovariance, Hyperparameters
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.prior import COMPONENTS, REVISION_PRIOR, SCALE_PRIORS, ScalePrior

#: Largest change of a log standard deviation in one step; longer steps are cut to this, as the likelihood is only
#: locally a parabola.
LARGEST_SCORING_STEP = 0.5

#: Standard deviation, in logs, of the pooled size of one sort of path around its prior median: how far the mean of all
#: regions may move from what was chosen in advance.
POOLED_LOG_SD = 0.5

#: Sorts of which each path has a size of its own: flows that share no movement (persons, cars, retail sales) have no
#: size in common either.
UNPOOLED = ("alone",)


@dataclass(frozen=True)
class ScaleEvidence:
    """What linearised statements say about the log standard deviations of one path.

    Attributes
    ----------
    theta
        The log standard deviations now.
    kind
        Key of their prior.
    gradient, information
        First derivative of the log marginal likelihood by them, and its expected second one.
    """

    theta: np.ndarray
    kind: str
    gradient: np.ndarray
    information: np.ndarray

    @classmethod
    def of(cls, theta: np.ndarray, kind: str, shapes: np.ndarray, w: np.ndarray, V: np.ndarray) -> "ScaleEvidence":
        """Return it from what each component adds to the covariance at variance one, `S^-1 d` and `S^-1`."""
        slopes = 2 * np.exp(2 * theta)[:, None, None] * shapes
        G = V @ slopes
        gradient = 0.5 * (np.einsum("n,inm,m->i", w, slopes, w) - np.trace(G, axis1=1, axis2=2))
        return cls(theta, kind, gradient, 0.5 * np.einsum("inm,jmn->ij", G, G))

    def step(self, prior: ScalePrior, mean: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the log standard deviations after a step of Fisher scoring, and their covariance.

        Parameters
        ----------
        prior
            How much those of one sort differ.
        mean
            The mean of their sort.
        """
        covariance = np.linalg.inv(self.information + np.diag(prior.precision))
        move = covariance @ (self.gradient - prior.precision * (self.theta - mean))
        return self.theta + np.clip(move, -LARGEST_SCORING_STEP, LARGEST_SCORING_STEP), covariance


def scoring_step(joint: JointGaussian, w: list[np.ndarray]) -> tuple[Hyperparameters, HyperparameterCovariance]:
    """Return the hyperparameters after one step on `-log|S|/2 - d'S^-1 d/2 + log prior`, and their covariance."""
    size = len(COMPONENTS)
    own, own_covariances = _steps(_evidence_of_parts(joint, w), SCALE_PRIORS)
    node, node_covariances = _steps(_evidence_of_nodes(joint, w), SCALE_PRIORS)
    revision, variances = _steps(_evidence_of_revisions(joint, w), {"revision": REVISION_PRIOR})
    return (
        Hyperparameters(np.reshape(own, (-1, size)), np.reshape(node, (-1, size)), np.ravel(revision)),
        HyperparameterCovariance(own_covariances, node_covariances, np.ravel(variances)),
    )


def _evidence_of_parts(joint: JointGaussian, w: list[np.ndarray]) -> list[ScaleEvidence]:
    """Return what is known of the sizes of each part."""
    system, theta = joint.system, joint.theta
    evidence: dict[int, ScaleEvidence] = {}
    for block in joint.blocks:
        for i in {part for f in block.families for part in system.families[f].parts}:
            path = joint.part_evidence(i, block, w)
            forms = path.quadratic_forms(joint.own_stack(i, path.months)[:, path.months])
            evidence[i] = ScaleEvidence.of(theta.own[i], system.parts[i].scale, *forms)
    return [evidence[i] for i in sorted(evidence)]


def _evidence_of_nodes(joint: JointGaussian, w: list[np.ndarray]) -> list[ScaleEvidence]:
    """Return what is known of the sizes of each node."""
    evidence = []
    for i, node in enumerate(joint.system.nodes):
        path = joint.node_evidence(i, w)
        forms = path.quadratic_forms(joint.node_stack(i)[:, path.months[:, None], path.months])
        evidence.append(ScaleEvidence.of(joint.theta.node[i], node.tier, *forms))
    return evidence


def _evidence_of_revisions(joint: JointGaussian, w: list[np.ndarray]) -> list[ScaleEvidence]:
    """Return what is known of the size of the base revisions of each family."""
    evidence: dict[int, ScaleEvidence] = {}
    for block in joint.blocks:
        V = joint.inverse_covariance(block)
        for f, start, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
            theta, shape = joint.theta.revision[f : f + 1], joint.revision_covariance(f)[None]
            evidence[f] = ScaleEvidence.of(theta, "revision", shape, w[f], V[start:stop, start:stop])
    return [evidence[f] for f in sorted(evidence)]


def _steps(members: list[ScaleEvidence], priors: Mapping[str, ScalePrior]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return all log standard deviations after a step, each shrunk to the mean of its sort, and their covariances."""
    means = {
        kind: pooled_mean([each for each in members if each.kind == kind], priors[kind])
        for kind in {each.kind for each in members}
    }
    moved = [each.step(priors[each.kind], means[each.kind]) for each in members]
    return [theta for theta, _ in moved], [covariance for _, covariance in moved]


def pooled_mean(members: list[ScaleEvidence], prior: ScalePrior) -> np.ndarray:
    """Return the mean log standard deviations of one sort of path, shrunk to the prior's."""
    if members[0].kind in UNPOOLED:
        return prior.mean
    weight, total = POOLED_LOG_SD**-2, np.sum([member.theta for member in members], axis=0)
    mean: np.ndarray = (weight * prior.mean + prior.precision * total) / (weight + prior.precision * len(members))
    return mean

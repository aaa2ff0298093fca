"""Fisher scoring: steps of the hyperparameters up the marginal likelihood of the linearised statements."""

from collections.abc import Mapping

import numpy as np

from analysis.methods.reconstruction.hyperparameters import HyperparameterCovariance, Hyperparameters
from analysis.methods.reconstruction.joint_gaussian import JointGaussian, PathEvidence
from analysis.methods.reconstruction.prior import REVISION_PRIOR, SCALE_PRIORS, YEAR_FREEDOM, ScalePrior

#: Largest change of a log standard deviation in one step; longer steps are cut to this, as the likelihood is only
#: locally a parabola.
LARGEST_SCORING_STEP = 0.5

#: Standard deviation, in logs, of the pooled size of one sort of path around its prior median: how far the mean of all
#: regions may move from what was chosen in advance.
POOLED_LOG_SD = 0.5


def scoring_step(joint: JointGaussian, w: list[np.ndarray]) -> tuple[Hyperparameters, HyperparameterCovariance]:
    """Return the hyperparameters after one step on `-log|S|/2 - d'S^-1 d/2 + log prior`, and their covariance."""
    system, theta = joint.system, joint.theta
    own, own_covariances, own_years = _step_of_parts(joint, w)
    node, node_covariances, node_years = _step_of_nodes(joint, w)
    revision, variances = theta.revision.copy(), np.empty(len(system.families))
    pooled = _pooled(revision[:, None], {"revision": REVISION_PRIOR}, ["revision"] * len(revision))["revision"]
    for block in joint.blocks:
        V = joint.inverse_covariance(block)
        for f, offset, stop in zip(block.families, block.offsets[:-1], block.offsets[1:], strict=True):
            V_f, shape = V[offset:stop, offset:stop], joint.revision_covariance(f)[None]
            step, variance = _step(revision[f : f + 1], shape, w[f], V_f, pooled, REVISION_PRIOR)
            revision[f], variances[f] = revision[f] + step[0], variance[0, 0]
    return (
        Hyperparameters(own, node, revision, own_years, node_years),
        HyperparameterCovariance(own_covariances, node_covariances, variances),
    )


def _step_of_parts(joint: JointGaussian, w: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    """Return the log standard deviations of the parts after one step, their covariances, and the factors of years."""
    system, theta, years = joint.system, joint.theta.own.copy(), joint.theta.own_years.copy()
    covariances = [np.empty(0)] * len(system.parts)
    pooled = _pooled(theta, SCALE_PRIORS, [part.scale for part in system.parts])
    for block in joint.blocks:
        for part in sorted({part for f in block.families for part in system.families[f].parts}):
            evidence, scale = joint.part_evidence(part, block, w), system.parts[part].scale
            forms = evidence.quadratic_forms(joint.own_stack(part, evidence.months)[:, evidence.months])
            years[part] = year_factors(theta[part, 0], system.parts[part].inflation, years[part], evidence)
            step, covariances[part] = _step(theta[part], *forms, pooled[scale], SCALE_PRIORS[scale])
            theta[part] += step
    return theta, covariances, years


def _step_of_nodes(joint: JointGaussian, w: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    """Return the same of the nodes."""
    system, theta, years = joint.system, joint.theta.node.copy(), joint.theta.node_years.copy()
    covariances = []
    pooled = _pooled(theta, SCALE_PRIORS, [node.tier for node in system.nodes])
    for i, node in enumerate(system.nodes):
        evidence = joint.node_evidence(i, w)
        forms = evidence.quadratic_forms(joint.node_stack(i, evidence.months)[:, evidence.months])
        if node.tier == "activity":
            years[i] = year_factors(theta[i, 0], np.ones(system.shapes.months), years[i], evidence)
        step, covariance = _step(theta[i], *forms, pooled[node.tier], SCALE_PRIORS[node.tier])
        theta[i] += step
        covariances.append(covariance)
    return theta, covariances, years


def year_factors(theta: float, inflation: np.ndarray, years: np.ndarray, evidence: PathEvidence) -> np.ndarray:
    """Return by which factor the variance of a random walk differs from its usual one in each year (one step of EM).

    The steps of a year are normal with a common factor of their variance that has an inverse gamma distribution with
    `YEAR_FREEDOM` degrees of freedom around 1, as if that many steps of the usual size had been seen before.

    Parameters
    ----------
    theta
        Log standard deviation of a usual step.
    inflation
        Factor of the variance of the step into each month where a regime holds.
    years
        The factors so far, from the first year of the window on.
    evidence
        What the statements say about the path.
    """
    usual = np.exp(2 * theta) * inflation
    usual[0] = 0.0
    variance = usual * np.repeat(years, 12)[: usual.size]
    # A step moves all months from its own on: sums from each month to the end.
    after = np.searchsorted(evidence.months, np.arange(usual.size))
    score = np.append(np.cumsum(evidence.score[::-1])[::-1], 0.0)[after]
    summed = np.cumsum(np.cumsum(evidence.information[::-1, ::-1], axis=0), axis=1)[::-1, ::-1]
    information = np.append(np.diagonal(summed), 0.0)[after]
    square = (variance * score) ** 2 + np.maximum(variance - variance**2 * information, 0.0)
    moving, year = usual > 0, np.arange(usual.size) // 12
    relative = np.where(moving, square / np.where(moving, usual, 1.0), 0.0)
    total = np.bincount(year, relative, minlength=years.size)
    factors: np.ndarray = (YEAR_FREEDOM + total) / (YEAR_FREEDOM + np.bincount(year, moving, minlength=years.size))
    return factors


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

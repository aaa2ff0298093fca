"""The adjusted path: season and festival, as expected given each draw, taken off (docs/methods/adjustment.md)."""

import numpy as np

from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.posterior import Posterior
from analysis.methods.reconstruction.prior import COMPONENTS, covariance
from analysis.methods.reconstruction.result import Reconstruction

#: Components that are taken off.
SEASONAL = ("season", "festival")


def adjusted_rates(posterior: Posterior, path: Reconstruction) -> np.ndarray:
    """Return draws of the flow a day of opening without season and festival, draws by months of the inner window.

    Parts are added with their shares of the days of the part that is open longest; a month in which none is open
    is not a number.

    Parameters
    ----------
    posterior
        The fit behind the path.
    path
        The reconstruction of a series of that fit.
    """
    positions = {part.part_id: i for i, part in enumerate(posterior.system.parts)}
    parts = [positions[name] for name in posterior.parts[path.series_id]]
    joint, x = posterior.mode.joint, np.log(path.rates)
    seasonal = np.stack([expected_season(joint, part, x[:, i]) for i, part in enumerate(parts)], axis=1)
    days = np.stack([each.open for each in path.days])
    longest = days.max(axis=0)
    shares = days / np.where(longest > 0, longest, np.nan)
    rates: np.ndarray = np.einsum("dpm,pm->dm", np.exp(x - seasonal), shares)
    return rates


def expected_season(joint: JointGaussian, part: int, x: np.ndarray) -> np.ndarray:
    """Return E[s | x] for paths x of a part: season and festival, its own and those of its nodes, in logs.

    With `Cov(x) = K` and `Cov(s) = K_s`, components being independent, `E[s | x] = K_s K^-1 (x - centre)`.

    Parameters
    ----------
    joint
        The posterior whose hyperparameters hold.
    part
        Position of the part.
    x
        Log daily rates, draws by months.
    """
    gain = component_gain(joint, part, SEASONAL)
    share: np.ndarray = (x - joint.system.parts[part].centre) @ gain.T
    return share


def component_gain(joint: JointGaussian, part: int, components: tuple[str, ...]) -> np.ndarray:
    """Return `K_s K^-1`, months by months, for the sum s of some components of a part's path."""
    system, theta = joint.system, joint.theta
    above = [i for i, node in enumerate(system.nodes) if part in node.parts]
    K = joint.own_covariance(part) + sum(joint.node_covariances[i] for i in above)
    chosen = [COMPONENTS.index(name) for name in components]
    K_s = covariance(theta.own[part][chosen], joint.own_stack(part)[chosen])
    for i in above:
        K_s = K_s + covariance(theta.node[i][chosen], joint.node_stack(i)[chosen])
    gain: np.ndarray = np.linalg.solve(K, K_s).T
    return gain

"""The codec: which classes fits, draws and paths consist of, so that they can be kept on the disk."""

from analysis.core.reasons import Reason
from analysis.methods.reconstruction import Overshoot, Posterior, Reconstruction
from analysis.methods.reconstruction.bearing import Bearing, Span
from analysis.methods.reconstruction.draws import Draws
from analysis.methods.reconstruction.equations import PartTerms, StatementEquations
from analysis.methods.reconstruction.hyperparameters import HyperparameterCovariance, Hyperparameters
from analysis.methods.reconstruction.joint_gaussian import JointGaussian
from analysis.methods.reconstruction.linearised import Linearised
from analysis.methods.reconstruction.mode import Mode
from analysis.methods.reconstruction.prior import Shapes
from analysis.methods.reconstruction.structure import Family, Node, Part, System
from analysis.methods.reconstruction.window import Days
from analysis.runtime.cache import Codec

#: All classes that a kept fit, its draws and its paths consist of; a class that is not listed cannot be kept.
CODEC = Codec(
    {
        **Codec.of(
            Bearing, Days, Draws, Family, HyperparameterCovariance, Hyperparameters, Linearised, Mode, Node,
            Overshoot, Part, PartTerms, Posterior, Reason, Reconstruction, Shapes, Span, StatementEquations, System,
        ).classes,
        JointGaussian: ("system", "theta", "linear"),
    }
)  # fmt: skip

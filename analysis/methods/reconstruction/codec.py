"""How fits, draws and paths are kept on the disk: the classes that they are made of."""

from analysis.core.reasons import Reason
from analysis.methods.reconstruction import Overshoot, Posterior, Reconstruction
from analysis.methods.reconstruction.bearing import Bearing, Span
from analysis.methods.reconstruction.draws import Draws
from analysis.methods.reconstruction.linear_system import Joint
from analysis.methods.reconstruction.linearised import Linearised, Spread, Theta
from analysis.methods.reconstruction.mode import Fit
from analysis.methods.reconstruction.prior import Shapes
from analysis.methods.reconstruction.stated import Operator, Touch
from analysis.methods.reconstruction.structure import Family, Node, Part, System
from analysis.methods.reconstruction.window import Days
from analysis.runtime.cache import Codec

#: Everything a kept fit, its draws and its paths are made of.
CODEC = Codec(
    {
        **Codec.of(
            Bearing, Days, Draws, Family, Fit, Linearised, Node, Operator, Overshoot, Part, Posterior, Reason,
            Reconstruction, Shapes, Span, Spread, System, Theta, Touch,
        ).classes,
        Joint: ("system", "theta", "linear"),
    }
)  # fmt: skip

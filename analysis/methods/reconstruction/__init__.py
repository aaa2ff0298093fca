"""Monthly paths with intervals from mixed published statements (docs/methods/reconstruction.md)."""

from analysis.methods.reconstruction.overshoot import Overshoot, learn_overshoot
from analysis.methods.reconstruction.posterior import Posterior
from analysis.methods.reconstruction.result import Reconstruction
from analysis.methods.reconstruction.together import Calendar, Structure, reconstruct, reconstruct_together
from analysis.methods.reconstruction.window import window_of

__all__ = [
    "Calendar",
    "Overshoot",
    "Posterior",
    "Reconstruction",
    "Structure",
    "learn_overshoot",
    "reconstruct",
    "reconstruct_together",
    "window_of",
]

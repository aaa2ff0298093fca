"""Monthly paths with intervals from mixed published statements (docs/methods/reconstruction.md)."""

from analysis.reconstruction.model import Calendar, Structure, reconstruct, reconstruct_together
from analysis.reconstruction.overshoot import Overshoot, learn_overshoot
from analysis.reconstruction.posterior import Posterior
from analysis.reconstruction.result import Reconstruction
from analysis.reconstruction.window import window_of

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

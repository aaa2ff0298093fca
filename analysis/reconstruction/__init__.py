"""Monthly paths with intervals from mixed published statements (docs/methods/reconstruction.md)."""

from analysis.reconstruction.model import reconstruct
from analysis.reconstruction.overshoot import Overshoot, learn_overshoot
from analysis.reconstruction.result import Reconstruction
from analysis.reconstruction.window import window_of

__all__ = ["Overshoot", "Reconstruction", "learn_overshoot", "reconstruct", "window_of"]

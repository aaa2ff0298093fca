"""What would have been, against what was: losses by draw, and synthetic control (docs/methods/closures.md)."""

from analysis.methods.counterfactual.loss import LEVEL, Loss, loss, split_conformal
from analysis.methods.counterfactual.synthetic import Synthetic, simplex_weights, synthetic_control

__all__ = ["LEVEL", "Loss", "Synthetic", "loss", "simplex_weights", "split_conformal", "synthetic_control"]

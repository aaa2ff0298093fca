"""What would have been, against what was: growth carried on, losses by draw, synthetic control."""

from analysis.methods.counterfactual.drift import FEWEST_YEARS, carried_growth
from analysis.methods.counterfactual.loss import CERTAIN, Loss, loss, split_conformal
from analysis.methods.counterfactual.synthetic import Synthetic, simplex_weights, synthetic_control

__all__ = [
    "CERTAIN", "FEWEST_YEARS", "Loss", "Synthetic", "carried_growth", "loss", "simplex_weights", "split_conformal",
    "synthetic_control",
]  # fmt: skip

"""Can linear statements about flows hold together, and which of them cannot? (docs/methods/contradictions.md)."""

from analysis.methods.consistency.feasibility import TOLERANCE, conflicting, miss, ratio
from analysis.methods.consistency.inequalities import BASE_REVISION, Inequalities, Sums, families, inequalities

__all__ = [
    "BASE_REVISION",
    "TOLERANCE",
    "Inequalities",
    "Sums",
    "conflicting",
    "families",
    "inequalities",
    "miss",
    "ratio",
]

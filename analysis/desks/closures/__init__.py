"""The closures desk: what the closures from 2020 on kept away, how fast it came back, and whether that can be told."""

from analysis.desks.closures.desk import ClosureImpact, closure_impact
from analysis.desks.closures.impact import Impact, measure

__all__ = ["ClosureImpact", "Impact", "closure_impact", "measure"]

"""Statements that cannot all be true, and those that no estimate may use for it (docs/methods/contradictions.md)."""

from analysis.estimates.contradictions.finding import contradicting
from analysis.estimates.contradictions.withholding import about, no_evidence, unresolved, withheld

__all__ = ["about", "contradicting", "no_evidence", "unresolved", "withheld"]

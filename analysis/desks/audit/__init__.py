"""The audit desk: does a ledger contradict itself? (docs/methods/contradictions.md)."""

from analysis.desks.audit.bases import implied_bases
from analysis.desks.audit.check import Check, examine
from analysis.desks.audit.surprise import surprises

__all__ = ["Check", "examine", "implied_bases", "surprises"]

"""The audit desk: does a ledger contradict itself? (docs/methods/contradictions.md)."""

from analysis.audit.bases import implied_bases
from analysis.audit.check import Check, check, examine, find, known_conflicts
from analysis.audit.surprise import surprises

__all__ = ["Check", "check", "examine", "find", "implied_bases", "known_conflicts", "surprises"]

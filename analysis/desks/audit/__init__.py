"""The audit desk: does a ledger contradict itself? (docs/methods/contradictions.md)."""

from analysis.desks.audit.bases import implied_bases
from analysis.desks.audit.check import Check, check, examine, find
from analysis.desks.audit.surprise import surprises
from analysis.sources.known_conflicts import known_conflicts

__all__ = ["Check", "check", "examine", "find", "implied_bases", "known_conflicts", "surprises"]
